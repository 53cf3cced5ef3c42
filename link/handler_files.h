#pragma once

#include "link/module_files.h"

namespace fnlint {

// The file and symbol that a handler string names, as Lambda finds them.
struct HandlerFile {
  std::string path = {};  // empty: not found
  std::string symbol = {};
  Language language{};
  bool heuristic = false;   // found where a build would have taken it from
  std::string reason = {};  // not found: why
};

HandlerFile find_handler(const FileSystem& files, const PythonFiles& python,
                         JavaScriptFiles& javascript, const CodeLocation& code,
                         std::string_view root, std::string_view handler, std::string_view runtime);

// The handler that an image's Dockerfile names in its CMD; empty when there is none.
std::string image_handler(const FileSystem& files, std::string_view context);

}  // namespace fnlint
