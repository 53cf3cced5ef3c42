// What a library calls of the project's, when, and what a call leaves running.
#include "flow/models/library_tasks.h"

#include "core/text.h"
#include "flow/models/fulfilled_promises.h"
#include "flow/models/given_functions.h"
#include "flow/models/library_gather.h"
#include "flow/models/library_guards.h"
#include "flow/models/library_select.h"
#include "flow/syntax/code_queries.h"
#include "tables/known.h"
#include "values/places.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Of this group the callback is all the work.
constexpr std::string_view kTimer = "timer";

bool is_timer(const Step& step) {
  return step.kind == StepKind::Work && step.library != UINT32_MAX &&
         library_models()[step.library].starts == kTimer;
}

// A timer that settles the promise which its executor makes is a pause: `setTimeout(resolve, ms)`.
// `resolve`: what the executor got for that.
bool becomes_pause(const LibraryCall& call, ValueId resolve, Step& step) {
  ValuePool& pool = call.engine.pool();
  const LibraryModel* pause = find_library_model(call.language, "timers/promises.setTimeout");
  const ValueId callback = named_entry(pool, step.arguments, "0");
  const ValueId delay = named_entry(pool, step.arguments, "1");
  if (pause == nullptr || !resolve.exists() || !callback.exists() || !delay.exists()) return false;
  bool resolves = false;
  for_each_below(pool, callback, [&](ValueId id) { resolves = resolves || id == resolve; });
  if (!resolves) return false;
  step.library = static_cast<std::uint32_t>(pause - library_models().data());
  // Of a helper (`const sleep = (ms) => new Promise(...)`) its caller says how long.
  if (pool.symbolic(delay)) step.value = pool.text_value("caller");
  step.arguments = pool.record(std::array{NamedValue{pool.string("0"), delay}});
  return true;
}

// Of overloads that take the function at different places, the first that is one.
ValueId select_callee(const LibraryCall& call, std::string_view selectors) {
  for (const std::string_view one : split(selectors, '|'))
    if (const ValueId function = select(call, one);
        function_in(call.engine.pool(), function).exists())
      return function;
  for (const std::string_view one : split(selectors, '|'))
    if (const ValueId method = select(call, one);
        method.exists() && is_own_method(call.engine.pool(), method))
      return method;
  return select(call, selectors);
}

struct CallbackArguments {
  ValueId values = {}, places = {};
};

// "record=0.Records[]": what the callback is given by that name, not by its place.
std::string_view take_name(std::string_view& selector) {
  const std::size_t equals = selector.find('=');
  if (equals == std::string_view::npos || equals == 0) return {};
  const std::string_view name = trim(selector.substr(0, equals));
  selector.remove_prefix(equals + 1);
  return name;
}

CallbackArguments callback_arguments(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  std::vector<NamedValue> values, places;
  std::size_t position = 0;
  if (!model.with.empty())
    for (std::string_view selector : split(model.with, ',')) {
      const std::string_view named = take_name(selector);
      ValueId value = selector.starts_with('=')
                          ? make_object(call, expand_path(call, selector.substr(1)), {})
                          : select(call, selector);
      const bool rejects = model.settles && position == 1;
      if (!value.exists() || rejects) value = pool.unknown("argument of a callback");
      const StringId name =
          named.empty() ? pool.string(std::to_string(position++)) : pool.string(named);
      values.push_back({name, value});
      if (trim(selector) == "receiver" && call.invocation.receiver_place.exists())
        places.push_back({name, call.invocation.receiver_place});
    }
  return {pool.record(values), pool.record(places)};
}

// `session = Depends(get_session)`: the framework puts in what that gives, and no data of the
// event.
bool is_injected(const CodeFacts& code, const Parameter& parameter) {
  if (!parameter.fallback.exists()) return false;
  const Expr& row = code.exprs[parameter.fallback.index];
  if (row.kind != ExprKind::Result || code.ops[row.ref].kind != OpKind::Call) return false;
  return is_one_of(known::injecting_calls(),
                   name_of(code, code.calls[code.ops[row.ref].detail].callee));
}

