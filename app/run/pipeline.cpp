// Calls the stages in their order, lot by lot of functions where code is concerned, with timing and
// cancellation, and collects what each could not do.

#include "app/run/pipeline.h"

#include "app/files/crash_report.h"
#include "app/pictures/model_json.h"
#include "app/pictures/pictures.h"
#include "app/run/duplicate_findings.h"
#include "app/run/fixes.h"
#include "app/run/guessed_code.h"
#include "app/run/merged_findings.h"
#include "app/run/passed_over.h"
#include "app/run/shown_names.h"
#include "app/run/syntax_findings.h"
#include "app/run/wanted_rules.h"
#include "app/stages/code_stage.h"
#include "app/stages/handler_search.h"
#include "app/stages/repository_secrets.h"
#include "app/stages/synth_stage.h"
#include "app/stages/template_stage.h"
#include "checks/checks.h"
#include "core/limits.h"
#include "core/text.h"
#include "deploy/lost_modules.h"
#include "deploy/packages.h"
#include "frontends/packages/archive_files.h"
#include "link/join/join.h"
#include "link/resolve/unique_keys.h"

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

// With what the command line, configurations and other tools' files give them.
CompiledTemplates compiled_templates(SearchResult& found, const PipelineOptions& options,
                                     const FileSystem& files, SourceFiles& sources) {
  CompiledTemplates compiled =
      compile_templates(std::move(found.templates), files, sources, options.workers);
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

// The thresholds that hold somewhere, the root's first: each file is asked for its own once.
class DistinctSettings {
 public:
  explicit DistinctSettings(const Settings& of_root) : all_{of_root} {}
  void look(const PipelineOptions& options, const SourceFiles& files) {
    if (!options.settings_of) return;
    for (; asked_ < files.size(); ++asked_) {
      const Settings one = options.settings_of(files.path(FileId{asked_}));
      if (std::ranges::find(all_, one) == all_.end()) all_.push_back(one);
    }
  }
  [[nodiscard]] const std::vector<Settings>& all() const { return all_; }

 private:
  std::vector<Settings> all_;
  std::uint32_t asked_ = 0;
};

// Those in files for which these settings are said.
void keep_findings(Findings& found, const PipelineOptions& options, const Settings& settings,
                   Run& run) {
  const auto holds = [&](const Finding& finding) {
    const Span& where = finding.where;
    return settings == (options.settings_of && where.file.exists()
                            ? options.settings_of(run.files.path(where.file))
                            : options.settings);
  };
  std::ranges::copy_if(std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()),
                       std::back_inserter(run.findings), holds);
}

// Each timed by its first rule.
void run_checks(std::span<const Check* const> wanted, const Project& project,
                const PipelineOptions& options, const Settings& settings, Run& run) {
  std::vector<Findings> found(wanted.size());
  std::vector<Timings> timings(wanted.size());
  const auto one = [&](std::size_t i) {
    if (options.workers.are_cancelled()) return;
    note_reading(cat("the model, for ", wanted[i]->rules().front()));
    timings[i].stage(cat("check ", wanted[i]->rules().front()), [&] {
      wanted[i]->run(project, settings, found[i]);
      return 0;
    });
  };
  const bool worth_threads = project.functions.size() >= kFunctionsAtOnce;
  in_parallel(options.workers, wanted.size(), one,
              worth_threads ? kWorthAThread : wanted.size() + 1);
  for (Findings& some : found) keep_findings(some, options, settings, run);
  for (const Timings& some : timings)
    for (const StageTime& row : some.rows()) run.timings.add(row.name, row.milliseconds);
}

const RuleRegistry& registry_of(const PipelineOptions& options) {
  return options.registry ? *options.registry : built_in_rules();
}

// Where it was read: one that is built in stands in no file of the project.
Span place_of(const Policy& policy, const RuleRegistry& registry, Run& run) {
  const LoadedRule* const rule = registry.find_loaded(policy.rule);
  if (rule == nullptr) return {};
  return {run.files.add(rule->file, *rule->text), policy.written};
}

// Policies that ask too much: of what they would have told of the rest nothing is known.
void tell_spent(const Policies& spent, const RuleRegistry& registry, Run& run) {
  for (const auto& policy : spent)
    run.problems.push_back(
        {place_of(*policy, registry, run),
         cat("a policy of '", policy->rule, "' looked at more than ", kPolicyItems / 1'000'000,
             " million items, or at more than ", kPathItems / 1'000,
             " thousand at once; nothing more is told of it")});
}

void check_policies(const Policies& wanted, const Project& project, const PipelineOptions& options,
                    std::span<const Settings> all, Run& run) {
  note_reading("the model, for policies");
  run.timings.stage("check policies", [&] {
    for (const Settings& settings : all) {
      Findings found;
      const Policies spent = run_policies(wanted, project, settings, found);
      if (&settings == &all.front()) tell_spent(spent, registry_of(options), run);
      keep_findings(found, options, settings, run);
    }
    return 0;
  });
}

