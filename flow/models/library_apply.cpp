// Interprets the row of a library call: its effects, work, requests, reads and callbacks.
#include "core/text.h"
#include "flow/engine/library_call.h"
#include "flow/engine/reads.h"
#include "flow/models/app_hooks.h"
#include "flow/models/fluent.h"
#include "flow/models/given_functions.h"
#include "flow/models/library_guards.h"
#include "flow/models/library_select.h"
#include "flow/models/library_sinks.h"
#include "flow/models/library_tasks.h"
#include "flow/models/library_work.h"
#include "flow/models/unread_functions.h"
#include "flow/syntax/dropped_errors.h"
#include "flow/syntax/failure_forms.h"
#include "model/language_traits.h"
#include "tables/libraries.h"
#include "tables/permissions.h"
#include "values/compute.h"
#include "values/conditions.h"
#include "values/where.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Is it still to be given by a caller of the function around the call? `part`: somewhere in it.
bool is_of_caller(const ValuePool& pool, ValueId value, bool part) {
  constexpr std::uint32_t kOfCaller = (1U << static_cast<unsigned>(Origin::Parameter)) |
                                      (1U << static_cast<unsigned>(Origin::Receiver)) |
                                      (1U << static_cast<unsigned>(Origin::Capture));
  if (!value.exists() || (pool.origins(value) & kOfCaller) == 0) return false;
  return part || pool.is(value, ValueKind::Hole) || pool.is(value, ValueKind::Computed);
}

// Whether what the call means depends on an argument that a caller of the function around it gives:
// whom the runtime is to call, the command that a client is to send, the service whose client is
// made, and members in a spelling that has to be looked up.
bool waits_for_caller(const LibraryCall& call, const LibraryModel& model) {
  const ValuePool& pool = call.engine.pool();
  const bool exact = traits(call.language).sdk_takes_service_names;
  const std::string_view selector = !model.entry.empty()               ? model.entry
                                    : !model.effect_of.empty()         ? model.effect_of
                                    : exact || model.operation.empty() ? std::string_view()
                                                                       : model.members_in;
  if (!selector.empty()) return is_of_caller(pool, select(call, selector), !model.entry.empty());
  const std::string_view kind = model.returns.starts_with('=') ? selector_in(model.returns) : "";
  return !kind.empty() && is_of_caller(pool, select(call, kind), false);
}

bool is_conditional(const LibraryCall& call, const Operation& operation) {
  return operation.condition.empty() ||
         meets_condition(call.engine.pool(), operation.condition,
                         [&](std::string_view selector) { return select(call, selector); });
}

// The first of the selectors that gives anything. Whether one does may be known only later.
ValueId select_first_there(const LibraryCall& call, std::string_view selectors) {
  ValuePool& pool = call.engine.pool();
  const std::size_t bar = std::min(selectors.find('|'), selectors.size());
  const ValueId first = select(call, selectors.substr(0, bar));
  if (bar == selectors.size()) return first;
  const bool waits = first.exists() && pool.is(first, ValueKind::Computed) && is_open(pool, first);
  if (first.exists() && !waits) return first;
  const ValueId other = select_first_there(call, selectors.substr(bar + 1));
  if (!first.exists() || !other.exists()) return first.exists() ? first : other;
  const std::array<ValueId, 2> both{first, other};
  return pool.computed(Opcode::OrDefault, both);
}

bool is_insert(const LibraryCall& call, const Operation& operation, ValueId members) {
  const ValuePool& pool = call.engine.pool();
  return members.exists() && meets_condition(pool, operation.inserts, [&](std::string_view name) {
           return name == "arguments" ? members : named_entry(pool, members, name);
         });
}

