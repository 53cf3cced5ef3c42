// Compares functions that other files can reach with the forms of the tables, and guesses the event
// by its declared type or by the fields that are read.

#include "link/resolve/handler_signs.h"

#include "core/text.h"
#include "tables/languages.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>

namespace fnlint {

namespace {

using Words = std::span<const std::string_view>;

std::string_view last_part_of(std::string_view path) {
  path = path.substr(0, path.find('<'));
  const std::size_t cut = path.find_last_of(".:/");
  return cut == path.npos ? path : path.substr(cut + 1);
}

bool has_word(Words words, std::string_view name) {
  const std::string flat = flat_name(name);
  return std::ranges::any_of(words, [&](std::string_view word) { return flat.ends_with(word); });
}

// A library by its own name, or a part of it: "boto3" and "boto3.dynamodb"; "@aws-sdk/" as it
// begins.
bool is_library(std::string_view module, Words libraries) {
  return std::ranges::any_of(libraries, [module](std::string_view library) {
    if (!module.starts_with(library)) return false;
    const std::string_view rest = module.substr(library.size());
    return library.ends_with('/') || rest.empty() || rest.front() == '.' || rest.front() == '/' ||
           rest.front() == ':' || rest.front() == '-';
  });
}

// A function under a name that other files can reach it by.
struct Reachable {
  std::string name = {};     // "handler"; "Orders.call" of a class
  FunctionId function = {};  // none: something gives it
  Range where = {};
};

class HandlerSearch {
 public:
  HandlerSearch(const CodeFacts& code, const HandlerSignature& signature)
      : code_(code), signature_(signature), held_(functions_of_variables()) {}
  std::vector<FoundHandler> run();

 private:
  [[nodiscard]] bool imports_any(Words libraries) const;
  [[nodiscard]] bool is_handler_name(std::string_view name) const;
  [[nodiscard]] bool is_whole_name(std::string_view name) const {
    return is_one_of(signature_.names, name);
  }
  [[nodiscard]] std::string_view parameter(FunctionId function, std::size_t index) const;
  [[nodiscard]] std::string_view parameter_type(FunctionId function, std::size_t index) const;
  [[nodiscard]] std::vector<Reachable> reachable() const;
  [[nodiscard]] std::vector<Reachable> exported() const;
  [[nodiscard]] std::string class_name(FunctionId method) const;
  void add_exported(const Assign& assign, Range where, std::vector<Reachable>& to) const;
  [[nodiscard]] Reachable with_value(std::string_view name, ExprId value, Range where) const;
  [[nodiscard]] std::map<std::uint32_t, FunctionId> functions_of_variables() const;
  [[nodiscard]] const EventSign* event_of(FunctionId function);
  [[nodiscard]] const EventSign* shown_by_members() const;
  [[nodiscard]] std::set<std::string_view> member_names() const;
  [[nodiscard]] std::set<std::string_view> own_names(FunctionId function) const;
  void by_name(const HandlerContract& contract);
  [[nodiscard]] bool needs_arguments(const Class& type) const;
  void by_class(const HandlerContract& contract);
  void by_context(const HandlerContract& contract);
  void by_program();

