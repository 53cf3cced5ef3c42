// How values name the modules, classes and instances of the project itself.
#pragma once

#include "model/code.h"
#include "model/summary.h"
#include "values/pool.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fnlint {

// "module:4:0", "class:4:2", "instance:4:2": the paths of Objects that are the project's own.
struct ProjectObject {
  enum class Kind : std::uint8_t { None, Module, Class, Instance } kind{};
  ModuleId module = {};
  ClassId type = {};
};
std::string object_path(std::string_view kind, ModuleId module, std::uint32_t index);
// What kind of thing of the project an object is.
ProjectObject project_object(const ValuePool& pool, ValueId value);
// The instance with one of its fields set: on each of its ways, where it is several. No id: on one
// of them it is none whose fields are known.
ValueId with_field(ValuePool& pool, ValueId instance, ValueId name, ValueId value);

}  // namespace fnlint
