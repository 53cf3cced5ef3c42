// Matches findings with suppressions, and reports those that are unused, expired or misspelled.

#include "app/suppressions/suppressions.h"

#include "app/configuration/selection.h"
#include "app/files/day.h"
#include "checks/view/finding_builder.h"
#include "core/lines.h"
#include "core/text.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

struct Line {
  std::uint32_t first = 0, last = 0;
};

// What is reported of suppressions themselves.
bool is_about_suppressions(std::string_view rule) {
  return rule == kSuppressionUnused || rule == kSuppressionUnknown || rule == kSuppressionExpired;
}

class Suppressor {
 public:
  Suppressor(std::span<const Suppression> suppressions, const IsInEffect& is_in_effect,
             std::span<const Rule> rules, const std::function<std::string_view(FileId)>& text_of,
             Day today)
      : suppressions_(suppressions), is_in_effect_(is_in_effect), rules_(rules), text_of_(text_of) {
    used_.resize(suppressions.size());
    for (std::size_t i = 0; i < suppressions.size(); ++i) {
      used_[i].resize(suppressions[i].comment.rules.size());
      const std::optional<Day> last =
          suppressions[i].of_other_tool ? std::nullopt : last_day(suppressions[i].comment.reason);
      expired_.push_back(last && *last < today);
      if (!expired_.back()) by_file_[suppressions[i].file].push_back(i);
    }
  }

  // All that do are used; the first of them is what did it.
  std::optional<std::size_t> suppressed_by(const Finding& finding) {
    std::optional<std::size_t> first = suppressed_by(finding, finding.where);
    for (const PlacedText& step : finding.flow)
      if (const auto other = suppressed_by(finding, step.where); !first) first = other;
    return first;
  }
  // Of unused, unknown and expired suppressions, where these rules are in effect.
  Findings mistakes();

 private:
  std::optional<std::size_t> suppressed_by(const Finding& finding, const Span& where);
  bool covers(const Suppression& suppression, const Span& where);
  Line lines_of(FileId file, Range range);
  bool worth_telling(FileId file, const std::string& selector) const;
  static FindingBuilder finding_at(std::string_view rule, const Suppression& suppression,
                                   std::string_view identity) {
    return FindingBuilder(rule)
        .at(Span{suppression.file, suppression.comment.where})
        .identified(identity);
  }
  // One, whatever number of rules it was to suppress.
  Finding expired_of(const Suppression& suppression,
                     const std::vector<std::string>& selectors) const;

  std::span<const Suppression> suppressions_;
  const IsInEffect& is_in_effect_;
  std::span<const Rule> rules_;
  const std::function<std::string_view(FileId)>& text_of_;
  std::vector<std::vector<bool>> used_ = {};  // by suppression, then by its selectors
  std::vector<bool> expired_ = {};
  std::map<FileId, std::vector<std::size_t>> by_file_ = {};
  std::map<FileId, Lines> lines_ = {};
};

Line Suppressor::lines_of(FileId file, Range range) {
  const auto known = lines_.try_emplace(file, text_of_(file)).first;
  return {known->second.place(range.begin).line,
          known->second.place(std::max(range.begin, range.end)).line};
}

// A comment beside a line speaks of what begins or ends on it.
bool Suppressor::covers(const Suppression& suppression, const Span& where) {
  const SuppressionComment& comment = suppression.comment;
  switch (comment.reach) {
    case SuppressionReach::File: return true;
    case SuppressionReach::NextNode:
      return where.range.begin >= comment.covers.begin && where.range.begin < comment.covers.end;
    case SuppressionReach::Line: break;
  }
  const std::uint32_t line = lines_of(where.file, comment.covers).first;
  const Line at = lines_of(where.file, where.range);
  return line == at.first || line == at.last;
}

std::optional<std::size_t> Suppressor::suppressed_by(const Finding& finding, const Span& where) {
  const auto found = by_file_.find(where.file);
  if (found == by_file_.end()) return {};
  const auto rule = std::ranges::find(rules_, finding.rule, &Rule::id);
  if (rule == rules_.end()) return {};
  std::optional<std::size_t> first;
  for (const std::size_t i : found->second) {
    const std::vector<std::string>& selectors = suppressions_[i].comment.rules;
    for (std::size_t s = 0; s < selectors.size(); ++s) {
      // Another tool's names a rule by its id, and there may be thousands of them.
      if (suppressions_[i].of_other_tool && selectors[s] != rule->id) continue;
      const Narrowness named = names_rule(selectors[s], *rule);
      // A comment that silences everything does not hide that it silences nothing.
      const bool counts = is_about_suppressions(finding.rule) ? named >= Narrowness::Beginning
                                                              : named != Narrowness::None;
      if (!counts || !covers(suppressions_[i], where)) continue;
      used_[i][s] = true;
      if (!first) first = i;
    }
  }
  return first;
}

