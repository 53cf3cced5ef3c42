// Which values belong to one request and must not outlive it.
#pragma once

#include "values/pool.h"

#include <functional>
#include <string>
#include <string_view>

namespace fnlint {

// Whether the value depends on the request: on the event, or on what the context says of this one
// invocation rather than of the environment that serves it.
bool is_request_data(const ValuePool& pool, ValueId value);
// The same without some values, whatever they are made of.
bool is_request_data(const ValuePool& pool, ValueId value,
                     const std::function<bool(ValueId)>& left_out);
// The same of a hole alone. A context, or its deadline, that a call is given (`handed`) is there to
// cancel it: what the call gives is not made of it. What is the request's own is read by its name.
bool is_request_hole(const ValuePool& pool, ValueId hole, bool handed);
// Whether this operand is what a call, or the making of a library's object, was given.
bool is_argument(const ValuePool& pool, ValueId value, std::size_t operand);

// A field of a context however a language spells it: "awsrequestid" of aws_request_id,
// awsRequestId, getAwsRequestId and AwsRequestId.
std::string context_field(std::string_view path);

}  // namespace fnlint
