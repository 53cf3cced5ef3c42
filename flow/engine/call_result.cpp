// Calls as values: what stands for one that waits for its callee, and for a method of a receiver.
#include "flow/engine/call_result.h"

#include "core/text.h"

#include <array>
#include <charconv>

namespace fnlint {

namespace {

// A call's place as a value, so that a call kept for later still knows where it stands.
ValueId site_value(ValuePool& pool, CallSite at) {
  return pool.text_value(cat(at.module.index, ':', at.op.index));
}

}  // namespace

bool is_method(const ValuePool& pool, ValueId callee) {
  return pool.opcode(callee) == Opcode::Method;
}
bool is_super(const ValuePool& pool, ValueId value) {
  if (pool.opcode(value) != Opcode::Member) return false;
  const std::string_view name = pool.text(pool.operands(value)[1]);
  return name.starts_with(kSuper) && name.size() > kSuper.size();
}
ValueId method_value(ValuePool& pool, ValueId receiver, ValueId name) {
  const std::array<ValueId, 2> operands{receiver, name};
  return pool.computed(Opcode::Method, operands);
}

ValueId super_of(ValuePool& pool, ValueId receiver, ProjectObject type) {
  const std::array<ValueId, 2> operands{
      receiver, pool.text_value(cat(kSuper, type.module.index, ':', type.type.index))};
  return pool.computed(Opcode::Member, operands);
}

ValueId given_by(ValuePool& pool, const CallInput& call) {
  const std::array<ValueId, 3> operands{call.callee, call.arguments, site_value(pool, call.at)};
  return pool.computed(Opcode::Call, operands);
}

ValueId returned_test(ValuePool& pool, const CallInput& call) {
  const std::array<ValueId, 3> operands{call.callee, call.arguments, site_value(pool, call.at)};
  return pool.computed(Opcode::Returned, operands);
}

bool is_open(const ValuePool& pool, ValueId value) {
  constexpr auto bit = [](Origin origin) { return 1U << static_cast<unsigned>(origin); };
  return (pool.origins(value) & (bit(Origin::Parameter) | bit(Origin::Receiver) |
                                 bit(Origin::Capture) | bit(Origin::Global))) != 0;
}

ValueId substituted(ValuePool& pool, ValueId value, const Substitution& substitution) {
  return value.exists() ? Substituter(pool, substitution)(value) : value;
}

ValueId with_this(ValuePool& pool, ValueId function, ValueId object) {
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool.operands(function).size(); ++i)
    captures.push_back({pool.names(function)[i], pool.operands(function)[i]});
  captures.push_back({pool.string(kThis), object});
  return pool.function(pool[function].ref, captures);
}

ValueId promise_of(ValuePool& pool, const CallResult& outcome) {
  return outcome.returns ? all_of(pool, outcome.on_return) : pool.boolean(false);
}

CallResult unknown_call(ValuePool& pool, const CallInput& invocation) {
  CallResult out;
  out.understood = false;
  out.value = given_by(pool, invocation);
  if (is_open(pool, invocation.callee)) {
    const ValueId has_returned = returned_test(pool, invocation);
    add_fact(out.on_return, {has_returned, true});
    out.sets = {has_returned};  // whatever it assigns
  }
  if (!invocation.at.module.exists()) return out;  // the platform calls it
  Step step;
  step.kind = StepKind::Call;
  step.at = invocation.at;
  step.subject = invocation.callee;
  step.value = invocation.receiver_place;
  step.arguments = invocation.arguments;
  if (invocation.places.exists() && !pool.operands(invocation.places).empty())
    step.key = invocation.places;
  out.steps.push_back(std::move(step));
  return out;
}

std::optional<std::size_t> position_of(std::string_view name) {
  std::size_t number = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool positional = !name.empty() && parsed.ptr == name.data() + name.size();
  return positional ? std::optional(number) : std::nullopt;
}

std::size_t position_of_hole(std::string_view text) {
  std::size_t position = 0;
  std::from_chars(text.data(), text.data() + text.size(), position);
  return position;
}

}  // namespace fnlint
