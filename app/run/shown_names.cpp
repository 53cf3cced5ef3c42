// Finds machine-made addresses in quotes, and chooses the nearest resource that has one.

#include "app/run/shown_names.h"

#include "values/pool.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

// What a resource is called, and the file that says so.
struct Shown {
  std::string_view name = {};
  std::string_view path = {};
};
using Names = std::multimap<std::string_view, Shown>;  // by address

Names names_of(const Project& project, const SourceFiles& files) {
  Names names;
  const ValuePool& pool = *project.pool;
  for (const Resource& row : project.stacks.resources)
    if (row.shown.exists())
      names.emplace(pool[row.address],
                    Shown{pool[row.shown],
                          row.name.file.exists() ? files.path(row.name.file) : std::string_view()});
  return names;
}

// Of the folders that two files lie in, how much is the same.
std::size_t common_folders(std::string_view a, std::string_view b) {
  const auto ends = std::ranges::mismatch(a, b);
  const std::string_view same(a.begin(), ends.in1);
  return same.find('/') == same.npos ? 0 : same.rfind('/') + 1;
}

// Of several that share an address (two programs of one repository, a stack in two stages) the
// nearest to the file, and of these the shortest.
std::string_view name_at(const Names& names, std::string_view address, std::string_view path) {
  const auto [first, end] = names.equal_range(address);
  std::string_view best;
  std::size_t nearest = 0;
  for (auto row = first; row != end; ++row) {
    const auto& [name, file] = row->second;
    const std::size_t near = common_folders(path, file);
    if (!best.empty() && (near < nearest || (near == nearest && name.size() >= best.size())))
      continue;
    best = name;
    nearest = near;
  }
  return best;
}

void show(const Names& names, std::string_view path, std::string& text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t open = text.find('\''); open != std::string::npos;) {
    const std::size_t close = text.find('\'', open + 1);
    if (close == std::string::npos) break;
    const std::string_view found =
        name_at(names, std::string_view(text).substr(open + 1, close - open - 1), path);
    if (found.empty()) {  // it may be an apostrophe
      open = close;
      continue;
    }
    out.append(text, done, open + 1 - done);
    out += found;
    done = close;
    open = text.find('\'', close + 1);
  }
  if (done == 0) return;
  out.append(text, done);
  text = std::move(out);
}

}  // namespace

void show_names(const Project& project, const SourceFiles& files, Findings& findings) {
  const Names names = names_of(project, files);
  if (names.empty()) return;
  for (Finding& finding : findings) {
    const std::string_view path =
        finding.where.file.exists() ? files.path(finding.where.file) : std::string_view();
    show(names, path, finding.message);
    for (PlacedText& row : finding.related) show(names, path, row.message);
    for (PlacedText& row : finding.flow) show(names, path, row.message);
  }
}

}  // namespace fnlint