ValueId without_injected(const LibraryCall& call, ValueId function, ValueId arguments) {
  ValuePool& pool = call.engine.pool();
  if (!pool.is(function, ValueKind::Function)) return arguments;
  const FunctionRef ref = unpack(pool[function].ref);
  const CodeFacts& code = call.engine.facts(ref.module);
  const Slice<Parameter> slice = code.functions[ref.function.index].parameters;
  const auto rows = std::span(code.parameters).subspan(slice.first, slice.count);
  const auto takes_injected = [&](const Parameter& row) { return is_injected(code, row); };
  if (std::ranges::none_of(rows, takes_injected)) return arguments;
  std::vector<NamedValue> kept;
  for (std::size_t i = 0; i < pool.operands(arguments).size(); ++i) {
    const StringId name = pool.names(arguments)[i];
    const bool is_taken =
        i < rows.size() && pool[name] == std::to_string(i) && takes_injected(rows[i]);
    if (!is_taken) kept.push_back({name, pool.operands(arguments)[i]});
  }
  return pool.record(kept, pool[arguments].ref != 0);
}

// What an initialiser registers is called when an event comes; what a function gives to be called
// back, before its invocation is over.
void call_back(const LibraryCall& call, ValueId function, ValueId arguments, std::uint32_t flags,
               CallResult& out) {
  arguments = without_injected(call, function, arguments);
  // A method of an object that is still being made waits for that.
  if (call.invocation.in_init && !is_own_method(call.engine.pool(), function))
    return call.engine.registrations().register_callback(
        registrant_of(call), {function, parts_of_event(call.engine.pool(), arguments)});
  Step step;
  step.kind = StepKind::Call;
  step.flags = kGivenCallback | flags;
  step.at = call.invocation.at;
  step.subject = function;
  step.arguments = arguments;
  out.steps.push_back(std::move(step));
}

void invoke_later(const LibraryCall& call, const LibraryModel& model, std::string_view selector,
                  CallResult& out) {
  if (!call.invocation.at.module.exists()) return;
  const bool all = selector.ends_with("[]");
  if (all) selector.remove_suffix(2);
  const ValueId given = all ? select(call, selector) : select_callee(call, selector);
  const std::vector<ValueId> functions = callables_in(call, given, all);
  const bool is_choice = !all && functions.size() > 1;
  const ValueId arguments = callback_arguments(call, model).values;
  for (const ValueId one : functions)
    call_back(call, one, arguments, is_choice ? kUnderUnknownTest : 0U, out);
  // A request's own callback is not told apart from what it is given in its place.
  const bool registers =
      model.operation.empty() && model.effect_of.empty() && model.starts.empty() && !model.task;
  if (call.invocation.in_init || (!all && !registers)) return;
  for (const ValueId one : callables_of_callers(call, given))
    call_back(call, one, arguments, 0, out);
}

// Who is told of the end gets an error or nothing, and what the others have given.
void tell_of_end(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  if (!call.invocation.at.module.exists()) return;
  constexpr std::array<std::string_view, 3> kPositions{"0", "1", "2"};
  ValuePool& pool = call.engine.pool();
  std::vector<NamedValue> given;
  for (const std::string_view position : kPositions)
    given.push_back(
        {pool.string(position), pool.hole(Origin::CallResult, call.path, call_site(call))});
  for (const ValueId one : callables_in(call, select_callee(call, model.done), false))
    call_back(call, one, pool.record(given), 0, out);
}

// The test that holds in a callback for failures.
ValueId failed(const LibraryCall& call) {
  ValuePool& pool = call.engine.pool();
  const ValueId error = pool.hole(Origin::CallResult, kCaughtAny, call_site(call));
  return pool.computed(Opcode::Failed, std::span(&error, 1));
}

// Where the object lives whose method is given: `records.forEach(this::check)`.
ValueId place_of_method(const LibraryCall& call, const LibraryModel& model) {
  const ValuePool& pool = call.engine.pool();
  if (!call.invocation.places.exists()) return {};
  const ValueId place = named_entry(pool, call.invocation.places, model.invokes);
  return place.exists() && is_field(pool, place) ? pool.operands(place)[0] : ValueId{};
}

// What a library's object of which nothing is known calls is taken to run, as what a function does
// that is not known; what goes over elements may have none.
bool surely_runs(const LibraryCall& call, const LibraryModel& model) {
  const bool is_by_test = !model.guard.empty() || !model.asks.empty();
  if (is_by_test || model.times == Times::Later || model.times == Times::Maybe) return false;
  if (model.times == Times::Once) return true;
  const std::string_view maker = std::string_view(call.path).substr(0, call.path.rfind("()"));
  return maker.size() < call.path.size() && find_model_any(call.language, maker) == nullptr;
}

