#include "flow/library_call.h"

#include "core/text.h"
#include "flow/fluent.h"

#include <algorithm>

namespace fnlint {

namespace {

// An entry of a record by name; no id when it is not there. Not member(): "items" of a record is no
// method.
ValueId entry(const ValuePool& pool, ValueId record, std::string_view name) {
  if (pool[record].kind != ValueKind::Record) return {};
  const auto names = pool.names(record);
  for (std::size_t i = names.size(); i-- > 0;)
    if (pool[names[i]] == name) return pool.operands(record)[i];
  return {};
}

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// What a library object was made with: its constructor's or factory's arguments, and the object it
// came from.
ValueId made_with(const ValuePool& pool, ValueId object, std::string_view name) {
  if (pool[object].kind != ValueKind::Object) return {};
  const auto operands = pool.operands(object);
  if (name == "receiver") return operands.size() > 1 ? operands[1] : ValueId{};
  return operands.empty() ? ValueId{} : entry(pool, operands[0], name);
}

ValueId step_into(const LibraryCall& call, ValueId value, std::string_view name) {
  ValuePool& pool = call.engine.pool();
  if (pool[value].kind == ValueKind::OneOf) {
    std::vector<Alternative> alternatives;
    const std::vector<ValueId> operands(pool.operands(value).begin(), pool.operands(value).end());
    const std::vector<GuardId> guards(pool.guards(value).begin(), pool.guards(value).end());
    for (std::size_t i = 0; i < operands.size(); ++i) {
      const ValueId inner = step_into(call, operands[i], name);
      if (inner.exists()) alternatives.push_back({inner, guards[i]});
    }
    return alternatives.empty() ? ValueId{} : pool.one_of(alternatives);
  }
  if (const ValueId made = made_with(pool, value, name); made.exists()) return made;
  if (const ValueId set = fluent_member(call.engine, value, name); set.exists()) return set;
  if (is_fluent(call.engine, value)) return {};
  if (pool[value].kind == ValueKind::Record) {
    if (const ValueId found = entry(pool, value, name); found.exists()) return found;
    return pool[value].ref == 1 ? pool.unknown(cat("entry ", name)) : ValueId{};
  }
  if (is_number(name)) {
    const ValueId at = pool.number(name);
    return call.engine.index_of(value, at);
  }
  return call.engine.member_of(value, name);
}

ValueId keys_of(ValuePool& pool, ValueId value) {
  if (pool[value].kind == ValueKind::Record && pool[value].ref == 0) {
    const std::vector<StringId> names(pool.names(value).begin(), pool.names(value).end());
    std::vector<ValueId> keys;
    for (const StringId name : names) keys.push_back(pool.text_value(pool[name]));
    return pool.list(keys);
  }
  const std::array<ValueId, 1> operands{value};
  return pool.computed("keys", operands);
}

ValueId select_one(const LibraryCall& call, std::string_view selector) {
  ValuePool& pool = call.engine.pool();
  selector = trim(selector);
  if (selector.size() >= 2 && selector.front() == '\'' && selector.back() == '\'')
    return pool.text_value(selector.substr(1, selector.size() - 2));
  ValueId value;
  bool first = true;
  for (std::string_view part : split(selector, '.')) {
    bool each = false;
    if (part.ends_with("[]")) {
      each = true;
      part.remove_suffix(2);
    }
    if (first && part == "receiver") {
      value = call.receiver;
    } else if (first && part == "@event") {
      value = pool.hole(Origin::Event, "");
    } else if (first && part == "?") {
      value = pool.hole(Origin::CallResult, call.path, call_site(call));
    } else if (first && call.result.exists() && (part == "result" || part == "results")) {
      value = call.result;
      if (part == "results") value = pool.list(std::span(&value, 1));  // one stands for all
    } else if (first) {
      ValueId source = call.invocation.arguments;
      if (call.members.exists() && !is_number(part)) source = call.members;
      value = step_into(call, source, part);
      if (!value.exists() && pool[source].kind == ValueKind::Record) {
        const ValueId spread = entry(pool, source, "**");
        if (spread.exists()) value = step_into(call, spread, part);
        const ValueId list = entry(pool, source, "*");
        if (!value.exists() && list.exists() && is_number(part))
          value = call.engine.index_of(list, pool.number(part));
      }
    } else if (part.empty()) {
      value = keys_of(pool, value);
    } else {
      value = step_into(call, value, part);
    }
    first = false;
    if (!value.exists()) return {};
    if (each) value = element(pool, value);
  }
  if (value.exists() && pool[value].kind == ValueKind::Absent) return {};
  return value;
}

// "boto3.client({0|service_name})" with the arguments' texts.
std::string expand_path(const LibraryCall& call, std::string_view pattern) {
  std::string path;
  while (!pattern.empty()) {
    const std::size_t open = pattern.find('{');
    path.append(pattern.substr(0, open));
    if (open == std::string_view::npos) break;
    const std::size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) break;
    const ValueId value = select(call, pattern.substr(open + 1, close - open - 1));
    const std::optional<std::string_view> text =
        value.exists() ? as_text(call.engine.pool(), value) : std::nullopt;
    path.append(text ? *text : "?");
    pattern.remove_prefix(close + 1);
  }
  return path;
}

ValueId make_object(const LibraryCall& call, std::string_view path,
                    std::string_view positions = {}) {
  std::vector<ValueId> operands{call.invocation.arguments};
  if (!positions.empty())
    operands[0] = positional_members(call.engine.pool(), positions, call.invocation.arguments);
  if (call.receiver.exists()) operands.push_back(call.receiver);
  return call.engine.pool().object(call_site(call), path, operands);
}

// Whether what the call means depends on an argument that a caller of the function around it gives:
// whom the runtime is to call, and members in a spelling that has to be looked up.
bool waits_for_caller(const LibraryCall& call, const LibraryModel& model) {
  const ValuePool& pool = call.engine.pool();
  const bool exact = call.language == Language::Python || call.language == Language::JavaScript;
  const std::string_view selector = !model.entry.empty()                        ? model.entry
                                    : exact || model.operation.empty() ? std::string_view()
                                                                       : model.members_in;
  if (selector.empty()) return false;
  const ValueId value = select(call, selector);
  if (!value.exists()) return false;
  constexpr std::uint32_t kOfCaller = (1U << static_cast<unsigned>(Origin::Parameter)) |
                                      (1U << static_cast<unsigned>(Origin::Receiver)) |
                                      (1U << static_cast<unsigned>(Origin::Capture));
  const ValueKind kind = pool[value].kind;
  const bool is_whole = kind == ValueKind::Hole || kind == ValueKind::Computed;
  return (pool.origins(value) & kOfCaller) != 0 && (is_whole || !model.entry.empty());
}

// The functions among what is called or wrapped, through alternatives and unknown wrappers.
ValueId function_in(const ValuePool& pool, ValueId value, int depth = 0) {
  if (!value.exists() || depth > 4) return {};
  const Value& row = pool[value];
  if (row.kind == ValueKind::Function) return value;
  if (row.kind == ValueKind::OneOf) {
    for (const ValueId one : pool.operands(value))
      if (const ValueId found = function_in(pool, one, depth + 1); found.exists()) return found;
  }
  return {};
}

ValueId result_of(const LibraryCall& call, const LibraryModel& model);

void perform(const LibraryCall& call, const LibraryModel& model, const Operation& operation,
             ValueId members, Outcome& out) {
  Step step;
  step.kind = StepKind::Effect;
  step.model = static_cast<std::uint32_t>(&operation - operations().data());
  step.library = static_cast<std::uint32_t>(&model - library_models().data());
  step.at = call.invocation.at;
  step.subject = call.receiver;
  step.arguments = members;
  const std::string_view target = model.target.empty() ? operation.target : model.target;
  const std::string_view key = model.key.empty() ? operation.key : model.key;
  if (!target.empty()) step.value = select(call, target);
  if (!key.empty()) step.key = select(call, key);
  step.result = out.value;
  if (model.path.starts_with("*.")) {  // known by its name alone
    if (!step.value.exists() && !operation.target.empty()) return;
    const bool exact = call.language == Language::Python || call.language == Language::JavaScript;
    if (!exact && call.engine.pool()[members].kind != ValueKind::Record) return;
    step.flags |= kGuessed;
  }
  out.steps.push_back(std::move(step));
  const bool conditional =
      operation.condition.empty() || select(call, operation.condition).exists();
  if (operation.failure_is_skip && conditional) {
    const std::array<ValueId, 1> operands{
        call.engine.pool().hole(Origin::CallResult, operation.id, call_site(call))};
    add_fact(out.on_return, {call.engine.pool().computed("succeeded", operands), true});
  }
}

// A call that takes its time and performs no operation.
void add_work(const LibraryCall& call, std::uint32_t library, Outcome& out) {
  Step step;
  step.kind = StepKind::Work;
  step.library = library;
  step.at = call.invocation.at;
  if (call.receiver.exists()) step.subject = call.receiver;
  step.arguments = call.invocation.arguments;
  out.steps.push_back(std::move(step));
}

void perform_command(const LibraryCall& call, const LibraryModel& model, Outcome& out) {
  ValuePool& pool = call.engine.pool();
  ValueId command = select(call, model.effect_of);
  if (!command.exists()) return;
  if (pool[command].kind == ValueKind::OneOf) {
    for (const ValueId one : pool.operands(command))
      if (pool[one].kind == ValueKind::Object) command = one;
  }
  std::string path = call.engine.library_path(command);
  if (path.ends_with("()")) path.resize(path.size() - 2);
  const LibraryModel* row = path.empty() ? nullptr : find_model_any(call.language, path);
  if (row == nullptr || row->command.empty()) {
    if (call.receiver.exists() &&
        library_class(call.engine, call.receiver) == LibraryClass::Client)
      add_work(call, static_cast<std::uint32_t>(&model - library_models().data()), out);
    return;
  }
  const Operation* operation = find_operation(row->command);
  const auto operands = pool.operands(command);
  if (operation == nullptr || operands.empty()) return;
  const ValueId given = operands[0];
  CallInput inner = call.invocation;
  inner.arguments = given;
  LibraryCall made{.engine = call.engine,
                   .invocation = inner,
                   .language = call.language,
                   .path = path,
                   .method = {},
                   .receiver = call.receiver,
                   .depth = call.depth};
  const ValueId members = entry(pool, given, "0");
  made.members = members.exists() ? members : pool.record({});
  if (!row->returns.empty() || row->origin != Origin::None) out.value = result_of(made, *row);
  perform(made, *row, *operation, members.exists() ? members : pool.record({}, true), out);
}

StoreKind store_kind(StoreHow how) {
  switch (how) {
    case StoreHow::Append: return StoreKind::Append;
    case StoreHow::PutKey: return StoreKind::PutKey;
    case StoreHow::Remove: return StoreKind::Remove;
    case StoreHow::Clear: return StoreKind::Clear;
    case StoreHow::SetIfAbsent: return StoreKind::SetIfAbsent;
    case StoreHow::Assign: return StoreKind::Assign;
    case StoreHow::None:
    case StoreHow::Update: break;
  }
  return StoreKind::Update;
}

// A row by a method's name alone changes containers, caches and what is not known; other objects of
// libraries stay.
bool takes_store(const LibraryCall& call, const LibraryModel& model) {
  if (!model.path.starts_with("*.") || !call.receiver.exists()) return true;
  const ValuePool& pool = call.engine.pool();
  if (pool[call.receiver].kind != ValueKind::Object) return true;
  const LibraryClass kind = library_class(call.engine, call.receiver);
  return kind == LibraryClass::Container || kind == LibraryClass::Cache ||
         kind == LibraryClass::BoundedCache;
}

void store(const LibraryCall& call, const LibraryModel& model, Outcome& out) {
  ValuePool& pool = call.engine.pool();
  Step step;
  step.kind = StepKind::Store;
  step.store = store_kind(model.store);
  step.at = call.invocation.at;
  const bool into_receiver = model.into.empty() || model.into == "receiver";
  step.subject = into_receiver                     ? call.invocation.receiver_place
                 : call.invocation.places.exists() ? entry(pool, call.invocation.places, model.into)
                                                   : ValueId{};
  if (!model.store_key.empty()) step.key = select(call, model.store_key);
  if (!model.store_value.empty()) step.value = select(call, model.store_value);
  const bool is_entry = !step.key.exists() && step.subject.exists() &&
                        pool[step.subject].kind == ValueKind::Computed &&
                        pool.text(step.subject) == "index";
  if (is_entry) {
    step.key = pool.operands(step.subject)[1];
    step.subject = pool.operands(step.subject)[0];
  }
  if (model.store == StoreHow::Assign && !step.value.exists()) step.value = out.value;
  step.library = static_cast<std::uint32_t>(&model - library_models().data());
  out.changes.push_back({.into_receiver = into_receiver,
                         .argument = std::string(model.into),
                         .how = step.store,
                         .key = step.key,
                         .value = step.value});
  if (step.subject.exists() && pool[step.subject].kind != ValueKind::Absent)
    out.steps.push_back(std::move(step));
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

// A guard of functions that run once in the environment's life: what they set is set once.
constexpr std::string_view kOnce = "once";

ValueId guarded(const LibraryCall& call, const LibraryModel& model) {
  const std::array<ValueId, 1> operands{call.engine.pool().text_value(model.guard)};
  return call.engine.pool().computed("guarded", operands);
}

void invoke(const LibraryCall& call, const LibraryModel& model, Outcome& out) {
  ValuePool& pool = call.engine.pool();
  const ValueId callee = select(call, model.invokes);
  if (!callee.exists()) return;
  if (model.times == Times::Later) {
    const ValueId function = function_in(pool, callee);
    if (function.exists() && call.invocation.at.module.exists())
      call.engine.add_later(call.invocation.at.module, function);
    return;
  }
  std::vector<NamedValue> arguments, places;
  std::size_t position = 0;
  if (!model.with.empty())
    for (const std::string_view selector : split(model.with, ',')) {
      ValueId value = select(call, selector);
      if (!value.exists()) value = pool.unknown("argument of a callback");
      const StringId name = pool.string(std::to_string(position++));
      arguments.push_back({name, value});
      if (trim(selector) == "receiver" && call.invocation.receiver_place.exists())
        places.push_back({name, call.invocation.receiver_place});
    }
  CallInput inner{.callee = callee,
                  .arguments = pool.record(arguments),
                  .places = pool.record(places),
                  .receiver_place = {},
                  .mode = CallMode::Plain,
                  .at = call.invocation.at};
  Outcome outcome = call.engine.call(inner, call.depth + 1);
  const bool once = model.guard == kOnce;
  for (Step& step : outcome.steps) {
    if (model.settles && step.kind == StepKind::Start) continue;
    if (model.times == Times::Each) step.flags = static_cast<std::uint16_t>(step.flags | kInLoop);
    if (once) add_fact(step.holds, {guarded(call, model), true});
    if (once && step.kind == StepKind::Store && step.store == StoreKind::Assign &&
        !has_origin(pool, step.subject, Origin::Capture))
      step.store = StoreKind::SetIfAbsent;
    out.steps.push_back(std::move(step));
  }
  out.invoked = outcome.value;
  out.task = outcome.task && !model.settles;
}

// Of this group the callback is all the work.
constexpr std::string_view kTimer = "timer";

bool does_something(Engine& engine, ValueId function) {
  const FunctionRef ref = unpack(engine.pool()[function].ref);
  return !engine.summary(ref).steps.empty() || engine.leaves_task(ref);
}

// Whether the call's value waits for something, and what the call leaves running.
void take_task(const LibraryCall& call, const LibraryModel& model, Outcome& out) {
  const ValuePool& pool = call.engine.pool();
  const bool gives_result = model.returns == "result" || model.returns == "results";
  const bool callback_task = out.task;  // of the function that it invoked
  const bool by_name = model.path.starts_with("*.");
  out.task = model.task;
  // `response.send(x)` is no request of an SDK.
  if (by_name && !model.effect_of.empty()) {
    const bool performs = std::any_of(out.steps.begin(), out.steps.end(), [](const Step& step) {
      return step.kind == StepKind::Effect || step.kind == StepKind::Work;
    });
    out.task = out.task && performs;
  }
  // `app.handle(event)` is no promise's `handle(f)`.
  if (by_name && !model.invokes.empty() && model.times != Times::Later) {
    const ValueId callback = select(call, model.invokes);
    const bool is_function = callback.exists() &&
                             (pool[callback].kind == ValueKind::Function ||
                              pool[callback].origin == Origin::Library);
    out.task = out.task && is_function;
  }
  out.guessed_task =
      model.task && by_name &&
      (!call.receiver.exists() || call.engine.library_path(call.receiver).empty());
  if (callback_task && !model.task) {
    out.task = gives_result;
    if (!gives_result) {  // nothing takes what the callback gives
      out.started = static_cast<std::uint32_t>(&model - library_models().data());
    }
  }
  const bool later = model.times == Times::Later && !model.invokes.empty();
  if (model.starts.empty() && !(later && !model.operation.empty())) return;
  if (later) {
    const ValueId callback = select(call, model.invokes);
    if (!callback.exists()) return;
    const ValueKind kind = pool[callback].kind;
    if (kind != ValueKind::Function && kind != ValueKind::Hole && kind != ValueKind::Computed)
      return;
    if (model.starts == kTimer && kind == ValueKind::Function &&
        !does_something(call.engine, callback))
      return;
    out.told_by_callback = true;
  }
  out.started = static_cast<std::uint32_t>(&model - library_models().data());
}

// A frontend keeps a regular expression's literal as it is written: "regex /^in\//g".
ValueId compute_with_regex(ValuePool& pool, std::string_view name, std::vector<ValueId> operands) {
  constexpr std::string_view kMark = "regex /";
  bool has_regex = false;
  for (ValueId& operand : operands) {
    const Value& value = pool[operand];
    if (value.kind != ValueKind::Hole || value.origin != Origin::Outside ||
        !pool.text(operand).starts_with(kMark))
      continue;
    const std::string_view literal = pool.text(operand).substr(kMark.size());
    operand = pool.text_value(replace_all(literal.substr(0, literal.rfind('/')), "\\/", "/"));
    has_regex = true;
  }
  if (has_regex && name == "replace" && operands.size() >= 3) {
    operands.resize(3);
    return compute(pool, "regex_replace", operands);
  }
  return compute(pool, name, operands);
}

ValueId result_of(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  const std::string_view positions =
      model.operation.empty() ? model.positions : std::string_view();
  if (!model.returns.empty()) {
    if (model.returns.front() == '=')
      return make_object(call, expand_path(call, model.returns.substr(1)), positions);
    const ValueId value = select(call, model.returns);
    if (value.exists() && model.under.empty()) return value;
    if (value.exists()) {
      const NamedValue row{pool.string(model.under), value};
      const ValueId record = pool.record(std::span(&row, 1), true);
      return model.fluent ? pool.object(call_site(call), kFilled, std::span(&record, 1)) : record;
    }
  }
  if (model.computes == "environment") {
    std::vector<ValueId> operands;
    for (const std::string_view selector : split(model.of, ','))
      operands.push_back(select(call, selector));
    const bool is_named = !operands.empty() && operands[0].exists();
    const bool is_whole = !is_named && pool.operands(call.invocation.arguments).empty();
    if (is_whole) return make_object(call, cat(call.path, "()"));  // all of it, read later
    if (!is_named) return pool.unknown("environment variable");
    return environment_value(pool, operands[0], operands.size() > 1 ? operands[1] : ValueId{});
  }
  if (!model.computes.empty()) {
    std::vector<ValueId> operands;
    for (const std::string_view selector : split(model.of, ',')) {
      const ValueId value = select(call, selector);
      if (!value.exists()) break;
      operands.push_back(value);
    }
    if (!operands.empty()) return compute_with_regex(pool, model.computes, std::move(operands));
  }
  if (model.origin != Origin::None)
    return pool.hole(model.origin, call.path.empty() ? call.method : call.path, call_site(call));
  return make_object(call, cat(call.path.empty() ? cat("*.", call.method) : call.path, "()"),
                     positions);
}

// The function that a runtime calls, with event and context already in the one object that it takes.
ValueId with_event(ValuePool& pool, const LibraryModel& model, ValueId function) {
  if (model.event_as.empty() || pool[function].kind != ValueKind::Function) return function;
  const std::vector<std::string_view> names = split(model.event_as, ',');
  std::vector<NamedValue> both{{pool.string(names[0]), pool.hole(Origin::Event, "")}};
  if (names.size() > 1)
    both.push_back({pool.string(names[1]), pool.hole(Origin::Context, "")});
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool.operands(function).size(); ++i)
    captures.push_back({pool.names(function)[i], pool.operands(function)[i]});
  const ValueId given = pool.record(both);
  captures.push_back({pool.string("<bound>"), pool.list(std::span(&given, 1))});
  return pool.function(pool[function].ref, captures);
}

ValueId wrapped(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  const ValueId function = function_in(pool, select(call, model.wraps));
  if (!function.exists()) return {};
  std::string_view guard = model.guard;
  if (!model.guard_of.empty()) {
    const ValueId middleware = select(call, model.guard_of);
    if (middleware.exists() && library_class(call.engine, middleware) == LibraryClass::Idempotency)
      guard = "idempotency";
  }
  if (guard.empty() && model.with.empty()) return function;
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool.operands(function).size(); ++i)
    captures.push_back({pool.names(function)[i], pool.operands(function)[i]});
  if (!model.with.empty()) {
    std::vector<ValueId> bound;
    for (const std::string_view selector : split(model.with, ',')) {
      const ValueId value = select(call, selector);
      if (!value.exists()) break;
      bound.push_back(value);
    }
    captures.push_back({pool.string("<bound>"), pool.list(bound)});
  }
  if (guard.empty()) return pool.function(pool[function].ref, captures);
  const ValueId key = model.key.empty() ? ValueId{} : select(call, model.key);
  const std::array<ValueId, 3> operands{pool.text_value(guard), key.exists() ? key : pool.absent(),
                                        call.invocation.arguments};
  captures.push_back({pool.string("<guard>"), pool.computed("guarded", operands)});
  return pool.function(pool[function].ref, captures);
}

}  // namespace

