// Counts findings in folders named like tests or examples whose code nothing deploys.

#include "app/run/aside_hint.h"

#include "app/configuration/configuration.h"
#include "core/text.h"
#include "report/words.h"
#include "tables/packages.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

constexpr std::size_t kNamedFolders = 5;

// "examples" of "examples/cart/app.py", "shop/tests" of "shop/tests/data/template.yaml"; empty: it
// lies in no such folder below `from`.
std::string aside_folder(std::string_view path, std::size_t from) {
  for (std::size_t end = path.find('/', from); end != path.npos; end = path.find('/', from)) {
    if (std::ranges::find(aside_folder_names(), path.substr(from, end - from)) !=
        aside_folder_names().end())
      return std::string(path.substr(0, end));
    from = end + 1;
  }
  return {};
}

// Where the part of a path begins that the user has not named.
std::size_t unnamed_part(const ProjectRun& project, std::string_view path) {
  std::size_t from = 0;
  for (const std::string& folder : project.run.folders)
    if (!folder.empty() && path.starts_with(cat(folder, '/')))
      from = std::max(from, folder.size() + 1);
  return from;
}

// A folder of a name like "archive" with the code of a function that is declared outside of it is
// deployed.
bool is_deployed(const Run& run, std::string_view folder) {
  const auto is_below = [&](FileId file) {
    return file.exists() && run.files.path(file).starts_with(cat(folder, '/'));
  };
  return std::ranges::any_of(
      run.handlers, [&](const auto& row) { return is_below(row.second) && !is_below(row.first); });
}

}  // namespace

std::string aside_hint(const std::vector<ProjectRun>& runs) {
  std::map<std::string, std::size_t> folders;
  std::size_t findings = 0;
  for (const ProjectRun& project : runs)
    for (const ReportedFinding& reported : project.findings) {
      const Span where = reported.finding.where;
      if (!where.file.exists()) continue;
      const std::string& path = project.run.files.path(where.file);
      std::string folder = aside_folder(path, unnamed_part(project, path));
      if (folder.empty() || is_deployed(project.run, folder)) continue;
      ++folders[std::move(folder)];
      ++findings;
    }
  if (folders.empty()) return {};
  std::vector<std::pair<std::string, std::size_t>> rows(folders.begin(), folders.end());
  std::ranges::stable_sort(rows, std::ranges::greater{}, &decltype(rows)::value_type::second);
  std::string globs;
  for (std::size_t i = 0; i < std::min(kNamedFolders, rows.size()); ++i)
    globs += cat(i == 0 ? "" : ", ", "\"", rows[i].first, "/**\"");
  return cat(counted(findings, "finding"), findings == 1 ? " is" : " are",
             " in folders of tests, examples or archives; to leave them out, write in ",
             kConfigurationFiles.front(), ": exclude: [", globs, ']');
}

}  // namespace fnlint
