// Getters and setters that only an annotation generates. With no body to walk, the name of the
// method has to say what it does.

#include "flow/calls/generated_members.h"

#include "core/text.h"
#include "flow/engine/reads.h"

#include <array>

namespace fnlint {

std::string field_behind(std::string_view method, std::string_view verb) {
  const std::size_t at = verb.size();
  const bool is_named =
      method.starts_with(verb) && method.size() > at && method[at] >= 'A' && method[at] <= 'Z';
  return is_named ? cat(lower(method.substr(at, 1)), method.substr(at + 1)) : std::string();
}

CallResult call_generated(ValuePool& pool, const CallInput& invocation, std::string_view method) {
  CallResult out;
  out.value = given_by(pool, invocation);
  const std::string field = field_behind(method, "set");
  const auto given = pool.operands(invocation.arguments);
  if (field.empty() || given.size() != 1) return out;
  const ValueId value = given[0], key = pool.text_value(field);
  out.changes.push_back({.into_receiver = true,
                         .argument = {},
                         .how = StoreKind::Assign,
                         .key = key,
                         .value = value});
  if (!invocation.receiver_place.exists()) return out;
  Step step;
  step.kind = StepKind::Store;
  step.at = invocation.at;
  step.subject =
      pool.computed(Opcode::Member, std::array<ValueId, 2>{invocation.receiver_place, key});
  step.value = value;
  out.steps.push_back(std::move(step));
  return out;
}

}  // namespace fnlint
