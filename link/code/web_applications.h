#pragma once

#include "flow/engine/engine.h"
#include "link/code/called_value.h"

#include <string_view>

namespace fnlint {

// Applications of a web framework whose handler is the library's: it makes an object of a class
// that it finds by how that is declared (a controller), and calls a method of it that says which
// requests it answers. Those are handed to the engine as what is called later.

// The handler that a base class of the handler's class has. Without a value: it is none of a
// framework's.
HandlerValue served_by_base(Engine& engine, const ProjectObject& type, std::string_view method);
// The handler that a program's main hands to the runtime: a library's application (a router), on
// which functions were registered.
HandlerValue served_by_entry(const Engine& engine, ModuleId module, ValueId entry);
// The handler that a program's main asks such a library for.
HandlerValue served_by_main(Engine& engine, ModuleId module);

}  // namespace fnlint