std::uint64_t call_site(const LibraryCall& call) {
  const CallSite at = call.invocation.at;
  return (static_cast<std::uint64_t>(at.module.index) << 32U) | at.op.index;
}

LibraryClass library_class(const Engine& engine, ValueId value) {
  return library_class(engine.library_path(value));
}

ValueId environment_value(ValuePool& pool, ValueId name, ValueId fallback) {
  const std::optional<std::string_view> text = as_text(pool, name);
  if (!text) return pool.unknown("name of an environment variable");
  const ValueId hole = pool.hole(Origin::Environment, std::string(*text));
  if (!fallback.exists() || pool[fallback].kind == ValueKind::Absent) return hole;
  const std::array<ValueId, 2> operands{hole, fallback};
  return pool.computed("or_default", operands);
}

const LibraryModel* find_model_any(Language language, std::string_view path) {
  return find_library_model(language, path);
}

ValueId select(const LibraryCall& call, std::string_view selector) {
  for (const std::string_view one : split(selector, '|'))
    if (const ValueId value = select_one(call, one); value.exists()) return value;
  return {};
}

namespace {

bool is_kept(LibraryClass kind) {
  return kind == LibraryClass::Client || kind == LibraryClass::Session ||
         kind == LibraryClass::Pool;
}

void add_made(const LibraryCall& call, std::uint32_t library, Outcome& out) {
  Step step;
  step.kind = StepKind::Make;
  step.library = library;
  step.at = call.invocation.at;
  step.value = out.value;
  step.arguments = call.invocation.arguments;
  out.steps.push_back(std::move(step));
}

// What a row says beside operations and stores.
void add_own_steps(const LibraryCall& call, const LibraryModel& model, Outcome& out) {
  const auto row = static_cast<std::uint32_t>(&model - library_models().data());
  // A builder is none yet, and what a client gives is a part of it: `client.table(name)`.
  const bool of_client = call.receiver.exists() && !is_fluent(call.engine, call.receiver) &&
                         library_class(call.engine, call.receiver) == LibraryClass::Client;
  if (is_kept(model.kind) && !model.attribute && !model.fluent && !of_client)
    add_made(call, row, out);
  if (!model.work.empty()) add_work(call, row, out);
  if (model.waits.empty()) return;
  const bool by_name = model.path.starts_with("*.");
  if (by_name && entry(call.engine.pool(), call.invocation.arguments, "0").exists()) return;
  Step step;
  step.kind = StepKind::Wait;
  step.library = row;
  step.at = call.invocation.at;
  out.steps.push_back(std::move(step));
}

// The family of an object that is no part or result of one.
const LibraryFamily* family_of(const std::string& path) {
  const LibraryFamily* family = find_library_family(path);
  if (family == nullptr || path.size() <= family->begins.size() + family->ends.size())
    return nullptr;
  std::string_view name(path);
  name.remove_prefix(family->begins.size());
  name.remove_suffix(family->ends.size());
  return name.find_first_of("()?") == std::string_view::npos ? family : nullptr;
}

// An object of a family, or a method of one that is a request.
void add_family_steps(const LibraryCall& call, Outcome& out) {
  const LibraryFamily* made = family_of(call.engine.library_path(out.value));
  const bool by_new = call.invocation.mode == CallMode::Construct;
  if (made != nullptr && is_kept(made->kind) && !made->fluent &&
      (by_new || (!call.receiver.exists() && made->ends != "()")))
    add_made(call, UINT32_MAX, out);
  if (!call.receiver.exists()) return;
  const LibraryFamily* asked = family_of(call.engine.library_path(call.receiver));
  if (asked != nullptr && asked->requests) add_work(call, UINT32_MAX, out);
}

}  // namespace

