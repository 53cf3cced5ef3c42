// Node kinds of the Rust grammar that the shared ones do not cover.
#pragma once

#include "frontends/source/common/scoped_syntax.h"

namespace fnlint {

// What Rust has beyond the kinds of scoped_syntax.h.
enum class Rs : std::uint8_t {
  Attribute = static_cast<std::uint8_t>(Syn::Own),  // #[...]
  // Items.
  FunctionItem,  // Name, Parameters, Result, Body
  Struct,        // Name, Body
  Enum,
  Union,
  Variant,  // Name, Body, Value
  Trait,    // Name, Body
  Impl,     // Superclass (the trait), Type, Body
  Items,    // of an impl, a trait, a mod
  Fields,   // children: FieldItem
  FieldItem,
  TupleFields,  // children with Type
  Const,        // Name, Type, Value
  Static,
  TypeAlias,  // Name, Type
  Mod,        // Name, Body
  Use,        // Declaration
  UseAs,      // Path, Alias
  UseList,
  ScopedUseList,  // Path, Own (a UseList)
  UseWildcard,
  MacroDefinition,
  Ignored,  // an item that says nothing of what runs
  // Expressions.
  Let,      // Pattern, Type, Value, Alternative
  If,       // Condition, Consequence, Alternative (Else)
  Else,     // first child
  LetChain,  // children: conditions
  LetTest,   // Pattern, Value
  Match,     // Value, Body
  Arms,
  Arm,          // Pattern, Value
  ArmPattern,   // first child; Condition
  While,        // Condition, Body
  Loop,         // Body
  For,          // Pattern, Value, Body
  Break,        // Label; a value
  Continue,     // Label
  Label,
  Async,        // last child: a Block
  Plain,        // unsafe, const and try blocks: last child
  Question,     // e?
  Reference,    // Value
  Unary,        // an operator, then the last child
  Range,        // up to two children
  Path,         // Path, Name
  Turbofish,    // Function, TypeArguments
  FieldAccess,  // Value, Own
  FieldName,
  IndexAccess,  // two children
  Assign,       // Left, Right
  AssignWith,   // Left, Operator, Right
  Closure,      // Parameters, Result, Body
  ClosureParameters,
  SelfParameter,
  Construct,  // Name, Body
  Initializers,
  Initializer,  // Own, Value
  Shorthand,    // first child
  Base,         // first child
  Tuple,
  Unit,
  Boolean,
  RawText,
  Macro,   // Function, last child: Tokens
  Tokens,  // what expand_macros() could read of them
  Yield,
  // Path segments.
  Crate,
  SuperPath,
  Bracketed,  // <T as Trait>
  // Patterns.
  Wildcard,       // _
  TuplePattern,   // children
  SlicePattern,
  VariantPattern,  // Type, children
  StructPattern,   // Type, children FieldPattern
  FieldPattern,    // Name, Pattern
  RestPattern,     // ..
  OrPattern,
  BoundPattern,  // x @ p
  RangePattern,  // Left, Right
  InnerPattern,  // ref, mut and &: last child
  NegativeLiteral,
  ArrayType,  // Type
  OtherType,
};

const Grammar& rust_grammar();

}  // namespace fnlint
