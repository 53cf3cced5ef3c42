// Reads version ranges as intervals, and intersects these with the versions of one release series.

#include "values/version_range.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

namespace fnlint {

namespace {

using Version = std::array<int, 3>;
constexpr int kPastAll = std::numeric_limits<int>::max() / 4;

// The versions from one on, up to another that is none of them.
struct Interval {
  Version least{0, 0, 0}, end{kPastAll, 0, 0};
};

struct Written {
  Version version{0, 0, 0};
  std::size_t parts = 0;  // that are numbers; "20.x" has one
  bool wild = false;      // ends in "x" or "*"
};

std::optional<Written> read_version(std::string_view text) {
  Written found;
  if (text.starts_with('v') || text.starts_with('=')) text.remove_prefix(1);
  text = text.substr(0, text.find_first_of("-+ "));
  for (const std::string_view part : split(text, '.')) {
    if (part == "x" || part == "X" || part == "*") {
      found.wild = true;
      continue;
    }
    if (!is_digits(part) || part.size() > 6 || found.wild || found.parts == 3) return std::nullopt;
    found.version[found.parts++] = std::stoi(std::string(part));
  }
  return found;
}

// The first version behind all that begin with the first `parts` numbers.
Version after(Version version, std::size_t parts) {
  if (parts == 0) return {kPastAll, 0, 0};
  ++version[parts - 1];
  for (std::size_t i = parts; i < version.size(); ++i) version[i] = 0;
  return version;
}

void narrow(Interval& all, const Interval& one) {
  all.least = std::max(all.least, one.least);
  all.end = std::min(all.end, one.end);
}

// "^1.2" up to the next major, "~1.2" up to the next minor; Python's "~=" up to the last number but
// one.
Version end_of_caret(const Written& at) {
  std::size_t parts = 1;
  while (parts < at.parts && at.version[parts - 1] == 0) ++parts;
  return after(at.version, parts);
}
Version end_of_tilde(const Written& at, std::string_view operation) {
  const std::size_t kept = operation == "~=" ? std::max<std::size_t>(at.parts, 2) - 1
                                             : std::min<std::size_t>(at.parts, 2);
  return after(at.version, kept);
}

std::optional<Interval> read_comparator(std::string_view text, RangeStyle style) {
  if (text == "*" || text == "x" || text.empty()) return Interval{};
  const std::size_t digits = text.find_first_of("0123456789vxX*");
  if (digits == text.npos) return std::nullopt;
  const std::string_view operation = trim(text.substr(0, digits));
  const std::optional<Written> at = read_version(trim(text.substr(digits)));
  if (!at) return std::nullopt;
  const bool npm = style == RangeStyle::Npm;
  const Version behind = after(at->version, npm ? std::max<std::size_t>(at->parts, 1) : 3);
  if (operation == ">=") return Interval{.least = at->version};
  if (operation == ">") return Interval{.least = behind};
  if (operation == "<") return Interval{.end = at->version};
  if (operation == "<=") return Interval{.end = behind};
  if (operation == "!=") return Interval{};
  if (operation == "^") return Interval{at->version, end_of_caret(*at)};
  if (operation == "~" || operation == "~>" || operation == "~=")
    return Interval{at->version, end_of_tilde(*at, operation)};
  if (operation.empty() || operation == "=" || operation == "==" || operation == "===")
    return Interval{at->version, after(at->version, at->parts)};
  return std::nullopt;
}

// ">= 20" is one comparator.
std::string without_gaps(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool gap = c == ' ' && !out.empty() &&
                     std::string_view("<>=~^!").find(out.back()) != std::string_view::npos;
    if (!gap) out += c;
  }
  return out;
}

std::optional<Interval> read_alternative(std::string_view text, RangeStyle style) {
  Interval all;
  if (const std::size_t hyphen = text.find(" - "); hyphen != text.npos) {
    const auto from = read_version(trim(text.substr(0, hyphen)));
    const auto to = read_version(trim(text.substr(hyphen + 3)));
    if (!from || !to) return std::nullopt;
    return Interval{from->version, after(to->version, std::max<std::size_t>(to->parts, 1))};
  }
  const std::string joined = replace_all(without_gaps(text), ",", " ");
  for (const std::string_view part : split(joined, ' ')) {
    if (part.empty()) continue;
    const auto one = read_comparator(part, style);
    if (!one) return std::nullopt;
    narrow(all, *one);
  }
  return all;
}

}  // namespace

std::optional<bool> has_any_of(std::string_view range, RangeStyle style,
                               const std::vector<int>& series) {
  if (series.empty() || series.size() > 3 || trim(range).empty()) return std::nullopt;
  Interval wanted;
  wanted.least = {0, 0, 0};
  for (std::size_t i = 0; i < series.size(); ++i) wanted.least[i] = series[i];
  wanted.end = after(wanted.least, series.size());
  const std::string text = replace_all(range, "||", "|");
  bool any = false;
  for (const std::string_view part : split(text, '|')) {
    std::optional<Interval> one = read_alternative(trim(part), style);
    if (!one) return std::nullopt;
    narrow(*one, wanted);
    any = any || one->least < one->end;
  }
  return any;
}

}  // namespace fnlint
