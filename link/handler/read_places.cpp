// Collects all operands of a value; fields are known by their names.

#include "link/handler/read_places.h"

#include <vector>

namespace fnlint {

void ReadPlaces::note(ValueId value) {
  std::vector<ValueId> open{value};
  while (!open.empty()) {
    const ValueId one = open.back();
    open.pop_back();
    if (!one.exists() || !values_.insert(one.index).second) continue;
    if (pool_->is(one, ValueKind::Hole) && (*pool_)[one].origin == Origin::Field) {
      const std::string_view path = pool_->text(one);
      fields_.emplace(path.substr(path.rfind('.') + 1));
    }
    const auto operands = pool_->operands(one);
    open.insert(open.end(), operands.begin(), operands.end());
  }
}

bool ReadPlaces::contains(ValueId place) const {
  if (values_.contains(place.index)) return true;
  return pool_->is(place, ValueKind::Computed) && pool_->text(place) == "member" &&
         fields_.contains(std::string(pool_->text(pool_->operands(place)[1])));
}

}  // namespace fnlint