void perform(const LibraryCall& call, const LibraryModel& model, const Operation& operation,
             ValueId members, CallResult& out) {
  if (is_never_sent(call, model, members)) {
    out.started = static_cast<std::uint32_t>(&model - library_models().data());
    return;
  }
  if (!model.when.empty() && !is_met(call, model.when)) return;
  if (!model.unless.empty() && call.invocation.at.op.exists() &&
      is_followed_by(call.engine.facts(call.invocation.at.module), call.invocation.at.op,
                     model.unless))
    return;
  Step step;
  step.kind = StepKind::Effect;
  step.model = static_cast<std::uint32_t>(&operation - operations().data());
  step.library = static_cast<std::uint32_t>(&model - library_models().data());
  step.at = call.invocation.at;
  step.subject = call.receiver;
  step.arguments = members;
  const std::string_view target = model.target.empty() ? operation.target : model.target;
  const std::string_view key = model.key.empty() ? operation.key : model.key;
  if (!target.empty()) step.value = select_first_there(call, target);
  if (!key.empty()) step.key = select(call, key);
  if (model.path.starts_with("*.")) {  // known by its name alone
    if (!step.value.exists() && !operation.target.empty()) return;
    const bool exact = traits(call.language).sdk_takes_service_names;
    const ValueKind given = call.engine.pool()[members].kind;
    if (!exact && given != ValueKind::Record) return;
    if (given == ValueKind::List || given == ValueKind::Text) return;  // of another library
    step.flags |= kGuessed;
  }
  add_sinks(call, model.sink.empty() ? operation.sink : model.sink, step, out);
  out.steps.push_back(std::move(step));
  const bool inserts = is_insert(call, operation, members);
  const bool skips = operation.failure_is_skip && is_conditional(call, operation);
  if (!inserts && !skips) return;
  const CallSite at = call.invocation.at;
  if (at.module.exists() && goes_on_anyway(call.engine.facts(at.module), at.op)) return;
  const std::array<ValueId, 1> operands{
      call.engine.pool().hole(Origin::CallResult, operation.id, call_site(call))};
  add_fact(
      out.on_return,
      {call.engine.pool().computed(skips ? Opcode::Succeeded : Opcode::Inserted, operands), true});
}

// A cursor, which answers for the last statement that it was given.
void keep_statement(const LibraryCall& call, const Operation& operation, CallResult& out) {
  const bool answers = operation.repeat == Repeat::BySql && call.receiver.exists() &&
                       call.members.exists() && is_fluent(call.engine.base(), call.receiver) &&
                       out.changes.empty();
  if (answers)
    out.changes.push_back({.into_receiver = true,
                           .argument = {},
                           .how = StoreKind::Assign,
                           .key = call.engine.pool().text_value(kStatement),
                           .value = call.members});
}

bool names_operation(const LibraryCall& call, const LibraryModel& model) {
  const Operation* operation = model.operation.empty() ? nullptr : find_operation(model.operation);
  const bool asks = operation != nullptr && !is_local(*operation);
  return !asks && model.command.empty() && is_of_sdk(call.path) &&
         std::ranges::any_of(naming_calls(), [&](const NamingCall& row) {
           return std::string_view(call.path).ends_with(row.method);
         });
}

// The row of what sends a command that is an object of a library: `new PutObjectCommand(...)`.
struct Command {
  ValueId object = {};
  std::vector<ValueId> tests = {};  // of a choice: hold where it is this one
  std::string path = {};
  const LibraryModel* row = nullptr;
};
Command command_of(const LibraryCall& call, ValueId object) {
  Command out{.object = object, .path = call.engine.library_path(object)};
  if (out.path.ends_with("()")) out.path.resize(out.path.size() - 2);
  if (!out.path.empty()) out.row = find_model_any(call.language, out.path);
  if (out.row != nullptr && out.row->command.empty()) out.row = nullptr;
  return out;
}

// Of several that it may be: of each operation the last.
std::vector<Command> commands_of(const LibraryCall& call, ValueId given) {
  const ValuePool& pool = call.engine.pool();
  if (pool[given].kind != ValueKind::OneOf) return {command_of(call, given)};
  std::vector<Command> out;
  for (const ValueId one : pool.operands(given)) {
    if (pool[bare(pool, one)].kind != ValueKind::Object) continue;
    Command next = command_of(call, bare(pool, one));
    if (is_where(pool, one))
      next.tests.assign(pool.operands(one).begin() + 1, pool.operands(one).end());
    const auto same = std::ranges::find_if(out, [&](const Command& before) {
      return before.row == next.row ||
             (before.row != nullptr && next.row != nullptr &&
              before.row->command == next.row->command);
    });
    if (same == out.end()) out.push_back(std::move(next));
    else *same = std::move(next);
  }
  return out;
}

