// Adds rows of dependencies, and tells exact versions from ranges.

#include "frontends/packages/manifest_reading.h"

#include "core/text.h"
#include "frontends/packages/manifests.h"

#include <utility>

namespace fnlint::manifests {

Dependency& Rows::add(std::string_view name, Range where) {
  return add({.name = registry_name(list_.registry, name), .where = where});
}

Dependency& Rows::add(Dependency row) {
  if (list_.rows.size() >= kRows) {
    if (list_.readable)
      add_problem(list_.problems, row.where, cat("more than ", kRows, " dependencies"));
    list_.readable = false;
    return spare_ = std::move(row);
  }
  list_.rows.push_back(std::move(row));
  return list_.rows.back();
}

void Rows::needs(std::uint32_t by, std::string key) {
  if (needs_.size() < kNeeds) needs_.emplace_back(by, std::move(key));
}

void Rows::take_problems(const Document& document) {
  list_.readable = list_.readable && document.complete;
  for (const Problem& problem : document.problems)
    add_problem(list_.problems, problem.where, problem.message);
}

DependencyList Rows::finish() {
  for (const auto& [by, key] : needs_)
    if (const auto row = find(key); row && by < list_.rows.size())
      list_.rows[by].needs.push_back(*row);
  return std::move(list_);
}

bool is_version(std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  if (text.empty() || text.front() < '0' || text.front() > '9') return false;
  return text.find_first_of("*<>=~^, |[]()") == text.npos && text.find(".x") == text.npos &&
         text.find(".+") == text.npos;
}

void set_version(Dependency& row, std::string_view written) {
  written = trim(written);
  std::string_view bare = written;
  while (!bare.empty() && bare.front() == '=') bare.remove_prefix(1);
  bare = trim(bare);
  const bool closed =
      bare.size() > 2 && bare.front() == '[' && bare.back() == ']' && bare.find(',') == bare.npos;
  if (closed) bare = bare.substr(1, bare.size() - 2);
  const bool exact = is_version(bare);
  row.version = exact ? bare : written;
  row.known = exact                                                      ? VersionKnown::Exact
              : written.empty() || written == "*" || written == "latest" ? VersionKnown::None
                                                                         : VersionKnown::Range;
}

}  // namespace fnlint::manifests
