#include "core/text.h"

#include "report/excerpt.h"
#include "report/places.h"
#include "report/secrets.h"
#include "report/told_lines.h"
#include "report/unicode.h"
#include "report/uri.h"
#include "report/words.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

// The report for people, with excerpts of the sources.
namespace fnlint {

std::string counted(std::size_t count, std::string_view noun) {
  return cat(count, ' ', noun, count == 1 ? "" : "s");
}

namespace {

constexpr std::string_view kReset = "\x1b[0m", kBold = "\x1b[1m", kDim = "\x1b[2m";
constexpr std::string_view kRed = "\x1b[1;31m", kYellow = "\x1b[1;33m", kCyan = "\x1b[1;36m";
constexpr std::string_view kBlue = "\x1b[34m";
// OSC 8: kLink, address, kLinkText, text, and both again without an address.
constexpr std::string_view kLink = "\x1b]8;;", kLinkText = "\x1b\\";
constexpr std::size_t kUnasked = 10;  // of what was not understood, where nothing else is said
constexpr std::size_t kIndent = 4;         // of a message's second line
constexpr std::size_t kLeastColumns = 40;  // narrower terminals break lines themselves

std::size_t columns_of(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) width += static_cast<std::size_t>(width_of(take_code_point(text)));
  return width;
}
constexpr std::size_t kRelated = 10;  // places of a finding

std::string_view color_of(Severity level) {
  return level == Severity::Error ? kRed : level == Severity::Warning ? kYellow : kCyan;
}

class TextWriter {
 public:
  TextWriter(const Report& report, const TextStyle& style)
      : report_(report), style_(style), places_(report), secrets_(report, places_) {}

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
    return cat(shown_path(places_.path(span)), ':', place.line, ':', place.column);
  }
  [[nodiscard]] std::string linked(std::string_view address, std::string_view shown) const {
    return style_.links ? cat(kLink, address, kLinkText, shown, kLink, kLinkText)
                        : std::string(shown);
  }
  // Nothing opens a file in an archive.
  std::string linked_place(const Span& span, std::string_view shown) {
    const bool is_file = span.file.exists() && places_.inner_path(span).empty();
    return style_.files.empty() || !is_file
               ? std::string(shown)
               : linked(cat(style_.files, '/', uri_of(places_.path(span))), shown);
  }
  // Words, the first of them at a column; those that find no room begin another line.
  void flow(std::string_view words, std::size_t column, std::size_t indent);
  void rule(std::string_view id, std::size_t column);
  void source(const Finding& finding, Severity level);
  void related(const Finding& finding);
  void detail(std::string_view label, std::string_view text);

  const Report& report_;
  const TextStyle& style_;
  Places places_;
  Secrets secrets_;
  std::string text_ = {};
  std::size_t gutter_ = 0, column_ = 0;  // column_: where flow() has ended
  // Rules with the remedies of theirs that were printed.
  std::set<std::pair<std::string_view, std::string_view>> explained_ = {};
};

void TextWriter::flow(std::string_view words, std::size_t column, std::size_t indent) {
  column_ = column;
  if (style_.columns == 0) {
    text_ += words;
    return;
  }
  bool is_first = true;
  for (const std::string_view word : split(words, ' ')) {
    const std::size_t width = columns_of(word);
    const bool fits = is_first || column_ + 1 + width <= std::max(style_.columns, kLeastColumns);
    if (fits) {
      text_ += is_first ? "" : " ";
      column_ += width + (is_first ? 0 : 1);
    } else {
      text_.append("\n").append(indent, ' ');
      column_ = indent + width;
    }
    text_ += fits ? std::string(word) : line_start(word);
    is_first = false;
  }
}

void TextWriter::located(const Span& span, std::string_view label, std::string_view color,
                         std::string_view message) {
  const std::string at = where(span);
  put(kBold, linked_place(span, at));
  text_ += ": ";
  put(color, label);
  text_ += ": ";
  flow(one_line(message), columns_of(at) + label.size() + 4, kIndent);
}

