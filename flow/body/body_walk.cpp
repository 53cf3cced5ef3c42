// The lattice of the forward pass: expressions become values, and the states of two paths are
// joined where they meet.

#include "flow/body/body_walk.h"

#include "core/text.h"
#include "flow/engine/body.h"
#include "flow/engine/rounds.h"
#include "flow/state/joined.h"
#include "flow/state/named_entry.h"
#include "flow/syntax/pointers.h"
#include "model/language_traits.h"
#include "values/answers.h"
#include "values/where.h"

#include <algorithm>
#include <iterator>
#include <optional>

namespace fnlint {

namespace {

// What the runtime gives is JSON: what decodes all of it does not fail.
bool is_whole_event(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Event &&
         pool.text(value).empty();
}

// Data that is written as JSON: what cannot be written, a channel or a function, no record of the
// program holds.
bool is_written_data(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Computed) && pool.opcode(value) == Opcode::JsonEncode;
}

// Marks an expression's number, so that it is none of an op's.
constexpr std::uint32_t kOfExpression = 0x80000000U;

}  // namespace

ValueId Body::leaf(ExprId id, const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Variable:
      if (id != merged_) found_.note_found(id, expr, false, *state_);
      return scope_.read(VariableId{expr.ref}, *state_);
    case ExprKind::Result: {
      const auto found = results_.find(expr.ref);
      if (found == results_.end() && scope_.alone)
        if (const ValueId kept = engine_.summaries().kept_default({scope_.me.module, OpId{expr.ref}}); kept.exists())
          return kept;
      if (found == results_.end()) return pool_.unknown("result of a call that was not reached");
      if (!scope_.alone && engine_.index().parts_of_values(scope_.me.module)[id.index])
        found_.note_whole(id, found->second, *state_);
      return found->second;
    }
    case ExprKind::ErrorOf: {
      const auto found = results_.find(expr.ref);
      if (found != results_.end() &&
          (is_whole_event(pool_, found->second) || is_written_data(pool_, found->second)))
        return pool_.null();
      return pool_.hole(Origin::CallResult, "error", scope_.place_ref(OpId{expr.ref}));
    }
    case ExprKind::Function: return scope_.function_value(FunctionId{expr.ref}, *state_);
    default:
      return pool_.hole(Origin::Outside, code_.string(expr.name),
                        pack(scope_.me.module, ExprId{id.index | kOfExpression}));
  }
}

// The receiver as the base class has it, of the class around this function.
ValueId Body::super_of(ValueId receiver) {
  FunctionId around = scope_.me.function;
  while (around.exists() && !code_.functions[around.index].owner.exists())
    around = code_.functions[around.index].parent;
  return around.exists()
             ? fnlint::super_of(pool_, receiver,
                                {ProjectObject::Kind::Class, scope_.me.module,
                                 code_.functions[around.index].owner})
             : engine_.member_of(receiver, kSuper);
}

// What this body has set under the name on an object that it does not own; no id: nothing.
ValueId Body::set_here(ValueId base, std::string_view name) {
  const ValueId fields = get(state_->heap, base);
  return fields.exists() ? named_entry(pool_, fields, name) : ValueId{};
}

ValueId Body::member_of(ValuePool&, ValueId base, std::string_view name) {
  if (name == kSuper) return super_of(base);
  if (const ValueId set = set_here(base, name); set.exists()) return set;
  if (const ValueId client = engine_.types().declared_client(base, name); client.exists())
    return client;
  return anew(engine_.member_of(base, name));
}

// `DateTime.Now` gives another time each time that it is read.
ValueId Body::anew(ValueId value) {
  const Value& row = pool_[value];
  const bool is_taken = row.kind == ValueKind::Hole && row.ref == pack(CallSite{}) &&
                        (row.origin == Origin::Clock || row.origin == Origin::Fresh);
  if (!is_taken || !summary_.current().exists()) return value;
  const std::string text(pool_.text(value));
  return pool_.hole(row.origin, text, pack(CallSite{scope_.me.module, summary_.current()}));
}

ValueId Body::index_of(ValuePool&, ValueId base, ValueId index) {
  if (pool_[index].kind == ValueKind::Text)
    if (const ValueId set = set_here(base, std::string(pool_.text(index))); set.exists())
      return set;
  return engine_.members().index_of(base, index);
}

ValueId Body::is_of(ValuePool& pool, ValueId value, std::string_view type) {
  std::vector<ValueId> operands{value, pool.text_value(type)};
  if (const ValueId classes = engine_.classes().classes_that_are(scope_.me.module, type); classes.exists())
    operands.push_back(classes);
  return compute(pool, Opcode::TypeIs, operands);
}

