// Steps that are neither effects nor stores: work, tasks, exits, sinks, variables set; and what is
// said of the handler's own function.
#pragma once

#include "link/code/code.h"
#include "link/effects/function_scope.h"
#include "link/handler/handler_context.h"

namespace fnlint {

// A step that is no effect and no store, as a call with everything put in that the template says;
// nothing where the path to it is impossible.
std::optional<CodeCall> call_of_step(Engine& engine, FunctionScope& scope,
                                     std::span<const ModuleInfo> modules, const Step& step,
                                     std::uint8_t uncertainty);
// A step that is the call by which `main` gives the handler to the runtime.
bool hands_over_handler(const Step& step);
// A step that is a call which ends the process.
bool ends_process(const Step& step);
// Adds what such a step of the handler's run is.
void add_call(Engine& engine, FunctionScope& scope, std::span<const ModuleInfo> modules,
              const Step& step, std::uint8_t uncertainty, LambdaFunction& function);
// Adds what a step sets of the process's variables.
void add_variables_set(const HandlerContext& context, const Step& step, CallPhase phase,
                       std::uint8_t uncertainty);
// Whether the handler makes use of the callback that it is given, or of the context's: what that is
// told comes first, before what the handler's promise gives.
bool uses_callback(const Engine& engine, FunctionRef handler);
// The same of what the handler hands its context to.
bool answers_by_context(Engine& engine, const Step& step);
// When the platform takes a run of the handler to be over; `task`: its result must be awaited.
Completion completion_of(const Engine& engine, const LambdaFunction& function, bool task);

// Whether answers are given by calling back, so that what is left running may be what gives one.
bool may_call_back(const Engine& engine, ModuleId module);

// The handler's function, where nothing stands before it.
CalledFunction called_function(const Engine& engine, FunctionRef handler);
// The module has not the name: a problem, where nothing could give it.
HandlerProblem missing_handler_symbol(Engine& engine, const FunctionCode& code);
bool is_never_callable(const ValuePool& pool, ValueId value);
std::uint8_t code_uncertainty(const Engine& engine, const FunctionCode& code);

}  // namespace fnlint
