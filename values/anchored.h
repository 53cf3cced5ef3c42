// Replacement at the ends of a text, as renames of files and keys need it.
#pragma once

#include "values/functions.h"

namespace fnlint {

// `old` at the start (end) of a text becomes `with`; a text that does not begin (end) with it
// stays. No id: it depends on a hole, and nothing more can be said.
ValueId replace_start(ValuePool& pool, ValueId text, ValueId old, ValueId with);
ValueId replace_end(ValuePool& pool, ValueId text, ValueId old, ValueId with);

}  // namespace fnlint
