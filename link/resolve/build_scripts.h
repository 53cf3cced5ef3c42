#pragma once

#include "core/files.h"

#include <string>
#include <string_view>

// What the scripts of a package.json, and the programs that they run, make of what.
namespace fnlint {

// The source of an output that is not there, both relative to the root: of `dist/charge/index.js`
// where a program runs `esbuild src/handlers/${name}/index.ts --outfile=dist/${name}/index.js`.
// Asked of the packages at and above the output. Empty: none says so, or several sources may be
// meant.
std::string source_of_output(const FileSystem& files, std::string_view output);

// Whether the nearest package has scripts, and none of them runs TypeScript's own compiler.
bool builds_without_tsc(const FileSystem& files, std::string_view folder);

}  // namespace fnlint
