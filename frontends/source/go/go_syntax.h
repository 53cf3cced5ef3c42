// Node kinds of the Go grammar that the shared ones do not cover.
#pragma once

#include "frontends/source/common/scoped_syntax.h"

namespace fnlint {

// What Go has beyond the kinds of scoped_syntax.h.
enum class GoSyn : std::uint8_t {
  PackageClause = static_cast<std::uint8_t>(Syn::Own),
  Import,          // SynField::Name (an alias), Path
  ImportList,      // children: Import, ImportList
  ConstGroup,      // children: ConstSpec
  ConstSpec,       // Names, Type, Value (a list)
  VarGroup,        // children: VarSpec, VarGroup
  VarSpec,         // Names, Type, Value (a list)
  TypeGroup,       // children: TypeSpec
  TypeSpec,        // Name, Type
  ShortVariables,  // Left, Right: lists
  ExpressionList,
  StatementList,
  Defer,
  GoStatement,
  Fallthrough,
  Select,           // children: Communication, DefaultCase
  Communication,    // Pattern (Send or Receive); StatementList
  Switch,           // Init, Value; children: SwitchCase, DefaultCase
  TypeSwitch,       // Init, Alias, Value; children: TypeCase, DefaultCase
  SwitchCase,       // Value (a list); StatementList
  TypeCase,         // Types; StatementList
  DefaultCase,      // StatementList
  ForClause,        // Init, Condition, Update
  RangeClause,      // Left, Right
  Send,             // Object, Value
  Receive,          // Left, Right
  Composite,        // Type, Body
  LiteralValue,     // children: KeyedElement, Element
  KeyedElement,     // Name, Value: Elements
  Element,          // an expression or a LiteralValue
  SliceExpression,  // Object, Init, Update
  Assertion,        // Object, Type
  Conversion,       // Object, Type
  Instantiation,    // Type; children: types
  Iota,
  FieldName,
  PointerType,
  SliceType,    // Type
  ArrayType,    // Type
  MapType,      // Name (the key), Value
  ChannelType,  // Value
  FunctionType,
  InterfaceType,
  StructType,
  FieldList,
  FieldDeclaration,  // Names, Type
  TypeParameters,
  TypeParameter,  // Names
  Empty,
};

}  // namespace fnlint
