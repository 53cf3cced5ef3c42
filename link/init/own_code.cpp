// Which names own modules and classes have, and what a name in code stands for: by definitions
// alone.

#include "link/init/own_code.h"

#include "core/text.h"
#include "flow/syntax/code_queries.h"
#include "link/handler/callee_rows.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint {

namespace {

constexpr int kClassesAbove = 8;  // classes above one that are looked at

bool is_builtin(const CodeFacts& code, const Import& row) {
  return code.string(row.module) == kBuiltins;
}

bool is_read_whole(const CodeFacts& code) {
  return code.problems.empty() && code.opaques.empty() &&
         std::ranges::none_of(code.functions,
                              [](const Function& one) { return (one.flags & kBroken) != 0; });
}

bool is_named(const CodeFacts& code, ExprId expr, std::string_view name) {
  if (!expr.exists() || code.exprs[expr.index].kind != ExprKind::Variable) return false;
  return code.string(code.variables[code.exprs[expr.index].ref].name) == name;
}

}  // namespace

bool makes_names(const CodeFacts& code) {
  return code.language == Language::Python &&
         std::ranges::any_of(code.imports, [&](const Import& row) {
           return is_builtin(code, row) && is_one_of(known::name_makers(), code.string(row.name));
         });
}

bool has_closed_names(const CodeFacts& code) {
  return is_read_whole(code) && !makes_names(code) &&
         std::ranges::none_of(code.imports,
                              [](const Import& row) { return (row.flags & kStar) != 0; });
}

void OwnCode::forget() {
  names_.clear();
  units_.clear();
  values_.clear();
  members_.clear();
  open_below_.clear();
  class_calls_.clear();
  raised_.clear();
}

bool OwnCode::may_raise(ModuleId module, OpId call, std::string_view error) {
  const std::uint32_t unit = program_.modules[module.index].unit;
  RaisedErrors& raised = raised_.try_emplace(unit, program_, unit).first->second;
  const CodeFacts& code = facts(module);
  if (raised.has_class(error)) return raised.may_raise(code, call, error);
  const bool is_of_library = std::ranges::any_of(
      code.imports, [&](const Import& row) { return code.string(row.name) == error; });
  if (is_of_library && !raised.may_leave(code, call)) return false;
  // An error of what it is given: `Dict()` of a library is given nothing. Classes have capitals
  // (PEP 8).
  const Call& row = code.calls[code.ops[call.index].detail];
  if (!row.callee.exists()) return true;
  const std::string path = path_by_imports(code, row.callee);
  const std::string_view name = std::string_view(path).substr(path.rfind('.') + 1);
  if (name.empty() || name[0] < 'A' || name[0] > 'Z') return true;
  return !is_one_of(known::errors_of_operators(), error) ||
         !code.operands_of(row.arguments).empty() || named(module, {}, row.callee).module.exists();
}

const std::vector<ExprId>& OwnCode::values_of(ModuleId module) {
  const auto [at, added] = values_.try_emplace(module);
  if (added) at->second = sole_values(facts(module));
  return at->second;
}

const OwnCode::Names& OwnCode::names_of(ModuleId module) {
  const auto [at, added] = names_.try_emplace(module);
  Names& names = at->second;
  if (!added) return names;
  const CodeFacts& code = facts(module);
  names.closed = has_closed_names(code);
  if (code.language == Language::JavaScript) {
    const bool is_module = std::ranges::any_of(code.features, [&](const FeatureUse& row) {
      return code.string(row.feature) == "modules";
    });
    names.closed = names.closed && is_module;
    for (const Import& row : code.imports)
      if ((row.flags & kReexport) != 0) names.bound.try_emplace(code.string(row.name));
    for (const Assign& row : code.assigns) {
      if (!row.target.exists()) continue;
      const Expr& target = code.exprs[row.target.index];
      if (target.kind != ExprKind::Member) continue;
      if (is_named(code, ExprId{target.ref}, "exports"))
        names.bound.try_emplace(code.string(target.name));
      if (code.string(target.name) == "exports") names.closed = false;
    }
    return names;
  }
  // `sys.modules[__name__]`: another object may stand in the module's place.
  if (std::ranges::any_of(code.exprs, [&](const Expr& row) {
        return row.kind == ExprKind::Member && code.string(row.name) == "modules" &&
               is_named(code, ExprId{row.ref}, "sys");
      }))
    names.closed = false;
  std::set<std::uint32_t> builtins;
  for (const Import& row : code.imports)
    if (is_builtin(code, row) && row.local.exists()) builtins.insert(row.local.index);
  std::set<std::uint32_t> assigned;
  for (const Assign& row : code.assigns)
    if (row.target.exists() && row.mode != AssignMode::Evaluate &&
        code.exprs[row.target.index].kind == ExprKind::Variable)
      assigned.insert(code.exprs[row.target.index].ref);
  for (std::uint32_t i = 0; i < code.variables.size(); ++i) {
    const Variable& row = code.variables[i];
    if (row.owner.index != 0 || (builtins.contains(i) && !assigned.contains(i))) continue;
    names.bound.try_emplace(code.string(row.name), VariableId{i});
  }
  if (names.bound.contains("__getattr__")) names.closed = false;
  return names;
}

