#pragma once

#include "core/span.h"
#include "frontends/source/common/syntax.h"
#include "frontends/source/common/tree_walk.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

// A file's syntax tree as a table of rows, in the words of one language's grammar: what lowerings
// walk in place of the parser's own tree.
namespace fnlint {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = UINT32_MAX;

// Kinds that mean the same in every language; a grammar's own begin after them.
inline constexpr std::uint8_t kOtherNode = 0;    // named, and not in the language's table
inline constexpr std::uint8_t kErrorNode = 1;    // what the parser could not fit in
inline constexpr std::uint8_t kCommentNode = 2;  // kept in SyntaxNodes::comments only
inline constexpr std::uint8_t kDroppedNode = 3;  // punctuation
inline constexpr std::uint8_t kFirstOwnKind = 4;

struct SyntaxNode {
  Range range = {};
  NodeId next = 0;  // the node after this one and all that is below it
  NodeId parent = kNoNode;
  std::uint16_t symbol = 0;
  std::uint8_t kind = kOtherNode, field = 0;
};

// How a grammar's symbols and fields map to a language's small enums. Tokens (symbols without a
// name, such as "+") are dropped unless the table lists them.
enum class NamedKindForm : std::uint8_t { Node, Token, TokenWithField };
struct NamedKind {
  std::string_view name;
  std::uint8_t kind = 0;
  NamedKindForm form = NamedKindForm::Node;  // TokenWithField: kept only where it fills a field
};
// What a language leaves out of the table beyond what its kinds say; null leaves out nothing.
struct Pruning {
  bool (*keeps)(std::uint8_t kind, std::uint8_t parent) = nullptr;
  bool (*is_leaf)(std::uint8_t kind) = nullptr;  // nothing below it is kept
};
class Grammar {
 public:
  Grammar(const TSLanguage* language, const std::vector<NamedKind>& kinds,
          const std::vector<NamedKind>& fields, const Pruning& pruning = {});
  [[nodiscard]] const TSLanguage* language() const { return language_; }
  [[nodiscard]] std::uint8_t kind(TSSymbol symbol) const {
    return symbol < kinds_.size() ? kinds_[symbol] : kErrorNode;  // ERROR is the highest number
  }
  [[nodiscard]] bool needs_field(TSSymbol symbol) const {
    return symbol < needs_field_.size() && needs_field_[symbol];
  }
  [[nodiscard]] std::uint8_t field(TSFieldId field) const {
    return field < fields_.size() ? fields_[field] : std::uint8_t{0};
  }
  [[nodiscard]] const Pruning& pruning() const { return pruning_; }
  [[nodiscard]] std::string_view name(TSSymbol symbol) const {
    return ts_language_symbol_name(language_, symbol);
  }

 private:
  const TSLanguage* language_;
  std::vector<std::uint8_t> kinds_, fields_;
  std::vector<bool> needs_field_;
  Pruning pruning_;
};

// A place where the parser had to give up or to invent. `parent` holds it.
struct SyntaxFault {
  Range where = {};
  NodeId parent = kNoNode;
  std::string_view missing = {};  // the symbol that the parser supplied; empty for an ERROR
};

// Nodes of another tree that go below one without children; `next` and `parent` are rows of `nodes`.
struct SyntaxGraft {
  NodeId at = kNoNode;
  std::vector<SyntaxNode> nodes = {};
};

// One file's syntax tree as a table in document order: a node's subtree is [node, next), so the
// children of any node are walked without a cursor, and the tree-sitter tree can be freed at once.
// Comments stand apart, so that no walk meets them; what the parser only supplied is left out.
class SyntaxNodes {
 public:
  SyntaxNodes(const Grammar& grammar, const TSTree* tree);

  [[nodiscard]] const SyntaxNode& operator[](NodeId node) const { return nodes_[node]; }
  [[nodiscard]] NodeId size() const { return static_cast<NodeId>(nodes_.size()); }
  [[nodiscard]] std::string_view name(NodeId node) const {
    return grammar_->name(nodes_[node].symbol);
  }
  [[nodiscard]] const std::vector<Range>& comments() const { return comments_; }
  [[nodiscard]] const std::vector<SyntaxFault>& faults() const { return faults_; }

  class Children {
   public:
    class Iterator {
     public:
      Iterator(const SyntaxNodes& nodes, NodeId at) : nodes_(&nodes), at_(at) {}
      NodeId operator*() const { return at_; }
      Iterator& operator++() {
        at_ = nodes_->nodes_[at_].next;
        return *this;
      }
      bool operator!=(const Iterator& other) const { return at_ != other.at_; }

     private:
      const SyntaxNodes* nodes_;
      NodeId at_;
    };
    Children(const SyntaxNodes& nodes, NodeId parent) : nodes_(nodes), parent_(parent) {}
    [[nodiscard]] Iterator begin() const { return {nodes_, parent_ + 1}; }
    [[nodiscard]] Iterator end() const { return {nodes_, nodes_[parent_].next}; }

   private:
    const SyntaxNodes& nodes_;
    NodeId parent_;
  };
  [[nodiscard]] Children children(NodeId node) const { return {*this, node}; }
  [[nodiscard]] NodeId first_child(NodeId node) const {
    return nodes_[node].next > node + 1 ? node + 1 : kNoNode;
  }
  [[nodiscard]] NodeId next_sibling(NodeId node) const {
    const NodeId parent = nodes_[node].parent, next = nodes_[node].next;
    return parent != kNoNode && next < nodes_[parent].next ? next : kNoNode;
  }
  // The first child with that field, or kNoNode.
  [[nodiscard]] NodeId child(NodeId node, std::uint8_t field) const {
    for (const NodeId at : children(node))
      if (nodes_[at].field == field) return at;
    return kNoNode;
  }
  // For a language that mends what its grammar misreads.
  [[nodiscard]] SyntaxNode& edit(NodeId node) { return nodes_[node]; }
  // For grammars that let an operator bind before what follows it: puts `outer`, whose first child
  // is `inner`, around inner's last child instead, so that (a + b).c becomes a + (b.c).
  void sink(NodeId outer);
  // For grammars that take what follows an operand for a part of it: puts `inner`, which ends where
  // `outer` does, around that and leaves its first child where it stood: a(b(c, d)) becomes
  // b(a(c), d).
  void lift(NodeId inner, NodeId outer);
  // Puts each graft below its node; `at` ascends. Gives the nodes that are new.
  std::vector<NodeId> graft(const std::vector<SyntaxGraft>& grafts);

 private:
  class Building;
  void add(const WalkedNode& node, NodeId parent);

  const Grammar* grammar_;
  std::vector<SyntaxNode> nodes_;
  std::vector<Range> comments_;
  std::vector<SyntaxFault> faults_;
};

}  // namespace fnlint
