#include "link/code/bundles.h"

#include "core/text.h"
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

}  // namespace fnlint
