// Wrappers as guards: what a library puts around a function holds as a fact for all that happens
// inside, and the wrapper's configuration is kept with it.

#include "flow/models/library_guards.h"

#include "core/text.h"
#include "flow/models/fluent.h"
#include "flow/models/library_select.h"
#include "flow/state/layers.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fnlint {

namespace {

constexpr std::string_view kKeyParameter = "data='parameter'";  // `tells` of an annotation

// What a wrapper itself was given: of a decorator's factory, the arguments of its call.
ValueId given_to(const ValuePool& pool, const CallInput& invocation) {
  const bool is_made = pool[invocation.callee].kind == ValueKind::Object &&
                       !pool.operands(invocation.callee).empty();
  return is_made ? pool.operands(invocation.callee)[0] : invocation.arguments;
}

bool is_some_text(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  return row.kind == ValueKind::Text || row.kind == ValueKind::Pattern ||
         (row.kind == ValueKind::Hole && row.origin == Origin::Environment) ||
         (pool.opcode(value) == Opcode::OrDefault && is_some_text(pool, pool.operands(value)[0]));
}

// A selector that led into an object and found no argument of that name there, or into a text.
bool is_not_given(const ValuePool& pool, ValueId value) {
  if (pool.opcode(value) != Opcode::Member) return false;
  const ValueId base = pool.operands(value)[0];
  return pool[base].kind == ValueKind::Object || is_some_text(pool, base);
}

// The first of the selectors that leads to something that was given.
ValueId select_given(const LibraryCall& call, std::string_view selectors) {
  for (const std::string_view one : split(selectors, '|'))
    if (const ValueId value = select(call, one);
        value.exists() && !is_not_given(call.engine.pool(), value))
      return value;
  return {};
}

// The place of the parameter that the layer makes its key of, where an annotation of its library
// says so: `@IdempotencyKey String order`.
std::optional<std::int64_t> key_parameter(const LibraryCall& call) {
  const ValuePool& pool = call.engine.pool();
  const ValueId function =
      call.invocation.mode == CallMode::Annotate
          ? function_in(pool, named_entry(pool, call.invocation.arguments, "0"))
          : ValueId{};
  if (!function.exists()) return std::nullopt;
  const FunctionRef ref = unpack(pool[function].ref);
  const CodeFacts& code = call.engine.facts(ref.module);
  const Slice<Parameter> parameters = code.functions[ref.function.index].parameters;
  for (std::uint32_t i = 0; i < parameters.count; ++i) {
    const Slice<Annotation> notes = code.parameters[parameters.first + i].annotations;
    for (std::uint32_t k = 0; k < notes.count; ++k) {
      const LibraryModel* row =
          find_library_model(code.language, code.string(code.annotations[notes.first + k].path));
      if (row != nullptr && row->tells == kKeyParameter) return i;
    }
  }
  return std::nullopt;
}

// What the layer behind `model` was told: an operand of what it guards.
ValueId told(const LibraryCall& call, const LibraryModel& model, ValueId given) {
  ValuePool& pool = call.engine.pool();
  CallInput inner = call.invocation;
  inner.arguments = given;
  const LibraryCall of_given{.engine = call.engine,
                             .invocation = inner,
                             .language = call.language,
                             .path = call.path,
                             .receiver = call.receiver,
                             .depth = call.depth};
  std::vector<NamedValue> rows;
  for (const std::string_view one : split(model.tells, ',')) {
    const std::size_t equals = one.find('=');
    if (equals == std::string_view::npos) continue;
    const ValueId value = select_given(of_given, one.substr(equals + 1));
    if (value.exists()) rows.push_back({pool.string(trim(one.substr(0, equals))), value});
  }
  if (const auto position = key_parameter(call)) {
    std::erase_if(rows, [&](const NamedValue& row) { return pool[row.name] == "data"; });
    rows.push_back({pool.string("data"), pool.number(*position)});
  }
  const bool is_record = pool[given].kind == ValueKind::Record && pool[given].ref != 1;
  return pool.record(rows, !is_record && !is_fluent(call.engine.base(), given));
}

}  // namespace

