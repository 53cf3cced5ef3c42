// What code tells a library's call: its arguments by selector, and above all how long it may wait.
#pragma once

#include "model/project.h"
#include "tables/models.h"

#include <string>
#include <string_view>

namespace fnlint {

// The path of the call that gave the value, without "()"; empty: none did.
std::string_view call_of(const ValuePool& pool, ValueId value);
// The operation whose answer the value is; null: of none.
const Operation* operation_answering(const ValuePool& pool, ValueId value);

// Whether it takes messages out of a queue, as whoever has received them does.
bool deletes_messages(const Effect& effect);

// Where the call stands that gave a value, by what the value refers to; no file: that is not known.
Span site_of(const LambdaFunction& function, std::uint64_t ref);

// What a selector of a library's row (tables/models.h) names among a call's arguments, as far as
// they alone say it: "2|Filename", "1.timeout|'0'". No id: nothing, or not known.
ValueId argument_of(const ValuePool& pool, ValueId arguments, std::string_view selector);

// Whether a call opens a connection that stays open, as its row says: `tells: "connection=..."`.
bool opens_connection(const ValuePool& pool, const CodeCall& call);

// Whether the code says how long a call may wait, or may say so where that is not seen; `object`:
// on which it is made.
bool tells_timeout(const ValuePool& pool, const LibraryModel& row, ValueId arguments,
                   ValueId object);
// Surely not: all that it is told is known.
bool says_no_timeout(const ValuePool& pool, const LibraryModel& row, ValueId arguments,
                     ValueId object);
// It is said to have no limit, or by itself has none and is not told one.
bool waits_for_ever(const ValuePool& pool, const LibraryModel& row, ValueId arguments,
                    ValueId object);

}  // namespace fnlint
