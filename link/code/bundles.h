// Recognises code that a bundler has written, and where bundlers write it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Whether a script was put together from many modules, or made small, by a tool: what it says is not
// what somebody has written.
bool is_bundle(std::string_view script);

// The modules, without their endings, that esbuild writes for entry points: each at its path below
// the folder that all of them share, so that one alone lies in the root of the package.
std::vector<std::string> bundled_modules(const std::vector<std::string>& entry_points);

}  // namespace fnlint