// What is not known of functions that only their code declares.
void tell_by_form(const Stacks& stacks, Run& run) {
  for (const DeclaredFunction& function : stacks.functions)
    run.unresolved.push_back({.kind = UnresolvedKind::Handler,
                              .reason = "no template names this handler: how it is configured "
                                        "and what starts it is not known",
                              .where = stacks[function.resource].name});
}

// Archives that a function's or layer's code is in, and that are none: with the reader's own words.
void tell_unreadable_archives(const Stacks& stacks, const ArchiveFiles& files, Run& run) {
  constexpr std::string_view kSignature = "PK";
  std::set<std::string> paths;
  for (const DeclaredFunction& row : stacks.functions)
    if (row.code.kind == CodeKind::Zip) paths.insert(row.code.path);
  for (const DeclaredLayer& row : stacks.layers)
    if (row.code.kind == CodeKind::Zip) paths.insert(row.code.path);
  for (const std::string& path : paths) {
    std::string why = files.why_unlisted(path);
    if (why.empty()) continue;
    const FileId file = run.files.place(path);
    run.problems.push_back({{file, {}}, std::move(why)});
    // Something else may only hold its place until a build has been there.
    const Result<std::string> start = files.read_start(path, kSignature.size());
    if (start && start.value() == kSignature) run.broken.insert(file);
  }
}

// Silence about code that was not read is not told apart from code that is sound.
void count_unread(const Project& project, const Join& join, const CodeCompiler& code, Run& run) {
  std::set<FileId> faulty = code.broken;
  faulty.insert(code.unread.begin(), code.unread.end());
  const std::set<std::uint32_t> reaching = join.functions_that_reach(project, std::move(faulty));
  for (std::uint32_t i = 0; i < project.functions.size(); ++i) {
    const LambdaFunction& function = project.functions[i];
    if (function.handler_where.file.exists())
      run.handlers.emplace(project.stacks[function.resource].name.file,
                           function.handler_where.file);
    if (!function.resolved)
      ++run.unread;
    else if (function.cut != 0 || reaching.contains(i))
      ++run.partly;
    else if (!function.not_followed.empty())
      ++run.open;
    if (!function.resolved || function.cut != 0 || reaching.contains(i)) {
      run.unread_in.insert(project.stacks[function.resource].name.file);
      run.not_read.insert(function.name);
    }
    if (function.resolved || function.looked_in.empty()) continue;
    const FileId handler = run.files.find(function.looked_in);
    if (code.unread.contains(handler)) run.broken.insert(handler);
  }
}

// What functions hold once they are deployed, the secrets beside them and the keys of the tables
// that they insert into: what of it is read.
void measure(Project& project, const FileSystem& files, Needs needs, Run& run) {
  const PathOf path_of = [&run](FileId file) {
    return file.exists() ? run.files.path(file) : std::string();
  };
  const KeepFile keep = [&run](const std::string& path, std::string text) {
    return run.files.add(path, std::move(text));
  };
  if ((needs & kNeedsUniqueKeys) != 0) project.unique_keys = unique_keys(files, project);
  if ((needs & kNeedsPackages) != 0) add_packages(project, files, keep, path_of);
  if ((needs & kNeedsLostModules) != 0) add_lost_modules(project, files, path_of);
  if ((needs & kNeedsSecretFiles) != 0) add_repository_secrets(project, files, keep);
}

// What each check alone cannot know of its findings.
void finish_findings(const Project& project, const PipelineOptions& options, Run& run) {
  demote_in_emulated_templates(project, run.findings);
  demote_where_another_tool_deploys(project, run.findings);
  demote_in_uncalled_modules(project, run.findings);
  demote_in_guessed_code(project, run.findings);
  show_names(project, run.files, run.findings);
  merge_findings(run.findings, registry_of(options));
  make_edits(run.files, run.findings);
}

}  // namespace