bool OwnCode::is_closed(ModuleId module) { return names_of(module).closed; }
bool OwnCode::has(ModuleId module, std::string_view name) {
  return names_of(module).bound.contains(name);
}

const OwnCode::UnitNames& OwnCode::unit_names(std::uint32_t unit) {
  const auto [at, added] = units_.try_emplace(unit);
  UnitNames& names = at->second;
  if (!added) return names;
  for (const ModuleId module : program_.modules_of(unit)) {
    const CodeFacts& code = facts(module);
    if (!is_read_whole(code)) names.open = true;
    for (const Assign& row : code.assigns) {
      if (!row.target.exists()) continue;
      const Expr& target = code.exprs[row.target.index];
      if (target.kind == ExprKind::Member) ++names.members[code.string(target.name)];
    }
    for (const Field& row : code.fields) names.members.try_emplace(code.string(row.name));
    for (const Expr& row : code.exprs) {
      if (row.kind == ExprKind::Text) names.texts.emplace(code.string(row.name));
      if (row.kind == ExprKind::Member && code.string(row.name) == "__dict__") names.open = true;
    }
    for (std::uint32_t f = 1; f < code.functions.size(); ++f) {
      const Function& row = code.functions[f];
      const std::string_view name = code.string(row.name);
      if (row.first.exists() && !name.empty()) {
        const OwnTarget one{.module = module, .function = FunctionId{f}};
        const auto [place, is_new] = names.methods.try_emplace(name, one);
        if (!is_new) place->second = {};
      }
      if (name == "__getattr__" || name == "__getattribute__" || name == "__setattr__")
        names.open = true;
    }
    for (const Import& row : code.imports)
      if (is_builtin(code, row) && is_one_of(known::member_makers(), code.string(row.name)))
        names.open = true;
  }
  return names;
}

bool OwnCode::is_member_somewhere(std::uint32_t unit, std::string_view name) {
  const UnitNames& names = unit_names(unit);
  return names.open || names.members.contains(name) || names.texts.contains(name);
}

OwnTarget OwnCode::of_variable(ModuleId module, std::uint32_t variable) {
  const CodeFacts& code = facts(module);
  const ExprId value = values_of(module)[variable];
  const bool is_imported = std::ranges::any_of(code.imports, [&](const Import& row) {
    return row.local.exists() && row.local.index == variable;
  });
  if (value.exists()) {
    if (is_imported) return {};  // `try: from fast import f`, `except ImportError: def f(…)`
    const Expr& row = code.exprs[value.index];
    if (row.kind == ExprKind::Function) return {.module = module, .function = FunctionId{row.ref}};
    if (row.kind == ExprKind::Result && code.ops[row.ref].kind == OpKind::Define)
      return {.module = module, .type = code.defines[code.ops[row.ref].detail].type};
    // `const {load} = require("./store")`
    if (code.language == Language::JavaScript && row.kind == ExprKind::Member &&
        code.exprs[row.ref].kind == ExprKind::Variable &&
        code.variables[code.exprs[row.ref].ref].kind == VariableKind::Import)
      return of_import(module, code.exprs[row.ref].ref, code.string(row.name));
    return {};
  }
  if (code.variables[variable].kind != VariableKind::Import) return {};
  OwnTarget found;
  for (std::size_t i = 0; i < code.imports.size(); ++i) {
    const Import& row = code.imports[i];
    if (row.local.index != variable || !row.local.exists()) continue;
    const ImportTarget& target = program_.modules[module.index].imports[i];
    if (found.module.exists() || !target.module.exists() || target.whole || target.aside ||
        !target.symbol.empty() || target.module == module)
      return {};
    found = of_name(target.module, code.string(row.name));
    if (!found.module.exists()) return {};
  }
  return found;
}

