// Compiles a deployment program's modules, runs the interpreter over them, and puts the result in
// the template's place.

#include "app/stages/synth_stage.h"

#include "app/files/crash_report.h"
#include "app/stages/code_stage.h"
#include "core/text.h"
#include "link/synth/synth.h"

#include <utility>

namespace fnlint {

namespace {

// False: it is no template at all.
bool synthesise_one(CompiledTemplates& templates, TemplateSource& source, BuildFacts& builds,
                    SourceFiles& sources, std::vector<Unresolved>& unresolved) {
  const std::string& text = sources.text(source.file);
  const DeploymentProgram app = deployment_program(builds, source.path, text);
  const auto note = [&](std::string reason) {
    unresolved.push_back({.kind = UnresolvedKind::Intrinsic,
                          .reason = std::move(reason),
                          .where = {source.file, {}}});
  };
  if (app.entry.empty() && app.is_guess) return false;
  if (app.entry.empty()) {
    note(cat("the program: ", app.reason));
    return true;
  }
  const ValuePool pool;
  const Stacks none;
  CodeCompiler compiler(pool, none, builds, sources, {});
  LinkedCode code;
  std::vector<std::string> files_of_it = app.also;
  files_of_it.push_back(app.entry);
  compiler.add_program(code, files_of_it, app.roots);
  ModuleId entry;
  std::vector<std::string> paths;
  for (std::uint32_t i = 0; i < code.sources.size(); ++i) {
    paths.push_back(code.sources[i].path);
    if (code.sources[i].path == app.entry) entry = ModuleId{i};
  }
  templates.problems.insert(templates.problems.end(), compiler.problems.begin(),
                            compiler.problems.end());
  templates.suppressions.insert(templates.suppressions.end(), compiler.suppressions.begin(),
                                compiler.suppressions.end());
  if (!entry.exists()) {
    note(cat("the program ", app.entry, " could not be read"));
    return true;
  }
  note_reading(app.entry);
  SynthesisedTemplate made =
      synthesise(code.program, code.modules, paths, entry, app, source.file, text, builds.files());
  unresolved.insert(unresolved.end(), made.unresolved.begin(), made.unresolved.end());
  // What is behind a syntax error may set anything.
  made.facts.complete = made.facts.complete && compiler.broken.empty() && compiler.unread.empty();
  source.facts = &templates.facts.emplace_back(std::move(made.facts));
  source.pieces = std::move(made.pieces);
  return !app.is_guess || !source.facts->declarations.empty();
}

}  // namespace

void synthesise_programs(CompiledTemplates& templates, BuildFacts& builds,
                         SourceFiles& sources, std::vector<Unresolved>& unresolved) {
  std::erase_if(templates.sources, [&](TemplateSource& source) {
    return source.facts->dialect == TemplateDialect::CdkProgram &&
           !synthesise_one(templates, source, builds, sources, unresolved);
  });
}

}  // namespace fnlint
