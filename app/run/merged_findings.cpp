// Merges findings of one rule at one place, and words what differs between their functions.

#include "app/run/merged_findings.h"

#include "core/text.h"
#include "tables/tables.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// Of several at one place the strongest comes first, and stays.
auto strength_of(const Finding& finding, const RuleRegistry& rules) {
  const Rule* rule = rules.find(finding.rule);
  const Severity severity = finding.severity.value_or(rule ? rule->severity : Severity::Warning);
  return std::tuple(-static_cast<int>(level_of(severity, finding.confidence)),
                    -static_cast<int>(severity), -static_cast<int>(finding.confidence),
                    std::string_view(finding.function));
}

constexpr std::size_t kFunctionsInLine = 10;  // functions in a line
constexpr std::size_t kSentences = 4;  // that differ, each with its functions

// What is said of functions whose findings are one with another; of the first as it was written.
struct Said {
  std::string message = {};
  std::vector<std::string> functions = {};
};
using Others = std::map<std::string, Said, std::less<>>;  // by what is said of whichever function

std::string in_quotes(std::string_view name) { return cat('\'', name, '\''); }

std::string label_of(const Finding& finding) {
  return finding.function.empty() ? finding.message
                                  : replace_all(finding.message, in_quotes(finding.function), "''");
}

std::string names_of(std::vector<std::string> functions) {
  std::ranges::sort(functions);
  functions.erase(std::ranges::unique(functions).begin(), functions.end());
  std::string text;
  for (std::size_t i = 0; i < functions.size() && i < kFunctionsInLine; ++i)
    text += cat(i == 0 ? "" : ", ", in_quotes(functions[i]));
  if (functions.size() > kFunctionsInLine)
    text += cat(" and ", functions.size() - kFunctionsInLine, " more");
  return text;
}

// "For 'b': The runtime is ..."; where the sentence names its function, it is enough.
std::string sentence_of(const Said& said) {
  const std::string_view first = said.functions.front();
  if (said.message.find(in_quotes(first)) == std::string::npos)
    return cat("For ", names_of(said.functions), ": ", said.message);
  const std::vector<std::string> rest(said.functions.begin() + 1, said.functions.end());
  return rest.empty() ? said.message : cat(said.message, " The same for ", names_of(rest), '.');
}

// Whose findings were put into the first one, in lines of their own: those of which the same is
// said, and those of which something else is, of another runtime say.
void tell_others(Finding& finding, const Others& others) {
  const auto same = others.find(label_of(finding));
  if (same != others.end())
    finding.related.push_back(
        {finding.where, cat("The same for ", names_of(same->second.functions), '.')});
  std::size_t told = 0;
  std::vector<std::string> more;
  for (auto row = others.begin(); row != others.end(); ++row) {
    if (row == same) continue;
    if (told++ < kSentences)
      finding.related.push_back({finding.where, sentence_of(row->second)});
    else
      more.insert(more.end(), row->second.functions.begin(), row->second.functions.end());
  }
  if (!more.empty())
    finding.related.push_back(
        {finding.where, cat("With different details, for ", names_of(std::move(more)), '.')});
}

// What stands there already is not told again.
void drop_repeated(Finding& finding) {
  std::vector<PlacedText> kept;
  for (PlacedText& one : finding.related) {
    const bool told = std::ranges::any_of(kept, [&](const PlacedText& other) {
      return other.where == one.where && other.message == one.message;
    });
    if (!told) kept.push_back(std::move(one));
  }
  finding.related = std::move(kept);
}

}  // namespace

void merge_findings(Findings& findings, const RuleRegistry& rules) {
  std::vector<Finding*> order;
  for (Finding& finding : findings) order.push_back(&finding);
  std::ranges::stable_sort(order, [&rules](const Finding* a, const Finding* b) {
    const auto place = [](const Finding& one) { return std::tuple(one.rule, one.where); };
    const auto by_place = place(*a) <=> place(*b);
    return by_place == 0 ? strength_of(*a, rules) < strength_of(*b, rules) : by_place < 0;
  });
  Findings merged;
  Others others;  // findings that are one with the last, the strongest of each function
  std::set<std::string, std::less<>> told;
  const auto end_last = [&] {
    if (merged.empty()) return;
    drop_repeated(merged.back());
    tell_others(merged.back(), others);
    others.clear();
    told.clear();
  };
  for (Finding* const each : order) {
    Finding& finding = *each;
    const bool same = !merged.empty() && merged.back().rule == finding.rule &&
                      merged.back().where == finding.where;
    if (!same) {
      end_last();
      merged.push_back(std::move(finding));
    } else if (!finding.function.empty() && finding.function != merged.back().function &&
               told.insert(finding.function).second) {
      Said& said = others[label_of(finding)];
      if (said.functions.empty()) said.message = std::move(finding.message);
      said.functions.push_back(std::move(finding.function));
    }
  }
  end_last();
  findings = std::move(merged);
}

}  // namespace fnlint
