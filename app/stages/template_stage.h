// From discovered files to template facts: the templates' driver.
#pragma once

#include "app/files/discovery.h"
#include "app/files/parallel.h"
#include "app/files/source_files.h"
#include "app/suppressions/suppressions.h"
#include "core/problem.h"
#include "link/templates/templates.h"

#include <deque>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

// All templates of a run, compiled, with the files that they name.
struct CompiledTemplates {
  std::deque<TemplateFacts> facts = {};
  std::vector<TemplateSource> sources = {};  // `facts` points into the list above
  TemplateParameters parameters = {};        // by_template: what samconfig files say
  std::vector<LocatedProblem> problems = {};
  std::set<FileId> broken = {};  // what could not be read, or not to its end
  std::vector<Suppression> suppressions = {};
  std::deque<Constructs> constructs = {};  // `sources` point into it
};

// Compiles what discovery found, then whatever that names, until nothing new is named. Takes the
// found texts over into `sources`.
CompiledTemplates compile_templates(std::vector<FoundFile> found, BuildFacts& builds,
                                    SourceFiles& sources, const Workers& workers = {});

// Adds where the programs that wrote the templates of these assemblies made their constructs.
void read_constructs(CompiledTemplates& templates, const std::vector<std::string>& assemblies,
                     const FileSystem& files, SourceFiles& sources);

// Adds what the cookiecutters that templates belong to put into their blanks by default.
void read_cookiecutters(CompiledTemplates& templates, const FileSystem& files);

// Adds the parameters of the samconfig files that speak of the templates. `environment` is what
// `sam --config-env` would name; `named`: the user chose it, so that its absence is a problem.
void read_samconfigs(CompiledTemplates& templates, const FileSystem& files, SourceFiles& sources,
                     const std::string& environment, bool named);

}  // namespace fnlint
