// Merges by path, and adds rows to the tree with parents first.

#include "link/stacks/made_properties.h"

#include "core/limits.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint::stacks {

MadeProperties::Row* MadeProperties::child(Row& row, std::string_view name) {
  const auto found = std::ranges::find(row.below, name, &Row::name);
  return found != row.below.end() ? &*found : nullptr;
}

MadeProperties::Row& MadeProperties::at(std::string_view path, bool keeps) {
  Row* row = &root_;
  for (const std::string_view name : split(path, '.')) {
    if (!keeps) row->value = {};  // it is more than it was
    Row* next = child(*row, name);
    if (next == nullptr) {
      row->below.push_back({.name = std::string(name)});
      next = &row->below.back();
    }
    row = next;
  }
  return *row;
}

const MadeProperties::Row* MadeProperties::find(std::string_view path) const {
  const Row* row = &root_;
  for (const std::string_view name : split(path, '.')) {
    const auto found = std::ranges::find(row->below, name, &Row::name);
    if (found == row->below.end()) return nullptr;
    row = &*found;
  }
  return row;
}

void MadeProperties::put(std::string_view path, ValueId value, Span where) {
  Row& row = at(path);
  row.value = value;
  row.key = row.where = where;
  row.by_default = false;
  row.below.clear();
}

MadeProperties::Row MadeProperties::copied(const Node& from, std::string_view name,
                                           std::string native, std::uint32_t depth) {
  Row row{.name = std::string(name), .native = std::move(native)};
  row.value = from.value();
  row.key = from.key();
  row.where = from.where();
  row.when = from.when();
  if (depth >= kNestingDepth) return row;
  for (const Node& one : from.children())
    row.below.push_back(
        copied(one, one.name(),
               row.native.empty() ? std::string() : cat(row.native, ".", one.name()), depth + 1));
  return row;
}

void MadeProperties::copy(std::string_view path, const Node& from, std::string_view native,
                          bool inherited) {
  if (!from) return;
  Row& row = at(path);
  const std::string name = row.name;
  row = copied(from, name, std::string(native), 0);
  row.inherited = inherited;
}

void MadeProperties::copy_below(std::string_view path, const Node& from, std::string_view native) {
  Row& row = at(path);
  row.value = {};
  row.below.push_back(copied(from, from.name(), std::string(native), 0));
  row.below.back().inherited = true;
}

void MadeProperties::remove(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  Row* parent = &root_;
  if (dot != path.npos) {
    if (!has(path)) return;
    parent = &at(path.substr(0, dot));
  }
  const std::string_view name = path.substr(dot == path.npos ? 0 : dot + 1);
  std::erase_if(parent->below, [&](const Row& row) { return row.name == name; });
}

void MadeProperties::merge_into(Row& row, const Node& from, std::uint32_t depth) {
  row.value = {};
  for (const Node& one : from.children()) {
    Row* known = child(row, one.name());
    const bool both_maps = known != nullptr && !known->below.empty() && one.has_children() &&
                           depth < kNestingDepth && !is_digits(one.children().front().name());
    if (both_maps) {
      merge_into(*known, one, depth + 1);
    } else if (known != nullptr) {
      *known = copied(one, one.name(), {}, depth);
    } else {
      row.below.push_back(copied(one, one.name(), {}, depth));
    }
  }
}

void MadeProperties::merge(const Node& from) { merge_into(root_, from, 0); }

void MadeProperties::assign(const Node& from) {
  for (const Node& one : from.children()) {
    Row* known = child(root_, one.name());
    if (known == nullptr) known = &root_.below.emplace_back();
    *known = copied(one, one.name(), {}, 0);
  }
}

bool MadeProperties::has(std::string_view path) const { return find(path) != nullptr; }

ValueId MadeProperties::value(std::string_view path) const {
  const Row* row = find(path);
  return row != nullptr ? row->value : ValueId{};
}

std::size_t MadeProperties::count(std::string_view path) const {
  const Row* row = find(path);
  return row != nullptr ? row->below.size() : 0;
}

ValueId MadeProperties::add(LocatedTree& tree, const Row& row, const std::string& path) const {
  Property property{.path = pool_.string(path), .key = row.key, .where = row.where};
  if (!row.native.empty() && row.native != path) property.native_path = pool_.string(row.native);
  if (row.where == Span{} && !row.below.empty()) {  // made: where its first part is
    property.key = row.below.front().key;
    property.where = row.below.front().where;
  }
  property.inherited = row.inherited;
  property.by_default = row.by_default;
  const std::uint32_t opened = tree.open(row.name, property, row.when);
  std::vector<NamedValue> entries;
  std::vector<ValueId> items;
  bool list = !row.below.empty();
  for (const Row& one : row.below) {
    const ValueId value = add(tree, one, path.empty() ? one.name : cat(path, ".", one.name));
    entries.push_back({pool_.string(one.name), value});
    items.push_back(value);
    list = list && is_digits(one.name);
  }
  ValueId value = row.value;
  if (!value.exists()) value = list ? pool_.list(items) : pool_.record(entries);
  value = pool_.with_uncertainty(value, row.uncertainty);
  tree.close(opened, value);
  return value;
}

Node MadeProperties::add_to(LocatedTree& tree, Span key, Span where) const {
  Row root = root_;
  root.key = key;
  root.where = where;
  const std::uint32_t row = tree.size();
  add(tree, root, {});
  return tree.node(row);
}

}  // namespace fnlint::stacks
