// The stages, each by what the one before has left in the snapshot, with timing and cancellation,
// and with what each could not do.

#include "app/run/snapshot.h"

#include "app/files/crash_report.h"
#include "app/pictures/pictures.h"
#include "app/run/duplicate_findings.h"
#include "app/run/fixes.h"
#include "app/run/guessed_code.h"
#include "app/run/merged_findings.h"
#include "app/run/passed_over.h"
#include "app/run/shown_names.h"
#include "app/run/syntax_findings.h"
#include "app/run/unread.h"
#include "app/stages/handler_search.h"
#include "app/stages/repository_secrets.h"
#include "app/stages/synth_stage.h"
#include "deploy/lost_modules.h"
#include "deploy/packages.h"
#include "link/resolve/unique_keys.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

template <class Row>
void append(std::vector<Row>& to, const std::vector<Row>& rows) {
  to.insert(to.end(), rows.begin(), rows.end());
}

bool is_in_effect(const PipelineOptions& options, std::string_view id) {
  return std::ranges::any_of(options.rules, [id](const Rule* rule) { return rule->id == id; });
}

// With what the command line, configurations and other tools' files give them.
CompiledTemplates compiled_templates(SearchResult& found, const PipelineOptions& options,
                                     BuildFacts& builds, SourceFiles& sources) {
  const FileSystem& files = builds.files();
  CompiledTemplates compiled =
      compile_templates(std::move(found.templates), builds, sources, options.workers);
  read_constructs(compiled, found.assemblies, files, sources);
  compiled.parameters.given = options.parameters;
  compiled.parameters.folders = found.folders;
  read_samconfigs(compiled, files, sources, options.config_env, options.config_env_named);
  read_cookiecutters(compiled, files);
  if (options.parameters_of)
    for (const TemplateSource& source : compiled.sources)
      compiled.parameters.configured[source.path] = options.parameters_of(source.path);
  return compiled;
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

// The templates' code forms are not asked for again, nor those of a unit that is joined.
bool frees_forms(const PipelineOptions& options) { return !options.inspect && !options.draws; }

}  // namespace

Snapshot::Snapshot(PipelineOptions options, const FileSystem& disk)
    : options_(std::move(options)), files_(disk), settings_(options_.settings) {}

template <class Work>
auto Snapshot::timed(Stage stage, const Work& work) {
  asks(stage);
  return run_.timings.stage(std::string(stage_words(stage).timed), work);
}

void Snapshot::asks(Stage stage) const {
  if (options_.begins) options_.begins(stage);
}

void Snapshot::begin(Stage stage) const {
  asks(stage);
  const StageWords words = stage_words(stage);
  if (options_.workers.progress != nullptr) options_.workers.progress->begin(words.doing, words.of);
}

// With the configurations of all files that are known by now.
void Snapshot::look_at_rules() {
  settings_.look(options_, run_.files);
  if (options_.amend) options_.amend(options_);
  wanted_.look(options_.rules, registry_of(options_));
}

// What is read of the project beyond what every run makes.
Needs Snapshot::needs() const {
  const bool is_shown = options_.inspect || options_.draws || options_.chain_ends;
  return options_.needs.value_or(is_shown ? kNeedsAll : wanted_.needs());
}

void Snapshot::discover() {
  begin(Stage::Discover);
  found_ = timed(Stage::Discover, [&] { return find_templates(files_, options_.search); });
  if (options_.amend) options_.amend(options_);
  run_.folders = found_.folders;
  run_.looked_at = found_.looked_at;
  for (Unread& folder : found_.unsearched)
    run_.problems.push_back({{run_.files.place(folder.path), {}}, std::move(folder.reason)});
  for (Unread& unread : found_.unread) {
    const FileId file = run_.files.place(unread.path);
    run_.problems.push_back({{file, {}}, std::move(unread.reason)});
    if (unread.is_template) run_.broken.insert(file);
  }
}

void Snapshot::compile_templates() {
  begin(Stage::Templates);
  templates_ = timed(Stage::Templates,
                     [&] { return compiled_templates(found_, options_, builds_, run_.files); });
  timed(Stage::Programs, [&] {
    synthesise_programs(templates_, builds_, run_.files, run_.unresolved);
    return 0;
  });
  append(run_.problems, templates_.problems);
  append(run_.suppressions, templates_.suppressions);
  run_.broken.insert(templates_.broken.begin(), templates_.broken.end());
  for (const TemplateSource& source : templates_.sources)
    run_.templates += source.fragment || source.stand_in ? 0 : 1;
  note_parameters(templates_, run_);
}

void Snapshot::link() {
  stacks_ = timed(Stage::Link, [&] {
    note_reading("the templates together");
    return fnlint::link_templates(pool_, templates_.sources, templates_.parameters, builds_);
  });
}

