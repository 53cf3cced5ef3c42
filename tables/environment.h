#pragma once

#include <span>
#include <string_view>

namespace fnlint {

// Variables that are there without a template, those that something besides the function's code
// reads, and packages that fill or read the environment in ways of their own. Sorted as written.
std::span<const std::string_view> variables_set_by_others();
std::span<const std::string_view> variables_read_by_others();
std::span<const std::string_view> environment_loaders();

}  // namespace fnlint
