// The expression language that code form and template form share.
#pragma once

#include "core/id.h"

#include <type_traits>

namespace fnlint {

using ExprId = Id<struct ExprTag>;

// Pure expressions, shared by handler code and templates: they cannot run code. Operands refer to
// smaller ids only, so that an expression is acyclic by construction.
enum class ExprKind : std::uint8_t {
  Unknown,  // name: why
  Null,
  Bool,
  Number,    // detail 1: a BigInt
  Text,      // name: the literal, unescaped; Bool: detail is 0 or 1
  Variable,  // ref: VariableId
  Result,    // ref: OpId of a Call, Await or Yield of this function
  ErrorOf,   // ref: OpId of a Call: its error value
  Member,    // ref: base, name; detail 1: optional (?.), 2: written as an entry (["name"])
  Index,     // detail 1: optional
  Part,      // ref: base; operands: index; from, to, step (absent: no id)
  Concat,    // f-strings, template literals, + beside a string; operands: the parts
  Operator,  // detail: OperatorKind; one operand for Not, else two
  Choose,    // operands: condition, then, else
  List,      // detail 1: a set
  Record,    // elements; entries by name (literal key) or key; either may be spread
  Function,  // ref: FunctionId; a closure or method value
  TypeTest,  // ref: base, name: type (instanceof, isinstance)
  Apply,
  Comprehend,  // templates only: pure function by name; [for x in list : value if condition]
};
enum class OperatorKind : std::uint8_t {
  Not,
  And,
  Or,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  In,
  Add,
  Subtract,
  Multiply,
  Divide,
  Modulo,
  Coalesce,
  FloorDivide,
  Power,
  BitAnd,
  BitOr,
  BitXor,
  ShiftLeft,
  ShiftRight,
  Format,  // a layout (":02d"), and what is laid out so
};

// Of a record: the entry is left out of what was spread before; its value is null.
inline constexpr std::uint32_t kLeftOutOfSpread = 3;

struct Operand {
  StringId name = {};
  ExprId key = {}, value = {};
  std::uint32_t spread = 0;  // 1: elements of a list, 2: entries of a record, kLeftOutOfSpread
};
struct Expr {
  ExprKind kind{};
  std::uint8_t detail = 0;
  std::uint16_t reserved = 0;
  std::uint32_t ref = UINT32_MAX;
  StringId name = {};
  Slice<Operand> operands = {};
};
static_assert(sizeof(Expr) == 20 && std::is_trivially_copyable_v<Expr>);

}  // namespace fnlint
