#include "app/project_run.h"

#include "app/configuration.h"
#include "app/day.h"
#include "app/disk_file_system.h"
#include "app/folded_findings.h"
#include "app/narrowing.h"
#include "app/other_suppressions.h"
#include "app/paths.h"
#include "app/pictures.h"
#include "app/selection.h"
#include "app/syntax_findings.h"
#include "core/encoding.h"
#include "core/limits.h"
#include "core/text.h"
#include "tables/tables.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <system_error>
#include <utility>

namespace fnlint {

namespace {

struct ConfigurationFile {
  std::string path = {};
  Configuration content = {};
};

// Whether the folder has an entry of that name, wherever that leads.
bool has_entry(const std::string& folder, std::string_view name) {
  std::error_code none;
  return std::filesystem::symlink_status(join_path(folder, name), none).type() !=
         std::filesystem::file_type::not_found;
}

// The root's own configuration; empty: it has none. Two of them are one too many.
Result<std::string> own_configuration(const Target& target) {
  std::string path;
  for (const std::string_view name : kConfigurationFiles) {
    if (!has_entry(target.root, name)) continue;
    if (!path.empty())
      return Error{cat(path, ": there is ", name, " beside it: only one of them can count")};
    path = join_path(target.root, name);
  }
  return path;
}

// The file that is named, else the root's own. A root is where the nearest one is.
Result<ConfigurationFile> configuration_of(const Target& target, const CommandLine& line,
                                           const std::string& working_directory) {
  // `init` is still to write it.
  if (line.isolated || line.command == Command::Init) return ConfigurationFile{};
  const Result<std::string> own = own_configuration(target);
  if (line.config.empty() && !own) return Error{own.error()};
  const std::string path =
      line.config.empty() ? own.value() : join_path(working_directory, line.config);
  if (path.empty()) return ConfigurationFile{};
  const DiskFileSystem disk{std::string(folder_of(path))};
  const std::string name(file_name_of(path));
  const std::string shown = relative_path(path, working_directory);
  // What is there and does not count would be worse than an error: its user relies on it.
  if (disk.kind(name) == EntryKind::Missing && has_entry(std::string(folder_of(path)), name))
    return Error{cat(shown, " cannot be read: it is no file, or a link that leads out of its folder "
                            "or nowhere")};
  Result<std::string> text = disk.read(name, kTemplateBytes);
  if (!text) return Error{cat(shown, ' ', text.error())};
  Result<Configuration> content = read_configuration(as_utf8(std::move(text.value())), rules());
  if (!content) return Error{cat(shown, ':', content.error())};
  return ConfigurationFile{path, std::move(content.value())};
}

std::vector<std::string> checked(const std::vector<std::string>& selectors, std::string& error) {
  for (const std::string& selector : selectors)
    if (error.empty()) error = selector_error(selector, rules());
  return selectors;
}

std::vector<ReportedRule> rules_of(const Configuration& configuration, const Selectors& selectors) {
  std::vector<ReportedRule> selected;
  for (const Rule& rule : rules()) {
    if (!is_selected(rule, selectors) && !are_notes_selected(rule, selectors)) continue;
    ReportedRule row{&rule, rule.severity};
    Narrowness narrowest = Narrowness::None;
    for (const auto& [selector, severity] : configuration.severity) {
      const Narrowness named = names_rule(selector, rule);
      if (named == Narrowness::None || named < narrowest) continue;
      narrowest = named;
      row.severity = severity;
      row.configured = true;
    }
    selected.push_back(row);
  }
  return selected;
}

// What the user leaves out: by the configuration, relative to the root, and by the command line,
// relative to the working directory.
class Exclusion {
 public:
  Exclusion(const Target& target, const Configuration& configuration, const CommandLine& line,
            const std::string& working_directory)
      : globs_(configuration.exclude), root_(target.root), working_directory_(working_directory) {
    for (std::string_view glob : line.exclude) {
      const std::string above = cat(working_directory, '/');
      if (glob.starts_with(above)) glob.remove_prefix(working_directory.size());
      here_.emplace_back(glob);
    }
  }
  [[nodiscard]] bool matches(std::string_view path, bool is_folder) const {
    if (path.empty()) return false;
    return any(globs_, [&](const Glob& glob) { return glob.matches(path, is_folder); }) ||
           any(here_, [&](const Glob& glob) { return glob.matches(from_here(path), is_folder); });
  }
  [[nodiscard]] bool covers(std::string_view file) const {
    return any(globs_, [&](const Glob& glob) { return glob.covers(file); }) ||
           any(here_, [&](const Glob& glob) { return glob.covers(from_here(file)); });
  }

 private:
  template <class Test>
  static bool any(const std::vector<Glob>& globs, const Test& test) {
    return std::ranges::any_of(globs, test);
  }
  [[nodiscard]] std::string from_here(std::string_view path) const {
    return relative_path(join_path(root_, path), working_directory_);
  }

