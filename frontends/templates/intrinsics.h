// Which intrinsic functions CloudFormation has, and the operands that each takes.
#pragma once

#include <cstdint>
#include <string_view>

namespace fnlint {

// How a function's operands are written.
enum class OperandForm : std::uint8_t {
  Name,        // one text, a name
  One,         // one value
  List,        // a list of values
  Conditions,  // a list of conditions
  If,          // a list; the first names a condition
  FindInMap,   // a list; the last may be {DefaultValue: ...}
  GetAtt,
  Sub,
  Transform,
  Fields,  // a map
};
struct Intrinsic {
  std::string_view tag;   // short form, without '!'
  std::string_view name;  // long form
  OperandForm form{};
  std::uint8_t least = 1, most = 1;  // operands of a list
  std::string_view operands;         // in words, for a problem
};

// Null when there is no such function.
[[nodiscard]] const Intrinsic* intrinsic_of_tag(std::string_view tag);  // "!Sub"
[[nodiscard]] const Intrinsic* intrinsic_of_key(
    std::string_view key);  // "Fn::Sub"; not "Condition"
[[nodiscard]] const Intrinsic& condition_reference();

inline constexpr std::string_view kForEachPrefix = "Fn::ForEach::";

}  // namespace fnlint
