// Loads each function, runs its handler and init with the template's values put in, a second time
// where state was stored meanwhile, and adds imports, faults and permissions.

#include "link/join/unit_join.h"

#include "core/text.h"
#include "link/code/code_imports.h"
#include "link/effects/effect_sources.h"
#include "link/effects/function_scope.h"
#include "link/handler/handler.h"
#include "link/handler/handler_safeguards.h"
#include "link/handler/not_followed.h"
#include "link/handler/requests.h"
#include "link/init/init_imports.h"
#include "link/init/init_values.h"
#include "link/init/init_work.h"
#include "link/init/version_uses.h"
#include "link/join/moved_values.h"

namespace fnlint {

UnitJoin::UnitJoin(const ValuePool& whole, const Stacks& stacks, const LinkedCode& code,
                   const RelationsTo& relations, Begins begins)
    : pool_(whole.copy()),
      stacks_(stacks),
      code_(code),
      relations_(relations),
      routes_(*pool_, stacks),
      begins_(std::move(begins)),
      engine_(*pool_, code.program),
      permissions_(*pool_, stacks),
      code_faults_(code),
      others_(*pool_, stacks),
      only_filled_(engine_, handlers_) {}

LoadedFunction UnitJoin::load(std::uint32_t row) {
  const FunctionCode& code = code_.functions[row];
  LoadedFunction loaded{.code = &code};
  if (!code.found) return loaded;
  loaded.handler = handler_value(engine_, code);
  loaded.modules = modules_at_init(code_.program, code_.modules, code.module);
  loaded.handlers = &handlers_[code.module];
  return loaded;
}

// What is loaded only where the function's environment says so.
void UnitJoin::take_ways(RunEnvironment& environment, LoadedFunction& loaded) {
  loaded.modules = modules_at_init(
      code_.program, code_.modules, loaded.code->module,
      [&](ModuleId module, const Import& row) -> std::optional<std::uint8_t> {
        const std::optional<FactSet> holds = engine_.loader().loaded_where(module, row);
        return holds ? environment.uncertainty_of_way(*holds) : std::nullopt;
      });
}

// What raises while it is loaded lets no event come to the handler.
void UnitJoin::note_loaded(RunEnvironment& environment, const LoadedFunction& loaded) {
  for (const LoadedModule& one : loaded.modules)
    if (one.uncertainty == 0 && !one.tried)
      environment.note_loaded(engine_.loader().initialiser(one.module).on_return);
}

// What the template and the image say, before any code is looked at.
LambdaFunction UnitJoin::described(std::uint32_t row) const {
  const DeclaredFunction& declared = stacks_.functions[row];
  const FunctionCode& code = code_.functions[row];
  LambdaFunction function;
  function.declared = row;
  function.resource = declared.resource;
  function.name = std::string((*pool_)[stacks_[declared.resource].address]);
  function.language = code.language;
  if (const auto runtime = as_text(*pool_, declared.runtime))
    function.runtime = std::string(*runtime);
  if (function.runtime.empty()) function.runtime = code.image_runtime;
  function.image_variables = code.image_variables;
  function.image_known = !code.image_runtime.empty();
  return function;
}

LambdaFunction UnitJoin::joined(std::uint32_t row) {
  const DeclaredFunction& declared = stacks_.functions[row];
  engine_.context().begin_function();
  LambdaFunction function = described(row);
  if (const FunctionCode& code = code_.functions[row]; begins_ && code.found)
    begins_(cat(code_.sources[code.module.index].path, ", the code of ", function.name));
  FunctionScope scope(engine_, stacks_, declared, relations_, routes_);
  const LoadedFunction& loaded = loaded_[row] = load(row);
  const ImageVariables image{.known = function.image_known, .names = function.image_variables};
  RunEnvironment environment(*pool_, scope,
                             deployed_environment(*pool_, stacks_, declared, image, others_),
                             function.image_known);
  environment.note_modules(engine_, loaded.modules);
  for (const LoadedModule& one : loaded.modules)
    environment.note_stores(engine_.loader().initialiser(one.module).steps);
  if (loaded.code->found) take_ways(environment, loaded_[row]);
  note_loaded(environment, loaded);
  function.never_loads = environment.never_loads();
  const HandlerContext context{engine_, scope, environment, code_.modules, stacks_, function};
  run_handler(context, loaded);
  if (loaded.code->found && engine_.modules().is_walked_again(loaded.code->module)) return function;
  only_filled_.settle(loaded.code->unit, function.changes);
  note_sources(engine_, stacks_, scope.triggers(), function);
  add_init_work(context, loaded);
  const bool is_snapshot =
      find_property(*pool_, stacks_, declared.resource, "SnapStart.ApplyOn") != nullptr;
  add_init_values(engine_, loaded, scope, code_.modules, is_snapshot, function);
  settle_safeguards(*pool_, stacks_, permissions_, function);
  add_code_imports(code_, loaded, code_.modules, function);
  add_unread_modules(code_, loaded, code_.modules, function);
  environment.allow_for_stores(function.reads);
  return function;
}

void UnitJoin::join(std::span<const std::uint32_t> rows, std::vector<LambdaFunction>& functions) {
  forget();
  engine_.begin_units();
  for (const std::uint32_t row : rows)
    if (const FunctionCode& code = code_.functions[row]; code.found)
      handlers_[code.module].insert(code.symbol);
  for (const std::uint32_t row : rows) functions[row] = joined(row);
  if (const auto& units = engine_.modules().wants_second_round(); !units.empty()) {
    engine_.begin_second_round();
    for (const std::uint32_t row : rows)
      if (units.contains(code_.functions[row].unit)) functions[row] = joined(row);
  }
  for (const std::uint32_t row : rows) {
    add_init_imports(engine_, code_, loaded_[row], code_.modules, stacks_.functions[row].code,
                     functions[row]);
    add_version_uses(code_, loaded_[row], code_.modules, functions[row]);
    code_faults_.add(loaded_[row], code_.modules, functions[row]);
    permissions_.judge(stacks_.functions[row], functions[row]);
    add_copied(*pool_, stacks_, functions[row]);
  }
}

void UnitJoin::forget() {
  handlers_.clear();
  loaded_.clear();
  code_faults_.forget();
  only_filled_.forget();
  engine_.end_units();
  pool_->forget();
}

void UnitJoin::hand_over(std::span<const std::uint32_t> rows,
                         std::vector<LambdaFunction>& functions, Engine& whole) {
  ValueTransfer transfer(*pool_, whole.pool());
  for (const std::uint32_t row : rows) move_values(functions[row], transfer);
  whole.keep_stored(engine_, transfer);
}

}  // namespace fnlint
