// What the expressions of a body are worth: the evaluator's context for one function.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/input_reads.h"
#include "flow/body/object_places.h"
#include "flow/body/presence_tests.h"
#include "flow/body/property_calls.h"
#include "flow/body/state_reads.h"
#include "flow/body/summary_builder.h"
#include "flow/engine/reads.h"
#include "values/evaluate.h"

#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// What is told of all that an expression reads.
struct ReadNotes {
  InputReads& inputs;
  StateReads& state;
  PresenceTests& presence;
  PropertyCalls& properties;
};

class BodyExpressions final : public BodyEvaluator, private ExprContext {
 public:
  BodyExpressions(const BodyScope& scope, const SummaryBuilder& summary,
                  const CallResults& results, ReadNotes notes)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        tables_{code_.exprs, code_.operands, code_.text, code_.strings},
        summary_(summary),
        results_(results),
        notes_(notes) {}

  ValueId evaluate(ExprId expr, BodyState& state) override;
  ValueId evaluate_unread(ExprId expr, ExprId unread, BodyState& state) override;
  // The same of a condition: as it is asked whether it is true.
  ValueId evaluate_condition(ExprId condition, BodyState& state);
  // What is called: its name is no member that is read. `called_on`: what that is a member of.
  struct Callee {
    ValueId value = {}, called_on = {};
  };
  Callee evaluate_callee(ExprId callee, BodyState& state);
  // What nobody knows whole, with the entries that were set: `event["retry"] = n; dumps(event)`.
  [[nodiscard]] ValueId overlay_writes(ValueId value, const BodyState& state) const;

 private:
  // What held before a part of an expression that a condition leads to.
  struct ChosenPart {
    FactSet facts = {};
    bool is_left_out = false;
  };
  ValueId leaf(ExprId id, const Expr& expr) override;
  ValueId apply(ExprId, const Expr& expr) override {
    return pool_.unknown(code_.string(expr.name));
  }
  void visited(ExprId id, ValueId base, ValueId value) override;
  void entered(ValueId condition, bool holds) override;
  void left() override;
  void asked(ValueId value) override { notes_.presence.ask(value, state_); }
  ValueId as_asked(ValuePool& pool, ValueId value) override;
  ValueId is_in(ValuePool& pool, ValueId item, ValueId container) override;
  ValueId is_of(ValuePool& pool, ValueId value, std::string_view type) override;
  ValueId operated(OperatorKind kind, ValueId left, ValueId right) override {
    return engine_.members().operated(operator_function(kind), left, right);
  }
  ValueId text_of(ValueId object) override { return engine_.members().text_of(object); }
  ValueId member_of(ValuePool&, ValueId base, std::string_view name) override;
  ValueId index_of(ValuePool&, ValueId base, ValueId index) override;
  ValueId spread_of(ValueId value) override {
    return state_ == nullptr ? value : overlay_writes(value, *state_);
  }
  [[nodiscard]] ValueId result_of(ExprId id, OpId op);
  [[nodiscard]] ValueId error_of(OpId op) const;
  [[nodiscard]] ValueId anew(ValueId value) const;
  [[nodiscard]] ValueId super_of(ValueId receiver) const;
  [[nodiscard]] ValueId set_here(ValueId base, std::string_view name) const;

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const ExprTables tables_;
  const SummaryBuilder& summary_;
  const CallResults& results_;
  const ReadNotes notes_;

  BodyState* state_ = nullptr;  // of the expression that is evaluated
  ExprId merged_ = {};     // a record that is spread into what takes its place: nobody reads it
  ExprId unread_ = {};     // a callee
  ValueId called_on_ = {};
  std::vector<ChosenPart> chosen_;
  bool is_left_out_ = false;  // nothing comes to what is evaluated
};

}  // namespace fnlint
