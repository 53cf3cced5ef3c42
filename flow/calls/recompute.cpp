// Asks again what waited for a caller's values: each Computed by its name.
#include "flow/calls/recompute.h"

#include "flow/engine/class_notes.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/fluent.h"
#include "flow/state/module_row.h"
#include "values/functions.h"

#include <algorithm>

namespace fnlint {

namespace {

CallSite call_site_of(const ValuePool& pool, ValueId value) {
  const std::optional<ModuleRow> row = module_row(pool.text(value));
  return row ? CallSite{row->module, OpId{row->index}} : CallSite{};
}

// That a call has come back, whose callee may be known by now.
ValueId returned_again(Engine& engine, std::span<const ValueId> operands, int depth) {
  ValuePool& pool = engine.pool();
  if (depth > static_cast<int>(kCallDepth) || is_open(pool, operands[0]))
    return pool.computed(Opcode::Returned, operands);
  const CallInput invocation{
      .callee = operands[0], .arguments = operands[1], .at = call_site_of(pool, operands[2])};
  CallResult outcome = engine.call(invocation, depth + 1);
  // It stands in a test then, whose parts nobody asks whether they are one.
  std::erase_if(outcome.on_return,
                [&](const Fact& one) { return variable_read(pool, one.test).exists(); });
  return promise_of(pool, outcome);
}

// What it gives.
ValueId called_again(Engine& engine, std::span<const ValueId> operands, int depth) {
  ValuePool& pool = engine.pool();
  CallInput invocation{.callee = operands[0], .arguments = operands[1]};
  if (operands.size() > 2) invocation.at = call_site_of(pool, operands[2]);
  // A class can be made, whatever its attributes wait for.
  const bool is_class = project_object(pool, operands[0]).kind == ProjectObject::Kind::Class;
  // So can a member of a builder be set, whatever its other members wait for.
  const bool is_builder =
      is_method(pool, operands[0]) && is_fluent(engine.base(), pool.operands(operands[0])[0]);
  const bool waits = !is_class && !is_builder && is_open(pool, operands[0]);
  if (depth > static_cast<int>(kCallDepth) || waits) return pool.computed(Opcode::Call, operands);
  return engine.call(invocation, depth + 1).value;
}

}  // namespace

ValueId asked_of_made(ValuePool& pool, Opcode asked, std::span<const ValueId> operands) {
  const bool asks_null = asked == Opcode::Equal || asked == Opcode::NotEqual;
  if (!asks_null && asked != Opcode::Truthy && asked != Opcode::IsNull) return {};
  const auto is_nothing = [&](ValueId one) {
    return pool.is(one, ValueKind::Null) || pool.is(one, ValueKind::Absent);
  };
  const auto made =
      std::ranges::find_if(operands, [&](ValueId one) { return pool.is(one, ValueKind::Object); });
  if (made == operands.end() || (asks_null && std::ranges::none_of(operands, is_nothing)))
    return {};
  const bool is_kept = library_class(pool.text(*made)) != LibraryClass::None;
  return is_kept ? pool.boolean(asked == Opcode::NotEqual || asked == Opcode::Truthy) : ValueId{};
}

ValueId Engine::recompute(std::string_view name, std::span<const ValueId> operands, int depth) {
  const Opcode opcode = opcode_of(name);
  if (opcode == Opcode::Member)
    return member_of(operands[0], std::string(pool().text(operands[1])));
  if (opcode == Opcode::Index) return members_.index_of(operands[0], operands[1]);
  if (opcode == Opcode::Element) return element(pool(), operands[0]);
  if (opcode == Opcode::Method) return pool().computed(opcode, operands);
  if (name == kNoted) {
    const ValueId noted = noted_of_class(*this, operands[0], std::string(pool().text(operands[1])));
    return noted.exists() ? noted : pool().absent();
  }
  if (name == kDeclared)
    return types_.declared_later(operands[0], std::string(pool().text(operands[1])));
  if ((opcode == Opcode::In || opcode == Opcode::Has) && operands.size() == 2) {
    const std::size_t container = opcode == Opcode::In ? 1 : 0;
    if (const ValueId asked = asked_variable(pool(), operands[1 - container], operands[container]);
        asked.exists())
      return asked;
  }
  if (const ValueId asked = asked_of_made(pool(), opcode, operands); asked.exists()) return asked;
  if (operands.size() == 2)
    if (const ValueId made = members_.operated(name, operands[0], operands[1]); made.exists())
      return made;
  if (name == "environment")
    return environment_value(pool(), operands[0], operands.size() > 1 ? operands[1] : ValueId{});
  if (opcode == Opcode::Returned && operands.size() == 3)
    return returned_again(*this, operands, depth);
  if (opcode == Opcode::Call && operands.size() >= 2) return called_again(*this, operands, depth);
  return compute(pool(), name, operands);
}

}  // namespace fnlint
