#include "values/size.h"

#include "values/compute.h"

#include <algorithm>

namespace fnlint {

namespace {

std::uint64_t least_of_all(const ValuePool& pool, ValueId value) {
  std::uint64_t sum = 0;
  for (const ValueId part : pool.operands(value)) sum += least_bytes(pool, part);
  return sum;
}

// With the quotes, colons and commas of JSON.
std::uint64_t least_of_json(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::Text) return pool.text(value).size() + 2;
  if (row.kind != ValueKind::Record && row.kind != ValueKind::List) return least_bytes(pool, value);
  std::uint64_t sum = 2;
  for (const ValueId part : pool.operands(value)) sum += least_of_json(pool, part);
  if (row.kind == ValueKind::Record)
    for (const StringId name : pool.names(value))
      if (pool[name] != kRest) sum += pool[name].size() + 3;
  return sum;
}

std::uint64_t least_of_computed(const ValuePool& pool, ValueId value) {
  const auto operands = pool.operands(value);
  const std::string_view name = pool.text(value);
  if (operands.empty()) return 0;
  if (name == "json_encode") return least_of_json(pool, operands[0]);
  if (name == "to_text" || name == "lower" || name == "upper")
    return least_bytes(pool, operands[0]);
  if (name == "base64") return least_bytes(pool, operands[0]) / 3 * 4;
  if ((name != "multiply" && name != "repeat") || operands.size() != 2) return 0;
  // A text, so many times.
  const bool first = pool.is(operands[0], ValueKind::Text);
  const ValueId text = first ? operands[0] : operands[1], times = first ? operands[1] : operands[0];
  const std::optional<std::int64_t> count =
      pool.is(times, ValueKind::Number) ? as_integer(pool, times) : std::nullopt;
  constexpr std::int64_t kMost = std::int64_t{1} << 40;
  return pool.is(text, ValueKind::Text) && count && *count > 0
             ? pool.text(text).size() * static_cast<std::uint64_t>(std::min(*count, kMost))
             : 0;
}

}  // namespace

std::uint64_t least_bytes(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return 0;
  switch (pool[value].kind) {
    case ValueKind::Text:
    case ValueKind::Number: return pool.text(value).size();
    case ValueKind::Pattern: return least_of_all(pool, value);
    case ValueKind::Record:
    case ValueKind::List: return least_of_json(pool, value);
    case ValueKind::Computed: return least_of_computed(pool, value);
    case ValueKind::OneOf: {
      const auto all = pool.operands(value);
      std::uint64_t least = UINT64_MAX;
      for (const ValueId one : all) least = std::min(least, least_bytes(pool, one));
      return all.empty() ? 0 : least;
    }
    default: return 0;
  }
}

}  // namespace fnlint