Outcome apply_model(const LibraryCall& outer, const LibraryModel& model) {
  LibraryCall call = outer;
  ValuePool& pool = call.engine.pool();
  Outcome out;
  if (waits_for_caller(call, model)) return call.engine.call_unknown(call.invocation);
  if (!model.entry.empty()) {
    const ValueId function = select(call, model.entry);
    if (function.exists())
      call.engine.add_entry(call.invocation.at.module, with_event(pool, model, function));
  }
  if (!model.wraps.empty()) {
    out.value = wrapped(call, model);
    if (!out.value.exists()) out.value = make_object(call, cat(call.path, "()"));
    return out;
  }
  if (model.fluent && !model.invokes.empty()) {
    const ValueId function = function_in(pool, select(call, model.invokes));
    const bool fills = function.exists() && is_fluent(call.engine, call.receiver);
    if (fills) out.value = filled_by(call, function, call.receiver, out);
    if (fills) return out;
  }
  if (!model.invokes.empty()) invoke(call, model, out);
  call.result = out.invoked;
  const bool assigns = model.store == StoreHow::Assign;
  if (model.store != StoreHow::None && !assigns && takes_store(call, model))
    store(call, model, out);
  const Operation* operation =
      model.operation.empty() ? nullptr : find_operation(model.operation);
  if (operation != nullptr) call.members = operation_members(call, model, *operation, out);
  out.value = result_of(call, model);
  if (assigns) store(call, model, out);
  if (operation != nullptr) perform(call, model, *operation, call.members, out);
  if (!model.effect_of.empty()) perform_command(call, model, out);
  // Called rather than wrapping: what follows a normal return is guarded.
  if (!model.guard.empty() && model.guard != kOnce)
    add_fact(out.on_return, {guarded(call, model), true});
  if (model.itself) out.place = place_itself(call, model);
  add_own_steps(call, model, out);
  take_task(call, model, out);
  out.returns = !model.raises;
  return out;
}

