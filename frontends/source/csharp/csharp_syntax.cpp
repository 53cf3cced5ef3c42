// Maps the names of the C# grammar to kinds and fields.

#include "frontends/source/csharp/csharp_syntax.h"

extern "C" const TSLanguage* tree_sitter_c_sharp(void);

namespace fnlint {

namespace {

constexpr NamedKind cs(std::string_view name, Cs kind) {
  return {name, static_cast<std::uint8_t>(kind), NamedKindForm::Node};
}

const std::vector<NamedKind>& csharp_kinds() {
  static const std::vector<NamedKind> rows{
      syn("ERROR", Syn::Error),
      syn("comment", Syn::Comment),
      syn("compilation_unit", Syn::File),
      // --- The file
      cs("using_directive", Cs::Using),
      cs("namespace_declaration", Cs::Namespace),
      cs("file_scoped_namespace_declaration", Cs::FileNamespace),
      cs("global_statement", Cs::GlobalStatement),
      syn("global_attribute", Syn::None),
      syn("extern_alias_directive", Syn::None),
      syn("shebang_directive", Syn::None),
      cs("preproc_if", Cs::PreprocIf),
      cs("preproc_elif", Cs::PreprocElse),
      cs("preproc_else", Cs::PreprocElse),
      syn("preproc_if_in_attribute_list", Syn::None),
      syn("preproc_region", Syn::None),
      syn("preproc_endregion", Syn::None),
      syn("preproc_define", Syn::None),
      syn("preproc_undef", Syn::None),
      syn("preproc_error", Syn::None),
      syn("preproc_line", Syn::None),
      syn("preproc_nullable", Syn::None),
      syn("preproc_pragma", Syn::None),
      syn("preproc_warning", Syn::None),
      // --- Types and members
      syn("class_declaration", Syn::Class),
      syn("struct_declaration", Syn::Class),
      syn("record_declaration", Syn::Class),
      syn("interface_declaration", Syn::Class),
      cs("enum_declaration", Cs::Enum),
      syn("enum_member_declaration_list", Syn::ClassBody),
      cs("enum_member_declaration", Cs::EnumMember),
      syn("delegate_declaration", Syn::None),
      syn("declaration_list", Syn::ClassBody),
      cs("type_parameter_list", Cs::TypeParameters),
      cs("type_parameter", Cs::TypeParameter),
      cs("type_parameter_constraints_clause", Cs::TypeConstraints),
      cs("type_parameter_constraint", Cs::TypeConstraint),
      cs("base_list", Cs::Bases),
      cs("primary_constructor_base_type", Cs::PrimaryBase),
      syn("explicit_interface_specifier", Syn::None),
      syn("attribute_list", Syn::Modifiers),
      syn("attribute", Syn::Annotation),
      syn("attribute_argument_list", Syn::Arguments),
      syn("attribute_argument", Syn::Argument),
      syn("attribute_target_specifier", Syn::None),
      syn("modifier", Syn::Modifier),
      cs("field_declaration", Cs::FieldDeclaration),
      cs("event_field_declaration", Cs::FieldDeclaration),
      cs("property_declaration", Cs::Property),
      cs("accessor_list", Cs::Accessors),
      cs("accessor_declaration", Cs::Accessor),
      cs("event_declaration", Cs::Event),
      cs("indexer_declaration", Cs::Indexer),
      syn("method_declaration", Syn::Method),
      syn("constructor_declaration", Syn::Constructor),
      cs("constructor_initializer", Cs::ConstructorInitializer),
      cs("destructor_declaration", Cs::Destructor),
      cs("operator_declaration", Cs::OperatorMethod),
      cs("conversion_operator_declaration", Cs::OperatorMethod),
      cs("arrow_expression_clause", Cs::ArrowClause),
      syn("parameter_list", Syn::Parameters),
      syn("bracketed_parameter_list", Syn::Parameters),
      syn("parameter", Syn::Parameter),
      cs("implicit_parameter", Cs::ImplicitParameter),
      // --- Statements
      syn("block", Syn::Block),
      syn("empty_statement", Syn::None),
      syn("expression_statement", Syn::ExpressionStatement),
      cs("local_declaration_statement", Cs::Local),
      syn("variable_declaration", Syn::LocalDeclaration),
      syn("variable_declarator", Syn::Declarator),
      syn("local_function_statement", Syn::Function),
      syn("if_statement", Syn::If),
      syn("while_statement", Syn::While),
      syn("do_statement", Syn::DoWhile),
      syn("for_statement", Syn::For),
      cs("foreach_statement", Cs::ForEach),
      syn("try_statement", Syn::Try),
      syn("catch_clause", Syn::Catch),
      syn("catch_declaration", Syn::CatchParameter),
      cs("catch_filter_clause", Cs::CatchFilter),
      syn("finally_clause", Syn::Finally),
      syn("return_statement", Syn::Return),
      syn("throw_statement", Syn::Throw),
      syn("throw_expression", Syn::Throw),
      syn("break_statement", Syn::Break),
      syn("continue_statement", Syn::Continue),
      syn("labeled_statement", Syn::Labeled),
      cs("goto_statement", Cs::Goto),
      cs("yield_statement", Cs::Yield),
      cs("using_statement", Cs::UsingStatement),
      cs("lock_statement", Cs::Lock),
      cs("checked_statement", Cs::PlainBlock),
      cs("unsafe_statement", Cs::PlainBlock),
      cs("fixed_statement", Cs::PlainBlock),
      cs("switch_statement", Cs::Switch),
      cs("switch_body", Cs::SwitchBody),
      cs("switch_section", Cs::SwitchSection),
      // --- Expressions
      syn("identifier", Syn::Name),
      cs("predefined_type", Cs::Predefined),
      syn("generic_name", Syn::GenericType),
      syn("type_argument_list", Syn::TypeArguments),
      syn("qualified_name", Syn::QualifiedType),
      cs("alias_qualified_name", Cs::AliasName),
      syn("implicit_type", Syn::None),
      syn("nullable_type", Syn::WrappedType),
      syn("array_type", Syn::WrappedType),
      syn("pointer_type", Syn::WrappedType),
      syn("ref_type", Syn::WrappedType),
      syn("scoped_type", Syn::WrappedType),
      syn("function_pointer_type", Syn::None),
      cs("tuple_type", Cs::TupleType),
      syn("array_rank_specifier", Syn::None),
      syn("parenthesized_expression", Syn::Parenthesized),
      syn("checked_expression", Syn::Parenthesized),
      syn("ref_expression", Syn::Parenthesized),
      syn("assignment_expression", Syn::Assignment),
      syn("binary_expression", Syn::Binary),
      syn("conditional_expression", Syn::Conditional),
      syn("cast_expression", Syn::Cast),
      syn("prefix_unary_expression", Syn::Unary),
      syn("unary_expression", Syn::Unary),
      cs("postfix_unary_expression", Cs::Postfix),
      cs("as_expression", Cs::As),
      syn("is_expression", Syn::TypeTest),
      cs("is_pattern_expression", Cs::IsPattern),
      syn("invocation_expression", Syn::Call),
      syn("argument_list", Syn::Arguments),
      syn("argument", Syn::Argument),
      cs("bracketed_argument_list", Cs::Subscript),
      cs("element_access_expression", Cs::ElementAccess),
      syn("member_access_expression", Syn::Member),
      cs("conditional_access_expression", Cs::ConditionalAccess),
      cs("member_binding_expression", Cs::MemberBinding),
      cs("element_binding_expression", Cs::ElementBinding),
      syn("object_creation_expression", Syn::New),
      cs("implicit_object_creation_expression", Cs::TargetNew),
      cs("anonymous_object_creation_expression", Cs::AnonymousObject),
      cs("array_creation_expression", Cs::ArrayNew),
      cs("implicit_array_creation_expression", Cs::ArrayNew),
      cs("stackalloc_expression", Cs::ArrayNew),
      cs("implicit_stackalloc_expression", Cs::ArrayNew),
      cs("initializer_expression", Cs::Initializer),
      cs("collection_expression", Cs::Collection),
      cs("collection_element", Cs::CollectionElement),
      cs("expression_element", Cs::CollectionElement),
      cs("spread_element", Cs::SpreadElement),
      cs("with_expression", Cs::With),
      cs("with_initializer", Cs::WithEntry),
      syn("lambda_expression", Syn::Lambda),
      cs("anonymous_method_expression", Cs::AnonymousMethod),
      syn("await_expression", Syn::Await),
      syn("string_literal", Syn::Text),
      syn("character_literal", Syn::Character),
      cs("verbatim_string_literal", Cs::VerbatimText),
      cs("raw_string_literal", Cs::RawText),
      cs("raw_string_content", Cs::RawContent),
      cs("interpolated_string_expression", Cs::Interpolated),
      cs("interpolation", Cs::Interpolation),
      cs("string_content", Cs::InterpolatedText),
      cs("escape_sequence", Cs::InterpolatedText),
      cs("interpolation_start", Cs::InterpolationPart),
      cs("interpolation_quote", Cs::InterpolationPart),
      syn("interpolation_brace", Syn::None),
      syn("interpolation_alignment_clause", Syn::None),
      syn("interpolation_format_clause", Syn::None),
      syn("integer_literal", Syn::Number),
      syn("real_literal", Syn::Number),
      cs("boolean_literal", Cs::Boolean),
      syn("null_literal", Syn::Null),
      cs("default_expression", Cs::Default),
      cs("typeof_expression", Cs::TypeOf),
      cs("sizeof_expression", Cs::SizeOf),
      cs("declaration_expression", Cs::Declaration),
      cs("tuple_expression", Cs::Tuple),
      cs("range_expression", Cs::RangeExpression),
      cs("switch_expression", Cs::SwitchExpression),
      cs("switch_expression_arm", Cs::SwitchArm),
      cs("query_expression", Cs::Query),
      cs("from_clause", Cs::FromClause),
      cs("where_clause", Cs::WhereClause),
      cs("let_clause", Cs::LetClause),
      cs("join_clause", Cs::JoinClause),
      cs("join_into_clause", Cs::JoinInto),
      cs("order_by_clause", Cs::OrderByClause),
      cs("select_clause", Cs::SelectClause),
      cs("group_clause", Cs::GroupClause),
      // --- Patterns
      cs("constant_pattern", Cs::ConstantPattern),
      cs("declaration_pattern", Cs::DeclarationPattern),
      cs("var_pattern", Cs::VarPattern),
      cs("type_pattern", Cs::TypePattern),
      cs("recursive_pattern", Cs::RecursivePattern),
      cs("property_pattern_clause", Cs::PropertyClause),
      cs("positional_pattern_clause", Cs::PositionalClause),
      cs("subpattern", Cs::Subpattern),
      cs("relational_pattern", Cs::RelationalPattern),
      cs("and_pattern", Cs::AndPattern),
      cs("or_pattern", Cs::OrPattern),
      cs("negated_pattern", Cs::NotPattern),
      cs("parenthesized_pattern", Cs::ParenthesizedPattern),
      cs("list_pattern", Cs::ListPattern),
      cs("discard", Cs::Discard),
      cs("parenthesized_variable_designation", Cs::Designation),
      cs("tuple_pattern", Cs::TuplePattern),
      cs("when_clause", Cs::When),
      // --- Tokens
      syn_token("this", Syn::This),
      syn_token("base", Syn::Super),
      syn_token("out", Syn::Modifier),
      syn_token("ref", Syn::Modifier),
      syn_token("static", Syn::Modifier),
      syn_token("global", Syn::Modifier),
      syn_token("using", Syn::Modifier),
      syn_token("await", Syn::Modifier),
      syn_token("params", Syn::Modifier),
      syn_token("default", Syn::Modifier),
      syn_token("..", Syn::Operator),
  };
  return rows;
}

// Tokens that are operators fill that field of a binary expression or an assignment.
const std::vector<NamedKind>& all_kinds() {
  static const std::vector<NamedKind> rows = [] {
    std::vector<NamedKind> all = csharp_kinds();
    for (const std::string_view op :
         {"+",  "-",  "*",  "/",  "%",  "==", "!=", "<",  ">",   "<=",  ">=",  "&&",  "||", "??",
          "&",  "|",  "^",  "<<", ">>", ">>>", "=",  "+=", "-=",  "*=",  "/=",  "%=",  "&=", "|=",
          "^=", "<<=", ">>=", ">>>=", "?\?=", "!", "get", "set", "init", "add", "remove"})
      all.push_back(syn_operator(op));
    return all;
  }();
  return rows;
}

const std::vector<NamedKind>& csharp_fields() {
  static const std::vector<NamedKind> rows{
      syn_field("name", SynField::Name),
      syn_field("type", SynField::Type),
      syn_field("returns", SynField::Type),
      syn_field("body", SynField::Body),
      syn_field("parameters", SynField::Parameters),
      syn_field("value", SynField::Value),
      syn_field("accessors", SynField::Own),
      syn_field("condition", SynField::Condition),
      syn_field("consequence", SynField::Consequence),
      syn_field("alternative", SynField::Alternative),
      syn_field("initializer", SynField::Init),
      syn_field("update", SynField::Update),
      syn_field("left", SynField::Left),
      syn_field("right", SynField::Right),
      syn_field("operator", SynField::Operator),
      syn_field("argument", SynField::Operand),
      syn_field("function", SynField::Function),
      syn_field("arguments", SynField::Arguments),
      syn_field("expression", SynField::Object),
      syn_field("subscript", SynField::Index),
      syn_field("pattern", SynField::Pattern),
      syn_field("qualifier", SynField::Path),
      syn_field("alias", SynField::Alias),
  };
  return rows;
}

bool is_csharp_leaf(std::uint8_t kind) {
  switch (kind) {
    case static_cast<std::uint8_t>(Syn::Name):
    case static_cast<std::uint8_t>(Syn::Modifier):
    case static_cast<std::uint8_t>(Syn::Text):
    case static_cast<std::uint8_t>(Syn::Character):
    case static_cast<std::uint8_t>(Cs::Predefined):
    case static_cast<std::uint8_t>(Cs::Boolean):
    case static_cast<std::uint8_t>(Cs::VerbatimText):
    case static_cast<std::uint8_t>(Cs::Discard): return true;
    default: return false;
  }
}

// Tokens that say how a declaration is meant; elsewhere they would stand before what counts.
bool keeps_csharp(std::uint8_t kind, std::uint8_t parent) {
  if (kind != static_cast<std::uint8_t>(Syn::Modifier)) return true;
  switch (parent) {
    case static_cast<std::uint8_t>(Syn::Await):
    case static_cast<std::uint8_t>(Syn::Parenthesized):
    case static_cast<std::uint8_t>(Syn::WrappedType):
    case static_cast<std::uint8_t>(Cs::Default):
    case static_cast<std::uint8_t>(Cs::Goto): return false;
    default: return true;
  }
}

}  // namespace

const Grammar& csharp_grammar() {
  static const Grammar grammar(tree_sitter_c_sharp(), all_kinds(), csharp_fields(),
                               {.keeps = keeps_csharp, .is_leaf = is_csharp_leaf});
  return grammar;
}

}  // namespace fnlint
