// Maps the names of the C++ grammar to kinds and fields.

#include "frontends/source/cpp/cpp_syntax.h"

extern "C" const TSLanguage* tree_sitter_cpp();

namespace fnlint {

namespace {

constexpr NamedKind own(std::string_view name, Cpp kind) {
  return {name, static_cast<std::uint8_t>(kind), NamedKindForm::Node};
}
constexpr NamedKind own_field(std::string_view name, CppField field) {
  return {name, static_cast<std::uint8_t>(field), NamedKindForm::Node};
}

bool is_cpp_leaf(std::uint8_t kind) {
  switch (static_cast<Cpp>(kind)) {
    case Cpp::RawText:
    case Cpp::Define:
    case Cpp::Storage:
    case Cpp::Qualifier:
    case Cpp::OperatorName:
    case Cpp::DestructorName: return true;
    default: break;
  }
  const Syn shared = static_cast<Syn>(kind);
  return shared == Syn::Text || shared == Syn::Character || shared == Syn::Null;
}

const std::vector<NamedKind>& cpp_kinds() {
  static const std::vector<NamedKind> rows{
      syn("comment", Syn::Comment),
      syn("translation_unit", Syn::File),
      // Files and namespaces.
      own("preproc_include", Cpp::Include),
      own("preproc_def", Cpp::Define),
      own("preproc_function_def", Cpp::Define),
      own("preproc_call", Cpp::Define),
      own("preproc_if", Cpp::Conditional),
      own("preproc_ifdef", Cpp::Conditional),
      own("preproc_elif", Cpp::OtherwiseConditional),
      own("preproc_elifdef", Cpp::OtherwiseConditional),
      own("preproc_else", Cpp::ConditionalElse),
      own("using_declaration", Cpp::Using),
      own("alias_declaration", Cpp::Alias),
      own("namespace_alias_definition", Cpp::NamespaceAlias),
      own("type_definition", Cpp::TypeDefinition),
      own("namespace_definition", Cpp::Namespace),
      own("nested_namespace_specifier", Cpp::NestedName),
      own("linkage_specification", Cpp::Linkage),
      own("declaration_list", Cpp::DeclarationList),
      own("template_declaration", Cpp::Template),
      own("template_parameter_list", Cpp::TemplateParameters),
      own("type_parameter_declaration", Cpp::TypeParameter),
      own("variadic_type_parameter_declaration", Cpp::TypeParameter),
      own("optional_type_parameter_declaration", Cpp::TypeParameter),
      own("friend_declaration", Cpp::Friend),
      syn("template_instantiation", Syn::None),
      syn("static_assert_declaration", Syn::None),
      syn("concept_definition", Syn::None),
      // Declarations.
      syn("function_definition", Syn::Function),
      own("declaration", Cpp::Declaration),
      own("field_declaration", Cpp::FieldDeclaration),
      own("storage_class_specifier", Cpp::Storage),
      own("type_qualifier", Cpp::Qualifier),
      own("init_declarator", Cpp::InitDeclarator),
      own("function_declarator", Cpp::FunctionDeclarator),
      own("abstract_function_declarator", Cpp::AbstractFunctionDeclarator),
      own("pointer_declarator", Cpp::PointerDeclarator),
      own("pointer_type_declarator", Cpp::PointerDeclarator),
      own("abstract_pointer_declarator", Cpp::PointerDeclarator),
      own("reference_declarator", Cpp::ReferenceDeclarator),
      own("abstract_reference_declarator", Cpp::ReferenceDeclarator),
      own("array_declarator", Cpp::ArrayDeclarator),
      own("abstract_array_declarator", Cpp::ArrayDeclarator),
      own("parenthesized_declarator", Cpp::ParenthesizedDeclarator),
      own("abstract_parenthesized_declarator", Cpp::ParenthesizedDeclarator),
      own("attributed_declarator", Cpp::AttributedDeclarator),
      own("variadic_declarator", Cpp::VariadicDeclarator),
      own("structured_binding_declarator", Cpp::StructuredBinding),
      own("operator_name", Cpp::OperatorName),
      own("operator_cast", Cpp::OperatorCast),
      own("destructor_name", Cpp::DestructorName),
      syn("class_specifier", Syn::Class),
      syn("struct_specifier", Syn::Class),
      syn("union_specifier", Syn::Class),
      syn("field_declaration_list", Syn::ClassBody),
      own("base_class_clause", Cpp::BaseClause),
      own("field_initializer_list", Cpp::InitializerList),
      own("field_initializer", Cpp::MemberInitializer),
      own("default_method_clause", Cpp::DefaultedBody),
      own("delete_method_clause", Cpp::DefaultedBody),
      own("pure_virtual_clause", Cpp::DefaultedBody),
      syn("access_specifier", Syn::None),
      syn("virtual_specifier", Syn::None),
      syn("explicit_function_specifier", Syn::None),
      syn("trailing_return_type", Syn::None),
      syn("noexcept", Syn::None),
      syn("throw_specifier", Syn::None),
      syn("ref_qualifier", Syn::None),
      syn("requires_clause", Syn::None),
      syn("attribute_declaration", Syn::None),
      syn("attribute_specifier", Syn::None),
      syn("alignas_qualifier", Syn::None),
      syn("ms_declspec_modifier", Syn::None),
      syn("ms_call_modifier", Syn::None),
      syn("bitfield_clause", Syn::None),
      syn("parameter_list", Syn::Parameters),
      syn("parameter_declaration", Syn::Parameter),
      syn("optional_parameter_declaration", Syn::Parameter),
      syn("variadic_parameter_declaration", Syn::RestParameter),
      own("enum_specifier", Cpp::Enum),
      own("enumerator_list", Cpp::EnumeratorList),
      own("enumerator", Cpp::Enumerator),
      // Types.
      own("primitive_type", Cpp::Primitive),
      own("sized_type_specifier", Cpp::Primitive),
      own("placeholder_type_specifier", Cpp::Auto),
      own("decltype", Cpp::Decltype),
      own("type_descriptor", Cpp::TypeDescriptor),
      own("template_type", Cpp::TemplateType),
      own("template_argument_list", Cpp::TemplateArguments),
      syn("type_identifier", Syn::TypeName),
      syn("namespace_identifier", Syn::TypeName),
      // Statements.
      syn("compound_statement", Syn::Block),
      syn("expression_statement", Syn::ExpressionStatement),
      syn("attributed_statement", Syn::ExpressionStatement),
      syn("if_statement", Syn::If),
      own("condition_clause", Cpp::ConditionClause),
      own("init_statement", Cpp::InitStatement),
      own("else_clause", Cpp::Else),
      syn("while_statement", Syn::While),
      syn("do_statement", Syn::DoWhile),
      syn("for_statement", Syn::For),
      own("for_range_loop", Cpp::RangeFor),
      own("switch_statement", Cpp::Switch),
      own("case_statement", Cpp::Case),
      syn("try_statement", Syn::Try),
      own("catch_clause", Cpp::CatchClause),
      syn("return_statement", Syn::Return),
      own("co_return_statement", Cpp::CoReturn),
      own("co_yield_statement", Cpp::CoYield),
      syn("throw_statement", Syn::Throw),
      syn("break_statement", Syn::Break),
      syn("continue_statement", Syn::Continue),
      syn("labeled_statement", Syn::Labeled),
      own("goto_statement", Cpp::Goto),
      syn("statement_identifier", Syn::Name),
      // Expressions.
      syn("parenthesized_expression", Syn::Parenthesized),
      syn("assignment_expression", Syn::Assignment),
      syn("update_expression", Syn::Update),
      syn("unary_expression", Syn::Unary),
      syn("binary_expression", Syn::Binary),
      syn("conditional_expression", Syn::Conditional),
      syn("cast_expression", Syn::Cast),
      syn("call_expression", Syn::Call),
      syn("argument_list", Syn::Arguments),
      syn("field_expression", Syn::Member),
      syn("subscript_expression", Syn::Index),
      own("subscript_argument_list", Cpp::Indices),
      syn("lambda_expression", Syn::Lambda),
      own("lambda_capture_specifier", Cpp::Captures),
      own("lambda_capture_initializer", Cpp::CaptureInitializer),
      syn("lambda_default_capture", Syn::None),
      syn("new_expression", Syn::New),
      own("new_declarator", Cpp::NewArray),
      own("delete_expression", Cpp::Delete),
      own("comma_expression", Cpp::Comma),
      own("pointer_expression", Cpp::PointerExpression),
      own("qualified_identifier", Cpp::Qualified),
      own("template_function", Cpp::TemplateFunction),
      own("template_method", Cpp::TemplateFunction),
      own("dependent_name", Cpp::DependentName),
      own("initializer_list", Cpp::Braces),
      own("initializer_pair", Cpp::DesignatedValue),
      own("field_designator", Cpp::Designator),
      own("subscript_designator", Cpp::Designator),
      own("compound_literal_expression", Cpp::TypedBraces),
      own("concatenated_string", Cpp::ConcatenatedText),
      own("raw_string_literal", Cpp::RawText),
      own("user_defined_literal", Cpp::UserLiteral),
      own("sizeof_expression", Cpp::Sizeof),
      own("alignof_expression", Cpp::Sizeof),
      own("offsetof_expression", Cpp::Sizeof),
      syn("co_await_expression", Syn::Await),
      syn("parameter_pack_expansion", Syn::Parenthesized),
      syn("extension_expression", Syn::Parenthesized),
      syn("identifier", Syn::Name),
      syn("field_identifier", Syn::Name),
      syn("this", Syn::This),
      syn("string_literal", Syn::Text),
      syn("system_lib_string", Syn::Text),
      syn("char_literal", Syn::Character),
      syn("number_literal", Syn::Number),
      syn("literal_suffix", Syn::None),
      syn("true", Syn::True),
      syn("false", Syn::False),
      syn("null", Syn::Null),
  };
  return rows;
}

std::vector<NamedKind> kinds_and_operators() {
  std::vector<NamedKind> rows = cpp_kinds();
  for (const std::string_view op :
       {"+",  "-",  "*",  "/",  "%",  "&&",  "||",  "!",   "&",  "|",   "^",  "~",
        "<<", ">>", "==", "!=", "<",  "<=",  ">",   ">=",  "=",  "+=",  "-=", "*=",
        "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "and", "or", "not", "<=>"})
    rows.push_back(syn_operator(op));
  return rows;
}

}  // namespace

const Grammar& cpp_grammar() {
  static const Grammar grammar(tree_sitter_cpp(), kinds_and_operators(),
                               {
                                   syn_field("alternative", SynField::Alternative),
                                   syn_field("argument", SynField::Object),
                                   syn_field("arguments", SynField::Arguments),
                                   syn_field("body", SynField::Body),
                                   own_field("captures", CppField::Captures),
                                   syn_field("condition", SynField::Condition),
                                   syn_field("consequence", SynField::Consequence),
                                   own_field("declarator", CppField::Declarator),
                                   syn_field("default_value", SynField::Value),
                                   own_field("designator", CppField::Designator),
                                   syn_field("field", SynField::Name),
                                   syn_field("function", SynField::Function),
                                   syn_field("indices", SynField::Index),
                                   syn_field("initializer", SynField::Init),
                                   syn_field("label", SynField::Label),
                                   syn_field("left", SynField::Left),
                                   syn_field("name", SynField::Name),
                                   syn_field("operator", SynField::Operator),
                                   syn_field("parameters", SynField::Parameters),
                                   syn_field("path", SynField::Path),
                                   syn_field("right", SynField::Right),
                                   own_field("scope", CppField::Scope),
                                   syn_field("type", SynField::Type),
                                   syn_field("update", SynField::Update),
                                   syn_field("value", SynField::Value),
                               },
                               {.keeps = nullptr, .is_leaf = is_cpp_leaf});
  return grammar;
}

}  // namespace fnlint
