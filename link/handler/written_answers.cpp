// Scans code for return values without a form in JSON, for loops that go on behind an error
// handler, and for answers that are given before work has ended.

#include "link/handler/written_answers.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/error_handlers.h"
#include "flow/syntax/failure_forms.h"
#include "link/code/init_modules.h"
#include "link/handler/call_places.h"
#include "tables/languages.h"
#include "tables/libraries.h"
#include "tables/models.h"
#include "values/compute.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <string>
#include <utility>

namespace fnlint {

namespace {

// "datetime.datetime.now" of what is called, by the file's imports.
std::string path_of_callee(const CodeFacts& code, ExprId callee) {
  std::string members;
  while (callee.exists() && code.exprs[callee.index].kind == ExprKind::Member) {
    members = cat('.', code.string(code.exprs[callee.index].name), members);
    callee = ExprId{code.exprs[callee.index].ref};
  }
  if (!callee.exists() || code.exprs[callee.index].kind != ExprKind::Variable) return {};
  for (const Import& row : code.imports) {
    if (!row.local.exists() || row.local.index != code.exprs[callee.index].ref) continue;
    const std::string_view module = code.string(row.module), name = code.string(row.name);
    if (module == "<builtins>") return cat(name, members);
    return cat(module, name.empty() ? "" : ".", name, members);
  }
  return {};
}

// The only value that a local variable is ever given, but for what is added to it; no id: it has
// several, or another's.
ExprId only_value(const CodeFacts& code, std::uint32_t variable) {
  if (code.variables[variable].kind != VariableKind::Local) return {};
  ExprId found;
  for (const Assign& row : code.assigns) {
    if (!row.target.exists()) continue;
    if (root_variable(code, row.target).index != variable) continue;
    const bool is_whole = code.exprs[row.target.index].kind == ExprKind::Variable;
    if (is_whole && row.mode == AssignMode::Update && found.exists()) continue;  // it only grows
    const bool is_set = row.mode == AssignMode::Set || row.mode == AssignMode::Declare;
    if (!is_whole || !is_set || found.exists() || !row.value.exists()) return {};
    found = row.value;
  }
  return found;
}

// A class of the file's own without any base, given by its name as it is, or by `dataclass` alone;
// no id: it is something else.
ClassId plain_class(const CodeFacts& code, ExprId callee) {
  if (!callee.exists() || code.exprs[callee.index].kind != ExprKind::Variable) return {};
  ExprId value;
  for (const Assign& row : code.assigns) {
    if (!is_variable(code, row.target, VariableId{code.exprs[callee.index].ref})) continue;
    if (value.exists()) return {};
    value = row.value;
  }
  while (value.exists() && code.exprs[value.index].kind == ExprKind::Result) {
    const Op& op = code.ops[code.exprs[value.index].ref];
    if (op.kind == OpKind::Define) {
      const ClassId type = code.defines[op.detail].type;
      return code.classes[type.index].bases.count == 0 ? type : ClassId{};
    }
    if (op.kind != OpKind::Call) return {};
    const Call& call = code.calls[op.detail];
    ExprId decorator = call.callee;  // `@dataclass`, `@dataclass(frozen=True)`
    if (code.exprs[decorator.index].kind == ExprKind::Result &&
        code.ops[code.exprs[decorator.index].ref].kind == OpKind::Call)
      decorator = code.calls[code.ops[code.exprs[decorator.index].ref].detail].callee;
    const auto arguments = code.operands_of(call.arguments);
    if (path_of_callee(code, decorator) != "dataclasses.dataclass" || arguments.size() != 1)
      return {};
    value = arguments[0].value;
  }
  return {};
}

// Methods by which a class has a form in JSON, or makes something else than an object of its own.
bool has_own_form(const CodeFacts& code, const Class& row) {
  constexpr std::string_view kForms[] = {"_asdict", "__new__"};
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const FunctionId method = code.methods[row.methods.first + i];
    if (std::ranges::find(kForms, code.string(code.functions[method.index].name)) !=
        std::end(kForms))
      return true;
  }
  return false;
}

class Unserializable {
 public:
  Unserializable(const CodeFacts& code, FileId file)
      : code_(code), file_(file), contract_(find_handler_contract(code.language)) {}

  std::vector<PlacedText> of(ExprId answer) {
    if (contract_ != nullptr && !contract_->unserializable.empty()) look(answer, 0);
    return std::move(parts_);
  }

