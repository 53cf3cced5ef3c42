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
  return pool.with_evidence(pool.join(replaced, unchanged), kConditional);
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

}  // namespace

ValueId replace_start(ValuePool& pool, ValueId text, ValueId old, ValueId with) {
  const Answer answer = truth(pool, call(pool, "starts_with", {text, old}));
  if (answer == Answer::No) return text;
  Alignment both(pool, text, old);
  both.trim_start();
  Remainder left = remainder_of(pool, both);
  if (answer == Answer::Yes && !left.missing.exists()) {
    left.parts.insert(left.parts.begin(), with);
    return pool.concat(left.parts);
  }
  if (!can_be_judged(pool, text, left) || is_text(pool, left.parts.front())) return {};
  const ValueId hole = left.parts.front();
  left.parts.front() = pool.computed("strip_prefix", std::array{hole, left.missing});
  left.parts.insert(left.parts.begin(), with);
  const ValueId replaced = pool.concat(left.parts);
  const bool same_ends = hole == parts_of(pool, text).front() && pool.text(with).empty();
  return same_ends ? replaced : either_outcome(pool, replaced, text);
}

ValueId replace_end(ValuePool& pool, ValueId text, ValueId old, ValueId with) {
  const Answer answer = truth(pool, call(pool, "ends_with", {text, old}));
  if (answer == Answer::No) return text;
  Alignment both(pool, text, old);
  both.trim_end();
  Remainder left = remainder_of(pool, both);
  if (answer == Answer::Yes && !left.missing.exists()) {
    left.parts.push_back(with);
    return pool.concat(left.parts);
  }
  if (!can_be_judged(pool, text, left) || is_text(pool, left.parts.back())) return {};
  const ValueId hole = left.parts.back();
  left.parts.back() = pool.computed("strip_suffix", std::array{hole, left.missing});
  left.parts.push_back(with);
  const ValueId replaced = pool.concat(left.parts);
  const bool same_ends = hole == parts_of(pool, text).back() && pool.text(with).empty();
  return same_ends ? replaced : either_outcome(pool, replaced, text);
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
