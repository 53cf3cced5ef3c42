// Binds arguments to parameters: by position, by name, by what is spread, by defaults.
#include "flow/calls/arguments.h"

#include "flow/calls/configured_values.h"
#include "flow/engine/body.h"
#include "flow/state/named_entry.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/functions.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

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

}  // namespace

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

namespace {

// What of the arguments concerns one parameter.
struct ForParameter {
  ValueId own = {};                // given by its position or its name
  std::vector<ValueId> rest = {};  // at its position and behind it
  ValueId spread = {}, named_spread = {};
};

ForParameter arguments_for(const ValuePool& pool, const Parameter& parameter, std::string_view name,
                           std::size_t position, ValueId arguments) {
  ForParameter found;
  for (std::size_t i = 0; i < pool.names(arguments).size(); ++i) {
    const std::string_view given = pool[pool.names(arguments)[i]];
    const ValueId value = pool.operands(arguments)[i];
    if (given == "*") found.spread = value;
    if (given == "**") found.named_spread = value;
    const std::optional<std::size_t> number = position_of(given);
    if (parameter.rest == RestKind::None &&
        (number == position || (!name.empty() && given == name))) {
      found.own = value;
      return found;
    }
    if (number && *number >= position) found.rest.push_back(value);
  }
  return found;
}

// What `**rest` takes: the arguments that are named, and what is spread by names.
ValueId named_rest(ValuePool& pool, ValueId arguments, ValueId spread) {
  const auto names = pool.names(arguments);
  std::vector<NamedValue> entries;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (const std::string_view given = pool[names[i]];
        !given.empty() && (given[0] < '0' || given[0] > '9') && given[0] != '*')
      entries.push_back({names[i], pool.operands(arguments)[i]});
  const bool is_known = pool.is(spread, ValueKind::Record);
  if (entries.empty() && spread.exists() && !is_known) return spread;
  for (std::size_t i = 0; is_known && i < pool.operands(spread).size(); ++i)
    entries.push_back({pool.names(spread)[i], pool.operands(spread)[i]});
  return pool.record(entries, spread.exists() && (!is_known || pool[spread].ref != 0));
}

// `put(a: 1)` of a method without such a parameter hands over a record in the next place.
ValueId loose_entries(ValuePool& pool, const CodeFacts& code, const Function& function,
                      std::size_t position, ValueId arguments) {
  std::vector<NamedValue> entries;
  std::size_t positional = 0;
  const std::vector<StringId> names(pool.names(arguments).begin(), pool.names(arguments).end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = pool[names[i]];
    if (!name.empty() && name[0] >= '0' && name[0] <= '9') ++positional;
    if (name.empty() || (name[0] >= '0' && name[0] <= '9') || name[0] == '*' || name == "block")
      continue;
    for (std::uint32_t k = 0; k < function.parameters.count; ++k) {
      const Parameter& row = code.parameters[function.parameters.first + k];
      const bool takes_it = row.rest == RestKind::Named ||
                            code.string(code.variables[row.variable.index].name) == name;
      if (takes_it) return {};
    }
    entries.push_back({names[i], pool.operands(arguments)[i]});
  }
  return entries.empty() || position != positional ? ValueId{} : pool.record(entries);
}

CallInput with_receiver_first(ValuePool& pool, const CallInput& given, ValueId receiver) {
  CallInput full = given;
  full.callee = pool.function(pool[given.callee].ref, captures_but_receiver(pool, given.callee));
  full.arguments = after(pool, std::span(&receiver, 1), given.arguments);
  const ValueId places = given.places.exists() ? given.places : pool.record({});
  const ValueId place = given.receiver_place.exists() ? given.receiver_place : pool.absent();
  full.places = after(pool, std::span(&place, 1), places);
  full.receiver_place = {};
  return full;
}

}  // namespace

ValueId bound_parameter(Engine& engine, FunctionRef ref, std::size_t position, ValueId arguments) {
  ValuePool& pool = engine.pool();
  const CodeFacts& code = engine.facts(ref.module);
  const Function& function = code.functions[ref.function.index];
  const Parameter& parameter = code.parameters[function.parameters.first + position];
  const std::string_view name = code.string(code.variables[parameter.variable.index].name);
  const ForParameter given = arguments_for(pool, parameter, name, position, arguments);
  if (given.own.exists()) return given.own;
  if (const ValueId set = configured_value(engine.base(), engine, ref.module, parameter.annotations);
      set.exists())
    return set;
  if (parameter.rest == RestKind::Positional) return pool.list(given.rest, given.spread.exists());
  if (parameter.rest == RestKind::Named) return named_rest(pool, arguments, given.named_spread);
  if (given.named_spread.exists() && !name.empty()) {
    const ValueId value = engine.member_of(given.named_spread, name);
    if (pool[value].kind != ValueKind::Absent) return value;
  }
  if (given.spread.exists())
    return engine.members().index_of(given.spread,
                                     pool.number(static_cast<std::int64_t>(position)));
  if (pool[arguments].ref == 1) return pool.unknown("argument of a callback");
  if (traits(code.language).sends_messages)
    if (const ValueId hash = loose_entries(pool, code, function, position, arguments);
        hash.exists())
      return hash;
  if (parameter.fallback.exists()) return default_value(engine, ref, parameter.fallback);
  return pool.absent();
}

