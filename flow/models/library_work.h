// What a call takes beside operations: work, requests that no operation describes, objects that are
// made to be kept.
#pragma once

#include "flow/engine/library_call.h"

#include <cstdint>

namespace fnlint {

// A call that takes its time and performs no operation. `library`: the row that says so.
void add_work(const LibraryCall& call, std::uint32_t library, CallResult& out);
// What is asked of AWS without an operation that a row describes.
void add_request(const LibraryCall& call, CallResult& out);
// Of a row whose call makes a request (`unsent`): it is only made, with its members and no
// callback, and nothing asks it for anything.
bool is_never_sent(const LibraryCall& call, const LibraryModel& model, ValueId members);
// What a row says beside operations and stores.
void add_own_steps(const LibraryCall& call, const LibraryModel& model, CallResult& out);
// An object of a family, or a method of one that is a request.
void add_family_steps(const LibraryCall& call, CallResult& out);

}  // namespace fnlint
