// When a library runs the callbacks that it is given, and which work a call leaves unfinished.
#pragma once

#include "flow/engine/library_call.h"

namespace fnlint {

// A guard of functions that run once in the environment's life: what they set is set once.
inline constexpr std::string_view kOnce = "once";
// A guard of functions that run where something before them failed, as what stands in a `catch`.
inline constexpr std::string_view kFailure = "failure";

// The function that a row says is called, now or later.
void invoke(const LibraryCall& call, const LibraryModel& model, CallResult& out);
// What the platform calls around a snapshot of the initialised environment.
void invoke_in_phases(const LibraryCall& call, const LibraryModel& model, CallResult& out);
// Whether what is done, or what is called back for it, completes by hand what others wait for.
bool completes(Engine& engine, std::span<const Step> steps);
// The same of the functions in a value.
bool completes(Engine& engine, ValueId value);
// Whether what a row leaves running is a task of whoever called it, of no group of its own.
bool is_own_task(std::uint32_t library);
// Whether the call's value waits for something, and what the call leaves running.
void take_task(const LibraryCall& call, const LibraryModel& model, CallResult& out);
// The arguments of a route's function, where its row says what they are: parts of the event, or the
// library's own object, which has some; no id: that is the event itself, for all that is known.
ValueId parts_of_event(const ValuePool& pool, ValueId arguments);

}  // namespace fnlint
