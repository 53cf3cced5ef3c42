// Turns the steps of initialisers into work, and leaves out what only describes, starts or
// registers something, and ways that no deployed function goes.

#include "link/init/init_work.h"

#include "flow/syntax/code_queries.h"
#include "flow/syntax/failure_forms.h"
#include "link/code/handler_method.h"
#include "link/code/handler_value.h"
#include "link/code/init_modules.h"
#include "link/handler/call_places.h"
#include "link/handler/handler_calls.h"
#include "link/handler/handler_reads.h"
#include "link/handler/handler_safeguards.h"
#include "link/handler/own_credentials.h"
#include "link/handler/requests.h"
#include "link/handler/run_environment.h"
#include "link/init/used_classes.h"
#include "tables/models.h"
#include "values/failures.h"

#include <algorithm>
#include <iterator>

namespace fnlint {

namespace {

// `urllib.request.Request(url)` describes a request; nothing is sent yet. In Go and C#, functions
// have such names, too.
bool only_describes(const Step& step) {
  if (step.kind != StepKind::Effect || step.library == UINT32_MAX) return false;
  const LibraryModel& row = library_models()[step.library];
  const bool is_script = row.language == Language::Python || row.language == Language::JavaScript;
  if (!is_script || !row.command.empty()) return false;  // a command is an effect once it is sent
  std::string_view path = row.path;
  path.remove_prefix(path.rfind('.') == std::string_view::npos ? 0 : path.rfind('.') + 1);
  return !path.empty() && path.front() >= 'A' && path.front() <= 'Z';
}

// Of a variable or a field: "id" of `this.id`.
std::string last_name(const ValuePool& pool, ValueId place) {
  if (!place.exists()) return {};
  const auto operands = pool.operands(place);
  const bool is_part = pool.is(place, ValueKind::Computed) && operands.size() > 1;
  return std::string(pool.text(is_part ? operands[1] : place));
}

// A timer that is started takes no time; what waits for it does.
bool only_starts(const Step& step) {
  return step.kind == StepKind::Work && step.library != UINT32_MAX &&
         !library_models()[step.library].starts.empty();
}

// Ways round the call that hands the handler to the runtime are no deployed function's: `if local {
// handle(sample) } else { lambda.Start(handle) }`.
class WaysToRuntime {
 public:
  WaysToRuntime(ValuePool& pool, std::span<const Step> steps) : pool_(pool) {
    for (const Step& step : steps)
      if (hands_over_handler(step)) ways_.push_back(&step.holds);
  }
  [[nodiscard]] bool go_round(const Step& step) const {
    return !ways_.empty() && std::ranges::all_of(ways_, [&](const FactSet* way) {
      return contradict(pool_, *way, step.holds);
    });
  }

 private:
  ValuePool& pool_;
  std::vector<const FactSet*> ways_;
};

// Loading does not go ways on which the program ends well: no event would ever be handled. They are
// a developer's: `if (!production) handle(sample).then(() => process.exit(0))`.
class WaysToEnd {
 public:
  WaysToEnd(const ValuePool& pool, std::span<const Step> steps) {
    for (const Step& step : steps) {
      if (!ends_process(step) || !ends_well(pool, step)) continue;
      std::vector<Fact> way(step.holds.begin(), step.holds.end());
      if (is_after_failure(pool, way)) continue;
      // What else must hold is what the work itself finds.
      std::erase_if(way, [&](const Fact& one) { return !is_of_environment(pool, one.test); });
      if (!way.empty()) ways_.push_back(std::move(way));
    }
  }
  [[nodiscard]] bool have(const Step& step) const {
    return std::ranges::any_of(ways_, [&](const std::vector<Fact>& way) {
      return std::ranges::all_of(way, [&](const Fact& one) {
        return std::ranges::find(step.holds, one) != step.holds.end();
      });
    });
  }

 private:
  // `process.exit(0)`: who ends with another code, or says why, gives up.
  static bool ends_well(const ValuePool& pool, const Step& step) {
    if (!step.arguments.exists() || !pool.is(step.arguments, ValueKind::Record)) return false;
    const auto given = pool.operands(step.arguments);
    return given.empty() || as_integer(pool, given[0]) == 0;
  }
  static bool is_of_environment(const ValuePool& pool, ValueId test) {
    if (is_returned(pool, test)) return false;
    bool found = false, other = false;
    for_each_below(pool, test, [&](ValueId id) {
      if (!pool.is(id, ValueKind::Hole)) return;
      (pool[id].origin == Origin::Environment ? found : other) = true;
    });
    return found && !other;
  }

