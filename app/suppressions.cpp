#include "app/suppressions.h"

#include "app/selection.h"
#include "core/lines.h"
#include "core/text.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

struct Line {
  std::uint32_t first = 0, last = 0;
};

class Suppressor {
 public:
  Suppressor(std::span<const Suppression> suppressions, std::span<const Rule* const> in_effect,
             std::span<const Rule> rules, const std::function<std::string_view(FileId)>& text_of)
      : suppressions_(suppressions), in_effect_(in_effect), rules_(rules), text_of_(text_of) {
    used_.resize(suppressions.size());
    for (std::size_t i = 0; i < suppressions.size(); ++i) {
      used_[i].resize(suppressions[i].comment.rules.size());
      by_file_[suppressions[i].file].push_back(i);
    }
  }

  bool suppresses(const Finding& finding) {
    bool any = suppresses(finding, finding.where);
    for (const PlacedText& step : finding.flow) any |= suppresses(finding, step.where);
    return any;
  }
  Findings unused();

 private:
  bool suppresses(const Finding& finding, const Span& where);
  bool covers(const Suppression& suppression, const Span& where);
  Line lines_of(FileId file, Range range);
  bool worth_telling(const std::string& selector) const;
  std::string message(const std::string& selector) const;

  std::span<const Suppression> suppressions_;
  std::span<const Rule* const> in_effect_;
  std::span<const Rule> rules_;
  const std::function<std::string_view(FileId)>& text_of_;
  std::vector<std::vector<bool>> used_ = {};  // by suppression, then by its selectors
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

bool Suppressor::suppresses(const Finding& finding, const Span& where) {
  const auto found = by_file_.find(where.file);
  if (found == by_file_.end()) return false;
  const auto rule = std::ranges::find(rules_, finding.rule, &Rule::id);
  if (rule == rules_.end()) return false;
  bool any = false;
  for (const std::size_t i : found->second) {
    const std::vector<std::string>& selectors = suppressions_[i].comment.rules;
    for (std::size_t s = 0; s < selectors.size(); ++s) {
      const Narrowness named = names_rule(selectors[s], *rule);
      // A comment that silences everything does not hide that it silences nothing.
      const bool counts = finding.rule == kSuppressionUnused ? named >= Narrowness::Category
                                                             : named != Narrowness::None;
      if (!counts || !covers(suppressions_[i], where)) continue;
      used_[i][s] = true;
      any = true;
    }
  }
  return any;
}

// Not while rules that it may be about are left out: it may suppress something of those.
bool Suppressor::worth_telling(const std::string& selector) const {
  bool names_any = false, any_in_effect = false;
  for (const Rule& rule : rules_) {
    const Narrowness named = names_rule(selector, rule);
    if (named == Narrowness::None) continue;
    if (rule.id == kSuppressionUnused && named >= Narrowness::Category) return false;
    const bool in_effect =
        std::ranges::any_of(in_effect_, [&rule](const Rule* each) { return each->id == rule.id; });
    if (!in_effect && (named == Narrowness::Rule || rule.profile == Profile::Default)) return false;
    names_any = true;
    any_in_effect |= in_effect;
  }
  return any_in_effect || !names_any;
}

std::string Suppressor::message(const std::string& selector) const {
  if (selector == "ALL") return "this suppresses nothing";
  if (std::string error = selector_error(selector, rules_); !error.empty()) return error;
  return cat("this suppresses nothing of ", selector);
}

Findings Suppressor::unused() {
  Findings findings;
  for (std::size_t i = 0; i < suppressions_.size(); ++i) {
    const Suppression& suppression = suppressions_[i];
    const std::vector<std::string>& selectors = suppression.comment.rules;
    for (std::size_t s = 0; s < selectors.size(); ++s) {
      if (used_[i][s] || !worth_telling(selectors[s])) continue;
      findings.push_back({.rule = kSuppressionUnused,
                          .message = message(selectors[s]),
                          .where = {suppression.file, suppression.comment.where},
                          .identity = selectors[s]});
    }
  }
  return findings;
}

}  // namespace

void apply_suppressions(Findings& findings, std::span<const Suppression> suppressions,
                        std::span<const Rule* const> in_effect, std::span<const Rule> rules,
                        const std::function<std::string_view(FileId)>& text_of) {
  if (suppressions.empty()) return;
  Suppressor suppressor(suppressions, in_effect, rules, text_of);
  const auto is_suppressed = [&](const Finding& finding) { return suppressor.suppresses(finding); };
  std::erase_if(findings, is_suppressed);
  if (std::ranges::find(in_effect, kSuppressionUnused, &Rule::id) == in_effect.end()) return;
  Findings unused = suppressor.unused();
  std::erase_if(unused, is_suppressed);
  std::ranges::move(unused, std::back_inserter(findings));
}

}  // namespace fnlint
