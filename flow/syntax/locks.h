// Mutual exclusion: changes of shared state that a lock protects.
#pragma once

#include "model/code.h"

namespace fnlint {

// Whether an op stands where its function holds a lock: in a block of the language's own, or behind
// a call that takes one ("lock.lock()"), by the call's name.
bool is_locked(const CodeFacts& code, OpId op);

}  // namespace fnlint