 private:
  void look(ExprId expr, int depth) {
    constexpr int kDepth = 12;
    if (!expr.exists() || depth > kDepth) return;
    const Expr& row = code_.exprs[expr.index];
    switch (row.kind) {
      case ExprKind::Number: return row.detail == 1 ? add("<bigint>", expr) : void();
      case ExprKind::Operator: return look_at_operation(row, depth);
      case ExprKind::Record:
      case ExprKind::List:
        if (row.kind == ExprKind::List && row.detail == 1) return add("<set>", expr);
        for (const Operand& operand : code_.operands_of(row.operands))
          look(operand.value, depth + 1);
        return;
      case ExprKind::Variable: return look(only_value(code_, row.ref), depth + 1);
      case ExprKind::Result: return look_at_call(OpId{row.ref}, expr);
      default: return;
    }
  }

  void look_at_call(OpId op, ExprId expr) {
    if (code_.ops[op.index].kind != OpKind::Call) return;
    const ExprId callee = code_.calls[code_.ops[op.index].detail].callee;
    const ClassId type = plain_class(code_, callee);
    if (!type.exists()) return add(path_of_callee(code_, callee), expr);
    const Class& row = code_.classes[type.index];
    if (!has_own_form(code_, row)) add("<class>", expr, cat(" '", code_.string(row.name), "'"));
  }

  // Sets and times, put together, are still none that have a form.
  void look_at_operation(const Expr& row, int depth) {
    const auto kind = static_cast<OperatorKind>(row.detail);
    if (kind == OperatorKind::Add || kind == OperatorKind::Subtract ||
        kind == OperatorKind::BitAnd || kind == OperatorKind::BitOr || kind == OperatorKind::BitXor)
      look(code_.operands_of(row.operands)[0].value, depth + 1);
  }

  void add(std::string_view path, ExprId expr, std::string_view name = {}) {
    for (const std::string_view one : contract_->unserializable) {
      const std::size_t colon = one.find(':');
      if (path.empty() || one.substr(0, colon) != path) continue;
      parts_.push_back({{file_, code_.expr_ranges[expr.index]}, cat(one.substr(colon + 1), name)});
    }
  }

  const CodeFacts& code_;
  const FileId file_;
  const HandlerContract* contract_;
  std::vector<PlacedText> parts_;
};

// The catch whose error a test asks for.
void add_caught(const ValuePool& pool, ValueId test, std::vector<CallSite>& found) {
  for_each_below(pool, test, [&](ValueId id) {
    if (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::CallResult &&
        (pool.text(id) == kCaughtAny || pool.text(id) == kCaughtKind))
      found.push_back(unpack_site(pool[id].ref));
  });
}

bool is_known(const Engine& engine, CallSite site) {
  return site.module.index < engine.program().modules.size();
}

bool is_asynchronous(const CodeFacts& code, OpId op) {
  const FunctionId function = function_around(code, op);
  return function.exists() && (code.functions[function.index].flags & kAsync) != 0;
}

// The call is made in an asynchronous function, and its task is handed on to what waits for
// several.
bool begins_beside(const Engine& engine, CallSite site) {
  if (!is_known(engine, site)) return false;
  const CodeFacts& code = engine.facts(site.module);
  return is_asynchronous(code, site.op) && code.ops[site.op.index].kind == OpKind::Call &&
         !is_only_awaited(code, site.op);
}

// The name that a function has, or that of the variable which it is assigned to.
std::string_view name_of(const CodeFacts& code, FunctionId function) {
  const std::string_view own = code.string(code.functions[function.index].name);
  if (!own.empty()) return own;
  for (const Op& op : code.ops) {
    if (op.kind != OpKind::Assign) continue;
    const Assign& row = code.assigns[op.detail];
    if (!row.value.exists() || !row.target.exists()) continue;
    const Expr& value = code.exprs[row.value.index];
    const Expr& target = code.exprs[row.target.index];
    if (value.kind == ExprKind::Function && value.ref == function.index &&
        target.kind == ExprKind::Variable)
      return code.string(code.variables[target.ref].name);
  }
  return {};
}

// What the call gives is what its function gives.
bool is_returned(const CodeFacts& code, OpId call) {
  return std::ranges::any_of(code.exits, [&](const Exit& row) {
    if (row.kind != ExitKind::Return || !row.value.exists()) return false;
    const Expr& value = code.exprs[row.value.index];
    return value.kind == ExprKind::Result && value.ref == call.index;
  });
}

// The call names the function that goes on at `next`, and waits for it: no library calls it that
// was given it, and may keep what it raises. `in_handler`: which may give a task to the runtime.
bool is_direct(const Engine& engine, CallSite call, CallSite next, bool in_handler) {
  if (!is_known(engine, call) || !is_known(engine, next)) return false;
  const CodeFacts& inner = engine.facts(next.module);
  const FunctionId function = function_around(inner, next.op);
  const CodeFacts& code = engine.facts(call.module);
  const bool is_call =
      call.op.index < code.ops.size() && code.ops[call.op.index].kind == OpKind::Call;
  if (!function.exists() || !is_call) return false;
  const bool makes_task = (inner.functions[function.index].flags & kAsync) != 0;
  const bool is_waited_for = is_asynchronous(code, call.op)
                                 ? !begins_beside(engine, call) || is_returned(code, call.op)
                                 : in_handler;
  if (makes_task && !is_waited_for) return false;
  const Expr& callee = code.exprs[code.calls[code.ops[call.op.index].detail].callee.index];
  const bool is_variable = callee.kind == ExprKind::Variable;
  const StringId name = is_variable ? code.variables[callee.ref].name : callee.name;
  return code.string(name) == name_of(inner, function);
}

bool runs_beside(const Engine& engine, const Step& step) {
  if (!is_known(engine, step.at)) return false;
  const CodeFacts& code = engine.facts(step.at.module);
  if (!is_asynchronous(code, step.at.op)) return false;
  return (step.flags & kManyAtOnce) != 0 ||
         std::ranges::any_of(step.via, [&](CallSite at) { return begins_beside(engine, at); });
}

}  // namespace

