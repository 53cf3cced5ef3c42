// Runs the pipeline under a target's configuration, by the cache where it can, on today's files and
// on those that are compared with them, and decides on failure.

#include "app/run/linter.h"

#include "app/configuration/configurations.h"
#include "app/configuration/exclusion.h"
#include "app/files/day.h"
#include "app/files/disk_file_system.h"
#include "app/files/paths.h"
#include "app/run/folded_findings.h"
#include "app/run/narrowing.h"
#include "app/run/run_cache.h"
#include "app/run/shown_findings.h"
#include "core/text.h"
#include "report/rows.h"
#include "tables/tables.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

namespace fnlint {

namespace {

std::vector<std::string> named_folders(std::span<const Target> targets) {
  std::vector<std::string> folders;
  for (const Target& target : targets) {
    for (const std::string& folder : target.folders)
      folders.push_back(join_path(target.root, folder));
    for (const std::string& file : target.files)
      folders.push_back(join_path(target.root, folder_of(file)));
  }
  return folders;
}

// What is made of other files than the disk's is not kept, nor what is measured, or made again and
// again.
bool asks_for_cache(const Target& target, const CommandLine& line, const Console& console) {
  return line.command == Command::Check && !console.build.empty() && !line.no_cache &&
         !line.staged && !line.watch && !line.add_suppressions && !line.fix && !line.timing &&
         line.log_file.empty() && target.overlays.empty();
}

// By the rules of XDG: a relative path does not count.
std::string user_caches(const std::function<std::string(std::string_view)>& variable) {
  if (std::string caches = variable("XDG_CACHE_HOME"); caches.starts_with('/')) return caches;
  const std::string home = variable("HOME");
  return home.starts_with('/') ? join_path(home, ".cache") : std::string();
}

// The user's own lies outside of what is linted, whose authors could write it: they are not to say
// what is found.
Result<std::string> cache_folder_of(std::span<const Target> targets, const CommandLine& line,
                                    const Console& console) {
  if (!line.cache_dir.empty()) return join_path(console.working_directory, line.cache_dir);
  std::string folder = console.variable ? user_caches(console.variable) : std::string();
  if (folder.empty()) return Error{"neither XDG_CACHE_HOME nor HOME names a folder"};
  folder = join_path(folder, "fnlint");
  std::error_code none;
  const std::string there = std::filesystem::weakly_canonical(folder, none).string();
  for (const Target& target : targets)
    if (is_below(folder, target.root) || is_below(there, target.root))
      return Error{cat(folder, " lies in what is linted")};
  return folder;
}

// What decides a run besides what it asks for: the program, and where the root is.
std::string about(const Target& target, std::span<const Target> all, const Console& console) {
  std::string text = cat(console.version, ' ', console.build, '\n', target.root, '\n');
  for (const std::string& folder : named_folders(all)) text += cat(folder, '\n');
  return text;
}

// One target's runs: on the files of today, and on those that they are compared with.
class Linter {
 public:
  Linter(const Target& target, std::span<const Target> all, const CommandLine& line,
         const Console& console)
      : target_(target),
        line_(line),
        console_(console),
        disk_(target.root, named_folders(all)),
        configurations_(target, line, console.working_directory),
        exclusion_(target, configurations_, line, console.working_directory),
        today_(line.today.value_or(today())) {
    if (line.force_exclude) target_ = without_excluded(target, exclusion_, !line.no_ignore);
    if (line.paths.empty())  // the current folder, which nobody has named
      is_left_out_ = std::erase_if(target_.folders, [this](const std::string& folder) {
                       return exclusion_.covers_folder(folder);
                     }) > 0;
  }

  // Makes the run of a disk, or takes it from somewhere; nothing: it is not there.
  using Make = std::function<std::optional<Run>(PipelineOptions options, const FileSystem& disk)>;
  // Nothing where `make` gives nothing: then all that this has in mind is of no use.
  std::optional<Result<ProjectRun>> run(const Inspect& inspect, const Make& make);

