// Walks rows of the table: children follow their parent, up to its end.

#include "link/stacks/located_tree.h"

namespace fnlint::stacks {

Node Node::operator[](std::string_view name) const {
  if (!exists()) return {};
  const StringId wanted = tree_->pool_.string(name);
  for (std::uint32_t at = row_ + 1; at < end(); at = tree_->extents_[at].end)
    if (tree_->extents_[at].name == wanted) return {*tree_, at};
  return {};
}

std::vector<Node> Node::children() const {
  std::vector<Node> found;
  if (!exists()) return found;
  for (std::uint32_t at = row_ + 1; at < end(); at = tree_->extents_[at].end)
    found.emplace_back(*tree_, at);
  return found;
}

bool Node::has_children() const { return exists() && row_ + 1 < end(); }

ValueId Node::value() const { return exists() ? tree_->rows_[row_].value : ValueId{}; }

std::string_view Node::text() const {
  if (!exists()) return {};
  const ValueId id = tree_->rows_[row_].value;
  return id.exists() && tree_->pool_.is(id, ValueKind::Text) ? tree_->pool_.text(id)
                                                             : std::string_view{};
}

std::string_view Node::name() const {
  return exists() ? tree_->pool_[tree_->extents_[row_].name] : std::string_view{};
}
GuardId Node::when() const { return exists() ? tree_->extents_[row_].when : GuardId{}; }
Span Node::key() const { return exists() ? tree_->rows_[row_].key : Span{}; }
Span Node::where() const { return exists() ? tree_->rows_[row_].where : Span{}; }
bool Node::inherited() const { return exists() && tree_->rows_[row_].inherited; }
std::uint32_t Node::end() const { return exists() ? tree_->extents_[row_].end : 0; }

std::uint32_t LocatedTree::open(std::string_view name, Property property, GuardId when) {
  const std::uint32_t row = size();
  rows_.push_back(property);
  extents_.push_back({pool_.string(name), row + 1, when});
  return row;
}

void LocatedTree::close(std::uint32_t row, ValueId value) {
  rows_[row].value = value;
  extents_[row].end = size();
}

void LocatedTree::cut(std::uint32_t row) {
  rows_.resize(row);
  extents_.resize(row);
}

}  // namespace fnlint::stacks