namespace {

// The call of a library that makes what a `with` statement leaves by `__exit__`; no id: it is
// something else.
ExprId manager_left(const CodeFacts& code, const Op& op) {
  if (op.kind != OpKind::Call) return {};
  const Expr& callee = code.exprs[code.calls[op.detail].callee.index];
  if (callee.kind != ExprKind::Member) return {};
  const std::string_view name = code.string(callee.name);
  if (name != "__exit__" && name != "__aexit__") return {};
  const ExprId manager{callee.ref};
  return code.exprs[manager.index].kind == ExprKind::Variable
             ? only_value(code, code.exprs[manager.index].ref)
             : manager;
}

// Whether a library's, not the project's own; nobody knows what it does with a failure.
bool is_unknown_manager(const Engine& engine, ModuleId module, ExprId manager) {
  const CodeFacts& code = engine.facts(module);
  if (!manager.exists() || code.exprs[manager.index].kind != ExprKind::Result) return false;
  const Op& made = code.ops[code.exprs[manager.index].ref];
  if (made.kind != OpKind::Call) return false;
  const std::string path = path_of_callee(code, code.calls[made.detail].callee);
  const auto& targets = engine.program().modules[module.index].imports;
  for (std::size_t i = 0; i < targets.size(); ++i)
    if (targets[i].module.exists() && path.starts_with(code.string(code.imports[i].module)))
      return false;
  return path.find('.') != path.npos && find_library_model(code.language, path) == nullptr &&
         !only_computes(code.language, path) && !is_of_sdk(path) &&
         library_class(cat(path, "()")) == LibraryClass::None;
}

// `with given_up_on_failure(id):` of a library that no row describes may answer what fails in it.
bool is_in_unknown_manager(const Engine& engine, CallSite site) {
  const CodeFacts& code = engine.facts(site.module);
  return std::ranges::any_of(ops_holding(code, site.op), [&](OpId at) {
    if (code.ops[at.index].kind != OpKind::Try) return false;
    const Try& row = code.tries[code.ops[at.index].detail];
    if (!row.finally_first.exists() || !(site.op < row.body_end)) return false;
    for (std::uint32_t i = row.finally_first.index; i < code.ops[at.index].end.index; ++i)
      if (is_unknown_manager(engine, site.module, manager_left(code, code.ops[i]))) return true;
    return false;
  });
}

}  // namespace

std::vector<PlacedText> unserializable_parts(Engine& engine, std::span<const ModuleInfo> modules,
                                             CallSite exit) {
  if (exit.module.index >= modules.size() || !exit.op.exists()) return {};
  const CodeFacts& code = engine.facts(exit.module);
  if (code.ops[exit.op.index].kind != OpKind::Exit) return {};
  return Unserializable(code, modules[exit.module.index].file)
      .of(code.exits[code.ops[exit.op.index].detail].value);
}

