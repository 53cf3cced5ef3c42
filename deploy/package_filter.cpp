// Compiles patterns with braces to globs, and applies them from the top folder down.

#include "deploy/package_filter.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kAlternatives = 64;

// "a{b,c}d" as "abd" and "acd".
void expand(std::string_view pattern, std::vector<std::string>& out) {
  const std::size_t open = pattern.find('{');
  std::size_t close = open;
  int depth = 0;
  std::vector<std::size_t> commas;
  for (; open != pattern.npos && close < pattern.size(); ++close) {
    depth += pattern[close] == '{' ? 1 : pattern[close] == '}' ? -1 : 0;
    if (pattern[close] == ',' && depth == 1) commas.push_back(close);
    if (depth == 0) break;
  }
  if (open == pattern.npos || close >= pattern.size() || commas.empty() ||
      out.size() >= kAlternatives) {
    out.emplace_back(pattern);
    return;
  }
  std::size_t from = open + 1;
  commas.push_back(close);
  for (const std::size_t comma : commas) {
    const std::string one = cat(pattern.substr(0, open), pattern.substr(from, comma - from),
                                pattern.substr(close + 1));
    if (out.size() < kAlternatives) expand(one, out);
    from = comma + 1;
  }
}

}  // namespace

PackageFilter::PackageFilter(std::span<const std::string_view> left_out, const CodeLocation& code)
    : left_out_(left_out.begin(), left_out.end()), only_included_(code.only_included) {
  for (const PackagePattern& pattern : code.patterns) {
    std::string_view glob = pattern.glob;
    while (glob.starts_with("./")) glob.remove_prefix(2);
    if (glob.empty()) continue;
    std::vector<std::string> alternatives;
    expand(glob, alternatives);
    Row row{.includes = pattern.includes};
    for (const std::string& one : alternatives)
      row.globs.emplace_back(one.starts_with('/') ? one : cat('/', one));  // all begin at the folder
    rows_.push_back(std::move(row));
    any_include_ = any_include_ || pattern.includes;
  }
}

PackageFilter::Verdict PackageFilter::judge(std::string_view path, std::string_view name,
                                            bool is_folder, Above& above) const {
  for (const std::string_view left : left_out_)
    if (matches_name(left, name)) return {false, false};
  if (rows_.empty()) return {!only_included_, !only_included_};
  above.resize(rows_.size());
  Verdict verdict{!only_included_, true};
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!above[i])
      above[i] = std::ranges::any_of(rows_[i].globs, [&](const Glob& glob) {
        return glob.matches(path, is_folder);
      });
    if (above[i]) verdict.packaged = rows_[i].includes;
  }
  verdict.enter = verdict.packaged || any_include_;
  return verdict;
}

bool PackageFilter::takes(std::string_view path) const {
  Above above;
  for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1)) {
    const std::string_view folder = path.substr(0, slash);
    if (!judge(folder, file_name_of(folder), true, above).enter) return false;
  }
  return judge(path, file_name_of(path), false, above).packaged;
}

}  // namespace fnlint
