#pragma once

#include "core/id.h"
#include "core/problem.h"
#include "frontends/source/javascript.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace fnlint {

// What the lowering tells apart of the nodes and tokens of the three grammars.
enum class Js : std::uint8_t {
  None,   // not kept: punctuation
  Other,  // a node that no rule knows; JsTree::name_of says which
  Error,
  Comment,
  Program,
  // Modules.
  ImportStatement,
  ImportClause,
  NamedImports,
  ImportSpecifier,
  NamespaceImport,
  ImportAttribute,
  ImportRequireClause,
  ImportAlias,
  ExportStatement,
  ExportClause,
  ExportSpecifier,
  NamespaceExport,
  // Statements.
  DebuggerStatement,
  EmptyStatement,
  ExpressionStatement,
  VariableDeclaration,
  LexicalDeclaration,
  UsingDeclaration,
  VariableDeclarator,
  StatementBlock,
  ElseClause,
  IfStatement,
  SwitchStatement,
  SwitchBody,
  SwitchCase,
  SwitchDefault,
  ForStatement,
  ForInStatement,
  WhileStatement,
  DoStatement,
  TryStatement,
  CatchClause,
  FinallyClause,
  WithStatement,
  BreakStatement,
  ContinueStatement,
  ReturnStatement,
  ThrowStatement,
  LabeledStatement,
  // Functions and classes.
  FunctionDeclaration,
  GeneratorDeclaration,
  FunctionSignature,
  FunctionExpression,
  GeneratorFunction,
  ArrowFunction,
  MethodDefinition,
  FormalParameters,
  RequiredParameter,
  OptionalParameter,
  ClassDeclaration,
  AbstractClassDeclaration,
  Class,
  ClassHeritage,
  ExtendsClause,
  ClassBody,
  FieldDefinition,
  StaticBlock,
  MethodSignature,
  IndexSignature,
  Decorator,
  AccessibilityModifier,
  OverrideModifier,
  // Expressions.
  Parenthesized,
  Sequence,
  Assignment,
  AugmentedAssignment,
  Await,
  Unary,
  Binary,
  Ternary,
  Update,
  New,
  Yield,
  Subscript,
  Member,
  Call,
  Arguments,
  OptionalChain,
  Identifier,
  Undefined,
  This,
  Super,
  Import,
  MetaProperty,
  String,
  Number,
  Regex,
  True,
  False,
  Null,
  Template,
  TemplateSubstitution,
  Object,
  Pair,
  Spread,
  ShorthandIdentifier,
  Array,
  PropertyIdentifier,
  PrivateName,
  ComputedName,
  LabelIdentifier,
  As,
  Satisfies,
  NonNull,
  Instantiation,
  TypeAssertion,
  JsxElement,
  JsxSelfClosing,
  JsxOpening,
  JsxClosing,
  JsxExpression,
  JsxAttribute,
  JsxText,
  JsxName,
  // Patterns.
  ObjectPattern,
  ArrayPattern,
  AssignmentPattern,
  ObjectAssignmentPattern,
  PairPattern,
  RestPattern,
  ShorthandPattern,
  // Declarations and types of TypeScript.
  AmbientDeclaration,
  Namespace,
  EnumDeclaration,
  EnumBody,
  EnumAssignment,
  TypeDeclaration,  // interface, type alias
  TypeAnnotation,
  TypeArguments,
  TypeParameters,
  TypeIdentifier,
  NestedTypeIdentifier,
  NestedIdentifier,
  GenericType,
  PredefinedType,
  ArrayType,
  UnionType,
  IntersectionType,
  ReadonlyType,
  ParenthesizedType,
  LiteralType,
  OtherType,
  // Tokens.
  Comma,  // of arrays only: they have holes
  EqualsToken,
  AsyncToken,
  StaticToken,
  StaticGetToken,
  GetToken,
  SetToken,
  ReadonlyToken,
  AbstractToken,
  DeclareToken,
  FunctionToken,
  ArrowToken,
  ConstToken,
  VarToken,
  UsingToken,
  AwaitToken,
  DefaultToken,
  TypeToken,
  AsToken,
  // Operators.
  Star,
  Plus,
  Minus,
  Slash,
  Percent,
  StarStar,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  EqualEqual,
  NotEqual,
  AndAnd,
  OrOr,
  Nullish,
  BitAnd,
  BitOr,
  BitXor,
  ShiftLeft,
  ShiftRight,
  InstanceOf,
  In,
  Of,
  Not,
  BitNot,
  Typeof,
  Void,
  Delete,
  PlusPlus,
  MinusMinus,
  PlusAssign,
  MinusAssign,
  StarAssign,
  SlashAssign,
  PercentAssign,
  StarStarAssign,
  BitAndAssign,
  BitOrAssign,
  BitXorAssign,
  ShiftLeftAssign,
  ShiftRightAssign,
  AndAssign,
  OrAssign,
  NullishAssign,
};

