// Searches a build's sources for files that have all the marks of an app in their language.

#include "link/synth/app_builds.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

bool has_app_definition(const FileSystem& files, std::string_view folder) {
  return files.kind(join_path(folder, "cdk.json")) == EntryKind::File;
}

class AppFiles {
 public:
  AppFiles(const FileSystem& files, std::string_view build) : files_(files), build_(build) {}
  void search(const std::string& folder, int depth);
  std::vector<std::string> found = {};

 private:
  void look(const std::string& path);
  const FileSystem& files_;
  const std::string_view build_;
};

void AppFiles::look(const std::string& path) {
  const std::string_view ending = extension_of(path);
  const auto makes = std::ranges::find_if(known::app_builds(), [&](const auto& row) {
    return is_file_called(build_, row[0]) && row[1] == ending;
  });
  const auto* const marks = known::row_of(known::app_marks(), ending);
  if (makes == known::app_builds().end() || marks == nullptr || is_of_tests(path) ||
      path.ends_with(".d.ts") || file_name_of(path).starts_with("integ."))
    return;
  const Result<std::string> text = files_.read(path, kSourceBytes);
  if (text && std::ranges::all_of(std::array{(*makes)[2], (*marks)[1], (*marks)[2]},
                                  [&](std::string_view part) {
                                    return text.value().find(part) != std::string::npos;
                                  }))
    found.push_back(path);
}

void AppFiles::search(const std::string& folder, int depth) {
  constexpr int kDeepest = 12;
  constexpr std::size_t kMost = 8;
  const std::vector<Entry> entries = files_.list(folder);
  const bool is_other =
      depth > 0 && std::ranges::any_of(entries, [&](const Entry& one) {
        return one.kind == EntryKind::File &&
               (one.name == "cdk.json" || is_file_called(one.name, build_) ||
                (build_.starts_with("build.gradle") && one.name.starts_with("build.gradle")));
      });
  if (is_other || depth > kDeepest) return;
  for (const Entry& one : entries) {
    if (found.size() >= kMost) return;
    if (one.name.starts_with('.') || is_one_of(known::made_source_folders(), one.name)) continue;
    const std::string path = join_path(folder, one.name);
    if (one.kind == EntryKind::Folder)
      search(path, depth + 1);
    else
      look(path);
  }
}

}  // namespace

std::vector<std::string> apps_of_build(const FileSystem& files, std::string_view path) {
  const std::string folder(folder_of(path));
  for (std::string_view at = folder;; at = folder_of(at)) {
    if (has_app_definition(files, at)) return {};
    if (at.empty()) break;
  }
  const std::string_view name = file_name_of(path);
  AppFiles apps(files, extension_of(name) == ".csproj" ? extension_of(name) : name);
  apps.search(folder, 0);
  return std::move(apps.found);
}

}  // namespace fnlint
