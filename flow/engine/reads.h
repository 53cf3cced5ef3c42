// Which parts of its event, its context and its environment a function depends on.
#pragma once

#include "flow/engine/engine.h"

namespace fnlint {

// Steps of kind Read: what a function reads of what it is given. Their value is a hole of the event,
// the context or the environment; in a summary it may still be what leads there once the callers'
// arguments are put in. Without a value: there is more that was not kept.
//   A hole with an empty text: all of it is handed to code that is not understood, or read by names
//   that are not known.
//   Computed "item" (a list, a number): the one element at that place, named by its number.
// `key` is the number of the expression in the code of `at`, where it stands in one.
inline constexpr std::size_t kOwnReads = 32;   // that one function has in its own text
inline constexpr std::size_t kReadSteps = 96;  // of a summary
inline constexpr std::string_view kItem = "item";
//   Computed "decoded": what was taken out of its URL form; "unwrapped": out of base64; "unzipped":
//   what was unpacked; "parsed": what was read as JSON, as it was before.
inline constexpr std::string_view kDecoded = "decoded", kUnwrapped = "unwrapped",
                                  kUnzipped = "unzipped", kParsed = "parsed";
// What a mark says that was done to the value which is read; none: nothing that a step tells.
std::string_view mark_of(std::string_view computes);
// Of a value: one of the functions above.
bool is_mark(std::string_view name);
// Why a variable of the environment is not known: its name is not.
inline constexpr std::string_view kUnnamedVariable = "name of an environment variable";

struct GivenValue {
  ValueId value = {};
  bool absence_expected = false;
};
// The parts of a value that are what code is given, or may be once arguments are put in.
std::vector<GivenValue> given_in(ValuePool& pool, ValueId value);
// All of the event, the context or the environment, or what may be once arguments are put in.
bool is_whole(const ValuePool& pool, ValueId value);
// The variables of the process, all together, by a library's name for them.
bool is_whole_environment(const ValuePool& pool, ValueId value);
// A variable of the environment, also one whose name is put in later.
bool is_variable(const ValuePool& pool, ValueId value);
bool is_same_variable(const ValuePool& pool, ValueId a, ValueId b);
// A read of the process environment; `fallback` is what the code takes when the variable is not
// set.
ValueId environment_value(ValuePool& pool, ValueId name, ValueId fallback);
// `"NAME" in os.environ` as a test of the variable; no id: the container is no environment.
ValueId asked_variable(ValuePool& pool, ValueId name, ValueId container);
// One of several readings of the same value asks for it, in a test that holds (or fails).
bool is_asked_for(const ValuePool& pool, std::span<const Fact> holds, ValueId value);
// The facts that are about what code is given: of the others nobody asks.
std::vector<Fact> facts_of_given(const ValuePool& pool, std::span<const Fact> holds);

// Adds a step for each part that is given, unless it is there. `at` of the code that reads.
void add_read(ValuePool& pool, ValueId value, CallSite at, bool absence_expected,
              std::vector<Step>& steps);
// All that a library gets of it which no row describes.
void add_handed_over(ValuePool& pool, const CallInput& invocation, std::vector<Step>& steps);
// A read of a callee by the callee's own names, in the caller's terms.
void add_replayed(ValuePool& pool, Step read, std::vector<Step>& steps);
// What of variables and fields is found among these steps is found by what this call leaves
// running, or calls back later. `begins`: what runs until its first wait has run when the call is
// over.
void mark_found_by(CallSite call, bool begins, std::vector<Step>& steps);

}  // namespace fnlint
