// What a body's tests and operators ask of what it reads: whether it is there.
#include "flow/body/body_walk.h"
#include "flow/engine/reads.h"
#include "flow/state/environment_tests.h"
#include "model/language_traits.h"
#include "values/asked.h"

namespace fnlint {

// Conditions of which a way surely raises: `if (!url) throw ...` asks for a variable in order to
// insist on it.
const std::vector<Body::RaisingTest>& Body::raising_tests() {
  if (std::exchange(raising_known_, true)) return raising_tests_;
  for (OpId at = scope_.function.first; at.exists() && at < scope_.function.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Branch) continue;
    const Branch& row = code_.branches[op.detail];
    const RaisingTest test{row.condition, surely_raises(code_, OpId{at.index + 1}, row.otherwise),
                           surely_raises(code_, row.otherwise, op.end)};
    if (test.when_true != test.when_false) raising_tests_.push_back(test);
  }
  take_insisted();
  return raising_tests_;
}

// Adds the variables that the expression reads, by functions that it makes as well.
void Body::add_read(ExprId expr, std::vector<VariableId>& read) {
  add_variables(code_, expr, read);
  visit_parts(code_, expr, [&](const Expr& row) {
    if (row.kind != ExprKind::Function) return;
    const auto& captures = engine_.index().captures({scope_.me.module, FunctionId{row.ref}});
    read.insert(read.end(), captures.begin(), captures.end());
  });
}

// ... and by functions that it calls.
void Body::add_read_for_insisting(ExprId expr, std::vector<VariableId>& read) {
  if (!expr.exists()) return;
  add_read(expr, read);
  std::vector<OpId> results;
  add_results(code_, expr, results);
  for (const OpId op : results)  // `way.equals("yes")`, `Map.of("no", url == null)`
    if (code_.ops[op.index].kind == OpKind::Call && insisted_calls_.insert(op).second)
      visit_expressions(code_, op, [&](ExprId part) { add_variables(code_, part, read); });
}

// What tests that raise read, and what that was made of: `const no = !url; if (no) throw ...`.
void Body::take_insisted() {
  std::vector<VariableId> read;
  for (const RaisingTest& test : raising_tests_) add_read_for_insisting(test.condition, read);
  if (read.empty()) return;
  std::multimap<VariableId, ExprId> given = chosen_by();
  for (OpId at = scope_.function.first; at.exists() && at < scope_.function.end; ++at.index)
    if (const Op& op = code_.ops[at.index]; op.kind == OpKind::Assign)
      given.emplace(root_variable(code_, code_.assigns[op.detail].target),
                    code_.assigns[op.detail].value);
  for (std::size_t i = 0; i < read.size(); ++i) {
    const VariableId variable = read[i];  // `read` grows
    if (!scope_.is_mine(variable) || !insisted_.insert(variable).second) continue;
    const auto [first, end] = given.equal_range(variable);
    for (auto row = first; row != end; ++row) add_read_for_insisting(row->second, read);
  }
}

// The op gives such a variable what it is evaluated for.
bool Body::is_held_for_insisting() const {
  if (!summary_.current().exists()) return false;
  if (insisted_calls_.contains(summary_.current())) return true;
  if (code_.ops[summary_.current().index].kind != OpKind::Assign) return false;
  const Assign& row = code_.assigns[code_.ops[summary_.current().index].detail];
  return insisted_.contains(root_variable(code_, row.target));
}

// A function read it whose answer such a test reads; it has asked on behalf of that.
bool Body::is_given_for_insisting(const Step& read) {
  if (read.via.empty() || read.via.front().module != scope_.me.module) return false;
  const OpId call = read.via.front().op;
  if (!insisted_calls_.contains(call)) return false;
  const Range at = code_.op_ranges[call.index];
  return std::ranges::none_of(caught_absence(), [&](const Range& range) {
    return at.begin >= range.begin && at.end <= range.end;
  });
}

