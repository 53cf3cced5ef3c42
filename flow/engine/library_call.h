// The interface between the engine and the library models: one call, and what its row says of it.
#pragma once

#include "flow/engine/engine.h"

namespace fnlint {

// A call of something outside the project, as far as its path is known.
struct LibraryCall {
  Engine& engine;
  const CallInput& invocation;
  Language language{};
  std::string path = {};    // empty: a method of a value of unknown type
  std::string method = {};  // its last name, for method calls
  ValueId receiver = {};    // no id: not a method call
  int depth = 0;
  ValueId result = {};  // what the function that it invoked gave
  ValueId members = {};  // what a selector's name is an entry of, where not of the arguments
};
// Whose registration it is, where the call is given what is to be called later.
inline ModuleId registrant_of(const LibraryCall& call) {
  return call.engine.context().registrant(true, call.invocation.at.module);
}
// The call's place, as a number that tells values of different calls apart.
std::uint64_t call_site(const LibraryCall& call);

// The library path by which a model would know this value: empty when it has none.
std::string library_path(const ValuePool& pool, Language spoken, ValueId value);
// The row of that path; with an unknown language, of any.
const LibraryModel* find_model_any(Language language, std::string_view path);
// A text, whatever parts of it are not known.
bool is_text_so_far(const ValuePool& pool, ValueId value);
// What kind of thing a library's object is.
LibraryClass library_class(const Engine& engine, ValueId value);
// What the model says that the call does.
CallResult apply_model(const LibraryCall& call, const LibraryModel& model);
// What it says that the call stores. A row by a method's name alone changes containers, caches and
// what is not known; other objects of libraries stay.
bool takes_store(const LibraryCall& call, const LibraryModel& model);
void store(const LibraryCall& call, const LibraryModel& model, CallResult& out);
// The test that the receiver of a method for what may be there (Times::Maybe) is nothing.
ValueId holds_nothing(const LibraryCall& call);
// What it says that the call gives.
ValueId result_of(const LibraryCall& call, const LibraryModel& model);
// The variable that a row reads of the environment; no id: all of it.
ValueId environment_of(const LibraryCall& call, const LibraryModel& model);
// The step that waits for what was started, where the model says that the call does.
void add_wait(const LibraryCall& call, const LibraryModel& model, CallResult& out);
// A callback handed to what is not known is taken to run, with arguments that nobody knows.
void run_callbacks(const LibraryCall& call, CallResult& out);
// A library that no row describes: the result remembers the path and what it was given.
CallResult unknown_library_call(const LibraryCall& call);
// The part of the call that a selector names (tables/models.h); no id when it is not there.
ValueId select(const LibraryCall& call, std::string_view selector);

}  // namespace fnlint
