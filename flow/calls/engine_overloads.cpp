// Which of several functions of one name takes the arguments.

#include "core/text.h"
#include "flow/engine/engine.h"
#include "flow/state/named_entry.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "tables/models.h"
#include "values/functions.h"
#include "values/where.h"

#include <algorithm>
#include <utility>

namespace fnlint {

namespace {

// A function, or several of one name.
bool is_callee(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::OneOf)) return pool.is(value, ValueKind::Function);
  return std::ranges::all_of(pool.operands(value),
                             [&](ValueId one) { return pool.is(one, ValueKind::Function); });
}

}  // namespace

// A method of a language in which several of one name are told apart by what they take.
bool Engine::is_overload(ValueId callee) const {
  if (pool_[callee].kind != ValueKind::Function) return false;
  const FunctionRef ref = unpack(pool_[callee].ref);
  const CodeFacts& code = facts(ref.module);
  return traits(code.language).has_overloads && code.functions[ref.function.index].owner.exists();
}

// Whether a value may be of a declared type: a text is no list, no object is a number, and one of a
// class of the project is of that and of those above it.
bool Engine::may_be(ValueId value, ModuleId module, TypeId id) {
  const std::string_view type = facts(module).string(facts(module).types[id.index].path);
  value = bare(pool_, value);
  if (is_nullish(pool_, value)) return true;
  if (pool_.is(value, ValueKind::OneOf)) {
    const std::vector<ValueId> ways(pool_.operands(value).begin(), pool_.operands(value).end());
    return std::ranges::any_of(ways, [&](ValueId way) { return may_be(way, module, id); });
  }
  std::vector<ValueId> operands{value, pool_.text_value(type)};
  if (project_object(pool_, value).kind == ProjectObject::Kind::Instance) {
    const ValueId classes = classes_that_are(declared_class(module, id));
    if (!classes.exists()) return !is_plain_type(type);
    operands.push_back(classes);
  }
  const ValueId answer = compute(pool_, Opcode::TypeIs, operands);
  return !pool_.is(answer, ValueKind::Bool) || pool_.text(answer) == "true";
}

// What a parameter's declaration says that it is; none: it is no parameter, or may be anything.
std::string_view Engine::declared_type(ValueId value) const {
  if (!pool_.is(value, ValueKind::Hole) || pool_[value].origin != Origin::Parameter) return {};
  const FunctionRef ref = unpack(pool_[value].ref);
  const CodeFacts& code = facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  const std::size_t position = position_of_hole(pool_.text(value));
  if (position >= function.parameters.count) return {};
  const Parameter& row = code.parameters[function.parameters.first + position];
  const TypeId type = code.variables[row.variable.index].type;
  return type.exists() ? code.string(code.types[type.index].path) : std::string_view{};
}

bool Engine::takes_values(FunctionRef ref, ValueId arguments) {
  const CodeFacts& code = facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  if (!takes(code, function, pool_.operands(arguments).size())) return false;
  for (std::uint32_t i = 0; i < function.parameters.count; ++i) {
    const Parameter& row = code.parameters[function.parameters.first + i];
    const TypeId type = code.variables[row.variable.index].type;
    const ValueId given = named_entry(pool_, arguments, std::to_string(i));
    if (!type.exists() || !given.exists()) continue;
    const bool is_rest = row.rest != RestKind::None;  // one of its elements, or all in a list
    if (is_rest ? pool_.is(given, ValueKind::Text) && is_object(typed_alone(ref.module, type))
                : !may_be(given, ref.module, type))
      return false;
    if (is_plain_type(declared_type(given)) && is_object(typed_alone(ref.module, type)))
      return false;
  }
  return true;
}

// Of functions of one name, those that take the arguments; no id: these are no overloads, or it is
// any of them.
ValueId Engine::overload_for(ValueId callees, ValueId arguments) {
  std::vector<Alternative> fitting, whole;
  const std::vector<ValueId> all(pool_.operands(callees).begin(), pool_.operands(callees).end());
  StringId name;
  for (const ValueId one : all) {
    if (!is_overload(one)) return {};
    const FunctionRef ref = unpack(pool_[one].ref);
    const CodeFacts& code = facts(ref.module);
    const std::string_view own = code.string(code.functions[ref.function.index].name);
    if (name.exists() && pool_[name] != own) return {};
    name = pool_.string(own);
    if (!takes_values(ref, arguments)) continue;
    fitting.push_back({one, {}});
    const Function& function = code.functions[ref.function.index];
    if (function.parameters.count == pool_.operands(arguments).size()) whole.push_back({one, {}});
  }
  if (!whole.empty()) fitting = std::move(whole);  // goes before what leaves out a default
  if (fitting.empty() || fitting.size() == all.size()) return {};
  return pool_.one_of(fitting);
}

// Where methods may be called like fields, a call means the method.
ValueId Engine::called_member(ValueId receiver, std::string_view name, ModuleId caller) {
  // What else was put into a dict is no method of it: `data.update(more)`.
  const bool is_dict = caller.exists() && traits(language(caller)).entries_are_no_members &&
                       pool_.is(receiver, ValueKind::Record) && pool_[receiver].ref != 0;
  if (is_dict && !named_entry(pool_, receiver, name).exists() &&
      find_library_model(language(caller), cat("*.", name)) != nullptr)
    return pool_.absent();
  const ValueId member = member_of(receiver, name);
  const ProjectObject row = project_object(pool_, receiver);
  if (row.kind != ProjectObject::Kind::Instance || is_callee(pool_, member) ||
      !traits(facts(row.module).language).has_overloads)
    return member;
  const ValueId method = class_member(row.module, row.type, name, receiver, 0);
  return method.exists() && is_callee(pool_, method) ? method : member;
}

// What stands in no table of a file's names. Interfaces of Go, all other types of which are values:
// one that is not given anything is nothing yet, and a value that is taken for one is itself.
// Variants of Rust that hold something: `Fault::Refused(reason)`. Nothing: it is something else.
std::optional<Outcome> Engine::made_of_name(const CallInput& invocation) {
  if (!invocation.at.module.exists()) return std::nullopt;
  const ValueId callee = invocation.callee;
  const Language spoken = language(invocation.at.module);
  Outcome out;
  const std::vector<ValueId> given(pool_.operands(invocation.arguments).begin(),
                                   pool_.operands(invocation.arguments).end());
  if (traits(spoken).calls_convert && pool_.is(callee, ValueKind::Hole) &&
      pool_[callee].origin == Origin::Outside && pool_.text(callee).starts_with("import ") &&
      given.size() < 2) {
    out.value = given.empty() ? pool_.null() : given[0];
    return out;
  }
  if (!traits(spoken).variants_hold_values || !is_method(pool_, callee)) return std::nullopt;
  const ValueId type = pool_.operands(callee)[0];
  const std::string name(pool_.text(pool_.operands(callee)[1]));
  const bool is_named_so = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
  if (!is_named_so || project_object(pool_, type).kind != ProjectObject::Kind::Class ||
      pool_.is(called_member(type, name), ValueKind::Function))
    return std::nullopt;
  out.value = pool_.list(given, false);
  return out;
}

}  // namespace fnlint