Outcome unknown_library_call(const LibraryCall& call) {
  Outcome out;
  out.understood = false;
  if (call.invocation.mode ==
      CallMode::Decorator) {  // a decorator nobody knows: taken to call what it decorates
    const ValueId decorated = select(call, "0");
    const ValueId function = function_in(call.engine.pool(), decorated);
    const bool is_class =
        decorated.exists() &&
        project_object(call.engine.pool(), decorated).kind == ProjectObject::Kind::Class;
    if (function.exists() || is_class) {
      out.value = is_class ? decorated : function;
      return out;
    }
  }
  out.value = make_object(call, cat(call.path, "()"));
  add_family_steps(call, out);
  const std::vector<ValueId> given(call.engine.pool().operands(call.invocation.arguments).begin(),
                                   call.engine.pool().operands(call.invocation.arguments).end());
  if (given.size() == 1 && call.engine.pool()[given[0]].kind == ValueKind::Function &&
      is_fluent(call.engine, out.value)) {  // a request that the function fills
    const ValueId nothing = call.engine.pool().record({});
    const ValueId empty = call.engine.pool().object(call_site(call), cat(call.path, "()"),
                                                    std::span(&nothing, 1));
    out.value = filled_by(call, given[0], empty, out);
    return out;
  }
  if (call.path.find("(?)") !=
      std::string::npos) {  // a client of a service that is not known: a later stage may guess
    Step step;
    step.kind = StepKind::Call;
    step.at = call.invocation.at;
    step.subject = call.invocation.callee;
    step.arguments = call.invocation.arguments;
    step.result = out.value;
    out.steps.push_back(std::move(step));
  }
  run_callbacks(call, out);
  return out;
}

void run_callbacks(const LibraryCall& call, Outcome& out) {
  const std::vector<ValueId> arguments(
      call.engine.pool().operands(call.invocation.arguments).begin(),
      call.engine.pool().operands(call.invocation.arguments).end());
  for (const ValueId argument : arguments) {
    if (call.engine.pool()[argument].kind != ValueKind::Function) continue;
    if (call.invocation.in_init) {  // registered now, called when an event comes
      call.engine.add_later(call.invocation.at.module, argument);
      continue;
    }
    CallInput inner{.callee = argument,
                    .arguments = call.engine.pool().record({}, true),
                    .places = {},
                    .receiver_place = {},
                    .mode = CallMode::Plain,
                    .at = call.invocation.at};
    Outcome outcome = call.engine.call(inner, call.depth + 1);
    for (Step& step : outcome.steps) {
      if (step.kind == StepKind::Start) continue;  // the library may wait for it
      step.flags = static_cast<std::uint16_t>(step.flags | kUnderUnknownTest);
      out.steps.push_back(std::move(step));
    }
  }
}

}  // namespace fnlint
