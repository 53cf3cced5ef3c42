// Writes suppression comments in the syntax of each kind of file, beside a line or above it.

#include "app/suppressions/suppression_edits.h"

#include "app/suppressions/code_comments.h"
#include "app/suppressions/suppressions.h"
#include "core/lines.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kBegin = "fnlint: ignore[";

bool is_docker_file_name(std::string_view name) {
  return name.starts_with("Dockerfile") || name.ends_with("Dockerfile");
}

bool goes_on(const Lines& lines, std::uint32_t line) {
  return line >= 1 && line <= lines.count() && trim(lines.line(line)).ends_with('\\');
}

// The first of the lines that backslashes make one: no comment can stand between them.
std::uint32_t first_of(const Lines& lines, std::uint32_t line) {
  while (line > 1 && goes_on(lines, line - 1)) --line;
  return line;
}

std::string comment(std::string_view mark, const std::set<std::string>& rules,
                    std::string_view reason) {
  std::string listed;
  for (const std::string& rule : rules) listed += cat(listed.empty() ? "" : ", ", rule);
  return cat(mark, ' ', kBegin, listed, reason.empty() ? "]" : "] ", reason);
}

// The same line with more rules in the brackets that it has.
std::string with_more(std::string_view line, const std::set<std::string>& rules) {
  const std::size_t close = line.find(']', line.find(kBegin));
  std::string more;
  for (const std::string& rule : rules) more += cat(", ", rule);
  return cat(line.substr(0, close), more, line.substr(close));
}

bool has_suppression(std::string_view line) {
  const std::size_t begin = line.find(kBegin);
  return begin != line.npos && line.find(']', begin) != line.npos;
}

std::string with_beside(std::string_view line, std::string_view mark,
                        const std::set<std::string>& rules, std::string_view reason) {
  if (rules.empty()) return std::string(line);
  if (has_suppression(line)) return with_more(line, rules);
  return cat(line, line.ends_with(' ') || line.empty() ? "" : "  ", comment(mark, rules, reason));
}

// Comments above by the line that they stand above.
std::map<std::uint32_t, std::set<std::string>> above_of(const LineEdits& edits,
                                                        const Lines& lines) {
  std::map<std::uint32_t, std::set<std::string>> above;
  for (const auto& [line, edit] : edits)
    if (!edit.above.empty())
      above[first_of(lines, line)].insert(edit.above.begin(), edit.above.end());
  return above;
}

}  // namespace

std::string_view comment_mark_of(std::string_view path, std::string_view text) {
  const std::string_view name = file_name_of(path);
  switch (comment_syntax_of(path)) {
    case CommentSyntax::Hash: return "#";
    case CommentSyntax::Slashes: return "//";
    case CommentSyntax::None: break;
  }
  if (name == "go.mod" || name.ends_with(".gradle") || name.ends_with(".kts")) return "//";
  const std::string_view begin = trim(text.substr(0, std::min<std::size_t>(text.size(), 256)));
  const bool is_json = name.ends_with(".json") || begin.starts_with('{') || begin.starts_with('[');
  if (line_syntax_of(path) != LineSyntax::None) return name.ends_with(".json") ? "" : "#";
  return is_json || begin.starts_with('<') ? "" : "#";
}

bool can_stand_beside(std::string_view path, std::string_view text, std::uint32_t line) {
  const Lines lines(text);
  return has_suppression(lines.line(line)) ||
         (!is_docker_file_name(file_name_of(path)) && !goes_on(lines, line));
}

std::string with_suppressions(std::string_view path, std::string_view text, const LineEdits& edits,
                              std::string_view reason) {
  const Lines lines(text);
  const std::string_view mark = comment_mark_of(path, text);
  const auto above = above_of(edits, lines);
  std::string out, end = "\n";
  for (std::uint32_t number = 1; number <= lines.count(); ++number) {
    std::string_view line = lines.line(number);
    const std::size_t stop = number < lines.count() ? lines.start(number + 1) : text.size();
    const std::string_view its_end =
        text.substr(lines.start(number) + line.size(), stop - lines.start(number) - line.size());
    if (!its_end.empty()) end = its_end;
    if (const auto rules = above.find(number); rules != above.end()) {
      const std::string_view byte_order = "\xEF\xBB\xBF";
      if (line.starts_with(byte_order)) {
        out += byte_order;
        line.remove_prefix(byte_order.size());
      }
      const std::size_t blanks = std::min(line.find_first_not_of(" \t"), line.size());
      out += cat(line.substr(0, blanks), comment(mark, rules->second, reason), end);
    }
    const auto edit = edits.find(number);
    out += edit == edits.end() ? std::string(line)
                               : with_beside(line, mark, edit->second.beside, reason);
    out += its_end;
  }
  return out;
}

std::uint32_t line_before(const LineEdits& edits, std::string_view text, std::uint32_t line) {
  std::uint32_t before = line;
  std::uint32_t added = 0;
  for (const auto& [number, rules] : above_of(edits, Lines(text))) {
    if (number + added >= line) break;  // it was written below
    ++added;
    before = line - added;
  }
  return before;
}

}  // namespace fnlint
