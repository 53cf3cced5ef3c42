// Annotations of classes as library models ask for them: a mapper finds its table this way.
#pragma once

#include "flow/engine/engine.h"

#include <string_view>

namespace fnlint {

// What an annotation of that name says of a class of the project, or of the class of an object or
// of a list's elements: its first argument, whatever that is called. No id: there is no such
// annotation. Of a value that a caller gives, a Computed of this name.
inline constexpr std::string_view kNoted = "noted";
ValueId noted_of_class(Engine& engine, ValueId value, std::string_view name);
// An object of a class of the project of which no more is known. No id: it is no such class.
ValueId some_object_of(Engine& engine, ValueId type, std::uint64_t site);

}  // namespace fnlint
