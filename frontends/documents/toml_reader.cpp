// TOML by toml++, with tables put back into the order of the file.

#include "core/lines.h"
#include "frontends/documents/document.h"
#include "frontends/documents/readable_text.h"
#include "frontends/documents/toml.h"
#include "frontends/documents/tree_builder.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace fnlint {
namespace {

// toml++ keeps a table's entries by name; a document has them as they stand in the file.
class TomlTree {
 public:
  explicit TomlTree(std::string_view text) : text_(text), lines_(text), builder_(text) {}

  // Nesting is bounded by toml++ itself.
  bool add(const toml::node& node) {
    if (const toml::table* table = node.as_table()) return add_table(*table);
    if (const toml::array* list = node.as_array()) return add_list(*list);
    Node scalar{.kind = NodeKind::Text, .range = range_of(node.source())};
    if (const auto* text = node.as_string())
      scalar.text = text->get();
    else
      scalar.text = text_.substr(scalar.range.begin, scalar.range.end - scalar.range.begin);
    if (node.is_boolean()) scalar.kind = NodeKind::Bool;
    if (node.is_number()) scalar.kind = NodeKind::Number;
    return builder_.add(std::move(scalar));
  }
  Document finish(bool complete) { return builder_.finish(complete); }
  void problem(const toml::parse_error& error) {
    const std::uint32_t at = offset_of(error.source().begin);
    builder_.end(at, std::string(error.description()));
  }

 private:
  bool add_table(const toml::table& table) {
    std::vector<std::pair<const toml::key*, const toml::node*>> entries;
    for (const auto& [key, value] : table) entries.emplace_back(&key, &value);
    std::ranges::stable_sort(entries, [](const auto& a, const auto& b) {
      const toml::source_position x = a.first->source().begin, y = b.first->source().begin;
      return std::pair(x.line, x.column) < std::pair(y.line, y.column);
    });
    const Range range = range_of(table.source());
    if (!builder_.open({.kind = NodeKind::Map, .range = range})) return false;
    for (const auto& [key, value] : entries)
      if (!builder_.key(key->str(), range_of(key->source())) || !add(*value)) return false;
    builder_.close(range.end);
    return true;
  }
  bool add_list(const toml::array& list) {
    const Range range = range_of(list.source());
    if (!builder_.open({.kind = NodeKind::List, .range = range})) return false;
    for (const toml::node& item : list)
      if (!add(item)) return false;
    builder_.close(range.end);
    return true;
  }

  // toml++ counts lines and characters from 1.
  [[nodiscard]] std::uint32_t offset_of(const toml::source_position& at) const {
    if (at.line == 0) return 0;
    if (at.line > lines_.count()) return static_cast<std::uint32_t>(text_.size());
    std::size_t offset = lines_.start(at.line);
    for (toml::source_index left = at.column; left > 1 && offset < text_.size(); --left) {
      do ++offset;
      while (offset < text_.size() && (static_cast<unsigned char>(text_[offset]) & 0xC0U) == 0x80U);
    }
    return static_cast<std::uint32_t>(offset);
  }
  [[nodiscard]] Range range_of(const toml::source_region& region) const {
    const std::uint32_t begin = offset_of(region.begin);
    return {begin, std::max(begin, offset_of(region.end))};
  }

  std::string_view text_;
  Lines lines_;
  TreeBuilder builder_;
};

}  // namespace

Document read_toml(std::string_view text) {
  TomlTree tree(text);
  toml::parse_result parsed = toml::parse(text);
  if (!parsed) {
    tree.problem(parsed.error());
    return tree.finish(false);
  }
  return tree.finish(tree.add(parsed.table()));
}

}  // namespace fnlint
