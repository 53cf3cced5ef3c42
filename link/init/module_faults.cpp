// What fails for sure where it is reached, since what it asks of own code is not there.

#include "link/init/module_faults.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/empty_answers.h"
#include "flow/syntax/failure_forms.h"
#include "flow/syntax/given_nothing.h"
#include "flow/syntax/logged_errors.h"
#include "flow/syntax/missing_item.h"
#include "flow/syntax/null_uses.h"
#include "flow/syntax/unbound_reads.h"
#include "flow/syntax/unreached.h"
#include "link/handler/callee_rows.h"
#include "link/init/escaping_keys.h"
#include "link/init/failed_requests.h"
#include "tables/code_words.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace fnlint {

namespace {

class Faults {
 public:
  Faults(OwnCode& own, const Program& program, ModuleId module)
      : own_(own), program_(program), module_(module), code_(program.facts(module)) {}

  void find_imported();
  void find_members();
  void find_attributes();
  void find_arguments();
  void find_unbound();
  void find_given_nothing();
  void find_late_tests();
  void find_used_beside_errors();
  void find_null_uses();
  void find_escaping_keys();
  void find_failed_requests();
  void find_written_twice();
  std::vector<ModuleFault> take() {
    if (found_.empty()) return {};
    const std::vector<Spared> all = spared();
    const std::vector<Range> unreached = unreached_ranges(code_);
    std::erase_if(found_, [&](const ModuleFault& one) {
      if (std::ranges::any_of(unreached, [&](Range row) { return row.contains(one.where); }))
        return true;
      return std::ranges::any_of(all, [&](const Spared& row) {
        return row.where.contains(one.where) &&
               (row.error.empty() || row.error == error_of(one.fault));
      });
    });
    std::ranges::stable_sort(found_, {}, [](const ModuleFault& one) { return one.where.begin; });
    return std::move(found_);
  }

 private:
  void add(Range where, CodeFault fault, ModuleId other = {}, Range there = {}) {
    if (where.begin != where.end) found_.push_back({std::move(fault), where, other, there});
  }
  // Where a fault is none: what only a program that is started by hand comes to (no error), and a
  // try that takes just this error.
  struct Spared {
    Range where = {};
    std::string_view error = {};
  };
  [[nodiscard]] std::vector<Spared> spared() const {
    std::vector<Spared> all;
    for (std::size_t i = 0; i < code_.ops.size(); ++i) {
      const Op& op = code_.ops[i];
      if (is_of_program_alone(code_, op)) all.push_back({code_.op_ranges[i]});
      if (op.kind != OpKind::Try) continue;
      const Slice<Catch> rows = code_.tries[op.detail].catches;
      for (const Catch& handler : std::span(code_.catches).subspan(rows.first, rows.count))
        for (const std::string_view type : caught_types(code_, handler))
          all.push_back({code_.op_ranges[i], type});
    }
    return all;
  }
  [[nodiscard]] static std::string_view error_of(const CodeFault& fault) {
    if (fault.kind == CodeFaultKind::WrongArguments || fault.is_null) return "TypeError";
    if (fault.kind == CodeFaultKind::Unbound) return "UnboundLocalError";
    if (fault.kind == CodeFaultKind::KeyEscapes) return known::errors_of_missing_keys().front();
    return fault.imported ? "ImportError" : "AttributeError";
  }
  [[nodiscard]] bool is_set(std::uint32_t variable) const {
    return std::ranges::any_of(code_.assigns, [&](const Assign& row) {
      return row.target.exists() && row.mode != AssignMode::Evaluate &&
             code_.exprs[row.target.index].kind == ExprKind::Variable &&
             code_.exprs[row.target.index].ref == variable;
    });
  }
  // Whether a submodule of the package may be what is asked for.
  [[nodiscard]] bool has_submodule(ModuleId package, std::string_view name) const {
    const std::uint32_t unit = program_.modules[package.index].unit;
    return std::ranges::any_of(program_.units[unit].modules, [&](const auto& row) {
      const std::string_view path = row.first;
      return path.ends_with(cat('/', name, ".py")) || path == cat(name, ".py") ||
             path.find(cat('/', name, '/')) != path.npos || path.starts_with(cat(name, '/'));
    });
  }
  [[nodiscard]] bool lacks(const ImportTarget& target, std::string_view name) const {
    return target.module.exists() && target.module != module_ && !target.aside &&
           target.symbol.empty() && !name.starts_with("__") && own_.is_closed(target.module) &&
           !own_.has(target.module, name) && !has_submodule(target.module, name);
  }
  void arguments_of(const Call& call, Range where, std::string_view name, const OwnTarget& target);
  [[nodiscard]] bool gets_its_object(const Function& method) const;
  [[nodiscard]] bool comes_back(ModuleId module, FunctionId in, OpId call, int depth = 0);
  [[nodiscard]] bool never_returns(const OwnTarget& own, int depth);
  [[nodiscard]] bool ends_in_no_return(const OwnTarget& own, int depth);
  [[nodiscard]] bool may_fail(FunctionId in, OpId call);
  [[nodiscard]] bool ends_handler(OpId call) const;
  [[nodiscard]] bool may_raise_again(OpId call) const;
  [[nodiscard]] Range use_of_null(const OwnTarget& own, OpId call, std::string_view fails) const;
  void add_null_use(FunctionId in, OpId call);

