#pragma once

#include "values/compute.h"

namespace fnlint {

// Filters of triggers over symbolic values; one matcher for all services.

// Does an S3 notification's configuration take this event? `filter` as model/resources.h says for
// buckets; event type "s3:ObjectCreated:Put" (a trigger's "s3:ObjectCreated:*" takes all of that
// family); `key` may be no id: unknown. Prefix and suffix are decoded from their URL form by
// link.templates, and compared case-sensitively.
Answer matches_notification(ValuePool& pool, ValueId filter, std::string_view event_type,
                            ValueId key);

// Does an EventBridge pattern (also: event source mapping filter, SNS filter policy) take this
// event? Matchers: exact, prefix, suffix, equals-ignore-case, wildcard, anything-but (also with
// prefix, suffix, wildcard, lists), numeric, exists, cidr, $or; arrays are OR, fields are AND. A
// field that a closed record lacks fails unless exists is false; an open record or unknown element
// answers Unknown. A field whose value is a text in JSON, or Computed "json_encode", is matched by
// its content where the pattern asks for fields of it. A pattern that is Absent is no condition.
Answer matches_event_pattern(ValuePool& pool, ValueId pattern, ValueId event);

// JSON text to a value: for patterns and policies written as texts. No id when it is no JSON.
ValueId value_of_json(ValuePool& pool, std::string_view json);
// Of a text of which parts are not known: each a value, or a part of a text in it.
ValueId value_of_json_pattern(ValuePool& pool, ValueId pattern);

}  // namespace fnlint
