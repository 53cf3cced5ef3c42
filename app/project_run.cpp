#include "app/project_run.h"

#include "app/configuration.h"
#include "app/day.h"
#include "app/disk_file_system.h"
#include "app/folded_findings.h"
#include "app/paths.h"
#include "app/selection.h"
#include "app/syntax_findings.h"
#include "core/encoding.h"
#include "core/limits.h"
#include "core/text.h"
#include "tables/tables.h"

#include <algorithm>
#include <filesystem>
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
                Day today) {
  const SourceFiles& files = project.run.files;
  Findings findings = project.run.findings;
  std::erase_if(findings, [&](const Finding& each) {
    return std::ranges::find(in_effect, each.rule, &Rule::id) == in_effect.end();
  });
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
  fold_copies(files, project.findings);
  fold_findings(project.findings);
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

}  // namespace

Result<ProjectRun> run_project(const Target& target, std::span<const Target> all,
                               const CommandLine& line, const std::string& working_directory,
                               const ClangProgram& clang, const Inspect& inspect) {
  Result<ConfigurationFile> file = configuration_of(target, line, working_directory);
  if (!file) return Error{file.error()};
  const Configuration& configuration = file.value().content;
  std::string error;
  const Selectors selectors{configuration.select, configuration.ignore, checked(line.select, error),
                            checked(line.ignore, error), checked(line.extend_select, error)};
  if (!error.empty()) return Error{error};

  ProjectRun project{.target = target,
                     .configuration_path = file.value().path,
                     .output_format = configuration.output_format,
                     .rules = rules_of(configuration, selectors)};
  const Exclusion exclusion(target, configuration, line, working_directory);
  const Confidence least =
      line.confidence.value_or(configuration.confidence.value_or(Confidence::Likely));
  std::vector<const Rule*> in_effect;
  for (const ReportedRule& rule : project.rules) in_effect.push_back(rule.rule);

  PipelineOptions options{
      .config_env = line.config_env.value_or("default"),
      .config_env_named = line.config_env.has_value(),
      .settings = configuration.settings,
      .rules = in_effect,
      .clang = {.program = clang, .root = target.root, .database = configuration.compile_commands},
      .inspect = inspect,
      .chain_ends = !line.function.empty() || !line.finding.empty()};
  options.search = {target.folders, target.files,
                    [&exclusion](std::string_view path, bool is_folder) {
                      return exclusion.matches(path, is_folder);
                    }};
  for (const auto& [name, value] : configuration.parameters) options.parameters[name] = value;
  for (const auto& [name, value] : line.parameters) options.parameters[name] = value;
  options.settings.today = line.today.value_or(today());
  options.settings.possible = least == Confidence::Possible;

  const DiskFileSystem disk(target.root, named_folders(all));
  options.search.why_unlisted = [&disk](std::string_view path) { return disk.why_unlisted(path); };
  project.run = run_pipeline(options, disk);
  std::erase_if(project.run.problems, [&](const LocatedProblem& problem) {
    return problem.where.file.exists() &&
           exclusion.covers(project.run.files.path(problem.where.file));
  });
  keep_shown(project, Sieve(project, configuration, selectors, exclusion, least), in_effect,
             options.settings.today);
  drop_problems_told_by_findings(project);
  const Severity limit = line.fail_on.value_or(configuration.fail_on.value_or(Severity::Warning));
  const bool fails_on_unread = line.fail_on_unread || configuration.fail_on_unread;
  project.fails =
      std::ranges::any_of(project.findings,
                          [limit](const ReportedFinding& each) { return each.level >= limit; }) ||
      std::ranges::any_of(project.run.problems,
                          [&](const LocatedProblem& problem) {
                            return project.run.broken.contains(problem.where.file);
                          }) ||
      (fails_on_unread && project.run.unread + project.run.partly > 0);
  return project;
}

}  // namespace fnlint
