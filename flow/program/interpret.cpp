// Control flow of the interpreter: statements, loops, both arms of an undecided branch, and the
// conditions of the path that is being followed.

#include "flow/program/interpret.h"

#include "core/text.h"
#include "flow/syntax/pointers.h"
#include "model/language_traits.h"

#include <array>

namespace fnlint {

bool Interpreter::spend() {
  if (steps_left_ == 0) stop("the program takes more steps than are followed");
  if (exhausted()) stop("the program makes more values than are followed");
  if (!stopped_.empty()) return false;
  --steps_left_;
  return true;
}

void Interpreter::stop(std::string why) {
  if (stopped_.empty()) stopped_ = std::move(why);
}

void Interpreter::keep_result(FrameId frame, OpId op, DatumId value) {
  if (at(frame).results.insert_or_assign(op.index, value).second) bytes_ += kEntryBytes;
}

void Interpreter::run(ModuleId entry) {
  entry_ = entry;
  run_module(entry);
  if (traits(facts(entry).language).starts_by_main) start_main(entry);
}

// A Java class's main, which no module's initialiser calls; Kotlin's is a function of the file.
void Interpreter::start_main(ModuleId entry) {
  const FrameId frame = modules_[entry.index].frame;
  const std::vector<PathTest> outer = std::exchange(path_, {});
  Arguments none;
  none.given = {{.name = "0", .value = list({}, true)}};
  const std::unordered_map<std::string_view, VariableId> names = modules_[entry.index].names;
  for (std::uint32_t i = 0; i < facts(entry).variables.size(); ++i) {
    const auto named = names.find(facts(entry).string(facts(entry).variables[i].name));
    if (named == names.end() || named->second.index != i) continue;
    const DatumId value = read(frame, named->second);
    DatumId main = named->first == "main" ? value : DatumId{};
    if (is(value, DatumKind::Class) && slot(value, "main") != nullptr)
      main = class_member(value, "main", {});
    if (is(main, DatumKind::Function)) {
      call_function(main, none, {entry, {}});
      break;
    }
  }
  path_ = outer;
}

std::size_t Interpreter::enter(ConditionId condition, bool holds) {
  const std::size_t before = path_.size();
  // Choices inside of choices have many ways through them: each counts as if it were kept.
  bytes_ += sizeof(Datum) + before * sizeof(PathTest);
  path_.push_back({condition, holds, {}, {}});
  return before;
}

// A function that raises on all its ways, where nothing has to hold for it to be called.
void Interpreter::function_body(FrameId frame) {
  const FunctionRef ref = at(frame).function;
  const Function& function = facts(ref.module).functions[ref.function.index];
  if (!function.first.exists()) return;
  const bool surely = path_.empty();
  const Flow flow = region(frame, function.first, function.end);
  if (surely && !flow.falls && flow.kind == ExitKind::Raise && !raised_.module.exists())
    raised_ = last_raise_;
}

Interpreter::Flow Interpreter::region(FrameId frame, OpId first, OpId end) {
  const CodeFacts& code = facts(at(frame).function.module);
  if (++nesting_ > kNested) {
    stop("the program is nested too deeply");
    --nesting_;
    return {.falls = false, .kind = ExitKind::Stop};
  }
  Flow flow;
  for (OpId op = first; op < end && flow.falls; op = code.ops[op.index].end) {
    flow = spend() ? step(frame, op) : Flow{.falls = false, .kind = ExitKind::Stop};
  }
  --nesting_;
  return flow;
}

Interpreter::Flow Interpreter::step(FrameId frame, OpId at_op) {
  const ModuleId module = at(frame).function.module;
  const CodeFacts& code = facts(module);
  const Op& op = code.ops[at_op.index];
  const CodePlace outer = std::exchange(place_, {module, code.op_ranges[at_op.index]});
  Flow flow;
  switch (op.kind) {
    case OpKind::Assign: assign(frame, at_op); break;
    case OpKind::Call: call_op(frame, at_op); break;
    case OpKind::Await: {
      const DatumId value = evaluate(frame, code.awaits[op.detail].value);
      keep_result(frame, at_op, value);
      break;
    }
    case OpKind::Yield: {
      const DatumId value = evaluate(frame, code.yields[op.detail].value);
      if (at(frame).yields.size() < kItems) at(frame).yields.push_back({.value = value});
      keep_result(frame, at_op, absent());
      break;
    }
    case OpKind::Branch: flow = branch(frame, at_op); break;
    case OpKind::Loop: flow = loop(frame, at_op); break;
    case OpKind::Try: flow = attempt(frame, at_op); break;
    case OpKind::Block: {
      const std::size_t before = path_.size();
      flow = region(frame, OpId{at_op.index + 1}, op.end);
      flow = behind_block(before, at_op, flow);
      break;
    }
    case OpKind::Exit: flow = exit(frame, at_op); break;
    case OpKind::Define: {
      const DatumId type = define(frame, code.defines[op.detail].type);
      keep_result(frame, at_op, type);
      // A class sees its own name while it is made: `static final Kind BOTH = new Kind()`.
      if (traits(code.language).methods_come_first && is_assigned_result(code, op.end, at_op))
        assign(frame, op.end);
      initialise_class(frame, type);
      break;
    }
    case OpKind::Opaque: {
      const Slice<VariableId> written = code.opaques[op.detail].may_write;
      for (std::uint32_t i = 0; i < written.count; ++i)
        bind(frame, code.written[written.first + i], unknown("syntax that is not understood"));
      break;
    }
  }
  place_ = outer;
  return flow;
}

Interpreter::Flow Interpreter::exit(FrameId frame, OpId at_op) {
  const CodeFacts& code = facts(at(frame).function.module);
  const Exit& row = code.exits[code.ops[at_op.index].detail];
  if (row.kind == ExitKind::Return) {
    const DatumId value = row.value.exists() ? evaluate(frame, row.value) : absent();
    Frame& here = at(frame);
    const std::size_t from = std::min(here.path, path_.size());
    here.returns.push_back(
        {{path_.begin() + static_cast<std::ptrdiff_t>(from), path_.end()}, value});
  }
  if (row.kind == ExitKind::Raise) last_raise_ = place_;
  return {.falls = false, .kind = row.kind, .target = row.target};
}

// What is left of a block's path behind it. Ways that went to its end go on, also where the last
// one left it for good: `if (a || b()) return` is a block that is left where neither holds.
Interpreter::Flow Interpreter::behind_block(std::size_t before, OpId block, const Flow& flow) {
  const std::size_t from = std::min(before, path_.size());
  const std::vector<PathTest> inside(path_.begin() + static_cast<std::ptrdiff_t>(from),
                                     path_.end());
  path_.resize(from);
  const bool left = !flow.falls && flow.target != block;
  std::vector<DatumId> went;  // to the block's end
  for (const PathTest& test : inside) {
    const DatumId holds = test_of(test.condition);
    const DatumId fails = token("Fn::Not", std::array{holds});
    if (test.until == block) {
      went.push_back(test.holds ? fails : holds);
    } else if (went.empty() || left) {
      path_.push_back(test);
    } else {
      std::vector<DatumId> ways = went;
      ways.push_back(test.holds ? holds : fails);
      const auto [condition, sense] = decision_of(token("Fn::Or", ways));
      if (condition.exists()) path_.push_back({condition, sense, test.until, test.left});
    }
  }
  if (!left) return {};
  if (went.empty()) return flow;
  path_.resize(from);
  if (flow.kind == ExitKind::Raise || flow.kind == ExitKind::Stop) return {};
  const auto [condition, sense] =
      decision_of(went.size() == 1 ? went.front() : token("Fn::Or", went));
  if (condition.exists()) path_.push_back({condition, sense, flow.target, flow.kind});
  return {};
}

// What holds on the path only inside of an op is dropped behind it.
void Interpreter::drop_tests(std::size_t from, OpId until, bool iteration_only) {
  std::size_t kept = std::min(from, path_.size());
  for (std::size_t i = kept; i < path_.size(); ++i) {
    const PathTest& test = path_[i];
    const bool ends = test.until == until && (!iteration_only || test.left == ExitKind::Continue);
    if (!ends) path_[kept++] = path_[i];
  }
  path_.resize(kept);
}

// Both ways fell through, though each may have been left under conditions of its own.
void Interpreter::join_paths(std::size_t before, ConditionId condition,
                             const std::vector<PathTest>& yes, const std::vector<PathTest>& no) {
  path_.resize(before);
  if (yes.empty() && no.empty()) return;
  const auto conjunction = [&](bool holds, const std::vector<PathTest>& rest) {
    std::vector<DatumId> all;
    const DatumId first = test_of(condition);
    all.push_back(holds ? first : negated(first));
    for (const PathTest& test : rest)
      all.push_back(test.holds ? test_of(test.condition) : negated(test_of(test.condition)));
    return all.size() == 1 ? all.front() : token("Fn::And", all);
  };
  const std::vector<DatumId> ways{conjunction(true, yes), conjunction(false, no)};
  const ConditionId falls_through = condition_of(token("Fn::Or", ways));
  if (!falls_through.exists()) return;
  const PathTest& like = yes.empty() ? no.front() : yes.front();
  path_.push_back({falls_through, true, like.until, like.left});
}

Interpreter::Flow Interpreter::branch(FrameId frame, OpId at_op) {
  const CodeFacts& code = facts(at(frame).function.module);
  const Op& op = code.ops[at_op.index];
  const Branch& row = code.branches[op.detail];
  const OpId inner{at_op.index + 1};
  const DatumId test = truth(evaluate(frame, row.condition));
  if (is(test, DatumKind::Bool))
    return (*this)[test].truth ? region(frame, inner, row.otherwise)
                               : region(frame, row.otherwise, op.end);
  const auto [condition, sense] = decision_of(test);
  const std::size_t before = path_.size();
  path_.push_back({condition, sense, {}, {}});
  const Flow yes = region(frame, inner, row.otherwise);
  std::vector<PathTest> path_yes(
      path_.begin() + static_cast<std::ptrdiff_t>(std::min(before + 1, path_.size())), path_.end());
  path_.resize(before);
  path_.push_back({condition, !sense, {}, {}});
  const Flow no = region(frame, row.otherwise, op.end);
  std::vector<PathTest> path_no(
      path_.begin() + static_cast<std::ptrdiff_t>(std::min(before + 1, path_.size())), path_.end());
  path_.resize(before);
  if (yes.falls && no.falls) {
    join_paths(before, condition, sense ? path_yes : path_no, sense ? path_no : path_yes);
    return {};
  }
  if (!yes.falls && !no.falls) {
    // A program that raises deploys nothing: the other way is the one that counts.
    const bool raised = yes.kind == ExitKind::Raise || yes.kind == ExitKind::Stop;
    return raised ? no : yes;
  }
  const Flow& left = yes.falls ? no : yes;
  const std::vector<PathTest>& rest = yes.falls ? path_yes : path_no;
  if (left.kind != ExitKind::Raise && left.kind != ExitKind::Stop)
    path_.push_back({condition, yes.falls == sense, left.target, left.kind});
  else
    assume({condition, yes.falls == sense, {}, {}});
  path_.insert(path_.end(), rest.begin(), rest.end());
  return {};
}

Interpreter::Flow Interpreter::loop(FrameId frame, OpId at_op) {
  const CodeFacts& code = facts(at(frame).function.module);
  const Loop& row = code.loops[code.ops[at_op.index].detail];
  const std::size_t before = path_.size();
  Flow flow;
  if (row.kind == LoopKind::Each) {
    flow = each(frame, at_op, evaluate(frame, row.subject));
  } else {
    flow = forever(frame, at_op);
  }
  drop_tests(before, at_op, false);
  return flow;
}

// Once for each element; of what is not known, once for some element, under a condition.
Interpreter::Flow Interpreter::each(FrameId frame, OpId at_op, DatumId given) {
  const CodeFacts& code = facts(at(frame).function.module);
  const Op& op = code.ops[at_op.index];
  const Loop& row = code.loops[op.detail];
  const OpId inner{at_op.index + 1};
  const DatumId subject = settled(given);
  const auto once = [&](DatumId element) {
    if (row.target.exists()) {
      const Expr& target = code.exprs[row.target.index];
      if (target.kind == ExprKind::Variable) bind(frame, VariableId{target.ref}, element);
    }
    const std::size_t before = path_.size();
    const Flow flow = region(frame, inner, op.end);
    drop_tests(before, at_op, true);
    return flow;
  };
  std::vector<DatumId> elements;
  bool known = false;
  if (is(subject, DatumKind::List)) {
    for (const Slot& slot : (*this)[subject].slots) elements.push_back(slot.value);
    known = !(*this)[subject].open;
  } else if (is(subject, DatumKind::Record)) {  // Python: its keys
    for (const Slot& slot : (*this)[subject].slots) elements.push_back(text(slot.name));
    known = !(*this)[subject].open;
  } else if (is(subject, DatumKind::Absent) || is(subject, DatumKind::Null)) {
    known = true;
  }
  for (const DatumId element : elements) {
    const Flow flow = once(element);
    if (flow.falls || (flow.kind == ExitKind::Continue && flow.target == at_op)) continue;
    if (flow.kind == ExitKind::Break && flow.target == at_op) return {};
    return flow;
  }
  if (known) return {};
  const ConditionId some = condition_of(unknown("whether there is an element"));
  const std::size_t before = enter(some, true);
  const Flow flow = once(unknown("an element of an unknown list"));
  path_.resize(std::min(before, path_.size()));
  if (!flow.falls && flow.kind == ExitKind::Stop) return flow;
  return {};
}

Interpreter::Flow Interpreter::forever(FrameId frame, OpId at_op) {
  const CodeFacts& code = facts(at(frame).function.module);
  const Op& op = code.ops[at_op.index];
  const OpId inner{at_op.index + 1};
  for (;;) {
    const std::size_t before = path_.size();
    const Flow flow = region(frame, inner, op.end);
    drop_tests(before, at_op, true);
    const bool falls_through =
        flow.falls || (flow.kind == ExitKind::Continue && flow.target == at_op);
    if (!falls_through) return flow.target == at_op ? Flow{} : flow;
    // Whether there is another round is not known: one has been seen.
    if (path_.size() > before) return {};
    if (!spend()) return {.falls = false, .kind = ExitKind::Stop};
  }
}

Interpreter::Flow Interpreter::attempt(FrameId frame, OpId at_op) {
  const CodeFacts& code = facts(at(frame).function.module);
  const Op& op = code.ops[at_op.index];
  const Try& row = code.tries[op.detail];
  Flow flow = region(frame, OpId{at_op.index + 1}, row.body_end);
  if (!flow.falls && flow.kind == ExitKind::Raise && row.catches.count > 0) {
    const Catch& handler = code.catches[row.catches.first];
    if (handler.caught.exists()) bind(frame, handler.caught, unknown("what was raised"));
    flow = region(frame, handler.first, handler.end);
  }
  if (row.finally_first < op.end) {
    const Flow last = region(frame, row.finally_first, op.end);
    if (!last.falls) return last;
  }
  return flow;
}

void Interpreter::assign(FrameId frame, OpId at_op) {
  const CodeFacts& code = facts(at(frame).function.module);
  const Assign& row = code.assigns[code.ops[at_op.index].detail];
  if (row.mode == AssignMode::Delete || !row.target.exists()) {
    if (row.value.exists()) evaluate(frame, row.value);
    return;
  }
  const ExprId place = written_through(code, row.target);
  const Expr& target = code.exprs[place.index];
  if (traits(code.language).libraries_read_addresses && outside_ &&
      target.kind == ExprKind::Variable && code.exprs[row.value.index].kind == ExprKind::Unknown &&
      code.string(code.exprs[row.value.index].name) == "written through its address")
    return;
  DatumId value = evaluate(frame, row.value);
  if (row.mode == AssignMode::Update) {
    const DatumId old = evaluate(frame, place);
    if (is(settled(old), DatumKind::List) && row.update == OperatorKind::Add &&
        is(settled(value), DatumKind::List)) {
      for (const Slot& slot : std::vector<Slot>((*this)[settled(value)].slots))
        append(settled(old), slot.value, slot.where);
      return;
    }
    value = compute(row.update, old, value);
  }
  if (row.mode == AssignMode::SetIfAbsent) {
    const DatumId old = settled(evaluate(frame, place));
    if (!is(old, DatumKind::Absent) && !is(old, DatumKind::Null)) return;
  }
  if (target.kind == ExprKind::Variable) return bind(frame, VariableId{target.ref}, value);
  const CodePlace where = place_of(frame, row.value), key = place_of(frame, place);
  if (target.kind == ExprKind::Member) {
    const DatumId base = settled(evaluate(frame, ExprId{target.ref}));
    const bool taken = is(base, DatumKind::Object) && !(*this)[base].type.exists() &&
                       host_.assign(*this, base, code.string(target.name), {{}, value, key, where});
    if (!taken) set(base, code.string(target.name), value, key, where);
  } else if (target.kind == ExprKind::Index && target.operands.count > 0) {
    const DatumId base = settled(evaluate(frame, ExprId{target.ref}));
    const DatumId name = settled(evaluate(frame, code.operands[target.operands.first].value));
    if (set_under(base, name, {{}, value, key, where})) return;
    if (is(base, DatumKind::Record) || is(base, DatumKind::List)) change(base).open = true;
    host_.missed(*this, "an entry with an unknown name", {.given = {{"0", value}}}, where);
  }
}

}  // namespace fnlint
