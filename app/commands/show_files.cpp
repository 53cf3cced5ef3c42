// Gathers everything that a run has read, and names each file's role.

#include "app/commands/show_files.h"

#include "app/files/exit_code.h"
#include "app/files/paths.h"
#include "app/pictures/model_json.h"
#include "app/run/linter.h"
#include "app/run/project_run.h"
#include "core/text.h"
#include "frontends/packages/manifests.h"
#include "link/resolve/languages.h"
#include "report/unicode.h"

#include <algorithm>
#include <map>
#include <ostream>
#include <set>
#include <string>

namespace fnlint {

namespace {

std::string kind_of(const std::string& path) {
  if (const auto dialect = dialect_of(path)) {
    const auto row = std::ranges::find(dialect_rows(), *dialect, &DialectRow::dialect);
    return cat("code, ", language_row(row->language).words);
  }
  if (manifest_form(file_name_of(path)) != nullptr) return "packages";
  return "other";
}

}  // namespace

int show_files(std::span<const Target> targets, const CommandLine& line, Console& console) {
  std::map<std::string, std::string> files;
  const auto shown = [&](const std::string& path) {
    return relative_path(path, console.working_directory);
  };
  for (const Target& target : targets) {
    std::set<FileId> templates;
    const Result<ProjectRun> run =
        run_project(target, targets, line, console, [&templates](const LinkedModel& model) {
          for (const TemplateSource& source : model.templates.sources)
            templates.insert(source.file);
        });
    if (!run) {
      say(console, run.error());
      return kCouldNotRun;
    }
    const SourceFiles& read = run.value().run.files;
    for (std::uint32_t i = 0; i < read.size(); ++i) {
      const std::string& path = read.path(FileId{i});
      if (read.find_read(path).exists())
        files[shown(join_path(target.root, path))] =
            templates.contains(FileId{i}) ? "template" : kind_of(path);
    }
    for (const std::string& path : run.value().configuration_paths)
      files[shown(path)] = "configuration";
  }
  for (const auto& [path, kind] : files) console.out << one_line(path) << '\t' << kind << '\n';
  return kNothingFound;
}

}  // namespace fnlint
