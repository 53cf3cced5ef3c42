#pragma once

#include "checks/event/event_view.h"
#include "checks/view/project_view.h"

namespace fnlint {

// Whether only a clock, or what people and deployments do, calls the function, and so seldom that
// no environment lives from one of its invocations to the next: each of them begins cold anyway.
bool is_called_seldom(const Project& project, const RelationsTo& relations,
                      const OtherCallers& others, ResourceId function);

// Whether nothing of the project is known to call the function: neither a source nor a permission
// nor code.
bool is_caller_unknown(const RelationsTo& relations, const OtherCallers& others,
                       ResourceId function);

}  // namespace fnlint