  std::vector<std::vector<Fact>> ways_ = {};
};

// In a function that a library was given, of which nobody knows that it calls it at once: what
// sets up an application registers routes and commands, which are called with events.
bool is_registered(const Engine& engine, const Step& step) {
  if ((step.flags & (kInSnapshot | kInRestore)) != 0) return false;
  return std::ranges::any_of(
      step.via, [&](CallSite at) { return engine.registrations().escapes(at); });
}

// `client.listTables();`: nothing in the function that calls it reads what it gives.
bool is_dropped(Engine& engine, const Step& step) {
  const bool is_written = step.at.module.exists() && step.at.op.exists();
  return is_written &&
         engine.index().uses_in(step.at.module).results[step.at.op.index] == ResultUse::Dropped;
}

// In an asynchronous function whose promise the module keeps and does not wait for: `const rows =
// load();`.
bool is_unawaited(const Engine& engine, const Step& step) {
  if (step.via.empty()) return false;
  const CallSite outer = step.via.front();
  const CallSite inner = step.via.size() > 1 ? step.via[1] : step.at;
  const CodeFacts& code = engine.facts(outer.module);
  if (code.language != Language::JavaScript || !outer.op.exists() || !inner.op.exists())
    return false;
  const CodeFacts& callee = engine.facts(inner.module);
  const FunctionId called = function_around(callee, inner.op);
  if (!called.exists() || (callee.functions[called.index].flags & kAsync) == 0) return false;
  const auto is_result = [&](ExprId value) {
    return value.exists() && code.exprs[value.index].kind == ExprKind::Result &&
           code.exprs[value.index].ref == outer.op.index;
  };
  const auto kept = std::ranges::find_if(code.assigns, [&](const Assign& row) {
    return is_result(row.value) && row.target.exists() &&
           code.exprs[row.target.index].kind == ExprKind::Variable;
  });
  if (kept == code.assigns.end()) return false;
  const std::uint32_t variable = code.exprs[kept->target.index].ref;
  const Function& initialiser = code.functions[0];
  for (OpId at = initialiser.first; at < initialiser.end; ++at.index) {
    if (code.ops[at.index].kind != OpKind::Await) continue;
    const ExprId value = code.awaits[code.ops[at.index].detail].value;
    if (is_result(value) || (value.exists() && is_variable(code, value, VariableId{variable})))
      return false;
  }
  return true;
}

// The module itself calls the function's handler.
bool is_of_handler(const Engine& engine, FunctionRef handler, const Step& step) {
  if (step.via.empty()) return false;
  const CallSite inner = step.via.size() > 1 ? step.via[1] : step.at;
  return inner.module == handler.module && inner.op.exists() &&
         function_around(engine.facts(inner.module), inner.op) == handler.function;
}

// Classes that stand in no part of the module.
std::vector<ProjectObject> classes_of(Engine& engine, ModuleId module) {
  const CodeFacts& code = engine.facts(module);
  std::vector<ProjectObject> found;
  const Function& initialiser = code.functions[0];
  for (OpId at = initialiser.first; at.exists() && at < initialiser.end;
       at = code.ops[at.index].end)
    if (code.ops[at.index].kind == OpKind::Define)
      found.push_back(
          {ProjectObject::Kind::Class, module, code.defines[code.ops[at.index].detail].type});
  return found;
}

// The bodies of classes run with their module in some languages; in others when something first
// uses the class: what they read is read, if that comes.
bool loads_classes_with_modules(Language language) {
  return language == Language::Python || language == Language::JavaScript ||
         language == Language::Ruby;
}
std::vector<Step> loaded_steps(Engine& engine, const ProjectObject& type) {
  std::vector<Step> steps = initialised_class(engine, type).steps;
  if (loads_classes_with_modules(engine.language(type.module))) return steps;
  std::erase_if(steps, [](const Step& step) { return step.kind != StepKind::Read; });
  for (Step& step : steps) step.flags |= kAbsenceExpected;
  return steps;
}

// Whether it is asked that a variable of a module holds nothing.
bool says_unset(const ValuePool& pool, const Fact& fact) {
  bool found = false;
  for_each_below(pool, fact.test, [&](ValueId test) {
    const Opcode asks = pool.opcode(test);
    if (asks != Opcode::IsNull && asks != Opcode::Equal) return;
    const auto operands = pool.operands(test);
    const bool of_null = asks == Opcode::IsNull || std::ranges::any_of(operands, [&](ValueId one) {
                           return pool.is(one, ValueKind::Null);
                         });
    found = found || (of_null && std::ranges::any_of(operands, [&](ValueId one) {
                        return pool.is(one, ValueKind::Hole) && pool[one].origin == Origin::Global;
                      }));
  });
  return fact.holds && found;
}

class InitWork {
 public:
  explicit InitWork(const HandlerContext& context)
      : context_(context),
        engine_(context.engine),
        scope_(context.scope),
        modules_(context.modules),
        function_(context.function),
        environment_(context.environment) {}

