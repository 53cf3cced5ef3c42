// Rows of a database that remember what was handled: an insert that fails or says so where the row
// is there already, and a question for the row.

#include "checks/idempotency/idempotency_sql.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/view/call_name.h"
#include "core/text.h"
#include "values/conditions.h"
#include "values/whole_text.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint {

namespace {

// Names the event's own id or another key of it, rather than what it says.
bool is_id(std::string_view path) {
  static const RE2 kId(R"((?i)(id|key|uuid|guid|hash|number|reference|eTag)$)");
  return RE2::PartialMatch(path, kId);
}

// What a second delivery has again, and is a key: any part of the event where nothing new each time
// stands beside it, else an id. Of a request to others an id alone is one.
bool has_steady_key(const Project& project, const LambdaFunction& function,
                    const DeliverySource& source, ValueId arguments, bool of_request = false) {
  const ValuePool& pool = *project.pool;
  const bool has_random = of_request || has_origin(pool, arguments, Origin::Fresh);
  bool found = false;
  for_each_below(pool, arguments, [&](ValueId id) {
    if (found || !pool.is(id, ValueKind::Hole) || pool[id].origin != Origin::Event) return;
    const auto unsteady = unsteady_part(project, function, source, id);
    const bool is_steady = !unsteady || unsteady->confidence != Confidence::Certain;
    found = is_steady && (!has_random || is_id(pool.text(id)));
  });
  return found;
}

}  // namespace

bool finds_no_row(const Project& project, const LambdaFunction& function,
                  const DeliverySource& source, const Fact& fact) {
  const ValuePool& pool = *project.pool;
  bool found = false;
  const auto is_mark = [&](ValueId statement) {
    if (begins_with(pool, statement, "INSERT"))
      return std::ranges::all_of(whole_texts(pool, statement), passes_over_duplicates);
    return begins_with(pool, statement, "SELECT") && finds_nothing(pool, fact);
  };
  for_each_below(pool, fact.test, [&](ValueId id) {
    const bool is_answer = !found && pool.is(id, ValueKind::Object) && !pool.operands(id).empty() &&
                           has_origin(pool, id, Origin::Event);
    if (!is_answer) return;
    const ValueId given = pool.operands(id)[0];
    const ValueId kept = entry_of(pool, given, kStatement);
    for (const ValueId record : {given, kept})
      if (record.exists() && pool.is(record, ValueKind::Record))
        found = found || (std::ranges::any_of(pool.operands(record), is_mark) &&
                          has_steady_key(project, function, source, record));
  });
  return found;
}

bool marks_by_insert(const Project& project, const LambdaFunction& function,
                     const DeliverySource& source, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  const auto part = [&](std::string_view path) {
    return path == "arguments" ? effect.arguments : member_at(pool, effect.arguments, path);
  };
  if ((effect.flags & kTellsDuplicates) == 0 || !effect.arguments.exists()) return false;
  if (is_request(operations()[effect.operation]))
    return has_steady_key(project, function, source, effect.arguments, true);
  return meets_condition(pool, operations()[effect.operation].inserts, part) &&
         has_steady_key(project, function, source, effect.arguments);
}

bool follows_marking_insert(const Project& project, const LambdaFunction& function,
                            const DeliverySource& source, std::string_view operation) {
  for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list)
      if (operations()[effect.operation].id == operation &&
          marks_by_insert(project, function, source, effect))
        return true;
  return false;
}

}  // namespace fnlint