  const CodeFacts& code_;
  const HandlerSignature& signature_;
  const std::map<std::uint32_t, FunctionId> held_;  // by variables
  std::optional<const EventSign*> shown_ = {};      // by members, for all of the file
  std::vector<FoundHandler> found_ = {};
};

bool HandlerSearch::imports_any(Words libraries) const {
  return std::ranges::any_of(code_.imports, [&](const Import& row) {
    const std::string_view module = code_.string(row.module), name = code_.string(row.name);
    return is_library(module, libraries) || is_library(cat(module, '.', name), libraries);
  });
}

bool HandlerSearch::is_handler_name(std::string_view name) const {
  return std::ranges::any_of(signature_.names, [name](std::string_view known) {
    const std::string_view last = name.substr(name.rfind('.') + 1);
    return known.starts_with('*') ? last.ends_with(known.substr(1)) : last == known;
  });
}

std::string_view HandlerSearch::parameter(FunctionId function, std::size_t index) const {
  const Slice<Parameter> all = code_.functions[function.index].parameters;
  if (index >= all.count) return {};
  const Parameter& row = code_.parameters[all.first + index];
  return row.variable.exists() ? code_.string(code_.variables[row.variable.index].name)
                               : std::string_view();
}

std::string_view HandlerSearch::parameter_type(FunctionId function, std::size_t index) const {
  const Slice<Parameter> all = code_.functions[function.index].parameters;
  if (index >= all.count) return {};
  const Parameter& row = code_.parameters[all.first + index];
  if (!row.variable.exists()) return {};
  const TypeId type = code_.variables[row.variable.index].type;
  return type.exists() ? code_.string(code_.types[type.index].path) : std::string_view();
}

// What variables hold, where the first assignment shows a function.
std::map<std::uint32_t, FunctionId> HandlerSearch::functions_of_variables() const {
  std::map<std::uint32_t, FunctionId> found;
  for (const Assign& assign : code_.assigns) {
    if (!assign.target.exists() || !assign.value.exists()) continue;
    const Expr& target = code_.exprs[assign.target.index];
    const Expr& value = code_.exprs[assign.value.index];
    if (target.kind == ExprKind::Variable && value.kind == ExprKind::Function)
      found.emplace(target.ref, FunctionId{value.ref});
  }
  return found;
}

Reachable HandlerSearch::with_value(std::string_view name, ExprId value, Range where) const {
  Reachable row{std::string(name), {}, where};
  const Expr& given = code_.exprs[value.index];
  if (given.kind == ExprKind::Function) row.function = FunctionId{given.ref};
  const auto held = given.kind == ExprKind::Variable ? held_.find(given.ref) : held_.end();
  if (held != held_.end()) row.function = held->second;
  const bool has_name =
      row.function.exists() && code_.function_name_ranges[row.function.index].end != 0;
  if (has_name) row.where = code_.function_name_ranges[row.function.index];
  return row;
}

// exports.handler = ...; module.exports = { handler: ... }.
void HandlerSearch::add_exported(const Assign& assign, Range where,
                                 std::vector<Reachable>& to) const {
  const auto is_exports = [&](const Expr& at) {
    return at.kind == ExprKind::Variable && code_.string(code_.variables[at.ref].name) == "exports";
  };
  const Expr& target = code_.exprs[assign.target.index];
  const Expr& value = code_.exprs[assign.value.index];
  if (target.kind == ExprKind::Member && is_exports(code_.exprs[target.ref]))
    to.push_back(with_value(code_.string(target.name), assign.value, where));
  if (!is_exports(target) || value.kind != ExprKind::Record) return;
  for (const Operand& entry : code_.operands_of(value.operands))
    if (entry.name.exists() && entry.value.exists())
      to.push_back(with_value(code_.string(entry.name), entry.value, where));
}

std::vector<Reachable> HandlerSearch::exported() const {
  std::vector<Reachable> all;
  const Function& module = code_.functions.front();
  for (OpId op = module.first; op.index < module.end.index; ++op.index) {
    const Op& row = code_.ops[op.index];
    if (row.kind != OpKind::Assign) continue;
    const Assign& assign = code_.assigns[row.detail];
    if (assign.target.exists() && assign.value.exists())
      add_exported(assign, code_.op_ranges[op.index], all);
  }
  return all;
}

// "Shop::Orders" of a method of a class that stands in a module.
std::string HandlerSearch::class_name(FunctionId method) const {
  ClassId inner = code_.functions[method.index].owner;
  std::string name(code_.string(code_.classes[inner.index].name));
  for (FunctionId at = code_.functions[method.index].parent; at.exists() && at.index != 0;
       at = code_.functions[at.index].parent) {
    const ClassId owner = code_.functions[at.index].owner;
    if (!owner.exists() || owner == inner) continue;
    name = cat(code_.string(code_.classes[owner.index].name), "::", name);
    inner = owner;
  }
  return name;
}

std::vector<Reachable> HandlerSearch::reachable() const {
  if (code_.language == Language::JavaScript) return exported();
  std::vector<Reachable> all;
  for (std::uint32_t i = 1; i < code_.functions.size(); ++i) {
    const Function& row = code_.functions[i];
    const bool of_class = row.owner.exists();
    const bool is_reached =
        of_class ? code_.language == Language::Ruby && row.kind == FunctionKind::ClassMethod
                 : row.parent == FunctionId{0};
    if (!is_reached || !row.name.exists()) continue;
    std::string name(code_.string(row.name));
    if (of_class) name = cat(class_name(FunctionId{i}), '.', name);
    all.push_back({std::move(name), FunctionId{i}, code_.function_name_ranges[i]});
  }
  return all;
}

// Members and keys that are read anywhere: record.s3, record["s3"], record.get("s3").
std::set<std::string_view> HandlerSearch::member_names() const {
  std::set<std::string_view> names;
  const auto take = [&](ExprId at) {
    if (at.exists() && code_.exprs[at.index].kind == ExprKind::Text)
      names.insert(code_.string(code_.exprs[at.index].name));
  };
  for (const Expr& row : code_.exprs) {
    if (row.kind == ExprKind::Member) names.insert(code_.string(row.name));
    if (row.kind != ExprKind::Index) continue;
    for (const Operand& operand : code_.operands_of(row.operands)) take(operand.value);
  }
  constexpr std::string_view kGetters[] = {"get", "dig", "fetch"};
  for (const Call& call : code_.calls) {
    const Expr& callee = code_.exprs[call.callee.index];
    if (callee.kind != ExprKind::Member || !is_one_of(kGetters, code_.string(callee.name)))
      continue;
    for (const Operand& operand : code_.operands_of(call.arguments)) take(operand.value);
  }
  return names;
}

const EventSign* HandlerSearch::shown_by_members() const {
  const std::set<std::string_view> names = member_names();
  if (!names.contains("Records")) return nullptr;
  std::vector<const EventSign*> shown;
  for (const EventSign& sign : event_signs())
    if (std::ranges::any_of(sign.members, [&](std::string_view at) { return names.contains(at); }))
      shown.push_back(&sign);
  return shown.size() == 1 ? shown.front() : nullptr;
}

// What is read of a variable itself, and of what functions of the file are given it as.
class VariableReads {
 public:
  using Functions = std::map<std::uint32_t, FunctionId>;  // that variables hold
  VariableReads(const CodeFacts& code, const Functions& held) : code_(code), held_(held) {}