  void add(const std::vector<Step>& steps, CallPhase phase,
           const std::vector<PlacedText>& before = {}, std::uint8_t uncertainty = 0) {
    forget_exits(steps);
    const WaysToRuntime ways(engine_.pool(), steps);
    const WaysToEnd ends(engine_.pool(), steps);
    for (const Step& step : steps) {
      if (hands_over_handler(step) || ends_process(step) || ways.go_round(step) || ends.have(step))
        continue;
      if (step.kind == StepKind::Read) add_input_read(context_, step, phase, uncertainty, before);
      const std::optional<std::uint8_t> taken = environment_.uncertainty_of(step.holds);
      if (!taken) continue;
      function_.all_clients = std::max(function_.all_clients, all_clients_after(engine_, step));
      add_variables_set(context_, step, phase, static_cast<std::uint8_t>(*taken | uncertainty));
      if (step.kind == StepKind::Guard) add_safeguard(context_, step, uncertainty);
      if (step.kind == StepKind::Request)
        add_request(context_, step, static_cast<std::uint8_t>(*taken | uncertainty), before);
      if (step.kind == StepKind::Sink)
        add_call(engine_, scope_, modules_, step, static_cast<std::uint8_t>(*taken | uncertainty),
                 function_);
      const bool takes_time = step.kind == StepKind::Effect || step.kind == StepKind::Work;
      const bool is_made = step.kind == StepKind::Make || step.kind == StepKind::Start;
      const bool renews = step.kind == StepKind::Store && (step.flags & kInRestore) != 0;
      if (!(is_made || renews) && (!takes_time || only_describes(step) || only_starts(step)))
        continue;
      // Loading goes on beside a task that nobody takes, as beside what is called with events.
      const bool is_beside = is_registered(engine_, step) || (step.flags & kDetached) != 0 ||
                             is_unawaited(engine_, step);
      if (is_beside && step.kind != StepKind::Effect) continue;
      std::optional<CodeCall> call = call_of_step(engine_, scope_, modules_, step,
                                                  static_cast<std::uint8_t>(*taken | uncertainty));
      if (!call) continue;
      const bool is_http =
          call->operation != UINT32_MAX && operations()[call->operation].service == "http";
      if (is_http && !environment_.may_be_address(call->value)) call->uncertainty |= kClosedWay;
      if (renews) call->name = last_name(engine_.pool(), step.subject);
      call->phase = (step.flags & kInSnapshot) != 0  ? CallPhase::Snapshot
                    : (step.flags & kInRestore) != 0 ? CallPhase::Restore
                    : is_beside                      ? CallPhase::Invocation
                                                     : phase;
      if (is_dropped(engine_, step)) call->flags |= kResultUnused;
      call->of_handler = is_of_handler(engine_, function_.handler, step);
      std::vector<PlacedText> path = before;
      std::ranges::move(call->path, std::back_inserter(path));
      call->path = std::move(path);
      (is_made || renews ? function_.made_at_init : function_.init_work)
          .push_back(std::move(*call));
    }
  }

 private:
  // Where a variable of a module was not set the program would have ended already as it started:
  // `if config == nil { config, err = read(); if err != nil { log.Fatal(err) } }`.
  void forget_exits(const std::vector<Step>& steps) {
    std::erase_if(function_.exits, [&](const CodeCall& call) {
      const auto is_it = [&](const Step& step) {
        return ends_process(step) && span_of_call(modules_, step.at) == call.where;
      };
      return std::ranges::any_of(call.holds,
                                 [&](const Fact& fact) { return says_unset(engine_.pool(), fact); }) &&
             std::ranges::any_of(steps, is_it);
    });
  }

  const HandlerContext& context_;
  Engine& engine_;
  FunctionScope& scope_;
  std::span<const ModuleInfo> modules_;
  LambdaFunction& function_;
  RunEnvironment& environment_;
};

}  // namespace

void add_init_work(const HandlerContext& context, const LoadedFunction& loaded) {
  if (!context.function.resolved) return;
  Engine& engine = context.engine;
  InitWork work(context);
  // The runtime makes an object of the handler's class, and loads that and its base classes.
  const HandlerValue& handler = loaded.handler;
  const std::vector<ProjectObject> own = classes_above(engine, handler.type);
  std::vector<UsedClass> used;
  if (!own.empty() && !loads_classes_with_modules(engine.language(own.front().module)))
    used = classes_used_at_init(engine, context.modules, own);
  for (const LoadedModule& one : loaded.modules) {
    const std::vector<Step> steps = engine.loader().initialiser(one.module).steps;
    work.add(steps, CallPhase::Load, one.chain, one.uncertainty);
    for (const ProjectObject& type : classes_of(engine, one.module)) {
      const auto is_it = [&](const ProjectObject& other) {
        return other.module == type.module && other.type == type.type;
      };
      if (std::ranges::any_of(own, is_it) || std::ranges::any_of(used, is_it, &UsedClass::type))
        continue;
      work.add(loaded_steps(engine, type), CallPhase::Load, one.chain, one.uncertainty);
    }
  }
  for (const UsedClass& one : used)
    work.add(initialised_class(engine, one.type).steps, CallPhase::Load, {one.by});
  for (const ProjectObject& type : own)
    work.add(initialised_class(engine, type).steps, CallPhase::Load);
  if (!handler.place.exists()) return;
  const std::vector<Step> steps =
      engine.handler_objects().of(handler.type.module, handler.type.type).steps;
  work.add(steps, CallPhase::Construct);
}

}  // namespace fnlint
