// Asks the names that a unit's reachable code reads whether a place is among them.

#include "link/join/only_filled.h"

#include "flow/engine/handler_place.h"
#include "values/places.h"

namespace fnlint {

void OnlyFilled::settle(std::uint32_t unit, std::vector<StateChange>& changes) {
  for (StateChange& change : changes) {
    const bool fills = change.how == StoreKind::Append || change.how == StoreKind::PutKey;
    if (!fills || change.left != ResidualRead::Unknown) continue;
    const std::string_view name = std::string_view(change.name).substr(change.name.rfind('.') + 1);
    const ReachedNames& used = used_in(unit);
    if (!name.empty() && !used.is_read(name) && is_only_filled(change.place, used))
      change.left = ResidualRead::OnlyKept;
  }
}

// What is a part of something that is read as a whole is read with it.
bool OnlyFilled::is_only_filled(ValueId place, const ReachedNames& used) const {
  const ValuePool& pool = engine_.pool();
  bool is_part = false;
  for (; is_field(pool, place); place = pool.operands(place)[0]) {
    if (is_part && used.is_handed_on(pool.text(pool.operands(place)[1]))) return false;
    is_part = true;
  }
  if (!is_part || pool.is(place, ValueKind::Object)) return true;
  if (!pool.is(place, ValueKind::Hole) || pool[place].origin != Origin::Global) return false;
  return (pool[place].ref & kHandlerPlace) != 0 || !used.is_handed_on(pool.text(place));
}

const ReachedNames& OnlyFilled::used_in(std::uint32_t unit) {
  const auto [used, is_new] = used_.try_emplace(unit);
  if (!is_new) return used->second;
  for (const ModuleId module : engine_.program().modules_of(unit)) {
    const auto handlers = handlers_.find(module);
    used->second.add(engine_.facts(module));
    if (handlers == handlers_.end()) continue;
    for (const std::string& symbol : handlers->second) used->second.add_root(symbol);
  }
  used->second.settle();
  return used->second;
}

}  // namespace fnlint
