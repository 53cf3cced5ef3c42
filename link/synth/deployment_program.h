// Which program describes the deployment, and how is it run?
#pragma once

#include "link/resolve/languages.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A program that describes a deployment, by the file of the tool that runs it (cdk.json).
struct DeploymentProgram {
  UnitRoots roots = {};
  std::string folder = {};  // of cdk.json: where the tool runs the program
  std::string entry = {};   // the file that is run; empty: none was found
  std::string reason = {};  // why there is none
  // Where a compiler puts the files of a folder, and what runs is: "src" and "dist".
  std::string compiled_from = {}, compiled_to = {};
  std::vector<std::string> also = {};  // files that it loads by looking into a folder
  bool is_guess = false;               // a build's: it may be no app at all
  bool is_sst = false;                 // its main file exports what SST calls
};
// What cdk.json's `app` runs.
DeploymentProgram deployment_program(BuildFacts& builds, std::string_view path,
                                     std::string_view text);

}  // namespace fnlint
