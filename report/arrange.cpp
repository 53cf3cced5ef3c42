// Puts a report in its one order, and makes fingerprints that survive edits elsewhere in the file.

#include "report/arrange.h"

#include "core/text.h"
#include "report/fingerprints.h"
#include "report/places.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// A finding whose check names no context of its own is known by the text of its line.
std::string identity_of(const Finding& finding, Places& places) {
  if (!finding.identity.empty()) return finding.identity;
  const Lines* const lines = places.lines(finding.where.file);
  if (lines == nullptr) return {};
  std::string words;
  for (const std::string_view word :
       split(trim(lines->line(lines->place(finding.where.range.begin).line)), ' '))
    if (!word.empty()) words += cat(words.empty() ? "" : " ", word);
  return words;
}

// A file may ask for the same missing thing in hundreds of places.
void join_repeated(std::vector<ReportedUnresolved>& rows, Places& places) {
  std::map<std::tuple<std::string_view, std::string, std::string>, std::size_t> seen;
  std::vector<ReportedUnresolved> first;
  for (ReportedUnresolved& row : rows) {
    const Unresolved& one = row.unresolved;
    const auto [found, is_new] =
        seen.emplace(std::tuple(places.path(one.where), one.reason, one.function), first.size());
    if (is_new)
      first.push_back(std::move(row));
    else
      first[found->second].places += row.places;
  }
  rows = std::move(first);
}

bool equal(const ReportedProblem& a, const ReportedProblem& b) {
  return a.where == b.where && a.message == b.message;
}

// By path, offset and rule; of equal ones in one file each has its number. Not of those in several
// files: which of them comes first changes with what else there is, and with the folder that paths
// are told from.
class FindingOrder {
 public:
  explicit FindingOrder(Places& places) : places_(places) {}
  template <class Row, class Project>
  void arrange(std::vector<Row>& rows, Project reported) {
    std::vector<Placed<Row>> order;
    order.reserve(rows.size());
    for (Row& row : rows) order.push_back(placed(row, reported(row).finding));
    std::ranges::stable_sort(order, goes_before<Row>);
    std::vector<Row> arranged;
    arranged.reserve(rows.size());
    for (const Placed<Row>& one : order) arranged.push_back(std::move(*one.row));
    rows = std::move(arranged);
    for (Row& row : rows)
      if (ReportedFinding& one = reported(row); one.fingerprint.empty())
        one.fingerprint = print_of(one.finding);
  }

 private:
  // What a row is ordered by; rows stay where they are meanwhile.
  template <class Row>
  struct Placed {
    FileId file = {};
    std::string_view path = {};
    std::uint32_t begin = 0;
    std::string_view rule = {}, message = {};
    Row* row = nullptr;
  };
  template <class Row>
  [[nodiscard]] Placed<Row> placed(Row& row, const Finding& finding) const {
    return {finding.where.file,        places_.path(finding.where),
            finding.where.range.begin, finding.rule,
            finding.message,           &row};
  }
  template <class Row>
  static bool goes_before(const Placed<Row>& a, const Placed<Row>& b) {
    if (a.file != b.file && a.path != b.path) return a.path < b.path;
    return std::tie(a.begin, a.rule, a.message) < std::tie(b.begin, b.rule, b.message);
  }
  // Its number among those of its file that are told alike is part of it.
  std::string print_of(const Finding& finding) {
    std::string identity = identity_of(finding, places_);
    std::string print = fingerprint_of(finding.rule, finding.function, identity, 1);
    std::vector<Alike>& alike = seen_[{finding.where.file, print}];
    for (Alike& one : alike)
      if (one.rule == finding.rule && one.function == finding.function && one.identity == identity)
        return fingerprint_of(finding.rule, finding.function, identity, ++one.count);
    alike.push_back({finding.rule, finding.function, std::move(identity), 1});
    return print;
  }

  struct Alike {
    std::string_view rule = {};
    std::string function = {}, identity = {};
    std::size_t count = 0;
  };
  Places& places_;
  std::map<std::pair<FileId, std::string>, std::vector<Alike>> seen_ = {};
};

}  // namespace

void arrange(Report& report) {
  Places places(report);
  const auto order = [&places](const Span& where) {
    return std::tuple(places.path(where), where.range.begin);
  };
  FindingOrder findings(places);
  findings.arrange(report.findings, [](auto& each) -> auto& { return each; });
  // After them: that one is silenced gives no other a number.
  findings.arrange(report.suppressed, [](auto& each) -> auto& { return each.finding; });
  std::ranges::stable_sort(report.problems, [&](const auto& a, const auto& b) {
    return std::tuple(order(a.where), std::string_view(a.message)) <
           std::tuple(order(b.where), std::string_view(b.message));
  });
  const auto repeated = std::ranges::unique(report.problems, equal);
  report.problems.erase(repeated.begin(), repeated.end());
  std::ranges::stable_sort(report.unresolved, [&](const auto& a, const auto& b) {
    return std::tuple(order(a.unresolved.where), std::string_view(a.unresolved.reason)) <
           std::tuple(order(b.unresolved.where), std::string_view(b.unresolved.reason));
  });
  join_repeated(report.unresolved, places);
}

void keep_worst(Report& report, std::size_t most) {
  if (report.findings.size() <= most) return;
  std::vector<ReportedFinding> all = std::move(report.findings);
  std::vector<std::size_t> order(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, std::ranges::greater{},
                           [&all](std::size_t i) { return all[i].level; });
  std::sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(most));
  report.findings.clear();
  for (std::size_t i = 0; i < order.size(); ++i)
    (i < most ? report.findings : report.cut).push_back(std::move(all[order[i]]));
}

}  // namespace fnlint
