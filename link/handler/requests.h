// Calls of AWS that cause no event and still need a right.
#pragma once

#include "link/effects/function_scope.h"
#include "link/handler/handler_context.h"
#include "model/project.h"

#include <span>
#include <vector>

namespace fnlint {

// Notes what a step asks AWS for that no row of operations() describes, or what it signs an address
// for: LambdaFunction::requests. `before`: what leads to the module that does.
void add_request(const HandlerContext& context, const Step& step, std::uint8_t uncertainty,
                 const std::vector<PlacedText>& before);

// The same of what its operations read in order to copy it.
void add_copied(ValuePool& pool, const Stacks& stacks, LambdaFunction& function);

}  // namespace fnlint
