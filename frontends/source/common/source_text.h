// Makes invalid UTF-8 printable without moving offsets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

struct RepairedText {
  std::string text = {};
  std::uint32_t first = 0;  // where the first bad byte stood
};

// A copy with '?' in place of each byte that is not UTF-8, so that offsets stay and every name and
// literal can be printed; nothing when there is none to replace.
std::optional<RepairedText> repaired_utf8(std::string_view text);

}  // namespace fnlint
