// Functions of the project that were given to a library of which nobody knows when it calls them.
#include "flow/models/given_functions.h"

#include "flow/models/library_select.h"
#include "tables/libraries.h"
#include "values/where.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace fnlint {

namespace {

// What the library does with the call is its own: it may wait for what is started, or do it on
// some ways alone.
void run(const LibraryCall& call, ValueId function, ValueId arguments, std::uint32_t flags,
         CallResult& out) {
  call.engine.registrations().add_handover(call.invocation.at);
  const CallInput inner{.callee = function,
                        .arguments = arguments,
                        .places = {},
                        .receiver_place = {},
                        .mode = CallMode::Plain,
                        .at = call.invocation.at};
  CallResult outcome = call.engine.call(inner, call.depth + 1);
  for (Step& step : outcome.steps) {
    if (step.kind == StepKind::Start) continue;
    if (step.kind == StepKind::Call) step.flags |= kWaitedFor;
    step.flags |= kUnderUnknownTest | flags;
    out.steps.push_back(std::move(step));
  }
  add_locations(out.sets, outcome.sets);
}

// What the object was made with by a call of which no row says what it gives, or a row that it
// gives what it wraps, where that is no function itself.
ValueId given_to_maker(const LibraryCall& call, ValueId object) {
  const ValuePool& pool = call.engine.pool();
  const std::string path = call.engine.library_path(object);
  if (!path.ends_with("()") || pool.operands(object).empty()) return {};
  const std::string_view maker = std::string_view(path).substr(0, path.size() - 2);
  const LibraryModel* row = find_model_any(call.language, maker);
  return row == nullptr || !row->wraps.empty() ? pool.operands(object)[0] : ValueId{};
}

// The functions in what a call was given, in lists and in what other calls made of some.
void add_functions(const LibraryCall& call, ValueId value, std::vector<ValueId>& functions,
                   int depth = 0) {
  constexpr int kDepth = 4;
  const ValuePool& pool = call.engine.pool();
  if (!value.exists() || depth > kDepth) return;
  value = bare(pool, value);
  const ValueKind kind = pool[value].kind;
  if (kind == ValueKind::Function) {
    if (std::ranges::find(functions, value) == functions.end()) functions.push_back(value);
  } else if (kind == ValueKind::OneOf || kind == ValueKind::List) {
    for (const ValueId one : pool.operands(value)) add_functions(call, one, functions, depth + 1);
  } else if (kind == ValueKind::Object) {
    const ValueId given = given_to_maker(call, value);
    if (!given.exists()) return;
    for (const ValueId one : pool.operands(given)) add_functions(call, one, functions, depth + 1);
  }
}

void add_callables(const LibraryCall& call, ValueId value, bool all, std::vector<ValueId>& found,
                   int depth = 0) {
  constexpr int kDepth = 4;
  const ValuePool& pool = call.engine.pool();
  if (!value.exists() || depth > kDepth) return;
  value = bare(pool, value);
  const ValueKind kind = pool[value].kind;
  const bool holds_several = kind == ValueKind::List || kind == ValueKind::Record;
  std::vector<ValueId> within;
  if (kind == ValueKind::Object) add_functions(call, value, within);
  if (kind == ValueKind::Function || !within.empty() || is_own_method(pool, value)) {
    if (std::ranges::find(found, value) == found.end()) found.push_back(value);
  } else if (kind == ValueKind::OneOf || (all && holds_several)) {
    for (const ValueId one : pool.operands(value)) add_callables(call, one, all, found, depth + 1);
  }
}

// The arguments, and what stands in those that are lists: `pipeline([check, answer])`.
std::vector<ValueId> in_lists(const ValuePool& pool, std::span<const ValueId> arguments) {
  std::vector<ValueId> all;
  for (const ValueId one : arguments) {
    all.push_back(one);
    if (pool.is(one, ValueKind::List))
      all.insert(all.end(), pool.operands(one).begin(), pool.operands(one).end());
  }
  return all;
}

// Data that the project's code has no part in: nothing in it can be called back.
bool is_foreign_data(Origin origin) {
  constexpr std::array kData = {
      Origin::Environment, Origin::Event, Origin::Context, Origin::TemplateInput, Origin::Pseudo,
      Origin::Attribute,   Origin::Fresh, Origin::Clock,   Origin::Secret,        Origin::Library};
  return std::ranges::find(kData, origin) != kData.end();
}

// Whether code of the project may be given along, which the library may call back: functions,
// classes and their objects, wherever in it, and what is not known yet.
bool gives_code(const ValuePool& pool, ValueId value) {
  bool gives = false;
  if (value.exists())
    for_each_below(pool, value, [&](ValueId part) {
      const Value& row = pool[part];
      gives = gives || row.kind == ValueKind::Function || row.kind == ValueKind::Unknown ||
              project_object(pool, part).kind != ProjectObject::Kind::None ||
              (row.kind == ValueKind::Hole && !is_foreign_data(row.origin));
    });
  return gives;
}

// Whether code of the project, or a client that acts with its rights, may be handed over: itself,
// in what holds it, in what a library was given it for, or by a caller. What is computed is data.
bool may_give_code_or_client(const LibraryCall& call, ValueId value, int depth = 0) {
  constexpr int kDepth = 6;
  const ValuePool& pool = call.engine.pool();
  if (!value.exists()) return false;
  if (depth > kDepth) return true;
  value = bare(pool, value);
  if (project_object(pool, value).kind != ProjectObject::Kind::None) return true;
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Function:
    case ValueKind::Unknown: return true;
    case ValueKind::Hole: return !is_foreign_data(row.origin);
    case ValueKind::Object: {
      const std::string_view path = pool.text(value);
      if (is_of_sdk(path)) return library_class(call.engine, value) != LibraryClass::None;
      if (acts_outside(call.language, path) || only_computes(call.language, path)) return false;
      break;
    }
    case ValueKind::Computed:
      if (pool.opcode(value) != Opcode::Chosen && pool.opcode(value) != Opcode::OrDefault)
        return false;
      break;
    default: break;
  }
  return std::ranges::any_of(pool.operands(value), [&](ValueId one) {
    return may_give_code_or_client(call, one, depth + 1);
  });
}

}  // namespace

