// Node kinds of the Java grammar that the shared ones do not cover.
#pragma once

#include "frontends/source/common/scoped_syntax.h"

namespace fnlint {

// Java's own kinds, after the shared ones.
enum class Java : std::uint8_t {
  Package = static_cast<std::uint8_t>(Syn::Own),
  Import,
  Asterisk,
  Superclass,  // what a class extends: children are types, or a TypeList
  TypeList,
  EnumConstant,
  EnumMembers,
  CompactConstructor,
  ConstructorCall,  // this(...), super(...)
  Resources,
  Resource,
  CatchType,
  ReceiverParameter,
  InferredParameters,
  Switch,
  SwitchBlock,
  SwitchGroup,
  SwitchRule,
  SwitchLabel,
  Guard,
  Pattern,
  TypePattern,
  RecordPattern,
  RecordPatternBody,
  RecordPatternComponent,
  Synchronized,
  Assert,
  Yield,
  MethodReference,
  ClassLiteral,
  ArrayCreation,
  AnnotationType,
  Primitive,
};

const Grammar& java_grammar();

}  // namespace fnlint