  std::vector<Glob> globs_;
  std::vector<Glob> here_ = {};
  std::string root_, working_directory_;
};

bool is_ignored_there(const Configuration& configuration, const Rule& rule, std::string_view path) {
  for (const PathIgnore& row : configuration.per_path_ignores) {
    const bool named = std::ranges::any_of(row.selectors, [&rule](const std::string& selector) {
      return names_rule(selector, rule) != Narrowness::None;
    });
    if (named && row.glob.covers(path)) return true;
  }
  return false;
}

// Of all findings those that are shown, with their levels.
class Sieve {
 public:
  Sieve(const ProjectRun& project, const Configuration& configuration, const Selectors& selectors,
        const Exclusion& exclusion, Confidence least)
      : project_(project),
        configuration_(configuration),
        selectors_(selectors),
        exclusion_(exclusion),
        least_(least) {}
  // The level with which it is shown; nothing: it is not.
  [[nodiscard]] std::optional<Severity> level(const Finding& finding) const;

 private:
  const ProjectRun& project_;
  const Configuration& configuration_;
  const Selectors& selectors_;
  const Exclusion& exclusion_;
  Confidence least_;
};

std::optional<Severity> Sieve::level(const Finding& finding) const {
  const auto rule = std::ranges::find(project_.rules, finding.rule,
                                      [](const ReportedRule& each) { return each.rule->id; });
  if (rule == project_.rules.end() || finding.confidence < least_) return {};
  const bool is_note = finding.severity == Severity::Note;
  if (!(is_note ? are_notes_selected : is_selected)(*rule->rule, selectors_)) return {};
  if (finding.where.file.exists()) {
    const std::string& path = project_.run.files.path(finding.where.file);
    if (exclusion_.covers(path) || is_ignored_there(configuration_, *rule->rule, path)) return {};
  }
  return level_of(finding, *rule);
}

// Gives the project what is shown of its run, and what would be but for a suppression.
void keep_shown(ProjectRun& project, const Sieve& sieve, std::span<const Rule* const> in_effect,
                bool other_suppressions, Day today) {
  const SourceFiles& files = project.run.files;
  Findings findings = project.run.findings;
  std::erase_if(findings, [&](const Finding& each) {
    return std::ranges::find(in_effect, each.rule, &Rule::id) == in_effect.end();
  });
  if (other_suppressions)
    std::ranges::move(other_suppressions_of(findings, files, rules(), today),
                      std::back_inserter(project.run.suppressions));
  std::vector<SilencedFinding> silenced = apply_suppressions(
      findings, project.run.suppressions, in_effect, rules(),
      [&files](FileId file) { return std::string_view(files.text(file)); }, today);
  for (Finding& finding : findings)
    if (const auto level = sieve.level(finding))
      project.findings.push_back({.finding = std::move(finding), .level = *level});
  for (auto& [finding, by] : silenced) {
    const Suppression& suppression = project.run.suppressions[by];
    if (const auto level = sieve.level(finding))
      project.suppressed.push_back({.finding = {.finding = std::move(finding), .level = *level},
                                    .where = {suppression.file, suppression.comment.where},
                                    .reason = suppression.comment.reason});
  }
}

// Before findings are told together, each has its name.
void name_findings(ProjectRun& project) {
  Report report;
  const SourceFiles& files = project.run.files;
  for (std::uint32_t i = 0; i < files.size(); ++i)
    report.files.push_back({.path = files.path(FileId{i}), .text = files.text(FileId{i})});
  report.findings = std::move(project.findings);
  report.suppressed = std::move(project.suppressed);
  arrange(report);
  project.findings = std::move(report.findings);
  project.suppressed = std::move(report.suppressed);
}

// A syntax error is told once: as the finding, where there is one.
void drop_problems_told_by_findings(ProjectRun& project) {
  std::set<Span> told;
  for (const ReportedFinding& each : project.findings)
    if (each.finding.rule == kHandlerSyntax) told.insert(each.finding.where);
  std::erase_if(project.run.problems,
                [&](const LocatedProblem& problem) { return told.contains(problem.where); });
}

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

// One target's runs: on the files of today, and on those that they are compared with.
class Linter {
 public:
  Linter(const Target& target, std::span<const Target> all, const CommandLine& line,
         const Console& console)
      : target_(target), line_(line), console_(console), disk_(target.root, named_folders(all)) {}

  Result<ProjectRun> run(const Inspect& inspect);

 private:
  std::string configure();
  ProjectRun run_on(const FileSystem& files, const Inspect& inspect) const;
  [[nodiscard]] Known known() const;
  [[nodiscard]] bool fails(const ProjectRun& project) const;
  [[nodiscard]] bool draws() const;

