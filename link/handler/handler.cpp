// Drives the run: applies the handler, its layers, hooks and later calls to the event, and settles
// each step with the template's values; steps on impossible paths are dropped.

#include "link/handler/handler.h"

#include "core/text.h"
#include "flow/engine/reads.h"
#include "flow/models/library_guards.h"
#include "flow/state/layers.h"
#include "flow/syntax/caught_results.h"
#include "flow/syntax/code_queries.h"
#include "flow/syntax/dropped_errors.h"
#include "flow/syntax/promise_errors.h"
#include "link/code/handler_arguments.h"
#include "link/code/handler_method.h"
#include "link/code/included_modules.h"
#include "link/effects/table_writes.h"
#include "link/handler/call_places.h"
#include "link/handler/callback_answers.h"
#include "link/handler/forwarded_handler.h"
#include "link/handler/handler_calls.h"
#include "link/handler/handler_description.h"
#include "link/handler/handler_layers.h"
#include "link/handler/handler_reads.h"
#include "link/handler/handler_run.h"
#include "link/handler/handler_safeguards.h"
#include "link/handler/later_reads.h"
#include "link/handler/not_followed.h"
#include "link/handler/own_credentials.h"
#include "link/handler/read_places.h"
#include "link/handler/requests.h"
#include "link/handler/residual_reads.h"
#include "link/handler/sdk_guess.h"
#include "link/handler/startup_hooks.h"
#include "link/handler/stored_parameters.h"
#include "link/handler/value_sites.h"
#include "link/handler/written_answers.h"
#include "link/stacks/arn.h"
#include "values/lookups.h"
#include "values/where.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace fnlint {

namespace {

constexpr int kDeclaredCalls = 8;  // one in another, of which declarations alone tell

// Of a read it matters only that its way is closed; of one of a variable that is told by others.
std::uint8_t uncertainty_where_taken(const ValuePool& pool, const Step& step, std::uint8_t way) {
  if (step.kind != StepKind::Read) return way;
  const bool of_environment = step.value.exists() && is_variable(pool, step.value);
  return of_environment ? 0 : static_cast<std::uint8_t>(way & kClosedWay);
}

}  // namespace

Span HandlerRun::span_of(CallSite at) const { return span_of_call(modules_, at); }

std::vector<PlacedText> HandlerRun::path_of(const Step& step) const {
  return path_of_step(modules_, step);
}

// By the innermost of the functions that does anything about them. What is dropped while another
// error is handled, which is raised again, is no loss unless that one is dropped in its turn.
HandlerRun::LostErrors HandlerRun::lost_errors(const Step& step) const {
  std::vector<CallSite> sites = step.via;
  sites.push_back(step.at);
  for (LostErrors lost = lost_errors_of(step, sites); lost.how != 0;
       lost = lost_errors_of(step, sites)) {
    OpId raised;
    while (!sites.empty() && !raised.exists()) {
      const CallSite at = sites.back();
      sites.pop_back();
      if (at.module.index >= modules_.size()) continue;
      raised = raised_after(*modules_[at.module.index].facts, at.op);
      if (raised.exists()) sites.push_back({.module = at.module, .op = raised});
    }
    if (!raised.exists()) return lost;
  }
  return {};
}

Span HandlerRun::handler_around(CallSite at, std::string_view library) const {
  if (at.module.index >= modules_.size()) return {};
  const CodeFacts& code = *modules_[at.module.index].facts;
  const OpId attempt = taken_by(code, at.op, library);
  return attempt.exists() ? Span{modules_[at.module.index].file, code.op_ranges[attempt.index]}
                          : Span{};
}

