// What a body's tests and operators ask of what it reads: whether it is there.
#include "flow/body/presence_tests.h"

#include "flow/engine/reads.h"
#include "flow/syntax/chosen_variables.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/asked.h"

namespace fnlint {

// Conditions of which a way surely raises: `if (!url) throw ...` asks for a variable in order to
// insist on it.
const std::vector<PresenceTests::RaisingTest>& PresenceTests::raising_tests() {
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
void add_variables_read(const BodyScope& scope, ExprId expr, std::vector<VariableId>& read) {
  add_variables(scope.code, expr, read);
  visit_parts(scope.code, expr, [&](const Expr& row) {
    if (row.kind != ExprKind::Function) return;
    const auto& captures = scope.engine.index().captures({scope.me.module, FunctionId{row.ref}});
    read.insert(read.end(), captures.begin(), captures.end());
  });
}

// ... and by functions that it calls.
void PresenceTests::add_read_for_insisting(ExprId expr, std::vector<VariableId>& read) {
  if (!expr.exists()) return;
  add_variables_read(scope_, expr, read);
  std::vector<OpId> results;
  add_results(code_, expr, results);
  for (const OpId op : results)  // `way.equals("yes")`, `Map.of("no", url == null)`
    if (code_.ops[op.index].kind == OpKind::Call && insisted_calls_.insert(op).second)
      visit_expressions(code_, op, [&](ExprId part) { add_variables(code_, part, read); });
}

// What tests that raise read, and what that was made of: `const no = !url; if (no) throw ...`.
void PresenceTests::take_insisted() {
  std::vector<VariableId> read;
  for (const RaisingTest& test : raising_tests_) add_read_for_insisting(test.condition, read);
  if (read.empty()) return;
  std::multimap<VariableId, ExprId> given = chosen_by(code_, scope_.function);
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
bool PresenceTests::is_held_for_insisting() const {
  if (!summary_.current().exists()) return false;
  if (insisted_calls_.contains(summary_.current())) return true;
  if (code_.ops[summary_.current().index].kind != OpKind::Assign) return false;
  const Assign& row = code_.assigns[code_.ops[summary_.current().index].detail];
  return insisted_.contains(root_variable(code_, row.target));
}

// A function read it whose answer such a test reads; it has asked on behalf of that.
bool PresenceTests::is_given_for_insisting(const Step& read) {
  if (read.via.empty() || read.via.front().module != scope_.me.module) return false;
  const OpId call = read.via.front().op;
  if (!insisted_calls_.contains(call)) return false;
  return !reads_.is_absence_caught(code_.op_ranges[call.index]);
}

// A branch that does nothing but that: `if !url { way = "no" }`.
bool PresenceTests::only_chooses_for_insisting(ExprId condition) const {
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
void PresenceTests::ask_postponed(const BodyState& state) {
  for (const ValueId variable : std::exchange(postponed_, {}))
    ask_variable(variable, {}, false, &state);
}

bool PresenceTests::fails_without(ExprId condition, ValueId test, ValueId variable) {
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

void PresenceTests::take_tested(ValueId one, const BodyState* state) {
  const bool by_name = pool_.is(one, ValueKind::Computed) &&
                       (pool_.opcode(one) == Opcode::In || pool_.opcode(one) == Opcode::Has);
  if (by_name || is_variable(pool_, one)) reads_.note_asked_here(one);
  if (!is_variable(pool_, one)) return;
  raising_tests();
  if (testing_)
    asked_variables_.push_back(one);
  else if (is_held_for_insisting())
    postponed_.push_back(one);
  else
    ask_variable(one, {}, false, state);
}

void PresenceTests::ask(ValueId value, const BodyState* state) {
  if (scope_.alone || !value.exists()) return;
  for_each_asked(pool_, value, [&](ValueId one) { take_tested(one, state); });
  reads_.expect_absence(value);
}

void PresenceTests::end_test(ExprId condition, ValueId test, const BodyState& state) {
  testing_ = false;
  const std::vector<ValueId> asked = std::exchange(asked_variables_, {});
  if (asked.empty()) return;
  if (only_chooses_for_insisting(condition)) {
    postponed_.insert(postponed_.end(), asked.begin(), asked.end());
    return;
  }
  for (const ValueId variable : asked) {
    const bool fails = fails_without(condition, test, variable);
    if (fails)
      std::erase_if(postponed_,
                    [&](ValueId one) { return is_same_variable(pool_, one, variable); });
    ask_variable(variable, condition, fails, &state);
  }
}

void PresenceTests::ask_variable(ValueId variable, ExprId condition, bool fails,
                                 const BodyState* state) {
  if (!fails && reads_.is_required(variable)) return;
  bool found = false;
  for (const NotedRead& row : reads_.noted()) {
    if (!is_same_variable(pool_, row.value, variable)) continue;
    found = true;
    Step& step = summary_.steps()[row.step];
    if (fails && is_given_for_insisting(step)) step.flags &= ~std::uint32_t{kAbsenceExpected};
    if (fails)
      step.flags |= kAbsenceFails;
    else if (!row.raises)
      step.flags |= kAbsenceExpected;
  }
  if (fails && !reads_.is_required(variable)) reads_.require(variable);
  if (!found && state != nullptr) reads_.add_asked(variable, condition, fails, *state);
}

void PresenceTests::ask_arguments(const CallResult& outcome) {
  for (const ValueId one : outcome.asked) ask(one, nullptr);
  for (const ValueId one : outcome.needed)
    if (is_variable(pool_, one)) ask_variable(one, {}, true, nullptr);
  if (!outcome.value.exists() || !pool_.is(outcome.value, ValueKind::Computed)) return;
  const Opcode opcode = pool_.opcode(outcome.value);
  if (opcode == Opcode::OrDefault) ask(pool_.operands(outcome.value)[0], nullptr);
  if (opcode != Opcode::Equal && opcode != Opcode::Not && opcode != Opcode::Truthy &&
      opcode != Opcode::IsNull)
    return;
  for (const ValueId one : std::vector<ValueId>(pool_.operands(outcome.value).begin(),
                                                pool_.operands(outcome.value).end()))
    if (is_variable(pool_, one)) ask(one, nullptr);
}

}  // namespace fnlint
