// The entry point in the scripts of a package.json.
#pragma once

#include "link/resolve/build_facts.h"

#include <string>
#include <string_view>

namespace fnlint {

// The source that a package's own scripts bundle, from its folder: of
// "build": "ncc build src/lambda.ts -o dist" it is "src/lambda.ts". Empty: none says so.
[[nodiscard]] std::string bundled_entry(BuildFacts& builds, const std::string& folder);

// The same of a script's command that writes a file which is called so, whatever its ending.
[[nodiscard]] std::string entry_of_output(const FileSystem& files, std::string_view folder,
                                          std::string_view script, std::string_view output);

}  // namespace fnlint
