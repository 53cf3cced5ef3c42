// Short ways to ask a document for nodes, places and problems.
#pragma once

#include "core/lines.h"
#include "model/document.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>

namespace fnlint {

// The node below the first root: keys, and list positions as "0", "1".
inline NodeId at(const Document& document, std::initializer_list<std::string_view> path) {
  if (document.roots.empty()) return {};
  NodeId id = document.roots.front();
  for (const std::string_view step : path) {
    if (!id.exists()) return {};
    const Node& node = document[id];
    if (node.kind == NodeKind::List) {
      const std::size_t item = std::stoul(std::string(step));
      id = item < node.items.count ? document.items_of(node)[item] : NodeId{};
    } else {
      id = document.find(id, step);
    }
  }
  return id;
}

inline const Node& node(const Document& document, std::initializer_list<std::string_view> path) {
  static const Node kMissing{.kind = NodeKind::Null, .text = "(missing)"};
  const NodeId id = at(document, path);
  return id.exists() ? document[id] : kMissing;
}

inline std::string_view source(std::string_view text, Range range) {
  return text.substr(range.begin, range.end - range.begin);
}

inline std::string place(std::string_view text, std::uint32_t offset) {
  const Place found = Lines(text).place(offset);
  return std::to_string(found.line) + ":" + std::to_string(found.column);
}

// "line:column message" of every problem, one a line.
inline std::string problems(const Document& document, std::string_view text) {
  std::string all;
  for (const Problem& problem : document.problems) {
    all += place(text, problem.where.begin) + " " + problem.message + "\n";
  }
  return all;
}

// The byte of the file that a scalar's text has at `offset`.
inline char byte_at(const Document& document, NodeId scalar, std::uint32_t offset,
                    std::string_view text) {
  const std::uint32_t found = document.file_offset(scalar, offset);
  return found < text.size() ? text[found] : '\0';
}

}  // namespace fnlint
