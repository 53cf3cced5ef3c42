#pragma once

#include <span>
#include <string_view>

namespace fnlint {

// Libraries that ask nobody beyond the process: what they say of a value they say of it again. Paths
// as the language writes them; each stands for what is below it too.
std::span<const std::string_view> computing_libraries();

}  // namespace fnlint