namespace {

ValueId guarded_at(const LibraryCall& call, const LibraryModel& model, ValueId given,
                   std::uint64_t site) {
  ValuePool& pool = call.engine.pool();
  const std::array<ValueId, 3> operands{pool.text_value(model.guard), told(call, model, given),
                                        pool.hole(Origin::Library, model.path, site)};
  return pool.computed(Opcode::Guarded, operands);
}

// The row of the call that gave a middleware, where it guards what that is put around.
const LibraryModel* guarding_row(const Engine& engine, Language language, ValueId middleware) {
  const ValuePool& pool = engine.pool();
  if (!pool.is(middleware, ValueKind::Object) || pool.operands(middleware).empty()) return nullptr;
  std::string path = engine.library_path(middleware);
  if (path.ends_with("()")) path.resize(path.size() - 2);
  const LibraryModel* row = path.empty() ? nullptr : find_model_any(language, path);
  return row == nullptr || row->guard.empty() ? nullptr : row;
}

}  // namespace

ValueId guarded(const LibraryCall& call, const LibraryModel& model, ValueId given) {
  return guarded_at(call, model, given, call_site(call));
}

// A chain of calls was put around a function that was not known then.
ValueId guarded_by_layers(Engine& engine, Language language, ValueId chain, ValueId function) {
  ValuePool& pool = engine.pool();
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool.operands(function).size(); ++i)
    captures.push_back({pool.names(function)[i], pool.operands(function)[i]});
  const std::size_t own = captures.size();
  for (const ValueId layer : layers_of(pool, chain)) {
    const LibraryModel* row = guarding_row(engine, language, layer);
    if (row == nullptr) continue;
    const CallInput made{.callee = layer};
    const LibraryCall call{.engine = engine,
                           .invocation = made,
                           .language = language,
                           .path = std::string(row->path),
                           .receiver = {},
                           .depth = 0};
    captures.push_back({pool.string("<guard>"), guarded_at(call, *row, pool.operands(layer)[0],
                                                           pool[layer].ref)});
  }
  return captures.size() == own ? function : pool.function(pool[function].ref, captures);
}

namespace {

// The guard that a row puts around what it wraps, itself or by its middleware; no id: none.
ValueId guard_of_wrapper(const LibraryCall& call, const LibraryModel& model) {
  const ValuePool& pool = call.engine.pool();
  if (!model.guard.empty()) return guarded(call, model, given_to(pool, call.invocation));
  if (model.guard_of.empty()) return {};
  const ValueId middleware = select(call, model.guard_of);
  if (!middleware.exists()) return {};
  const LibraryModel* row = guarding_row(call.engine, call.language, middleware);
  return row == nullptr ? ValueId{} : guarded(call, *row, pool.operands(middleware)[0]);
}

}  // namespace

Step configuration_step(const LibraryCall& call, const LibraryModel& model, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  ValueId given = select(call, model.members_in);
  if (!given.exists()) given = pool.unknown("configuration");
  if (pool[given].kind == ValueKind::Function) given = filled_anew(call, given, out);
  return guard_step(guarded(call, model, given), call.invocation);
}

Step guard_step(ValueId guard, const CallInput& invocation) {
  Step step;
  step.kind = StepKind::Guard;
  step.at = invocation.at;
  step.value = guard;
  step.arguments = invocation.arguments;
  return step;
}

// What stands around the function once it is wrapped: what did before, what the receiver of the
// call collected, and the middleware that it is given, where that is the project's own.
std::vector<ValueId> layers_around(const LibraryCall& call, const LibraryModel& model,
                                   ValueId function) {
  const ValuePool& pool = call.engine.pool();
  std::vector<ValueId> layers = layers_of(pool, function);
  if (call.receiver.exists() && call.receiver != function)
    for (const ValueId one : layers_of(pool, call.receiver)) layers.push_back(one);
  const ValueId own = model.guard_of.empty() ? ValueId{} : select(call, model.guard_of);
  if (own.exists() && call.engine.library_path(own).empty()) layers.push_back(own);
  return layers;
}

namespace {

constexpr std::string_view kPartial = "partial";

}  // namespace

bool is_partial(const ValuePool& pool, ValueId callee) {
  return pool.is(callee, ValueKind::Computed) && pool.text(callee) == kPartial;
}