// A branch that does nothing but that: `if !url { way = "no" }`.
bool Body::only_chooses_for_insisting(ExprId condition) {
  const auto is_given = [&](const Op& op) {
    return op.kind == OpKind::Assign &&
           insisted_.contains(root_variable(code_, code_.assigns[op.detail].target));
  };
  for (OpId at = scope_.function.first; at.exists() && at < scope_.function.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Branch || code_.branches[op.detail].condition != condition) continue;
    const auto inside = std::span(code_.ops).subspan(at.index + 1, op.end.index - at.index - 1);
    return !inside.empty() && std::ranges::all_of(inside, is_given);
  }
  return false;
}

// What no test that raises has asked for after all.
void Body::ask_postponed(State& state) {
  State* const outer = std::exchange(state_, &state);
  for (const ValueId variable : std::exchange(postponed_, {})) ask_variable(variable, {}, false);
  state_ = outer;
}

bool Body::fails_without(ExprId condition, ValueId test, ValueId variable) {
  const auto found = std::ranges::find(raising_tests(), condition, &RaisingTest::condition);
  if (found == raising_tests().end()) return false;
  const ValueId missing =
      traits(code_.language).missing_variable_is_empty ? pool_.text_value("") : pool_.absent();
  Substitution substitution;
  substitution.leaf = [&](ValueId leaf) {
    return is_same_variable(pool_, leaf, variable) ? missing : ValueId{};
  };
  substitution.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
    const ValueId made = name == "environment" ? pool_.computed(std::string(name), operands)
                                               : compute(pool_, name, operands);
    return made == variable ? missing : made;
  };
  const Answer answer = truth(pool_, Substituter(pool_, substitution)(test));
  return (answer == Answer::Yes && found->when_true) ||
         (answer == Answer::No && found->when_false);
}

bool Body::is_required(ValueId variable) const {
  return std::ranges::any_of(
      required_, [&](ValueId one) { return is_same_variable(pool_, one, variable); });
}

// `os.environ["X"] if "X" in os.environ else ...`, `a and b` in one expression.
bool Body::is_asked_here(ValueId value) const {
  return std::ranges::any_of(asked_here_, [&](ValueId one) {
    const Fact fact{one, true};
    return is_asked_for(pool_, std::span(&fact, 1), value);
  });
}

void Body::take_asked(ValueId one) {
  const bool by_name = pool_.is(one, ValueKind::Computed) &&
                       (pool_.opcode(one) == Opcode::In || pool_.opcode(one) == Opcode::Has);
  if (by_name || is_variable(pool_, one)) asked_here_.push_back(one);
  if (!is_variable(pool_, one)) return;
  raising_tests();
  if (testing_)
    asked_variables_.push_back(one);
  else if (is_held_for_insisting())
    postponed_.push_back(one);
  else
    ask_variable(one, {}, false);
}

// A test, or an operator that gives something else instead, asks whether it is there.
void Body::asked(ValueId value) {
  if (scope_.alone || !value.exists()) return;
  for_each_asked(pool_, value, [&](ValueId one) { take_asked(one); });
  if (noted_.empty()) return;
  constexpr std::size_t kLookedAt = 32;
  std::vector<ValueId> open{value};
  for (std::size_t i = 0; i < open.size() && i < kLookedAt; ++i) {
    const ValueId one = open[i];
    if (!one.exists() || is_variable(pool_, one)) continue;
    const auto found = std::find_if(noted_.rbegin(), noted_.rend(),
                                    [&](const Noted& row) { return row.value == one; });
    if (found == noted_.rend()) {
      const auto operands = pool_.operands(one);
      open.insert(open.end(), operands.begin(), operands.end());
    } else if (!found->raises) {
      summary_.steps()[found->step].flags |= kAbsenceExpected;
    }
  }
}

