#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// Writes a whole file at once: a reader sees the old content or the new, never a part, and an
// interrupted run leaves nothing behind. What is no regular file (a pipe, a device) is written to.
// Empty on success, else the reason.
std::string write_file(const std::string& path, std::string_view text);

// Writes behind what a file has. Empty on success, else the reason.
std::string append_to_file(const std::string& path, std::string_view text);

}  // namespace fnlint