// An empty collection is false in some languages.
ValueId Body::as_asked(ValuePool& pool, ValueId value) {
  if (!traits(code_.language).empty_is_false || !value.exists()) return value;
  const auto is_empty = [&](ValueId one) {
    const Value& row = pool[one];
    return (row.kind == ValueKind::List || row.kind == ValueKind::Record) && row.ref == 0 &&
           pool.operands(one).empty();
  };
  if (!pool.is(value, ValueKind::OneOf)) return is_empty(value) ? pool.boolean(false) : value;
  if (!pool.conditioned(value)) return value;
  std::vector<Alternative> ways;
  for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
    const ValueId way = pool.operands(value)[i], inner = fnlint::bare(pool, way);
    const ValueId asked = is_empty(inner) ? pool.boolean(false) : inner;
    ways.push_back({is_where(pool, way) ? where(pool, asked, pool.operands(way).subspan(1)) : asked,
                    pool.guards(value)[i]});
  }
  return pool.one_of(ways);
}

// A module begins with nothing exported.
void Body::begin_exports(State& state) {
  for (std::uint32_t v = 0; v < code_.variables.size(); ++v)
    if (code_.variables[v].owner == scope_.me.function &&
        code_.string(code_.variables[v].name) == "exports")
      bind(VariableId{v}, pool_.record({}), state);
}

// What comes later in this body is not followed: it may do anything, and return.
BodyState Body::cut_here(State state) {
  summary_.note_cut();
  if (!std::exchange(ends_early_, true))
    returns_.push_back({pool_.hole(Origin::Outside, "what is not followed"), {}, summary_.current(), {}, {}});
  state.reachable = false;
  return state;
}

std::vector<VariableId> Body::variables_with_ways(ExprId condition, const State& state) const {
  std::vector<VariableId> found;
  visit_parts(code_, condition, [&](const Expr& row) {
    if (row.kind != ExprKind::Variable) return;
    const ValueId value = get(state.variables, VariableId{row.ref});
    if (value.exists() && has_ways(pool_, value)) found.emplace_back(row.ref);
  });
  return found;
}

// What a variable is where a test has told which of its ways was taken.
void Body::narrow(VariableId variable, State& state) {
  FactAnswers answers(pool_, state.facts);
  const auto hold = [&](std::span<const ValueId> tests) { return answers.to_all(tests); };
  const ValueId left = settled_by(pool_, get(state.variables, variable), hold);
  const bool is_sure =
      !has_ways(pool_, left) && std::ranges::all_of(conditions_of(pool_, left), [&](ValueId test) {
        return answers.to(test) == Answer::Yes;
      });
  put(state.variables, variable, is_sure ? without_conditions(pool_, left) : left);
}

// Lists that the calls of a loop change where they are given to a builtin: `append(keys, key)`.
void Body::add_given_to_builtins(OpId op, State& state, std::vector<VariableId>& out) {
  for (OpId at{op.index + 1}; at < code_.ops[op.index].end; ++at.index) {
    if (code_.ops[at.index].kind != OpKind::Call) continue;
    const Call& row = code_.calls[code_.ops[at.index].detail];
    const Expr& callee = code_.exprs[row.callee.index];
    if (callee.kind != ExprKind::Variable) continue;
    const std::string path = engine_.library_path(scope_.read(VariableId{callee.ref}, state));
    const LibraryModel* model = path.empty() ? nullptr : find_library_model(code_.language, path);
    if (model == nullptr || model->into != "0" || row.arguments.count == 0) continue;
    const VariableId root = root_variable(code_, code_.operands_of(row.arguments)[0].value);
    if (root.exists()) out.push_back(root);
  }
}

// Whether a loop takes elements out of what the variable holds: `queue.pop()`.
bool Body::takes_out(OpId op, VariableId id) const {
  for (OpId at{op.index + 1}; at < code_.ops[op.index].end; ++at.index) {
    if (code_.ops[at.index].kind != OpKind::Call) continue;
    const Expr& callee = code_.exprs[code_.calls[code_.ops[at.index].detail].callee.index];
    if (callee.kind != ExprKind::Member || root_variable(code_, ExprId{callee.ref}) != id) continue;
    const LibraryModel* const model =
        find_library_model(code_.language, cat("*.", code_.string(callee.name)));
    if (model != nullptr && (model->store == StoreHow::Remove || model->store == StoreHow::Clear))
      return true;
  }
  return false;
}

