// Kleene's three-valued logic over answers, so that what is unknown stays unknown only where it
// matters.
#pragma once

#include "values/compute.h"

namespace fnlint {

// Three-valued connectives.
constexpr Answer both_of(Answer a, Answer b) {
  if (a == Answer::No || b == Answer::No) return Answer::No;
  return a == Answer::Yes && b == Answer::Yes ? Answer::Yes : Answer::Unknown;
}
constexpr Answer either_of(Answer a, Answer b) {
  if (a == Answer::Yes || b == Answer::Yes) return Answer::Yes;
  return a == Answer::No && b == Answer::No ? Answer::No : Answer::Unknown;
}
constexpr Answer opposite(Answer answer) {
  if (answer == Answer::Unknown) return answer;
  return answer == Answer::Yes ? Answer::No : Answer::Yes;
}
constexpr Answer answer_of(bool value) { return value ? Answer::Yes : Answer::No; }

// Whether a value is a test, or what comes of one.
inline bool is_yes_or_no(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Bool) || (is_test(pool, value));
}

}  // namespace fnlint
