#include "core/text.h"
#include "flow/engine/class_notes.h"
#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/state/module_row.h"
#include "values/functions.h"

#include <algorithm>

// What was kept for later, computed once more is known: calls, members and tests of a summary with
// a caller's values in them.
namespace fnlint {

namespace {

CallSite call_site_of(const ValuePool& pool, ValueId value) {
  const std::optional<ModuleRow> row = module_row(pool.text(value));
  return row ? CallSite{row->module, OpId{row->index}} : CallSite{};
}

}  // namespace

// What a library's call gave may be nothing, but not where the call makes a client or the like.
ValueId Engine::asked_of_made(Opcode asked, std::span<const ValueId> operands) {
  const bool asks_null = asked == Opcode::Equal || asked == Opcode::NotEqual;
  if (!asks_null && asked != Opcode::Truthy && asked != Opcode::IsNull) return {};
  const auto is_nothing = [&](ValueId one) {
    return pool_.is(one, ValueKind::Null) || pool_.is(one, ValueKind::Absent);
  };
  const auto made =
      std::ranges::find_if(operands, [&](ValueId one) { return pool_.is(one, ValueKind::Object); });
  if (made == operands.end() || (asks_null && std::ranges::none_of(operands, is_nothing)))
    return {};
  const bool is_kept = library_class(pool_.text(*made)) != LibraryClass::None;
  return is_kept ? pool_.boolean(asked == Opcode::NotEqual || asked == Opcode::Truthy) : ValueId{};
}

ValueId Engine::recompute(std::string_view name, std::span<const ValueId> operands, int depth) {
  const Opcode opcode = opcode_of(name);
  if (opcode == Opcode::Member) return member_of(operands[0], std::string(pool_.text(operands[1])));
  if (opcode == Opcode::Index) return index_of(operands[0], operands[1]);
  if (opcode == Opcode::Element) return element(pool_, operands[0]);
  if (opcode == Opcode::Method) return pool_.computed(opcode, operands);
  if (name == kNoted) {
    const ValueId noted = noted_of_class(*this, operands[0], std::string(pool_.text(operands[1])));
    return noted.exists() ? noted : pool_.absent();
  }
  if (name == kDeclared) return declared_later(operands[0], std::string(pool_.text(operands[1])));
  if ((opcode == Opcode::In || opcode == Opcode::Has) && operands.size() == 2) {
    const std::size_t container = opcode == Opcode::In ? 1 : 0;
    if (const ValueId asked = asked_variable(pool_, operands[1 - container], operands[container]);
        asked.exists())
      return asked;
  }
  if (const ValueId asked = asked_of_made(opcode, operands); asked.exists()) return asked;
  if (operands.size() == 2)
    if (const ValueId made = operated(name, operands[0], operands[1]); made.exists()) return made;
  if (name == "environment")
    return environment_value(pool_, operands[0], operands.size() > 1 ? operands[1] : ValueId{});
  if (opcode == Opcode::Returned && operands.size() == 3) {
    if (depth > static_cast<int>(kCallDepth) || is_open(pool_, operands[0]))
      return pool_.computed(name, operands);
    const CallInput invocation{
        .callee = operands[0], .arguments = operands[1], .at = call_site_of(pool_, operands[2])};
    Outcome outcome = call(invocation, depth + 1);
    // It stands in a test then, whose parts nobody asks whether they are one.
    std::erase_if(outcome.on_return,
                  [&](const Fact& one) { return variable_read(pool_, one.test).exists(); });
    return promise_of(outcome);
  }
  if (opcode == Opcode::Call && operands.size() >= 2) {
    CallInput invocation{.callee = operands[0], .arguments = operands[1]};
    if (operands.size() > 2) invocation.at = call_site_of(pool_, operands[2]);
    // A class can be made, whatever its attributes wait for.
    const bool is_class = project_object(pool_, operands[0]).kind == ProjectObject::Kind::Class;
    // So can a member of a builder be set, whatever its other members wait for.
    const bool is_builder =
        fnlint::is_method(pool_, operands[0]) && is_fluent(*this, pool_.operands(operands[0])[0]);
    const bool waits = !is_class && !is_builder && is_open(pool_, operands[0]);
    if (depth > static_cast<int>(kCallDepth) || waits) return pool_.computed(name, operands);
    return call(invocation, depth + 1).value;
  }
  return compute(pool_, name, operands);
}

}  // namespace fnlint
