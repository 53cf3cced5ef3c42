// The table of functions and modules that linking the code fills, unit after unit.
#pragma once

#include "flow/syntax/program.h"
#include "link/resolve/compiled_target.h"
#include "link/resolve/function_package.h"
#include "link/resolve/languages.h"
#include "link/resolve/source_dialect.h"
#include "model/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fnlint {

// A source that is reachable and not read yet: a file, or the inline code of a function.
struct WantedSource {
  std::string path = {};  // relative to the root; of inline code: the template's
  std::uint32_t inline_function = UINT32_MAX;  // row of Stacks::functions
  SourceDialect dialect{};
  friend auto operator<=>(const WantedSource&, const WantedSource&) = default;
};

// What link.code knows of one declared function.
struct FunctionCode {
  Language language{};
  std::uint32_t unit = 0;
  bool found = false;  // the handler's module was read
  ModuleId module = {};
  std::string symbol =
      {};  // what the handler names inside it: "handler", "api.get", "Class.method"
  HandlerForm form{};
  std::vector<Guess> guesses = {};  // by which it was found, where not by the template's words
  bool by_framework = false;        // a library's own handler calls it, in its own way
  bool by_interface = false;        // the handler names a class alone
  UnresolvedKind why{};             // not found: of what kind, ...
  ResolutionFailure lack{};         // ... what was missing, ...
  std::string looked_for = {}, looked_in = {};
  HandlerProblem problem = {};  // the runtime will not find it either
  FunctionPackage package = {};
  CompiledTarget target = {};
  std::string image_runtime = {};                 // that the Dockerfile's base image holds
  std::vector<std::string> image_variables = {};  // that the Dockerfile sets
  std::string reason = {};                        // ... in words
};

struct LinkedCode {
  Program program = {};
  std::vector<ModuleInfo> modules = {};      // parallel to program.modules
  std::vector<WantedSource> sources = {};    // parallel to program.modules
  std::vector<FunctionCode> functions = {};  // parallel to Stacks::functions
  std::vector<std::uint32_t> latest = {};    // rows of `functions`: of the units that came last
  std::vector<Unresolved> unresolved = {};   // imports that lead nowhere
};

}  // namespace fnlint
