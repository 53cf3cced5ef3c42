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

EnvironmentBlock environment_block(const ValuePool& pool, const Stacks& stacks,
                                   ResourceId function) {
  EnvironmentBlock found;
  found.known = find_property(pool, stacks, function, kRest) == nullptr;
  for (const std::string_view path : {std::string_view("Environment"), kEnvironmentVariables}) {
    const Property* block = find_property(pool, stacks, function, path);
    if (block == nullptr) continue;
    const Value& value = pool[block->value];
    const bool none = value.kind == ValueKind::Absent || value.kind == ValueKind::Null;
    if ((value.kind != ValueKind::Record || value.ref == 1) && !none) found.known = false;
    found.evidence |=
        static_cast<std::uint8_t>(value.evidence & (kCut | kUncertain | kBrokenSource));
    if (path == "Environment" || value.kind != ValueKind::Record) continue;
    for (const StringId name : pool.names(block->value)) found.named.insert(pool[name]);
    // A block that holds nothing: its values are known to a deployment alone.
    if (pool.names(block->value).empty()) found.known = false;
  }
  return found;
}

}  // namespace fnlint