// What the function that was called has set is set, or may be.
void add_sets(const LibraryCall& call, const LibraryModel& model, const CallResult& outcome,
              bool is_untested, CallResult& out) {
  if (!is_untested || !surely_runs(call, model)) {
    for (const ValueId place : outcome.sets)
      add_locations(out.sets, {perhaps_place(call.engine.pool(), place)});
    return;
  }
  add_locations(out.sets, outcome.sets);
  // What gives the function's result comes back only where the function has.
  if (model.times == Times::Once && model.returns == "result" && !model.settles)
    add_facts(out.on_return, outcome.on_return);
}

// `(event.Records || []).forEach(…)`: where there is nothing to go over, nothing is called, as by a
// loop.
bool goes_over_nothing(const LibraryCall& call, const LibraryModel& model) {
  if (model.times != Times::Each || !call.receiver.exists() || call.invocation.in_init ||
      model.with.find("receiver[]") == std::string_view::npos)
    return false;
  const ValueId list = bare(call.engine.pool(), call.receiver);
  return truth(call.engine.pool(),
               compute(call.engine.pool(), Opcode::HasItems, std::span(&list, 1))) == Answer::No;
}

// The test that holds wherever the function runs: what guards it, or that something failed. No id:
// none does.
ValueId guard_of(const LibraryCall& call, const LibraryModel& model) {
  if (model.guard.empty()) return {};
  return model.guard == kFailure ? failed(call)
                                 : guarded(call, model, call.invocation.arguments);
}

// Under which conditions the function runs, and what it is given first.
struct Invoked {
  ValueId guard = {}, nothing = {};
  std::vector<ValueId> tests = {};
  ValueId first = {};  // of its arguments
  bool is_task = false;
};

// A step of the function, as it is one of the call's. False: it never happens there.
bool take_invoked(const LibraryCall& call, const LibraryModel& model, const Invoked& how,
                  Step& step) {
  ValuePool& pool = call.engine.pool();
  // A promise is settled by whatever its executor begins; what only waits for the function waits
  // for that one's own tasks, and for no thread or scope of others.
  if (model.settles && step.kind == StepKind::Start && (model.task || is_own_task(step.library)))
    return false;
  if (model.settles && step.kind == StepKind::Call) {
    step.flags |= kWaitedFor;
    if (!model.task) step.flags |= kPaused;
  }
  if (model.settles && is_timer(step)) becomes_pause(call, how.first, step);
  if (model.times == Times::Each) step.flags |= how.is_task ? kInLoop | kManyAtOnce : kInLoop;
  if (model.task && step.kind == StepKind::Find) step.flags |= kPaused;  // `.then(callback)`
  if (how.guard.exists()) add_fact(step.holds, {how.guard, true});
  if (how.nothing.exists() && !assume(pool, step.holds, how.nothing, false)) return false;
  for (const ValueId test : how.tests)
    if (!assume(pool, step.holds, test, true)) return false;
  if (model.guard == kOnce && step.kind == StepKind::Store && step.store == StoreKind::Assign &&
      !has_origin(pool, step.subject, Origin::Capture))
    step.store = StoreKind::SetIfAbsent;
  return true;
}

