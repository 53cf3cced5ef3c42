// Looks properties up by canonical path; where a part of the template could not be read, that part
// answers instead of nothing.

#include "values/properties.h"

namespace fnlint {

namespace {

// What stands for entries that are not known, at a place that the path leads through.
bool may_hold(std::string_view rest, std::string_view path) {
  if (rest.empty() || rest.back() != kRest.back() || !rest.ends_with(kRest)) return false;
  rest.remove_suffix(kRest.size());
  return path.starts_with(rest);
}

}  // namespace

const Property* find_property(const ValuePool& pool, const Stacks& stacks, ResourceId resource,
                              std::string_view path) {
  const Property* unread = nullptr;
  const Slice<Property> rows = stacks[resource].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Property& row = stacks.properties[rows.first + i];
    const std::string_view there = pool[row.path];
    if (there.size() == path.size() && there == path) return &row;
    if (may_hold(there, path)) unread = &row;
  }
  return unread;
}

}  // namespace fnlint