// The function that a module of JavaScript gives out under the name, where one alone has it:
// `exports.load = ...`, `module.exports = {load}`, `export function load() {}`.
OwnTarget OwnCode::exported(ModuleId module, std::string_view name) {
  const CodeFacts& code = facts(module);
  std::set<std::uint32_t> functions;
  bool is_other = false;
  const auto take = [&](ExprId value) {
    const Expr* row = value.exists() ? &code.exprs[value.index] : nullptr;
    if (row != nullptr && row->kind == ExprKind::Variable && values_of(module)[row->ref].exists())
      row = &code.exprs[values_of(module)[row->ref].index];
    if (row != nullptr && row->kind == ExprKind::Function)
      functions.insert(row->ref);
    else
      is_other = true;
  };
  for (const Assign& row : code.assigns) {
    if (!row.target.exists() || code.exprs[row.target.index].kind != ExprKind::Member) continue;
    const Expr& target = code.exprs[row.target.index];
    const Expr& base = code.exprs[target.ref];
    const bool of_module = base.kind == ExprKind::Member && code.string(base.name) == "exports";
    if (code.string(target.name) == name &&
        (of_module || is_named(code, ExprId{target.ref}, "exports")))
      take(row.value);
    if (code.string(target.name) != "exports" || !row.value.exists()) continue;
    const Expr& all = code.exprs[row.value.index];
    if (all.kind != ExprKind::Record) continue;
    for (const Operand& entry : code.operands_of(all.operands))
      if (entry.name.exists() && code.string(entry.name) == name) take(entry.value);
  }
  return functions.size() == 1 && !is_other
             ? OwnTarget{.module = module, .function = FunctionId{*functions.begin()}}
             : OwnTarget{};
}

OwnTarget OwnCode::of_name(ModuleId module, std::string_view name) {
  if (facts(module).language == Language::JavaScript) return exported(module, name);
  const Names& names = names_of(module);
  const auto found = names.bound.find(name);
  if (!names.closed || found == names.bound.end() || !found->second.exists() ||
      facts(module).variables[found->second.index].kind == VariableKind::Import)
    return {};
  return of_variable(module, found->second.index);
}

// The bases of a class that the project has. Open: it has others.
std::vector<OwnTarget> OwnCode::bases(ModuleId module, ClassId type, bool& open) {
  const CodeFacts& code = facts(module);
  const Class& row = code.classes[type.index];
  std::vector<OwnTarget> all;
  for (std::uint32_t i = 0; i < row.bases.count; ++i) {
    const ExprId base = code.bases[row.bases.first + i];
    if (is_named(code, base, "object")) continue;
    const OwnTarget own = named(module, {}, base);
    if (own.type.exists())
      all.push_back(own);
    else
      open = true;
  }
  return all;
}

void OwnCode::add_members(ModuleId module, ClassId type, int depth, Members& to) {
  if (depth > kClassesAbove) {
    to.open = true;
    return;
  }
  const CodeFacts& code = facts(module);
  const Class& row = code.classes[type.index];
  for (std::uint32_t i = 0; i < row.fields.count; ++i)
    to.names.emplace(code.string(code.fields[row.fields.first + i].name));
  for (std::uint32_t i = 0; i < row.methods.count; ++i)
    to.names.emplace(code.string(code.functions[code.methods[row.methods.first + i].index].name));
  if ((row.flags & kPartialClass) != 0) to.open = true;
  for (const OwnTarget& base : bases(module, type, to.open))
    add_members(base.module, base.type, depth + 1, to);
}

const OwnCode::Members& OwnCode::members_of(ModuleId module, ClassId type) {
  const auto [at, added] = members_.try_emplace({module, type});
  if (added) {
    Members found;
    add_members(module, type, 0, found);
    members_[{module, type}] = std::move(found);
  }
  return members_[{module, type}];
}

