// Path conditions that only an earlier failure fulfils, as in a retry or a fallback.
#pragma once

#include "values/pool.h"

#include <span>

namespace fnlint {

// `failed(...)`, Go's `err != nil`: done where something else went wrong, which may go well next.
bool is_failure(const ValuePool& pool, const Fact& fact);
// The error of one that was caught, whichever it is, or given beside a result; no id: the fact is
// none.
ValueId failed_with_any(const ValuePool& pool, const Fact& fact);
// Whether what holds there has such a failure in it.
bool is_after_failure(const ValuePool& pool, std::span<const Fact> holds);

}  // namespace fnlint