bool may_leave_loop(const Engine& engine, ModuleId module) {
  const HandlerContract* form = find_handler_contract(engine.language(module));
  if (form == nullptr) return false;
  const std::set<ModuleId> reached = modules_reached(engine.program(), module);
  return std::ranges::any_of(reached, [&](ModuleId one) {
    const CodeFacts& code = engine.facts(one);
    for (std::uint32_t i = 0; i < code.strings.size(); ++i)
      for (const std::string_view word : form->leaves_loop)
        if (code.string(StringId{i}).find(word) != std::string_view::npos) return true;
    return false;
  });
}

// A failure that is answered is that of a try in which a loop answers the failures of its rounds.
bool is_behind_caught_rounds(const Engine& engine, std::span<const ValueId> tests) {
  std::vector<CallSite> caught;
  for (const ValueId test : tests) add_caught(engine.pool(), test, caught);
  return std::ranges::any_of(caught, [&](const CallSite& site) {
    if (!is_known(engine, site)) return false;
    const CodeFacts& code = engine.facts(site.module);
    for (const OpId at : ops_holding(code, site.op)) {
      if (code.ops[at.index].kind != OpKind::Try) continue;
      const OpId end = code.tries[code.ops[at.index].detail].body_end;
      if (site.op < end) continue;  // it stands in the body, not in a handler
      for (const Catch& inner : code.catches)
        if (at < inner.first && inner.first < end && takes_any(code, inner) &&
            goes_on_with_next(code, inner.first))
          return true;
    }
    return false;
  });
}

Span goes_on_after(const Engine& engine, std::span<const ModuleInfo> modules,
                   std::span<const ValueId> tests) {
  std::vector<CallSite> caught;
  for (const ValueId test : tests) add_caught(engine.pool(), test, caught);
  for (const CallSite site : caught)
    if (is_known(engine, site) && goes_on_with_next(engine.facts(site.module), site.op))
      return span_of_call(modules, site);
  return {};
}

bool is_answered_on_way(const Engine& engine, const Step& step) {
  return std::ranges::any_of(step.via, [&](CallSite site) {
    return is_known(engine, site) && is_attempted(engine.facts(site.module), site.op) &&
           !is_raised_again(engine.facts(site.module), site.op);
  });
}

// In a function that an object of a library was made with: `CommandHandler("start", start)`. The
// object keeps it, and calls it when something comes that is meant for it.
static bool is_kept_for_later(const Engine& engine, const Step& step) {
  return std::ranges::any_of(step.via, [&](CallSite at) {
    if (!engine.registrations().escapes(at) || !is_known(engine, at)) return false;
    const CodeFacts& code = engine.facts(at.module);
    const Op& op = code.ops[at.op.index];
    if (op.kind != OpKind::Call) return false;
    const Call& call = code.calls[op.detail];
    const std::string_view name = name_of(code, call.callee);
    const bool is_class = !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
    return call.mode == CallMode::Construct || (code.language == Language::Python && is_class);
  });
}

std::uint32_t flags_by_form(const Engine& engine, const Step& step) {
  std::uint32_t flags = runs_beside(engine, step) ? static_cast<std::uint32_t>(kBesideTasks) : 0;
  if (is_kept_for_later(engine, step)) flags |= kInRoute;
  const bool may_fail = step.kind == StepKind::Effect || step.kind == StepKind::Read;
  if (!may_fail || !is_known(engine, step.at)) return flags;
  if (is_tried_again(engine.facts(step.at.module), step.at.op)) flags |= kTriedAgain;
  std::vector<CallSite> sites = step.via;
  sites.push_back(step.at);
  bool passes = std::ranges::none_of(sites, [&](CallSite at) {
    return is_known(engine, at) &&
           (is_attempted(engine.facts(at.module), at.op) || is_in_unknown_manager(engine, at));
  });
  for (std::size_t i = 0; i + 1 < sites.size(); ++i)
    passes = passes && is_direct(engine, sites[i], sites[i + 1], i == 0);
  if (passes && (step.flags & kGivenCallback) == 0) flags |= kErrorsPass;
  return flags;
}

bool ends_loop(const Engine& engine, const Step& step) {
  std::vector<CallSite> sites = step.via;
  sites.push_back(step.at);
  for (const CallSite& at : std::views::reverse(sites)) {
    if (!is_known(engine, at)) return false;
    const CodeFacts& code = engine.facts(at.module);
    if (is_attempted_around_loop(code, at.op)) return true;
    if (is_attempted(code, at.op)) return false;
  }
  return false;
}

}  // namespace fnlint
