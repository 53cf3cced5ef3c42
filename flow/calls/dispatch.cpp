// What calling a value does, by what the value is: a method, a function, a class, one of several.
#include "flow/calls/dispatch.h"

#include "flow/calls/overloads.h"
#include "flow/models/library_guards.h"
#include "flow/models/table_dispatch.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/places.h"
#include "values/where.h"

#include <algorithm>

namespace fnlint {

namespace {

// Of several that may be called: a variable or a field, or a part of one, beside what is stored in
// it. The place stands for these.
bool is_called_by_place(const ValuePool& pool, ValueId callee) {
  ValueId whose = bare(pool, is_method(pool, callee) ? pool.operands(callee)[0] : callee);
  const auto is_part = [&](std::string_view name) {
    return name == "member" || name == "index" || name == "element";
  };
  while (pool.is(whose, ValueKind::Computed) && is_part(pool.text(whose)))
    whose = pool.operands(whose)[0];
  const Value& value = pool[whose];
  return value.kind == ValueKind::Hole &&
         (value.origin == Origin::Global || value.origin == Origin::Field);
}

// A method of a list or a text that is written down: it says nothing of what a place holds later.
bool is_called_on_data(const ValuePool& pool, ValueId callee) {
  if (!is_method(pool, callee)) return false;
  switch (pool[bare(pool, pool.operands(callee)[0])].kind) {
    case ValueKind::List:
    case ValueKind::Record:
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Bool: return true;
    default: return false;
  }
}

// What one of several calls does. One that is not followed promises nothing.
CallResult met(std::span<const CallResult> outcomes) {
  CallResult all;
  all.understood = false;
  for (const CallResult& one : outcomes) {
    const bool is_first = &one == outcomes.data();
    all.on_return = is_first ? one.on_return : common(all.on_return, one.on_return);
    all.sets = is_first ? one.sets : common_locations(all.sets, one.sets);
    all.steps.insert(all.steps.end(), one.steps.begin(), one.steps.end());
    if (!one.understood) continue;
    all.understood = true;
    all.task = all.task || one.task;
    all.changes = one.changes;
    if (one.started == UINT32_MAX) continue;
    all.started = one.started;
    all.told_by_callback = one.told_by_callback;
  }
  return all;
}

// Whether a library says that the annotation changes what it stands at.
bool wraps(const Engine& engine, const CallInput& annotation) {
  const std::string path = engine.library_path(annotation.callee);
  const LibraryModel* model =
      path.empty() ? nullptr : find_model_any(Language::Unknown, path);
  return model != nullptr && !model->wraps.empty();
}

}  // namespace

CallResult call_value(Engine& engine, const CallInput& invocation, int depth) {
  ValuePool& pool = engine.pool();
  if (invocation.mode == CallMode::Annotate && !wraps(engine, invocation)) {
    CallResult out;
    for (std::size_t i = 0; i < pool.names(invocation.arguments).size(); ++i)
      if (pool[pool.names(invocation.arguments)[i]] == "0")
        out.value = pool.operands(invocation.arguments)[i];
    return out;
  }
  if (depth > static_cast<int>(kCallDepth)) {
    const ValueId whose = is_method(pool, invocation.callee) ? pool.operands(invocation.callee)[0]
                                                              : invocation.callee;
    if (pool.is(whose, ValueKind::Function) ||
        project_object(pool, whose).kind != ProjectObject::Kind::None)
      engine.context().note_cut(kCutCalls);
    return unknown_call(pool, invocation);
  }
  const ValueKind kind = pool[invocation.callee].kind;
  if (std::optional<CallResult> made = made_of_name(engine, invocation)) return *std::move(made);
  if (is_method(pool, invocation.callee)) return call_method(engine, invocation, depth);
  if (is_where(pool, invocation.callee)) {
    const auto parts = pool.operands(invocation.callee);
    return call_under_conditions(engine, invocation, parts[0], parts.subspan(1), depth);
  }
  if (const ValueId any = callable_by_key(pool, invocation.callee); any.exists()) {
    CallInput settled = invocation;
    settled.callee = any;
    return engine.call(settled, depth);
  }
  if (is_partial(pool, invocation.callee)) return engine.call(applied(pool, invocation), depth);
  if (kind == ValueKind::OneOf) return call_alternatives(engine, invocation, depth);
  if (kind == ValueKind::Function && invocation.mode == CallMode::Decorator)
    return decorate(engine, invocation, depth);
  if (kind == ValueKind::Function) return call_function(engine, invocation, depth);
  if (kind == ValueKind::Object &&
      project_object(pool, invocation.callee).kind == ProjectObject::Kind::Class)
    return construct(engine, invocation, depth);
  if (const auto itself = call_by_method(engine, invocation.callee, {}, invocation))
    return call_method(engine, *itself, depth + 1);
  return call_library(engine, invocation, depth);
}

CallResult call_under_conditions(Engine& engine, const CallInput& invocation, ValueId callee,
                              std::span<const ValueId> tests, int depth) {
  ValuePool& pool = engine.pool();
  CallInput settled = invocation;
  settled.callee = callee;
  CallResult out = engine.call(settled, depth);
  for (Step& step : out.steps)
    for (const ValueId test : tests) add_fact(step.holds, {test, true});
  if (out.value.exists()) out.value = where(pool, out.value, tests);
  return out;
}

CallResult call_alternatives(Engine& engine, const CallInput& invocation, int depth) {
  ValuePool& pool = engine.pool();
  if (const ValueId fitting = Overloads(engine.base(), engine.classes(), engine.types())
                                  .fitting(invocation.callee, invocation.arguments);
      fitting.exists()) {
    CallInput settled = invocation;
    settled.callee = fitting;
    return engine.call(settled, depth);
  }
  std::vector<CallResult> outcomes;
  std::vector<Alternative> values;
  const std::vector<ValueId> callees(pool.operands(invocation.callee).begin(),
                                     pool.operands(invocation.callee).end());
  const std::vector<GuardId> guards(pool.guards(invocation.callee).begin(),
                                    pool.guards(invocation.callee).end());
  const auto stands_alone = [&](ValueId one) {
    return !tells_nothing(pool, one) && !is_called_by_place(pool, one) &&
           !is_called_on_data(pool, one);
  };
  const bool has_others = std::ranges::any_of(callees, stands_alone);
  for (std::size_t i = 0; i < callees.size(); ++i) {
    if (tells_nothing(pool, callees[i])) continue;
    if (has_others && is_called_by_place(pool, callees[i])) continue;
    CallInput one = invocation;
    one.callee = callees[i];
    outcomes.push_back(engine.call(one, depth));
    if (outcomes.back().value.exists()) values.push_back({outcomes.back().value, guards[i]});
  }
  CallResult all = met(outcomes);
  all.value = values.empty() ? pool.unknown("nothing callable") : pool.one_of(values);
  return all;
}

// What stands in no table of a file's names. Interfaces of Go, all other types of which are values:
// one that is not given anything is nothing yet, and a value that is taken for one is itself.
// Variants of Rust that hold something: `Fault::Refused(reason)`. Nothing: it is something else.
std::optional<CallResult> made_of_name(Engine& engine, const CallInput& invocation) {
  ValuePool& pool = engine.pool();
  if (!invocation.at.module.exists()) return std::nullopt;
  const ValueId callee = invocation.callee;
  const Language spoken = engine.language(invocation.at.module);
  CallResult out;
  const std::vector<ValueId> given(pool.operands(invocation.arguments).begin(),
                                   pool.operands(invocation.arguments).end());
  if (traits(spoken).calls_convert && pool.is(callee, ValueKind::Hole) &&
      pool[callee].origin == Origin::Outside && pool.text(callee).starts_with("import ") &&
      given.size() < 2) {
    out.value = given.empty() ? pool.null() : given[0];
    return out;
  }
  if (!traits(spoken).variants_hold_values || !is_method(pool, callee)) return std::nullopt;
  const ValueId type = pool.operands(callee)[0];
  const std::string name(pool.text(pool.operands(callee)[1]));
  const bool is_named_so = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
  if (!is_named_so || project_object(pool, type).kind != ProjectObject::Kind::Class ||
      pool.is(engine.members().called_member(type, name), ValueKind::Function))
    return std::nullopt;
  out.value = pool.list(given, false);
  return out;
}

}  // namespace fnlint
