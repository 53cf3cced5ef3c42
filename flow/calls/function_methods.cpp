// Functions that are values, and what is called as a method of them.
#include "flow/calls/arguments.h"
#include "flow/calls/dispatch.h"
#include "model/language_traits.h"

#include <algorithm>
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

}  // namespace

bool hands_receiver(Language language, std::string_view method) {
  return traits(language).has_call_and_apply && (method == "call" || method == kApply);
}

std::optional<CallInput> call_by_method(Engine& engine, ValueId function, std::string_view method,
                                        const CallInput& invocation) {
  ValuePool& pool = engine.pool();
  if (method.empty()) {  // it is called itself, which an object may say how
    const std::string_view name = call_operator(pool, function, spoken_in(engine, invocation));
    const ValueKind kind =
        name.empty() ? ValueKind::Absent : pool[engine.members().called_member(function, name)].kind;
    if (kind != ValueKind::Function && kind != ValueKind::OneOf) return std::nullopt;
    CallInput by_name = invocation;
    by_name.callee = method_value(pool, function, pool.text_value(name));
    return by_name;
  }
  if (!pool.is(function, ValueKind::Function) || !invocation.at.module.exists())
    return std::nullopt;
  const Language spoken = engine.language(invocation.at.module);
  if (hands_receiver(spoken, method))
    return method == kApply ? with_receiver_and_list(pool, invocation, function)
                            : with_first_as_receiver(pool, invocation, function);
  const std::uint32_t unit = engine.program().modules[invocation.at.module.index].unit;
  if (!calls_function(spoken, method) || engine.index().written_methods(unit).contains(std::string(method)))
    return std::nullopt;
  CallInput settled = invocation;
  settled.callee = function;
  return settled;
}

}  // namespace fnlint