enum class JsField : std::uint8_t {
  None,
  Alias,
  Alternative,
  Argument,
  Arguments,
  Attribute,
  Body,
  Condition,
  Consequence,
  Constructor,
  Declaration,
  Decorator,
  Finalizer,
  Function,
  Handler,
  Increment,
  Index,
  Initializer,
  Key,
  Kind,
  Label,
  Left,
  Module,
  Name,
  Object,
  OpenTag,
  Operator,
  Parameter,
  Parameters,
  Pattern,
  Property,
  ReturnType,
  Right,
  Source,
  Type,
  TypeArguments,
  Value,
};

// The first four are passed on to the nodes around, up to the next function.
enum JsFlags : std::uint16_t {
  kJsOps = 1,       // something in it becomes an op
  kJsWrites = 2,    // an assignment in it changes a variable or member
  kJsContinue = 4,  // a `continue` in it
  kJsBroken = 8,    // a syntax error in it
  kJsType = 16,     // stands in a type
  kJsMissing = 32,  // the parser made it up
};

using JsId = Id<struct JsNodeTag>;

struct JsNode {
  Range where = {};
  std::uint32_t next = 0;  // the first node behind this subtree
  Js kind{};
  JsField field{};
  std::uint16_t flags = 0;
};
static_assert(sizeof(JsNode) == 16);

bool is_function(Js kind);  // has a body of its own: what it holds does not run where it stands

// The syntax tree of one file as one array in preorder, so that asking for children and skipping
// subtrees cost nothing. Does not own the text.
class JsTree {
 public:
  class Iterator {
   public:
    Iterator(const JsTree& tree, std::uint32_t at) : tree_(&tree), at_(at) {}
    JsId operator*() const { return JsId{at_}; }
    Iterator& operator++() {
      at_ = tree_->nodes_[at_].next;
      return *this;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

   private:
    const JsTree* tree_;
    std::uint32_t at_;
  };
  struct Children {
    Iterator first, last;
    [[nodiscard]] Iterator begin() const { return first; }
    [[nodiscard]] Iterator end() const { return last; }
  };

  // Parses with the grammar that reads the text with the fewest errors. Empty when the parser gave
  // up.
  static JsTree parse(std::string_view text, JavaScriptDialect dialect);

  [[nodiscard]] bool empty() const { return nodes_.empty(); }
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(nodes_.size()); }
  [[nodiscard]] const JsNode& operator[](JsId id) const { return nodes_[id.index]; }
  [[nodiscard]] Js kind(JsId id) const { return id.exists() ? nodes_[id.index].kind : Js::None; }
  // Empty for an id that names nothing, as everything below.
  [[nodiscard]] Range range(JsId id) const {
    return id.exists() ? nodes_[id.index].where : Range{};
  }
  [[nodiscard]] std::string_view text(JsId id) const {
    const Range at = range(id);
    return text_.substr(at.begin, at.end - at.begin);
  }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] bool has(JsId id, JsFlags flag) const {
    return id.exists() && (nodes_[id.index].flags & flag) != 0;
  }
  [[nodiscard]] Children children(JsId id) const {
    if (!id.exists()) return {{*this, 0}, {*this, 0}};
    return {{*this, id.index + 1}, {*this, nodes_[id.index].next}};
  }
  [[nodiscard]] JsId child(JsId id, JsField field) const;  // the first with that field, or none
  [[nodiscard]] JsId child(JsId id, Js kind) const;        // the first of that kind, or none
  [[nodiscard]] JsId first_child(JsId id) const;
  [[nodiscard]] JsId last_child(JsId id) const;
  [[nodiscard]] JsId first_from(std::uint32_t offset) const;  // the outermost that begins there
  [[nodiscard]] std::string_view name_of(JsId id) const;      // the grammar's name, for Other

  [[nodiscard]] const std::vector<Range>& comments() const { return comments_; }
  [[nodiscard]] std::size_t error_count() const { return error_count_; }
  [[nodiscard]] const Problems& errors() const { return errors_; }  // the first few

 private:
  friend class JsTreeBuilder;
  struct OtherName {
    JsId node = {};
    const char* name = nullptr;
  };
  std::string_view text_;
  std::vector<JsNode> nodes_;
  std::vector<Range> comments_;
  std::vector<OtherName> other_names_;
  Problems errors_;
  std::size_t error_count_ = 0;
};

}  // namespace fnlint
