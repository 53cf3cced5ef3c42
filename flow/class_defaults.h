#pragma once

#include "flow/engine.h"

#include <string_view>

namespace fnlint {

// Whether each object of the class has its own copy of what its body gives that name: fields of a
// class that a library makes a model of, by its base or by a decorator.
bool copies_default(Engine& engine, ModuleId module, ClassId type, std::string_view name);

}  // namespace fnlint