  OwnCode& own_;
  const Program& program_;
  const ModuleId module_;
  const CodeFacts& code_;
  std::vector<ModuleFault> found_ = {};
  std::map<std::tuple<int, ModuleId, FunctionId>, bool> no_returns_ = {};  // by depth
};

// `from util import missing`, `import { missing } from "./util.mjs"`.
void Faults::find_imported() {
  constexpr std::uint32_t kLeftOut =
      kTypeOnly | kFallback | kStar | kEffectOnly | kRequire | kGuarded | kImplicit | kLate;
  for (std::size_t i = 0; i < code_.imports.size(); ++i) {
    const Import& row = code_.imports[i];
    const std::string_view name = code_.string(row.name);
    const ImportTarget& target = program_.modules[module_.index].imports[i];
    if ((row.flags & kLeftOut) != 0 || name.empty() || target.whole || !lacks(target, name))
      continue;
    add(row.where, {.kind = CodeFaultKind::MissingMember,
                    .name = std::string(name),
                    .owner = std::string(code_.string(row.module)),
                    .imported = true});
  }
}

// `util.missing` of `import util`.
void Faults::find_members() {
  if (code_.language != Language::Python) return;
  for (std::size_t i = 0; i < code_.imports.size(); ++i) {
    const Import& row = code_.imports[i];
    const ImportTarget& target = program_.modules[module_.index].imports[i];
    if (!row.local.exists() || !target.whole || !target.module.exists() ||
        (row.flags & (kFallback | kGuarded | kTypeOnly)) != 0 || is_set(row.local.index))
      continue;
    const bool is_only = std::ranges::none_of(code_.imports, [&](const Import& other) {
      return &other != &row && other.local.exists() && other.local == row.local;
    });
    if (!is_only) continue;
    std::set<std::string_view> told;
    for (std::size_t e = 0; e < code_.exprs.size(); ++e) {
      const Expr& expr = code_.exprs[e];
      if (expr.kind != ExprKind::Member || code_.exprs[expr.ref].kind != ExprKind::Variable ||
          code_.exprs[expr.ref].ref != row.local.index)
        continue;
      const std::string_view name = code_.string(expr.name);
      if (name.starts_with('<') || !lacks(target, name) || told.contains(name) ||
          own_.is_member_somewhere(program_.modules[module_.index].unit, name))
        continue;
      told.insert(name);
      add(code_.expr_ranges[e], {.kind = CodeFaultKind::MissingMember,
                                 .name = std::string(name),
                                 .owner = std::string(code_.string(row.module))});
    }
  }
}

// Whether the first parameter is the object for sure: `Orders.parse(text)` of a method without a
// decorator hands over a text, and a function may give the name another value.
bool Faults::gets_its_object(const Function& method) const {
  for (OpId at = method.first; at.exists() && at < method.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Assign && code_.assigns[op.detail].target.exists() &&
        is_variable(code_, code_.assigns[op.detail].target, method.receiver))
      return false;
  }
  return !own_.is_called_on_class(module_, method.owner, code_.string(method.name));
}

