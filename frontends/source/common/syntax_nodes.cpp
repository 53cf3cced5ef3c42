// Maps a grammar's symbols to kinds once, copies trees without their tokens in one walk, and
// changes them where a grammar has misread something.

#include "frontends/source/common/syntax_nodes.h"

#include <algorithm>

namespace fnlint {

namespace {

const NamedKind* row_named(const std::vector<NamedKind>& table, std::string_view name,
                           bool is_token) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const NamedKind& entry) {
    return entry.name == name && (entry.form != NamedKindForm::Node) == is_token;
  });
  return row == table.end() ? nullptr : &*row;
}

}  // namespace

Grammar::Grammar(const TSLanguage* language, const std::vector<NamedKind>& kinds,
                 const std::vector<NamedKind>& fields, const Pruning& pruning)
    : language_(language), pruning_(pruning) {
  for (std::uint32_t i = 0; i < ts_language_symbol_count(language); ++i) {
    const auto symbol = static_cast<TSSymbol>(i);
    const bool is_token = ts_language_symbol_type(language, symbol) != TSSymbolTypeRegular;
    const NamedKind* row = row_named(kinds, name(symbol), is_token);
    kinds_.push_back(row != nullptr ? row->kind : is_token ? kDroppedNode : kOtherNode);
    needs_field_.push_back(row != nullptr && row->form == NamedKindForm::TokenWithField);
  }
  fields_.push_back(0);
  for (std::uint32_t i = 1; i <= ts_language_field_count(language); ++i) {
    const NamedKind* row = row_named(
        fields, ts_language_field_name_for_id(language, static_cast<TSFieldId>(i)), false);
    fields_.push_back(row != nullptr ? row->kind : std::uint8_t{0});
  }
}

class SyntaxNodes::Building {
 public:
  explicit Building(SyntaxNodes& nodes) : nodes_(nodes) {}
  static bool enter(void* self, const WalkedNode* node) {
    return static_cast<Building*>(self)->enter(*node);
  }
  static void leave(void* self) {
    Building& building = *static_cast<Building*>(self);
    building.nodes_.nodes_[building.open_.back()].next = building.nodes_.size();
    building.open_.pop_back();
  }

 private:
  bool enter(const WalkedNode& node) {
    const NodeId before = nodes_.size();
    nodes_.add(node, open_.empty() ? kNoNode : open_.back());
    if (nodes_.size() == before) return false;
    const auto is_leaf = nodes_.grammar_->pruning().is_leaf;
    if (is_leaf != nullptr && is_leaf(nodes_.nodes_[before].kind)) {
      nodes_.nodes_[before].next = nodes_.size();
      return false;
    }
    open_.push_back(before);
    return true;
  }

  SyntaxNodes& nodes_;
  std::vector<NodeId> open_ = {};  // by depth
};

SyntaxNodes::SyntaxNodes(const Grammar& grammar, const TSTree* tree) : grammar_(&grammar) {
  nodes_.reserve(ts_node_end_byte(ts_tree_root_node(tree)) / 8 + 16);
  Building building(*this);
  walk_tree(tree, &building, Building::enter, Building::leave);
}

// A dropped node has nothing of interest below it: it is a token.
void SyntaxNodes::add(const WalkedNode& node, NodeId parent) {
  const std::uint8_t kind = grammar_->kind(node.symbol);
  const Range range{node.begin, node.end};
  if (range.begin == range.end && node.is_missing) {
    faults_.push_back({range, parent, grammar_->name(node.symbol)});
    return;
  }
  if (kind == kErrorNode) faults_.push_back({range, parent, {}});
  if (kind == kCommentNode) comments_.push_back(range);
  if (kind == kCommentNode || kind == kDroppedNode) return;
  const std::uint8_t field = grammar_->field(node.field);
  if (field == 0 && grammar_->needs_field(node.symbol)) return;
  const auto keeps = grammar_->pruning().keeps;
  if (keeps != nullptr && parent != kNoNode && !keeps(kind, nodes_[parent].kind)) return;
  nodes_.push_back({.range = range,
                    .next = 0,
                    .parent = parent,
                    .symbol = node.symbol,
                    .kind = kind,
                    .field = field});
}

