// The library model of a call, where only the code form is at hand and nothing is evaluated.
#pragma once

#include "model/code.h"
#include "tables/models.h"

#include <string>

namespace fnlint {

// What is called, as far as the file's imports and names tell: "console.log"; empty: no import.
std::string path_by_imports(const CodeFacts& code, ExprId callee, int depth = 0);
// The row of a library that describes a call, as far as the file's imports and names tell what is
// called; null: none does.
const LibraryModel* row_of_callee(const CodeFacts& code, ExprId callee);
// Whether what the call is given only goes into what it gives back: nothing is kept, called or
// done.
bool only_looks(const LibraryModel* model);

}  // namespace fnlint
