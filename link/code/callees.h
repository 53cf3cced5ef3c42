// Follows names through modules to functions and classes, where nothing has to be evaluated.
#pragma once

#include "flow/engine/engine.h"

#include <vector>

namespace fnlint {

// What a call's callee is, as far as it is a name, or members of one, that the module or an import
// of the project brings. No id: of a library, of an object, not known.
ValueId named_callee(Engine& engine, ModuleId module, ExprId callee);

// The classes of the project that a class names as its bases.
std::vector<ProjectObject> named_bases(Engine& engine, ProjectObject type);

// The class whose method calls the constructor of its base: `super().__init__()`, `super()`. Kind
// None: the callee is something else.
ProjectObject class_calling_base_constructor(const CodeFacts& code, ModuleId module, ExprId callee);

}  // namespace fnlint
