#include "link/code/bundles.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// What bundlers call their own helpers.
constexpr std::array<std::string_view, 8> kHelpers{
    "__webpack_require__", "__nccwpck_require__", "__toCommonJS(",  "__commonJS(",
    "__toESM(",            "parcelRequire",       "_dereq_(",       "System.register("};
constexpr std::size_t kLongLine = 2000;  // that nobody writes
constexpr std::size_t kUsualLine = 200;  // on average

}  // namespace

bool is_bundle(std::string_view script) {
  if (std::ranges::any_of(kHelpers, [&](std::string_view name) {
        return script.find(name) != script.npos;
      }))
    return true;
  std::size_t longest = 0, lines = 0;
  for (const std::string_view line : split(script, '\n')) {
    longest = std::max(longest, line.size());
    lines += 1;
  }
  return longest > kLongLine && script.size() / lines > kUsualLine;
}

}  // namespace fnlint