// `self.missing`, a name that no object of the project has.
void Faults::find_attributes() {
  if (code_.language != Language::Python || code_.classes.empty()) return;
  const std::uint32_t unit = program_.modules[module_.index].unit;
  std::set<std::pair<std::uint32_t, std::string_view>> told;
  for (std::uint32_t f = 1; f < code_.functions.size(); ++f) {
    const Function& function = code_.functions[f];
    if (!function.owner.exists() || !function.receiver.exists()) continue;
    const OwnCode::Members& members = own_.members_of(module_, function.owner);
    if (members.open || !gets_its_object(function)) continue;
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      visit_expressions(code_, at, [&](ExprId whole) {
        const bool is_target = op.kind == OpKind::Assign &&
                               code_.assigns[op.detail].target == whole &&
                               code_.assigns[op.detail].mode != AssignMode::Update;
        visit_parts(code_, whole, [&](const Expr& row) {
          const auto index = static_cast<std::uint32_t>(&row - code_.exprs.data());
          if (row.kind != ExprKind::Member || (is_target && index == whole.index) ||
              !is_variable(code_, ExprId{row.ref}, function.receiver))
            return;
          const std::string_view name = code_.string(row.name);
          if (name.starts_with("__") || name.starts_with('<') || members.names.contains(name) ||
              own_.is_member_somewhere(unit, name) || own_.is_open_below(module_, function.owner) ||
              !told.emplace(function.owner.index, name).second)
            return;
          add(code_.expr_ranges[index],
              {.kind = CodeFaultKind::MissingMember,
               .name = std::string(name),
               .owner = std::string(code_.string(code_.classes[function.owner.index].name)),
               .of_class = true});
        });
      });
    }
  }
}

void Faults::arguments_of(const Call& call, Range where, std::string_view name,
                          const OwnTarget& target) {
  const CodeFacts& code = program_.facts(target.module);
  const Function empty;
  const Function& function =
      target.function.exists() ? code.functions[target.function.index] : empty;
  if (function.annotations.count > 0) return;
  const auto parameters =
      std::span(code.parameters).subspan(function.parameters.first, function.parameters.count);
  std::size_t given = 0, named = 0;
  std::vector<std::string_view> names;
  for (const Operand& operand : code_.operands_of(call.arguments)) {
    if (operand.spread != 0 || operand.key.exists()) return;
    if (operand.name.exists()) {
      names.push_back(code_.string(operand.name));
      ++named;
    } else {
      ++given;
    }
  }
  CodeFault fault{.kind = CodeFaultKind::WrongArguments, .name = std::string(name)};
  bool takes_more = false, takes_any_name = false;
  std::size_t places = 0;
  for (const Parameter& row : parameters) {
    if (row.rest == RestKind::Positional) takes_more = true;
    if (row.rest == RestKind::Named) takes_any_name = true;
    if (row.rest == RestKind::None) ++places;
  }
  const auto name_of = [&](const Parameter& row) {
    return code.string(code.variables[row.variable.index].name);
  };
  if (given > places && !takes_more) {
    fault.fault = ArgumentFault::TooMany;
    fault.takes = static_cast<std::uint32_t>(places);
    fault.given = static_cast<std::uint32_t>(given);
    return add(where, std::move(fault));
  }
  for (const std::string_view one : names) {
    const bool is_known = std::ranges::any_of(parameters, [&](const Parameter& row) {
      return row.rest == RestKind::None && name_of(row) == one;
    });
    if (is_known || takes_any_name) continue;
    fault.fault = ArgumentFault::Unknown;
    fault.argument = std::string(one);
    return add(where, std::move(fault));
  }
  std::size_t place = 0;
  for (const Parameter& row : parameters) {
    if (row.rest == RestKind::Positional) place = places;  // the others are given by their names
    if (row.rest != RestKind::None) continue;
    const bool is_given = place++ < given;
    const bool is_named = std::ranges::find(names, name_of(row)) != names.end();
    if (is_given || is_named || row.fallback.exists()) continue;
    fault.fault = ArgumentFault::Missing;
    fault.argument = std::string(name_of(row));
    return add(where, std::move(fault));
  }
}