void send_command(const LibraryCall& call, const Command& command, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  const Operation* operation = find_operation(command.row->command);
  const auto operands = pool.operands(command.object);
  if (operation == nullptr || operands.empty()) return;
  const ValueId given = operands[0];
  CallInput inner = call.invocation;
  inner.arguments = given;
  LibraryCall made{.engine = call.engine,
                   .invocation = inner,
                   .language = call.language,
                   .path = command.path,
                   .method = {},
                   .receiver = call.receiver,
                   .depth = call.depth};
  const LibraryModel& row = *command.row;
  const ValueId members =
      row.members_in.empty() ? named_entry(pool, given, "0") : select(made, row.members_in);
  made.members = members.exists() ? members : pool.record({});
  if (!row.returns.empty() || row.origin != Origin::None) out.value = result_of(made, row);
  perform(made, row, *operation, members.exists() ? members : pool.record({}, true), out);
}

void perform_command(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  const ValueId given = select(call, model.effect_of);
  if (!given.exists()) return;
  const std::vector<Command> commands = commands_of(call, given);
  if (std::ranges::all_of(commands, [](const Command& one) { return one.row == nullptr; })) {
    if (call.receiver.exists() && library_class(call.engine, call.receiver) == LibraryClass::Client)
      add_work(call, static_cast<std::uint32_t>(&model - library_models().data()), out);
    return;
  }
  const std::vector<Fact> known = out.on_return;
  for (const Command& one : commands) {
    const std::size_t before = out.steps.size();
    if (one.row != nullptr) send_command(call, one, out);
    if (commands.size() == 1) return;
    for (std::size_t i = before; i < out.steps.size(); ++i) {
      if (one.tests.empty()) out.steps[i].flags |= kUnderUnknownTest;
      for (const ValueId test : one.tests) add_fact(out.steps[i].holds, {test, true});
    }
  }
  out.on_return = known;  // of whichever was sent
}

// Where the receiver lives, or its entry.
ValueId place_itself(const LibraryCall& call, const LibraryModel& model) {
  const ValueId place = call.invocation.receiver_place;
  if (!place.exists() || model.store_key.empty() || model.store != StoreHow::None) return place;
  const ValueId key = select(call, model.store_key);
  if (!key.exists()) return place;
  const std::array<ValueId, 2> operands{place, key};
  return call.engine.pool().computed("index", operands);
}

void add_environment_read(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  const ValueId variable = environment_of(call, model);
  const bool otherwise = !model.invokes.empty() && out.invoked.exists();  // a block gives a default
  if (!variable.exists()) return;
  add_read(call.engine.pool(), variable, call.invocation.at, otherwise, out.steps);
  if (model.needs != "result") return;
  if (!out.steps.empty() && (out.steps.back().flags & kAbsenceExpected) == 0)
    out.steps.back().flags |= kAbsenceFails;
  // `if let Ok(address) = env::var("ADDRESS")`: there is another way where it is not there.
  ValuePool& pool = call.engine.pool();
  const CallSite at = call.invocation.at;
  if (!is_attempted(call.engine.facts(at.module), at.op)) return;
  const std::array<ValueId, 2> operands{variable, pool.null()};
  if (!assume(pool, out.on_return, compute(pool, Opcode::Equal, operands), false))
    out.returns = false;
}

// The function that a runtime calls, with event and context already in the one object that it
// takes.
ValueId with_event(ValuePool& pool, const LibraryModel& model, ValueId function) {
  if (model.event_as.empty() || pool[function].kind != ValueKind::Function) return function;
  const std::vector<std::string_view> names = split(model.event_as, ',');
  std::vector<NamedValue> both{{pool.string(names[0]), pool.hole(Origin::Event, "")}};
  if (names.size() > 1) both.push_back({pool.string(names[1]), pool.hole(Origin::Context, "")});
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool.operands(function).size(); ++i)
    captures.push_back({pool.names(function)[i], pool.operands(function)[i]});
  const ValueId given = pool.record(both);
  captures.push_back({pool.string("<bound>"), pool.list(std::span(&given, 1))});
  return pool.function(pool[function].ref, captures);
}

// Whether there is nothing in the place of which what is invoked gives a default; no id: it gives
// none. `options.fetch(:client) { Client.new }`, `found.orElseGet(() -> ...)`.
ValueId lacks_value(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  const std::vector<std::string_view> of = split(model.of, ',');
  const bool by_key = model.computes == "get" && of.size() > 1;
  if (!by_key && model.computes != "held_or" && model.computes != "or_default") return {};
  ValueId asked = select(call, of[0]);
  const ValueId key = by_key ? select(call, of[1]) : ValueId{};
  if (!asked.exists() || (by_key && !key.exists())) return {};
  if (by_key) asked = compute(pool, Opcode::Get, std::array<ValueId, 2>{asked, key});
  return compute(pool, Opcode::IsNull, std::span(&asked, 1));
}

