// Maps the names of the Python grammar to kinds and fields.

#include "frontends/source/python/python_syntax.h"

extern "C" const TSLanguage* tree_sitter_python();

namespace fnlint {

namespace {

NamedKind node(std::string_view name, Py kind) { return {name, static_cast<std::uint8_t>(kind)}; }
NamedKind token(std::string_view name, Py kind,
                NamedKindForm form = NamedKindForm::TokenWithField) {
  return {name, static_cast<std::uint8_t>(kind), form};
}
NamedKind field(std::string_view name, PyField kind) {
  return {name, static_cast<std::uint8_t>(kind)};
}

}  // namespace

const Grammar& python_grammar() {
  static const Grammar grammar(
      tree_sitter_python(),
      {
          node("comment", Py::Comment),
          node("line_continuation", Py::Dropped),
          node("string_content", Py::Dropped),  // read from the text: some have none
          node("string_end", Py::Dropped),
          node("module", Py::Module),
          node("expression_statement", Py::ExpressionStatement),
          node("import_statement", Py::ImportStatement),
          node("future_import_statement", Py::FutureImportStatement),
          node("import_from_statement", Py::ImportFromStatement),
          node("print_statement", Py::PrintStatement),
          node("assert_statement", Py::AssertStatement),
          node("return_statement", Py::ReturnStatement),
          node("delete_statement", Py::DeleteStatement),
          node("raise_statement", Py::RaiseStatement),
          node("pass_statement", Py::PassStatement),
          node("break_statement", Py::BreakStatement),
          node("continue_statement", Py::ContinueStatement),
          node("global_statement", Py::GlobalStatement),
          node("nonlocal_statement", Py::NonlocalStatement),
          node("exec_statement", Py::ExecStatement),
          node("type_alias_statement", Py::TypeAliasStatement),
          node("if_statement", Py::IfStatement),
          node("elif_clause", Py::ElifClause),
          node("else_clause", Py::ElseClause),
          node("for_statement", Py::ForStatement),
          node("while_statement", Py::WhileStatement),
          node("try_statement", Py::TryStatement),
          node("except_clause", Py::ExceptClause),
          node("finally_clause", Py::FinallyClause),
          node("with_statement", Py::WithStatement),
          node("with_clause", Py::WithClause),
          node("with_item", Py::WithItem),
          node("function_definition", Py::FunctionDefinition),
          node("class_definition", Py::ClassDefinition),
          node("decorated_definition", Py::DecoratedDefinition),
          node("decorator", Py::Decorator),
          node("match_statement", Py::MatchStatement),
          node("case_clause", Py::CaseClause),
          node("block", Py::Block),
          node("assignment", Py::Assignment),
          node("augmented_assignment", Py::AugmentedAssignment),
          node("identifier", Py::Identifier),
          node("attribute", Py::Attribute),
          node("subscript", Py::Subscript),
          node("slice", Py::Slice),
          node("call", Py::Call),
          node("argument_list", Py::ArgumentList),
          node("keyword_argument", Py::KeywordArgument),
          node("list_splat", Py::ListSplat),
          node("dictionary_splat", Py::DictionarySplat),
          node("parenthesized_list_splat", Py::ParenthesizedListSplat),
          node("string", Py::String),
          node("concatenated_string", Py::ConcatenatedString),
          node("string_start", Py::StringStart),
          node("interpolation", Py::Interpolation),
          node("format_expression", Py::FormatExpression),
          node("format_specifier", Py::FormatSpecifier),
          node("type_conversion", Py::TypeConversion),
          node("integer", Py::Integer),
          node("float", Py::Float),
          node("true", Py::True),
          node("false", Py::False),
          node("none", Py::None),
          node("ellipsis", Py::Ellipsis),
          node("unary_operator", Py::UnaryOperator),
          node("binary_operator", Py::BinaryOperator),
          node("boolean_operator", Py::BooleanOperator),
          node("not_operator", Py::NotOperator),
          node("comparison_operator", Py::ComparisonOperator),
          node("conditional_expression", Py::ConditionalExpression),
          node("named_expression", Py::NamedExpression),
          node("lambda", Py::Lambda),
          node("lambda_parameters", Py::LambdaParameters),
          node("list", Py::List),
          node("tuple", Py::Tuple),
          node("set", Py::Set),
          node("dictionary", Py::Dictionary),
          node("pair", Py::Pair),
          node("expression_list", Py::ExpressionList),
          node("pattern_list", Py::PatternList),
          node("tuple_pattern", Py::TuplePattern),
          node("list_pattern", Py::ListPattern),
          node("list_splat_pattern", Py::ListSplatPattern),
          node("dictionary_splat_pattern", Py::DictionarySplatPattern),
          node("list_comprehension", Py::ListComprehension),
          node("set_comprehension", Py::SetComprehension),
          node("dictionary_comprehension", Py::DictionaryComprehension),
          node("generator_expression", Py::GeneratorExpression),
          node("for_in_clause", Py::ForInClause),
          node("if_clause", Py::IfClause),
          node("await", Py::Await),
          node("yield", Py::Yield),
          node("parenthesized_expression", Py::ParenthesizedExpression),
          node("as_pattern", Py::AsPattern),
          node("as_pattern_target", Py::AsPatternTarget),
          node("parameters", Py::Parameters),
          node("typed_parameter", Py::TypedParameter),
          node("default_parameter", Py::DefaultParameter),
          node("typed_default_parameter", Py::TypedDefaultParameter),
          node("keyword_separator", Py::KeywordSeparator),
          node("positional_separator", Py::PositionalSeparator),
          node("type", Py::Type),
          node("generic_type", Py::GenericType),
          node("union_type", Py::UnionType),
          node("member_type", Py::MemberType),
          node("constrained_type", Py::ConstrainedType),
          node("splat_type", Py::SplatType),
          node("type_parameter", Py::TypeParameter),
          node("dotted_name", Py::DottedName),
          node("aliased_import", Py::AliasedImport),
          node("relative_import", Py::RelativeImport),
          node("import_prefix", Py::ImportPrefix),
          node("wildcard_import", Py::WildcardImport),
          node("chevron", Py::Chevron),
          node("case_pattern", Py::CasePattern),
          node("class_pattern", Py::ClassPattern),
          node("splat_pattern", Py::SplatPattern),
          node("union_pattern", Py::UnionPattern),
          node("dict_pattern", Py::DictPattern),
          node("keyword_pattern", Py::KeywordPattern),
          node("complex_pattern", Py::ComplexPattern),
          token("and", Py::And),
          token("or", Py::Or),
          token("+", Py::Plus),
          token("-", Py::Minus, NamedKindForm::Token),
          token("*", Py::Star),
          token("/", Py::Slash),
          token("%", Py::Percent),
          token("//", Py::DoubleSlash),
          token("**", Py::DoubleStar),
          token("&", Py::Ampersand),
          token("|", Py::Pipe),
          token("^", Py::Caret),
          token("<<", Py::ShiftLeft),
          token(">>", Py::ShiftRight),
          token("@", Py::At),
          token("~", Py::Tilde),
          token("<", Py::Less),
          token("<=", Py::LessEqual),
          token("==", Py::EqualEqual),
          token("!=", Py::NotEqual),
          token("<>", Py::OldNotEqual),
          token(">", Py::Greater),
          token(">=", Py::GreaterEqual),
          token("in", Py::In),
          token("not in", Py::NotIn),
          token("is", Py::Is),
          token("is not", Py::IsNot),
          token("+=", Py::PlusAssign),
          token("-=", Py::MinusAssign),
          token("*=", Py::StarAssign),
          token("/=", Py::SlashAssign),
          token("%=", Py::PercentAssign),
          token("//=", Py::DoubleSlashAssign),
          token("**=", Py::DoubleStarAssign),
          token("&=", Py::AmpersandAssign),
          token("|=", Py::PipeAssign),
          token("^=", Py::CaretAssign),
          token("<<=", Py::ShiftLeftAssign),
          token(">>=", Py::ShiftRightAssign),
          token("@=", Py::AtAssign),
          token("_", Py::Underscore, NamedKindForm::Token),
          token("from", Py::From, NamedKindForm::Token),
      },
      {
          field("alias", PyField::Alias),
          field("alternative", PyField::Alternative),
          field("argument", PyField::Argument),
          field("arguments", PyField::Arguments),
          field("attribute", PyField::Attribute),
          field("body", PyField::Body),
          field("cause", PyField::Cause),
          field("code", PyField::Code),
          field("condition", PyField::Condition),
          field("consequence", PyField::Consequence),
          field("definition", PyField::Definition),
          field("expression", PyField::Expression),
          field("function", PyField::Function),
          field("guard", PyField::Guard),
          field("key", PyField::Key),
          field("left", PyField::Left),
          field("module_name", PyField::ModuleName),
          field("name", PyField::Name),
          field("object", PyField::Object),
          field("operator", PyField::Operator),
          field("operators", PyField::Operators),
          field("parameters", PyField::Parameters),
          field("return_type", PyField::ReturnType),
          field("right", PyField::Right),
          field("subject", PyField::Subject),
          field("subscript", PyField::Subscript),
          field("superclasses", PyField::Superclasses),
          field("type", PyField::Type),
          field("type_parameters", PyField::TypeParameters),
          field("value", PyField::Value),
      });
  return grammar;
}

bool is_statement(Py kind) {
  return (kind >= Py::ExpressionStatement && kind <= Py::IfStatement) || kind == Py::ForStatement ||
         kind == Py::WhileStatement || kind == Py::TryStatement || kind == Py::WithStatement ||
         kind == Py::FunctionDefinition || kind == Py::ClassDefinition ||
         kind == Py::DecoratedDefinition || kind == Py::MatchStatement || kind == Py::Block;
}

bool is_expression(Py kind) {
  switch (kind) {
    case Py::Identifier:
    case Py::Attribute:
    case Py::Subscript:
    case Py::Call:
    case Py::String:
    case Py::ConcatenatedString:
    case Py::Integer:
    case Py::Float:
    case Py::True:
    case Py::False:
    case Py::None:
    case Py::Ellipsis:
    case Py::UnaryOperator:
    case Py::BinaryOperator:
    case Py::BooleanOperator:
    case Py::NotOperator:
    case Py::ComparisonOperator:
    case Py::ConditionalExpression:
    case Py::NamedExpression:
    case Py::Lambda:
    case Py::List:
    case Py::Tuple:
    case Py::Set:
    case Py::Dictionary:
    case Py::ExpressionList:
    case Py::ListComprehension:
    case Py::SetComprehension:
    case Py::DictionaryComprehension:
    case Py::GeneratorExpression:
    case Py::Await:
    case Py::Yield:
    case Py::Assignment:
    case Py::AugmentedAssignment:
    case Py::ParenthesizedExpression: return true;
    default: return false;
  }
}

NodeId aliased_type(const SyntaxNodes& nodes, NodeId statement) {
  const NodeId left = nodes.child(statement, static_cast<std::uint8_t>(PyField::Left));
  NodeId name = left == kNoNode ? kNoNode : nodes.first_child(left);
  if (name != kNoNode && static_cast<Py>(nodes[name].kind) == Py::GenericType)
    name = nodes.first_child(name);
  const bool is_name = name != kNoNode && static_cast<Py>(nodes[name].kind) == Py::Identifier;
  return is_name ? name : kNoNode;
}

}  // namespace fnlint
