#include "core/text.h"
#include "report/markdown_text.h"
#include "report/report.h"
#include "report/rows.h"
#include "report/words.h"

#include <array>
#include <set>

// Markdown for summaries of jobs and comments.
namespace fnlint {

namespace {

constexpr std::string_view kMark = "<!-- fnlint -->\n";  // by which a comment is found again

class MarkdownWriter {
 public:
  MarkdownWriter(const Report& report, std::size_t bytes)
      : report_(report), places_(report), bytes_(bytes) {}
  std::string text();

 private:
  void heading();
  std::string cells(const Row& row);
  std::string cells(const Unresolved& unresolved);
  // Counts what finds no room; the table ends at the first of these.
  void put(const std::string& line, Severity level);
  void left_out();

  const Report& report_;
  Places places_;
  std::size_t bytes_;
  std::string text_ = {};
  bool is_full_ = false;
  std::array<std::size_t, 3> left_out_ = {};                           // by level
  std::set<std::pair<std::string_view, std::string>> explained_ = {};  // rules, and how to fix
};

void MarkdownWriter::heading() {
  text_ = cat(kMark, "### fnlint\n\n", summary_words(report_), ".\n");
  if (const std::string words = unread_words(report_); !words.empty())
    text_ += cat("\n**", words, ".**\n");
}

std::string MarkdownWriter::cells(const Row& row) {
  const std::string place =
      row.in_archive ? std::string(row.path) : cat(row.path, ':', row.region.begin.line);
  std::string said = markdown_text(sentence(row.message));
  if (row.finding == nullptr) {
    said += " (problem)";
  } else {
    said += cat(" [", row.rule, "](", rule_page(report_, row.rule), ')');
    if (!row.remedy.empty() && explained_.emplace(row.rule, row.remedy).second)
      said += cat("<br>", markdown_text(sentence(row.remedy)));
  }
  return cat("| ", word_of(row.level), " | ", markdown_code(place), " | ", said, " |\n");
}

std::string MarkdownWriter::cells(const Unresolved& unresolved) {
  const Row row = row_at(unresolved.where, unresolved.reason, places_);
  std::string said = markdown_text(sentence(row.message));
  if (!unresolved.function.empty()) said += cat(" (", markdown_text(unresolved.function), ')');
  return cat("| unresolved | ", markdown_code(cat(row.path, ':', row.region.begin.line)), " | ",
             said, " |\n");
}

void MarkdownWriter::put(const std::string& line, Severity level) {
  constexpr std::size_t kLastLine = 200;
  is_full_ = is_full_ || text_.size() + line.size() + kLastLine > bytes_;
  if (is_full_) {
    ++left_out_[static_cast<std::size_t>(level)];
  } else {
    text_ += line;
  }
}

void MarkdownWriter::left_out() {
  std::string words;
  for (const Severity level : {Severity::Error, Severity::Warning, Severity::Note})
    if (const std::size_t count = left_out_[static_cast<std::size_t>(level)]; count > 0)
      words += cat(words.empty() ? "" : ", ", counted(count, word_of(level)));
  if (!words.empty()) text_ += cat("\nThere is no room for the rest: ", words, ".\n");
}

std::string MarkdownWriter::text() {
  heading();
  const std::vector<Row> rows = rows_of(report_, places_);
  if (!rows.empty() || report_.show_unresolved)
    text_ += "\n| level | place | what |\n| --- | --- | --- |\n";
  for (const Row& row : rows) put(cells(row), row.level);
  if (report_.show_unresolved)
    for (const auto& [each, count] : report_.unresolved) put(cells(each), Severity::Note);
  left_out();
  return std::move(text_);
}

}  // namespace

std::string markdown_report(const Report& report, std::size_t bytes) {
  return MarkdownWriter(report, bytes).text();
}

}  // namespace fnlint
