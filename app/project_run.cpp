#include "app/project_run.h"

#include "app/configuration.h"
#include "app/day.h"
#include "app/disk_file_system.h"
#include "app/exclusion.h"
#include "app/folded_findings.h"
#include "app/narrowing.h"
#include "app/paths.h"
#include "app/pictures.h"
#include "app/selection.h"
#include "app/shown_findings.h"
#include "core/encoding.h"
#include "core/limits.h"
#include "core/text.h"
#include "tables/tables.h"

#include <algorithm>
#include <filesystem>
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
                          .workers = {.most = line_.threads, .progress = console_.progress},
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
  options.search.workers = options.workers;
  options.search.why_unlisted = [this](std::string_view path) { return disk_.why_unlisted(path); };

  project.run = run_pipeline(options, files);
  std::erase_if(project.run.problems, [&](const LocatedProblem& problem) {
    return problem.where.file.exists() &&
           exclusion.covers(project.run.files.path(problem.where.file));
  });
  keep_shown(project, Sieve(project, configuration, selectors_, exclusion, least_), in_effect,
             configuration.other_suppressions, options.settings.today);
  return project;
}

bool Linter::fails(const ProjectRun& project) const {
  const Configuration& configuration = file_.content;
  const Severity limit = line_.fail_on.value_or(configuration.fail_on.value_or(Severity::Warning));
  const bool on_unread = line_.fail_on_unread || configuration.fail_on_unread;
  // How many warnings fail a run is asked of all its projects together.
  const auto does = [&](const ReportedFinding& each) {
    return each.level >= limit && !(line_.max_warnings && each.level == Severity::Warning);
  };
  return std::ranges::any_of(project.findings, does) ||
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
                      !line_.today && line_.config.empty() && !line_.isolated && !line_.staged &&
                      target_.overlays.empty();
  return known;
}

Result<ProjectRun> Linter::run(const Inspect& inspect) {
  if (const std::string error = configure(); !error.empty()) return Error{error};
  const Known known = this->known();
  Result<Past> past = past_of(known, target_.root, disk_, console_.variable);
  if (!past) return Error{past.error()};
  const OverlayFiles overlaid(disk_, target_.overlays);
  const FileSystem& now = past.value().staged        ? *past.value().staged
                          : target_.overlays.empty() ? static_cast<const FileSystem&>(disk_)
                                                     : overlaid;
  Pictures pictures;
  const Inspect draw = [&pictures](const LinkedModel& model) { pictures = pictures_of(model); };
  ProjectRun project = run_on(now, draws() ? draw : inspect);
  project.pictures = std::move(pictures);
  if (line_.command == Command::Baseline) project.all = all_of(project);
  if (!known.baseline.empty())
    if (const std::string error = leave_out_baseline(known, project); !error.empty())
      return Error{error};
  if (past.value().base) leave_out(all_of(run_on(*past.value().base, {})), project);
  if (!line_.add_suppressions) {  // which needs each at its own place
    fold_copies(project.run.files, project.findings);
    fold_findings(project.findings);
  }
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
