// Objects as their methods find them: what other methods may have left in their fields before.
#pragma once

#include "flow/modules/code_base.h"
#include "values/pool.h"

namespace fnlint {

// A module's object: what its methods assign to its fields, or put into its collections, may be
// there, too.
ValueId with_havocked_fields(ValuePool& pool, CodeIndex& index, ValueId instance, int depth = 0);
// An object that a function made: methods that were called before may have set its fields, or put
// something into them. Of one that a module keeps, that is followed.
ValueId as_after_methods(const CodeBase& base, ValueId object, FunctionRef method);

}  // namespace fnlint
