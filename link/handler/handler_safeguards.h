// Layers against repetition, as they are configured for one function.
#pragma once

#include "link/effects/call_permissions.h"
#include "link/effects/function_scope.h"
#include "link/handler/handler_context.h"
#include "model/project.h"
#include "values/compute.h"

#include <span>

namespace fnlint {

// Adds what a layer against repetition around the handler, or around something that it calls, was
// told, or what a static configuration tells such layers, with what the template says put in.
// Null: nothing, as where the step is never reached.
Safeguard* add_safeguard(const HandlerContext& context, const Step& step, std::uint8_t uncertainty);
// Once all of a function's code has been run: what static configurations said goes to the layers of
// their kind, and what the role does not let them do is noted.
void settle_safeguards(ValuePool& pool, const Stacks& stacks, const CallPermissions& permissions,
                       LambdaFunction& function);

}  // namespace fnlint
