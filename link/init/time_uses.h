// Times that only measure age do no harm in a snapshot.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// Whether what runs with events does nothing with the time in a variable or field of this name but
// compare it, and gives it another: it says when something is too old, and then that is renewed. A
// snapshot only makes it older.
bool only_tells_age(const CodeFacts& code, std::string_view name);

// Functions that run before the first event, or make an object.
bool runs_at_init(const Function& function);

}  // namespace fnlint
