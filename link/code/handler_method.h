// Handlers that are methods: what a class and its bases have that the runtime asks for.
#pragma once

#include "flow/engine/engine.h"
#include "link/code/called_value.h"
#include "link/code/linked_code.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Of a class of the project, with what it inherits as far as that is the project's, too.

// Whether it comes from the library's class of that path.
bool has_library_base(Engine& engine, const ProjectObject& type, std::string_view path);
// The path of a library's class of one of these names that it comes from; empty: from none.
std::string library_base_named(Engine& engine, const ProjectObject& type,
                               std::span<const std::string_view> names);
// Whether an annotation of one of these names stands there.
bool has_annotation(const CodeFacts& code, Slice<Annotation> notes,
                    std::span<const std::string_view> wanted);
// Whether a base that is not read, or a part of it that is not, may have a method of that name.
bool may_inherit(Engine& engine, const ProjectObject& type, std::string_view method);

// The base class of a library that is not read and may have the handler's method; empty: none.
std::string unread_base(Engine& engine, const ProjectObject& type);
// Methods that override one of a base class and take the runtime's context, of the class and of the
// project's above it: what such a base calls.
std::vector<std::string> called_by_base(Engine& engine, const ProjectObject& type);

// Itself and those above it, of a language whose runtime makes an object of it.
std::vector<ProjectObject> classes_above(Engine& engine, const ProjectObject& type);
// What runs when the class is loaded.
CallResult initialised_class(Engine& engine, const ProjectObject& type);

// A handler that is a method of a class: what decides whether the runtime can call it.
void add_method_of_class(Engine& engine, const FunctionCode& code, const HandlerValue& handler,
                         CalledFunction& called);

// A class, or a method of one, that the handler names and its file surely does not have.
HandlerProblem missing_handler_member(Engine& engine, const FunctionCode& code,
                                      const HandlerValue& handler);

}  // namespace fnlint
