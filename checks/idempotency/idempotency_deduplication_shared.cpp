// A queue or topic in order takes messages with one deduplication id for one message, for five
// minutes: an id that different messages may have loses all but the first of them.

#include "checks/idempotency/idempotency_view.h"
#include "checks/idempotency/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "tables/known.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

bool has_deduplication_id(const Operation& operation) {
  return std::ranges::any_of(operation.repeat_members, [](std::string_view member) {
    return member.ends_with("MessageDeduplicationId");
  });
}

enum class MadeOf : std::uint8_t { Something, Clock, Nothing };

// What tells one id from another: something of the message, the time alone, or nothing.
MadeOf made_of(const ValuePool& pool, ValueId id) {
  MadeOf found = MadeOf::Nothing;
  for_each_below(pool, id, [&](ValueId part) {
    switch (pool[part].kind) {
      case ValueKind::Text:
      case ValueKind::Number:
      case ValueKind::Bool:
      case ValueKind::Null:
      case ValueKind::Pattern: return;
      case ValueKind::Computed:
        if (pool.text(part) == "call") found = MadeOf::Something;
        return;
      case ValueKind::Hole:
        if (pool[part].origin == Origin::Clock) {
          if (found == MadeOf::Nothing) found = MadeOf::Clock;
          return;
        }
        if (pool[part].origin != Origin::Environment ||
            is_one_of(known::varying_variables(), pool.text(part)))
          found = MadeOf::Something;
        return;
      default: found = MadeOf::Something;
    }
  });
  return found;
}

// A text, or what is put together of texts, numbers and variables of the environment: whatever else
// computes an id may give another one each time.
bool is_written_id(const ValuePool& pool, ValueId id) {
  switch (pool[id].kind) {
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Hole: return true;
    case ValueKind::Pattern: break;
    case ValueKind::Computed: {
      const Opcode opcode = pool.opcode(id);
      if (opcode != Opcode::Add && opcode != Opcode::Concat && opcode != Opcode::Format &&
          opcode != Opcode::Hash && opcode != Opcode::ToText)
        return false;
      break;
    }
    default: return false;
  }
  return std::ranges::all_of(pool.operands(id),
                             [&](ValueId part) { return is_written_id(pool, part); });
}

// The same id for messages that differ: where they do not, one within five minutes may be meant.
// Only where its members stand in the code as they are: what fills a text in between may be unseen.
bool is_constant_for_many(const ValuePool& pool, const Effect& effect, ValueId id) {
  return effect.members_whole && made_of(pool, id) == MadeOf::Nothing && is_written_id(pool, id) &&
         effect.key.exists() && made_of(pool, effect.key) == MadeOf::Something;
}

}  // namespace

void idempotency_deduplication_shared(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        const Operation& operation = operations()[effect.operation];
        if (!has_deduplication_id(operation) || (effect.flags & kGuessed) != 0) continue;
        const std::vector<ValueId> ids = tokens_of(pool, operation, effect);
        const bool is_constant = std::ranges::any_of(
            ids, [&](ValueId id) { return is_constant_for_many(pool, effect, id); });
        const bool is_by_clock = std::ranges::any_of(
            ids, [&](ValueId id) { return made_of(pool, id) == MadeOf::Clock; });
        if ((!is_constant && !is_by_clock) || !told.insert(effect.where).second) continue;
        const auto uncertainty =
            static_cast<std::uint8_t>(effect.uncertainty & (kCut | kOfHappening));
        const std::string_view why =
            is_constant ? ") has the same deduplication id: of those that are sent within five "
                          "minutes, all but the first are accepted and never delivered."
                        : ") has a deduplication id made of the time alone: of two that are sent "
                          "at the same moment the second is taken for the first, and is never "
                          "delivered.";
        findings.push_back(FindingBuilder("idempotency-deduplication-shared",
                                          static_cast<std::uint8_t>(uncertainty | kHeuristic))
                               .about(function)
                               .at(effect.where)
                               .says("Each message sent here (", call_name(effect), why)
                               .identified(function.name, ' ', call_name(effect))
                               .with_steps(effect.path));
      }
}

}  // namespace fnlint