void invoke_one(const LibraryCall& call, const LibraryModel& model, std::string_view selector,
                CallResult& out) {
  ValuePool& pool = call.engine.pool();
  if (model.times == Times::Later) return invoke_later(call, model, selector, out);
  if (goes_over_nothing(call, model)) return;
  const ValueId callee = select_callee(call, selector);
  if (!callee.exists()) return;
  const ValueId nothing = model.times == Times::Maybe ? holds_nothing(call) : ValueId{};
  if (nothing.exists() && truth(pool, nothing) == Answer::Yes) return;
  CallbackArguments given = callback_arguments(call, model);
  const Conditioned met = taken_apart(pool, given.values);
  given.values = met.value;
  const CallInput inner{.callee = callee,
                        .arguments = given.values,
                        .places = given.places,
                        .receiver_place = place_of_method(call, model),
                        .mode = CallMode::Plain,
                        .at = call.invocation.at,
                        .in_init = call.invocation.in_init,
                        .in_event = call.invocation.in_event};
  CallResult outcome =
      gathers(model) ? gathered(call, model, inner) : call.engine.call(inner, call.depth + 1);
  const ValueId guard = guard_of(call, model);
  if (guard.exists() && model.guard != kOnce && model.guard != kFailure)
    out.steps.push_back(guard_step(guard, inner));
  const ValueId first = model.settles ? named_entry(pool, given.values, "0") : ValueId{};
  if (model.settles) outcome.value = fulfilled_with(call, first, outcome.steps);
  const Invoked how{guard, nothing, {met.tests.begin(), met.tests.end()}, first, outcome.task};
  for (Step& step : outcome.steps)
    if (take_invoked(call, model, how, step)) out.steps.push_back(std::move(step));
  add_sets(call, model, outcome, met.tests.empty(), out);
  out.invoked = outcome.value.exists() ? where(pool, outcome.value, met.tests) : outcome.value;
  // `head(key).then(() => true).catch(() => false)` may be either.
  if (model.guard == kFailure && call.receiver.exists())
    out.invoked = outcome.returns && out.invoked.exists()
                      ? choose(pool, failed(call), out.invoked, call.receiver)
                      : ValueId{};
  out.task = outcome.task && !model.settles;
}

}  // namespace

void invoke(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  for (const std::string_view selector : split(model.invokes, ','))
    invoke_one(call, model, selector, out);
  if (!model.done.empty()) tell_of_end(call, model, out);
}

void invoke_in_phases(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  const ValueId given = select(call, model.invokes);
  if (!given.exists()) return;
  for (const std::string_view part : split(model.phase, ',')) {
    const std::size_t colon = part.find(':');
    const bool is_method = colon != std::string_view::npos;
    const bool restores = part.substr(is_method ? colon + 1 : 0) == "restore";
    CallInput inner{.callee = given, .arguments = pool.record({}, true), .at = call.invocation.at};
    if (is_method) {
      const ValueId name = pool.text_value(part.substr(0, colon));
      inner.callee = method_value(pool, given, name);
      if (call.invocation.places.exists())
        inner.receiver_place = named_entry(pool, call.invocation.places, model.invokes);
    }
    CallResult outcome = call.engine.call(inner, call.depth + 1);
    for (Step& step : outcome.steps) {
      step.flags |= restores ? kInRestore : kInSnapshot;
      out.steps.push_back(std::move(step));
    }
  }
}

namespace {

bool does_something(Engine& engine, ValueId function) {
  const FunctionRef ref = unpack(engine.pool()[function].ref);
  const auto acts = [](const Step& step) { return step.kind != StepKind::Find; };
  return std::ranges::any_of(engine.summary(ref).steps, acts) ||
         leaves_task(engine.facts(ref.module), ref.function);
}

// No object of a library, whose `map` may give what can be waited for.
bool is_plain_list(const LibraryCall& call) {
  const ValuePool& pool = call.engine.pool();
  return call.receiver.exists() && !pool.is(call.receiver, ValueKind::Unknown) &&
         !pool.is(call.receiver, ValueKind::Object) &&
         !has_origin(pool, call.receiver, Origin::CallResult) &&
         !has_origin(pool, call.receiver, Origin::Library);
}

}  // namespace

namespace {

// `done.complete(x)` of a parameter, of which callers know more.
bool completes_by_name(Engine& engine, const Step& call) {
  const ValuePool& pool = engine.pool();
  if (!is_method(pool, call.subject)) return false;
  const std::string_view name = pool.text(pool.operands(call.subject)[1]);
  const LibraryModel* row = find_library_model(engine.language(call.at.module), cat("*.", name));
  return row != nullptr && row->completes;
}

}  // namespace

bool completes(Engine& engine, std::span<const Step> steps) {
  return std::ranges::any_of(steps, [&](const Step& step) {
    if (step.kind == StepKind::Wait)
      return step.library != UINT32_MAX && library_models()[step.library].completes;
    if (step.kind != StepKind::Call) return false;
    return (step.flags & kGivenCallback) != 0 ? completes(engine, step.subject)
                                              : completes_by_name(engine, step);
  });
}

bool completes(Engine& engine, ValueId value) {
  const ValuePool& pool = engine.pool();
  bool found = false;
  for_each_below(pool, value, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Function) &&
                      completes(engine, engine.summary(unpack(pool[id].ref)).steps));
  });
  return found;
}

