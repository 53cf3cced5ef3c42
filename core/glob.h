// Patterns over paths, names and actions: those of ignore files, of configurations and of IAM.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A pattern over paths, as .gitignore writes it: "*", "?" and "[a-z]" stay within one name, "**"
// spans any number of folders, "\" takes the next character as it is. A pattern with a '/' that is
// not its last character is anchored: it begins at the base folder; any other matches a name at any
// depth. A '/' at the end matches folders alone.
class Glob {
 public:
  explicit Glob(std::string_view pattern);

  // The path itself, relative to the pattern's base; whole, or as its names.
  [[nodiscard]] bool matches(std::string_view path, bool is_folder) const;
  [[nodiscard]] bool matches(std::span<const std::string_view> names, bool is_folder) const;
  // The path of a file or any folder above it.
  [[nodiscard]] bool covers(std::string_view file) const;

 private:
  std::vector<std::string> names_ = {};  // of the pattern, from the base on
  bool folders_only_ = false;
  bool any_depth_ = false;  // one name, wherever it stands
};

// One name against one pattern without '/'.
bool matches_name(std::string_view pattern, std::string_view name);
// A text against a pattern of "*" and "?" alone, whatever the case of ASCII letters: IAM's actions.
bool matches_ignoring_case(std::string_view pattern, std::string_view text);
// Whether some text is matched by both patterns of "*" and "?". In the first, "+" is any text
// without '/' and ':'. Takes time by the product of their lengths.
bool patterns_meet(std::string_view first, std::string_view second);

}  // namespace fnlint