void Body::settle_asked_variables(ExprId condition, ValueId test, State& state) {
  const std::vector<ValueId> asked = std::exchange(asked_variables_, {});
  if (asked.empty()) return;
  if (only_chooses_for_insisting(condition)) {
    postponed_.insert(postponed_.end(), asked.begin(), asked.end());
    return;
  }
  State* const outer = std::exchange(state_, &state);
  for (const ValueId variable : asked) {
    const bool fails = fails_without(condition, test, variable);
    if (fails)
      std::erase_if(postponed_,
                    [&](ValueId one) { return is_same_variable(pool_, one, variable); });
    ask_variable(variable, condition, fails);
  }
  state_ = outer;
}

void Body::ask_variable(ValueId variable, ExprId condition, bool fails) {
  if (!fails && is_required(variable)) return;
  bool found = false;
  for (const Noted& row : noted_) {
    if (!is_same_variable(pool_, row.value, variable)) continue;
    found = true;
    Step& step = summary_.steps()[row.step];
    if (fails && is_given_for_insisting(step)) step.flags &= ~std::uint32_t{kAbsenceExpected};
    if (fails)
      step.flags |= kAbsenceFails;
    else if (!row.raises)
      step.flags |= kAbsenceExpected;
  }
  if (fails && !is_required(variable)) required_.push_back(variable);
  if (!found) add_asked_read(variable, condition, fails);
}

// Of a variable that was read elsewhere: by the module, in a constructor, or only by its name.
void Body::add_asked_read(ValueId variable, ExprId condition, bool fails) {
  if (state_ == nullptr || summary_.steps().size() >= kSummarySteps / 2 ||
      !read_exprs_.insert({variable.index, condition.index}).second)
    return;
  Step step;
  step.kind = StepKind::Read;
  step.at = summary_.here();
  if (condition.exists()) step.key = pool_.number(static_cast<std::int64_t>(condition.index));
  step.value = variable;
  step.holds = facts_of_given(pool_, state_->facts);
  step.flags = fails ? kAbsenceFails : kAbsenceExpected;
  step.flags |= summary_.flags_of_read(state_->facts);
  summary_.steps().push_back(std::move(step));
}

// A call whose row says that what it is given may be missing, or that asks for it by what it gives.
void Body::ask_arguments(const Outcome& outcome) {
  for (const ValueId one : outcome.asked) asked(one);
  for (const ValueId one : outcome.needed)
    if (is_variable(pool_, one)) ask_variable(one, {}, true);
  if (!outcome.value.exists() || !pool_.is(outcome.value, ValueKind::Computed)) return;
  const Opcode opcode = pool_.opcode(outcome.value);
  if (opcode == Opcode::OrDefault) asked(pool_.operands(outcome.value)[0]);
  if (opcode != Opcode::Equal && opcode != Opcode::Not && opcode != Opcode::Truthy &&
      opcode != Opcode::IsNull)
    return;
  for (const ValueId one : std::vector<ValueId>(pool_.operands(outcome.value).begin(),
                                                pool_.operands(outcome.value).end()))
    if (is_variable(pool_, one)) asked(one);
}

// What the part of a condition was made of.
void Body::add_asked_by(const Expr& row, ExprId condition, std::vector<ExprId>& open) {
  if (row.kind == ExprKind::Variable && scope_.is_mine(VariableId{row.ref})) {
    if (const ExprId* const given = aliases_.given(VariableId{row.ref}); given != nullptr)
      open.push_back(*given);  // `let x = cache.get(k)`
    const auto [first, end] = chosen_by().equal_range(VariableId{row.ref});
    for (auto one = first; one != end; ++one)  // `if (!cache) way = "ask"`
      if (one->second < condition) open.push_back(one->second);
  }
  if (has_base(row.kind)) open.push_back(ExprId{row.ref});
  // What was made of such a test carries it: `plan = {"ask": not cache}`, `way = a ? "ask" : ""`.
  if (row.kind == ExprKind::Operator || row.kind == ExprKind::Record ||
      row.kind == ExprKind::List || row.kind == ExprKind::Choose)
    for (const Operand& operand : code_.operands_of(row.operands)) open.push_back(operand.value);
  if (row.kind == ExprKind::Function) add_asked_in(FunctionId{row.ref}, open);
  if (row.kind != ExprKind::Result) return;
  const Op& op = code_.ops[row.ref];
  if (op.kind == OpKind::Await) open.push_back(code_.awaits[op.detail].value);
  if (op.kind != OpKind::Call) return;
  const Call& call = code_.calls[op.detail];
  const Expr& callee = code_.exprs[call.callee.index];
  if (callee.kind == ExprKind::Member) open.push_back(ExprId{callee.ref});
  if (callee.kind == ExprKind::Variable) add_asked_by_callee(VariableId{callee.ref}, open);
  for (const Operand& argument : code_.operands_of(call.arguments)) open.push_back(argument.value);
}

