#include "values/functions.h"
#include "values/number_text.h"
#include "values/summarised_lists.h"

#include <array>

// Arithmetic, and sums of a number and something that is not known.
namespace fnlint {
namespace {

std::optional<std::int64_t> whole(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Number) ? integer_of(pool.text(value)) : std::nullopt;
}
std::optional<double> real(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Number) ? double_of(pool.text(value)) : std::nullopt;
}

ValueId plus(ValuePool& pool, ValueId base, std::int64_t offset) {
  if (offset == 0) return base;
  const std::array operands{base, pool.number(offset)};
  return pool.computed(Opcode::Add, operands);
}

// a + b * sign, where one of them is an integer.
ValueId shifted(ValuePool& pool, ValueId a, ValueId b, bool minus) {
  const Linear left = linear_of(pool, a), right = linear_of(pool, b);
  if (left.base.exists() && right.base.exists()) return {};
  if (minus && right.base.exists()) return {};
  std::int64_t offset = 0;
  const bool overflow = minus ? __builtin_sub_overflow(left.offset, right.offset, &offset)
                              : __builtin_add_overflow(left.offset, right.offset, &offset);
  if (overflow) return {};
  const ValueId base = left.base.exists() ? left.base : right.base;
  return base.exists() ? plus(pool, base, offset) : pool.number(offset);
}

ValueId added(ValuePool& pool, ValueId a, ValueId b, bool minus) {
  const bool fraction = (pool.is(a, ValueKind::Number) && !whole(pool, a)) ||
                        (pool.is(b, ValueKind::Number) && !whole(pool, b));
  if (!fraction && (whole(pool, a) || whole(pool, b)))
    if (const ValueId sum = shifted(pool, a, b, minus); sum.exists()) return sum;
  const std::optional<double> left = real(pool, a), right = real(pool, b);
  if (!left || !right) return {};
  return pool.number(number_text(minus ? *left - *right : *left + *right));
}

// Of small non-negative numbers, on which all languages agree.
template <class Combine>
ValueId combine_bits(ValuePool& pool, Operands operands, Combine combine) {
  const std::optional<std::int64_t> a = whole(pool, operands[0]), b = whole(pool, operands[1]);
  const auto small = [](std::int64_t n) { return n >= 0 && n <= INT32_MAX; };
  if (!a || !b || !small(*a) || !small(*b)) return {};
  const std::optional<std::int64_t> result = combine(*a, *b);
  return result && small(*result) ? pool.number(*result) : ValueId{};
}
using Bits = std::optional<std::int64_t>;

}  // namespace

Linear linear_of(const ValuePool& pool, ValueId value) {
  if (const std::optional<std::int64_t> number = whole(pool, value)) return {{}, *number};
  if (pool.opcode(value) == Opcode::Add) {
    const auto operands = pool.operands(value);
    if (const std::optional<std::int64_t> offset = whole(pool, operands[1]))
      return {operands[0], *offset};
  }
  return {value, 0};
}

ValueId compute_add(ValuePool& pool, Operands operands) {
  const ValueId a = operands[0], b = operands[1];
  if (is_textual(pool, a) || is_textual(pool, b)) return pool.concat(operands);
  if (is_summarised(pool, a)) return with_elements(pool, a, b);
  if (pool.is(a, ValueKind::List) && pool.is(b, ValueKind::List) && pool[a].ref == 0) {
    std::vector<ValueId> items(pool.operands(a).begin(), pool.operands(a).end());
    items.insert(items.end(), pool.operands(b).begin(), pool.operands(b).end());
    return pool.list(items, pool[b].ref != 0);
  }
  if (pool.is(a, ValueKind::Record) && pool.is(b, ValueKind::Record))
    return compute(pool, Opcode::Merge, operands);
  return added(pool, a, b, false);
}

ValueId compute_subtract(ValuePool& pool, Operands operands) {
  return added(pool, operands[0], operands[1], true);
}

