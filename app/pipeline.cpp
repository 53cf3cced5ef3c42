#include "app/pipeline.h"

#include "app/template_stage.h"

#include <iterator>

namespace fnlint {

namespace {

template <class Row>
void append(std::vector<Row>& to, const std::vector<Row>& rows) {
  to.insert(to.end(), rows.begin(), rows.end());
}

}  // namespace

Run run_pipeline(const PipelineOptions& options, const FileSystem& files) {
  Run run;
  ValuePool pool;

  SearchResult found =
      run.timings.stage("discover", [&] { return find_templates(files, options.search); });
  run.folders = found.folders;
  run.looked_at = found.looked_at;
  for (Unread& unread : found.unread)
    run.problems.push_back({{run.files.add(unread.path, {}), {}}, std::move(unread.reason)});

  CompiledTemplates templates = run.timings.stage("compile templates", [&] {
    CompiledTemplates compiled = compile_templates(std::move(found.templates), files, run.files);
    compiled.parameters.given = options.parameters;
    read_samconfigs(compiled, files, run.files, options.config_env, options.config_env_named);
    return compiled;
  });
  append(run.problems, templates.problems);
  append(run.suppressions, templates.suppressions);
  for (const TemplateSource& source : templates.sources) run.templates += source.fragment ? 0 : 1;

  Stacks stacks = run.timings.stage("link templates", [&] {
    return link_templates(pool, templates.sources, templates.parameters, files);
  });
  append(run.problems, stacks.problems);
  append(run.unresolved, stacks.unresolved);
  run.functions = stacks.functions.size();

  return run;
}

}  // namespace fnlint
