#include "flow/body.h"

#include "core/text.h"
#include "flow/code_queries.h"
#include "flow/walk.h"
#include "values/evaluate.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace fnlint {

namespace {

template <class Key>
using Rows = std::vector<std::pair<Key, ValueId>>;  // sorted by key

template <class Key>
auto find_row(Rows<Key>& rows, Key key) {
  return std::lower_bound(rows.begin(), rows.end(), key,
                          [](const auto& row, Key wanted) { return row.first < wanted; });
}
template <class Key>
ValueId get(const Rows<Key>& rows, Key key) {
  const auto at = find_row(const_cast<Rows<Key>&>(rows), key);
  return at != rows.end() && at->first == key ? at->second : ValueId{};
}
template <class Key>
void put(Rows<Key>& rows, Key key, ValueId value) {
  const auto at = find_row(rows, key);
  if (at != rows.end() && at->first == key)
    at->second = value;
  else
    rows.insert(at, {key, value});
}
template <class Key>
void drop(Rows<Key>& rows, Key key) {
  const auto at = find_row(rows, key);
  if (at != rows.end() && at->first == key) rows.erase(at);
}

struct BodyState {
  bool reachable = true;
  Rows<VariableId> variables = {};
  Rows<VariableId> places =
      {};                   // of locals that are another name for something that outlives the call
  Rows<ValueId> heap = {};  // fields that this body set on objects it does not own: base to Record
  FactSet facts = {};
};

class Body : public ExprContext {
 public:
  using State = BodyState;
  Body(Engine& engine, FunctionRef function)
      : engine_(engine),
        pool_(engine.pool()),
        code_(engine.facts(function.module)),
        me_(function),
        function_(code_.functions[function.function.index]),
        tables_{code_.exprs, code_.operands, code_.text, code_.strings} {}

  BodyResult run() {
    Walker<Body> walker(code_, *this);
    State state;
    if (in_initialiser() && code_.language == Language::JavaScript) begin_exports(state);
    if (function_.first.exists())
      state = walker.region(function_.first, function_.end, std::move(state));
    return finish(std::move(state));
  }
  ValueId evaluate_alone(ExprId expr) {
    State empty;
    return evaluate(expr, empty);
  }

  // The walker's domain.
  ValueId test(ExprId condition, State& state) { return evaluate(condition, state); }
  State assume(State state, ValueId test, bool holds) {
    if (!fnlint::assume(pool_, state.facts, test, holds)) state.reachable = false;
    return state;
  }
  State join(State a, const State& b);
  void widen(OpId op, State& state);
  State enter(OpId op, State state);
  State leave(OpId, State state) {
    --loops_;
    return state;
  }
  State caught(const Catch& handler, State state) {
    if (handler.caught.exists())
      put(state.variables, handler.caught,
          pool_.hole(Origin::CallResult, "caught", place_ref(handler.first)));
    return state;
  }
  void step(OpId op, State& state);

  // The evaluator's context.
  ValueId leaf(ExprId id, const Expr& expr) override;
  ValueId apply(ExprId, const Expr& expr) override {
    return pool_.unknown(code_.string(expr.name));
  }
  ValueId member_of(ValuePool&, ValueId base, std::string_view name) override;
  ValueId index_of(ValuePool&, ValueId base, ValueId index) override;

 private:
  struct Returned {
    ValueId value = {};
    FactSet facts = {};
  };
  ValueId evaluate(ExprId expr, State& state) {
    State* const outer = std::exchange(state_, &state);
    const ValueId value = fnlint::evaluate(pool_, tables_, expr, *this);
    state_ = outer;
    return value;
  }
  [[nodiscard]] std::uint64_t place_ref(OpId op) const {
    return (static_cast<std::uint64_t>(me_.module.index) << 32U) | op.index;
  }
  [[nodiscard]] std::uint64_t variable_ref(VariableId id) const {
    return (static_cast<std::uint64_t>(me_.module.index) << 32U) | id.index;
  }
  [[nodiscard]] bool in_initialiser() const { return me_.function.index == 0; }
  [[nodiscard]] bool is_mine(VariableId id) const {
    return code_.variables[id.index].owner == me_.function;
  }

