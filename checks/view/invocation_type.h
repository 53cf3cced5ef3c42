// Synchronous, asynchronous or a dry run: how one function invokes another.
#pragma once

#include "values/pool.h"

#include <optional>
#include <string>
#include <string_view>

namespace fnlint {

// How a call of Lambda's Invoke invokes, in lower case without '_': "event", "dryrun",
// "requestresponse"; empty: as the API does by default, which waits; nothing: not known. SDKs spell
// it as a text, or as a member of an enumeration. (AWS Lambda API Reference: Invoke.)
std::optional<std::string> invocation_type(const ValuePool& pool, ValueId arguments);

// Whether who invokes so waits for what the function answers.
bool waits_for_answer(std::string_view type);

}  // namespace fnlint