HandlerRun::LostErrors HandlerRun::lost_errors_of(const Step& step,
                                                  std::span<const CallSite> sites) const {
  // Put in order behind it: how the event ended is settled by then.
  const auto is_after_all = [&](const CallSite& at) {
    return at.module.index < modules_.size() &&
           is_in_finally(*modules_[at.module.index].facts, at.op);
  };
  if (std::ranges::any_of(sites, is_after_all)) return {};
  CallSite inner;
  LostErrors told;  // how it is lost if whoever called the function around the last of them
                    // does not look at what that gives
  bool is_new = false, is_logged = false;  // ... on the way
  for (const CallSite at : std::views::reverse(sites)) {
    if (at.module.index >= modules_.size()) continue;
    const CodeFacts& code = *modules_[at.module.index].facts;
    if (told.how != 0) {
      // What becomes of the value of `runCatching` is what has been told already.
      if (std::exchange(is_new, false) && catches(code, at.op)) continue;
      // Given back once more, as far as to the runtime: who called the function decides.
      if (is_given_back(code, at.op)) continue;
      told.by_caller = true;
      if (only_logs_result(code, at.op)) {
        told.how = kErrorsLogged;
        return told;
      }
      return looks_at_result(code, at.op) ? LostErrors{} : told;
    }
    const ErrorEnd end =
        at == step.at ? error_end(code, step) : error_end(code, at.op, library_of(step));
    is_logged = is_logged || end == ErrorEnd::LoggedAndPasses;
    if (end == ErrorEnd::Told) told = {is_logged ? kErrorsLogged : kErrorsDropped, at};
    if (end == ErrorEnd::LoggedAndTold) told = {kErrorsLogged, at};
    is_new = told.how != 0;
    if (is_new) continue;
    const bool is_known =
        !has_error_values(code.language) || !inner.module.exists() ||
        calls_what_fails(code, at.op, *modules_[inner.module.index].facts, inner.op);
    const bool passes = end == ErrorEnd::Passes || end == ErrorEnd::LoggedAndPasses;
    if (!passes && is_known)
      return end == ErrorEnd::Dropped  ? LostErrors{is_logged ? kErrorsLogged : kErrorsDropped, at}
             : end == ErrorEnd::Logged ? LostErrors{kErrorsLogged, at}
                                       : LostErrors{};
    inner = at;
  }
  if (told.how != 0) told.how |= kErrorsReturned;  // to the runtime
  return told;
}

// With all that the template says; targets and literals wait for nothing more. What rests on the
// event still does, until the event that an effect causes is put in.
ValueId HandlerRun::specialised_value(ValueId value) const {
  const ValueId settled = scope_.settle(value);
  const bool waits = settled.exists() && has_origin(pool_, settled, Origin::Event);
  return settled.exists() && !waits ? finished(pool_, settled) : settled;
}

// Null: it never comes to this step.
const FactSet* HandlerRun::settled_facts(const Step& step) {
  return settled_facts_.of(step.holds, [&](const Fact& fact, FactSet& into) {
    const ValueId test = is_asked(pool_, fact.test) ? fact.test : scope_.settle_test(fact.test);
    return assume(pool_, into, test, fact.holds);
  });
}

void HandlerRun::note_later_reads(const Step& step) {
  if (!later_.waits()) return;
  if (const FactSet* const holds = settled_facts(step); holds != nullptr) later_.note(step, *holds);
}

void HandlerRun::note_reads(const Step& step) {
  note_later_reads(step);
  for (const ValueId value : {step.key, step.value, step.arguments}) read_.note(value);
  if (step.kind != StepKind::Store) read_.note(step.subject);
  for (const Fact& fact : step.holds)
    if (!is_returned(pool_, fact.test)) read_.note(fact.test);
}

// Nobody else is there who knows more of what is left open.
void HandlerRun::take(const Step& step, std::uint8_t uncertainty) {
  if (engine_.modules().is_walked_again(module_)) return;
  if (step.kind == StepKind::Return) return take_answers(step, uncertainty);
  take_closed(step, uncertainty);
}

