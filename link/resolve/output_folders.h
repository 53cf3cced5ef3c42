#pragma once

#include "core/text.h"
#include "tables/known.h"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Where builds of JavaScript put what they make, by custom.
namespace fnlint {

[[nodiscard]] inline bool is_javascript_output(std::string_view folder) {
  return is_one_of(known::javascript_output_folders(), folder);
}

// Whether one of a path's folders is called so.
[[nodiscard]] inline bool is_made(std::string_view path) {
  return std::ranges::any_of(split(path, '/'), is_javascript_output);
}

// "app.js" of "dist/app.js"; nothing: the path does not begin with such a folder.
[[nodiscard]] inline std::optional<std::string_view> below_javascript_output(
    std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == path.npos || !is_javascript_output(path.substr(0, slash))) return std::nullopt;
  return path.substr(slash + 1);
}

// Where the sources may lie of what a package of the project has made: "shop/src/db" and "shop/db"
// of "shop/dist/db". None: no folder of the path is called like an output.
[[nodiscard]] inline std::vector<std::string> sources_of_made(std::string_view path) {
  std::vector<std::string> found;
  for (std::size_t begin = path.find('/'); begin != path.npos; begin = path.find('/', begin + 1)) {
    const std::size_t end = path.find('/', begin + 1);
    if (end == path.npos) break;
    if (!is_javascript_output(path.substr(begin + 1, end - begin - 1))) continue;
    found.push_back(cat(path.substr(0, begin), "/src", path.substr(end)));
    found.push_back(cat(path.substr(0, begin), path.substr(end)));
  }
  return found;
}

}  // namespace fnlint
