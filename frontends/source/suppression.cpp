#include "frontends/source/suppression.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kMarker = "fnlint:";
constexpr std::string_view kUsage = "write `fnlint: ignore[rule-id] reason`";

// The marker begins a word: "see-fnlint:" and addresses that contain it are no suppressions.
std::size_t find_marker(std::string_view comment) {
  for (std::size_t at = comment.find(kMarker); at != std::string_view::npos;
       at = comment.find(kMarker, at + 1))
    if (at == 0 || std::string_view(" \t\n\r#/*;,").find(comment[at - 1]) != std::string_view::npos)
      return at;
  return std::string_view::npos;
}

bool is_rule_id(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

// The line or lines that a range touches, without the last line's end.
Range lines_of(std::string_view text, Range where) {
  const std::size_t before =
      where.begin == 0 ? std::string_view::npos : text.find_last_of("\r\n", where.begin - 1);
  const std::size_t after = text.find_first_of("\r\n", where.end);
  return {static_cast<std::uint32_t>(before == std::string_view::npos ? 0 : before + 1),
          static_cast<std::uint32_t>(after == std::string_view::npos ? text.size() : after)};
}

bool stands_alone(std::string_view text, Range where, Range lines) {
  return trim(text.substr(lines.begin, where.begin - lines.begin)).empty() &&
         trim(text.substr(where.end, lines.end - where.end)).empty();
}

}  // namespace

ParsedSuppression parse_suppression(std::string_view comment, Range where) {
  const std::size_t at = find_marker(comment);
  if (at == std::string_view::npos) return {};
  std::string_view rest = trim(comment.substr(at + kMarker.size()));
  if (!rest.starts_with("ignore")) return {};  // prose, or a directive of a later version
  rest.remove_prefix(std::string_view("ignore").size());
  SuppressionComment row{.reach = SuppressionReach::Line, .where = where};
  if (rest.starts_with("-file")) {
    row.reach = SuppressionReach::File;
    rest.remove_prefix(std::string_view("-file").size());
  }
  rest = trim(rest);
  const std::size_t close = rest.find(']');
  if (!rest.starts_with('[') || close == std::string_view::npos)
    return {.mistake = cat("a suppression names its rules in brackets: ", kUsage)};
  for (const std::string_view part : split(rest.substr(1, close - 1), ',')) {
    const std::string_view rule = trim(part);
    if (!is_rule_id(rule)) return {.mistake = cat("not a rule id in a suppression: ", kUsage)};
    row.rules.emplace_back(rule);
  }
  std::string_view reason = rest.substr(close + 1);
  if (comment.starts_with("/*") && reason.ends_with("*/")) reason.remove_suffix(2);
  row.reason = std::string(trim(reason));
  return {.comment = std::move(row)};
}

void add_suppressions(CodeBuilder& out, std::string_view text, const std::vector<Range>& comments,
                      const std::function<Range(std::uint32_t)>& next_node) {
  for (const Range where : comments) {
    ParsedSuppression parsed =
        parse_suppression(text.substr(where.begin, where.end - where.begin), where);
    if (!parsed.mistake.empty()) out.problem(where, std::move(parsed.mistake));
    if (!parsed.comment) continue;
    SuppressionComment& row = *parsed.comment;
    if (row.reach == SuppressionReach::Line) {
      row.covers = lines_of(text, where);
      if (stands_alone(text, where, row.covers)) {
        row.reach = SuppressionReach::NextNode;
        const Range next = next_node(where.end);
        row.covers = next == Range{} ? where : next;  // nothing follows: it will prove unused
      }
    }
    out.add_suppression(std::move(row));
  }
}

}  // namespace fnlint
