#pragma once

#include "model/summary.h"

#include <cstdint>
#include <string_view>

// Numbers for what stands in the code: keys, and what a hole is told from others by (Value::ref).
// Two parts stand side by side, so that no two places have one number. See also pack(FunctionRef)
// and pack(CallSite).
namespace fnlint {

// A variable, a class, a type or an expression of a module.
template <class Tag>
constexpr std::uint64_t pack(ModuleId module, Id<Tag> id) {
  return (static_cast<std::uint64_t>(module.index) << 32U) | id.index;
}

// What a variable may be in a later round of the loop that stands there.
struct HoleAt {
  CallSite loop = {};
  VariableId variable = {};
};
// Three parts do not fit: each bit of the first two moves all bits before the third comes in.
constexpr std::uint64_t pack(const HoleAt& hole) {
  std::uint64_t bits = pack(hole.loop) + 0x9e3779b97f4a7c15U;
  bits = (bits ^ (bits >> 30U)) * 0xbf58476d1ce4e5b9U;
  bits = (bits ^ (bits >> 27U)) * 0x94d049bb133111ebU;
  return (bits ^ (bits >> 31U)) ^ hole.variable.index;
}

// How the text of a Field hole begins whose object the module's load has made, and which so
// outlives the invocation: what methods may have left there.
inline constexpr std::string_view kKeptField = "<kept>.";

}  // namespace fnlint
