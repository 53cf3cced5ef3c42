// Which libraries does a function's code load, and which of its imports lead nowhere?
#pragma once

#include "core/files.h"
#include "link/code/linked_code.h"
#include "link/code/loaded_function.h"
#include "model/project.h"

#include <optional>

namespace fnlint {

// All libraries that the modules which a function reaches import. Fills `function.libraries`.
void add_code_imports(const LinkedCode& code, const LoadedFunction& loaded,
                      std::span<const ModuleInfo> modules, LambdaFunction& function);

// Whether a module of the project that a row imports is not there, or could not be read.
bool is_lost(const CodeFacts& facts, const ProgramModule& module, std::size_t import);
// `require("./prices.txt")` leads to a file, and not to code; another to no file.
std::string words_of_import(const FileSystem& files, std::string_view from,
                            std::string_view module);
// The first place where a module is loaded whose name the code computes.
std::optional<Range> computed_import(const CodeFacts& facts);
// How that name begins, where that much is written: "./steps/".
std::string_view start_of_computed(const CodeFacts& facts, Range where);

}  // namespace fnlint
