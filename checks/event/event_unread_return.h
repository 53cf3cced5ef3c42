// Return values that nobody receives, and errors that are lost because they are only returned.
#pragma once

#include "checks/event/event_view.h"
#include "model/finding.h"

namespace fnlint {

// A note where a function that is only ever invoked asynchronously returns something: of rule
// event-response-shape.
void unread_return(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                   const LambdaFunction& function, Findings& findings);

// Where it returns an error that nobody reads, which that tells; nothing: nowhere.
Span unread_failure(const Project& project, const RelationsTo& relations,
                    const OtherCallers& others, const LambdaFunction& function);
// A status that says that it failed.
bool says_failure(const ValuePool& pool, ValueId value);

}  // namespace fnlint
