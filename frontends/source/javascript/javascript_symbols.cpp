// Maps the names of three grammars to one set of kinds and fields.

#include "frontends/source/javascript/javascript_symbols.h"

#include <string_view>

extern "C" {
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_tsx();
const TSLanguage* tree_sitter_typescript();
}

namespace fnlint {

namespace {

struct Symbol {
  std::string_view name;
  Js kind;
};

constexpr Symbol kNodes[] = {
    {"comment", Js::Comment},
    {"html_comment", Js::Comment},
    {"hash_bang_line", Js::None},
    {"string_fragment", Js::None},
    {"escape_sequence", Js::None},
    {"regex_pattern", Js::None},
    {"regex_flags", Js::None},
    {"html_character_reference", Js::None},
    {"program", Js::Program},
    {"import_statement", Js::ImportStatement},
    {"import_clause", Js::ImportClause},
    {"named_imports", Js::NamedImports},
    {"import_specifier", Js::ImportSpecifier},
    {"namespace_import", Js::NamespaceImport},
    {"import_attribute", Js::ImportAttribute},
    {"import_require_clause", Js::ImportRequireClause},
    {"import_alias", Js::ImportAlias},
    {"export_statement", Js::ExportStatement},
    {"export_clause", Js::ExportClause},
    {"export_specifier", Js::ExportSpecifier},
    {"namespace_export", Js::NamespaceExport},
    {"debugger_statement", Js::DebuggerStatement},
    {"empty_statement", Js::EmptyStatement},
    {"expression_statement", Js::ExpressionStatement},
    {"variable_declaration", Js::VariableDeclaration},
    {"lexical_declaration", Js::LexicalDeclaration},
    {"using_declaration", Js::UsingDeclaration},
    {"variable_declarator", Js::VariableDeclarator},
    {"statement_block", Js::StatementBlock},
    {"else_clause", Js::ElseClause},
    {"if_statement", Js::IfStatement},
    {"switch_statement", Js::SwitchStatement},
    {"switch_body", Js::SwitchBody},
    {"switch_case", Js::SwitchCase},
    {"switch_default", Js::SwitchDefault},
    {"for_statement", Js::ForStatement},
    {"for_in_statement", Js::ForInStatement},
    {"while_statement", Js::WhileStatement},
    {"do_statement", Js::DoStatement},
    {"try_statement", Js::TryStatement},
    {"catch_clause", Js::CatchClause},
    {"finally_clause", Js::FinallyClause},
    {"with_statement", Js::WithStatement},
    {"break_statement", Js::BreakStatement},
    {"continue_statement", Js::ContinueStatement},
    {"return_statement", Js::ReturnStatement},
    {"throw_statement", Js::ThrowStatement},
    {"labeled_statement", Js::LabeledStatement},
    {"function_declaration", Js::FunctionDeclaration},
    {"generator_function_declaration", Js::GeneratorDeclaration},
    {"function_signature", Js::FunctionSignature},
    {"function_expression", Js::FunctionExpression},
    {"generator_function", Js::GeneratorFunction},
    {"arrow_function", Js::ArrowFunction},
    {"method_definition", Js::MethodDefinition},
    {"formal_parameters", Js::FormalParameters},
    {"required_parameter", Js::RequiredParameter},
    {"optional_parameter", Js::OptionalParameter},
    {"class_declaration", Js::ClassDeclaration},
    {"abstract_class_declaration", Js::AbstractClassDeclaration},
    {"class", Js::Class},
    {"class_heritage", Js::ClassHeritage},
    {"extends_clause", Js::ExtendsClause},
    {"class_body", Js::ClassBody},
    {"field_definition", Js::FieldDefinition},
    {"public_field_definition", Js::FieldDefinition},
    {"class_static_block", Js::StaticBlock},
    {"method_signature", Js::MethodSignature},
    {"abstract_method_signature", Js::MethodSignature},
    {"index_signature", Js::IndexSignature},
    {"decorator", Js::Decorator},
    {"accessibility_modifier", Js::AccessibilityModifier},
    {"override_modifier", Js::OverrideModifier},
    {"parenthesized_expression", Js::Parenthesized},
    {"sequence_expression", Js::Sequence},
    {"assignment_expression", Js::Assignment},
    {"augmented_assignment_expression", Js::AugmentedAssignment},
    {"await_expression", Js::Await},
    {"unary_expression", Js::Unary},
    {"binary_expression", Js::Binary},
    {"ternary_expression", Js::Ternary},
    {"update_expression", Js::Update},
    {"new_expression", Js::New},
    {"yield_expression", Js::Yield},
    {"subscript_expression", Js::Subscript},
    {"member_expression", Js::Member},
    {"call_expression", Js::Call},
    {"arguments", Js::Arguments},
    {"optional_chain", Js::OptionalChain},
    {"identifier", Js::Identifier},
    {"undefined", Js::Undefined},
    {"this", Js::This},
    {"super", Js::Super},
    {"import", Js::Import},
    {"meta_property", Js::MetaProperty},
    {"string", Js::String},
    {"number", Js::Number},
    {"regex", Js::Regex},
    {"true", Js::True},
    {"false", Js::False},
    {"null", Js::Null},
    {"template_string", Js::Template},
    {"template_substitution", Js::TemplateSubstitution},
    {"object", Js::Object},
    {"pair", Js::Pair},
    {"spread_element", Js::Spread},
    {"shorthand_property_identifier", Js::ShorthandIdentifier},
    {"array", Js::Array},
    {"property_identifier", Js::PropertyIdentifier},
    {"private_property_identifier", Js::PrivateName},
    {"computed_property_name", Js::ComputedName},
    {"statement_identifier", Js::LabelIdentifier},
    {"as_expression", Js::As},
    {"satisfies_expression", Js::Satisfies},
    {"non_null_expression", Js::NonNull},
    {"instantiation_expression", Js::Instantiation},
    {"type_assertion", Js::TypeAssertion},
    {"jsx_element", Js::JsxElement},
    {"jsx_self_closing_element", Js::JsxSelfClosing},
    {"jsx_opening_element", Js::JsxOpening},
    {"jsx_closing_element", Js::JsxClosing},
    {"jsx_expression", Js::JsxExpression},
    {"jsx_attribute", Js::JsxAttribute},
    {"jsx_text", Js::JsxText},
    {"jsx_namespace_name", Js::JsxName},
    {"object_pattern", Js::ObjectPattern},
    {"array_pattern", Js::ArrayPattern},
    {"assignment_pattern", Js::AssignmentPattern},
    {"object_assignment_pattern", Js::ObjectAssignmentPattern},
    {"pair_pattern", Js::PairPattern},
    {"rest_pattern", Js::RestPattern},
    {"shorthand_property_identifier_pattern", Js::ShorthandPattern},
    {"ambient_declaration", Js::AmbientDeclaration},
    {"module", Js::Namespace},
    {"internal_module", Js::Namespace},
    {"enum_declaration", Js::EnumDeclaration},
    {"enum_body", Js::EnumBody},
    {"enum_assignment", Js::EnumAssignment},
    {"interface_declaration", Js::TypeDeclaration},
    {"type_alias_declaration", Js::TypeDeclaration},
    {"type_annotation", Js::TypeAnnotation},
    {"type_arguments", Js::TypeArguments},
    {"type_parameters", Js::TypeParameters},
    {"type_identifier", Js::TypeIdentifier},
    {"nested_type_identifier", Js::NestedTypeIdentifier},
    {"nested_identifier", Js::NestedIdentifier},
    {"generic_type", Js::GenericType},
    {"predefined_type", Js::PredefinedType},
    {"array_type", Js::ArrayType},
    {"union_type", Js::UnionType},
    {"intersection_type", Js::IntersectionType},
    {"readonly_type", Js::ReadonlyType},
    {"parenthesized_type", Js::ParenthesizedType},
    {"literal_type", Js::LiteralType},
    {"adding_type_annotation", Js::OtherType},
    {"omitting_type_annotation", Js::OtherType},
    {"opting_type_annotation", Js::OtherType},
    {"asserts_annotation", Js::OtherType},
    {"type_predicate_annotation", Js::OtherType},
    {"asserts", Js::OtherType},
    {"type_predicate", Js::OtherType},
    {"conditional_type", Js::OtherType},
    {"constructor_type", Js::OtherType},
    {"existential_type", Js::OtherType},
    {"flow_maybe_type", Js::OtherType},
    {"function_type", Js::OtherType},
    {"implements_clause", Js::OtherType},
    {"index_type_query", Js::OtherType},
    {"infer_type", Js::OtherType},
    {"lookup_type", Js::OtherType},
    {"object_type", Js::OtherType},
    {"template_literal_type", Js::OtherType},
    {"this_type", Js::OtherType},
    {"tuple_type", Js::OtherType},
    {"type_query", Js::OtherType},
    {"optional_type", Js::OtherType},
    {"rest_type", Js::OtherType},
};

constexpr Symbol kTokens[] = {
    {",", Js::Comma},
    {"=", Js::EqualsToken},
    {"?.", Js::OptionalChain},
    {"async", Js::AsyncToken},
    {"static", Js::StaticToken},
    {"static get", Js::StaticGetToken},
    {"get", Js::GetToken},
    {"set", Js::SetToken},
    {"readonly", Js::ReadonlyToken},
    {"abstract", Js::AbstractToken},
    {"declare", Js::DeclareToken},
    {"function", Js::FunctionToken},
    {"=>", Js::ArrowToken},
    {"const", Js::ConstToken},
    {"let", Js::LetToken},
    {"var", Js::VarToken},
    {"using", Js::UsingToken},
    {"await", Js::AwaitToken},
    {"default", Js::DefaultToken},
    {"type", Js::TypeToken},
    {"as", Js::AsToken},
    {"*", Js::Star},
    {"+", Js::Plus},
    {"-", Js::Minus},
    {"/", Js::Slash},
    {"%", Js::Percent},
    {"**", Js::StarStar},
    {"<", Js::Less},
    {"<=", Js::LessEqual},
    {">", Js::Greater},
    {">=", Js::GreaterEqual},
    {"==", Js::EqualEqual},
    {"===", Js::EqualEqual},
    {"!=", Js::NotEqual},
    {"!==", Js::NotEqual},
    {"&&", Js::AndAnd},
    {"||", Js::OrOr},
    {"??", Js::Nullish},
    {"&", Js::BitAnd},
    {"|", Js::BitOr},
    {"^", Js::BitXor},
    {"<<", Js::ShiftLeft},
    {">>", Js::ShiftRight},
    {">>>", Js::ShiftRight},
    {"instanceof", Js::InstanceOf},
    {"in", Js::In},
    {"of", Js::Of},
    {"!", Js::Not},
    {"~", Js::BitNot},
    {"typeof", Js::Typeof},
    {"void", Js::Void},
    {"delete", Js::Delete},
    {"++", Js::PlusPlus},
    {"--", Js::MinusMinus},
    {"+=", Js::PlusAssign},
    {"-=", Js::MinusAssign},
    {"*=", Js::StarAssign},
    {"/=", Js::SlashAssign},
    {"%=", Js::PercentAssign},
    {"**=", Js::StarStarAssign},
    {"&=", Js::BitAndAssign},
    {"|=", Js::BitOrAssign},
    {"^=", Js::BitXorAssign},
    {"<<=", Js::ShiftLeftAssign},
    {">>=", Js::ShiftRightAssign},
    {">>>=", Js::ShiftRightAssign},
    {"&&=", Js::AndAssign},
    {"||=", Js::OrAssign},
    {"?\?=", Js::NullishAssign},
};

struct FieldName {
  std::string_view name;
  JsField kind;
};
constexpr FieldName kFields[] = {
    {"alias", JsField::Alias},
    {"alternative", JsField::Alternative},
    {"argument", JsField::Argument},
    {"arguments", JsField::Arguments},
    {"attribute", JsField::Attribute},
    {"body", JsField::Body},
    {"condition", JsField::Condition},
    {"consequence", JsField::Consequence},
    {"constructor", JsField::Constructor},
    {"declaration", JsField::Declaration},
    {"decorator", JsField::Decorator},
    {"finalizer", JsField::Finalizer},
    {"function", JsField::Function},
    {"handler", JsField::Handler},
    {"increment", JsField::Increment},
    {"index", JsField::Index},
    {"initializer", JsField::Initializer},
    {"key", JsField::Key},
    {"kind", JsField::Kind},
    {"label", JsField::Label},
    {"left", JsField::Left},
    {"module", JsField::Module},
    {"name", JsField::Name},
    {"object", JsField::Object},
    {"open_tag", JsField::OpenTag},
    {"operator", JsField::Operator},
    {"parameter", JsField::Parameter},
    {"parameters", JsField::Parameters},
    {"pattern", JsField::Pattern},
    {"property", JsField::Property},
    {"return_type", JsField::ReturnType},
    {"right", JsField::Right},
    {"source", JsField::Source},
    {"type", JsField::Type},
    {"type_arguments", JsField::TypeArguments},
    {"value", JsField::Value},
};

bool is_javascript_leaf(std::uint8_t kind) {
  switch (static_cast<Js>(kind)) {
    case Js::Identifier:
    case Js::PropertyIdentifier:
    case Js::ShorthandIdentifier:
    case Js::ShorthandPattern:
    case Js::PrivateName:
    case Js::LabelIdentifier:
    case Js::TypeIdentifier:
    case Js::String:
    case Js::Number:
    case Js::Regex:
    case Js::MetaProperty:
    case Js::OptionalChain:
    case Js::PredefinedType:
    case Js::AccessibilityModifier:
    case Js::OverrideModifier:
    case Js::JsxText: return true;
    default: return false;
  }
}

// Of some tokens only those of one parent matter.
bool keeps_javascript(std::uint8_t kind, std::uint8_t parent) {
  const Js around = static_cast<Js>(parent);
  switch (static_cast<Js>(kind)) {
    case Js::Comma: return around == Js::Array || around == Js::ArrayPattern;
    case Js::EqualsToken:
    case Js::AsToken: return around == Js::ExportStatement;
    case Js::AwaitToken: return around != Js::Await;
    default: return true;
  }
}

Grammar make_grammar(const TSLanguage* language) {
  std::vector<NamedKind> kinds, fields;
  for (const Symbol& row : kNodes) kinds.push_back({row.name, static_cast<std::uint8_t>(row.kind)});
  for (const Symbol& row : kTokens) {
    const bool is_operator = row.kind > Js::Star && row.kind != Js::Typeof;
    kinds.push_back({row.name, static_cast<std::uint8_t>(row.kind),
                     is_operator ? NamedKindForm::TokenWithField : NamedKindForm::Token});
  }
  for (const FieldName& row : kFields)
    fields.push_back({row.name, static_cast<std::uint8_t>(row.kind)});
  return {language, kinds, fields, Pruning{keeps_javascript, is_javascript_leaf}};
}

}  // namespace

const Grammar& js_grammar(JsGrammar grammar) {
  switch (grammar) {
    case JsGrammar::TypeScript: {
      static const Grammar typescript = make_grammar(tree_sitter_typescript());
      return typescript;
    }
    case JsGrammar::Tsx: {
      static const Grammar tsx = make_grammar(tree_sitter_tsx());
      return tsx;
    }
    case JsGrammar::JavaScript: break;
  }
  static const Grammar javascript = make_grammar(tree_sitter_javascript());
  return javascript;
}

}  // namespace fnlint
