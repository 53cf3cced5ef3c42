// Text surgery on templates and code: replaces values inside of their quotes, and removes entries
// with their commas and lines.

#include "app/run/fixes.h"

#include "core/text.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace fnlint {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_quote(char c) { return c == '"' || c == '\''; }

// What stands at a place, without the quotes around it.
Range without_quotes(std::string_view text, Range range) {
  const bool is_quoted = range.end - range.begin >= 2 && is_quote(text[range.begin]) &&
                         text[range.end - 1] == text[range.begin];
  return is_quoted ? Range{range.begin + 1, range.end - 1} : range;
}

bool is_in(std::string_view text, Range range) {
  return range.begin < range.end && range.end <= text.size();
}

std::optional<TextEdit> replaced(const FixStep& change, std::string_view text) {
  const Range inside = without_quotes(text, change.where.range);
  const std::string_view there = text.substr(inside.begin, inside.end - inside.begin);
  if (there != change.replaces || there.empty() || change.by.empty()) return std::nullopt;
  return TextEdit{{change.where.file, inside}, change.by};
}

// The key of an entry with what quotes it.
Range with_quotes(std::string_view text, Range range) {
  const bool is_quoted = range.begin > 0 && range.end < text.size() &&
                         is_quote(text[range.begin - 1]) &&
                         text[range.end] == text[range.begin - 1];
  return is_quoted ? Range{range.begin - 1, range.end + 1} : range;
}

// An entry of a map goes with its comma, and with its lines where it has them for itself.
std::optional<TextEdit> removed(const FixStep& change, std::string_view text) {
  const Range key = with_quotes(text, change.key.range);
  const Range value = with_quotes(text, change.where.range);
  if (change.key.file != change.where.file || value.begin < key.end) return std::nullopt;
  std::uint32_t begin = key.begin, end = value.end;
  while (begin > 0 && is_blank(text[begin - 1])) --begin;
  const bool begins_line = begin == 0 || text[begin - 1] == '\n';
  while (end < text.size() && is_blank(text[end])) ++end;
  const bool has_comma = end < text.size() && text[end] == ',';
  if (has_comma) ++end;
  std::uint32_t rest = end;
  while (rest < text.size() && (is_blank(text[rest]) || text[rest] == '\r')) ++rest;
  if (rest < text.size() && (text[rest] == '#' || text.substr(rest).starts_with("//")))
    rest = static_cast<std::uint32_t>(std::min(text.find('\n', rest), text.size()));
  const bool ends_line = rest >= text.size() || text[rest] == '\n';
  if (begins_line && ends_line) {
    // The last entry of JSON would leave the comma of the one before it.
    const std::size_t before = text.find_last_not_of(" \t\r\n", begin == 0 ? 0 : begin - 1);
    if (!has_comma && before != text.npos && text[before] == ',')
      return TextEdit{{change.key.file, {static_cast<std::uint32_t>(before), value.end}}, ""};
    return TextEdit{
        {change.key.file, {begin, std::min(rest + 1, static_cast<std::uint32_t>(text.size()))}},
        ""};
  }
  // `{Runtime: python3.14, Layers: [x]}`
  if (has_comma) {
    while (end < text.size() && is_blank(text[end])) ++end;
    return TextEdit{{change.key.file, {key.begin, end}}, ""};
  }
  if (begin > 0 && text[begin - 1] == ',')
    return TextEdit{{change.key.file, {begin - 1, value.end}}, ""};
  return std::nullopt;
}

bool take_edits(const SourceFiles& files, Fix& fix) {
  for (const FixStep& change : fix.steps) {
    if (!change.where.file.exists()) return false;
    std::optional<TextEdit> edit = edit_of(change, files.text(change.where.file));
    if (!edit) return false;
    fix.edits.push_back(std::move(*edit));
  }
  fix.steps.clear();
  std::ranges::sort(fix.edits, {}, &TextEdit::where);
  return !fix.edits.empty();
}

}  // namespace

std::optional<TextEdit> edit_of(const FixStep& change, std::string_view text) {
  if (!is_in(text, change.where.range)) return std::nullopt;
  const bool removes = change.key.file.exists();
  if (removes && !is_in(text, change.key.range)) return std::nullopt;
  return removes ? removed(change, text) : replaced(change, text);
}

void make_edits(const SourceFiles& files, Findings& findings) {
  for (Finding& finding : findings)
    std::erase_if(finding.fixes, [&](Fix& fix) { return !take_edits(files, fix); });
}

std::string edited(std::string_view text, const std::vector<TextEdit>& edits,
                   std::vector<bool>& made) {
  std::vector<std::size_t> order(edits.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return edits[i].where.range; });
  made.assign(edits.size(), false);
  std::string out;
  std::size_t from = 0;
  for (const std::size_t i : order) {
    const Range range = edits[i].where.range;
    if (range.begin < from || range.end > text.size()) continue;
    out += text.substr(from, range.begin - from);
    out += edits[i].text;
    from = range.end;
    made[i] = true;
  }
  out += text.substr(from);
  return out;
}

}  // namespace fnlint