namespace {

// A callback that does more than it is told: no task that it gives, but calls that block.
bool works_itself(const CallResult& out) {
  return std::ranges::any_of(out.steps, [](const Step& step) {
    const bool acts = step.kind == StepKind::Effect || step.kind == StepKind::Work;
    return acts && step.library != UINT32_MAX && !library_models()[step.library].task;
  });
}

bool performs(const CallResult& out) {
  return std::ranges::any_of(out.steps, [](const Step& step) {
    return step.kind == StepKind::Effect || step.kind == StepKind::Work;
  });
}

bool gives_callback(const LibraryCall& call, const LibraryModel& model) {
  const ValueId callback = select_callee(call, model.invokes);
  return callback.exists() && call.engine.pool().is(callback, ValueKind::Function);
}

}  // namespace

namespace {

std::uint32_t row_of(const LibraryModel& model) {
  return static_cast<std::uint32_t>(&model - library_models().data());
}

// Whether the row's task is one of this call, too, which may only share the method's name.
bool is_task_here(const LibraryCall& call, const LibraryModel& model, const CallResult& out) {
  if (!model.task || !model.path.starts_with("*.")) return model.task;
  // `response.send(x)` is no request of an SDK.
  if (!model.effect_of.empty() && !performs(out)) return false;
  if (model.invokes.empty() || model.times == Times::Later) return true;
  // `app.handle(event)` is no promise's `handle(f)`.
  const ValuePool& pool = call.engine.pool();
  const ValueId callback = select(call, model.invokes);
  return callback.exists() && (pool[callback].kind == ValueKind::Function ||
                               pool[callback].origin == Origin::Library);
}

// Whether what is called back later, if anything, is work that the call leaves.
bool leaves_callback(const LibraryCall& call, const LibraryModel& model) {
  const ValueId callback = select(call, model.invokes);
  if (!callback.exists()) return false;
  const ValueKind kind = call.engine.pool()[callback].kind;
  if (kind == ValueKind::Function)
    return model.starts != kTimer || does_something(call.engine, callback);
  return kind == ValueKind::Hole || kind == ValueKind::Computed;
}

// Whether it asks something of what lies outside.
bool asks_outside(const LibraryModel& model, const CallResult& out) {
  if (model.operation.empty()) return !model.effect_of.empty() && performs(out);
  const Operation* operation = find_operation(model.operation);
  return operation != nullptr ? !is_local(*operation) : !model.effect_of.empty() && performs(out);
}

// A task that the function gave which the call has run.
void take_callback_task(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  const bool by_name = model.path.starts_with("*.");
  const bool gives_results = model.returns.starts_with("results");
  out.task = gives_results || model.returns == "result";
  if (gives_results && (!by_name || is_plain_list(call))) out.task_list = row_of(model);
  if (!out.task) out.started = row_of(model);  // nothing takes what the callback gives
}

}  // namespace

bool is_own_task(std::uint32_t library) {
  return library == UINT32_MAX || library_models()[library].starts.empty() ||
         library_models()[library].starts == kTaskGroup;
}

void take_task(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  const bool callback_task = out.task;  // of the function that it invoked
  out.task = is_task_here(call, model, out);
  out.task_of_callback = out.task && (callback_task || works_itself(out));
  out.guessed_task = model.task && model.path.starts_with("*.") &&
                     (!call.receiver.exists() || call.engine.library_path(call.receiver).empty());
  // What the row starts is waited for as the row says.
  if (callback_task && !model.task && model.starts.empty()) take_callback_task(call, model, out);
  const bool later = model.times == Times::Later && !model.invokes.empty();
  if (model.or_callback && gives_callback(call, model)) out.task = false;
  if (model.starts.empty() && !(later && asks_outside(model, out))) return;
  if (later && !leaves_callback(call, model)) return;
  out.told_by_callback = out.told_by_callback || later;
  out.started = row_of(model);
}

ValueId parts_of_event(const ValuePool& pool, ValueId arguments) {
  const bool is_object = std::ranges::any_of(
      pool.operands(arguments), [&](ValueId one) { return pool.is(one, ValueKind::Object); });
  return is_object || has_origin(pool, arguments, Origin::Event) ? arguments : ValueId{};
}

}  // namespace fnlint
