// Cuts or replaces a prefix or suffix of a text that is only partly known; where it may or may not
// be there, both outcomes stay possible.

#include "values/anchored.h"

#include "values/alignment.h"

namespace fnlint {
namespace {

std::vector<ValueId> values_of(ValuePool& pool, std::span<const TextPart> parts) {
  std::vector<ValueId> values;
  for (const TextPart& part : parts)
    values.push_back(part.hole.exists() ? part.hole : pool.long_text(part.literal));
  return values;
}

// One alternative for each outcome, none of which is known to be the case.
ValueId either_outcome(ValuePool& pool, ValueId replaced, ValueId unchanged) {
  return pool.with_uncertainty(pool.join(replaced, unchanged), kConditional);
}

// What is left of the text once `old` is found in it as far as it is known; `missing` is the rest
// of `old`, which the hole at that end may hold.
struct Remainder {
  std::vector<ValueId> parts = {};
  ValueId missing = {};
};
Remainder remainder_of(ValuePool& pool, const Alignment& both) {
  Remainder left{values_of(pool, both.a()), {}};
  if (!both.b().empty()) left.missing = pool.concat(values_of(pool, both.b()));
  return left;
}

bool can_be_judged(const ValuePool& pool, ValueId text, const Remainder& left) {
  return pool.is(text, ValueKind::Pattern) && !pool.symbolic(text) && !left.parts.empty();
}

// `old` may reach beyond a short hole into what follows it (towards the middle of the text).
bool reaches_beyond(const ValuePool& pool, std::string_view old, ValueId next, bool at_start) {
  if (!is_text(pool, next)) return true;
  const std::string_view beside = pool.text(next);
  for (std::size_t n = 1; n <= old.size(); ++n) {
    const std::size_t common = std::min(n, beside.size());
    const std::string_view rest = at_start ? old.substr(old.size() - n) : old.substr(0, n);
    const bool fits = at_start ? rest.substr(0, common) == beside.substr(0, common)
                               : rest.substr(n - common) == beside.substr(beside.size() - common);
    if (fits) return true;
  }
  return false;
}

// The text with `old` replaced at one end, in the case that it is there.
ValueId replaced_end(ValuePool& pool, Remainder left, ValueId with, bool at_start) {
  const std::string_view name = at_start ? "strip_prefix" : "strip_suffix";
  if (!at_start) std::ranges::reverse(left.parts);
  const bool alone = left.parts.size() == 1;
  const bool apart = is_text(pool, left.missing) && !alone &&
                     !reaches_beyond(pool, pool.text(left.missing), left.parts[1], at_start);
  if (alone || apart) {
    left.parts[0] = pool.computed(name, std::array{left.parts[0], left.missing});
    if (!at_start) std::ranges::reverse(left.parts);
  } else {
    if (!at_start) std::ranges::reverse(left.parts);
    left.parts = {pool.computed(name, std::array{pool.concat(left.parts), left.missing})};
  }
  left.parts.insert(at_start ? left.parts.begin() : left.parts.end(), with);
  return pool.concat(left.parts);
}

ValueId replace_at(ValuePool& pool, ValueId text, ValueId old, ValueId with, bool at_start) {
  const Answer answer =
      truth(pool, call(pool, at_start ? Opcode::StartsWith : Opcode::EndsWith, {text, old}));
  if (answer == Answer::No) return text;
  Alignment both(pool, text, old);
  if (at_start)
    both.trim_start();
  else
    both.trim_end();
  Remainder left = remainder_of(pool, both);
  if (answer == Answer::Yes && !left.missing.exists()) {
    left.parts.insert(at_start ? left.parts.begin() : left.parts.end(), with);
    return pool.concat(left.parts);
  }
  if (!can_be_judged(pool, text, left)) return {};
  const ValueId hole = at_start ? left.parts.front() : left.parts.back();
  if (is_text(pool, hole)) return {};
  const ValueId replaced = replaced_end(pool, std::move(left), with, at_start);
  // With nothing put in place, a hole that loses its start is a hole.
  const auto parts = parts_of(pool, text), new_parts = parts_of(pool, replaced);
  const bool same_ends = hole == (at_start ? parts.front() : parts.back()) &&
                         pool.text(with).empty() && parts.size() == new_parts.size();
  return same_ends ? replaced : either_outcome(pool, replaced, text);
}

}  // namespace

ValueId replace_start(ValuePool& pool, ValueId text, ValueId old, ValueId with) {
  return replace_at(pool, text, old, with, true);
}
ValueId replace_end(ValuePool& pool, ValueId text, ValueId old, ValueId with) {
  return replace_at(pool, text, old, with, false);
}

ValueId compute_strip_prefix(ValuePool& pool, Operands operands) {
  if (!is_text_like(pool[operands[0]].kind) || !is_text_like(pool[operands[1]].kind)) return {};
  return replace_start(pool, operands[0], operands[1], pool.text_value(""));
}
ValueId compute_strip_suffix(ValuePool& pool, Operands operands) {
  if (!is_text_like(pool[operands[0]].kind) || !is_text_like(pool[operands[1]].kind)) return {};
  return replace_end(pool, operands[0], operands[1], pool.text_value(""));
}

}  // namespace fnlint
