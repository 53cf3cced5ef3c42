// Adds up the bytes of literals through texts, records and lists; of a choice the smallest
// alternative counts.

#include "values/size.h"

#include "values/compute.h"

#include <tsl/robin_map.h>

#include <algorithm>

namespace fnlint {

namespace {

// Far above every limit, and far from where sums of it would begin anew.
constexpr std::uint64_t kMost = std::uint64_t{1} << 50;

// Values share parts, so that what is written out may be longer than any memory: each is measured
// once.
class LeastBytes {
 public:
  explicit LeastBytes(const ValuePool& pool) : pool_(pool) {}
  std::uint64_t of(ValueId value);

 private:
  std::uint64_t of_all(ValueId value);
  std::uint64_t of_json(ValueId value);
  std::uint64_t of_collection(ValueId value);
  std::uint64_t of_computed(ValueId value);
  std::uint64_t of_alternatives(ValueId value);

  const ValuePool& pool_;
  tsl::robin_map<std::uint32_t, std::uint64_t> known_;  // of records and lists
};

std::uint64_t LeastBytes::of_all(ValueId value) {
  std::uint64_t sum = 0;
  for (const ValueId part : pool_.operands(value)) sum += of(part);
  return std::min(sum, kMost);
}

// With the quotes, colons and commas of JSON.
std::uint64_t LeastBytes::of_json(ValueId value) {
  const Value& row = pool_[value];
  if (row.kind == ValueKind::Text) return pool_.text(value).size() + 2;
  if (row.kind != ValueKind::Record && row.kind != ValueKind::List) return of(value);
  if (const auto known = known_.find(value.index); known != known_.end()) return known->second;
  const std::uint64_t bytes = of_collection(value);
  known_.emplace(value.index, bytes);
  return bytes;
}

std::uint64_t LeastBytes::of_collection(ValueId value) {
  std::uint64_t sum = 2;
  for (const ValueId part : pool_.operands(value)) sum += of_json(part);
  if (pool_.is(value, ValueKind::Record))
    for (const StringId name : pool_.names(value))
      if (pool_[name] != kRest) sum += pool_[name].size() + 3;
  return std::min(sum, kMost);
}

std::uint64_t LeastBytes::of_computed(ValueId value) {
  const auto operands = pool_.operands(value);
  const Opcode opcode = pool_.opcode(value);
  if (operands.empty()) return 0;
  if (opcode == Opcode::Any) return of(operands[0]);
  if (opcode == Opcode::JsonEncode) return of_json(operands[0]);
  if (opcode == Opcode::ToText || opcode == Opcode::Lower || opcode == Opcode::Upper)
    return of(operands[0]);
  if (opcode == Opcode::Base64) return of(operands[0]) / 3 * 4;
  if ((opcode != Opcode::Multiply && opcode != Opcode::Repeat) || operands.size() != 2) return 0;
  // A text, so many times.
  const bool first = pool_.is(operands[0], ValueKind::Text);
  const ValueId text = first ? operands[0] : operands[1], times = first ? operands[1] : operands[0];
  const std::int64_t count =
      pool_.is(times, ValueKind::Number) ? as_integer(pool_, times).value_or(0) : 0;
  if (!pool_.is(text, ValueKind::Text) || count <= 0) return 0;
  const std::uint64_t bytes = pool_.text(text).size();
  return bytes *
         std::min(static_cast<std::uint64_t>(count), kMost / std::max<std::uint64_t>(bytes, 1));
}

std::uint64_t LeastBytes::of_alternatives(ValueId value) {
  const auto all = pool_.operands(value);
  std::uint64_t least = UINT64_MAX;
  for (const ValueId one : all) least = std::min(least, of(one));
  return all.empty() ? 0 : least;
}

std::uint64_t LeastBytes::of(ValueId value) {
  switch (pool_[value].kind) {
    case ValueKind::Text:
    case ValueKind::Number: return pool_.text(value).size();
    case ValueKind::Pattern: return of_all(value);
    case ValueKind::Record:
    case ValueKind::List: return of_json(value);
    case ValueKind::Computed: return of_computed(value);
    case ValueKind::OneOf: return of_alternatives(value);
    case ValueKind::Unknown:
      return static_cast<std::uint64_t>(std::max<std::int64_t>(left_out_bytes(pool_, value), 0));
    default: return 0;
  }
}

}  // namespace

std::uint64_t least_bytes(const ValuePool& pool, ValueId value) {
  return value.exists() ? LeastBytes(pool).of(value) : 0;
}

}  // namespace fnlint