// Of an answer that tests choose, each is one of its own: `c ? {…} : {…}`. What it may have become
// by then, in a loop say, is one that nothing tells apart.
void HandlerRun::take_answers(const Step& step, std::uint8_t uncertainty) {
  ValueId answer = step.value;
  while (answer.exists() && pool_.is(answer, ValueKind::Task)) answer = pool_.operands(answer)[0];
  if (!answer.exists() || !pool_.is(answer, ValueKind::OneOf) ||
      (pool_[answer].uncertainty & kUngated) != 0)
    return take_closed(step, uncertainty);
  const auto operands = pool_.operands(answer);
  const std::vector<ValueId> ways(operands.begin(), operands.end());
  const std::vector<GuardId> guards(pool_.guards(answer).begin(), pool_.guards(answer).end());
  // What several ways put into one object is no answer of each.
  const auto is_object = [&](ValueId way) { return pool_.is(bare(pool_, way), ValueKind::Object); };
  if (std::ranges::all_of(ways, is_object)) return take_closed(step, uncertainty);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const std::vector<ValueId> tests = conditions_of(pool_, ways[i]);
    Step way = step;
    way.value = bare(pool_, ways[i]);
    if (!std::ranges::all_of(tests, [&](ValueId t) { return assume(pool_, way.holds, t, true); }))
      continue;
    const bool is_open = tests.empty() || !pool_.always(guards[i]);
    take_closed(way, static_cast<std::uint8_t>(uncertainty | (is_open ? kConditional : 0)));
  }
}

void HandlerRun::take_closed(const Step& step, std::uint8_t uncertainty) {
  if (!is_conditioned(pool_, step)) return take_settled(step, uncertainty);
  Step settled = step;
  if (step.kind == StepKind::Effect) {
    if (!take_conditions(pool_, settled, Ways::Open)) return;
    chosen_key_ = settled.key;
    chosen_arguments_ = settled.arguments;
  }
  // Of what is chosen, the tests may say that it does no harm.
  const Ways ways = step.kind == StepKind::Sink ? Ways::Open : Ways::Closed;
  if (take_conditions(pool_, settled, ways)) take_settled(settled, uncertainty);
  chosen_key_ = chosen_arguments_ = {};
}

// A way that the template's variables close is taken where somebody sets one by hand; one that asks
// for what is not known, or may be this or that, by some deployments.
// One that no request of the routes takes, by whoever calls the function otherwise. What stands
// behind a variable that must be there and is not is reached as soon as that is mended.
std::uint8_t HandlerRun::uncertainty_of_way(const Step& step) {
  if (!scope_.may_be_requested(step.holds)) return kClosedWay;
  const std::uint8_t failing =
      environment_.never_loads() || environment_.is_behind_failure(step.holds) ? kHeuristic : 0;
  const bool asks = std::ranges::any_of(step.holds, [&](const Fact& fact) {
    return has_origin(pool_, fact.test, Origin::Environment) && !is_returned(pool_, fact.test);
  });
  if (!asks) return failing;
  const std::optional<std::uint8_t> taken = environment_.uncertainty_of(step.holds);
  if (!taken) return kClosedWay;
  const bool is_open = (*taken & (kUncertain | kConditional)) != 0;
  return static_cast<std::uint8_t>((is_open ? kConditional : 0) | (*taken & kHeuristic) | failing);
}

// In a module that may not be deployed, or reached by way of one.
bool HandlerRun::is_aside(const Step& step) const {
  const auto is_it = [&](const CallSite& site) {
    return site.module.index < modules_.size() && modules_[site.module.index].aside;
  };
  return is_it(step.at) || std::ranges::any_of(step.via, is_it);
}

void HandlerRun::take_request(const Step& step, std::uint8_t uncertainty) {
  const std::size_t at = function_.requests.size();
  add_request(context_, step, uncertainty, {});
  if (function_.requests.size() == at) return;
  Effect& request = function_.requests[at];
  note_lost_errors(step, request);
  // Somebody has written that its error is to be dropped: there may be none that counts.
  if (!has_error_values(modules_[step.at.module.index].facts->language) &&
      (request.flags & kErrorsLogged) == 0)
    request.flags &= ~(kErrorsDropped | kErrorsReturned);
}

