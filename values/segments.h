// The groundwork of splitting: the first or last piece of a partly known text.
#pragma once

#include "values/functions.h"

namespace fnlint {

// A text with holes, cut at its first (last) separator.
struct Cut {
  // Before (after) the separator, as far as it is known; no part of it is empty.
  std::vector<ValueId> segment = {};
  std::vector<ValueId> rest = {};  // beyond the separator; when not exact, beyond `segment`
  bool exact = true;
  bool found = false;  // not found and exact: there is no separator at all
};
Cut cut_first(ValuePool& pool, Operands parts, std::string_view separator);
Cut cut_last(ValuePool& pool, Operands parts, std::string_view separator);

}  // namespace fnlint
