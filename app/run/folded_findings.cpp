// Groups findings by cause, picks the one to show, and words what it says of the others.

#include "app/run/folded_findings.h"

#include "core/text.h"
#include "link/resolve/languages.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace fnlint {

namespace {

constexpr std::string_view kSameHere = "The same here.";
constexpr std::size_t kNamedFunctions = 6;  // in the message
constexpr std::size_t kFiles = 3;  // each of as many has a finding of its own
constexpr std::size_t kSubjects = 3;  // likewise, variables of a function

using Members = std::vector<ReportedFinding*>;

// A key may have a second line: what is one where it is much is told apart by it where it is little.
std::string_view wide_key(const Cause& cause) {
  return std::string_view(cause.key).substr(0, cause.key.find('\n'));
}

auto group_of(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  const bool alike = finding.cause.also.empty();
  return std::tuple(finding.rule, alike ? reported.level : Severity{},
                    alike ? finding.confidence : Confidence{}, wide_key(finding.cause));
}

// The gravest leads, and of several such the first by its path: in which order files were read
// follows from the order of resources.
auto order_of(const SourceFiles& files, const ReportedFinding& reported) {
  const Span where = reported.finding.where;
  return std::tuple(
      -static_cast<int>(reported.level), -static_cast<int>(reported.finding.confidence),
      where.file.exists() ? std::string_view(files.path(where.file)) : std::string_view(), where);
}

// "'zod', 'pg' and 4 more".
std::string list_in_quotes(const std::vector<std::string_view>& names) {
  std::string text;
  const std::size_t shown = names.size() <= kNamedFunctions ? names.size() : kNamedFunctions - 1;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i > 0 && i + 1 == names.size();
    text += cat(i == 0 ? "" : last ? " and " : ", ", "'", names[i], "'");
  }
  if (shown < names.size()) text += cat(" and ", names.size() - shown, " more");
  return text;
}

std::vector<std::string_view> subjects_of(const Members& others) {
  std::vector<std::string_view> names;
  for (const ReportedFinding* other : others) names.push_back(other->finding.cause.subject);
  std::ranges::sort(names);
  return names;
}

// The names of the others, where each has one of its own.
std::string names_of(const Finding& first, const Members& others) {
  const std::vector<std::string_view> names = subjects_of(others);
  const bool distinct = std::ranges::adjacent_find(names) == names.end() &&
                        !std::ranges::binary_search(names, first.cause.subject);
  return distinct && !names.front().empty() ? list_in_quotes(names) : std::string();
}

// " The same in 23 more files."
std::string places_of(const Finding& first, const Members& others) {
  std::set<FileId> files;
  for (const ReportedFinding* other : others) files.insert(other->finding.where.file);
  files.erase(first.where.file);
  const std::string places = others.size() == 1 ? std::string("another place")
                                                : cat(others.size(), " more places");
  if (files.empty()) return cat(" The same at ", places, " of this file.");
  const std::string in = files.size() == 1 ? std::string("one more file")
                                           : cat(files.size(), " more files");
  return files.size() == others.size() ? cat(" The same in ", in, '.')
                                       : cat(" The same at ", places, ", in ", in, '.');
}

// The subjects of the others that are as grave as the first, or that are less.
std::string subjects_in_quotes(const ReportedFinding& leader, const Members& others,
                               bool as_grave) {
  Members chosen;
  std::ranges::copy_if(others, std::back_inserter(chosen), [&](const ReportedFinding* other) {
    return (other->level == leader.level) == as_grave;
  });
  std::vector<std::string_view> names = subjects_of(chosen);
  const auto same = std::ranges::unique(names);
  names.erase(same.begin(), same.end());
  std::erase(names, leader.finding.cause.subject);
  return names.empty() ? std::string() : list_in_quotes(names);
}

// Where the gravest is told whatever the others are, they have words of their own.
void tell_milder(ReportedFinding& leader, const Members& others) {
  Finding& first = leader.finding;
  const std::string likewise = subjects_in_quotes(leader, others, true);
  const std::string less = subjects_in_quotes(leader, others, false);
  for (const ReportedFinding* other : others) {
    const bool is_same = other->finding.cause.subject == first.cause.subject;
    first.related.push_back({other->finding.where, is_same ? std::string(other->finding.cause.also)
                                                           : other->finding.message});
  }
  if (!likewise.empty()) first.message += cat(" Likewise ", likewise, '.');
  if (!less.empty()) first.message += cat(" Less so ", less, '.');
}

void tell_others(ReportedFinding& leader, const Members& others) {
  Finding& first = leader.finding;
  if (!first.cause.also.empty()) return tell_milder(leader, others);
  const std::string names = names_of(first, others);
  const std::string message = first.message;
  first.message += names.empty() ? places_of(first, others) : cat(" The same for ", names, '.');
  for (const ReportedFinding* other : others) {
    const Finding& finding = other->finding;
    first.about.insert(first.about.end(), finding.about.begin(), finding.about.end());
    first.related.push_back({finding.where, finding.message == message ? std::string(kSameHere)
                                                                       : finding.message});
    std::ranges::copy_if(finding.related, std::back_inserter(first.related),
                         [](const PlacedText& one) { return one.message == kSameHere; });
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
      first.related.push_back({members[i]->finding.where, std::string(kSameHere)});
      folded.push_back(members[i]);
    }
  }
  std::ranges::sort(folded);
  keep_others(folded, findings);
}

namespace {

void fold(const SourceFiles& files, Members& members, std::vector<const ReportedFinding*>& folded) {
  if (members.size() <= members.front()->finding.cause.apart) return;
  std::ranges::stable_sort(
      members, {}, [&](const ReportedFinding* reported) { return order_of(files, *reported); });
  const Members others(members.begin() + 1, members.end());
  tell_others(*members.front(), others);
  folded.insert(folded.end(), others.begin(), others.end());
}

}  // namespace

void fold_findings(const SourceFiles& files, std::vector<ReportedFinding>& findings) {
  std::map<decltype(group_of(findings.front())), Members> groups;
  for (ReportedFinding& reported : findings)
    if (!reported.finding.cause.key.empty()) groups[group_of(reported)].push_back(&reported);
  std::vector<const ReportedFinding*> folded;
  for (auto& [key, members] : groups) {
    const Cause& cause = members.front()->finding.cause;
    const bool alike = cause.also.empty();
    std::set<FileId> in_files;
    std::map<std::pair<FileId, std::string_view>, Members> parts;
    for (ReportedFinding* member : members) {
      const Finding& finding = member->finding;
      in_files.insert(finding.where.file);
      parts[{alike ? finding.where.file : FileId{}, finding.cause.key}].push_back(member);
    }
    if (alike ? in_files.size() > std::max(cause.apart, kFiles) : parts.size() > kSubjects)
      fold(files, members, folded);
    else
      for (auto& [part, own] : parts) fold(files, own, folded);
  }
  std::ranges::sort(folded);
  keep_others(folded, findings);
}

}  // namespace fnlint
