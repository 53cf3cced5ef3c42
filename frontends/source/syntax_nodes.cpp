#include "frontends/source/syntax_nodes.h"

#include <algorithm>

namespace fnlint {

namespace {

std::uint8_t kind_named(const std::vector<NamedKind>& table, std::string_view name,
                        std::uint8_t otherwise) {
  const auto row = std::find_if(table.begin(), table.end(),
                                [&](const NamedKind& entry) { return entry.name == name; });
  return row == table.end() ? otherwise : row->kind;
}

}  // namespace

Grammar::Grammar(const TSLanguage* language, const std::vector<NamedKind>& kinds,
                 const std::vector<NamedKind>& fields)
    : language_(language) {
  for (std::uint32_t i = 0; i < ts_language_symbol_count(language); ++i) {
    const auto symbol = static_cast<TSSymbol>(i);
    const bool named = ts_language_symbol_type(language, symbol) == TSSymbolTypeRegular;
    kinds_.push_back(kind_named(kinds, name(symbol), named ? kOtherNode : kDroppedNode));
  }
  fields_.push_back(0);
  for (std::uint32_t i = 1; i <= ts_language_field_count(language); ++i)
    fields_.push_back(
        kind_named(fields, ts_language_field_name_for_id(language, static_cast<TSFieldId>(i)), 0));
}

SyntaxNodes::SyntaxNodes(const Grammar& grammar, const TSTree* tree) : grammar_(grammar) {
  const TSNode root = ts_tree_root_node(tree);
  nodes_.reserve(ts_node_end_byte(root) / 8 + 16);
  TSTreeCursor cursor = ts_tree_cursor_new(root);
  std::vector<NodeId> open;  // by depth
  bool descend = true;
  for (;;) {
    if (descend) {
      const TSNode node = ts_tree_cursor_current_node(&cursor);
      const NodeId before = size();
      add(&cursor, node, open.empty() ? kNoNode : open.back());
      const bool kept = size() > before;
      if (kept && ts_tree_cursor_goto_first_child(&cursor)) {
        open.push_back(before);
        continue;
      }
      if (kept) nodes_[before].next = size();
    }
    descend = ts_tree_cursor_goto_next_sibling(&cursor);
    if (descend) continue;
    if (open.empty() || !ts_tree_cursor_goto_parent(&cursor)) break;
    nodes_[open.back()].next = size();
    open.pop_back();
  }
  ts_tree_cursor_delete(&cursor);
}

// A dropped node has nothing of interest below it: it is a token.
void SyntaxNodes::add(TSTreeCursor* cursor, TSNode node, NodeId parent) {
  const TSSymbol symbol = ts_node_symbol(node);
  const std::uint8_t kind = grammar_.kind(symbol);
  const Range range = range_of(node);
  if (range.begin == range.end && ts_node_is_missing(node)) {
    faults_.push_back({range, parent, grammar_.name(symbol)});
    return;
  }
  if (kind == kErrorNode) faults_.push_back({range, parent, {}});
  if (kind == kCommentNode) comments_.push_back(range);
  if (kind == kCommentNode || kind == kDroppedNode) return;
  nodes_.push_back({.range = range,
                    .next = 0,
                    .parent = parent,
                    .symbol = symbol,
                    .kind = kind,
                    .field = grammar_.field(ts_tree_cursor_current_field_id(cursor))});
}

}  // namespace fnlint
