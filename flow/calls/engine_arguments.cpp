// What a call gives, by the parameters of a function of the project.

#include "flow/calls/configured_values.h"
#include "flow/engine/body.h"
#include "flow/engine/engine.h"
#include "flow/models/library_select.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/functions.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace fnlint {

std::optional<std::size_t> position_of(std::string_view name) {
  std::size_t number = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool positional = !name.empty() && parsed.ptr == name.data() + name.size();
  return positional ? std::optional(number) : std::nullopt;
}

namespace {

// `f(*[a, b], c=1)`: with what is spread in the places where it is handed over, where that is
// known.
ValueId with_known_spread(ValuePool& pool, ValueId arguments) {
  const ValueId spread = named_entry(pool, arguments, "*");
  const bool is_known =
      spread.exists() && pool.is(spread, ValueKind::List) && pool[spread].ref == 0;
  if (!is_known || named_entry(pool, arguments, "0").exists()) return arguments;
  std::vector<NamedValue> all;
  for (const ValueId item : pool.operands(spread))
    all.push_back({pool.string(std::to_string(all.size())), item});
  for (std::size_t i = 0; i < pool.operands(arguments).size(); ++i)
    if (pool[pool.names(arguments)[i]] != "*")
      all.push_back({pool.names(arguments)[i], pool.operands(arguments)[i]});
  return pool.record(all, pool[arguments].ref != 0);
}

// Arguments after others that come first.
ValueId after(ValuePool& pool, std::span<const ValueId> first, ValueId arguments) {
  std::vector<NamedValue> all;
  for (const ValueId one : first) all.push_back({pool.string(std::to_string(all.size())), one});
  const std::vector<StringId> names(pool.names(arguments).begin(), pool.names(arguments).end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::optional<std::size_t> position = position_of(pool[names[i]]);
    all.push_back({position ? pool.string(std::to_string(*position + first.size())) : names[i],
                   pool.operands(arguments)[i]});
  }
  return pool.record(all, pool[arguments].ref != 0);
}

std::vector<NamedValue> captures_but_receiver(const ValuePool& pool, ValueId function) {
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool.operands(function).size(); ++i)
    if (pool[pool.names(function)[i]] != kThis)
      captures.push_back({pool.names(function)[i], pool.operands(function)[i]});
  return captures;
}

// Arguments but for the first positional one.
ValueId without_first(ValuePool& pool, ValueId arguments) {
  std::vector<NamedValue> rest;
  for (std::size_t i = 0; i < pool.operands(arguments).size(); ++i) {
    const std::optional<std::size_t> position = position_of(pool[pool.names(arguments)[i]]);
    if (position == std::optional<std::size_t>(0)) continue;
    const StringId moved =
        position ? pool.string(std::to_string(*position - 1)) : pool.names(arguments)[i];
    rest.push_back({moved, pool.operands(arguments)[i]});
  }
  return pool.record(rest);
}

}  // namespace

ValueId Engine::bound_parameter(const CodeFacts& code, FunctionRef ref, std::size_t position,
                                ValueId arguments) {
  const Function& function = code.functions[ref.function.index];
  const Parameter& parameter = code.parameters[function.parameters.first + position];
  const std::string_view name = code.string(code.variables[parameter.variable.index].name);
  const auto names = pool_.names(arguments);
  const auto values = pool_.operands(arguments);
  std::vector<ValueId> rest;
  ValueId spread, named_spread;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view given = pool_[names[i]];
    if (given == "*") spread = values[i];
    if (given == "**") named_spread = values[i];
    const std::optional<std::size_t> number = position_of(given);
    if (parameter.rest == RestKind::None &&
        (number == position || (!name.empty() && given == name)))
      return values[i];
    if (number && *number >= position) rest.push_back(values[i]);
  }
  if (const ValueId set = configured_value(*this, ref.module, parameter.annotations); set.exists())
    return set;
  if (parameter.rest == RestKind::Positional) return pool_.list(rest, spread.exists());
  if (parameter.rest == RestKind::Named) {
    std::vector<NamedValue> entries;
    for (std::size_t i = 0; i < names.size(); ++i)
      if (const std::string_view given = pool_[names[i]];
          !given.empty() && (given[0] < '0' || given[0] > '9') && given[0] != '*')
        entries.push_back({names[i], values[i]});
    const bool is_known = pool_.is(named_spread, ValueKind::Record);
    if (entries.empty() && named_spread.exists() && !is_known) return named_spread;
    for (std::size_t i = 0; is_known && i < pool_.operands(named_spread).size(); ++i)
      entries.push_back({pool_.names(named_spread)[i], pool_.operands(named_spread)[i]});
    return pool_.record(entries,
                        named_spread.exists() && (!is_known || pool_[named_spread].ref != 0));
  }
  if (named_spread.exists() && !name.empty()) {
    const ValueId value = member_of(named_spread, name);
    if (pool_[value].kind != ValueKind::Absent) return value;
  }
  if (spread.exists()) return index_of(spread, pool_.number(static_cast<std::int64_t>(position)));
  if (pool_[arguments].ref == 1) return pool_.unknown("argument of a callback");
  if (traits(code.language).sends_messages)
    if (const ValueId hash = loose_entries(code, function, position, arguments); hash.exists())
      return hash;
  if (parameter.fallback.exists()) return default_value(*this, ref, parameter.fallback);
  return pool_.absent();
}