ValueId compute_multiply(ValuePool& pool, Operands operands) {
  const std::optional<std::int64_t> a = whole(pool, operands[0]), b = whole(pool, operands[1]);
  std::int64_t product = 0;
  if (a && b && !__builtin_mul_overflow(*a, *b, &product)) return pool.number(product);
  const std::optional<double> left = real(pool, operands[0]), right = real(pool, operands[1]);
  if (!left || !right) return {};
  return pool.number(number_text(*left * *right));
}

// Languages differ over 7 / 2: only what all agree on is computed.
ValueId compute_divide(ValuePool& pool, Operands operands) {
  const std::optional<std::int64_t> a = whole(pool, operands[0]), b = whole(pool, operands[1]);
  if (a && b) {
    const bool defined = *b != 0 && !(*a == INT64_MIN && *b == -1);
    return defined && *a % *b == 0 ? pool.number(*a / *b) : ValueId{};
  }
  const std::optional<double> left = real(pool, operands[0]), right = real(pool, operands[1]);
  if (!left || !right || *right == 0) return {};
  return pool.number(number_text(*left / *right));
}

ValueId compute_modulo(ValuePool& pool, Operands operands) {
  const std::optional<std::int64_t> a = whole(pool, operands[0]), b = whole(pool, operands[1]);
  return a && b && *a >= 0 && *b > 0 ? pool.number(*a % *b) : ValueId{};
}

// Python's: towards minus infinity.
ValueId compute_floor_divide(ValuePool& pool, Operands operands) {
  const std::optional<std::int64_t> a = whole(pool, operands[0]), b = whole(pool, operands[1]);
  if (!a || !b || *b == 0 || (*a == INT64_MIN && *b == -1)) return {};
  const bool rounds = *a % *b != 0 && (*a < 0) != (*b < 0);
  return pool.number(*a / *b - (rounds ? 1 : 0));
}

// Of weeks, days, hours, minutes and seconds.
ValueId compute_seconds(ValuePool& pool, Operands operands) {
  constexpr std::array<std::int64_t, 5> kEach{7 * 86400, 86400, 3600, 60, 1};
  ValueId sum = pool.number(0);
  for (std::size_t i = 0; i < kEach.size(); ++i)
    sum = call(pool, Opcode::Add,
               {sum, call(pool, Opcode::Multiply, {operands[i], pool.number(kEach[i])})});
  return sum;
}

ValueId compute_power(ValuePool& pool, Operands operands) {
  const std::optional<std::int64_t> base = whole(pool, operands[0]);
  const std::optional<std::int64_t> exponent = whole(pool, operands[1]);
  if (!base || !exponent || *exponent < 0 || *exponent > 63) return {};
  std::int64_t product = 1;
  for (std::int64_t n = *exponent; n > 0; --n)
    if (__builtin_mul_overflow(product, *base, &product)) return {};
  return pool.number(product);
}

ValueId compute_bit_and(ValuePool& pool, Operands operands) {
  return combine_bits(pool, operands, [](std::int64_t a, std::int64_t b) -> Bits { return a & b; });
}
// Of two dictionaries it is the union, in which the second one's entries win.
ValueId compute_bit_or(ValuePool& pool, Operands operands) {
  const auto is_record = [&](ValueId id) { return pool.is(id, ValueKind::Record); };
  if (std::ranges::any_of(operands, is_record)) return compute_merge(pool, operands);
  return combine_bits(pool, operands, [](std::int64_t a, std::int64_t b) -> Bits { return a | b; });
}
ValueId compute_bit_xor(ValuePool& pool, Operands operands) {
  return combine_bits(pool, operands, [](std::int64_t a, std::int64_t b) -> Bits { return a ^ b; });
}
ValueId compute_shift_left(ValuePool& pool, Operands operands) {
  return combine_bits(pool, operands, [](std::int64_t a, std::int64_t b) -> Bits {
    return b < 31 ? Bits(a << b) : std::nullopt;
  });
}
ValueId compute_shift_right(ValuePool& pool, Operands operands) {
  return combine_bits(pool, operands, [](std::int64_t a, std::int64_t b) -> Bits {
    return b < 31 ? Bits(a >> b) : std::nullopt;
  });
}

}  // namespace fnlint
