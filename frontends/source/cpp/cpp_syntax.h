// Node kinds of the C++ grammar that the shared ones do not cover.
#pragma once

#include "frontends/source/common/scoped_syntax.h"

namespace fnlint {

// C++'s own kinds, after the shared ones.
enum class Cpp : std::uint8_t {
  // Of files and namespaces.
  Include = static_cast<std::uint8_t>(Syn::Own),
  Define,
  Conditional,  // #if, #ifdef and what follows them
  OtherwiseConditional,
  ConditionalElse,
  Using,
  Alias,
  NamespaceAlias,
  TypeDefinition,
  Namespace,
  NestedName,
  Linkage,
  DeclarationList,
  Template,
  TemplateParameters,
  TypeParameter,
  Friend,
  // Declarations.
  Declaration,
  FieldDeclaration,
  Storage,
  Qualifier,
  InitDeclarator,
  FunctionDeclarator,
  AbstractFunctionDeclarator,
  PointerDeclarator,
  ReferenceDeclarator,
  ArrayDeclarator,
  ParenthesizedDeclarator,
  AttributedDeclarator,
  VariadicDeclarator,
  StructuredBinding,
  OperatorName,
  OperatorCast,
  DestructorName,
  BaseClause,
  InitializerList,  // of a constructor: `: a(1), b{2}`
  MemberInitializer,
  DefaultedBody,  // = default, = delete, = 0
  Enum,
  EnumeratorList,
  Enumerator,
  // Types.
  Primitive,
  Auto,
  TypeDescriptor,
  TemplateType,
  Decltype,
  // Statements.
  ConditionClause,
  InitStatement,
  Else,
  RangeFor,
  Switch,
  Case,
  CatchClause,
  CoReturn,
  CoYield,
  Goto,
  // Expressions.
  Qualified,
  TemplateFunction,
  DependentName,
  TemplateArguments,
  Braces,  // { a, b }
  DesignatedValue,
  Designator,
  TypedBraces,  // T{ a, b }
  Indices,
  PointerExpression,  // *p, &x
  NewArray,
  Delete,
  Comma,
  ConcatenatedText,
  RawText,
  UserLiteral,
  Captures,
  CaptureInitializer,
  Sizeof,
};
enum class CppField : std::uint8_t {
  Declarator = static_cast<std::uint8_t>(SynField::Own),
  Scope,
  Captures,
  Designator,
};

const Grammar& cpp_grammar();

}  // namespace fnlint
