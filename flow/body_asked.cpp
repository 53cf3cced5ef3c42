// What a body's tests and operators ask of what it reads: whether it is there.
#include "flow/body_walk.h"
#include "flow/reads.h"
#include "values/asked.h"

namespace fnlint {

// Conditions of which a way surely raises: `if (!url) throw ...` asks for a variable in order to
// insist on it.
const std::vector<Body::RaisingTest>& Body::raising_tests() {
  if (std::exchange(raising_known_, true)) return raising_tests_;
  for (OpId at = function_.first; at.exists() && at < function_.end; ++at.index) {
    const Op& op = code_.ops[at.index];
    if (op.kind != OpKind::Branch) continue;
    const Branch& row = code_.branches[op.detail];
    const RaisingTest test{row.condition, surely_raises(code_, OpId{at.index + 1}, row.otherwise),
                           surely_raises(code_, row.otherwise, op.end)};
    if (test.when_true != test.when_false) raising_tests_.push_back(test);
  }
  return raising_tests_;
}

bool Body::fails_without(ExprId condition, ValueId test, ValueId variable) {
  const auto found = std::ranges::find(raising_tests(), condition, &RaisingTest::condition);
  if (found == raising_tests().end()) return false;
  // Go gives an empty text.
  const ValueId missing =
      code_.language == Language::Go ? pool_.text_value("") : pool_.absent();
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
                       (pool_.text(one) == "in" || pool_.text(one) == "has");
  if (by_name || is_variable(pool_, one)) asked_here_.push_back(one);
  if (!is_variable(pool_, one)) return;
  if (testing_)
    asked_variables_.push_back(one);
  else
    ask_variable(one, {}, false);
}

// A test, or an operator that gives something else instead, asks whether it is there.
void Body::asked(ValueId value) {
  if (alone_ || !value.exists()) return;
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
      summary_.steps[found->step].flags |= kAbsenceExpected;
    }
  }
}

void Body::settle_asked_variables(ExprId condition, ValueId test, State& state) {
  const std::vector<ValueId> asked = std::exchange(asked_variables_, {});
  State* const outer = std::exchange(state_, &state);
  for (const ValueId variable : asked)
    ask_variable(variable, condition, fails_without(condition, test, variable));
  state_ = outer;
}

void Body::ask_variable(ValueId variable, ExprId condition, bool fails) {
  if (!fails && is_required(variable)) return;
  bool found = false;
  for (const Noted& row : noted_) {
    if (!is_same_variable(pool_, row.value, variable)) continue;
    found = true;
    Step& step = summary_.steps[row.step];
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
  if (state_ == nullptr || summary_.steps.size() >= kSummarySteps / 2 ||
      !read_exprs_.insert({variable.index, condition.index}).second)
    return;
  Step step;
  step.kind = StepKind::Read;
  step.at = {me_.module, current_.exists() ? current_ : function_.first};
  if (condition.exists()) step.key = pool_.number(static_cast<std::int64_t>(condition.index));
  step.value = variable;
  step.holds = facts_of_given(pool_, state_->facts);
  step.flags = fails ? kAbsenceFails : kAbsenceExpected;
  if (!state_->facts.empty()) step.flags |= kUnderTest;
  if (loops_ > 0) step.flags |= kInLoop;
  if (in_initialiser()) step.flags |= kInInit;
  summary_.steps.push_back(std::move(step));
}

// A call whose row says that what it is given may be missing, or that asks for it by what it gives.
void Body::ask_arguments(const Outcome& outcome) {
  for (const ValueId one : outcome.asked) asked(one);
  for (const ValueId one : outcome.needed)
    if (is_variable(pool_, one)) ask_variable(one, {}, true);
  if (!outcome.value.exists() || !pool_.is(outcome.value, ValueKind::Computed)) return;
  const std::string_view name = pool_.text(outcome.value);
  if (name == "or_default") asked(pool_.operands(outcome.value)[0]);
  if (name != "equal" && name != "not" && name != "truthy" && name != "is_null") return;
  for (const ValueId one : std::vector<ValueId>(pool_.operands(outcome.value).begin(),
                                                pool_.operands(outcome.value).end()))
    if (is_variable(pool_, one)) asked(one);
}

}  // namespace fnlint
