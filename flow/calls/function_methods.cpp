// Functions that are values, and what is called as a method of them.
#include "flow/engine/engine.h"
#include "flow/models/library_select.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

// Empty: it is no object of the project, or the language has none.
std::string_view call_operator(const ValuePool& pool, ValueId object, Language language) {
  const bool is_object = project_object(pool, object).kind == ProjectObject::Kind::Instance;
  return is_object ? traits(language).call_operator : std::string_view();
}

Language spoken_in(const Engine& engine, const CallInput& invocation) {
  const ModuleId at = invocation.at.module;
  return at.exists() ? engine.language(at) : Language::Unknown;
}

bool calls_function(Language language, std::string_view method) {
  const LanguageTraits& row = traits(language);
  const auto is_among = [&](std::span<const std::string_view> names) {
    return std::ranges::find(names, method) != names.end();
  };
  return row.functions_are_interfaces ? !is_among(row.methods_beside_call)
                                      : is_among(row.methods_that_call);
}

constexpr std::string_view kApply = "apply";

bool has_body(const Function& function) {
  return function.first.exists() && function.first != function.end;
}

}  // namespace

bool hands_receiver(Language language, std::string_view method) {
  return traits(language).has_call_and_apply && (method == "call" || method == kApply);
}

// Names of methods that abstract classes of a unit write out: of an interface, what its functions
// have beside the one that they are.
const std::set<std::string>& Engine::written_methods(std::uint32_t unit) {
  const auto [row, added] = written_methods_.try_emplace(unit);
  if (!added) return row->second;
  std::set<std::string> open;
  for (const ModuleId module : program_.modules_of(unit)) {
    const CodeFacts& code = facts(module);
    for (const Class& type : code.classes) {
      if ((type.flags & kAbstractClass) == 0) continue;
      for (std::uint32_t i = 0; i < type.methods.count; ++i) {
        const Function& method = code.functions[code.methods[type.methods.first + i].index];
        (has_body(method) ? row->second : open).emplace(code.string(method.name));
      }
    }
  }
  for (const std::string& name : open) row->second.erase(name);
  return row->second;
}

// `f.apply(object, [a, b])`.
CallInput Engine::with_receiver_and_list(const CallInput& invocation, ValueId function) {
  const ValueId object = named_entry(pool_, invocation.arguments, "0");
  const ValueId list = named_entry(pool_, invocation.arguments, "1");
  std::vector<NamedValue> given{{pool_.string("0"), object.exists() ? object : pool_.absent()}};
  const bool is_known = list.exists() && pool_.is(list, ValueKind::List) && pool_[list].ref == 0;
  if (is_known)
    for (const ValueId item : pool_.operands(list))
      given.push_back({pool_.string(std::to_string(given.size())), item});
  else if (list.exists())
    given.push_back({pool_.string("*"), list});
  CallInput full = invocation;
  full.arguments = pool_.record(given);
  if (!invocation.places.exists()) return with_first_as_receiver(full, function);
  const ValueId place = named_entry(pool_, invocation.places, "0");
  const NamedValue first{pool_.string("0"), place};
  full.places = pool_.record(std::span(&first, place.exists() ? 1 : 0));
  return with_first_as_receiver(full, function);
}

std::optional<CallInput> Engine::call_by_method(ValueId function, std::string_view method,
                                                const CallInput& invocation) {
  if (method.empty()) {  // it is called itself, which an object may say how
    const std::string_view name = call_operator(pool_, function, spoken_in(*this, invocation));
    const ValueKind kind =
        name.empty() ? ValueKind::Absent : pool_[called_member(function, name)].kind;
    if (kind != ValueKind::Function && kind != ValueKind::OneOf) return std::nullopt;
    CallInput by_name = invocation;
    by_name.callee = method_value(pool_, function, pool_.text_value(name));
    return by_name;
  }
  if (!pool_.is(function, ValueKind::Function) || !invocation.at.module.exists())
    return std::nullopt;
  const Language spoken = language(invocation.at.module);
  if (hands_receiver(spoken, method))
    return method == kApply ? with_receiver_and_list(invocation, function)
                            : with_first_as_receiver(invocation, function);
  const std::uint32_t unit = program_.modules[invocation.at.module.index].unit;
  if (!calls_function(spoken, method) || written_methods(unit).contains(std::string(method)))
    return std::nullopt;
  CallInput settled = invocation;
  settled.callee = function;
  return settled;
}

}  // namespace fnlint