// `put(a: 1)` of a method without such a parameter hands over a record in the next place.
ValueId Engine::loose_entries(const CodeFacts& code, const Function& function, std::size_t position,
                              ValueId arguments) {
  std::vector<NamedValue> entries;
  std::size_t positional = 0;
  const std::vector<StringId> names(pool_.names(arguments).begin(), pool_.names(arguments).end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = pool_[names[i]];
    if (!name.empty() && name[0] >= '0' && name[0] <= '9') ++positional;
    if (name.empty() || (name[0] >= '0' && name[0] <= '9') || name[0] == '*' || name == "block")
      continue;
    for (std::uint32_t k = 0; k < function.parameters.count; ++k) {
      const Parameter& row = code.parameters[function.parameters.first + k];
      const bool takes_it = row.rest == RestKind::Named ||
                            code.string(code.variables[row.variable.index].name) == name;
      if (takes_it) return {};
    }
    entries.push_back({names[i], pool_.operands(arguments)[i]});
  }
  return entries.empty() || position != positional ? ValueId{} : pool_.record(entries);
}

// A partial application: what was bound comes before the call's own arguments, or in the place of
// some.
CallInput Engine::with_bound(const CallInput& invocation) {
  CallInput full = invocation;
  const ValueId callee = invocation.callee;
  for (std::size_t i = 0; i < pool_.operands(callee).size(); ++i) {
    if (pool_[pool_.names(callee)[i]] == "<instead>") {
      const ValueId instead = pool_.operands(callee)[i];
      for (std::size_t k = 0; k < pool_.names(instead).size(); ++k)
        full.arguments =
            with_entry(pool_, full.arguments, pool_.text_value(pool_[pool_.names(instead)[k]]),
                       pool_.operands(instead)[k]);
    }
    if (pool_[pool_.names(callee)[i]] != "<bound>") continue;
    const std::vector<ValueId> bound(pool_.operands(pool_.operands(callee)[i]).begin(),
                                     pool_.operands(pool_.operands(callee)[i]).end());
    full.arguments = after(pool_, bound, invocation.arguments);
    full.places = pool_.record({});
  }
  return full;
}

// A function with the first argument for its receiver, and the others in their places before it.
CallInput Engine::with_first_as_receiver(const CallInput& invocation, ValueId function) {
  const ValueId object = named_entry(pool_, invocation.arguments, "0");
  const bool has_object = object.exists() && !is_nullish(pool_, object);
  CallInput full = invocation;
  full.callee = function;
  if (has_object) {
    std::vector<NamedValue> captures = captures_but_receiver(pool_, function);
    captures.push_back({pool_.string(kThis), object});
    full.callee = pool_.function(pool_[function].ref, captures);
  }
  full.arguments = without_first(pool_, invocation.arguments);
  full.receiver_place = {};
  if (!invocation.places.exists()) return full;
  full.receiver_place = named_entry(pool_, invocation.places, "0");
  full.places = without_first(pool_, invocation.places);
  return full;
}

// `Base.__init__(self, name)`: a method that is read of its class takes its object as the first
// argument. So does one that a decorator was given: `func(*args)`, where `args` begin with `self`.
// What the decorator has made of it is a function that stands in the class, and gets it so.
CallInput Engine::with_given_receiver(const CallInput& given) {
  const FunctionRef ref = unpack(pool_[given.callee].ref);
  const CodeFacts& code = facts(ref.module);
  if (!traits(code.language).takes_receiver_first) return given;
  const FunctionKind kind = code.functions[ref.function.index].kind;
  const auto names = pool_.names(given.callee);
  const auto bound = std::ranges::find(names, kThis, [&](StringId name) { return pool_[name]; });
  const ValueId receiver =
      bound == names.end()
          ? ValueId{}
          : pool_.operands(given.callee)[static_cast<std::size_t>(bound - names.begin())];
  if (kind == FunctionKind::Plain && receiver.exists()) return with_receiver_first(given, receiver);
  const bool is_method = kind == FunctionKind::Method || kind == FunctionKind::Constructor;
  if (!is_method && kind != FunctionKind::ClassMethod) return given;
  const bool of_class = is_method && receiver.exists() &&
                        project_object(pool_, receiver).kind == ProjectObject::Kind::Class;
  const bool is_bare = !receiver.exists() && given.at.module.exists() && !given.by_runtime;
  if (!of_class && !is_bare) return given;
  CallInput invocation = given;
  invocation.arguments = with_known_spread(pool_, given.arguments);
  return named_entry(pool_, invocation.arguments, "0").exists()
             ? with_first_as_receiver(invocation, invocation.callee)
             : given;
}

CallInput Engine::with_receiver_first(const CallInput& given, ValueId receiver) {
  CallInput full = given;
  full.callee = pool_.function(pool_[given.callee].ref, captures_but_receiver(pool_, given.callee));
  full.arguments = after(pool_, std::span(&receiver, 1), given.arguments);
  const ValueId places = given.places.exists() ? given.places : pool_.record({});
  const ValueId place = given.receiver_place.exists() ? given.receiver_place : pool_.absent();
  full.places = after(pool_, std::span(&place, 1), places);
  full.receiver_place = {};
  return full;
}

}  // namespace fnlint