ValueId partial_of(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  const ValueId given = call.invocation.arguments;
  const ValueId callee = select(call, model.wraps);
  const bool applies = model.wraps == "0" || model.wraps == "receiver";  // `put.bind(s3)`
  if (!applies || model.with.empty() || !callee.exists()) return {};
  if (call.engine.library_path(callee).empty() && !is_partial(pool, callee)) return {};
  std::vector<NamedValue> bound;
  for (std::size_t i = 0; i < pool.names(given).size(); ++i) {
    const std::optional<std::size_t> position = position_of(pool[pool.names(given)[i]]);
    if (position == 0) continue;
    const StringId name =
        position ? pool.string(std::to_string(*position - 1)) : pool.names(given)[i];
    bound.push_back({name, pool.operands(given)[i]});
  }
  const std::array<ValueId, 2> operands{callee, pool.record(bound, pool[given].ref != 0)};
  return pool.computed(std::string(kPartial), operands);
}

CallInput applied(ValuePool& pool, const CallInput& invocation) {
  const ValueId bound = pool.operands(invocation.callee)[1];
  std::vector<NamedValue> arguments;
  std::size_t first = 0;
  for (std::size_t i = 0; i < pool.names(bound).size(); ++i) {
    first += position_of(pool[pool.names(bound)[i]]) ? 1U : 0U;
    arguments.push_back({pool.names(bound)[i], pool.operands(bound)[i]});
  }
  const ValueId own = invocation.arguments;
  for (std::size_t i = 0; i < pool.names(own).size(); ++i) {
    const std::optional<std::size_t> position = position_of(pool[pool.names(own)[i]]);
    const StringId name =
        position ? pool.string(std::to_string(*position + first)) : pool.names(own)[i];
    arguments.push_back({name, pool.operands(own)[i]});
  }
  CallInput full = invocation;
  full.callee = pool.operands(invocation.callee)[0];
  full.arguments = pool.record(arguments, pool[own].ref != 0 || pool[bound].ref != 0);
  full.places = pool.record({});
  return full;
}

namespace {

// "=path" makes an object; "1=selector": what the function gets in that place instead of what it is
// called with.
void add_bound(const LibraryCall& call, const LibraryModel& model,
               std::vector<NamedValue>& captures) {
  ValuePool& pool = call.engine.pool();
  std::vector<ValueId> bound;
  std::vector<NamedValue> instead;
  for (std::string_view selector : split(model.with, ',')) {
    const std::size_t equals = selector.find('=');
    const bool is_placed = equals != selector.npos && equals != 0;
    const std::string_view place = is_placed ? selector.substr(0, equals) : std::string_view();
    if (is_placed) selector.remove_prefix(equals + 1);
    const ValueId value = selector.starts_with('=')
                              ? make_object(call, expand_path(call, selector.substr(1)), {})
                              : select(call, selector);
    if (!value.exists()) break;
    if (is_placed)
      instead.push_back({pool.string(place), value});
    else
      bound.push_back(value);
  }
  if (!bound.empty()) captures.push_back({pool.string("<bound>"), pool.list(bound)});
  if (!instead.empty()) captures.push_back({pool.string("<instead>"), pool.record(instead)});
}

}  // namespace

ValueId wrapped(const LibraryCall& call, const LibraryModel& model) {
  ValuePool& pool = call.engine.pool();
  ValueId function = function_in(pool, select(call, model.wraps));
  if (!function.exists()) return partial_of(call, model);
  if (const ValueId object = named_entry(pool, call.invocation.arguments, "0");
      model.wraps == "receiver" && object.exists())  // `routes.answer.bind(routes)`
    function = call.engine.members().bound_to_record(function, object);
  const ValueId guard = guard_of_wrapper(call, model);
  const std::vector<ValueId> layers = layers_around(call, model, function);
  const bool calls_back = !model.calls_back_until.empty();
  if (!guard.exists() && model.with.empty() && layers.empty() && !calls_back) return function;
  std::vector<NamedValue> captures;
  for (std::size_t i = 0; i < pool.operands(function).size(); ++i)
    if (pool[pool.names(function)[i]] != kAround &&
        (!calls_back || pool[pool.names(function)[i]] != kCallsBack))
      captures.push_back({pool.names(function)[i], pool.operands(function)[i]});
  if (calls_back) captures.push_back({pool.string(kCallsBack), pool.text_value(model.path)});
  if (!layers.empty()) captures.push_back({pool.string(kAround), pool.list(layers)});
  if (!model.with.empty()) add_bound(call, model, captures);
  if (guard.exists()) captures.push_back({pool.string("<guard>"), guard});
  return pool.function(pool[function].ref, captures);
}

}  // namespace fnlint
