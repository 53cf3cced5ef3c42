#pragma once

#include "flow/engine/engine.h"

namespace fnlint {

// What a call's callee is, as far as it is a name, or members of one, that the module or an import
// of the project brings. No id: of a library, of an object, not known.
ValueId named_callee(Engine& engine, ModuleId module, ExprId callee);

}  // namespace fnlint
