#include "app/folded_findings.h"

#include "core/text.h"
#include "link/languages.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace fnlint {

namespace {

constexpr std::size_t kNamed = 6;     // in the message
constexpr std::size_t kRelated = 10;  // places

using Members = std::vector<ReportedFinding*>;

auto group_of(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  const bool alike = finding.cause.also.empty();
  return std::tuple(finding.rule, alike ? finding.where.file : FileId{},
                    alike ? reported.level : Severity{}, alike ? finding.confidence : Confidence{},
                    std::string_view(finding.cause.key));
}

// The gravest leads, and of several such the first.
auto order_of(const ReportedFinding* reported) {
  return std::tuple(-static_cast<int>(reported->level),
                    -static_cast<int>(reported->finding.confidence), reported->finding.where);
}

// "'zod', 'pg' and 4 more", where each has a name of its own.
std::string names_of(const Finding& first, const Members& others) {
  std::vector<std::string_view> names;
  for (const ReportedFinding* other : others) names.push_back(other->finding.cause.subject);
  std::ranges::sort(names);
  const bool distinct = std::ranges::adjacent_find(names) == names.end() &&
                        !std::ranges::binary_search(names, first.cause.subject);
  if (!distinct || names.front().empty()) return {};
  std::string text;
  const std::size_t shown = names.size() <= kNamed ? names.size() : kNamed - 1;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i > 0 && i + 1 == names.size();
    text += cat(i == 0 ? "" : last ? " and " : ", ", "'", names[i], "'");
  }
  if (shown < names.size()) text += cat(" and ", names.size() - shown, " more");
  return text;
}

void tell_others(Finding& first, const Members& others) {
  if (!first.cause.also.empty()) {
    for (const ReportedFinding* other : others)
      first.related.push_back({other->finding.where, std::string(first.cause.also)});
    return;
  }
  const std::string names = names_of(first, others);
  const std::string message = first.message;
  first.message += names.empty()
                       ? others.size() == 1
                             ? std::string(" The same at another place of this file.")
                             : cat(" The same at ", others.size(), " more places of this file.")
                       : cat(" The same for ", names, '.');
  for (std::size_t i = 0; i < others.size() && i < kRelated; ++i) {
    const Finding& other = others[i]->finding;
    first.related.push_back(
        {other.where, other.message == message ? "The same here." : other.message});
  }
}

// What is told, and where, whichever copy of its file it is in.
auto place_in_text(const Finding& finding, std::string_view text) {
  return std::tuple(finding.rule, finding.where.range.begin, finding.where.range.end,
                    std::string_view(finding.message), text);
}

bool is_code(std::string_view path) {
  return std::ranges::any_of(dialect_rows(), [&](const DialectRow& row) {
    return std::ranges::find(row.extensions, extension_of(path)) != row.extensions.end();
  });
}

void keep_others(const std::vector<const ReportedFinding*>& folded,
                 std::vector<ReportedFinding>& findings) {
  std::vector<ReportedFinding> kept;
  for (ReportedFinding& reported : findings)
    if (!std::ranges::binary_search(folded, &reported)) kept.push_back(std::move(reported));
  findings = std::move(kept);
}

}  // namespace

void fold_copies(const SourceFiles& files, std::vector<ReportedFinding>& findings) {
  const auto is_shorter = [&](const ReportedFinding* one, const ReportedFinding* other) {
    const std::string &a = files.path(one->finding.where.file),
                      &b = files.path(other->finding.where.file);
    return std::tuple(a.size(), a) < std::tuple(b.size(), b);
  };
  std::map<decltype(place_in_text(findings.front().finding, {})), Members> groups;
  for (ReportedFinding& reported : findings)
    if (const Span where = reported.finding.where; where.file.exists() &&
                                                   where.range.end > where.range.begin &&
                                                   is_code(files.path(where.file)))
      groups[place_in_text(reported.finding, files.text(where.file))].push_back(&reported);
  std::vector<const ReportedFinding*> folded;
  for (auto& [place, members] : groups) {
    if (members.size() < 2) continue;
    std::ranges::sort(members, is_shorter);
    Finding& first = members.front()->finding;
    first.message += members.size() == 2
                         ? std::string(" The same in a copy of the file.")
                         : cat(" The same in ", members.size() - 1, " copies of the file.");
    for (std::size_t i = 1; i < members.size(); ++i) {
      if (i <= kRelated) first.related.push_back({members[i]->finding.where, "The same here."});
      folded.push_back(members[i]);
    }
  }
  std::ranges::sort(folded);
  keep_others(folded, findings);
}

void fold_findings(std::vector<ReportedFinding>& findings) {
  std::map<decltype(group_of(findings.front())), Members> groups;
  for (ReportedFinding& reported : findings)
    if (!reported.finding.cause.key.empty()) groups[group_of(reported)].push_back(&reported);
  std::vector<const ReportedFinding*> folded;
  for (auto& [key, members] : groups) {
    if (members.size() <= members.front()->finding.cause.apart) continue;
    std::ranges::stable_sort(members, {}, order_of);
    const Members others(members.begin() + 1, members.end());
    tell_others(members.front()->finding, others);
    folded.insert(folded.end(), others.begin(), others.end());
  }
  std::ranges::sort(folded);
  keep_others(folded, findings);
}

}  // namespace fnlint
