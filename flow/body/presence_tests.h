// What a body's tests and operators ask of what it reads: whether it is there.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/input_reads.h"
#include "flow/body/summary_builder.h"

#include <set>
#include <vector>

namespace fnlint {

// Adds the variables that the expression reads, by functions that it makes as well.
void add_variables_read(const BodyScope& scope, ExprId expr, std::vector<VariableId>& read);

class PresenceTests {
 public:
  PresenceTests(const BodyScope& scope, SummaryBuilder& summary, InputReads& reads)
      : scope_(scope),
        pool_(scope.pool),
        code_(scope.code),
        summary_(summary),
        reads_(reads) {}

  // A test, or an operator that gives something else instead, asks whether the value is there.
  // `state`: null where the value is no part of an expression that is evaluated.
  void ask(ValueId value, const BodyState* state);
  // A call whose row says that what it is given may be missing, or that asks for it by what it
  // gives.
  void ask_arguments(const CallResult& outcome);
  // A condition is evaluated between these two: what it asks is settled by the whole of it.
  void begin_test() { testing_ = true; }
  void end_test(ExprId condition, ValueId test, const BodyState& state);
  // What no test that raises has asked for after all.
  void ask_postponed(const BodyState& state);

 private:
  // A condition of which a way surely raises.
  struct RaisingTest {
    ExprId condition = {};
    bool when_true = false, when_false = false;
  };
  const std::vector<RaisingTest>& raising_tests();
  void take_insisted();
  void add_read_for_insisting(ExprId expr, std::vector<VariableId>& read);
  [[nodiscard]] bool is_held_for_insisting() const;
  [[nodiscard]] bool is_given_for_insisting(const Step& read);
  [[nodiscard]] bool only_chooses_for_insisting(ExprId condition) const;
  [[nodiscard]] bool fails_without(ExprId condition, ValueId test, ValueId variable);
  void take_tested(ValueId one, const BodyState* state);
  void ask_variable(ValueId variable, ExprId condition, bool fails, const BodyState* state);

  const BodyScope& scope_;
  ValuePool& pool_;
  const CodeFacts& code_;
  SummaryBuilder& summary_;
  InputReads& reads_;
  bool testing_ = false;
  std::vector<ValueId> asked_variables_;  // by the condition that is evaluated
  std::vector<RaisingTest> raising_tests_;
  bool raising_known_ = false;
  std::set<VariableId> insisted_;   // own variables that such tests read
  std::set<OpId> insisted_calls_;   // and calls that make what these hold
  std::vector<ValueId> postponed_;  // asked by what these hold: such a test tells what for
};

}  // namespace fnlint
