#pragma once

#include "flow/engine/library_call.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// Objects of libraries that collect members (tables/models.h): their members are the entries of
// what they were made with, under the names that the code gives them.

// A fluent object that a function given to a call fills.
inline constexpr std::string_view kFilled = "<filled>()";

bool is_fluent(const CodeBase& base, ValueId object);
// The name without a word before it that says what is done with the member: "setKey" is "Key" for
// "set", "settings" stays.
std::string member_name(std::string_view name, std::string_view word);
// Lower case without '_' and '-'.
std::string member_form(std::string_view name);
// The member of that name, however it is written; no id: it is not set, or the object is none.
ValueId fluent_member(const CodeBase& base, ValueId object, std::string_view name);
ValueId with_member(const CodeBase& base, ValueId object, std::string_view name, ValueId value);
// A call on a fluent object that has no row of its own. Nothing: it is no such call.
std::optional<CallResult> call_fluent(const LibraryCall& call);
// The object once the function has set its members; what else the function does goes to `out`.
ValueId filled_by(const LibraryCall& call, ValueId function, ValueId object, CallResult& out);
// A new object that the function fills.
ValueId filled_anew(const LibraryCall& call, ValueId function, CallResult& out);
// Whether the functions that a client's method is given fill its request:
// `client.startInstances(request -> request.instanceIds(id))`.
bool fills_requests(const LibraryCall& call);
// Positional arguments under the names that stand for them, separated by commas; those beyond keep
// their numbers.
ValueId positional_members(ValuePool& pool, std::string_view positions, ValueId arguments);
// The members of an operation that the call is given, by the names that the service's API has.
ValueId operation_members(const LibraryCall& call, const LibraryModel& model,
                          const Operation& operation, CallResult& out);

}  // namespace fnlint