void HandlerRun::take_settled(const Step& step, std::uint8_t uncertainty) {
  if (!environment_.is_deployed_way(step.holds)) return;
  std::uint8_t way = uncertainty_where_taken(pool_, step, uncertainty_of_way(step));
  if (is_aside(step)) way |= kHeuristic;
  uncertainty |= way;
  function_.all_clients = std::max(function_.all_clients, all_clients_after(engine_, step));
  add_variables_set(context_, step, CallPhase::Invocation, uncertainty);
  // What a library hands to what was registered with it is something of its own making.
  const bool of_library = is_route_ && step.value.exists() &&
                          (has_origin(pool_, step.value, Origin::Event) ||
                           has_origin(pool_, step.value, Origin::Context));
  if (step.kind == StepKind::Read && of_library) return;
  if (in_layer_ && (step.kind == StepKind::Read || step.kind == StepKind::Return)) return;
  if (step.kind == StepKind::Read) {
    if ((way & kClosedWay) == 0) loops_.note_read(step);
    return add_input_read(context_, step, CallPhase::Invocation, uncertainty, {});
  }
  if (step.kind == StepKind::Return) {
    note_later_reads(step);
    if (is_route_) return;
    const std::size_t at = function_.returns.size();
    add_returned(engine_, scope_, modules_, step, uncertainty, function_);
    if (function_.returns.size() > at) loops_.note_return(step, at);
    return;
  }
  if (step.kind == StepKind::Find) return;
  if (step.kind == StepKind::Request) return take_request(step, uncertainty);
  ++order_;
  note_reads(step);
  if (step.kind == StepKind::Effect) {
    take_effect(step, step.model, uncertainty, {step.value, step.key, step.arguments});
  } else if (step.kind == StepKind::Store) {
    take_change(step, way);
  } else if (step.kind == StepKind::Call) {
    if (answers_by_context(engine_, step)) function_.returns_known = false;
    add_unknown_reader(pool_, modules_, step, function_);
    const SdkGuess guess = guess_sdk_call(engine_, step);
    if (guess.operation == UINT32_MAX) {
      if (take_declared(step, uncertainty)) return;
      add_unknown_callee(pool_, modules_, step, function_);
    } else
      take_effect(step, guess.operation, static_cast<std::uint8_t>(uncertainty | kHeuristic),
                  {guess.target, guess.key, guess.members});
  } else if (step.kind == StepKind::Guard) {
    Safeguard* const guard = add_safeguard(context_, step, uncertainty);
    if (guard != nullptr) guard->by_library = is_route_;
  } else if (step.kind != StepKind::Start || !in_route_) {
    add_call(engine_, scope_, modules_, step, uncertainty, function_);
    if (step.kind == StepKind::Make && !function_.made.empty())
      add_value_sites(pool_, modules_, function_.made.back().arguments, sited_, function_);
  }
}

// A call of which nothing is known but what its receiver is declared to be.
bool HandlerRun::take_declared(const Step& step, std::uint8_t uncertainty) {
  // What it does is told once, by whatever path it is reached.
  if (declared_at_.contains(step.at)) return true;
  if (declared_depth_ >= kDeclaredCalls) return false;
  const std::optional<CallResult> found = engine_.settled(step);
  if (!found) return false;
  declared_at_.insert(step.at);
  ++declared_depth_;
  for (const Step& one : found->steps) take(one, uncertainty);
  --declared_depth_;
  return true;
}

// `place`: where the object lives whose method it is, if the runtime made one.
void HandlerRun::invoke(const LaterCall& entry, ValueId place, bool heuristic) {
  const ValueId callee = entry.function;
  CallInput input{
      .callee = callee,
      .arguments = entry.arguments.exists() ? entry.arguments : handler_arguments(engine_, callee),
      .by_runtime = true};
  for (std::size_t i = 0; i < pool_.operands(callee).size(); ++i)
    if (pool_[callee].kind == ValueKind::Function && pool_[pool_.names(callee)[i]] == kThis)
      input.receiver_place = place.exists() ? place : pool_.operands(callee)[i];
  CallResult outcome = engine_.call(input, 0);
  const auto uncertainty = static_cast<std::uint8_t>(heuristic ? kHeuristic : 0);
  environment_.note_stores(outcome.steps);
  parameters_.note(outcome.steps);
  take_passed(outcome.steps, uncertainty);
  found_.take(outcome, !is_route_);
  if (!is_route_) given_ = without_conditions(pool_, outcome.value);
  if (is_route_) return;
  function_.completion = completion_of(engine_, function_, outcome.task);
  function_.gives_task = outcome.task;
}