void SyntaxNodes::sink(NodeId outer) {
  const NodeId inner = outer + 1;
  NodeId operand = inner + 1;  // inner's last child
  while (nodes_[operand].next < nodes_[inner].next) operand = nodes_[operand].next;
  const auto moved = [&](NodeId node) {
    if (node == kNoNode || node < outer || node >= operand) return node;
    return node == outer ? operand - 1 : node - 1;
  };
  SyntaxNode raised = nodes_[inner], lowered = nodes_[outer];
  raised.parent = nodes_[outer].parent;
  raised.next = lowered.next;
  raised.range.end = lowered.range.end;
  lowered.range.begin = nodes_[operand].range.begin;
  lowered.parent = outer;
  const std::uint8_t field = raised.field;
  raised.field = lowered.field;
  lowered.field = nodes_[operand].field;
  nodes_[operand].field = field;
  nodes_[operand].parent = operand - 1;
  for (NodeId at = nodes_[operand].next; at < lowered.next; at = nodes_[at].next)
    nodes_[at].parent = operand - 1;
  for (NodeId at = inner + 1; at < operand; ++at) {
    SyntaxNode& node = nodes_[at - 1] = nodes_[at];
    --node.next;
    node.parent = moved(node.parent);
  }
  nodes_[outer] = raised;
  nodes_[operand - 1] = lowered;
  for (SyntaxFault& fault : faults_) fault.parent = moved(fault.parent);
}

void SyntaxNodes::lift(NodeId inner, NodeId outer) {
  const NodeId operand = inner + 1;
  const auto moved = [&](NodeId node) {
    if (node == kNoNode || node < outer || node > inner) return node;
    return node == inner ? outer : node + 1;
  };
  SyntaxNode lifted = nodes_[inner];
  for (NodeId at = nodes_[operand].next; at < lifted.next; at = nodes_[at].next)
    nodes_[at].parent = outer;
  const std::uint8_t field = nodes_[operand].field;
  nodes_[operand].field = lifted.field;
  nodes_[operand].parent = moved(lifted.parent);
  lifted.field = nodes_[outer].field;
  lifted.parent = nodes_[outer].parent;
  lifted.range.begin = nodes_[outer].range.begin;
  nodes_[outer].field = field;
  nodes_[outer].parent = inner;  // moved() says where that goes
  for (NodeId at = inner; at > outer; --at) {
    SyntaxNode& node = nodes_[at] = nodes_[at - 1];
    node.parent = moved(node.parent);
    const bool holds_inner = node.next > inner;
    if (holds_inner) node.range.end = nodes_[operand].range.end;
    node.next = holds_inner ? nodes_[operand].next : node.next + 1;
  }
  nodes_[outer] = lifted;
  for (SyntaxFault& fault : faults_) fault.parent = moved(fault.parent);
}

std::vector<NodeId> SyntaxNodes::graft(const std::vector<SyntaxGraft>& grafts) {
  std::vector<NodeId> added;
  if (grafts.empty()) return added;
  std::vector<NodeId> moved(nodes_.size() + 1);  // where a node goes
  std::size_t next = 0;
  NodeId shift = 0;
  for (NodeId node = 0; node <= size(); ++node) {
    moved[node] = node + shift;
    if (next < grafts.size() && grafts[next].at == node)
      shift += static_cast<NodeId>(grafts[next++].nodes.size());
  }
  std::vector<SyntaxNode> all;
  all.reserve(nodes_.size() + shift);
  next = 0;
  for (NodeId node = 0; node < size(); ++node) {
    SyntaxNode row = nodes_[node];
    row.next = moved[row.next];
    if (row.parent != kNoNode) row.parent = moved[row.parent];
    all.push_back(row);
    if (next == grafts.size() || grafts[next].at != node) continue;
    const auto first = static_cast<NodeId>(all.size());
    for (SyntaxNode inner : grafts[next++].nodes) {
      inner.next += first;
      inner.parent = inner.parent == kNoNode ? first - 1 : inner.parent + first;
      added.push_back(static_cast<NodeId>(all.size()));
      all.push_back(inner);
    }
  }
  for (SyntaxFault& fault : faults_)
    if (fault.parent != kNoNode) fault.parent = moved[fault.parent];
  nodes_ = std::move(all);
  return added;
}

}  // namespace fnlint
