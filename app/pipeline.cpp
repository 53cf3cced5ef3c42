#include "app/pipeline.h"

#include "app/code_stage.h"
#include "app/guessed_code.h"
#include "app/merged_findings.h"
#include "app/model_json.h"
#include "app/parallel.h"
#include "app/shown_names.h"
#include "app/synth_stage.h"
#include "app/template_stage.h"
#include "checks/checks.h"
#include "core/text.h"
#include "deploy/packages.h"
#include "frontends/packages/archive_files.h"
#include "link/join.h"

#include <algorithm>
#include <iterator>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kFunctionsAtOnce = 128;  // whose code is in memory

template <class Row>
void append(std::vector<Row>& to, const std::vector<Row>& rows) {
  to.insert(to.end(), rows.begin(), rows.end());
}

bool is_in_effect(const PipelineOptions& options, std::string_view id) {
  return std::ranges::any_of(options.rules, [id](const Rule* rule) { return rule->id == id; });
}

// A service declares no options: it names them where it uses them.
void note_parameters(const CompiledTemplates& templates, Run& run) {
  for (const TemplateFacts& facts : templates.facts) {
    for (const Input& input : facts.inputs) run.parameters.emplace(facts.string(input.name));
    run.takes_any_parameter |= facts.dialect == TemplateDialect::ServerlessFramework;
  }
}

// Of the files that are neither code nor templates: manifests, lock files, Dockerfiles.
void add_line_suppressions(Run& run) {
  std::set<Span> known;
  for (const Suppression& each : run.suppressions) known.insert({each.file, each.comment.where});
  for (std::uint32_t i = 0; i < run.files.size(); ++i) {
    const FileId file{i};
    const LineSyntax syntax = line_syntax_of(run.files.path(file));
    if (syntax == LineSyntax::None) continue;
    FileSuppressions found =
        line_suppressions(run.files.text(file), syntax == LineSyntax::HashAndSlashes);
    for (Problem& problem : found.problems)
      run.problems.push_back({{file, problem.where}, std::move(problem.message)});
    for (SuppressionComment& comment : found.comments)
      if (known.insert({file, comment.where}).second)
        run.suppressions.push_back({file, std::move(comment)});
  }
}

// The checks that may report a rule in effect, each timed by its first rule.
void run_checks(const Project& project, const PipelineOptions& options, Run& run) {
  std::vector<const Check*> wanted;
  for (const Check& check : all_checks())
    if (std::ranges::any_of(check.rules(),
                            [&options](std::string_view id) { return is_in_effect(options, id); }))
      wanted.push_back(&check);
  std::vector<Findings> found(wanted.size());
  std::vector<Timings> timings(wanted.size());
  const auto one = [&](std::size_t i) {
    timings[i].stage(cat("check ", wanted[i]->rules().front()), [&] {
      wanted[i]->run(project, options.settings, found[i]);
      return 0;
    });
  };
  const bool worth_threads = project.functions.size() >= kFunctionsAtOnce;
  in_parallel(wanted.size(), one, worth_threads ? kWorthAThread : wanted.size() + 1);
  for (Findings& some : found) std::ranges::move(some, std::back_inserter(run.findings));
  for (const Timings& some : timings)
    for (const StageTime& row : some.rows()) run.timings.add(row.name, row.milliseconds);
}

}  // namespace

Run run_pipeline(const PipelineOptions& options, const FileSystem& disk) {
  const ArchiveFiles files(disk);
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
    read_constructs(compiled, found.assemblies, files, run.files);
    compiled.parameters.given = options.parameters;
    read_samconfigs(compiled, files, run.files, options.config_env, options.config_env_named);
    return compiled;
  });
  run.timings.stage("run programs", [&] {
    synthesise_programs(templates, files, run.files, run.unresolved);
    return 0;
  });
  append(run.problems, templates.problems);
  append(run.suppressions, templates.suppressions);
  for (const TemplateSource& source : templates.sources) run.templates += source.fragment ? 0 : 1;
  note_parameters(templates, run);

  Stacks stacks = run.timings.stage("link templates", [&] {
    return link_templates(pool, templates.sources, templates.parameters, files);
  });
  append(run.problems, stacks.problems);
  run.functions = stacks.functions.size();

  // The templates' code forms are not asked for again, nor those of a unit that is joined.
  const bool frees = !options.inspect;
  if (frees) templates = {};
  Join join(pool, std::move(stacks),
            {.cycles = {.possible = options.settings.possible,
                        .chain_ends = options.chain_ends,
                        .threads = options.join_threads},
             .unused_rights = is_in_effect(options, "role-unused-permission"),
             .threads = options.join_threads});
  CodeCompiler code(pool, join.stacks(), files, run.files, options.clang);
  const std::size_t at_once = frees ? kFunctionsAtOnce : SIZE_MAX;
  while (run.timings.stage("compile code", [&] { return code.add_units(join.code(), at_once); })) {
    if (frees) code.begin_ahead(at_once);
    run.timings.stage("join", [&] {
      join.add_units();
      return 0;
    });
    if (frees) code.free_units(join.code());
  }
  if (code.milliseconds_ahead() > 0)
    run.timings.add("compile code beside join (processor)", code.milliseconds_ahead());
  append(run.problems, code.problems);
  append(run.suppressions, code.suppressions);
  Project project = run.timings.stage("find loops", [&] { return join.finish(); });
  append(run.problems, project.problems);
  append(run.unresolved, project.unresolved);

  run.timings.stage("measure packages", [&] {
    add_packages(
        project, files,
        [&run](const std::string& path, std::string text) {
          return run.files.add(path, std::move(text));
        },
        [&run](FileId file) { return file.exists() ? run.files.path(file) : std::string(); });
    return 0;
  });
  add_line_suppressions(run);
  if (options.inspect) options.inspect({run.files, templates, project, options.settings});
  run.timings.stage("checks", [&] {
    run_checks(project, options, run);
    return 0;
  });
  demote_in_guessed_code(project, run.findings);
  show_names(project, run.files, run.findings);
  merge_findings(run.findings);
  return run;
}

}  // namespace fnlint
