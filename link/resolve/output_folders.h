#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

// Where builds of JavaScript put what they make, by custom.
namespace fnlint {

inline constexpr std::array<std::string_view, 7> kJavaScriptOutputs{
    "dist", "build", "lib", "out", ".build", "_build", "bundle"};

[[nodiscard]] inline bool is_javascript_output(std::string_view folder) {
  return std::ranges::find(kJavaScriptOutputs, folder) != kJavaScriptOutputs.end();
}

// "app.js" of "dist/app.js"; nothing: the path does not begin with such a folder.
[[nodiscard]] inline std::optional<std::string_view> below_javascript_output(
    std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == path.npos || !is_javascript_output(path.substr(0, slash))) return std::nullopt;
  return path.substr(slash + 1);
}

}  // namespace fnlint
