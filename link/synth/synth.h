// From a CDK or SST program to template form.
#pragma once

#include "core/files.h"
#include "flow/syntax/program.h"
#include "link/resolve/languages.h"
#include "link/synth/deployment_program.h"
#include "link/templates/templates.h"
#include "model/project.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

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
