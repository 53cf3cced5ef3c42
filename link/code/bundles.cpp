// Tells bundled or minified scripts by the helper functions of tools and the length of lines.

#include "link/code/bundles.h"

#include "core/text.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::size_t kLongLine = 2000;  // that nobody writes
constexpr std::size_t kUsualLine = 200;  // on average

}  // namespace

bool is_bundle(std::string_view script) {
  if (std::ranges::any_of(known::bundle_helpers(),
                          [&](std::string_view name) { return script.find(name) != script.npos; }))
    return true;
  std::size_t longest = 0, lines = 0;
  for (const std::string_view line : split(script, '\n')) {
    longest = std::max(longest, line.size());
    lines += 1;
  }
  return longest > kLongLine && script.size() / lines > kUsualLine;
}

std::vector<std::string> bundled_modules(const std::vector<std::string>& entry_points) {
  std::string shared(folder_of(normal_path(entry_points.front())));
  for (const std::string& entry : entry_points)
    while (!shared.empty() && !lies_below(normal_path(entry), shared)) shared = folder_of(shared);
  std::vector<std::string> modules;
  for (const std::string& entry : entry_points) {
    const std::string path = normal_path(entry).substr(shared.empty() ? 0 : shared.size() + 1);
    modules.push_back(path.substr(0, path.size() - extension_of(path).size()));
  }
  return modules;
}

}  // namespace fnlint
