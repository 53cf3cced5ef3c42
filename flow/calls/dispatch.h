// Dispatch: which function, class or library row a called value is, and what that call does.
#pragma once

#include "flow/engine/engine.h"
#include "flow/engine/library_call.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// What calling any value does.
CallResult call_value(Engine& engine, const CallInput& invocation, int depth);
// A function of the project: its summary, with what the call gives put in.
CallResult call_function(Engine& engine, const CallInput& invocation, int depth);
// A method by its name: the receiver tells whether it is the project's own, a library's, or any
// value's.
CallResult call_method(Engine& engine, const CallInput& invocation, int depth);
// A call of something outside the project, or of what nothing is known of.
CallResult call_library(Engine& engine, const CallInput& invocation, int depth);
// One of several callees.
CallResult call_alternatives(Engine& engine, const CallInput& invocation, int depth);
// What is called only where tests hold: so is all that it does and gives.
CallResult call_under_conditions(Engine& engine, const CallInput& invocation, ValueId callee,
                              std::span<const ValueId> tests, int depth);
// An object of a class of the project.
CallResult construct(Engine& engine, const CallInput& invocation, int depth);
// A decorator that the project wrote.
CallResult decorate(Engine& engine, const CallInput& invocation, int depth);
// A method of what nothing but a declaration knows: of a class of the project, or of a library
// that computes. None: it says nothing either. `settled`: nobody will tell more.
std::optional<CallResult> call_declared(const LibraryCall& call, bool settled);
// A method of a typed event or context: an accessor, or a collection's way to its elements.
CallResult call_event(Engine& engine, const CallInput& invocation, ValueId receiver, ValueId name);

// What stands in no table of a file's names; nothing: it is something else.
std::optional<CallResult> made_of_name(Engine& engine, const CallInput& invocation);
// The call that a method of a function that is a value makes of just that function.
std::optional<CallInput> call_by_method(Engine& engine, ValueId function, std::string_view method,
                                        const CallInput& invocation);
// A function of the unit that is called as a method of its first argument; no id: none.
ValueId extension_method(Engine& engine, ValueId receiver, std::string_view name,
                         const CallInput& invocation);
// The row of a method by its name alone, or by its receiver's declared type; null: none.
const LibraryModel* model_by_name(const LibraryCall& call);
// `claim(order).isEmpty()` of what is nothing on some ways: the method answers of these, too.
bool asks_whether_there(const ValuePool& pool, Language language, ValueId receiver,
                        std::string_view name);

// What a method call may be. The first step that knows the call answers for it, so their order is a
// contract: steps_of_method_call() has it. What none of them takes is a call of a library.
enum class MethodStep : std::uint8_t {
  QuestionOfNothing,  // what asks whether the receiver is there
  Conditions,         // a receiver under conditions
  EntryByKey,         // an entry by an unknown key
  Alternatives,       // one of several receivers
  DeclaredOwn,        // the project's own method of what an event was read into
  Event,              // the event or the context
  Function,           // a function as a value
  OpenFunction,       // what may turn out to be a function
  Component,          // a component of a container
  LookUp,             // the member is looked up
  Attribute,          // an attribute that is read like a method
  Accessor,           // an accessor that nobody wrote
  Promoted,           // a method of an embedded or base object
  Own,                // the project's own method
  BaseConstructor,    // the constructor of a derived class
  CallableObject,     // an object that says how it is called
  KeptLibrary,        // a library's function that an object keeps
  Super,              // the base class's method
  Generated,          // a method that annotations make
  Extension,          // an extension
  ComputingBase,      // a method of a base class that only computes
};
// The same of a call of a library. What none of them takes, nothing is known of.
enum class LibraryStep : std::uint8_t {
  Reference,          // `Type::method`, called of what it is given
  Row,                // the row of its path
  Fluent,             // a member of a fluent object
  LookUp,             // the row of its name is looked up
  Declared,           // a declared type, where there is no row
  PerhapsOwn,         // what may be the project's own
  RowByName,          // the row of its name
  DeclaredOfLibrary,  // a declared type of what a library gave
  UnknownLibrary,     // a library without a row
};
std::vector<MethodStep> steps_of_method_call();
std::vector<LibraryStep> steps_of_library_call();

}  // namespace fnlint