void invoke_where_asked(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  const ValueId lacks = lacks_value(call, model);
  const Answer answer = lacks.exists() ? truth(pool, lacks) : Answer::Yes;
  if (answer == Answer::No) return;
  const std::size_t before = out.steps.size();
  invoke(call, model, out);
  if (answer == Answer::Unknown)
    for (std::size_t i = before; i < out.steps.size(); ++i)
      add_fact(out.steps[i].holds, {lacks, true});
}

}  // namespace

std::uint64_t call_site(const LibraryCall& call) { return pack(call.invocation.at); }

LibraryClass library_class(const Engine& engine, ValueId value) {
  return library_class(engine.library_path(value));
}

const LibraryModel* find_model_any(Language language, std::string_view path) {
  return find_library_model(language, path);
}

namespace {

// What undoes the form in which notifications carry a key, all of it or its blanks alone.
bool takes_out_of_url_form(const LibraryCall& call, const LibraryModel& model) {
  if (model.computes == "url_decode") return true;
  if (model.computes != "replace") return false;
  const std::vector<std::string_view> of = split(model.of, ',');
  const ValueId old = of.size() > 1 ? select(call, of[1]) : ValueId{};
  if (!old.exists()) return false;
  const std::string_view text = call.engine.pool().text(old);
  return text == "+" || text.starts_with("regex /\\+/") || text.starts_with("regex /[+]/");
}

// What is done to the form of something that is given: Buffer.from(x, "utf8") takes it out of none.
void add_mark(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  const std::string_view mark =
      takes_out_of_url_form(call, model) ? kDecoded : mark_of(model.computes);
  if (mark.empty()) return;
  ValuePool& pool = call.engine.pool();
  const std::vector<std::string_view> of = split(model.of, ',');
  const ValueId text = select(call, of[0]);
  if (!text.exists()) return;
  if (mark == kUnwrapped && of.size() > 1) {
    const ValueId form = select(call, of[1]);
    const auto known = form.exists() ? as_text(pool, form) : std::nullopt;
    if (!form.exists() || (known && !known->starts_with("base64"))) return;
  }
  add_read(pool, pool.computed(mark, std::span(&text, 1)), call.invocation.at, true, out.steps);
}

}  // namespace

void add_wait(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  if (model.waits.empty() && !model.completes) return;
  const ValuePool& pool = call.engine.pool();
  const ValueId given = named_entry(pool, call.invocation.arguments, "0");
  const bool by_name = model.path.starts_with("*.") && !model.completes;
  if (by_name && given.exists() && !pool.is(given, ValueKind::Number)) return;
  Step step;
  step.kind = StepKind::Wait;
  step.library = static_cast<std::uint32_t>(&model - library_models().data());
  step.at = call.invocation.at;
  out.steps.push_back(std::move(step));
}

