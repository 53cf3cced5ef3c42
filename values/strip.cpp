#include "values/functions.h"

// Texts without what stands at their ends.
namespace fnlint {
namespace {

constexpr std::string_view kBlank = " \t\n\r\f\v";

// The bytes to strip; nothing when they are not known.
std::optional<std::string_view> bytes_of(const ValuePool& pool, Operands operands) {
  if (operands.size() < 2) return kBlank;
  if (pool.is(operands[1], ValueKind::Null) || pool.is(operands[1], ValueKind::Absent))
    return kBlank;
  return known_text(pool, operands[1]);
}

std::string_view stripped(std::string_view text, std::string_view bytes, bool at_start) {
  if (at_start) {
    text.remove_prefix(std::min(text.find_first_not_of(bytes), text.size()));
    return text;
  }
  const std::size_t last = text.find_last_not_of(bytes);
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

// The part that follows `hole` towards the middle stops the stripping for certain.
bool stops(const ValuePool& pool, ValueId part, std::string_view bytes, bool at_start) {
  if (!is_text(pool, part)) return false;
  const std::string_view text = pool.text(part);
  return bytes.find(at_start ? text.front() : text.back()) == std::string_view::npos;
}

ValueId strip_end(ValuePool& pool, Operands operands, bool at_start) {
  const std::optional<std::string_view> bytes = bytes_of(pool, operands);
  const ValueId text = operands[0];
  if (!bytes) return {};
  if (const std::optional<std::string_view> literal = known_text(pool, text))
    return pool.long_text(stripped(*literal, *bytes, at_start));
  if (!pool.is(text, ValueKind::Pattern)) return {};
  std::vector<ValueId> parts(pool.operands(text).begin(), pool.operands(text).end());
  if (!at_start) std::ranges::reverse(parts);
  if (is_text(pool, parts[0])) {
    const std::string_view left = stripped(pool.text(parts[0]), *bytes, at_start);
    parts[0] = pool.text_value(left);
    if (left.empty()) parts.erase(parts.begin());
  }
  if (!is_text(pool, parts[0])) {
    if (parts.size() > 1 && !stops(pool, parts[1], *bytes, at_start)) return {};
    const std::array inner{parts[0], pool.text_value(*bytes)};
    parts[0] = pool.computed(at_start ? "lstrip" : "rstrip", inner);
  }
  if (!at_start) std::ranges::reverse(parts);
  return pool.concat(parts);
}

}  // namespace

ValueId compute_lstrip(ValuePool& pool, Operands operands) {
  return strip_end(pool, operands, true);
}
ValueId compute_rstrip(ValuePool& pool, Operands operands) {
  return strip_end(pool, operands, false);
}
ValueId compute_strip(ValuePool& pool, Operands operands) {
  const ValueId start = strip_end(pool, operands, true);
  if (!start.exists()) return {};
  std::vector<ValueId> again(operands.begin(), operands.end());
  again[0] = start;
  return strip_end(pool, again, false);
}

}  // namespace fnlint