// Not while rules that it may be about are left out: it may suppress something of those.
bool Suppressor::worth_telling(FileId file, const std::string& selector) const {
  bool names_any = false, any_in_effect = false;
  for (const Rule& rule : rules_) {
    const Narrowness named = names_rule(selector, rule);
    if (named == Narrowness::None) continue;
    if (is_about_suppressions(rule.id) && named >= Narrowness::Beginning) return false;
    const bool in_effect = is_in_effect_(file, rule.id);
    if (!in_effect && (named == Narrowness::Rule || rule.profile == Profile::Default)) return false;
    names_any = true;
    any_in_effect |= in_effect;
  }
  return any_in_effect || !names_any;
}

Finding Suppressor::expired_of(const Suppression& suppression,
                               const std::vector<std::string>& selectors) const {
  std::string listed;
  for (const std::string& selector : selectors)
    if (selector != "ALL") listed += cat(listed.empty() ? "" : ", ", selector);
  const std::optional<Day> last = last_day(suppression.comment.reason);
  return finding_at(kSuppressionExpired, suppression, listed)
      .says("This suppression", listed.empty() ? "" : cat(" of ", listed), " expired on ",
            date_of(last.value_or(0)), ".");
}

Findings Suppressor::mistakes() {
  Findings findings;
  const auto add = [&](Finding finding) {
    if (is_in_effect_(finding.where.file, finding.rule)) findings.push_back(std::move(finding));
  };
  for (std::size_t i = 0; i < suppressions_.size(); ++i) {
    if (suppressions_[i].of_other_tool) continue;
    const std::vector<std::string>& selectors = suppressions_[i].comment.rules;
    std::vector<std::string> known;
    for (std::size_t s = 0; s < selectors.size(); ++s) {
      std::string unknown = selectors[s] == "ALL" ? "" : selector_error(selectors[s], rules_);
      if (!unknown.empty()) {
        add(finding_at(kSuppressionUnknown, suppressions_[i], selectors[s])
                .says("Unknown name in a suppression: ", unknown,
                      unknown.ends_with('?') ? "" : "."));
        continue;
      }
      known.push_back(selectors[s]);
      if (!expired_[i] && !used_[i][s] && worth_telling(suppressions_[i].file, selectors[s]))
        add(finding_at(kSuppressionUnused, suppressions_[i], selectors[s])
                .says("This suppression matches no finding",
                      selectors[s] == "ALL" ? "" : cat(" of ", selectors[s]), "."));
    }
    if (expired_[i] && !known.empty()) add(expired_of(suppressions_[i], known));
  }
  return findings;
}

// Prose may have dashes; a word that is near an id was meant for it.
bool is_meant_as_rule(std::string_view word, std::span<const Rule> rules) {
  std::vector<std::string_view> ids;
  for (const Rule& rule : rules) {
    if (names_rule(word, rule) == Narrowness::Rule) return true;
    ids.push_back(rule.id);
  }
  return word.find('-') != std::string_view::npos && !nearest(word, ids).empty();
}

}  // namespace

void settle_rules(SuppressionComment& comment, std::span<const Rule> rules) {
  if (!comment.rules.empty()) return;
  std::string_view rest = comment.reason;
  for (;;) {
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t,;:"));
    if (word.empty() || !is_meant_as_rule(word, rules)) break;
    comment.rules.emplace_back(word);
    rest.remove_prefix(word.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t,;:"), rest.size()));
  }
  comment.reason = std::string(rest);
  if (comment.rules.empty()) comment.rules.emplace_back("ALL");
}

std::optional<Day> last_day(std::string_view reason) {
  constexpr std::string_view kUntil = "until ";
  constexpr std::size_t kDate = std::string_view("2027-01-31").size();
  for (std::size_t at = reason.find(kUntil); at != std::string_view::npos;
       at = reason.find(kUntil, at + 1)) {
    const std::string_view rest = trim(reason.substr(at + kUntil.size()));
    const bool whole = rest.size() == kDate ||
                       (rest.size() > kDate && (rest[kDate] < '0' || rest[kDate] > '9'));
    if (const auto day = whole ? day_of(rest.substr(0, kDate)) : std::nullopt) return day;
  }
  return std::nullopt;
}

std::vector<SilencedFinding> apply_suppressions(
    Findings& findings, std::span<const Suppression> suppressions, const IsInEffect& is_in_effect,
    std::span<const Rule> rules, const std::function<std::string_view(FileId)>& text_of,
    Day today) {
  std::vector<SilencedFinding> silenced;
  if (suppressions.empty()) return silenced;
  Suppressor suppressor(suppressions, is_in_effect, rules, text_of, today);
  const auto silence = [&](Findings& list) {
    Findings left;
    for (Finding& finding : list) {
      if (const auto by = suppressor.suppressed_by(finding))
        silenced.push_back({std::move(finding), *by});
      else
        left.push_back(std::move(finding));
    }
    list = std::move(left);
  };
  silence(findings);
  Findings mistakes = suppressor.mistakes();
  silence(mistakes);
  std::ranges::move(mistakes, std::back_inserter(findings));
  return silenced;
}

}  // namespace fnlint
