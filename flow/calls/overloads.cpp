// Tells overloads apart by how many arguments they take, and by what these may be.
#include "flow/calls/overloads.h"

#include "flow/state/named_entry.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/where.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// A method of a language in which several of one name are told apart by what they take.
bool Overloads::is_overload(ValueId callee) const {
  if (pool_[callee].kind != ValueKind::Function) return false;
  const FunctionRef ref = unpack(pool_[callee].ref);
  const CodeFacts& code = facts(ref.module);
  return traits(code.language).has_overloads && code.functions[ref.function.index].owner.exists();
}

// Whether a value may be of a declared type: a text is no list, no object is a number, and one of a
// class of the project is of that and of those above it.
bool Overloads::may_be(ValueId value, ModuleId module, TypeId id) {
  const std::string_view type = facts(module).string(facts(module).types[id.index].path);
  value = bare(pool_, value);
  if (is_nullish(pool_, value)) return true;
  if (pool_.is(value, ValueKind::OneOf)) {
    const std::vector<ValueId> ways(pool_.operands(value).begin(), pool_.operands(value).end());
    return std::ranges::any_of(ways, [&](ValueId way) { return may_be(way, module, id); });
  }
  std::vector<ValueId> operands{value, pool_.text_value(type)};
  if (project_object(pool_, value).kind == ProjectObject::Kind::Instance) {
    const ValueId classes = classes_.classes_that_are(classes_.declared(module, id));
    if (!classes.exists()) return !is_plain_type(type);
    operands.push_back(classes);
  }
  const ValueId answer = compute(pool_, Opcode::TypeIs, operands);
  return !pool_.is(answer, ValueKind::Bool) || pool_.text(answer) == "true";
}

std::string_view declared_type(const ValuePool& pool, const Program& program, ValueId value) {
  if (!pool.is(value, ValueKind::Hole) || pool[value].origin != Origin::Parameter) return {};
  const FunctionRef ref = unpack(pool[value].ref);
  const CodeFacts& code = program.facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  const std::size_t position = position_of_hole(pool.text(value));
  if (position >= function.parameters.count) return {};
  const Parameter& row = code.parameters[function.parameters.first + position];
  const TypeId type = code.variables[row.variable.index].type;
  return type.exists() ? code.string(code.types[type.index].path) : std::string_view{};
}

bool Overloads::takes_values(FunctionRef ref, ValueId arguments) {
  const CodeFacts& code = facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  if (!takes(code, function, pool_.operands(arguments).size())) return false;
  for (std::uint32_t i = 0; i < function.parameters.count; ++i) {
    const Parameter& row = code.parameters[function.parameters.first + i];
    const TypeId type = code.variables[row.variable.index].type;
    const ValueId given = named_entry(pool_, arguments, std::to_string(i));
    if (!type.exists() || !given.exists()) continue;
    const bool is_rest = row.rest != RestKind::None;  // one of its elements, or all in a list
    const auto is_of_class = [&] { return is_object(pool_, types_.typed_alone(ref.module, type)); };
    if (is_rest ? pool_.is(given, ValueKind::Text) && is_of_class()
                : !may_be(given, ref.module, type))
      return false;
    if (is_plain_type(declared_type(pool_, program_, given)) && is_of_class()) return false;
  }
  return true;
}

ValueId Overloads::fitting(ValueId callees, ValueId arguments) {
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

}  // namespace fnlint
