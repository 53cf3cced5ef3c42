// Names, ARNs, URLs and ids: which of them each operation accepts for its target.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace fnlint {

// How a value names a resource. Bits.
enum NameForm : std::uint8_t { kByName = 1, kByArn = 2, kByUrl = 4, kById = 8 };

// What a member takes that names an operation's target.
struct TargetForm {
  std::string_view service = {}, member = {};
  std::uint8_t takes = 0, doubtful = 0;  // NameForms
  std::string_view from = {};  // an operation whose result is named as what it was given
};
const TargetForm* find_target_form(std::string_view service, std::string_view member);

}  // namespace fnlint