// What is around the handler, and is waited for.
void HandlerRun::invoke_layers(const std::vector<ValueId>& hooks, bool heuristic) {
  in_layer_ = true;
  const auto uncertainty = static_cast<std::uint8_t>(heuristic ? kHeuristic : 0);
  for (const ValueId hook : hooks) {
    const CallInput input{.callee = hook, .arguments = layer_arguments(pool_)};
    CallResult outcome = engine_.call(input, 0);
    take_passed(outcome.steps, uncertainty);
    found_.take(outcome, true);
    add_facts(passed_, facts_without_answer(pool_, outcome.steps));
  }
  in_layer_ = false;
}

// What happens only where the layers before have let the event pass.
void HandlerRun::take_passed(std::vector<Step>& steps, std::uint8_t uncertainty) {
  for (Step& step : steps) {
    add_facts(step.holds, passed_);
    take(step, uncertainty);
  }
}

void HandlerRun::take_hooks(const std::vector<CallResult>& hooks) {
  in_hook_ = true;
  for (const CallResult& hook : hooks) {
    environment_.note_stores(hook.steps);
    for (const Step& step : hook.steps) take(step, kHeuristic);
    found_.take(hook, true);
  }
  in_hook_ = false;
}

// What another handler of the module is made of, and this one is not: `exports.get = wrap(get)`.
// One that no template names is known by what makes it, which made this one, too.
bool HandlerRun::is_part_of_another(ValueId route, const LoadedFunction& loaded) const {
  const ModuleId module = loaded.code->module;
  const auto is_made_of_it = [&](ValueId handler) {
    bool found = false;
    if (handler.exists())
      for_each_below(pool_, handler, [&](ValueId part) { found = found || part == route; });
    return found;
  };
  if (is_made_of_it(loaded.handler.value)) return false;
  const auto is_another = [&](const std::string& name) {
    return name != loaded.code->symbol && is_made_of_it(engine_.exported(module, name));
  };
  if (std::ranges::any_of(*loaded.handlers, is_another)) return true;
  const ValueId own = bare(pool_, loaded.handler.value);
  if (!pool_.is(own, ValueKind::Function)) return false;
  const auto is_made_alike = [&](ValueId value) {
    value = bare(pool_, value);
    return pool_.is(value, ValueKind::Function) && pool_[value].ref == pool_[own].ref &&
           is_made_of_it(value);
  };
  const std::size_t variables = engine_.facts(module).variables.size();
  for (std::uint32_t i = 0; i < variables; ++i)
    if (engine_.facts(module).variables[i].kind == VariableKind::Module &&
        is_made_alike(engine_.loader().global(module, VariableId{i})))
      return true;
  const ValueId all = engine_.exported(module, "*");
  return pool_.is(all, ValueKind::Record) &&
         std::ranges::any_of(pool_.operands(all), is_made_alike);
}

// Registered, and the handler of a function of its own (Chalice's `@app.schedule(...) def
// clean(event)`), or what that one's class gives its base: it is called there and nowhere else.
bool HandlerRun::is_of_another(const LaterCall& later, ModuleId module,
                               const LoadedFunction& loaded) const {
  const ProjectObject& type = loaded.handler.type;
  if (later.handler.exists()) return later.handler != type.type || module != type.module;
  const ValueId route = later.function;
  if (!pool_.is(route, ValueKind::Function)) return false;
  if (module == loaded.code->module && is_part_of_another(route, loaded)) return true;
  const FunctionRef called = unpack(pool_[route].ref);
  if (called.module != loaded.code->module) return false;
  const CodeFacts& facts = engine_.facts(called.module);
  const std::string_view name = facts.string(facts.functions[called.function.index].name);
  return name != loaded.code->symbol && loaded.handlers->contains(std::string(name));
}

