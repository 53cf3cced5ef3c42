// The selectors of library rows: which argument, member or function of a call they mean.
#pragma once

#include "flow/engine/library_call.h"
#include "flow/state/named_entry.h"

namespace fnlint {

// Whether what a selector names is one of the words, or of these paths in libraries: "0 is
// exit|SIGTERM"; "nothing": it names none.
bool is_met(const LibraryCall& call, std::string_view condition);
// The selector within such a pattern: "0|service_name"; empty: it has none.
std::string_view selector_in(std::string_view pattern);
// "boto3.client({0|service_name})" with the arguments' texts.
std::string expand_path(const LibraryCall& call, std::string_view pattern);
// An object of that path, which remembers what it was given.
ValueId make_object(const LibraryCall& call, std::string_view path,
                    std::string_view positions = {});
// What a call gives of which no more is known than where it comes from.
ValueId found_by(const LibraryCall& call, Origin origin);
// The functions among what is called or wrapped, through alternatives and unknown wrappers.
ValueId function_in(const ValuePool& pool, ValueId value, int depth = 0);
// A member of the object whose method is followed: `this::handle`, which may be a function.
bool is_own_method(const ValuePool& pool, ValueId value);

// A frontend keeps a regular expression's literal as it is written: "regex /^in\//g".
inline constexpr std::string_view kRegexMark = "regex /";
bool is_regex_literal(const ValuePool& pool, ValueId value);

// "PutItem" of "@aws-sdk/client-dynamodb.PutItem".
std::string_view last_of(std::string_view path);
// What nobody knows of a call of a library that no row describes: which function, or which
// operation of an SDK. Empty: it is known to do nothing.
std::string_view unknown_in(Language language, std::string_view path);

}  // namespace fnlint
