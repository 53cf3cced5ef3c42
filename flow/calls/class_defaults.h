// What the declaration of a class gives its objects where their construction says nothing.
#pragma once

#include "flow/engine/engine.h"

#include <string_view>
#include <vector>

namespace fnlint {

inline constexpr int kBaseClasses = 8;  // one above another, that are followed

// Whether each object of the class has its own copy of what its body gives that name: fields of a
// class that a library makes a model of, by its base or by a decorator.
bool copies_default(Engine& engine, ModuleId module, ClassId type, std::string_view name);

// What an object has under a field that it is not given, as the field's declaration says:
// `field(default_factory=make)`, `Field("x")`, and of a library's settings a variable of the
// environment. No id: no declaration says it. What making it does is added to `steps`.
ValueId declared_default(Engine& engine, const CallInput& construction, ModuleId module,
                         ClassId type, std::string_view name, std::vector<Step>& steps);

// What a class has while what it does as it is loaded is still read: its static methods, which
// nothing else can come to stand for. Of those that share a name, none.
std::vector<NamedValue> own_static_methods(ValuePool& pool, const CodeFacts& code, ModuleId module,
                                           const Class& type);

}  // namespace fnlint
