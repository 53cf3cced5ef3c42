#pragma once

#include "checks/event/event_view.h"
#include "checks/view/project_view.h"

namespace fnlint {

// Whether a clock alone calls the function, and so seldom that no environment lives from one of its
// invocations to the next: each of them begins cold anyway.
bool is_called_seldom(const Project& project, const RelationsTo& relations,
                      const OtherCallers& others, ResourceId function);

}  // namespace fnlint
