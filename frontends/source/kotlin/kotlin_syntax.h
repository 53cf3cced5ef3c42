// Node kinds of the Kotlin grammar that the shared ones do not cover.
#pragma once

#include "frontends/source/common/scoped_syntax.h"

#include <string>
#include <string_view>

namespace fnlint {

// Kotlin's own kinds, after the shared ones.
enum class Kotlin : std::uint8_t {
  Package = static_cast<std::uint8_t>(Syn::Own),
  Import,
  QualifiedIdentifier,
  PrimaryConstructor,
  ClassParameters,
  ClassParameter,
  Companion,
  Object,
  ObjectLiteral,
  EnumEntry,
  Delegations,
  Delegation,
  ConstructorInvocation,
  ExplicitDelegation,
  Property,
  PropertyDelegate,
  Getter,
  Setter,
  FunctionBody,
  InitBlock,
  DelegationCall,
  Variable,
  Variables,
  LambdaParameters,
  AnnotatedLambda,
  AnonymousFunction,
  Infix,
  InTest,
  Range,
  RangeTest,
  TypeTestEntry,
  When,
  WhenSubject,
  WhenEntry,
  CallableReference,
  Interpolation,
  TextContent,
  Escape,
  LabeledExpression,
  Label,
  AnnotatedExpression,
  FileAnnotation,
  TypeAlias,
  TypeProjection,
  TypeParameters,
  FunctionType,
  TypeModifiers,
};

const Grammar& kotlin_grammar();
// The grammar names few fields: gives the nodes those that the shared lowering reads, by place.
void name_kotlin_fields(SyntaxNodes& nodes, std::string_view text);
// The text with a semicolon, which the grammar wants, in place of a space before braces that close classes.
std::string with_ended_members(std::string_view text, const SyntaxNodes& nodes);

}  // namespace fnlint
