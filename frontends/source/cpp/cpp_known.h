// What Clang tells the lowering: resolved names, by their offsets.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a compiler knows of one place of a file.
struct CppName {
  enum class Kind : std::uint8_t {
    Path,   // a function, variable or type: its whole path, "shop::Store::put"
    Field,  // a member of the object whose method this is in
    Type,   // of the variable declared here: the whole path of its class
  };
  std::uint32_t offset = 0;  // where its name, with what qualifies it, begins
  Kind kind{};
  std::string path = {};
};

// Names of one file as a compiler resolved them; all else is read from the text.
class CppKnown {
 public:
  CppKnown() = default;
  explicit CppKnown(std::vector<CppName> names) : names_(std::move(names)) {
    std::sort(names_.begin(), names_.end(), [](const CppName& a, const CppName& b) {
      return a.offset != b.offset ? a.offset < b.offset : a.kind < b.kind;
    });
  }
  // Null: nothing is known of what begins there.
  [[nodiscard]] const CppName* at(std::uint32_t offset, CppName::Kind kind) const {
    const auto found = std::lower_bound(
        names_.begin(), names_.end(), offset, [&](const CppName& row, std::uint32_t wanted) {
          return row.offset != wanted ? row.offset < wanted : row.kind < kind;
        });
    return found != names_.end() && found->offset == offset && found->kind == kind ? &*found
                                                                                   : nullptr;
  }
  [[nodiscard]] bool empty() const { return names_.empty(); }

 private:
  std::vector<CppName> names_;  // by offset and kind
};

}  // namespace fnlint