void Body::widen(OpId op, OpId first, OpId end, State& state) {
  WrittenVariables written = written_variables(code_, first, end);
  if (code_.ops[op.index].kind == OpKind::Loop) written.assigned = carried_variables(code_, op);
  add_given_to_builtins(op, state, written.touched);
  // No test tells which round it is. Of a counter none has to: each of its elements has its round.
  const auto put_widened = [&](VariableId id, ValueId value) {
    const bool counts = pool_.is(get(state.variables, id), ValueKind::Number);
    put(state.variables, id, counts ? value : pool_.with_evidence(value, kUngated));
  };
  const auto open = [&](VariableId id, bool contents_only) {
    const ValueId value = get(state.variables, id);
    if (!value.exists()) return;
    const ValueKind kind = pool_[value].kind;
    const std::vector<ValueId> operands(pool_.operands(value).begin(), pool_.operands(value).end());
    if (is_many(pool_, value) && (contents_only || only_grows(code_, op, id))) {
      // In later rounds it may be empty, whatever it was before.
      if (takes_out(op, id)) put_widened(id, pool_.join(value, pool_.list({}, false)));
    } else if (kind == ValueKind::List && operands.empty() &&
               (contents_only || only_grows(code_, op, id))) {
      put_widened(id, many(pool_, operands));
    } else if (kind == ValueKind::List) {
      put_widened(id, pool_.list(operands, true));
    } else if (kind == ValueKind::Record) {
      std::vector<NamedValue> entries;
      for (std::size_t i = 0; i < operands.size(); ++i)
        entries.push_back({pool_.names(value)[i], operands[i]});
      put_widened(id, pool_.record(entries, true));
    } else if (!contents_only) {
      const ValueId some = pool_.hole(Origin::Element, code_.string(code_.variables[id.index].name),
                                      pack(HoleAt{{scope_.me.module, op}, id}));
      put_widened(id, pool_.join(value, some));
    }
  };
  for (const VariableId id : written.assigned) open(id, false);
  for (const VariableId id : written.touched)
    if (!std::ranges::binary_search(written.assigned, id)) open(id, true);
}

namespace {

// `event["Records"]`, `event.getRecords()`: it is there, or that raises. With a default,
// `event.get("Records", [])`, other events may come as well.
bool has_no_default(const CodeFacts& code, ExprId subject) {
  const Expr& row = code.exprs[subject.index];
  if (row.kind == ExprKind::Member || row.kind == ExprKind::Index) return row.detail == 0;
  return row.kind == ExprKind::Result && code.ops[row.ref].kind == OpKind::Call &&
         code.calls[code.ops[row.ref].detail].arguments.count == 0;
}

}  // namespace

BodyState Body::enter(OpId op, State state) {
  const Loop& row = code_.loops[code_.ops[op.index].detail];
  loops_.enter(op, state.facts, row.target);
  const auto value_of = [&](ExprId expr) { return evaluate(expr, state); };
  LoopTurns& turns = loops_.innermost();
  turns.rounds = rounds_of(pool_, code_, scope_.function, op, value_of);
  note_tasks_read(row.subject, state);
  if (row.awaits_each != 0) summary_.note_pause(state.facts);
  if (row.kind != LoopKind::Each || !row.target.exists()) return state;
  ValueId subject = evaluate(row.subject, state);
  found_.note_whole(row.subject, subject, state);
  const std::string_view of_map = traits(code_.language).loop_over_map;
  if (!of_map.empty() && pool_.is(subject, ValueKind::Record))
    subject = compute(pool_, of_map, std::span(&subject, 1));
  Conditioned met = taken_apart(pool_, element(pool_, subject));
  // Nothing tells whether the loop comes as far as that one of several elements.
  if (pool_.is(met.value, ValueKind::OneOf) && may_end_early(code_, op))
    met.value = pool_.with_evidence(met.value, kUngated);
  for (const ValueId test : met.tests)
    if (!fnlint::assume(pool_, state.facts, test, true)) state.reachable = false;
  // A turn is a test like any other: there may be nothing to go over. Of ranges nothing is known.
  const bool known =
      !pool_.is(subject, ValueKind::Unknown) && pool_[subject].origin != Origin::Outside;
  if (known && !scope_.in_initialiser()) {
    const ValueId has_items = compute(pool_, Opcode::HasItems, std::span(&subject, 1));
    const Answer has = truth(pool_, has_items);
    if (has == Answer::Unknown) {
      turns.test = has_items;
      add_fact(state.facts, {has_items, true});
    }
    if (has == Answer::No) state.reachable = false;
    const bool is_whole = pool_.is(subject, ValueKind::List) && pool_[subject].ref == 0;
    turns.all_alike =
        pool_.is(subject, ValueKind::Hole) && has_no_default(code_, row.subject);
    if (has == Answer::Yes && (is_whole || turns.all_alike)) turns.surely = true;
  }
  const ValueId place = places_.place_of(row.subject, state);
  set_path(row.target, met.value, state);
  const Expr& target = code_.exprs[row.target.index];
  if (target.kind == ExprKind::Variable) found_.note_set(scope_.module_place(VariableId{target.ref}), state);
  if (place.exists() && target.kind == ExprKind::Variable)
    put(state.places, VariableId{target.ref},
        pool_.computed(Opcode::Element, std::span(&place, 1)));
  return state;
}