// What the class derives from, as classes whose objects may have more.
void OwnCode::add_above(const OwnTarget& type, int depth) {
  auto& found = open_below_[program_.modules[type.module.index].unit];
  if (depth > kClassesAbove || !found.emplace(type.module, type.type).second) return;
  bool open = false;
  for (const OwnTarget& base : bases(type.module, type.type, open)) add_above(base, depth + 1);
}

bool OwnCode::is_open_below(ModuleId module, ClassId type) {
  const std::uint32_t unit = program_.modules[module.index].unit;
  if (!open_below_.contains(unit)) {
    open_below_[unit];
    for (const ModuleId each : program_.modules_of(unit))
      for (std::uint32_t i = 0; i < facts(each).classes.size(); ++i)
        if (members_of(each, ClassId{i}).open) add_above({.module = each, .type = ClassId{i}}, 0);
  }
  return open_below_[unit].contains({module, type});
}

// The method that a class or its nearest base has under a name, if nothing is made of it.
OwnTarget OwnCode::method(ModuleId module, ClassId type, std::string_view name, int depth) {
  const CodeFacts& code = facts(module);
  const Class& row = code.classes[type.index];
  FunctionId found;
  for (std::uint32_t i = 0; i < row.methods.count; ++i) {
    const FunctionId one = code.methods[row.methods.first + i];
    if (code.string(code.functions[one.index].name) != name) continue;
    if (found.exists()) return {};
    found = one;
  }
  bool open = false;
  const std::vector<OwnTarget> above = bases(module, type, open);
  if (!found.exists()) {
    if (open || depth > kClassesAbove) return {};
    for (const OwnTarget& base : above)
      if (const OwnTarget in_base = method(base.module, base.type, name, depth + 1);
          in_base.module.exists())
        return in_base;
    return {};
  }
  const Function& body = code.functions[found.index];
  if (!row.class_init.exists() || body.annotations.count > 0) return {};
  const Function& init = code.functions[row.class_init.index];
  int assigned = 0;
  bool is_plain = false;
  for (OpId at = init.first; at.exists() && at < init.end; ++at.index) {
    const Op& op = code.ops[at.index];
    if (op.kind != OpKind::Assign || !code.assigns[op.detail].target.exists()) continue;
    const Assign& assign = code.assigns[op.detail];
    const Expr& target = code.exprs[assign.target.index];
    if (target.kind != ExprKind::Member || code.string(target.name) != name) continue;
    ++assigned;
    is_plain = assign.value.exists() && code.exprs[assign.value.index].kind == ExprKind::Function;
  }
  return assigned == 1 && is_plain ? OwnTarget{.module = module, .function = found} : OwnTarget{};
}

OwnTarget OwnCode::named(ModuleId module, FunctionId in, ExprId callee) {
  const CodeFacts& code = facts(module);
  if (!callee.exists()) return {};
  const Expr& row = code.exprs[callee.index];
  if (row.kind == ExprKind::Variable) return of_variable(module, row.ref);
  if (row.kind != ExprKind::Member || code.exprs[row.ref].kind != ExprKind::Variable) return {};
  const std::uint32_t base = code.exprs[row.ref].ref;
  const std::string_view name = code.string(row.name);
  if (in.exists()) {
    const Function& around = code.functions[in.index];
    const bool is_receiver =
        around.owner.exists() && around.receiver.exists() && around.receiver.index == base;
    if (is_receiver) {
      // Who derives from the class may have another one.
      const auto& members = unit_names(program_.modules[module.index].unit).members;
      const auto found = members.find(name);
      const bool is_only = found != members.end() && found->second == 1;
      return is_only ? method(module, around.owner, name, 0) : OwnTarget{};
    }
  }
  return of_import(module, base, name);
}

namespace {

// `loadOrder`, `load_order`: nothing that objects of libraries have by chance.
bool has_several_words(std::string_view name) {
  const auto is_inner = [&](std::size_t at) {
    return name[at] == '_' || (std::isupper(static_cast<unsigned char>(name[at])) != 0 &&
                               std::islower(static_cast<unsigned char>(name[at - 1])) != 0);
  };
  for (std::size_t at = 1; at < name.size(); ++at)
    if (is_inner(at)) return true;
  return false;
}

}  // namespace

