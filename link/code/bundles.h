#pragma once

#include <string_view>

namespace fnlint {

// Whether a script was put together from many modules, or made small, by a tool: what it says is not
// what somebody has written.
bool is_bundle(std::string_view script);

}  // namespace fnlint
