#pragma once

#include "values/pool.h"

#include <string>
#include <string_view>

namespace fnlint {

// Whether the value depends on the request: on the event, or on what the context says of this one
// invocation rather than of the environment that serves it.
bool is_request_data(const ValuePool& pool, ValueId value);

// A field of a context however a language spells it: "awsrequestid" of aws_request_id,
// awsRequestId, getAwsRequestId and AwsRequestId.
std::string context_field(std::string_view path);

}  // namespace fnlint
