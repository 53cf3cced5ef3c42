// Booleans as templates and code spell them.
#pragma once

#include "core/text.h"
#include "values/compute.h"

namespace fnlint {

// Whether a value is written as true (false): as a literal, or as a text in whatever letters. What
// is not known is neither.
inline bool is_yes(const ValuePool& pool, ValueId value) {
  return value.exists() && lower(as_text(pool, value).value_or("")) == "true";
}
inline bool is_no(const ValuePool& pool, ValueId value) {
  return value.exists() && lower(as_text(pool, value).value_or("")) == "false";
}

}  // namespace fnlint
