#pragma once

#include "core/problem.h"
#include "core/span.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

// A text of YAML, JSON or TOML as a located tree, as its reader has left it.
namespace fnlint {

using NodeId = Id<struct NodeTag>;
enum class NodeKind : std::uint8_t { Null, Bool, Number, Text, List, Map };
enum class ScalarStyle : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded };

// One entry of a map. Keys are unique: of a duplicated key the first entry stays and a problem
// names both places. A key is its text as written, whatever type YAML would give it ("on", "8080").
struct MapEntry {
  std::string key = {};
  Range key_range = {};  // quotes included
  NodeId value = {};
  bool merged =
      false;  // came in through a YAML merge key ("<<"); key_range is where it was written
};

// Where a part of a scalar's text lies in the file: text bytes from `text_begin` on lie at
// `file_begin` on, until the next segment. Made for scalars whose text is not simply their bytes
// (block scalars, escapes, folded lines).
struct Segment {
  std::uint32_t text_begin = 0, file_begin = 0;
};

struct Node {
  NodeKind kind = NodeKind::Null;
  ScalarStyle style = ScalarStyle::Plain;
  Range range = {};      // exact: no tag, no trailing blank space; quotes included
  Range tag_range = {};  // of a YAML tag, empty when there is none
  std::string tag = {};  // as written: "!Sub"; empty when there is none
  // Scalars, unescaped. Bool: "true" or "false", which is what CloudFormation makes of an unquoted
  // yes, no, on, off too. Number: as written. Dates and numbers with leading zeros are Text.
  std::string text = {};
  Slice<NodeId> items = {};      // List: rows of Document::items
  Slice<MapEntry> entries = {};  // Map: rows of Document::entries
  Slice<Segment> segments = {};  // rows of Document::segments
};

// A YAML or JSON text as a located tree. An alias is the node of its anchor: a node may have
// several parents, never a cycle, and the tree's unfolded size is within kExpandedNodes, its depth
// within kNestingDepth.
struct Document {
  std::vector<Node> nodes = {};
  std::vector<NodeId> items = {};
  std::vector<MapEntry> entries = {};
  std::vector<Segment> segments = {};
  std::vector<NodeId> roots = {};  // one for each document of the text that is not empty
  Problems problems = {};
  bool complete = true;  // false: the text ended in an error; what was read before it stands

  [[nodiscard]] const Node& operator[](NodeId id) const { return nodes[id.index]; }
  [[nodiscard]] std::span<const NodeId> items_of(const Node& node) const {
    return std::span(items).subspan(node.items.first, node.items.count);
  }
  [[nodiscard]] std::span<const MapEntry> entries_of(const Node& node) const {
    return std::span(entries).subspan(node.entries.first, node.entries.count);
  }
  // The value under `key` of a map; no id when the node is no map or has no such key.
  [[nodiscard]] NodeId find(NodeId map, std::string_view key) const;
  [[nodiscard]] const MapEntry* find_entry(NodeId map, std::string_view key) const;
  // The file offset of byte `offset` of a scalar's text; an offset past the text is its end.
  [[nodiscard]] std::uint32_t file_offset(NodeId scalar, std::uint32_t offset) const;
};

}  // namespace fnlint
