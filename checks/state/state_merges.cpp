// Compares the key sets of all records that are merged into one place.

#include "checks/state/state_merges.h"

#include "checks/view/project_view.h"

#include <set>
#include <string_view>

namespace fnlint {

namespace {

bool is_record(const ValuePool& pool, ValueId value) {
  return value.exists() && pool.is(value, ValueKind::Record) && pool[value].ref == 0;
}

std::set<std::string_view> names_in(const ValuePool& pool, ValueId record) {
  std::set<std::string_view> names;
  for (const StringId name : pool.names(record)) names.insert(pool[name]);
  return names;
}

// `context = {}`, `context.clear()`, `delete context.user`: nothing is put there.
bool only_takes_out(const ValuePool& pool, const StateChange& change) {
  if (change.how == StoreKind::Assign)
    return is_record(pool, change.value) && pool.operands(change.value).empty();
  return change.how == StoreKind::Clear || change.how == StoreKind::Delete ||
         change.how == StoreKind::Remove;
}

}  // namespace

Answer puts_same_entries(const ValuePool& pool, const LambdaFunction& function,
                         const StateChange& change) {
  if (change.left != ResidualRead::Merged) return Answer::No;
  if (!is_record(pool, change.value)) return Answer::Unknown;
  const std::set<std::string_view> names = names_in(pool, change.value);
  bool all_known = true;
  for (const StateChange& other : function.changes) {
    if (!mentions(pool, other.place, change.place) || only_takes_out(pool, other)) continue;
    const bool merges =
        other.place == change.place && other.how == StoreKind::Update && !other.key.exists();
    const bool is_known = is_record(pool, other.value);
    if (!merges || (is_known && names_in(pool, other.value) != names)) return Answer::No;
    all_known = all_known && is_known;
  }
  return all_known ? Answer::Yes : Answer::Unknown;
}

}  // namespace fnlint
