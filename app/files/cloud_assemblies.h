// From a synthesised template back to the CDK code that made it.
#pragma once

#include "app/files/source_files.h"
#include "core/files.h"
#include "frontends/templates/cloud_assembly.h"
#include "link/templates/templates.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Output of `cdk synth` in a folder.
struct AssemblyFolder {
  std::string path = {};
  CloudAssembly content = {};
};

// The assembly of a folder and all that are nested in it, each once; none where the folder holds
// none.
std::vector<AssemblyFolder> read_assemblies(const FileSystem& files, const std::string& folder);

// Where an app's program makes the constructs of its templates, for each template of an assembly:
// the stack traces of its metadata, in the sources that are there. Sources are read into `sources`.
struct TemplateConstructs {
  std::string path = {};  // of the template
  Constructs constructs = {};
};
std::vector<TemplateConstructs> constructs_of(const std::vector<AssemblyFolder>& assemblies,
                                              const FileSystem& files, SourceFiles& sources);

}  // namespace fnlint
