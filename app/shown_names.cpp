#include "app/shown_names.h"

#include "values/pool.h"

#include <map>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

using Names = std::map<std::string_view, std::string_view>;

// Of several that share an address (a stack in two stages) the shortest name.
Names names_of(const Project& project) {
  Names names;
  const ValuePool& pool = *project.pool;
  for (const Resource& row : project.stacks.resources) {
    if (!row.shown.exists()) continue;
    const std::string_view shown = pool[row.shown];
    const auto [known, is_new] = names.emplace(pool[row.address], shown);
    if (!is_new && shown.size() < known->second.size()) known->second = shown;
  }
  return names;
}

void show(const Names& names, std::string& text) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t open = text.find('\''); open != std::string::npos;) {
    const std::size_t close = text.find('\'', open + 1);
    if (close == std::string::npos) break;
    const auto found = names.find(std::string_view(text).substr(open + 1, close - open - 1));
    if (found == names.end()) {  // it may be an apostrophe
      open = close;
      continue;
    }
    out.append(text, done, open + 1 - done);
    out += found->second;
    done = close;
    open = text.find('\'', close + 1);
  }
  if (done == 0) return;
  out.append(text, done);
  text = std::move(out);
}

}  // namespace

void show_names(const Project& project, Findings& findings) {
  const Names names = names_of(project);
  if (names.empty()) return;
  for (Finding& finding : findings) {
    show(names, finding.message);
    for (PlacedText& row : finding.related) show(names, row.message);
    for (PlacedText& row : finding.flow) show(names, row.message);
  }
}

}  // namespace fnlint
