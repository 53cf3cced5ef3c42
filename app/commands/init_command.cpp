// Surveys a project with one run, reads the other tool's configuration, and writes the file unless
// one is there.

#include "app/commands/init_command.h"

#include "app/commands/starting_configuration.h"
#include "app/configuration/configuration.h"
#include "app/files/disk_file_system.h"
#include "app/files/exit_code.h"
#include "app/files/output_file.h"
#include "app/files/paths.h"
#include "app/pictures/model_json.h"
#include "app/run/linter.h"
#include "app/run/project_run.h"
#include "core/lines.h"
#include "core/text.h"
#include "link/resolve/languages.h"
#include "report/words.h"
#include "tables/tables.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <ostream>
#include <system_error>

namespace fnlint {

namespace {

struct KindName {
  TemplateDialect dialect{};
  std::string_view name = {};
};
constexpr std::array kKindNames{
    KindName{TemplateDialect::CloudFormation, "CloudFormation"},
    KindName{TemplateDialect::Sam, "SAM"},
    KindName{TemplateDialect::CdkProgram, "CDK"},
    KindName{TemplateDialect::ServerlessFramework, "Serverless Framework"},
    KindName{TemplateDialect::Terraform, "Terraform"},
    KindName{TemplateDialect::TerraformPlan, "Terraform plan"},
    KindName{TemplateDialect::LambdaApi, "Lambda API"},
    KindName{TemplateDialect::Chalice, "Chalice"},
};

// What builds make, by the names of their folders. cdk.out is led back to its program.
constexpr std::array<std::string_view, 6> kMadeFolders{"build",  "dist",      "out",
                                                       "target", "generated", "packaged"};
constexpr std::array<std::string_view, 3> kInstalled{"node_modules", "site-packages", "vendor"};

// Up to the first folder of such a name; empty: the file lies in none.
std::string folder_named(std::string_view path, std::span<const std::string_view> names) {
  std::size_t from = 0;
  for (std::size_t end = path.find('/'); end != path.npos; end = path.find('/', from)) {
    if (is_one_of(names, path.substr(from, end - from))) return std::string(path.substr(0, end));
    from = end + 1;
  }
  return {};
}

void see_templates(const LinkedModel& model, SeenProject& seen) {
  bool outside = false;
  std::map<std::string, std::size_t> made;
  for (const TemplateSource& source : model.templates.sources) {
    if (source.fragment || source.facts == nullptr || source.path.starts_with('(')) continue;
    const auto kind = std::ranges::find(kKindNames, source.facts->dialect, &KindName::dialect);
    if (kind != kKindNames.end()) ++seen.templates[std::string(kind->name)];
    const std::string folder = folder_named(source.path, kMadeFolders);
    outside |= folder.empty();
    if (!folder.empty()) ++made[folder];
  }
  if (outside) seen.made = std::move(made);  // else what is made is all that there is
}

void see_code(const SourceFiles& files, SeenProject& seen) {
  for (std::uint32_t i = 0; i < files.size(); ++i) {
    const std::string& path = files.path(FileId{i});
    const std::optional<SourceDialect> dialect = dialect_of(path);
    if (!dialect || files.text(FileId{i}).empty() || !folder_named(path, kInstalled).empty())
      continue;
    const auto row = std::ranges::find(dialect_rows(), *dialect, &DialectRow::dialect);
    const bool typed = *dialect == SourceDialect::TypeScript || *dialect == SourceDialect::Tsx;
    ++seen.code[typed ? "TypeScript" : std::string(language_row(row->language).words)];
  }
}

// "Runtime is the parameter Version, which has no default"
void see_parameters(const Run& run, SeenProject& seen) {
  for (const Unresolved& each : run.unresolved) {
    if (each.kind != UnresolvedKind::Parameter || !each.where.file.exists()) continue;
    for (const std::string& name : run.parameters) {
      if (each.reason.find(cat(" the parameter ", name, ',')) == std::string::npos) continue;
      const std::uint32_t line =
          Lines(run.files.text(each.where.file)).place(each.where.range.begin).line;
      seen.parameters.try_emplace(
          name, cat(run.files.path(each.where.file), ':', line, ' ', each.reason));
    }
  }
}

// The root's own configuration, which has one of two names; empty: there is none.
std::string present_configuration(const std::string& root) {
  for (const std::string_view name : kConfigurationFiles) {
    std::error_code none;
    const std::string path = join_path(root, name);
    if (std::filesystem::symlink_status(path, none).type() != std::filesystem::file_type::not_found)
      return path;
  }
  return {};
}

// Where it is written; an error says what is there already.
Result<std::string> place_of(const Target& target, const CommandLine& line,
                             const Console& console) {
  std::string path = join_path(console.working_directory, line.output_file);
  if (line.output_file.empty()) {
    path = present_configuration(target.root);
    if (path.empty()) return join_path(target.root, kConfigurationFiles.front());
  }
  std::error_code none;
  const bool present =
      std::filesystem::symlink_status(path, none).type() != std::filesystem::file_type::not_found;
  if (present && !line.force)
    return Error{
        cat(relative_path(path, console.working_directory),
            " exists already: --force overwrites it, --output-file - prints to standard output")};
  return path;
}

// A run by fnlint's defaults, without the rules that the translated configuration leaves out.
Result<SeenProject> seen_at(const Target& target, const ForeignConfiguration& foreign,
                            CommandLine line, Console& console) {
  SeenProject seen;
  for (const ForeignLine& each : foreign.ignore) line.ignore.push_back(each.text);
  const Result<ProjectRun> run =
      run_project(target, {&target, 1}, line, console, [&seen](const LinkedModel& model) {
        see_templates(model, seen);
        see_code(model.files, seen);
      });
  if (!run) return Error{run.error()};
  seen.functions = run.value().run.functions;
  seen.findings = run.value().findings.size();
  see_parameters(run.value().run, seen);
  return seen;
}

}  // namespace

int init_command(const CommandLine& line, Console& console) {
  const auto refuse = [&console](std::string_view why) {
    say(console, why);
    return kCouldNotRun;
  };
  const Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets) return refuse(targets.error());
  if (targets.value().size() > 1)
    return refuse("a configuration covers one project, but the paths belong to several roots");
  const Target& found = targets.value().front();
  if (!found.files.empty())
    return refuse(cat(line.paths.front(), " is a file: init takes a folder"));
  // A folder that is named is to be a root; else the configuration is the root's.
  const Target target{
      .root = line.paths.empty() ? found.root : join_path(found.root, found.folders.front()),
      .folders = {""}};
  const bool prints = line.output_file == "-";
  const Result<std::string> path =
      prints ? Result<std::string>(std::string()) : place_of(target, line, console);
  if (!path) return refuse(path.error());
  ForeignConfiguration foreign;
  if (line.from) {
    Result<ForeignConfiguration> read =
        read_foreign_configuration(*line.from, DiskFileSystem(target.root), rules());
    if (!read) return refuse(read.error());
    foreign = std::move(read.value());
  }
  const Result<SeenProject> seen = seen_at(target, foreign, line, console);
  if (!seen) return refuse(seen.error());
  const std::string text = starting_configuration(seen.value(), foreign);
  if (prints) {
    console.out << text;
    return kNothingFound;
  }
  const std::string shown = relative_path(path.value(), console.working_directory);
  if (const std::string error = write_file(path.value(), text); !error.empty())
    return refuse(cat("cannot write ", shown, ": ", error));
  if (!line.quiet)
    say(console, cat(shown, " is written: ", counted(seen.value().functions, "function"), ", ",
                     counted(seen.value().findings, "finding"),
                     foreign.without.empty() ? ""
                                             : cat("; ", counted(foreign.without.size(), "line"),
                                                   " at its end without a counterpart here")));
  return kNothingFound;
}

}  // namespace fnlint