  // False: it is handed on whole to others, who may read anything of it.
  bool add(VariableId variable) {
    if (!variable.exists() || !seen_.insert(variable.index).second) return variable.exists();
    std::set<std::uint32_t> known;  // places of it
    for (const Call& call : code_.calls)
      if (!add_call(call, variable, known)) return false;
    for (std::uint32_t i = 0; i < code_.exprs.size(); ++i) {
      const Expr& row = code_.exprs[i];
      if ((row.kind != ExprKind::Member && row.kind != ExprKind::Index) || !is(row.ref, variable))
        continue;
      known.insert(row.ref);
      if (row.kind == ExprKind::Index)
        take(row.operands);
      else if (!getters_.contains(i))
        names_.insert(code_.string(row.name));
    }
    for (std::uint32_t i = 0; i < code_.exprs.size(); ++i)
      if (is(i, variable) && !known.contains(i)) return false;
    return true;
  }
  [[nodiscard]] const std::set<std::string_view>& names() const { return names_; }

 private:
  [[nodiscard]] bool is(std::uint32_t at, VariableId variable) const {
    return at < code_.exprs.size() && code_.exprs[at].kind == ExprKind::Variable &&
           code_.exprs[at].ref == variable.index;
  }
  void take(Slice<Operand> keys) {
    for (const Operand& key : code_.operands_of(keys))
      if (key.value.exists() && code_.exprs[key.value.index].kind == ExprKind::Text)
        names_.insert(code_.string(code_.exprs[key.value.index].name));
  }
  bool add_call(const Call& call, VariableId variable, std::set<std::uint32_t>& known) {
    const Expr& callee = code_.exprs[call.callee.index];
    if (callee.kind == ExprKind::Member && is(callee.ref, variable)) {
      getters_.insert(call.callee.index);
      take(call.arguments);
    }
    const auto held = callee.kind == ExprKind::Variable ? held_.find(callee.ref) : held_.end();
    if (held == held_.end()) return true;
    const Slice<Parameter> parameters = code_.functions[held->second.index].parameters;
    std::uint32_t at = 0;
    for (const Operand& given : code_.operands_of(call.arguments)) {
      const std::uint32_t place = at++;
      if (!given.value.exists() || !is(given.value.index, variable) || given.name.exists() ||
          place >= parameters.count)
        continue;
      if (!add(code_.parameters[parameters.first + place].variable)) return false;
      known.insert(given.value.index);
    }
    return true;
  }

