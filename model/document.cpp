// Lookup of keys in a located tree, and of the place in the file where a part of a scalar stands.

#include "model/document.h"

#include <algorithm>

namespace fnlint {

const MapEntry* Document::find_entry(NodeId map, std::string_view key) const {
  if (!map.exists() || nodes[map.index].kind != NodeKind::Map) return nullptr;
  for (const MapEntry& entry : entries_of(nodes[map.index])) {
    if (entry.key == key) return &entry;
  }
  return nullptr;
}

NodeId Document::find(NodeId map, std::string_view key) const {
  const MapEntry* entry = find_entry(map, key);
  return entry == nullptr ? NodeId{} : entry->value;
}

std::uint32_t Document::file_offset(NodeId scalar, std::uint32_t offset) const {
  const Node& node = nodes[scalar.index];
  const auto rows = std::span(segments).subspan(node.segments.first, node.segments.count);
  const auto after = std::upper_bound(
      rows.begin(), rows.end(), offset,
      [](std::uint32_t at, const Segment& segment) { return at < segment.text_begin; });
  std::uint32_t place = node.range.begin + offset;
  if (after != rows.begin()) {
    place = std::prev(after)->file_begin + (offset - std::prev(after)->text_begin);
  } else if (rows.empty() &&
             (node.style == ScalarStyle::SingleQuoted || node.style == ScalarStyle::DoubleQuoted)) {
    ++place;
  }
  return std::min(place, node.range.end);
}

}  // namespace fnlint