// Behind the message that was just written.
void TextWriter::rule(std::string_view id, std::size_t column) {
  const std::string shown = cat('[', id, ']');
  const bool fits = style_.columns == 0 || column + 1 + shown.size() <= style_.columns;
  text_ += fits ? std::string(" ") : cat('\n', std::string(kIndent, ' '));
  put(kDim, linked(rule_page(report_, id), shown));
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
  secrets_.hide(finding.where.file, number, start, line);
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
  text_ += ' ';
  const std::size_t column = gutter_ + 3 + label.size();
  flow(text, column, column);
  text_ += '\n';
}

// The first of many places; formats for machines have all of them.
void TextWriter::related(const Finding& finding) {
  std::size_t shown = 0;
  std::size_t left = 0;
  std::set<std::string_view> files;
  for (const PlacedText& each : finding.related) {
    if (std::ranges::find(finding.flow, each.message, &PlacedText::message) != finding.flow.end())
      continue;
    if (shown++ < kRelated) {
      detail("related:", cat(where(each.where), ": ", one_line(each.message)));
    } else {
      ++left;
      files.insert(places_.path(each.where));
    }
  }
  if (left > 0)
    detail("related:", cat("and ", counted(left, "more place"), " in ",
                           counted(files.size(), "file"), '.'));
}

void TextWriter::finding(const ReportedFinding& reported) {
  const Finding& finding = reported.finding;
  located(finding.where, word_of(reported.level), color_of(reported.level), finding.message);
  rule(finding.rule, column_);
  text_ += '\n';
  source(finding, reported.level);
  std::size_t step = 0;
  for (const PlacedText& each : finding.flow)
    detail(cat(++step, '.'), cat(where(each.where), ": ", one_line(each.message)));
  related(finding);
  if (finding.confidence != Confidence::Certain) detail("confidence:", word_of(finding.confidence));
  if (style_.fingerprints) detail("fingerprint:", reported.fingerprint);
  // Once, not for each of fifty.
  const std::string_view remedy = remedy_of(report_, finding);
  if (!remedy.empty() && explained_.emplace(finding.rule, remedy).second) {
    detail("help:", one_line(remedy));
    detail("see:", rule_page(report_, finding.rule));
  }
  text_ += '\n';
}

void TextWriter::unresolved() {
  // Where there is no function, what was not understood is why; unasked, the first of it will do.
  const std::size_t most = report_.show_unresolved ? SIZE_MAX : kUnasked;
  for (std::size_t i = 0; i < std::min(most, report_.unresolved.size()); ++i) {
    const auto& [each, places] = report_.unresolved[i];
    located(each.where, "unresolved", kCyan, each.reason);
    std::string aside = one_line(each.function);
    if (places > 1) aside += cat(aside.empty() ? "" : ", ", places, " places");
    if (!aside.empty()) text_ += cat(" (", aside, ')');
    text_ += '\n';
  }
}

bool tells_unresolved(const Report& report, const TextStyle& style) {
  return report.show_unresolved || (report.functions == 0 && !style.quiet);
}

void TextWriter::statistics() {
  std::map<std::string_view, std::size_t> counts;
  for (const auto* const some : {&report_.findings, &report_.cut})
    for (const ReportedFinding& each : *some) ++counts[each.finding.rule];
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
  const bool none = report_.findings.empty() && report_.cut.empty();
  put(none ? std::string_view{} : kBold, summary_words(report_));
  text_ += ".\n";
  std::string unread = unread_words(report_);
  if (report_.open > 0)
    unread += unread.empty() ? cat(report_.open, " of ", counted(report_.functions, "function"),
                                   ": some calls are unknown")
                             : cat("; ", report_.open, " with unknown calls");
  if (!unread.empty()) {
    put(kYellow, cat(unread, report_.show_unresolved ? "" : " (--show-unresolved)"));
    text_ += ".\n";
  }
}

}  // namespace

std::string text_problems(const Report& report, const TextStyle& style) {
  TextWriter writer(report, style);
  for (const ReportedProblem& problem : report.problems) {
    writer.located(problem.where, "problem", problem.level == Severity::Error ? kRed : kYellow,
                   problem.message);
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
    if (const std::string cut = cut_words(report); !cut.empty()) writer.text() += cat(cut, ".\n");
  }
  writer.text() += text_problems(report, style);
  if (tells_unresolved(report, style)) writer.unresolved();
  if (!style.quiet) writer.summary();
  return std::move(writer.text());
}

}  // namespace fnlint