Run run_pipeline(PipelineOptions options, const FileSystem& disk) {
  const ArchiveFiles files(disk);
  Run run;
  ValuePool pool;
  WantedRules wanted;
  DistinctSettings settings(options.settings);
  // With the configurations of all files that are known by now.
  const auto look_at_rules = [&] {
    settings.look(options, run.files);
    if (options.amend) options.amend(options);
    wanted.look(options.rules, registry_of(options));
  };
  // What is read of the project beyond what every run makes.
  const auto needs = [&] {
    return options.needs.value_or(
        options.inspect || options.draws || options.chain_ends ? kNeedsAll : wanted.needs());
  };
  const auto begin = [&options](std::string_view stage, std::string_view of = {}) {
    if (options.workers.progress != nullptr) options.workers.progress->begin(stage, of);
  };

  const auto is_cancelled = [&] { return run.cancelled = options.workers.are_cancelled(); };

  begin("looking for templates", "files");
  SearchResult found =
      run.timings.stage("discover", [&] { return find_templates(files, options.search); });
  if (options.amend) options.amend(options);
  run.folders = found.folders;
  run.looked_at = found.looked_at;
  for (Unread& folder : found.unsearched)
    run.problems.push_back({{run.files.place(folder.path), {}}, std::move(folder.reason)});
  for (Unread& unread : found.unread) {
    const FileId file = run.files.place(unread.path);
    run.problems.push_back({{file, {}}, std::move(unread.reason)});
    if (unread.is_template) run.broken.insert(file);
  }

  if (is_cancelled()) return run;
  begin("reading templates", "files");
  CompiledTemplates templates = run.timings.stage(
      "compile templates", [&] { return compiled_templates(found, options, files, run.files); });
  run.timings.stage("run programs", [&] {
    synthesise_programs(templates, files, run.files, run.unresolved);
    return 0;
  });
  append(run.problems, templates.problems);
  append(run.suppressions, templates.suppressions);
  run.broken.insert(templates.broken.begin(), templates.broken.end());
  for (const TemplateSource& source : templates.sources)
    run.templates += source.fragment || source.stand_in ? 0 : 1;
  note_parameters(templates, run);

  if (is_cancelled()) return run;
  begin("linking templates");
  const auto link = [&] {
    note_reading("the templates together");
    return link_templates(pool, templates.sources, templates.parameters, files);
  };
  Stacks stacks = run.timings.stage("link templates", link);
  if (stacks.functions.empty()) {
    begin("looking for handlers", "files");
    const HandlersOfCode by_form = run.timings.stage("look for handlers", [&] {
      return add_handlers_of_code(options.search, files, run.files, templates);
    });
    run.handlers_of_code = by_form.count;
    if (by_form.cut)
      run.unresolved.push_back(
          {.kind = UnresolvedKind::CodeLimit,
           .reason = "there is more code here than handlers are looked for in"});
    if (run.handlers_of_code > 0) stacks = run.timings.stage("link templates", link);
    tell_by_form(stacks, run);
  }
  append(run.problems, stacks.problems);
  tell_unreadable_archives(stacks, files, run);
  run.functions = stacks.functions.size();
  if (run.functions == 0) {
    std::vector<Unresolved> told = run.unresolved;
    append(told, stacks.unresolved);
    append(run.unresolved, passed_over(templates, found, files, run.files, told));
  }

  // The templates' code forms are not asked for again, nor those of a unit that is joined.
  const bool frees = !options.inspect && !options.draws;
  look_at_rules();
  if (frees) templates = {};
  Join join(pool, std::move(stacks),
            {.cycles = {.possible = options.possible,
                        .chain_ends = options.chain_ends,
                        .threads = options.join_threads,
                        .most_threads = options.workers.most},
             .begins = note_reading,
             .unused_rights = (needs() & kNeedsUnusedRights) != 0,
             .threads = options.join_threads,
             .most_threads = options.workers.most});
  CodeCompiler code(pool, join.stacks(), files, run.files, options.clang, options.workers);
  begin("reading code", "files");
  const std::size_t at_once = frees ? kFunctionsAtOnce : SIZE_MAX;
  if (is_cancelled()) return run;
  while (run.timings.stage("compile code", [&] { return code.add_units(join.code(), at_once); })) {
    if (is_cancelled()) return run;
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
  if (is_cancelled()) return run;
  begin("following events");
  look_at_rules();
  Project project = run.timings.stage("find loops", [&] {
    note_reading("what events lead to");
    return join.finish((needs() & kNeedsCycles) != 0);
  });
  append(run.problems, project.problems);
  append(run.unresolved, project.unresolved);
  count_unread(project, join, code, run);

  if (is_cancelled()) return run;
  begin("measuring packages");
  run.timings.stage("measure packages", [&] {
    note_reading("the packages of functions");
    const Needs asked = needs();
    measure(project, files, asked, run);
    look_at_rules();
    measure(project, files, needs() & ~asked & kNeedsAll, run);
    return 0;
  });
  if (is_cancelled()) return run;
  add_line_suppressions(run);
  const LinkedModel model{run.files, templates, project, options.settings};
  if (options.inspect) options.inspect(model);
  if (options.draws) run.pictures = pictures_of(model);
  begin("checking", "rules");
  run.timings.stage("checks", [&] {
    for (const Settings& each : settings.all())
      run_checks(wanted.checks(), project, options, each, run);
    check_policies(wanted.policies(), project, options, settings.all(), run);
    return 0;
  });
  if (is_cancelled()) return run;
  if (is_in_effect(options, kHandlerSyntax))
    find_unloadable_handlers(project, join.code(), code.problems, run.files, run.findings);
  if (is_in_effect(options, kDuplicateKey))
    find_duplicate_keys(project.stacks, run.problems, run.files, run.findings);
  finish_findings(project, options, run);
  return run;
}

}  // namespace fnlint
