// Properties that a transform or framework invents, in the form of written ones.
#pragma once

#include "link/stacks/located_tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint::stacks {

// Properties of a resource that is made of something else's: put together in any order, then added
// to a located tree. Paths are canonical, parts joined by '.'; a number is a list's item.
class MadeProperties {
 public:
  explicit MadeProperties(ValuePool& pool) : pool_(pool) {}

  void put(std::string_view path, ValueId value, Span where);
  // What the tool gives where nobody says anything.
  void put_default(std::string_view path, ValueId value, Span where) {
    put(path, value, where);
    at(path, true).by_default = true;
  }
  // A value with all below it, and its places. `native`: how the tool spells the path.
  void copy(std::string_view path, const Node& from, std::string_view native = {},
            bool inherited = false);
  // The same as an entry below the path, whatever its name is.
  void copy_below(std::string_view path, const Node& from, std::string_view native);
  void remove(std::string_view path);
  // It is said for several: nobody has to use it.
  void inherit(std::string_view path) { at(path, true).inherited = true; }
  // What the value at the path, and so all above it, rests on besides.
  void rest_on(std::string_view path, std::uint8_t uncertainty) {
    at(path, true).uncertainty |= uncertainty;
  }
  // The entries of `from`: maps are merged to any depth, anything else takes the place of what is
  // there.
  void merge(const Node& from);
  // The same, but what is there is replaced as a whole.
  void assign(const Node& from);
  [[nodiscard]] bool has(std::string_view path) const;
  [[nodiscard]] ValueId value(std::string_view path) const;  // no id where there is none
  // The number of items, or entries, below.
  [[nodiscard]] std::size_t count(std::string_view path) const;

  // Adds them as one node; `where`: the place of the whole.
  Node add_to(LocatedTree& tree, Span key, Span where) const;

 private:
  struct Row {
    std::string name = {}, native = {};
    ValueId value = {};  // no id: made of what is below
    Span key = {}, where = {};
    GuardId when = {};
    bool inherited = false, by_default = false;
    std::uint8_t uncertainty = 0;
    std::vector<Row> below = {};
  };
  static Row* child(Row& row, std::string_view name);
  // keeps: the values on the way stay what they are.
  Row& at(std::string_view path, bool keeps = false);
  [[nodiscard]] const Row* find(std::string_view path) const;
  static Row copied(const Node& from, std::string_view name, std::string native,
                    std::uint32_t depth);
  void merge_into(Row& row, const Node& from, std::uint32_t depth);
  ValueId add(LocatedTree& tree, const Row& row, const std::string& path) const;

  ValuePool& pool_;
  Row root_ = {};
};

}  // namespace fnlint::stacks
