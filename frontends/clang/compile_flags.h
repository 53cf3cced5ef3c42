// The filter that makes a project's compiler arguments harmless before Clang gets them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Of a compiler's arguments those that say what its sources mean, with absolute paths: include
// folders and files below the root, macros, the language. They are input like any other: nothing
// that a project writes there is executed, loaded or read from elsewhere (plugins, wrappers,
// response files, other tool chains), and what is not known is left out.
std::vector<std::string> safe_compile_flags(const std::vector<std::string>& arguments,
                                            std::string_view folder, std::string_view root);

// The words of a command line, as a shell splits them; nothing is expanded.
std::vector<std::string> command_words(std::string_view command);

// "/a/b/../c/./d" without dots; empty where it leaves the root of the disk.
std::string plain_path(std::string_view path);
// A path as a compiler in `folder` reads it.
std::string path_from(std::string_view folder, std::string_view path);
bool is_inside(std::string_view path, std::string_view root);

}  // namespace fnlint
