#include "core/text.h"

#include "report/excerpt.h"
#include "report/places.h"
#include "report/unicode.h"
#include "report/words.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fnlint {

std::string counted(std::size_t count, std::string_view noun) {
  return cat(count, ' ', noun, count == 1 ? "" : "s");
}

namespace {

constexpr std::string_view kReset = "\x1b[0m", kBold = "\x1b[1m", kDim = "\x1b[2m";
constexpr std::string_view kRed = "\x1b[1;31m", kYellow = "\x1b[1;33m", kCyan = "\x1b[1;36m";
constexpr std::string_view kBlue = "\x1b[34m";

std::string_view color_of(Severity level) {
  return level == Severity::Error ? kRed : level == Severity::Warning ? kYellow : kCyan;
}

class TextWriter {
 public:
  TextWriter(const Report& report, const TextStyle& style)
      : report_(report), style_(style), places_(report) {}

  void finding(const ReportedFinding& reported);
  void located(const Span& where, std::string_view label, std::string_view color,
               std::string_view message);
  void unresolved();
  void statistics();
  void summary();
  [[nodiscard]] std::string& text() { return text_; }

 private:
  void put(std::string_view color, std::string_view text) {
    if (style_.color && !color.empty()) {
      text_.append(color).append(text).append(kReset);
    } else {
      text_.append(text);
    }
  }
  std::string where(const Span& span) {
    const Place place = places_.region(span).begin;
    return cat(one_line(places_.path(span)), ':', place.line, ':', place.column);
  }
  void source(const Finding& finding, Severity level);
  void detail(std::string_view label, std::string_view text);

  const Report& report_;
  const TextStyle& style_;
  Places places_;
  std::string text_ = {};
  std::size_t gutter_ = 0;
  std::set<std::string_view> explained_ = {};  // rules whose remedy was printed
};

void TextWriter::located(const Span& span, std::string_view label, std::string_view color,
                         std::string_view message) {
  put(kBold, where(span));
  text_ += ": ";
  put(color, label);
  text_.append(": ").append(one_line(message));
}

void TextWriter::source(const Finding& finding, Severity level) {
  const Lines* const lines = places_.lines(finding.where.file);
  const std::uint32_t number = places_.region(finding.where).begin.line;
  const std::string digits = cat(number);
  gutter_ = digits.size() + 1;
  if (lines == nullptr || trim(lines->line(number)).empty()) return;
  const std::uint32_t start = lines->start(number);
  const std::size_t begin = finding.where.range.begin - start;
  const std::size_t end = std::max(finding.where.range.end, finding.where.range.begin) - start;
  std::string line(lines->line(number));
  if (finding.rule.starts_with("secrets-in-"))  // a log is read by many
    for (std::size_t i = begin; i < std::min(end, line.size()); ++i)
      if (line[i] != ' ') line[i] = '*';
  const Excerpt excerpt = excerpt_of(line, begin, end);
  const std::string margin(gutter_, ' ');
  put(kBlue, cat(margin, '|'));
  text_ += '\n';
  put(kBlue, cat(digits, " |"));
  text_.append(" ").append(excerpt.line).append("\n");
  put(kBlue, cat(margin, '|'));
  text_ += ' ';
  const std::size_t blanks = excerpt.mark.find('^');
  text_.append(blanks, ' ');
  put(color_of(level), excerpt.mark.substr(blanks));
  text_ += '\n';
}

void TextWriter::detail(std::string_view label, std::string_view text) {
  put(kBlue, cat(std::string(gutter_, ' '), '='));
  text_ += ' ';
  put(kBold, label);
  text_.append(" ").append(text).append("\n");
}

void TextWriter::finding(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  located(finding.where, word_of(reported.level), color_of(reported.level), finding.message);
  put(kDim, cat(" [", finding.rule, ']'));
  text_ += '\n';
  source(finding, reported.level);
  std::size_t step = 0;
  for (const PlacedText& each : finding.flow)
    detail(cat(++step, '.'), cat(where(each.where), ": ", one_line(each.message)));
  for (const PlacedText& each : finding.related)
    if (std::ranges::find(finding.flow, each.message, &PlacedText::message) == finding.flow.end())
      detail("related:", cat(where(each.where), ": ", one_line(each.message)));
  if (finding.confidence != Confidence::Certain) detail("confidence:", word_of(finding.confidence));
  const ReportedRule* const rule = find_rule(report_, finding.rule);
  if (rule != nullptr && explained_.insert(finding.rule).second) {  // once, not for each of fifty
    detail("help:", one_line(rule->rule->remedy));
    detail("see:", rule_page(finding.rule));
  }
  text_ += '\n';
}

void TextWriter::unresolved() {
  for (const auto& [each, places] : report_.unresolved) {
    located(each.where, "unresolved", kCyan, each.reason);
    std::string aside = one_line(each.function);
    if (places > 1) aside += cat(aside.empty() ? "" : ", ", places, " places");
    if (!aside.empty()) text_ += cat(" (", aside, ')');
    text_ += '\n';
  }
}

void TextWriter::statistics() {
  std::map<std::string_view, std::size_t> counts;
  for (const ReportedFinding& each : report_.findings) ++counts[each.finding.rule];
  std::vector<std::pair<std::string_view, std::size_t>> rows(counts.begin(), counts.end());
  std::ranges::stable_sort(rows, std::ranges::greater{}, &decltype(rows)::value_type::second);
  for (const auto& [rule, count] : rows) {
    const ReportedRule* const row = find_rule(report_, rule);
    text_ += fmt::format("{:>6}  {}", count, rule);
    if (row != nullptr) text_ += cat("  ", one_line(row->rule->title));
    text_ += '\n';
  }
}

void TextWriter::summary() {
  std::array<std::size_t, 3> levels{};
  for (const ReportedFinding& each : report_.findings)
    ++levels[static_cast<std::size_t>(each.level)];
  std::string line = "No findings";
  if (!report_.findings.empty()) {
    line = cat(counted(report_.findings.size(), "finding"), ": ");
    bool first = true;
    for (const Severity level : {Severity::Error, Severity::Warning, Severity::Note}) {
      const std::size_t count = levels[static_cast<std::size_t>(level)];
      if (count == 0) continue;
      line += cat(first ? "" : ", ", counted(count, word_of(level)));
      first = false;
    }
  }
  line += cat(" in ", counted(report_.functions, "function"), ", ",
              counted(report_.templates, "template"), ", ", counted(report_.files_read, "file"));
  if (!report_.problems.empty()) line += cat("; ", counted(report_.problems.size(), "problem"));
  put(report_.findings.empty() ? std::string_view{} : kBold, line);
  text_ += ".\n";
  const bool may_hold_some = report_.functions == 0 && report_.templates > 0;
  if (may_hold_some && report_.has_unresolved && !report_.show_unresolved)
    text_ += "What could not be read may declare functions: --show-unresolved lists it.\n";
}

}  // namespace

std::string text_problems(const Report& report, const TextStyle& style) {
  TextWriter writer(report, style);
  for (const LocatedProblem& problem : report.problems) {
    writer.located(problem.where, "problem", kYellow, problem.message);
    writer.text() += '\n';
  }
  return std::move(writer.text());
}

std::string text_report(const Report& report, const TextStyle& style) {
  TextWriter writer(report, style);
  if (report.show_statistics) {
    writer.statistics();
  } else {
    for (const ReportedFinding& finding : report.findings) writer.finding(finding);
  }
  writer.text() += text_problems(report, style);
  if (report.show_unresolved) writer.unresolved();
  if (!style.quiet) writer.summary();
  return std::move(writer.text());
}

}  // namespace fnlint
