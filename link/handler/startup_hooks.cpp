// Hooks of web applications. An adapter that makes a handler of an application may take each event
// as the application's whole life: what its hooks do is then done around every event.
#include "link/handler/startup_hooks.h"

#include "tables/models.h"
#include "values/places.h"

#include <algorithm>
#include <string_view>

namespace fnlint {

namespace {

// `Mangum(app)`, or what its call gives: `Mangum(app)(event, context)`.
bool is_of_such_adapter(std::string_view path) {
  const auto runs = [](std::string_view callee) {
    const LibraryModel* row = find_library_model(Language::Unknown, callee);
    return row != nullptr && row->runs_hooks;
  };
  return runs(path) || (path.ends_with("()") && runs(path.substr(0, path.size() - 2)));
}

bool runs_hooks(const ValuePool& pool, ValueId served) {
  bool runs = false;
  if (served.exists())
    for_each_below(pool, served, [&](ValueId id) {
      runs = runs || (pool.is(id, ValueKind::Object) && is_of_such_adapter(pool.text(id)));
    });
  return runs;
}

// The first yield of a function that runs around all else; no id: it has none.
OpId yield_of(const CodeFacts& code, FunctionId function) {
  const Function& row = code.functions[function.index];
  for (std::uint32_t op = row.first.index; op < row.end.index; ++op)
    if (code.ops[op].kind == OpKind::Yield) return OpId{op};
  return {};
}

// What a generator does before it yields, and after that.
void add_around(Engine& engine, ValueId function, CallResult whole, StartupHooks& hooks) {
  const FunctionRef ref = unpack(engine.pool()[function].ref);
  const OpId yield = yield_of(engine.facts(ref.module), ref.function);
  CallResult before, after;
  for (Step& step : whole.steps) {
    const CallSite own = step.via.empty() ? step.at : step.via.front();
    const bool is_after = yield.exists() && own.module == ref.module && own.op > yield;
    if (!is_after && step.kind == StepKind::Store &&
        contains_location(engine.pool(), whole.sets, step.subject))
      add_locations(before.sets, {step.subject});
    (is_after ? after : before).steps.push_back(std::move(step));
  }
  hooks.before.push_back(std::move(before));
  hooks.after.push_back(std::move(after));
}

}  // namespace

StartupHooks startup_hooks(Engine& engine, std::span<const ModuleId> modules, ValueId served) {
  StartupHooks hooks;
  const auto has_hooks = [&](ModuleId module) {
    return !engine.registrations().hooks(module).empty();
  };
  if (std::ranges::none_of(modules, has_hooks) || !runs_hooks(engine.pool(), served)) return hooks;
  for (const ModuleId module : modules) {
    const std::vector<AppHook> registered = engine.registrations().hooks(module);
    for (const AppHook& hook : registered) {
      const CallInput input{.callee = hook.function, .arguments = engine.pool().record({}, true)};
      CallResult outcome = engine.call(input, 0);
      if (hook.time == HookTime::Around)
        add_around(engine, hook.function, std::move(outcome), hooks);
      else
        (hook.time == HookTime::Start ? hooks.before : hooks.after).push_back(std::move(outcome));
    }
  }
  return hooks;
}

}  // namespace fnlint
