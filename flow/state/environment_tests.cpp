// Tests that rest on the environment's variables alone, and on nothing that happens during an
// invocation: every invocation finds the same answer.

#include "flow/state/environment_tests.h"

#include "values/compute.h"
#include "values/opcode.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// What has happened, rather than what something is.
bool tells_of_the_past(Opcode opcode) {
  constexpr std::array kOfThePast{Opcode::Asked,    Opcode::Call,     Opcode::Entered,
                                  Opcode::Failed,   Opcode::Guarded,  Opcode::Inserted,
                                  Opcode::Returned, Opcode::Succeeded};
  return std::ranges::find(kOfThePast, opcode) != kOfThePast.end();
}

}  // namespace

bool rests_on_environment(const ValuePool& pool, ValueId test) {
  bool alone = true, any = false;
  for_each_below(pool, test, [&](ValueId id) {
    switch (pool[id].kind) {
      case ValueKind::Absent:
      case ValueKind::Null:
      case ValueKind::Bool:
      case ValueKind::Number:
      case ValueKind::Text:
      case ValueKind::List: break;
      case ValueKind::Computed: alone = alone && !tells_of_the_past(pool.opcode(id)); break;
      case ValueKind::Hole:
        any = any || pool[id].origin == Origin::Environment;
        alone = alone && pool[id].origin == Origin::Environment && !pool.text(id).empty();
        break;
      default: alone = false;
    }
  });
  return any && alone;
}

}  // namespace fnlint
