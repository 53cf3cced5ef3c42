// JSON files that code imports.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// A JSON file as the module that `import` and `require` make of it: what it says is exported.
// Places are those of the file.
CodeFacts lower_json_module(std::string_view text);

}  // namespace fnlint
