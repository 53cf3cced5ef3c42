#include "core/text.h"
#include "report/by_level.h"
#include "report/html.h"
#include "report/words.h"

#include <algorithm>
#include <map>

// The findings on the page, by function, the worst first.
namespace fnlint {

namespace {

constexpr std::size_t kMostFindings = 5000;  // the worst; a page of more is no page
constexpr std::size_t kOpenFindings = 5;     // that are read without a click
constexpr std::size_t kMostSteps = 100;      // of one finding
constexpr std::size_t kMostOthers = 10;

struct FunctionGroup {
  std::string_view function = {};
  std::vector<const ReportedFinding*> findings = {};  // the worst first
};

// The worst first, then those with most findings.
std::vector<FunctionGroup> groups_of(const std::vector<const ReportedFinding*>& findings) {
  std::map<std::string_view, FunctionGroup> by_name;
  for (const ReportedFinding* const each : findings) {
    FunctionGroup& group = by_name[each->finding.function];
    group.function = each->finding.function;
    group.findings.push_back(each);
  }
  std::vector<FunctionGroup> groups;
  for (auto& [name, group] : by_name) groups.push_back(std::move(group));
  std::ranges::stable_sort(groups, [](const FunctionGroup& a, const FunctionGroup& b) {
    return std::pair(a.findings.front()->level, a.findings.size()) >
           std::pair(b.findings.front()->level, b.findings.size());
  });
  return groups;
}

class FindingsSection {
 public:
  explicit FindingsSection(HtmlPage& page) : page_(page) {}

  std::string write() {
    const std::size_t count = page_.report.findings.size();
    out_ =
        "<section id=\"findings\" aria-labelledby=\"findings-title\">\n"
        "<h2 id=\"findings-title\">Findings</h2>\n<form id=\"filters\" role=\"search\" "
        "hidden></form>\n"
        "<p id=\"shown\" role=\"status\"></p>\n";
    if (count == 0) out_ += "<p class=\"none\">Nothing was found in what was read.</p>\n";
    std::vector<const ReportedFinding*> findings = by_level(page_.report);
    if (count > kMostFindings) {
      findings.resize(kMostFindings);
      out_ += cat("<p class=\"gap\">The ", kMostFindings, " worst of ", count,
                  " findings; the other formats have all of them.</p>\n");
    }
    for (const FunctionGroup& each : groups_of(findings)) group(each);
    return std::move(out_) + "</section>\n";
  }

 private:
  void group(const FunctionGroup& each);
  void finding(const ReportedFinding& reported);
  void steps(std::string_view title, std::string_view element, std::string_view kind,
             const std::vector<PlacedText>& rows, std::size_t most);
  void close(const ReportedFinding& reported);
  // Equal findings of two files have one fingerprint.
  std::string name_of(const ReportedFinding& reported) {
    const std::size_t nth = ++seen_[reported.fingerprint];
    return nth == 1 ? cat("f-", html_text(reported.fingerprint))
                    : cat("f-", html_text(reported.fingerprint), '-', nth);
  }

  HtmlPage& page_;
  std::string out_ = {};
  std::size_t written_ = 0;
  std::map<std::string_view, std::size_t> seen_ = {};
};

void FindingsSection::group(const FunctionGroup& each) {
  const std::string name =
      each.function.empty() ? std::string("Not about a single function") : html_text(each.function);
  out_ += cat("<section class=\"function\" data-function=\"", name, "\">\n<h3>", name,
              " <span class=\"count\">", each.findings.size(), "</span></h3>\n");
  for (const ReportedFinding* const one : each.findings) finding(*one);
  out_ += "</section>\n";
}

void FindingsSection::finding(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  const ReportedRule* const rule = find_rule(page_.report, finding.rule);
  const std::string_view level = word_of(reported.level);
  const std::string id = html_text(finding.rule);
  out_ += cat("<details class=\"finding ", level, "\" id=\"", name_of(reported), "\" data-level=\"",
              level, "\" data-confidence=\"", word_of(finding.confidence), "\" data-rule=\"", id,
              "\" data-category=\"", html_text(rule == nullptr ? "" : rule->rule->category), '"',
              written_++ < kOpenFindings ? " open" : "", ">\n");
  out_ +=
      cat("<summary><span class=\"level\">", level, "</span> <span class=\"message\">",
          html_text(finding.message), "</span> <span class=\"rule\">", id, "</span></summary>\n");
  out_ += cat("<p>", page_.place(finding.where), "</p>\n", page_.source(finding.where));
  steps("How it happens", "ol", "flow", finding.flow, kMostSteps);
  std::vector<PlacedText> others;  // that are no step
  for (const PlacedText& each : finding.related)
    if (std::ranges::find(finding.flow, each.message, &PlacedText::message) == finding.flow.end())
      others.push_back(each);
  steps("See also", "ul", "related", others, kMostOthers);
  close(reported);
}

void FindingsSection::steps(std::string_view title, std::string_view element, std::string_view kind,
                            const std::vector<PlacedText>& rows, std::size_t most) {
  if (rows.empty()) return;
  out_ += cat("<h4>", title, "</h4>\n<", element, " class=\"", kind, "\">\n");
  for (std::size_t i = 0; i < std::min(rows.size(), most); ++i)
    out_ += cat("<li><span>", html_text(rows[i].message), "</span> ", page_.place(rows[i].where),
                '\n', page_.source(rows[i].where), "</li>\n");
  if (rows.size() > most) out_ += cat("<li>and ", rows.size() - most, " more</li>\n");
  out_ += cat("</", element, ">\n");
}

void FindingsSection::close(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  if (const std::string_view remedy = remedy_of(page_.report, finding); !remedy.empty())
    out_ += cat("<p class=\"remedy\"><b>What to do</b> ", html_text(sentence(remedy)), "</p>\n");
  const std::string id = html_text(finding.rule);
  out_ += cat("<p class=\"about\"><a href=\"", html_text(rule_page(page_.report, finding.rule)),
              "\" rel=\"noreferrer\">", id, "</a>, ", word_of(finding.confidence), ", <code>",
              html_text(reported.fingerprint), "</code></p>\n</details>\n");
}

}  // namespace

std::string html_findings(HtmlPage& page) { return FindingsSection(page).write(); }

}  // namespace fnlint