BodyState Body::leave(OpId, State state) {
  const auto [before, turns] = loops_.leave();
  // Several elements are one value here: what holds of the last of them is not said of all.
  if (!turns.surely) return state;
  if (turns.all_alike) {
    state.facts = common(state.facts, before);
    return state;
  }
  FactSet facts;
  for (Fact fact : state.facts) {
    bool is_one_of_several = false;
    for_each_below(pool_, fact.test, [&](ValueId id) {
      is_one_of_several = is_one_of_several || pool_.is(id, ValueKind::OneOf);
    });
    if (is_one_of_several && !std::ranges::binary_search(before, fact))
      fact.test = pool_.with_evidence(fact.test, kUngated);
    add_fact(facts, fact);
  }
  state.facts = std::move(facts);
  return state;
}

void Body::visited(ExprId id, ValueId base, ValueId value) {
  if (scope_.alone || state_ == nullptr || is_left_out_) return;
  if (id == unread_) called_on_ = base;
  const Expr& row = code_.exprs[id.index];
  const bool is_member = row.kind == ExprKind::Member;
  if (id != merged_) {
    if (is_member) found_.note_found(id, row, id == unread_, *state_);
    found_.note_field(id, row, base, value, *state_);
  }
  if (is_member) take_property(id, base);
  if (is_variable(pool_, base)) {  // the variable itself has been read
    if (is_member && row.detail == 1) presence_.ask(base, state_);  // `base?.name`
    return;
  }
  if (id != unread_) reads_.note_part(id, base, value, *state_);
}

void Body::step(OpId op, State& state) {
  summary_.meet(op);
  const Op& row = code_.ops[op.index];
  if (!state.running.empty())
    visit_expressions(code_, op, [&](ExprId expr) { note_tasks_read(expr, state); });
  switch (row.kind) {
    case OpKind::Assign: assign(code_.assigns[row.detail], op, state); break;
    case OpKind::Call: call(code_.calls[row.detail], op, state); break;
    case OpKind::Await: {
      const ValueId value = evaluate(code_.awaits[row.detail].value, state);
      if (!is_task(code_.awaits[row.detail].value)) take_wait(op, state);
      take_awaited_list(op, state);
      summary_.note_pause(state.facts);
      summary_.pass_wait();
      results_[op.index] = pool_[value].kind == ValueKind::Task ? pool_.operands(value)[0] : value;
      break;
    }
    case OpKind::Yield:
      yields_.push_back(
          loops_.appended_here(evaluate(code_.yields[row.detail].value, state), state.facts));
      results_[op.index] = pool_.hole(Origin::CallResult, "sent", scope_.place_ref(op));
      break;
    case OpKind::Define:
      results_[op.index] = engine_.class_value(scope_.me.module, code_.defines[row.detail].type);
      break;
    case OpKind::Exit: {
      const Exit& exit = code_.exits[row.detail];
      if (exit.kind == ExitKind::Raise) note_dropped_return(op, state);
      if (exit.kind != ExitKind::Return) break;
      if (is_task(exit.value) && !asks_for_task(state.facts)) {
        summary_.summary().task = true;
        summary_.note_pause(state.facts);
      }
      const ValueId value = exit.value.exists() ? evaluate(exit.value, state) : pool_.null();
      const ValueId place = returned_place(exit.value, value, state);
      returns_.push_back({value, state.facts, op, state.sets, place});
      leave_tasks(op, state);
      break;
    }
    case OpKind::Opaque: {
      const Slice<VariableId> slice = code_.opaques[row.detail].may_write;
      for (std::uint32_t i = 0; i < slice.count; ++i)
        bind(code_.written[slice.first + i], pool_.unknown("syntax that is not understood"), state);
      break;
    }
    default: break;
  }
}

BodyResult walk_body(Engine& engine, FunctionRef function, std::span<const ValueId> given) {
  return Body(engine, function, given, false).run();
}

ValueId default_value(Engine& engine, FunctionRef function, ExprId fallback) {
  return Body(engine, function, {}, true).evaluate_alone(fallback);
}

}  // namespace fnlint