OwnTarget OwnCode::only_method(ModuleId module, ExprId callee) {
  const CodeFacts& code = facts(module);
  if (!callee.exists() || code.exprs[callee.index].kind != ExprKind::Member) return {};
  const std::string_view name = code.string(code.exprs[callee.index].name);
  if (!has_several_words(name)) return {};
  const VariableId root = root_variable(code, callee);
  if (root.exists() && code.variables[root.index].kind == VariableKind::Import) return {};
  const auto& methods = unit_names(program_.modules[module.index].unit).methods;
  const auto found = methods.find(name);
  if (found == methods.end() || !found->second.module.exists()) return {};
  const CodeFacts& other = facts(found->second.module);
  const Function& body = other.functions[found->second.function.index];
  // Of a wrapper, what it wraps has that name as well: `this.client.listOrders()`.
  for (OpId at = body.first; at < body.end; ++at.index)
    if (other.ops[at.index].kind == OpKind::Call &&
        name_of(other, other.calls[other.ops[at.index].detail].callee) == name)
      return {};
  const bool is_whole = body.annotations.count == 0 && other.language == code.language &&
                        body.owner.exists() && (body.flags & kBroken) == 0;
  return is_whole ? found->second : OwnTarget{};
}

// A member of a whole module that a variable stands for.
OwnTarget OwnCode::of_import(ModuleId module, std::uint32_t variable, std::string_view name) {
  const CodeFacts& code = facts(module);
  // `const menus = require("./menus")`
  const ExprId alias =
      code.language == Language::JavaScript ? values_of(module)[variable] : ExprId{};
  if (alias.exists() && code.exprs[alias.index].kind == ExprKind::Variable)
    variable = code.exprs[alias.index].ref;
  for (std::size_t i = 0; i < code.imports.size(); ++i) {
    const Import& import = code.imports[i];
    if (!import.local.exists() || import.local.index != variable) continue;
    const ImportTarget& target = program_.modules[module.index].imports[i];
    return target.module.exists() && target.whole && !target.aside ? of_name(target.module, name)
                                                                   : OwnTarget{};
  }
  return {};
}

void OwnCode::add_class_calls(ModuleId module, std::set<ClassCall>& to) {
  const CodeFacts& code = facts(module);
  for (const Function& function : code.functions)
    for (OpId at = function.first; at.exists() && at < function.end; ++at.index) {
      if (code.ops[at.index].kind != OpKind::Call) continue;
      const Call& call = code.calls[code.ops[at.index].detail];
      if (!call.callee.exists()) continue;
      const Expr& callee = code.exprs[call.callee.index];
      if (callee.kind != ExprKind::Member || code.exprs[callee.ref].kind != ExprKind::Variable)
        continue;
      // `Base.save(self)` is called on the object.
      const auto arguments = code.operands_of(call.arguments);
      if (arguments.empty() || (function.receiver.exists() && arguments[0].value.exists() &&
                                is_variable(code, arguments[0].value, function.receiver)))
        continue;
      const OwnTarget type = of_variable(module, code.exprs[callee.ref].ref);
      if (type.type.exists()) to.emplace(type.module, type.type, code.string(callee.name));
    }
}

bool OwnCode::is_called_on_class(ModuleId module, ClassId type, std::string_view method) {
  const std::uint32_t unit = program_.modules[module.index].unit;
  const auto [at, added] = class_calls_.try_emplace(unit);
  if (added)
    for (const ModuleId one : program_.modules_of(unit)) add_class_calls(one, at->second);
  return at->second.contains({module, type, method});
}

OwnCode::Constructor OwnCode::constructor_of(ModuleId module, ClassId type) {
  for (int depth = 0; depth < kClassesAbove; ++depth) {
    const CodeFacts& code = facts(module);
    const Class& row = code.classes[type.index];
    for (std::uint32_t i = 0; i < row.methods.count; ++i)
      if (code.string(code.functions[code.methods[row.methods.first + i].index].name) == "__new__")
        return {};
    if (const OwnTarget own = method(module, type, "__init__", kClassesAbove + 1);
        own.module.exists())
      return {.target = own, .known = true};
    bool open = false;
    const std::vector<OwnTarget> above = bases(module, type, open);
    if (open || above.size() > 1 || row.annotations.count > 0) return {};
    for (std::uint32_t i = 0; i < row.methods.count; ++i)
      if (code.string(code.functions[code.methods[row.methods.first + i].index].name) == "__init__")
        return {};
    if (above.empty()) return {.target = {}, .known = true};
    module = above.front().module;
    type = above.front().type;
  }
  return {};
}

}  // namespace fnlint