void Faults::find_arguments() {
  if (code_.language != Language::Python) return;
  for (std::uint32_t f = 0; f < code_.functions.size(); ++f) {
    const Function& function = code_.functions[f];
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      const Op& op = code_.ops[at.index];
      if (op.kind != OpKind::Call) continue;
      const Call& call = code_.calls[op.detail];
      if (call.mode != CallMode::Plain && call.mode != CallMode::Construct) continue;
      OwnTarget target = own_.named(module_, FunctionId{f}, call.callee);
      if (!target.module.exists()) continue;
      const Expr& callee = code_.exprs[call.callee.index];
      const std::string_view name = callee.kind == ExprKind::Variable
                                        ? code_.string(code_.variables[callee.ref].name)
                                        : code_.string(callee.name);
      if (target.type.exists()) {
        const OwnCode::Constructor made = own_.constructor_of(target.module, target.type);
        if (!made.known) continue;
        target.type = {};
        if (made.target.module.exists()) target = made.target;
      }
      arguments_of(call, code_.op_ranges[at.index], name, target);
    }
  }
}

// Not where an own function ends in what raises, or a library's never returns.
bool Faults::comes_back(ModuleId module, FunctionId in, OpId call, int depth) {
  const CodeFacts& code = program_.facts(module);
  const ExprId callee = code.calls[code.ops[call.index].detail].callee;
  if (!callee.exists()) return true;
  if (const OwnTarget own = own_.named(module, in, callee); own.function.exists())
    return !never_returns(own, depth);
  const LibraryModel* const row = row_of_callee(code, callee);
  return row == nullptr || !row->raises;
}

// Whether each way through the function ends in what raises, or in a call that does not come back.
bool Faults::never_returns(const OwnTarget& own, int depth) {
  constexpr int kEndsBelow = 4;
  if (depth > kEndsBelow) return false;
  const std::tuple key{depth, own.module, own.function};
  if (const auto known = no_returns_.find(key); known != no_returns_.end()) return known->second;
  return no_returns_[key] = ends_in_no_return(own, depth);
}

bool Faults::ends_in_no_return(const OwnTarget& own, int depth) {
  const CodeFacts& code = program_.facts(own.module);
  const Function& body = code.functions[own.function.index];
  if (!body.first.exists()) return false;
  for (OpId at = body.first; at < body.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind == OpKind::Exit && code.exits[op.detail].kind == ExitKind::Return) return false;
  }
  if (surely_raises(code, body.first, body.end)) return true;
  for (OpId at = body.first; at < body.end; at = code.ops[at.index].end)
    if (code.ops[at.index].kind == OpKind::Call &&
        !comes_back(own.module, own.function, at, depth + 1))
      return true;
  return false;
}

// Not where an own function does nothing of which anybody expects that it fails: `return
// dynamodb.Table(name)`.
bool Faults::may_fail(FunctionId in, OpId call) {
  const ExprId callee = code_.calls[code_.ops[call.index].detail].callee;
  const OwnTarget own = callee.exists() ? own_.named(module_, in, callee) : OwnTarget{};
  if (!own.function.exists()) return true;
  const CodeFacts& code = program_.facts(own.module);
  const Function& body = code.functions[own.function.index];
  if (!body.first.exists() || (body.flags & (kAsync | kGenerator)) != 0 ||
      body.annotations.count > 0)
    return true;
  const auto is_there = [&](ExprId value) {
    const ExprKind kind = value.exists() ? code.exprs[value.index].kind : ExprKind::Null;
    return kind == ExprKind::Null || kind == ExprKind::Variable || kind == ExprKind::Result ||
           kind == ExprKind::Text || kind == ExprKind::Number;
  };
  for (OpId at = body.first; at < body.end; ++at.index) {
    const Op& op = code.ops[at.index];
    const bool returns = op.kind == OpKind::Exit &&
                         code.exits[op.detail].kind == ExitKind::Return &&
                         is_there(code.exits[op.detail].value);
    const bool is_sure =
        returns || cannot_raise(code, at) || (op.kind == OpKind::Call && is_harmless(code, at));
    if (!is_sure) return true;
  }
  return false;
}

// Whether the call is the last that a handler of errors does.
bool Faults::ends_handler(OpId call) const {
  const OpId after = code_.ops[call.index].end;
  return std::ranges::any_of(code_.catches, [&](const Catch& row) {
    return row.end == after && row.first.exists() && !(call < row.first);
  });
}

