#pragma once

#include "core/files.h"
#include "link/languages.h"
#include "link/templates.h"
#include "model/project.h"

#include <optional>
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
};
// What cdk.json's `app` runs.
DeploymentProgram deployment_program(const FileSystem& files, std::string_view path,
                                     std::string_view text);

// The template that a program makes, without running it: its declarations in CloudFormation's
// words, one for each construct that makes a resource, under the construct's path. Ranges are of
// the files of its modules one after another: see SourcePiece.
struct SynthesisedTemplate {
  TemplateFacts facts = {};
  std::vector<SourcePiece> pieces = {};
  std::vector<Unresolved> unresolved = {};
};
// `modules` is parallel to the program's. `definition` is the text of cdk.json, of `file`.
SynthesisedTemplate synthesise(const Program& program, const std::vector<ModuleInfo>& modules,
                               const std::vector<std::string>& paths, ModuleId entry,
                               const DeploymentProgram& app, FileId file,
                               std::string_view definition, const FileSystem& files);

}  // namespace fnlint
