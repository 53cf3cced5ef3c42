// Files that the program writes, never left half done.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// Writes a whole file at once: a reader sees the old content or the new, never a part, and an
// interrupted run leaves nothing behind. What is no regular file (a pipe, a device) is written to.
// Empty on success, else the reason.
std::string write_file(const std::string& path, std::string_view text);

// Writes all of it to an open file, and closes that; `file` may be what open() gives on failure.
// Empty on success, else the reason.
std::string write_to(int file, std::string_view text);

// What leads from the folder of an output to a root that paths are told from: "../shop"; empty: it
// is that. What is printed is taken to be kept in the working directory.
std::string way_from(const std::string& file, const std::string& root,
                     const std::string& working_directory);

// Writes behind what a file has. Empty on success, else the reason.
std::string append_to_file(const std::string& path, std::string_view text);

}  // namespace fnlint