// What a handler of errors ends in, and nothing is known of, may be there to raise the error again:
// `except: report.uncaught()`.
bool Faults::may_raise_again(OpId call) const {
  const ExprId callee = code_.calls[code_.ops[call.index].detail].callee;
  return callee.exists() && row_of_callee(code_, callee) == nullptr &&
         !path_by_imports(code_, callee).empty() &&
         !own_.named(module_, FunctionId{}, callee).module.exists() && ends_handler(call);
}

void Faults::find_unbound() {
  const bool is_python = code_.language == Language::Python;
  if (is_python && makes_names(code_)) return;  // who asks locals() knows
  for (std::uint32_t f = 1; f < code_.functions.size(); ++f) {
    const Function& function = code_.functions[f];
    if (function.kind == FunctionKind::ClassInit || (function.flags & kBroken) != 0) continue;
    const CallEnds ends{
        .comes_back =
            [&](OpId call) {
              return comes_back(module_, FunctionId{f}, call) && !may_raise_again(call);
            },
        .may_fail = [&](OpId call) { return may_fail(FunctionId{f}, call); },
        .may_raise = [&](OpId call,
                         std::string_view error) { return own_.may_raise(module_, call, error); }};
    std::vector<UnboundRead> reads = null_reads(code_, FunctionId{f}, ends);
    if (is_python) {
      const std::vector<UnboundRead> unbound = unbound_reads(code_, FunctionId{f}, ends);
      reads.insert(reads.end(), unbound.begin(), unbound.end());
    }
    std::set<OpId> causes;  // several variables of one branch are one fault
    for (const UnboundRead& read : reads) {
      if (read.cause.exists() && !causes.insert(read.cause).second) continue;
      add(read.where, {.kind = CodeFaultKind::Unbound,
                       .name = std::string(code_.string(code_.variables[read.variable.index].name)),
                       .unbound = read.by,
                       .in_loop = read.in_loop,
                       .while_failing = read.while_failing,
                       .is_null = read.is_null,
                       .cause = read.cause.exists() ? code_.op_ranges[read.cause.index] : Range{}});
    }
  }
}

// `rows.filter((row) => { row.open; })`
void Faults::find_given_nothing() {
  for (const GivesNothing& one : given_nothing(code_))
    add(code_.function_ranges[one.function.index],
        {.kind = CodeFaultKind::NoResult, .name = std::string(one.taker), .is_null = !one.promise},
        module_, code_.op_ranges[one.call.index]);
}

void Faults::find_late_tests() {
  if (!compares_with_null(code_)) return;
  for (std::uint32_t f = 1; f < code_.functions.size(); ++f)
    for (const LateTest& late : late_tests(code_, FunctionId{f}))
      add(late.read,
          {.kind = CodeFaultKind::LateTest,
           .name = std::string(code_.string(code_.variables[late.variable.index].name)),
           .is_null = true},
          module_, late.test);
}

void Faults::find_used_beside_errors() {
  for (std::uint32_t f = 1; f < code_.functions.size(); ++f)
    for (const UsedBesideError& one : used_beside_errors(code_, FunctionId{f})) {
      const ExprId callee = code_.calls[code_.ops[one.call.index].detail].callee;
      const OwnTarget own = own_.named(module_, FunctionId{f}, callee);
      if (own.function.exists() &&
          program_.facts(own.module).functions[own.function.index].gives_struct != 0)
        continue;
      add(one.use,
          {.kind = CodeFaultKind::ErrorLogged,
           .name = std::string(code_.string(code_.variables[one.variable.index].name)),
           .is_null = true},
          module_, one.test);
    }
}