  void begin_exports(State& state);
  ValueId read(VariableId id, State& state);
  ValueId typed_object(const Variable& row);
  ValueId function_value(FunctionId function, State& state);
  ValueId place_of(ExprId expr, State& state);
  ValueId class_attribute_place(const Expr& member, State& state);
  void bind(VariableId id, ValueId value, State& state);
  void assign(const Assign& row, OpId op, State& state);
  void set_path(ExprId target, ValueId value, State& state);
  void set_entry(ExprId base, ValueId key, ValueId value, State& state);
  void record_store(ValueId place, ValueId key, ValueId value, StoreKind how, OpId op,
                    State& state);
  void call(const Call& row, OpId op, State& state);
  ValueId callee_of(ExprId callee, State& state);
  CallInput invocation_of(const Call& row, OpId op, State& state);
  void add_argument(const Operand& operand, std::size_t& position, State& state,
                    std::vector<NamedValue>& arguments, std::vector<NamedValue>& places);
  void take_steps(const Outcome& outcome, State& state);
  bool take_capture(const Step& step, State& state);
  void apply_changes(const Call& row, const Outcome& outcome, State& state);
  BodyResult finish(State end);
  ValueId returned_value(bool falls_off);
  [[nodiscard]] bool all_tests() const;

  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const FunctionRef me_;
  const Function& function_;
  const ExprTables tables_;
  State* state_ = nullptr;
  Summary summary_;
  std::unordered_map<std::uint32_t, ValueId> results_;
  std::vector<Returned> returns_;
  std::vector<ValueId> yields_;
  int loops_ = 0;
};

// --- Reading.

ValueId Body::leaf(ExprId id, const Expr& expr) {
  switch (expr.kind) {
    case ExprKind::Variable: return read(VariableId{expr.ref}, *state_);
    case ExprKind::Result: {
      const auto found = results_.find(expr.ref);
      return found == results_.end() ? pool_.unknown("result of a call that was not reached")
                                     : found->second;
    }
    case ExprKind::ErrorOf:
      return pool_.hole(Origin::CallResult, "error", place_ref(OpId{expr.ref}));
    case ExprKind::Function: return function_value(FunctionId{expr.ref}, *state_);
    default:
      return pool_.hole(
          Origin::Outside, code_.string(expr.name),
          (static_cast<std::uint64_t>(me_.module.index) << 32U) | (id.index | 0x80000000U));
  }
}

ValueId Body::member_of(ValuePool&, ValueId base, std::string_view name) {
  if (const ValueId fields = get(state_->heap, base); fields.exists()) {
    const auto names = pool_.names(fields);
    for (std::size_t i = names.size(); i-- > 0;)
      if (pool_[names[i]] == name) return pool_.operands(fields)[i];
  }
  return engine_.member_of(base, name);
}

ValueId Body::index_of(ValuePool& pool, ValueId base, ValueId index) {
  if (pool_[index].kind == ValueKind::Text && get(state_->heap, base).exists())
    return member_of(pool, base, std::string(pool_.text(index)));
  return engine_.index_of(base, index);
}

ValueId Body::read(VariableId id, State& state) {
  if (const ValueId known = get(state.variables, id); known.exists()) return known;
  const Variable& row = code_.variables[id.index];
  const std::string_view name = code_.string(row.name);
  const std::uint32_t import = engine_.import_of(me_.module, id);
  if (import != UINT32_MAX) return engine_.import_value(me_.module, code_.imports[import], import);
  if (row.owner == me_.function) {
    if (row.kind == VariableKind::Receiver) return pool_.hole(Origin::Receiver, "this", pack(me_));
    if (row.kind == VariableKind::Parameter) {
      if (const ValueId typed = typed_object(row); typed.exists()) return typed;
      for (std::uint32_t i = 0; i < function_.parameters.count; ++i)
        if (code_.parameters[function_.parameters.first + i].variable == id)
          return pool_.hole(Origin::Parameter, cat(i, ':', name), pack(me_));
    }
    return pool_.absent();
  }
  if (row.owner.index == 0) return engine_.global(me_.module, id);
  return pool_.hole(Origin::Capture, name, variable_ref(id));
}

// A module begins with nothing exported.
void Body::begin_exports(State& state) {
  for (std::uint32_t v = 0; v < code_.variables.size(); ++v)
    if (code_.variables[v].owner == me_.function &&
        code_.string(code_.variables[v].name) == "exports")
      bind(VariableId{v}, pool_.record({}), state);
}

// A declared type stands for the object that its constructor's row makes: a client that is handed
// in.
ValueId Body::typed_object(const Variable& row) {
  if (!row.type.exists()) return {};
  const LibraryModel* model =
      find_library_model(code_.language, code_.string(code_.types[row.type.index].path));
  if (model == nullptr || (model->kind != LibraryClass::Client && !model->returns.starts_with('=')))
    return {};
  const std::string path = model->returns.starts_with('=') ? std::string(model->returns.substr(1))
                                                           : cat(model->path, "()");
  if (path.find('{') != std::string::npos) return {};
  return pool_.object(pack(me_), path);
}

ValueId Body::function_value(FunctionId function, State& state) {
  std::vector<NamedValue> captures;
  for (const VariableId id : engine_.captures({me_.module, function})) {
    const ValueId value = read(id, state);
    captures.push_back({pool_.string(std::to_string(variable_ref(id))), value});
  }
  return pool_.function(pack({me_.module, function}), captures);
}

// self.items, where the class has the list and no method gives the instance one of its own: shared
// by all instances.
ValueId Body::class_attribute_place(const Expr& member, State& state) {
  const Expr& base = code_.exprs[member.ref];
  if (base.kind != ExprKind::Variable || !function_.owner.exists() ||
      function_.kind == FunctionKind::ClassInit)
    return {};
  if (VariableId{base.ref} != function_.receiver || function_.kind == FunctionKind::Constructor)
    return {};
  const std::string_view name = code_.string(member.name);
  for (const Assign& row : code_.assigns) {
    const bool sets = row.target.exists() && row.mode != AssignMode::Delete &&
                      row.mode != AssignMode::Update &&
                      code_.exprs[row.target.index].kind == ExprKind::Member;
    if (!sets) continue;
    const Expr& target = code_.exprs[row.target.index];
    const Expr& owner = code_.exprs[target.ref];
    if (target.name != member.name || owner.kind != ExprKind::Variable) continue;
    const Variable& receiver = code_.variables[owner.ref];
    if (receiver.kind == VariableKind::Receiver && receiver.owner.exists() &&
        code_.functions[receiver.owner.index].kind != FunctionKind::ClassInit)
      return {};
  }
  const ValueId type = engine_.class_value(me_.module, function_.owner);
  if (pool_.operands(type).empty()) return {};
  const ValueId attributes = pool_.operands(type)[0];
  for (std::size_t i = 0; i < pool_.names(attributes).size(); ++i) {
    const ValueKind kind = pool_[pool_.operands(attributes)[i]].kind;
    if (pool_[pool_.names(attributes)[i]] != name ||
        (kind != ValueKind::List && kind != ValueKind::Record))
      continue;
    const std::array<ValueId, 2> operands{type, pool_.text_value(name)};
    return pool_.computed("member", operands);
  }
  static_cast<void>(state);
  return {};
}

// Where the object lives that an expression names, when it lives longer than this call.
ValueId Body::place_of(ExprId expr, State& state) {
  if (!expr.exists()) return {};
  const Expr& row = code_.exprs[expr.index];
  if (row.kind == ExprKind::Member)
    if (const ValueId shared = class_attribute_place(row, state); shared.exists()) return shared;
  if (row.kind == ExprKind::Member || row.kind == ExprKind::Index) {
    const ValueId base = place_of(ExprId{row.ref}, state);
    if (!base.exists()) return {};
    const ValueId key = row.kind == ExprKind::Member
                            ? pool_.text_value(code_.string(row.name))
                            : evaluate(code_.operands[row.operands.first].value, state);
    const std::array<ValueId, 2> operands{base, key};
    return pool_.computed(row.kind == ExprKind::Member ? "member" : "index", operands);
  }
  if (row.kind == ExprKind::Result) {
    const auto found = results_.find(row.ref);
    if (found != results_.end() && engine_.library_path(found->second) == "globals()")
      return found->second;
    return {};
  }
  if (row.kind != ExprKind::Variable) return {};
  const VariableId id{row.ref};
  if (const ValueId alias = get(state.places, id); alias.exists()) return alias;
  const Variable& variable = code_.variables[id.index];
  if (engine_.import_of(me_.module, id) != UINT32_MAX) {
    const std::uint32_t row_of_import = engine_.import_of(me_.module, id);
    const Import& import = code_.imports[row_of_import];
    const ImportTarget& target = engine_.program().modules[me_.module.index].imports[row_of_import];
    const bool javascript = code_.language == Language::JavaScript;
    if (target.module.exists() && (!target.whole || javascript) && !in_initialiser())
      return engine_.exported_place(target.module, code_.string(import.name));
    const ValueId value = read(id, state);
    if (pool_[value].kind == ValueKind::Object &&
        project_object(pool_, value).kind == ProjectObject::Kind::Module)
      return value;
    const std::string path = engine_.library_path(value);
    const bool is_state = path == "process" || path == "globalThis" || path == "global" ||
                          path == "os" || path == "os.environ";
    return is_state ? value : ValueId{};
  }
  if (variable.owner == me_.function) {
    if (in_initialiser() || get(state.variables, id).exists()) return {};
    const bool outlives =
        variable.kind == VariableKind::Parameter || variable.kind == VariableKind::Receiver;
    return outlives ? read(id, state) : ValueId{};
  }
  if (variable.owner.index == 0) return engine_.global_place(me_.module, id);
  return pool_.hole(Origin::Capture, code_.string(variable.name), variable_ref(id));
}

// --- Control flow.

BodyState Body::join(State a, const State& b) {
  if (!b.reachable) return a;
  if (!a.reachable) return b;
  State out;
  out.facts = common(a.facts, b.facts);
  for (const auto& [id, value] : a.variables) {
    const ValueId other = get(b.variables, id);
    if (other == value)
      out.variables.push_back({id, value});
    else if (other.exists())
      out.variables.push_back({id, pool_.join(value, other)});
    else
      out.variables.push_back(
          {id, is_mine(id) ? value : pool_.join(value, read(id, const_cast<State&>(b)))});
  }
  for (const auto& [id, value] : b.variables)
    if (!get(a.variables, id).exists())
      put(out.variables, id, is_mine(id) ? value : pool_.join(value, read(id, a)));
  for (const auto& [id, place] : a.places)
    if (get(b.places, id) == place) out.places.push_back({id, place});
  for (const auto& [base, fields] : a.heap) {
    const ValueId other = get(b.heap, base);
    out.heap.push_back(
        {base, other.exists() && other != fields ? pool_.join(fields, other) : fields});
  }
  for (const auto& [base, fields] : b.heap)
    if (!get(a.heap, base).exists()) put(out.heap, base, fields);
  return out;
}

void Body::widen(OpId op, State& state) {
  const WrittenVariables written =
      written_variables(code_, OpId{op.index + 1}, code_.ops[op.index].end);
  const auto open = [&](VariableId id, bool contents_only) {
    const ValueId value = get(state.variables, id);
    if (!value.exists()) return;
    const ValueKind kind = pool_[value].kind;
    const std::vector<ValueId> operands(pool_.operands(value).begin(), pool_.operands(value).end());
    if (kind == ValueKind::List) {
      put(state.variables, id, pool_.list(operands, true));
    } else if (kind == ValueKind::Record) {
      std::vector<NamedValue> entries;
      for (std::size_t i = 0; i < operands.size(); ++i)
        entries.push_back({pool_.names(value)[i], operands[i]});
      put(state.variables, id, pool_.record(entries, true));
    } else if (!contents_only) {
      const ValueId some =
          pool_.hole(Origin::Element, code_.string(code_.variables[id.index].name),
                     place_ref(op) ^ (static_cast<std::uint64_t>(id.index) << 44U));
      put(state.variables, id, pool_.join(value, some));
    }
  };
  for (const VariableId id : written.assigned) open(id, false);
  for (const VariableId id : written.touched) open(id, true);
}

BodyState Body::enter(OpId op, State state) {
  ++loops_;
  const Loop& row = code_.loops[code_.ops[op.index].detail];
  if (row.kind != LoopKind::Each || !row.target.exists()) return state;
  const ValueId subject = evaluate(row.subject, state);
  const ValueId one = element(pool_, subject);
  const ValueId place = place_of(row.subject, state);
  set_path(row.target, one, state);
  const Expr& target = code_.exprs[row.target.index];
  if (place.exists() && target.kind == ExprKind::Variable)
    put(state.places, VariableId{target.ref}, pool_.computed("element", std::span(&place, 1)));
  return state;
}

void Body::step(OpId op, State& state) {
  const Op& row = code_.ops[op.index];
  switch (row.kind) {
    case OpKind::Assign: assign(code_.assigns[row.detail], op, state); break;
    case OpKind::Call: call(code_.calls[row.detail], op, state); break;
    case OpKind::Await: {
      const ValueId value = evaluate(code_.awaits[row.detail].value, state);
      results_[op.index] = pool_[value].kind == ValueKind::Task ? pool_.operands(value)[0] : value;
      break;
    }
    case OpKind::Yield:
      yields_.push_back(evaluate(code_.yields[row.detail].value, state));
      results_[op.index] = pool_.hole(Origin::CallResult, "sent", place_ref(op));
      break;
    case OpKind::Define:
      results_[op.index] = engine_.class_value(me_.module, code_.defines[row.detail].type);
      break;
    case OpKind::Exit: {
      const Exit& exit = code_.exits[row.detail];
      if (exit.kind == ExitKind::Return)
        returns_.push_back(
            {exit.value.exists() ? evaluate(exit.value, state) : pool_.null(), state.facts});
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

// --- Writing.

void Body::bind(VariableId id, ValueId value, State& state) {
  put(state.variables, id, value);
  drop(state.places, id);
  if (in_initialiser()) engine_.global_state(me_.module, id).initial = value;
}

void Body::record_store(ValueId place, ValueId key, ValueId value, StoreKind how, OpId op,
                        State& state) {
  Step step;
  step.kind = StepKind::Store;
  step.store = how;
  step.at = {me_.module, op};
  step.subject = place;
  step.key = key;
  step.value = value;
  step.holds = state.facts;
  if (loops_ > 0) step.flags = kInLoop;
  if (summary_.steps.size() < kSummarySteps)
    summary_.steps.push_back(std::move(step));
  else
    summary_.evidence |= kCut;
  const Value& row = pool_[place];
  if (row.kind != ValueKind::Hole || row.origin != Origin::Global) return;
  const ModuleId module{static_cast<std::uint32_t>(row.ref >> 32U)};
  if (module.index >= engine_.program().modules.size()) return;
  GlobalState& global =
      engine_.global_state(module, VariableId{static_cast<std::uint32_t>(row.ref)});
  if (how != StoreKind::Assign && how != StoreKind::SetIfAbsent) {
    global.changed_inside = true;
    return;
  }
  bool free = true;
  for_each_below(pool_, value, [&](ValueId id) {
    const Origin origin = pool_[id].kind == ValueKind::Hole ? pool_[id].origin : Origin::None;
    if (origin == Origin::Parameter || origin == Origin::Capture || origin == Origin::Receiver ||
        origin == Origin::Global)
      free = false;
  });
  const ValueKind kind = pool_[value].kind;
  if (free && kind != ValueKind::Unknown &&
      std::find(global.stored.begin(), global.stored.end(), value) == global.stored.end() &&
      global.stored.size() < kAlternatives)
    global.stored.push_back(value);
}

void Body::assign(const Assign& row, OpId op, State& state) {
  if (row.mode == AssignMode::Evaluate) {
    evaluate(row.value, state);
    return;
  }
  ValueId value = row.value.exists() ? evaluate(row.value, state) : pool_.absent();
  const Expr& target = code_.exprs[row.target.index];
  StoreKind how = StoreKind::Assign;
  const ValueId stored = value;
  if (row.mode == AssignMode::Update) {
    how = StoreKind::Update;
    const ValueId old = evaluate(row.target, state);
    const std::array<ValueId, 2> operands{old, value};
    value = compute(pool_, operator_function(row.update), operands);
  } else if (row.mode == AssignMode::SetIfAbsent) {
    how = StoreKind::SetIfAbsent;
    value = pool_.join(evaluate(row.target, state), value);
  } else if (row.mode == AssignMode::Delete) {
    how = StoreKind::Delete;
  }
  if (target.kind == ExprKind::Variable) {
    const VariableId id{target.ref};
    const ValueId place = row.value.exists() ? place_of(row.value, state) : ValueId{};
    if (!is_mine(id)) {
      const bool module_variable = code_.variables[id.index].owner.index == 0;
      record_store(module_variable
                       ? engine_.global_place(me_.module, id)
                       : pool_.hole(Origin::Capture, code_.string(code_.variables[id.index].name),
                                    variable_ref(id)),
                   {}, stored, how, op, state);
    }
    bind(id, value, state);
    if (place.exists() && row.mode != AssignMode::Update) put(state.places, id, place);
    return;
  }
  const ValueId base_place = place_of(ExprId{target.ref}, state);
  if (base_place.exists()) {
    if (target.kind == ExprKind::Member) {
      const std::array<ValueId, 2> operands{base_place,
                                            pool_.text_value(code_.string(target.name))};
      record_store(pool_.computed("member", operands), {}, stored, how, op, state);
    } else {
      const ValueId key =
          target.operands.count > 0 && code_.operands[target.operands.first].value.exists()
              ? evaluate(code_.operands[target.operands.first].value, state)
              : ValueId{};
      record_store(base_place, key, stored,
                   how == StoreKind::Delete ? StoreKind::Remove : StoreKind::PutKey, op, state);
    }
  }
  if (row.mode != AssignMode::Delete) set_path(row.target, value, state);
}

// Lets this body's own view of a target take the value; what outlives the body was recorded before.
void Body::set_path(ExprId target, ValueId value, State& state) {
  const Expr& row = code_.exprs[target.index];
  if (row.kind == ExprKind::Variable) {
    bind(VariableId{row.ref}, value, state);
  } else if (row.kind == ExprKind::Member) {
    set_entry(ExprId{row.ref}, pool_.text_value(code_.string(row.name)), value, state);
  } else if (row.kind == ExprKind::Index && row.operands.count > 0) {
    set_entry(ExprId{row.ref}, evaluate(code_.operands[row.operands.first].value, state), value,
              state);
  }
}

void Body::set_entry(ExprId base, ValueId key, ValueId value, State& state) {
  const ValueId old = evaluate(base, state);
  const ValueKind kind = pool_[old].kind;
  if (kind == ValueKind::Record || kind == ValueKind::List) {
    const Expr& row = code_.exprs[base.index];
    const ValueId changed = with_entry(pool_, old, key, value);
    if (row.kind == ExprKind::Variable)
      put(state.variables, VariableId{row.ref}, changed);
    else
      set_path(base, changed, state);
    if (in_initialiser() && row.kind == ExprKind::Variable)
      engine_.global_state(me_.module, VariableId{row.ref}).initial = changed;
    return;
  }
  if (pool_[key].kind != ValueKind::Text) return;
  const ProjectObject object = project_object(pool_, old);
  if (object.kind == ProjectObject::Kind::Instance &&
      code_.exprs[base.index].kind == ExprKind::Variable && !pool_.operands(old).empty()) {
    const ValueId fields = with_entry(pool_, pool_.operands(old)[0], key, value);
    put(state.variables, VariableId{code_.exprs[base.index].ref},
        pool_.object(pool_[old].ref, pool_.text(old), std::span(&fields, 1)));
    return;
  }
  const ValueId fields = get(state.heap, old);
  put(state.heap, old,
      with_entry(pool_, fields.exists() ? fields : pool_.record({}, true), key, value));
}

// --- Calls.

void Body::add_argument(const Operand& operand, std::size_t& position, State& state,
                        std::vector<NamedValue>& arguments, std::vector<NamedValue>& places) {
  const ValueId value = evaluate(operand.value, state);
  const Value& row = pool_[value];
  if (operand.spread == 1 && row.kind == ValueKind::List && row.ref == 0) {
    const std::vector<ValueId> items(pool_.operands(value).begin(), pool_.operands(value).end());
    for (const ValueId item : items)
      arguments.push_back({pool_.string(std::to_string(position++)), item});
    return;
  }
  if (operand.spread == 1) {
    arguments.push_back({pool_.string("*"), value});
    return;
  }
  if (operand.spread == 2) {
    if (row.kind == ValueKind::Record)
      for (std::size_t i = 0; i < pool_.operands(value).size(); ++i)
        arguments.push_back({pool_.names(value)[i], pool_.operands(value)[i]});
    if (row.kind != ValueKind::Record || row.ref == 1)
      arguments.push_back({pool_.string("**"), value});
    return;
  }
  const StringId name = operand.name.exists() ? pool_.string(code_.string(operand.name))
                                              : pool_.string(std::to_string(position++));
  arguments.push_back({name, value});
  if (const ValueId place = place_of(operand.value, state); place.exists())
    places.push_back({name, place});
}

// A function or class that a member holds is called itself; any other member is a method of its
// base.
ValueId Body::callee_of(ExprId callee, State& state) {
  const ValueId value = evaluate(callee, state);
  const Expr& row = code_.exprs[callee.index];
  if (row.kind != ExprKind::Member || pool_[value].kind == ValueKind::Function) return value;
  if (project_object(pool_, value).kind == ProjectObject::Kind::Class) return value;
  const ValueId base = evaluate(ExprId{row.ref}, state);
  const Value& receiver = pool_[base];
  if (receiver.kind == ValueKind::Hole && receiver.origin == Origin::Library)
    return value;  // a module's function
  return method_value(pool_, base, pool_.text_value(code_.string(row.name)));
}

CallInput Body::invocation_of(const Call& row, OpId op, State& state) {
  std::vector<NamedValue> arguments, places;
  std::size_t position = 0;
  for (const Operand& operand : code_.operands_of(row.arguments))
    add_argument(operand, position, state, arguments, places);
  CallInput invocation{.callee = callee_of(row.callee, state),
                       .arguments = pool_.record(arguments),
                       .places = pool_.record(places),
                       .receiver_place = {},
                       .mode = row.mode,
                       .at = {me_.module, op},
                       .in_init = in_initialiser()};
  const Expr& callee = code_.exprs[row.callee.index];
  if (callee.kind == ExprKind::Member)
    invocation.receiver_place = place_of(ExprId{callee.ref}, state);
  return invocation;
}

void Body::call(const Call& row, OpId op, State& state) {
  const CallInput invocation = invocation_of(row, op, state);
  const Outcome outcome = engine_.call(invocation, 0);
  results_[op.index] = outcome.value.exists() ? outcome.value : pool_.absent();
  take_steps(outcome, state);
  apply_changes(row, outcome, state);
  for (const Fact& fact : outcome.on_return)
    if (!fnlint::assume(pool_, state.facts, fact.test, fact.holds)) state.reachable = false;
  if (!outcome.returns) state.reachable = false;
}

// A closure that ran here may have changed our own variables.
bool Body::take_capture(const Step& step, State& state) {
  if (step.kind != StepKind::Store) return false;
  ValueId root = step.subject;
  while (pool_[root].kind == ValueKind::Computed && !pool_.operands(root).empty())
    root = pool_.operands(root)[0];
  const Value& row = pool_[root];
  if (row.kind != ValueKind::Hole || row.origin != Origin::Capture) return false;
  if (ModuleId{static_cast<std::uint32_t>(row.ref >> 32U)} != me_.module) return false;
  const VariableId id{static_cast<std::uint32_t>(row.ref)};
  if (!is_mine(id)) return false;
  if (root == step.subject && step.store == StoreKind::Assign && step.value.exists())
    put(state.variables, id, pool_.join(read(id, state), step.value));
  else if (root == step.subject && step.store == StoreKind::Append && step.value.exists()) {
    const ValueId old = read(id, state);
    std::vector<ValueId> items;
    if (pool_[old].kind == ValueKind::List)
      items.assign(pool_.operands(old).begin(), pool_.operands(old).end());
    items.push_back(step.value);
    put(state.variables, id, pool_.list(items, true));
  } else {
    put(state.variables, id,
        pool_.join(read(id, state), pool_.hole(Origin::Element, "changed by a callback", row.ref)));
  }
  return true;
}

void Body::take_steps(const Outcome& outcome, State& state) {
  for (const Step& step : outcome.steps) {
    if (take_capture(step, state)) continue;
    if (summary_.steps.size() >= kSummarySteps) {
      summary_.evidence |= kCut;
      return;
    }
    Step mine = step;
    for (const Fact& fact : state.facts) add_fact(mine.holds, fact);
    if (loops_ > 0) mine.flags |= kInLoop;
    if (in_initialiser()) mine.flags |= kInInit;
    if (mine.kind == StepKind::Store && mine.via.empty() && mine.subject.exists() &&
        mine.at.module == me_.module) {
      const Step again = mine;
      record_store(again.subject, again.key, again.value.exists() ? again.value : pool_.absent(),
                   again.store, again.at.op, state);
      summary_.steps.back().library = again.library;
      summary_.steps.back().holds = again.holds;
      continue;
    }
    summary_.steps.push_back(std::move(mine));
  }
}

void Body::apply_changes(const Call& row, const Outcome& outcome, State& state) {
  for (const Change& change : outcome.changes) {
    ExprId target;
    const Expr& callee = code_.exprs[row.callee.index];
    if (change.into_receiver && callee.kind == ExprKind::Member) target = ExprId{callee.ref};
    if (!change.into_receiver) {
      std::size_t position = 0;
      for (const Operand& operand : code_.operands_of(row.arguments))
        if (std::to_string(position++) == change.argument) target = operand.value;
    }
    if (!target.exists() || !root_variable(code_, target).exists()) continue;
    const ValueId old = evaluate(target, state);
    const Value& value = pool_[old];
    if (value.kind != ValueKind::List && value.kind != ValueKind::Record) continue;
    ValueId changed;
    const std::vector<ValueId> operands(pool_.operands(old).begin(), pool_.operands(old).end());
    if (change.how == StoreKind::Append && value.kind == ValueKind::List && change.value.exists()) {
      std::vector<ValueId> items = operands;
      items.push_back(change.value);
      changed = pool_.list(items, value.ref == 1);
    } else if (change.how == StoreKind::PutKey && change.key.exists() && change.value.exists()) {
      changed = with_entry(pool_, old, change.key, change.value);
    } else if (value.kind == ValueKind::List) {
      changed = pool_.list(operands, true);
    } else {
      std::vector<NamedValue> entries;
      for (std::size_t i = 0; i < operands.size(); ++i)
        entries.push_back({pool_.names(old)[i], operands[i]});
      const bool merges = change.value.exists() && pool_[change.value].kind == ValueKind::Record;
      if (merges)
        for (std::size_t i = 0; i < pool_.operands(change.value).size(); ++i)
          entries.push_back({pool_.names(change.value)[i], pool_.operands(change.value)[i]});
      changed = pool_.record(entries, !merges || pool_[change.value].ref == 1 || value.ref == 1);
    }
    const VariableId direct = code_.exprs[target.index].kind == ExprKind::Variable
                                  ? VariableId{code_.exprs[target.index].ref}
                                  : VariableId{};
    if (direct.exists()) {
      put(state.variables, direct, changed);
      if (in_initialiser()) engine_.global_state(me_.module, direct).initial = changed;
    } else {
      set_path(target, changed, state);
    }
  }
}

// --- The end.

bool Body::all_tests() const {
  return std::all_of(returns_.begin(), returns_.end(), [&](const Returned& one) {
    const Value& value = pool_[one.value];
    return value.kind == ValueKind::Bool || value.kind == ValueKind::Null ||
           (value.kind == ValueKind::Computed && is_test(pool_.text(one.value)));
  });
}

// A predicate is its returns' conditions: "returns true where key starts with out/" is that test.
ValueId Body::returned_value(bool falls_off) {
  if ((function_.flags & kGenerator) != 0) return pool_.list(yields_, true);
  if (returns_.empty()) return pool_.null();
  constexpr std::size_t kReturns = 4;
  const bool conditional = returns_.size() > 1 || falls_off;
  if (conditional && returns_.size() <= kReturns && all_tests()) {
    std::vector<ValueId> either;
    for (const Returned& one : returns_) {
      std::vector<ValueId> all;
      for (const Fact& fact : one.facts)
        all.push_back(fact.holds ? fact.test : compute(pool_, "not", std::span(&fact.test, 1)));
      all.push_back(pool_[one.value].kind == ValueKind::Null ? pool_.boolean(false) : one.value);
      either.push_back(all.size() == 1 ? all[0] : compute(pool_, "and", all));
    }
    return either.size() == 1 ? either[0] : compute(pool_, "or", either);
  }
  ValueId joined = falls_off ? pool_.null() : ValueId{};
  for (const Returned& one : returns_) joined = pool_.join(joined, one.value);
  return joined;
}

BodyResult Body::finish(State end) {
  summary_.returned = returned_value(end.reachable);
  bool first = true;
  if (end.reachable) {
    summary_.on_return = end.facts;
    first = false;
  }
  for (const Returned& one : returns_) {
    summary_.on_return = first ? one.facts : common(summary_.on_return, one.facts);
    first = false;
  }
  summary_.returns = end.reachable || !returns_.empty() || function_.first == function_.end;
  if ((function_.flags & kBroken) != 0) summary_.evidence |= kBrokenSource;
  BodyResult result;
  result.summary = std::move(summary_);
  result.variables = std::move(end.variables);
  return result;
}

}  // namespace

BodyResult walk_body(Engine& engine, FunctionRef function) { return Body(engine, function).run(); }

ValueId default_value(Engine& engine, FunctionRef function, ExprId fallback) {
  return Body(engine, function).evaluate_alone(fallback);
}

}  // namespace fnlint