 private:
  std::optional<ProjectRun> run_on(const FileSystem& files, const Inspect& inspect,
                                   const Make& make);
  PipelineOptions options(const Inspect& inspect);
  void amend(PipelineOptions& options);
  void note_all(ProjectRun& project);
  [[nodiscard]] Known known() const;
  std::string baseline_of(std::string_view file);
  Baseline baseline_at(const std::string& path, std::string base);
  std::map<std::string, Baseline> baselines();
  std::string leave_out_baselines(ProjectRun& project);
  const InEffect& configuration_of(const ProjectRun& project, FileId file);
  bool fails(const ProjectRun& project);
  [[nodiscard]] bool draws() const;

  Target target_;
  bool is_left_out_ = false;
  const CommandLine& line_;
  const Console& console_;
  const DiskFileSystem disk_;
  Configurations configurations_;
  Exclusion exclusion_;
  Day today_;
  std::vector<ReportedRule> rules_ = {};                            // in effect somewhere, by id
  std::vector<const Rule*> in_effect_ = {};                         // the same
  std::map<std::string, std::vector<KnownFinding>> known_in_ = {};  // by baseline, as it was read
};

PipelineOptions Linter::options(const Inspect& inspect) {
  const InEffect& root = configurations_.root();
  PipelineOptions options{
      .config_env = line_.config_env.value_or("default"),
      .config_env_named = line_.config_env.has_value(),
      .settings = root.settings(today_),
      .possible = root.least == Confidence::Possible,
      .clang = {.program = console_.clang, .root = target_.root},
      .workers = {.most = line_.threads, .progress = console_.progress, .cancel = console_.cancel},
      .inspect = inspect,
      .draws = draws(),
      .chain_ends = !line_.function.empty() || !line_.finding.empty()};
  options.clang.database = [this](std::string_view source) {
    const std::string& named = configurations_.of(source).content.compile_commands;
    const std::string path = named.empty() ? named : relative_path(named, target_.root);
    return path.empty() && !named.empty() ? std::string(".") : path;
  };
  options.search = {target_.folders, target_.files,
                    [this](std::string_view path, bool is_folder) {
                      return exclusion_.matches(path, is_folder) ||
                             !configurations_.error().empty();
                    },
                    !line_.no_ignore};
  options.search.workers = options.workers;
  options.search.why_unlisted = [this](std::string_view path) { return disk_.why_unlisted(path); };
  options.settings_of = [this](std::string_view path) {
    return configurations_.of(path).settings(today_);
  };
  for (const auto& [name, value] : line_.parameters) options.parameters[name] = value;
  options.amend = [this](PipelineOptions& amended) { amend(amended); };
  options.registry = configurations_.registry();
  options.parameters_of = [this](std::string_view path) {
    const auto& rows = configurations_.of(path).content.parameters;
    return std::map<std::string, std::string>(rows.begin(), rows.end());
  };
  return options;
}

// What is in effect somewhere: more is known of that when the files are.
void Linter::amend(PipelineOptions& options) {
  rules_.clear();
  in_effect_.clear();
  options.possible = false;
  for (const InEffect& each : configurations_.all()) {
    options.possible |= each.least == Confidence::Possible;
    for (const ReportedRule& row : each.rules) {
      const auto at = std::ranges::lower_bound(rules_, row.rule->id, {},
                                               [](const auto& other) { return other.rule->id; });
      if (at == rules_.end() || at->rule != row.rule) rules_.insert(at, row);
    }
  }
  for (const ReportedRule& row : rules_) in_effect_.push_back(row.rule);
  options.rules = in_effect_;
}

std::optional<ProjectRun> Linter::run_on(const FileSystem& files, const Inspect& inspect,
                                         const Make& make) {
  PipelineOptions options = this->options(inspect);
  amend(options);
  std::optional<Run> run = make(std::move(options), files);
  if (!run) return std::nullopt;
  if (run->cancelled) return ProjectRun{.target = target_, .run = std::move(*run)};
  ProjectRun project{
      .target = target_, .registry = configurations_.registry(), .run = std::move(*run)};
  project.rules = rules_;
  project.is_left_out = is_left_out_;
  project.output_format = configurations_.root().content.output_format;
  for (const InEffect& each : configurations_.all()) {
    if (!each.path.empty()) project.configuration_paths.push_back(each.path);
    for (const auto& [key, at] : each.content.said)  // also by what it extends
      if (std::ranges::find(project.configuration_paths, at.file) ==
          project.configuration_paths.end())
        project.configuration_paths.push_back(at.file);
  }
  std::vector<IdleKey> all_idle = idle_keys(configurations_);
  if (!project.run.takes_any_parameter && line_.exclude.empty())
    std::ranges::move(idle_parameters(configurations_, target_, project.run.parameters),
                      std::back_inserter(all_idle));
  for (IdleKey& idle : all_idle) {
    const FileId file = project.run.files.add(idle.path, std::move(idle.text));
    project.run.problems.push_back({{file, idle.where}, std::move(idle.message)});
  }
  std::erase_if(project.run.problems, [&](const LocatedProblem& problem) {
    return problem.where.file.exists() &&
           exclusion_.covers(project.run.files.path(problem.where.file));
  });
  Sieve sieve(project.run.files, line_, console_.working_directory, target_.root, configurations_,
              exclusion_);
  keep_shown(project, sieve, today_);
  return project;
}

const InEffect& Linter::configuration_of(const ProjectRun& project, FileId file) {
  return file.exists() ? configurations_.of(project.run.files.path(file)) : configurations_.root();
}

// Each file by its own configuration.
bool Linter::fails(const ProjectRun& project) {
  const auto level_fails = [&](const ReportedFinding& each) {
    // How many warnings fail a run is asked of all its projects together.
    if (line_.max_warnings && each.level == Severity::Warning) return false;
    const InEffect& configuration = configuration_of(project, each.finding.where.file);
    return each.level >=
           line_.fail_on.value_or(configuration.content.fail_on.value_or(Severity::Warning));
  };
  const auto file_fails = [&](const LocatedProblem& problem) {
    return project.run.broken.contains(problem.where.file) &&
           !project.known_problems.contains(problem.where.file);
  };
  const auto unread_fails = [&](FileId file) {
    return line_.fail_on_unread || configuration_of(project, file).content.fail_on_unread;
  };
  return std::ranges::any_of(project.findings, level_fails) ||
         std::ranges::any_of(project.run.problems, file_fails) ||
         std::ranges::any_of(project.run.unread_in, unread_fails);
}

// Whether one of the formats that are asked for shows pictures.
bool Linter::draws() const {
  const Format* const other = configurations_.root().content.output_format;
  const auto does = [other](const Format* format) {
    if (format == nullptr) format = other;
    return format != nullptr && format->draws;
  };
  if (line_.command != Command::Check) return false;
  return line_.outputs.empty() ? does(nullptr)
                               : std::ranges::any_of(line_.outputs, does, &Output::format);
}

// What findings are compared with.
Known Linter::known() const {
  Known known;
  if (line_.command != Command::Check) return known;
  known.revision = !line_.diff_base.empty()        ? line_.diff_base
                   : line_.changed || line_.staged ? std::string("HEAD")
                                                   : std::string();
  known.is_branch = !line_.diff_base.empty();
  known.staged = line_.staged;
  return known;
}

// Of a file; empty: it has none. Where the command line names one, that is everybody's.
std::string Linter::baseline_of(std::string_view file) {
  return line_.baseline.empty() ? configurations_.of(file).content.baseline
                                : join_path(console_.working_directory, line_.baseline);
}

// `base` is what its paths are relative to.
Baseline Linter::baseline_at(const std::string& path, std::string base) {
  Baseline baseline{.path = path, .base = std::move(base)};
  baseline.shown = relative_path(path, console_.working_directory);
  baseline.is_ordinary = line_.exclude.empty() && line_.parameters.empty() &&
                         line_.per_path_ignores.empty() && !line_.config_env && !line_.today &&
                         line_.config.empty() && !line_.isolated && !line_.staged &&
                         !line_.no_ignore && target_.overlays.empty();
  baseline.judges = [this, path](std::string_view file) { return baseline_of(file) == path; };
  baseline.wants = [this](std::string_view file, const KnownFinding& one) {
    const InEffect& configuration = configurations_.of(file);
    return one.confidence >= configuration.least &&
           (one.rule == kProblem || configuration.rule(one.rule) != nullptr);
  };
  return baseline;
}

// Several configurations may extend the one that names it.
std::map<std::string, Baseline> Linter::baselines() {
  std::map<std::string, Baseline> baselines;
  if (!line_.baseline.empty()) {
    const std::string path = join_path(console_.working_directory, line_.baseline);
    baselines.emplace(path, baseline_at(path, target_.root));
    return baselines;
  }
  for (const InEffect& each : configurations_.all()) {
    const std::string& path = each.content.baseline;
    if (path.empty()) continue;
    const std::string& file = each.content.said.find("baseline")->second.file;
    baselines.emplace(path, baseline_at(path, line_.config.empty() ? std::string(folder_of(file))
                                                                   : target_.root));
  }
  return baselines;
}

// Returns what is wrong with one of them.
std::string Linter::leave_out_baselines(ProjectRun& project) {
  for (const auto& [path, baseline] : baselines()) {
    if (!known_in_.contains(path)) {
      Result<std::vector<KnownFinding>> known = known_by(baseline);
      if (!known) return known.error();
      known_in_.emplace(path, std::move(known.value()));
    }
    leave_out_known(baseline, known_in_.at(path), project);
  }
  return {};
}

// All that is shown and belongs to no other baseline than the one that is written: the root's.
void Linter::note_all(ProjectRun& project) {
  const std::string own = configurations_.root().content.baseline;
  Baseline baseline = baseline_at(own, target_.root);
  baseline.judges = [this, own](std::string_view file) {
    const std::string path = baseline_of(file);
    return path.empty() || path == own;
  };
  project.all = all_of(project, baseline);
  for (const auto& [path, other] : baselines())
    if (path != own) project.others.push_back(path);
}

std::optional<Result<ProjectRun>> Linter::run(const Inspect& inspect, const Make& make) {
  if (!configurations_.error().empty()) return Error{configurations_.error()};
  const Known known = this->known();
  Result<Past> past = past_of(known, target_.root, disk_, console_.variable);
  if (!past) return Error{past.error()};
  const FileSystem& now =
      past.value().staged ? *past.value().staged : static_cast<const FileSystem&>(disk_);
  std::optional<ProjectRun> made = run_on(now, inspect, make);
  if (!made) return std::nullopt;
  if (!configurations_.error().empty()) return Error{configurations_.error()};
  ProjectRun project = std::move(*made);
  if (project.run.cancelled) return project;
  if (line_.command == Command::Baseline) note_all(project);
  if (line_.command == Command::Check)
    if (const std::string error = leave_out_baselines(project); !error.empty()) return Error{error};
  if (past.value().base) {
    ProjectRun earlier =
        *run_on(*past.value().base, {}, [](PipelineOptions options, const FileSystem& files) {
          options.draws = false;
          return run_pipeline(std::move(options), files);
        });
    project.run.cancelled = earlier.run.cancelled;
    if (project.run.cancelled) return project;
    // What a baseline has is known on both sides.
    if (const std::string error = leave_out_baselines(earlier); !error.empty()) return Error{error};
    leave_out(earlier, project);
  }
  if (!line_.add_suppressions && !line_.fix) {  // which need each at its own place
    fold_copies(project.run.files, project.findings);
    fold_findings(project.run.files, project.findings);
  }
  if (!target_.told.empty()) keep_named(project);
  project.fails = fails(project);
  return project;
}

}  // namespace

Result<ProjectRun> run_project(const Target& target, std::span<const Target> all,
                               const CommandLine& line, const Console& console,
                               const Inspect& inspect, Workspace* workspace) {
  Workspace own(target.overlays);
  Workspace& used = workspace == nullptr ? own : *workspace;
  const auto run_by = [&](const Linter::Make& make) {
    return Linter(target, all, line, console).run(inspect, make);
  };
  const Linter::Make make = [&used](PipelineOptions options, const FileSystem& disk) {
    return used.make(std::move(options), disk);
  };
  if (inspect || !asks_for_cache(target, line, console)) return *run_by(make);
  const Result<std::string> folder = cache_folder_of(all, line, console);
  if (!folder) {
    Result<ProjectRun> run = *run_by(make);
    if (run) run.value().cache = cat("off: ", folder.error());
    return run;
  }
  RunCache cache(folder.value(), about(target, all, console));
  auto run = run_by([&](const PipelineOptions& options, const FileSystem& disk) {
    return cache.find(options, used, disk);
  });
  if (!run)
    run = run_by([&](const PipelineOptions& options, const FileSystem& disk) {
      return cache.make(options, used, disk);
    });
  if (*run) run->value().cache = cache.words();
  return std::move(*run);
}

}  // namespace fnlint
