// The entry to the C# frontend, and the conventions of its code form.
#pragma once

#include "model/code.h"

#include <string_view>

namespace fnlint {

// One C# file in the code form. Never throws and always returns facts: whatever cannot be read is a
// problem at its place.
//
// What C# has beyond the conventions of scoped_lowering.h:
// - `using` is an import of flags kStar, `global using` of kStar | kReexport.
// - Top-level statements run at the end of ModuleInit; so does a static Main.
// - An auto-property is a field; any other is an Accessor, its setter the method "<set Name>".
// - A primary constructor is a Constructor that stores its parameters as fields of their names and
//   then runs the initialisers of the fields.
// - `new T(a) { B = b }` passes B as a named argument; the entries of a collection are one List or
//   Record, argument 0. `new()` takes the type from where it stands, and is a Record where that is
//   not known.
// - An `out` argument of a method TryX takes the call's result, of any other an unknown value.
// - Of #if, all branches are lowered; among statements, which one runs is not known.
CodeFacts lower_csharp(std::string_view text);

}  // namespace fnlint
