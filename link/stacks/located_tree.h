// Properties as a tree in which every value keeps its place, its guard and its origin.
#pragma once

#include "model/resources.h"
#include "values/pool.h"

#include <string_view>
#include <vector>

namespace fnlint::stacks {

class LocatedTree;

// A value of a located tree: a property, an entry of it, an item. A node that does not exist
// answers like an absent value, so that paths can be followed without asking at each step. Cheap to
// copy; stays valid while the tree grows.
class Node {
 public:
  Node() = default;
  Node(const LocatedTree& tree, std::uint32_t row) : tree_(&tree), row_(row) {}
  [[nodiscard]] bool exists() const { return tree_ != nullptr; }
  explicit operator bool() const { return exists(); }
  // The entry of this name, as the template spells it.
  [[nodiscard]] Node operator[](std::string_view name) const;
  [[nodiscard]] std::vector<Node> children() const;
  [[nodiscard]] bool has_children() const;

  [[nodiscard]] ValueId value() const;          // no id when the node does not exist
  [[nodiscard]] std::string_view text() const;  // of a Text; else empty
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] GuardId when() const;  // under which it is there
  [[nodiscard]] Span key() const;
  [[nodiscard]] Span where() const;
  [[nodiscard]] bool inherited() const;
  [[nodiscard]] std::uint32_t row() const { return row_; }
  [[nodiscard]] std::uint32_t end() const;  // one past its last descendant's row

 private:
  const LocatedTree* tree_ = nullptr;
  std::uint32_t row_ = 0;
};

// Values with their places, parents before children. Rows are properties as the Stacks have them;
// beside each its spelled name and how far it reaches.
class LocatedTree {
 public:
  LocatedTree(ValuePool& pool, std::vector<Property>& rows) : pool_(pool), rows_(rows) {}
  // Opens a node; everything added before its close() is below it.
  std::uint32_t open(std::string_view name, Property property, GuardId when);
  void close(std::uint32_t row, ValueId value);
  // Removes everything from this row on.
  void cut(std::uint32_t row);
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(rows_.size()); }
  [[nodiscard]] Node node(std::uint32_t row) const { return {*this, row}; }
  [[nodiscard]] ValuePool& pool() const { return pool_; }

 private:
  friend class Node;
  struct Extent {
    StringId name = {};
    std::uint32_t end = 0;
    GuardId when = {};
  };
  ValuePool& pool_;
  std::vector<Property>& rows_;  // the owner's
  std::vector<Extent> extents_;
};

}  // namespace fnlint::stacks