CallInput with_bound(ValuePool& pool, const CallInput& invocation) {
  CallInput full = invocation;
  const ValueId callee = invocation.callee;
  for (std::size_t i = 0; i < pool.operands(callee).size(); ++i) {
    if (pool[pool.names(callee)[i]] == "<instead>") {
      const ValueId instead = pool.operands(callee)[i];
      for (std::size_t k = 0; k < pool.names(instead).size(); ++k)
        full.arguments =
            with_entry(pool, full.arguments, pool.text_value(pool[pool.names(instead)[k]]),
                       pool.operands(instead)[k]);
    }
    if (pool[pool.names(callee)[i]] != "<bound>") continue;
    const std::vector<ValueId> bound(pool.operands(pool.operands(callee)[i]).begin(),
                                     pool.operands(pool.operands(callee)[i]).end());
    full.arguments = after(pool, bound, invocation.arguments);
    full.places = pool.record({});
  }
  return full;
}

CallInput with_first_as_receiver(ValuePool& pool, const CallInput& invocation, ValueId function) {
  const ValueId object = named_entry(pool, invocation.arguments, "0");
  const bool has_object = object.exists() && !is_nullish(pool, object);
  CallInput full = invocation;
  full.callee = function;
  if (has_object) {
    std::vector<NamedValue> captures = captures_but_receiver(pool, function);
    captures.push_back({pool.string(kThis), object});
    full.callee = pool.function(pool[function].ref, captures);
  }
  full.arguments = without_first(pool, invocation.arguments);
  full.receiver_place = {};
  if (!invocation.places.exists()) return full;
  full.receiver_place = named_entry(pool, invocation.places, "0");
  full.places = without_first(pool, invocation.places);
  return full;
}

CallInput with_given_receiver(ValuePool& pool, const Program& program, const CallInput& given) {
  const FunctionRef ref = unpack(pool[given.callee].ref);
  const CodeFacts& code = program.facts(ref.module);
  const LanguageTraits& language = traits(code.language);
  if (!language.takes_receiver_first && !language.references_take_receiver) return given;
  const FunctionKind kind = code.functions[ref.function.index].kind;
  const auto names = pool.names(given.callee);
  const auto bound = std::ranges::find(names, kThis, [&](StringId name) { return pool[name]; });
  const ValueId receiver =
      bound == names.end()
          ? ValueId{}
          : pool.operands(given.callee)[static_cast<std::size_t>(bound - names.begin())];
  if (!language.takes_receiver_first) {
    const bool is_read_of_class =
        kind == FunctionKind::Method && receiver.exists() &&
        project_object(pool, receiver).kind == ProjectObject::Kind::Class;
    return is_read_of_class && named_entry(pool, given.arguments, "0").exists()
               ? with_first_as_receiver(pool, given, given.callee)
               : given;
  }
  if (kind == FunctionKind::Plain && receiver.exists())
    return with_receiver_first(pool, given, receiver);
  const bool is_method = kind == FunctionKind::Method || kind == FunctionKind::Constructor;
  if (!is_method && kind != FunctionKind::ClassMethod) return given;
  const bool of_class = is_method && receiver.exists() &&
                        project_object(pool, receiver).kind == ProjectObject::Kind::Class;
  const bool is_bare = !receiver.exists() && given.at.module.exists() && !given.by_runtime;
  if (!of_class && !is_bare) return given;
  CallInput invocation = given;
  invocation.arguments = with_known_spread(pool, given.arguments);
  return named_entry(pool, invocation.arguments, "0").exists()
             ? with_first_as_receiver(pool, invocation, invocation.callee)
             : given;
}

CallInput with_receiver_and_list(ValuePool& pool, const CallInput& invocation, ValueId function) {
  const ValueId object = named_entry(pool, invocation.arguments, "0");
  const ValueId list = named_entry(pool, invocation.arguments, "1");
  std::vector<NamedValue> given{{pool.string("0"), object.exists() ? object : pool.absent()}};
  const bool is_known = list.exists() && pool.is(list, ValueKind::List) && pool[list].ref == 0;
  if (is_known)
    for (const ValueId item : pool.operands(list))
      given.push_back({pool.string(std::to_string(given.size())), item});
  else if (list.exists())
    given.push_back({pool.string("*"), list});
  CallInput full = invocation;
  full.arguments = pool.record(given);
  if (!invocation.places.exists()) return with_first_as_receiver(pool, full, function);
  const ValueId place = named_entry(pool, invocation.places, "0");
  const NamedValue first{pool.string("0"), place};
  full.places = pool.record(std::span(&first, place.exists() ? 1 : 0));
  return with_first_as_receiver(pool, full, function);
}

}  // namespace fnlint