  const Target& target_;
  const CommandLine& line_;
  const Console& console_;
  const DiskFileSystem disk_;
  ConfigurationFile file_ = {};
  Selectors selectors_ = {};
  Confidence least_ = Confidence::Likely;
};

// Returns what is wrong with it.
std::string Linter::configure() {
  Result<ConfigurationFile> file = configuration_of(target_, line_, console_.working_directory);
  if (!file) return file.error();
  file_ = std::move(file.value());
  const Configuration& configuration = file_.content;
  std::string error;
  selectors_ = {configuration.select, configuration.ignore, checked(line_.select, error),
                checked(line_.ignore, error), checked(line_.extend_select, error)};
  least_ = line_.confidence.value_or(configuration.confidence.value_or(Confidence::Likely));
  return error;
}

ProjectRun Linter::run_on(const FileSystem& files, const Inspect& inspect) const {
  const Configuration& configuration = file_.content;
  ProjectRun project{.target = target_,
                     .configuration_path = file_.path,
                     .output_format = configuration.output_format,
                     .rules = rules_of(configuration, selectors_)};
  const Exclusion exclusion(target_, configuration, line_, console_.working_directory);
  std::vector<const Rule*> in_effect;
  for (const ReportedRule& rule : project.rules) in_effect.push_back(rule.rule);

  PipelineOptions options{.config_env = line_.config_env.value_or("default"),
                          .config_env_named = line_.config_env.has_value(),
                          .settings = configuration.settings,
                          .rules = in_effect,
                          .clang = {.program = console_.clang,
                                    .root = target_.root,
                                    .database = configuration.compile_commands},
                          .inspect = inspect,
                          .chain_ends = !line_.function.empty() || !line_.finding.empty()};
  options.search = {target_.folders, target_.files,
                    [&exclusion](std::string_view path, bool is_folder) {
                      return exclusion.matches(path, is_folder);
                    }};
  for (const auto& [name, value] : configuration.parameters) options.parameters[name] = value;
  for (const auto& [name, value] : line_.parameters) options.parameters[name] = value;
  options.settings.today = line_.today.value_or(today());
  options.settings.possible = least_ == Confidence::Possible;
  options.search.why_unlisted = [this](std::string_view path) { return disk_.why_unlisted(path); };

  project.run = run_pipeline(options, files);
  std::erase_if(project.run.problems, [&](const LocatedProblem& problem) {
    return problem.where.file.exists() &&
           exclusion.covers(project.run.files.path(problem.where.file));
  });
  keep_shown(project, Sieve(project, configuration, selectors_, exclusion, least_), in_effect,
             configuration.other_suppressions, options.settings.today);
  drop_problems_told_by_findings(project);
  name_findings(project);
  return project;
}

bool Linter::fails(const ProjectRun& project) const {
  const Configuration& configuration = file_.content;
  const Severity limit = line_.fail_on.value_or(configuration.fail_on.value_or(Severity::Warning));
  const bool on_unread = line_.fail_on_unread || configuration.fail_on_unread;
  return std::ranges::any_of(
             project.findings,
             [limit](const ReportedFinding& each) { return each.level >= limit; }) ||
         std::ranges::any_of(
             project.run.problems,
             [&](const LocatedProblem& problem) {
               return project.run.broken.contains(problem.where.file) &&
                      !project.known_problems.contains(known_problem(project, problem).fingerprint);
             }) ||
         (on_unread && project.run.unread + project.run.partly > 0);
}

// Whether one of the formats that are asked for shows pictures.
bool Linter::draws() const {
  const Format* const other = file_.content.output_format;
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
  Known known{.least = least_};
  if (line_.command != Command::Check) return known;
  if (!line_.baseline.empty())
    known.baseline = join_path(console_.working_directory, line_.baseline);
  else if (!file_.content.baseline.empty())
    known.baseline = join_path(target_.root, file_.content.baseline);
  known.shown = relative_path(known.baseline, console_.working_directory);
  known.revision = !line_.diff_base.empty()        ? line_.diff_base
                   : line_.changed || line_.staged ? std::string("HEAD")
                                                   : std::string();
  known.is_branch = !line_.diff_base.empty();
  known.staged = line_.staged;
  known.is_ordinary = line_.exclude.empty() && line_.parameters.empty() && !line_.config_env &&
                      !line_.today && line_.config.empty() && !line_.isolated && !line_.staged;
  return known;
}

Result<ProjectRun> Linter::run(const Inspect& inspect) {
  if (const std::string error = configure(); !error.empty()) return Error{error};
  const Known known = this->known();
  Result<Past> past = past_of(known, target_.root, disk_, console_.variable);
  if (!past) return Error{past.error()};
  const FileSystem& now =
      past.value().staged ? static_cast<const FileSystem&>(*past.value().staged) : disk_;
  Pictures pictures;
  const Inspect draw = [&pictures](const LinkedModel& model) { pictures = pictures_of(model); };
  ProjectRun project = run_on(now, draws() ? draw : inspect);
  project.pictures = std::move(pictures);
  if (line_.command == Command::Baseline) project.all = all_of(project);
  if (!known.baseline.empty())
    if (const std::string error = leave_out_baseline(known, project); !error.empty())
      return Error{error};
  if (past.value().base) leave_out(all_of(run_on(*past.value().base, {})), project);
  fold_copies(project.run.files, project.findings);
  fold_findings(project.findings);
  if (!target_.told.empty()) keep_named(project);
  project.fails = fails(project);
  return project;
}

}  // namespace

Result<ProjectRun> run_project(const Target& target, std::span<const Target> all,
                               const CommandLine& line, const Console& console,
                               const Inspect& inspect) {
  return Linter(target, all, line, console).run(inspect);
}

}  // namespace fnlint