// Routes and callbacks that initialisers registered, which a library calls when an event comes, and
// hooks of their application. `callee`: the handler's own function; no id: it is a library's.
void HandlerRun::invoke_registered(const LoadedFunction& loaded, ValueId callee) {
  const FunctionCode& code = *loaded.code;
  const bool direct = callee.exists();
  const std::set<ModuleId> reached =
      direct ? included_modules(engine_, code, unpack(pool_[callee].ref))
             : modules_reached(engine_.program(), code.module);
  std::vector<ModuleId> modules;
  for (const ModuleId module : engine_.program().modules_of(code.unit)) {
    const bool is_another_program =
        module != code.module && !engine_.registrations().entries(module).empty();
    if (is_another_program) continue;
    const std::vector<LaterCall>& later = engine_.registrations().later(module);
    // It is registered itself: the events of the others are not its own.
    const bool is_own =
        direct && std::ranges::find(later, callee, &LaterCall::function) != later.end();
    if (!is_own && reached.contains(module)) modules.push_back(module);
  }
  is_route_ = true;
  const StartupHooks hooks =
      startup_hooks(engine_, modules, direct ? given_ : loaded.handler.value);
  take_hooks(hooks.before);
  for (const ModuleId module : modules) {
    in_route_ = may_call_back(engine_, module);
    const std::vector<LaterCall> later = engine_.registrations().later(module);
    for (const LaterCall& route : later) {
      if (is_of_another(route, module, loaded)) continue;
      function_.reads_known = false;  // what calls it gives it something of its own making
      invoke(route, {}, true);
    }
  }
  take_hooks(hooks.after);
}

// The runtime calls a function of the project, and not what a library made of one; nor one thing or
// another.
static bool is_function_itself(ValuePool& pool, Language language, ValueId handler) {
  const ValueId value = without_conditions(pool, handler);
  const auto is_function = [&](ValueId one) { return pool.is(one, ValueKind::Function); };
  return is_function(value) || (has_overloads(language) && pool.is(value, ValueKind::OneOf) &&
                                std::ranges::all_of(pool.operands(value), is_function));
}

// What nobody knows has made the handler of a function: it may hand that anything on.
static bool is_made_by_unknown(const Engine& engine, Language language, ValueId handler) {
  const std::string path = engine.library_path(handler);
  return path.ends_with(')') &&
         find_library_model(language, std::string_view(path).substr(0, path.rfind('('))) == nullptr;
}

// The row that has wrapped a handler in what may tell the callback; UINT32_MAX: none.
static std::uint32_t wrapper_of(Language language, ValuePool& pool, ValueId handler) {
  const LibraryModel* const row = called_back_by(pool, language, without_conditions(pool, handler));
  return row == nullptr ? UINT32_MAX : static_cast<std::uint32_t>(row - library_models().data());
}