// A function of the file: `const isEmpty = () => !cache; if (isEmpty()) ...`.
void Body::add_asked_by_callee(VariableId callee, std::vector<ExprId>& open) {
  if (const ExprId* const given = aliases_.given(callee); scope_.is_mine(callee) && given != nullptr)
    return open.push_back(*given);
  if (code_.variables[callee.index].owner.index != 0 ||
      engine_.modules().import_of(scope_.me.module, callee) != UINT32_MAX)
    return;
  const ValueId value = engine_.loader().global(scope_.me.module, callee);
  if (!pool_.is(value, ValueKind::Function)) return;
  const FunctionRef called = unpack(pool_[value].ref);
  if (called.module == scope_.me.module) add_asked_in(called.function, open);
}

void Body::add_asked_in(FunctionId function, std::vector<ExprId>& open) {
  const Function& row = code_.functions[function.index];
  for (OpId at = row.first; at.exists() && at < row.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind == OpKind::Branch) open.push_back(code_.branches[op.detail].condition);
    if (op.kind == OpKind::Exit) open.push_back(code_.exits[op.detail].value);
  }
}

// By own variables, the conditions under which they are given something.
const std::multimap<VariableId, ExprId>& Body::chosen_by() {
  if (chosen_by_) return *chosen_by_;
  chosen_by_.emplace();
  std::vector<OpId> branches;  // around the op
  for (OpId at = scope_.function.first; at.exists() && at < scope_.function.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    while (!branches.empty() && code_.ops[branches.back().index].end <= at) branches.pop_back();
    if (op.kind == OpKind::Branch) branches.push_back(at);
    if (op.kind != OpKind::Assign || branches.empty()) continue;
    const VariableId variable = root_variable(code_, code_.assigns[op.detail].target);
    const Op& around = code_.ops[branches.back().index];
    if (variable.exists()) chosen_by_->emplace(variable, code_.branches[around.detail].condition);
  }
  return *chosen_by_;
}

// The places of state that a condition reads, itself, by a call (`if (cache.empty())`), or in a
// variable that was given what state held. What state
// begins with may decide the condition's value, and that tells no longer whose it was.
std::vector<ValueId> Body::asked_state(ExprId condition, State& state) {
  constexpr std::size_t kAsked = 4, kLookedAt = 64;
  std::vector<ValueId> asked;
  std::vector<ExprId> open{condition};
  for (std::size_t at = 0; at < open.size() && at < kLookedAt && asked.size() < kAsked; ++at) {
    if (!open[at].exists()) continue;
    const Expr& row = code_.exprs[open[at].index];
    if (row.kind == ExprKind::Member || row.kind == ExprKind::Index ||
        row.kind == ExprKind::Variable) {
      if (const ValueId place = places_.place_of(open[at], state); place.exists()) {
        const std::array<ValueId, 2> operands{place, pool_.number(std::to_string(condition.index))};
        const ValueId one = pool_.computed(Opcode::Asked, operands);
        if (std::ranges::find(asked, one) == asked.end()) asked.push_back(one);
        continue;
      }
    }
    add_asked_by(row, condition, open);
  }
  return asked;
}

}  // namespace fnlint
