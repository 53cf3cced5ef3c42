#pragma once

#include "core/files.h"
#include "link/resolve/languages.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// What the scripts of a package.json, and the programs that they run, make of what; and what a
// build makes of which no script is read.
namespace fnlint {

// The source of an output that is not there, both relative to the root: of `dist/charge/index.js`
// where a program runs `esbuild src/handlers/${name}/index.ts --outfile=dist/${name}/index.js`.
// Asked of the packages at and above the output, until one says anything.
std::vector<std::string> sources_of_output(BuildFacts& builds, std::string_view output);

// Whether the nearest package has scripts, and none of them runs TypeScript's own compiler.
bool builds_without_tsc(BuildFacts& builds, std::string_view folder);

// Whether a module of that path is somewhere in the project: then what stands in the template may
// only hold its place, until something else deploys the code.
bool is_of_the_project(const FileSystem& files, Language language, std::string_view module);

// What a build puts into a layer that is not there yet, found where its source lies: by the name
// that an import gives it. A guess, and none where several may be meant.
class MadeModules {
 public:
  explicit MadeModules(const FileSystem& files) : files_(files) {}
  // The folder of modules that has it; nothing: no folder, or several. `taken`: folders of
  // functions, whose modules are their own.
  std::optional<std::string> folder_of(const ImportQuery& query,
                                       const std::vector<std::string>& taken);

 private:
  const std::vector<std::string>& sources(Language language);
  const FileSystem& files_;
  std::map<Language, std::vector<std::string>> sources_ = {};  // without their extensions
  std::map<std::pair<Language, std::string>, std::optional<std::string>> known_ = {};
};

}  // namespace fnlint