// Where no template has a function.
void Snapshot::look_for_handlers() {
  begin(Stage::Handlers);
  const HandlersOfCode by_form = timed(Stage::Handlers, [&] {
    return add_handlers_of_code(options_.search, files_, run_.files, templates_);
  });
  run_.handlers_of_code = by_form.count;
  if (by_form.cut)
    run_.unresolved.push_back(
        {.kind = UnresolvedKind::CodeLimit,
         .reason = "there is more code here than handlers are looked for in"});
  if (run_.handlers_of_code > 0) link();
  tell_by_form(stacks_, run_);
}

void Snapshot::link_templates() {
  begin(Stage::Link);
  link();
  if (stacks_.functions.empty()) look_for_handlers();
  append(run_.problems, stacks_.problems);
  tell_unreadable_archives(stacks_, files_, run_);
  run_.functions = stacks_.functions.size();
  if (run_.functions == 0) {
    std::vector<Unresolved> told = run_.unresolved;
    append(told, stacks_.unresolved);
    append(run_.unresolved, passed_over(templates_, found_, builds_, run_.files, told));
  }
  look_at_rules();
  if (frees_forms(options_)) templates_ = {};
}

void Snapshot::compile_and_join_code() {
  const bool frees = frees_forms(options_);
  const std::size_t at_once = frees ? kFunctionsAtOnce : SIZE_MAX;
  join_.emplace(pool_, std::move(stacks_),
                JoinQuestions{.cycles = {.possible = options_.possible,
                                         .chain_ends = options_.chain_ends,
                                         .threads = options_.join_threads,
                                         .most_threads = options_.workers.most},
                              .begins = note_reading,
                              .unused_rights = (needs() & kNeedsUnusedRights) != 0,
                              .threads = options_.join_threads,
                              .most_threads = options_.workers.most});
  code_.emplace(pool_, join_->stacks(), builds_, run_.files, options_.clang, options_.workers);
  begin(Stage::Code);
  while (timed(Stage::Code, [&] { return code_->add_units(join_->code(), at_once); })) {
    if (is_cancelled()) return;
    if (frees) code_->begin_ahead(at_once);
    timed(Stage::Join, [&] {
      join_->add_units();
      return 0;
    });
    if (frees) code_->free_units(join_->code());
  }
  if (code_->milliseconds_ahead() > 0)
    run_.timings.add("compile code beside join (processor)", code_->milliseconds_ahead());
  append(run_.problems, code_->problems);
  append(run_.suppressions, code_->suppressions);
}

void Snapshot::follow_events() {
  begin(Stage::Events);
  look_at_rules();
  project_ = timed(Stage::Events, [&] {
    note_reading("what events lead to");
    return join_->finish((needs() & kNeedsCycles) != 0);
  });
  append(run_.problems, project_->problems);
  append(run_.unresolved, project_->unresolved);
  count_unread(*project_, *join_, *code_, run_);
}

// What functions hold once they are deployed, the secrets beside them and the keys of the tables
// that they insert into: what of it is read.
void Snapshot::measure(Needs needs) {
  const PathOf path_of = [this](FileId file) {
    return file.exists() ? run_.files.path(file) : std::string();
  };
  const KeepFile keep = [this](const std::string& path, std::string text) {
    return run_.files.add(path, std::move(text));
  };
  Project& project = *project_;
  if ((needs & kNeedsUniqueKeys) != 0) project.unique_keys = unique_keys(files_, project);
  if ((needs & kNeedsPackages) != 0) add_packages(project, files_, keep, path_of);
  if ((needs & kNeedsLostModules) != 0) add_lost_modules(project, files_, path_of);
  if ((needs & kNeedsSecretFiles) != 0) add_repository_secrets(project, files_, keep);
}

void Snapshot::measure_packages() {
  begin(Stage::Packages);
  timed(Stage::Packages, [&] {
    note_reading("the packages of functions");
    const Needs asked = needs();
    measure(asked);
    look_at_rules();
    measure(needs() & ~asked & kNeedsAll);
    return 0;
  });
}

void Snapshot::check() {
  add_line_suppressions(run_);
  if (options_.inspect) options_.inspect(model());
  if (options_.draws) run_.pictures = pictures_of(model());
  begin(Stage::Checks);
  timed(Stage::Checks, [&] {
    check_project(wanted_, *project_, options_, settings_.all(), run_);
    return 0;
  });
}

void Snapshot::finish_findings() {
  const Project& project = *project_;
  Findings& findings = run_.findings;
  if (is_in_effect(options_, kHandlerSyntax))
    find_unloadable_handlers(project, join_->code(), code_->problems, run_.files, findings);
  if (is_in_effect(options_, kDuplicateKey))
    find_duplicate_keys(project.stacks, run_.problems, run_.files, findings);
  demote_in_emulated_templates(project, findings);
  demote_where_another_tool_deploys(project, findings);
  demote_in_uncalled_modules(project, findings);
  demote_in_guessed_code(project, findings);
  show_names(project, run_.files, findings);
  merge_findings(findings, registry_of(options_));
  make_edits(run_.files, findings);
}

}  // namespace fnlint