namespace {

// The arguments, with what functions fill in their place.
ValueId with_options(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  const ValueId given = call.invocation.arguments;
  std::vector<NamedValue> all;
  bool fills = false;
  for (std::size_t i = 0; i < pool.names(given).size(); ++i)
    all.push_back({pool.names(given)[i], pool.operands(given)[i]});
  for (const std::string_view selector : split(model.options, ','))
    for (NamedValue& one : all)
      if (pool[one.name] == selector && pool.is(one.value, ValueKind::Function)) {
        one.value = filled_anew(call, one.value, out);
        fills = true;
      }
  return fills ? pool.record(all, pool[given].ref == 1) : given;
}

// The call with the arguments that functions among its options fill.
std::optional<CallResult> with_filled_options(const LibraryCall& outer, const LibraryModel& model) {
  if (model.options.empty()) return std::nullopt;
  CallResult filling;
  CallInput filled = outer.invocation;
  filled.arguments = with_options(outer, model, filling);
  if (filled.arguments == outer.invocation.arguments) return std::nullopt;
  const LibraryCall call{.engine = outer.engine,
                         .invocation = filled,
                         .language = outer.language,
                         .path = outer.path,
                         .method = outer.method,
                         .receiver = outer.receiver,
                         .depth = outer.depth};
  CallResult out = apply_model(call, model);
  out.steps.insert(out.steps.begin(), std::make_move_iterator(filling.steps.begin()),
                   std::make_move_iterator(filling.steps.end()));
  return out;
}

void add_entry_point(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  const ValueId function = select(call, model.entry);
  if (function.exists())
    call.engine.registrations().add_entry(registrant_of(call),
                                          with_event(call.engine.pool(), model, function));
  add_work(call, static_cast<std::uint32_t>(&model - library_models().data()), out);
}

// What the call asks, needs, and has found to hold.
void add_tests(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  if (!model.asks.empty())
    if (const ValueId asked = select(call, model.asks); asked.exists()) out.asked.push_back(asked);
  if (!model.needs.empty() && model.needs != "result")
    if (const ValueId needed = select(call, model.needs); needed.exists())
      out.needed.push_back(needed);
  if (const ValueId test = model.holds.empty() ? ValueId{} : select(call, model.holds);
      test.exists() &&
      !assume(call.engine.pool(), out.on_return, as_condition(call.engine.pool(), test), true))
    out.returns = false;
}

// Called rather than wrapping: what follows a normal return is guarded. (A row with a kind makes
// a middleware, which guards what it is put around.)
void add_guard(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  if (model.guard.ends_with(kConfigures))
    out.steps.push_back(configuration_step(call, model, out));
  else if (!model.guard.empty() && model.guard != kOnce && model.guard != kFailure &&
           model.kind == LibraryClass::None)
    add_fact(out.on_return, {guarded(call, model, call.invocation.arguments), true});
}

// `text.append(a).append(b)`: what each gives is the text as far as it goes.
void grow_receiver(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  if (model.store != StoreHow::Append || model.returns != "receiver" || !call.receiver.exists())
    return;
  out.returns_receiver = true;
  const ValueId more = select(call, model.store_value);
  if (!more.exists() || !is_text_so_far(call.engine.pool(), call.receiver)) return;
  const std::array<ValueId, 2> parts{call.receiver, more};
  out.value = compute(call.engine.pool(), Opcode::Concat, parts);
}

}  // namespace

CallResult apply_model(const LibraryCall& outer, const LibraryModel& model) {
  if (std::optional<CallResult> filled = with_filled_options(outer, model))
    return std::move(*filled);
  LibraryCall call = outer;
  CallResult out;
  if (waits_for_caller(call, model)) {
    CallResult later = unknown_call(call.engine.pool(), call.invocation);
    later.returns = !model.raises;
    return later;
  }
  if (!model.entry.empty()) add_entry_point(call, model, out);
  if (!model.wraps.empty()) {
    out.value = wrapped(call, model);
    if (!out.value.exists()) out.value = make_object(call, cat(call.path, "()"));
    return out;
  }
  if (model.fluent && !model.invokes.empty() &&
      fill_receiver(call, select(call, model.invokes), out))
    return out;
  const bool registers = !model.hooks.empty() && add_hooks(call, model);
  if (!model.phase.empty())
    invoke_in_phases(call, model, out);
  else if (!model.invokes.empty() && !registers)
    invoke_where_asked(call, model, out);
  call.result = out.invoked;
  const bool assigns = model.store == StoreHow::Assign;
  if (model.store != StoreHow::None && !assigns && takes_store(call, model))
    store(call, model, out);
  const Operation* operation = model.operation.empty() ? nullptr : find_operation(model.operation);
  if (operation != nullptr) call.members = operation_members(call, model, *operation, out);
  // Making a command only describes it: what it gives is given where it is performed.
  out.value =
      model.command.empty() ? result_of(call, model) : make_object(call, cat(call.path, "()"));
  grow_receiver(call, model, out);
  if (model.computes == "environment") add_environment_read(call, model, out);
  add_tests(call, model, out);
  add_mark(call, model, out);
  if (assigns) store(call, model, out);
  if (operation != nullptr) {
    perform(call, model, *operation, call.members, out);
    keep_statement(call, *operation, out);
  }
  if (!model.effect_of.empty()) perform_command(call, model, out);
  add_guard(call, model, out);
  if (model.itself) out.place = place_itself(call, model);
  add_own_steps(call, model, out);
  if (names_operation(call, model)) add_request(call, out);
  take_task(call, model, out);
  out.returns = out.returns && !model.raises;
  return out;
}

}  // namespace fnlint
