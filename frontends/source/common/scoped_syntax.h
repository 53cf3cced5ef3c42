// The vocabulary between a grammar and the shared lowering: kinds of nodes, and their fields.
#pragma once

#include "frontends/source/common/syntax_nodes.h"

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

namespace fnlint {

// Kinds of nodes that mean the same in languages with nested block scopes. A language's table
// (NamedKind) maps its grammar's names to them; what it alone has gets kinds from Syn::Own on.
enum class Syn : std::uint8_t {
  Other = kOtherNode,  // a node that the table does not list
  Error = kErrorNode,
  Comment = kCommentNode,
  None = kDroppedNode,  // no node; punctuation
  File,
  // Statements. Fields in brackets are what the shared lowering reads of them.
  Block,                // children: statements
  ExpressionStatement,  // first child
  LocalDeclaration,     // Type; children Declarator
  Declarator,           // Name, Value
  If,                   // Condition, Consequence, Alternative
  While,                // Condition, Body
  DoWhile,              // Condition, Body
  For,                  // Init, Condition, Update, Body
  ForEach,              // Type, Name, Value (what is walked), Body
  Try,                  // Body; children Catch, Finally
  Catch,                // Body; CatchParameter somewhere below
  CatchParameter,       // Name; types below
  Finally,              // children: a Block
  Return,               // first child
  Throw,                // first child
  Break,                // Label, or a first child Name
  Continue,
  Labeled,  // Label (or a first child Name); last child
  // Definitions.
  Class,      // Name, Body
  ClassBody,  // children: members
  Field,      // Type; children Declarator
  Method,     // Name, Parameters, Body, Type
  Constructor,
  InstanceBlock,  // runs for each object
  StaticBlock,    // runs when the class is made
  Function,       // Name, Parameters, Body, Type
  Parameters,     // children: Parameter, RestParameter
  Parameter,      // Name, Type, Value (default)
  RestParameter,
  Modifiers,
  Annotation,  // Name, Arguments
  // Expressions.
  Parenthesized,  // first child
  Assignment,     // Left, Right, Operator (= or compound)
  Update,         // ++ and --; Operand or first child
  Unary,          // Operator, Operand
  Binary,         // Left, Operator, Right
  Conditional,    // Condition, Consequence, Alternative
  Cast,           // Type, Value; transparent
  TypeTest,       // Left, Right (a type), Name (what a pattern binds)
  Call,           // Function, Arguments; or Object, Name, Arguments
  Arguments,      // children: expressions, Argument
  Argument,       // Name, Value; or the last child
  New,            // Type, Arguments, Body (an anonymous class, or an initialiser of the language)
  Member,         // Object, Name
  Index,          // Object, Index
  Lambda,         // Parameters, Body
  Await,          // first child
  Name,
  TypeName,
  This,
  Super,
  Text,
  Character,
  Number,
  True,
  False,
  Null,
  List,    // children: elements
  Spread,  // first child
  // Types.
  GenericType,    // first child; TypeArguments
  TypeArguments,  // children: types
  WrappedType,    // an array, a pointer, an optional: first child that is a type, as list or itself
  QualifiedType,  // a.b.C
  Operator,       // a token that fills the operator's field
  Modifier,       // a token such as `static`
  Own,            // a language's own kinds begin here
};

enum class SynField : std::uint8_t {
  None,
  Alternative,
  Arguments,
  Body,
  Condition,
  Consequence,
  Declaration,
  Function,
  Index,
  Init,
  Label,
  Left,
  Name,
  Object,
  Operand,
  Operator,
  Parameters,
  Path,
  Pattern,
  Receiver,
  Resources,
  Result,
  Right,
  Superclass,
  Interfaces,
  Type,
  TypeArguments,
  Update,
  Value,
  Alias,
  Own,
};

// Rows of a language's table.
constexpr NamedKind syn(std::string_view name, Syn kind) {
  return {name, static_cast<std::uint8_t>(kind), NamedKindForm::Node};
}
constexpr NamedKind syn_token(std::string_view name, Syn kind) {
  return {name, static_cast<std::uint8_t>(kind), NamedKindForm::Token};
}
constexpr NamedKind syn_operator(std::string_view name) {
  return {name, static_cast<std::uint8_t>(Syn::Operator), NamedKindForm::TokenWithField};
}
constexpr NamedKind syn_field(std::string_view name, SynField field) {
  return {name, static_cast<std::uint8_t>(field), NamedKindForm::Node};
}

}  // namespace fnlint
