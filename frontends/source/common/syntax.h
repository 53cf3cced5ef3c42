// Parsing by a tree-sitter grammar within a budget, and walks over its trees in linear time.
#pragma once

#include <memory>
#include <string_view>

#include <tree_sitter/api.h>

#include "core/span.h"

namespace fnlint {

struct TreeDeleter {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using SyntaxTree = std::unique_ptr<TSTree, TreeDeleter>;

// Parses `text`; null when the step budget ran out. The tree does not own the text.
SyntaxTree parse_syntax(const TSLanguage* language, std::string_view text);

inline Range range_of(TSNode node) { return {ts_node_start_byte(node), ts_node_end_byte(node)}; }
inline std::string_view text_of(TSNode node, std::string_view text) {
  const Range at = range_of(node);
  return at.begin <= at.end && at.end <= text.size() ? text.substr(at.begin, at.end - at.begin)
                                                     : std::string_view{};
}

// Calls visit(child) for each child, in linear time: ts_node_child, and a cursor's field, are
// quadratic over long lists.
template <class Visit>
void for_each_child(TSNode node, Visit visit) {
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do visit(ts_tree_cursor_current_node(&cursor));
    while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
}

}  // namespace fnlint
