// Tests for a successful response, which guard next to nothing.
#pragma once

#include "values/pool.h"

namespace fnlint {

// That a request was answered well, by its status: `response.status_code == 200`, `response.ok`. As
// a rule it is each time, so that it decides little.
bool is_good_answer(const ValuePool& pool, const Fact& fact);

}  // namespace fnlint