  const CodeFacts& code_;
  const Functions& held_;
  std::set<std::string_view> names_ = {};
  std::set<std::uint32_t> seen_ = {}, getters_ = {};
};

// What is read of a function's first parameter itself; nothing: others may read anything of it.
std::set<std::string_view> HandlerSearch::own_names(FunctionId function) const {
  const Slice<Parameter> all = code_.functions[function.index].parameters;
  VariableReads reads(code_, held_);
  if (all.count == 0 || !reads.add(code_.parameters[all.first].variable)) return {};
  return reads.names();
}

// By the class of its first parameter, else by what the file reads of records. What shows two kinds
// takes events inside of events, or several.
const EventSign* HandlerSearch::event_of(FunctionId function) {
  std::string_view type;
  if (function.exists()) type = last_part_of(parameter_type(function, 0));
  for (const EventSign& sign : event_signs())
    if (is_one_of(sign.classes, type)) return &sign;
  if (!shown_) shown_ = shown_by_members();
  // Another handler of the file may be the one that takes records.
  const std::set<std::string_view> own =
      function.exists() ? own_names(function) : std::set<std::string_view>();
  return own.empty() || own.contains("Records") ? *shown_ : nullptr;
}

// Languages whose handlers are a file and a name in it: functions of a handler's name that take the
// event, else of the runtime's two parameters. What is less than that shows one where the project
// works with AWS.
void HandlerSearch::by_name(const HandlerContract& contract) {
  constexpr std::size_t kMost = 60;  // of one file; more than that is made by a machine
  const bool own = imports_any(signature_.own), of_others = imports_any(signature_.others);
  std::vector<FoundHandler> others;
  for (const Reachable& row : reachable()) {
    if (found_.size() + others.size() == kMost) break;
    const bool is_telling = is_one_of(signature_.telling, last_part_of(row.name));
    if (of_others && !is_telling) continue;
    const bool known = row.function.exists();
    const bool takes_event = known && has_word(signature_.event, parameter(row.function, 0));
    const bool takes_both = takes_event && has_word(signature_.context, parameter(row.function, 1));
    const std::size_t given = known ? code_.functions[row.function.index].parameters.count : 0;
    const bool fits = contract.given >= 0 ? given == static_cast<std::size_t>(contract.given)
                                          : given < 2 || takes_both;
    // One that takes no event by name is one by its whole name alone, and not where a call without
    // the right number of arguments is refused.
    const bool by_name = takes_event || (contract.given < 0 && is_whole_name(row.name));
    const bool is_named = is_handler_name(row.name) && (!known || (by_name && fits));
    if (!is_named && !takes_both) continue;
    FoundHandler handler{row.name, row.name, row.where, event_of(row.function)};
    handler.needs_aws = !own && !is_telling && handler.event == nullptr;
    (is_named ? found_ : others).push_back(std::move(handler));
  }
  if (found_.empty()) found_ = std::move(others);
}

// "com.example.App"; inner classes are made by whoever needs them.
void HandlerSearch::by_class(const HandlerContract& contract) {
  for (const Class& row : code_.classes) {
    if ((row.flags & kAbstractClass) != 0 || !row.name.exists()) continue;
    bool handles = false;
    for (std::uint32_t i = 0; i < row.bases.count; ++i) {
      const Expr& base = code_.exprs[code_.bases[row.bases.first + i].index];
      const std::string_view name = base.kind == ExprKind::Variable
                                        ? code_.string(code_.variables[base.ref].name)
                                    : base.kind == ExprKind::Member ? code_.string(base.name)
                                                                    : std::string_view();
      handles |= is_one_of(contract.handler_types, last_part_of(name));
    }
    if (!handles) continue;
    FoundHandler handler;
    handler.name = last_part_of(code_.string(row.name));
    const std::string_view package = code_.string(code_.package);
    handler.symbol = package.empty() ? handler.name : cat(package, '.', handler.name);
    for (std::uint32_t i = 0; i < row.methods.count; ++i) {
      const FunctionId method = code_.methods[row.methods.first + i];
      if (code_.string(code_.functions[method.index].name) != "handleRequest") continue;
      handler.where = code_.function_name_ranges[method.index];
      handler.event = event_of(method);
    }
    if (handler.where.end != 0) found_.push_back(std::move(handler));
  }
}

// The runtime makes the handler's object, and has nothing to give to a constructor.
bool HandlerSearch::needs_arguments(const Class& type) const {
  bool any = false;
  for (std::uint32_t i = 0; i < type.methods.count; ++i) {
    const Function& method = code_.functions[code_.methods[type.methods.first + i].index];
    if (method.kind != FunctionKind::Constructor) continue;
    any = true;
    if (method.parameters.count == 0) return false;
  }
  return any;
}

// "Shop.Orders::Handle": public methods whose last parameter is the runtime's context, or whose
// only one is an event of AWS's classes.
void HandlerSearch::by_context(const HandlerContract& contract) {
  const bool own = imports_any(signature_.own);
  for (const Class& row : code_.classes) {
    if ((row.flags & kAbstractClass) != 0 || needs_arguments(row)) continue;
    for (std::uint32_t i = 0; i < row.methods.count; ++i) {
      const FunctionId at = code_.methods[row.methods.first + i];
      const Function& method = code_.functions[at.index];
      const std::size_t last = method.parameters.count;
      if (last == 0 || last > 2 || (method.flags & kHidden) != 0) continue;
      const std::string_view type = last_part_of(parameter_type(at, last - 1));
      const bool of_event =
          last == 1 && own && (type.ends_with("Event") || type.ends_with("Request"));
      if (type != contract.context && !of_event) continue;
      const std::string_view package = code_.string(code_.package);
      const std::string name(code_.string(row.name));
      found_.push_back(
          {cat(package.empty() ? "" : cat(package, '.'), name, "::", code_.string(method.name)),
           cat(name, '.', code_.string(method.name)), code_.function_name_ranges[at.index],
           event_of(at)});
    }
  }
}

void HandlerSearch::by_program() {
  if (!imports_any(signature_.runtime)) return;
  const EventSign* event = nullptr;
  for (std::uint32_t i = 1; i < code_.functions.size(); ++i)
    for (std::size_t nth = 0; nth < 2 && event == nullptr; ++nth)
      for (const EventSign& sign : event_signs())
        if (is_one_of(sign.classes, last_part_of(parameter_type(FunctionId{i}, nth))))
          event = &sign;
  for (std::uint32_t i = 1; i < code_.functions.size(); ++i)
    if (code_.string(code_.functions[i].name) == "main" && !code_.functions[i].owner.exists())
      found_.push_back({{}, "main", code_.function_name_ranges[i], event});
}

std::vector<FoundHandler> HandlerSearch::run() {
  const HandlerContract* const contract = find_handler_contract(code_.language);
  if (contract != nullptr && !signature_.names.empty()) by_name(*contract);
  if (!signature_.runtime.empty()) by_program();
  if (contract != nullptr && !contract->handler_types.empty()) by_class(*contract);
  if (contract != nullptr && !contract->context.empty() && contract->handler_types.empty())
    by_context(*contract);
  return std::move(found_);
}

}  // namespace

bool may_have_handler(Language language, std::string_view text) {
  const HandlerSignature* const signature = find_handler_signature(language);
  const HandlerContract* const contract = find_handler_contract(language);
  const auto has = [text](std::string_view word) {
    while (!word.empty() && (word.front() == '*' || word.front() == '_')) word.remove_prefix(1);
    return !word.empty() && text.find(word) != text.npos;
  };
  const auto has_any = [&](Words words) { return std::ranges::any_of(words, has); };
  if (signature == nullptr) return false;
  const bool by_name = has_any(signature->names) || has_any(signature->event);
  const bool by_type = contract != nullptr && signature->names.empty() &&
                       (has_any(contract->handler_types) || has(contract->context));
  return by_name || by_type || has_any(signature->runtime) ||
         (signature->names.empty() && has_any(signature->own));
}

bool works_with_aws(Language language, std::string_view text) {
  const HandlerSignature* const signature = find_handler_signature(language);
  return signature != nullptr &&
         std::ranges::any_of(std::array{signature->own, signature->runtime}, [&](Words words) {
           return std::ranges::any_of(
               words, [&](std::string_view word) { return text.find(word) != text.npos; });
         });
}

std::vector<FoundHandler> find_handlers(const CodeFacts& code) {
  const HandlerSignature* const signature = find_handler_signature(code.language);
  if (signature == nullptr || code.functions.empty()) return {};
  return HandlerSearch(code, *signature).run();
}

}  // namespace fnlint
