// What a function reads of its input, and what it returns.
#pragma once

#include "link/code/code.h"
#include "link/effects/function_scope.h"
#include "link/handler/handler_context.h"

namespace fnlint {

// Adds what a step of kind Read says to the function's reads; `before`: how the code is reached
// that runs before the first event.
void add_input_read(const HandlerContext& context, const Step& step, CallPhase phase,
                    std::uint8_t uncertainty, std::span<const PlacedText> before);
// The same for a call that stayed unknown and is given all of the event, the context or the
// environment.
void add_unknown_reader(const ValuePool& pool, std::span<const ModuleInfo> modules,
                        const Step& step, LambdaFunction& function);
// Adds what a step of kind Return says to what the handler gives back.
void add_returned(Engine& engine, FunctionScope& scope, std::span<const ModuleInfo> modules,
                  const Step& step, std::uint8_t uncertainty, LambdaFunction& function);
// Whether what the function returns is what the runtime gets: nothing that wraps it could change
// it.
bool returns_as_written(Engine& engine, FunctionRef handler);

}  // namespace fnlint