bool only_computes_here(const LibraryCall& call) {
  const ValuePool& pool = call.engine.pool();
  return call.invocation.mode != CallMode::Decorator &&
         derived_to_compute(call.language, call.path) &&
         !gives_code(pool, call.invocation.arguments) && !gives_code(pool, call.receiver);
}

bool acts_outside_here(const LibraryCall& call) {
  return call.invocation.mode != CallMode::Decorator && acts_outside(call.language, call.path) &&
         !may_give_code_or_client(call, call.invocation.arguments) &&
         !may_give_code_or_client(call, call.receiver);
}

std::vector<ValueId> callables_in(const LibraryCall& call, ValueId value, bool all) {
  std::vector<ValueId> found;
  add_callables(call, value, all, found);
  if (found.empty() && all && value.exists())
    add_callables(call, element(call.engine.pool(), value), all, found);
  return found;
}

std::vector<ValueId> callables_of_callers(const LibraryCall& call, ValueId value) {
  const ValuePool& pool = call.engine.pool();
  if (!value.exists()) return {};
  const auto is_told = [&](ValueId one) {
    return pool[one].kind != ValueKind::Function && is_open(pool, one);
  };
  std::vector<ValueId> found;
  if (pool.is(value, ValueKind::List))
    std::ranges::copy_if(pool.operands(value), std::back_inserter(found), is_told);
  else if (is_told(value) && !is_own_method(pool, value))
    found.push_back(value);
  return found;
}

void run_made_of(const LibraryCall& call, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  const bool is_method = call.receiver.exists();
  const ValueId object = is_method ? call.receiver : call.invocation.callee;
  if (call.invocation.in_init || !pool.is(object, ValueKind::Object)) return;
  std::vector<ValueId> functions;
  add_functions(call, object, functions);
  // A method of what was made in the event's time may be any.
  if (is_method)
    std::erase_if(functions, [&](ValueId one) {
      return !call.engine.registrations().is_registered(one);
    });
  // Of several, which one is given what the call is given?
  const ValueId arguments =
      functions.size() == 1 ? call.invocation.arguments : pool.record({}, true);
  for (const ValueId one : functions) run(call, one, arguments, kGuessed, out);
}

void run_callbacks(const LibraryCall& call, CallResult& out) {
  ValuePool& pool = call.engine.pool();
  const std::vector<ValueId> arguments(pool.operands(call.invocation.arguments).begin(),
                                       pool.operands(call.invocation.arguments).end());
  for (const ValueId argument : in_lists(pool, arguments)) {
    if (!pool.is(argument, ValueKind::Function)) continue;
    if (call.invocation.in_init)  // registered now, called when an event comes
      call.engine.registrations().register_callback(registrant_of(call), {argument});
    else
      run(call, argument, pool.record({}, true), 0, out);
  }
}

}  // namespace fnlint