void HandlerRun::run(const LoadedFunction& loaded) {
  engine_.context().take_cuts();
  engine_.context().take_unfollowed();
  for (const LoadedModule& one : loaded.modules)
    parameters_.note(engine_.loader().initialiser(one.module).steps);
  const HandlerValue& handler = loaded.handler;
  const FunctionCode& code = *loaded.code;
  ValueId callee = callable_in(engine_, handler.value);
  if (callee.exists() && pool_.is(handler.value, ValueKind::Object))
    callee = guarded_by_layers(engine_, engine_.language(code.module), handler.value, callee);
  const bool direct = callee.exists() && pool_[callee].kind == ValueKind::Function;
  if (direct) {
    const FunctionRef own = unpack(pool_[callee].ref);
    describe_handler(context_, code, callee, handler_arguments(engine_, callee),
                     code.form == HandlerForm::Entry ? forwarded_handler(engine_, own) : own);
    if (!code.by_framework &&
        is_function_itself(pool_, engine_.language(code.module), handler.value))
      function_.called = called_function(engine_, own);
    if (function_.called.known) function_.answers = answers_by_callback(engine_, modules_, own);
    function_.may_leave_loop = may_leave_loop(engine_, own.module);
    function_.called_back_by = wrapper_of(engine_.language(code.module), pool_, handler.value);
    add_method_of_class(engine_, code, handler, function_.called);
    function_.reads_known = !code.by_framework && engine_.facts(own.module).problems.empty() &&
                            !is_made_by_unknown(engine_, engine_.language(code.module),
                                                without_conditions(pool_, handler.value));
    function_.returns_known =
        function_.reads_known && callee == handler.value && returns_as_written(engine_, own);
    const HandlerLayers layers = handler_layers(engine_, handler.value);
    invoke_layers(layers.before, are_doubted(code.guesses));
    invoke({callee}, handler.place, are_doubted(code.guesses));
    passed_.clear();
    invoke_layers(layers.after, are_doubted(code.guesses));
    if (!layers.after.empty()) function_.returns_known = false;  // it may be another then
    const bool may_answer_later =
        function_.completion == Completion::WhenIdle ||
        (function_.completion == Completion::Unknown && may_call_back(engine_, own.module));
    if (may_answer_later || uses_callback(engine_, own)) function_.returns_known = false;
  }
  invoke_registered(loaded, direct ? callee : ValueId{});
  for (StateChange& change : function_.changes) {
    change.left = found_.left_by(change);
    for (const CallSite& site : found_.read_by_pending(change))
      change.read_by_pending.push_back(span_of(site));
  }
  if (!direct && handler.value.exists()) {  // what it calls is what was registered with it
    describe_library_handler(engine_, modules_, code, handler.value, function_);
    if (!may_call_back(engine_, code.module)) function_.completion = Completion::AtReturn;
  }
  later_.settle(function_);
  loops_.settle(function_);
  function_.cut = engine_.context().take_cuts();
  add_unknown_libraries(engine_, loaded, engine_.context().take_unfollowed(), modules_, function_);
  if (function_.cut != 0) function_.reads_known = function_.returns_known = false;
}

// Text without a statement.
static bool holds_place(const CodeFacts& code) {
  return code.problems.empty() && code.functions.size() <= 1 && code.classes.empty() &&
         code.calls.empty() && code.assigns.empty() && code.imports.empty();
}

void run_handler(const HandlerContext& context, const LoadedFunction& loaded) {
  Engine& engine = context.engine;
  LambdaFunction& function = context.function;
  const FunctionCode& code = *loaded.code;
  function.handler_problem = code.problem;
  if (!code.found) {
    function.unresolved = code.reason;
    function.lack = code.lack;
    function.looked_for = code.looked_for;
    function.looked_in = code.looked_in;
    return;
  }
  function.guesses = code.guesses;
  const HandlerValue& handler = loaded.handler;
  if (!handler.value.exists()) {
    function.unresolved = handler.reason;
    function.lack = handler.lack;
    function.looked_for = handler.looked_for;
    function.looked_in = code.looked_in;
    const CodeLocation& where = context.stacks.functions[function.declared].code;
    if (where.kind == CodeKind::Inline && holds_place(engine.facts(code.module))) {
      function.lack = ResolutionFailure::Code;
      function.unresolved = "the template's code does nothing: something else deploys what runs";
      return;
    }
    if (code.guesses.empty() && !where.guess &&
        function.handler_problem.fault == HandlerFault::None &&
        (handler.lack == ResolutionFailure::Function || handler.lack == ResolutionFailure::Class)) {
      function.handler_problem = missing_handler_symbol(engine, code);
      if (function.handler_problem.fault == HandlerFault::None)
        function.handler_problem = missing_handler_member(engine, code, handler);
    }
    return;
  }
  if (is_never_callable(engine.pool(), handler.value) && !code.symbol.empty() &&
      function.handler_problem.fault == HandlerFault::None) {
    function.handler_problem = {.fault = HandlerFault::NoFunction,
                                .wanted = code.symbol,
                                .uncertainty = code_uncertainty(engine, code)};
    function.looked_in = code.looked_in;
  }
  HandlerRun(context, loaded.code->module).run(loaded);
  if (!function.resolved)
    function.unresolved = cat("'", code.symbol, "' is not a function that can be followed");
}

}  // namespace fnlint
