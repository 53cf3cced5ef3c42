// What an expression is worth, whichever language or template it stands in.
#pragma once

#include "model/expression.h"
#include "values/compute.h"

#include <span>

namespace fnlint {

// The one expression evaluator, for code and templates: pure kinds are computed here, the rest is
// asked of the context.
struct ExprTables {
  std::span<const Expr> exprs = {};
  std::span<const Operand> operands = {};
  const std::string_view text = {};
  std::span<const Range> strings = {};
};
class ExprContext {
 public:
  virtual ~ExprContext() = default;
  // Variable, Result, ErrorOf, Function, Unknown: what it is worth here.
  virtual ValueId leaf(ExprId id, const Expr& expr) = 0;
  // Apply and Comprehend: a dialect's function table; operands are not evaluated yet.
  virtual ValueId apply(ExprId id, const Expr& expr) = 0;
  // Member and Index of an evaluated base: code knows objects and modules that the pool does not.
  virtual ValueId member_of(ValuePool& pool, ValueId base, std::string_view name) {
    return member(pool, base, name);
  }
  // The same, where what the base is written as may say more of it than its value.
  virtual ValueId member_at(ValuePool& pool, ExprId written, ValueId base, std::string_view name) {
    static_cast<void>(written);
    return member_of(pool, base, name);
  }
  virtual ValueId index_of(ValuePool& pool, ValueId base, ValueId index) {
    return fnlint::index(pool, base, index);
  }
  // What is spread: with what has been set on it here.
  virtual ValueId spread_of(ValueId value) { return value; }
  // The value as it is asked whether it is true: languages differ on what is empty.
  virtual ValueId as_asked(ValuePool& pool, ValueId value) {
    static_cast<void>(pool);
    return value;
  }
  // `item in container`.
  virtual ValueId is_in(ValuePool& pool, ValueId item, ValueId container) {
    const ValueId operands[] = {item, container};
    return compute(pool, Opcode::In, operands);
  }
  // Whether it is of a declared type: what a code form knows of its own classes, the pool does not.
  virtual ValueId is_of(ValuePool& pool, ValueId value, std::string_view type) {
    const ValueId operands[] = {value, pool.text_value(type)};
    return compute(pool, Opcode::TypeIs, operands);
  }
  // An operator over an object, and an object in a text: some say what they are there. No id: not
  // known.
  virtual ValueId operated(OperatorKind kind, ValueId left, ValueId right) {
    static_cast<void>(kind), static_cast<void>(left), static_cast<void>(right);
    return {};
  }
  virtual ValueId text_of(ValueId object) {
    static_cast<void>(object);
    return {};
  }
  // What a Member or Index of `base` was found to be.
  virtual void visited(ExprId id, ValueId base, ValueId value) {
    static_cast<void>(id), static_cast<void>(base), static_cast<void>(value);
  }
  // What is evaluated until left() is so only where the condition holds, or does not.
  virtual void entered(ValueId condition, bool holds) {
    static_cast<void>(condition), static_cast<void>(holds);
  }
  virtual void left() {}
  // An operator asks whether the value is there, true or equal to another.
  virtual void asked(ValueId value) { static_cast<void>(value); }
};
// The function of values/compute.h that an operator is; those without a row there stay Computed.
std::string_view operator_function(OperatorKind kind);
// Depth is bounded by kNestingDepth: deeper is Unknown with kCut.
ValueId evaluate(ValuePool& pool, const ExprTables& tables, ExprId expr, ExprContext& context);

}  // namespace fnlint
