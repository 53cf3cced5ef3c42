// How sources become a package: bundled, compiled or as they are, and with which kind of modules.
#pragma once

#include "link/resolve/build_facts.h"
#include "model/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

struct HandlerFile;

// What is known of how a function's sources become its package, where that decides what its runtime
// sees.
struct FunctionPackage {
  bool rewritten = false;   // compiled or bundled: the syntax of the sources is not that of the code
  bool foreign_layer = false;  // a layer whose content is not known
  bool default_place = false;  // the template says nothing of it: SAM takes its own base folder
  bool es_modules = false;        // what a ".js" file is
  bool es_modules_above = false;  // a manifest above the code's folder says so
  std::vector<std::string> brings = {};  // packages that it brings itself
  std::vector<std::string> es_packages = {};  // ... of which all is ES modules; sorted
};

// `layers`: folders of the layers whose content is in the project.
FunctionPackage package_of_function(BuildFacts& builds, const CodeLocation& code,
                                    std::string_view root, Language language,
                                    const std::vector<std::string>& layers);

// A handler that was not found: whether the package surely lacks it.
HandlerProblem missing_handler(const FileSystem& files, const CodeLocation& code,
                               std::string_view root, const HandlerFile& found,
                               const FunctionPackage& package,
                               const std::vector<std::string>& layers);

// An OS-only runtime starts one program, kBootstrap, whatever the handler is: a folder with a built one
// that has the handler's name instead is deployed as it is.
inline constexpr std::string_view kBootstrap = "bootstrap";
HandlerProblem missing_program(const FileSystem& files, const CodeLocation& code,
                               const std::string& handler);

}  // namespace fnlint