// Where what the own function gives is used as if it were no null. What it gives later is waited
// for first.
Range Faults::use_of_null(const OwnTarget& own, OpId call, std::string_view fails) const {
  const CodeFacts& code = program_.facts(own.module);
  if ((code.functions[own.function.index].flags & kAsync) == 0)
    return search_use(code_, call, fails);
  std::set<std::uint32_t> holders;  // `await (known ? row : load())`
  for (OpId at{call.index + 1}; at.index < code_.ops.size(); ++at.index) {
    const Op& op = code_.ops[at.index];
    const ExprId value = op.kind == OpKind::Await    ? code_.awaits[op.detail].value
                         : op.kind == OpKind::Assign ? code_.assigns[op.detail].value
                                                     : ExprId{};
    if (!value.exists()) continue;
    const Expr& row = code_.exprs[value.index];
    const bool is_it = (row.kind == ExprKind::Result && row.ref == call.index) ||
                       (row.kind == ExprKind::Variable && holders.contains(row.ref));
    if (!is_it) continue;
    if (op.kind == OpKind::Await) return search_use(code_, at, fails);
    const ExprId target = code_.assigns[op.detail].target;
    if (target.exists() && code_.exprs[target.index].kind == ExprKind::Variable)
      holders.insert(code_.exprs[target.index].ref);
  }
  return {};
}

void Faults::add_null_use(FunctionId in, OpId call) {
  const ExprId callee = code_.calls[code_.ops[call.index].detail].callee;
  OwnTarget own = own_.named(module_, in, callee);
  if (!own.module.exists()) own = own_.only_method(module_, callee);
  if (!own.function.exists()) return;
  const CodeFacts& code = program_.facts(own.module);
  const Function& function = code.functions[own.function.index];
  const auto tell = [&](OpId given, std::string_view fails) {
    add(use_of_null(own, call, fails),
        {.kind = CodeFaultKind::NullUsed,
         .name = std::string(code.string(function.name)),
         .is_null = true,
         .is_list = fails != "*"},
        own.module, code.op_ranges[given.index]);
  };
  const NullReturn null = null_return(
      code, function, [&](OpId inner) { return comes_back(own.module, own.function, inner); });
  if (null.at.exists() && (!null.by_parameter || !asks_before(code_, call))) tell(null.at, "*");
  // A list has no entry under a text.
  const bool is_asked_by_text = code_.language == Language::Python;
  const OpId list = is_asked_by_text ? list_return(code, function) : OpId{};
  if (list.exists()) tell(list, "[text]");
}

void Faults::find_null_uses() {
  for (std::uint32_t f = 0; f < code_.functions.size(); ++f) {
    const Function& function = code_.functions[f];
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index)
      if (code_.ops[at.index].kind == OpKind::Call) add_null_use(FunctionId{f}, at);
  }
}

void Faults::find_escaping_keys() {
  for (const EscapingKey& one : escaping_keys(own_, program_, module_))
    add(one.where, {.kind = CodeFaultKind::KeyEscapes, .name = one.key}, module_, one.attempt);
}

void Faults::find_failed_requests() {
  for (FailedRequest& one : failed_requests(own_, program_, module_))
    add(one.handler,
        {.kind = CodeFaultKind::EmptyAnswer,
         .name = std::move(one.function),
         .argument = std::move(one.word),
         .in_loop = one.partial},
        one.user, one.use);
}

// `{"headers": a, "headers": b}`, `row.get("owners", [{}])[0]`
void Faults::find_written_twice() {
  for (const KeyTwice& one : keys_twice(code_))
    add(one.second, {.kind = CodeFaultKind::KeyTwice, .name = std::string(one.name)}, module_,
        one.first);
  for (const FirstOfDefault& one : firsts_of_defaults(code_))
    add(one.where, {.kind = CodeFaultKind::EmptyUnthought, .name = std::string(one.name)});
}

}  // namespace

std::vector<ModuleFault> module_faults(OwnCode& own, const Program& program, ModuleId module) {
  const CodeFacts& code = program.facts(module);
  Faults faults(own, program, module);
  const bool is_read = code.problems.empty() && code.opaques.empty();
  if (!is_read) return {};
  faults.find_late_tests();
  faults.find_used_beside_errors();
  faults.find_failed_requests();
  if (code.language != Language::Python && code.language != Language::JavaScript)
    return faults.take();
  faults.find_given_nothing();
  faults.find_null_uses();
  faults.find_escaping_keys();
  faults.find_written_twice();
  faults.find_imported();
  faults.find_members();
  faults.find_attributes();
  faults.find_arguments();
  faults.find_unbound();
  return faults.take();
}

}  // namespace fnlint
