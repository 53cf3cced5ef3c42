// Maps the names of the Go grammar to kinds and fields, and joins them with the lowering.

#include "frontends/source/go/go.h"

#include "frontends/source/common/source_file.h"
#include "frontends/source/go/go_lowering.h"

extern "C" const TSLanguage* tree_sitter_go();

namespace fnlint {

namespace {

constexpr NamedKind go(std::string_view name, GoSyn kind) {
  return syn(name, static_cast<Syn>(kind));
}

const std::vector<NamedKind>& go_kinds() {
  static const std::vector<NamedKind> rows{
      syn("source_file", Syn::File),
      syn("comment", Syn::Comment),
      go("package_clause", GoSyn::PackageClause),
      go("import_declaration", GoSyn::ImportList),
      go("import_spec_list", GoSyn::ImportList),
      go("import_spec", GoSyn::Import),
      go("const_declaration", GoSyn::ConstGroup),
      go("const_spec", GoSyn::ConstSpec),
      go("var_declaration", GoSyn::VarGroup),
      go("var_spec_list", GoSyn::VarGroup),
      go("var_spec", GoSyn::VarSpec),
      go("type_declaration", GoSyn::TypeGroup),
      go("type_spec", GoSyn::TypeSpec),
      go("type_alias", GoSyn::TypeSpec),
      syn("function_declaration", Syn::Function),
      syn("method_declaration", Syn::Method),
      syn("func_literal", Syn::Lambda),
      syn("parameter_list", Syn::Parameters),
      syn("parameter_declaration", Syn::Parameter),
      syn("variadic_parameter_declaration", Syn::RestParameter),
      go("type_parameter_list", GoSyn::TypeParameters),
      go("type_parameter_declaration", GoSyn::TypeParameter),
      // Statements.
      syn("block", Syn::Block),
      go("statement_list", GoSyn::StatementList),
      syn("expression_statement", Syn::ExpressionStatement),
      go("short_var_declaration", GoSyn::ShortVariables),
      syn("assignment_statement", Syn::Assignment),
      go("expression_list", GoSyn::ExpressionList),
      syn("inc_statement", Syn::Update),
      syn("dec_statement", Syn::Update),
      syn("if_statement", Syn::If),
      syn("for_statement", Syn::For),
      go("for_clause", GoSyn::ForClause),
      go("range_clause", GoSyn::RangeClause),
      go("expression_switch_statement", GoSyn::Switch),
      go("type_switch_statement", GoSyn::TypeSwitch),
      go("select_statement", GoSyn::Select),
      go("expression_case", GoSyn::SwitchCase),
      go("type_case", GoSyn::TypeCase),
      go("communication_case", GoSyn::Communication),
      go("default_case", GoSyn::DefaultCase),
      go("fallthrough_statement", GoSyn::Fallthrough),
      syn("return_statement", Syn::Return),
      syn("break_statement", Syn::Break),
      syn("continue_statement", Syn::Continue),
      syn("labeled_statement", Syn::Labeled),
      syn("label_name", Syn::Name),
      go("defer_statement", GoSyn::Defer),
      go("go_statement", GoSyn::GoStatement),
      go("send_statement", GoSyn::Send),
      go("receive_statement", GoSyn::Receive),
      go("empty_statement", GoSyn::Empty),
      // Expressions.
      syn("identifier", Syn::Name),
      syn("blank_identifier", Syn::Name),
      syn("package_identifier", Syn::Name),
      go("field_identifier", GoSyn::FieldName),
      syn("dot", Syn::Modifier),
      syn("parenthesized_expression", Syn::Parenthesized),
      syn("call_expression", Syn::Call),
      syn("argument_list", Syn::Arguments),
      syn("variadic_argument", Syn::Spread),
      syn("selector_expression", Syn::Member),
      syn("index_expression", Syn::Index),
      go("slice_expression", GoSyn::SliceExpression),
      go("type_assertion_expression", GoSyn::Assertion),
      go("type_conversion_expression", GoSyn::Conversion),
      go("type_instantiation_expression", GoSyn::Instantiation),
      syn("unary_expression", Syn::Unary),
      syn("binary_expression", Syn::Binary),
      go("composite_literal", GoSyn::Composite),
      go("literal_value", GoSyn::LiteralValue),
      go("keyed_element", GoSyn::KeyedElement),
      go("literal_element", GoSyn::Element),
      syn("interpreted_string_literal", Syn::Text),
      syn("raw_string_literal", Syn::Text),
      syn("rune_literal", Syn::Character),
      syn("int_literal", Syn::Number),
      syn("float_literal", Syn::Number),
      syn("imaginary_literal", Syn::Number),
      go("iota", GoSyn::Iota),
      syn("true", Syn::True),
      syn("false", Syn::False),
      syn("nil", Syn::Null),
      // Types.
      syn("type_identifier", Syn::TypeName),
      syn("qualified_type", Syn::QualifiedType),
      syn("generic_type", Syn::GenericType),
      syn("type_arguments", Syn::TypeArguments),
      syn("parenthesized_type", Syn::WrappedType),
      syn("type_elem", Syn::WrappedType),
      go("pointer_type", GoSyn::PointerType),
      go("slice_type", GoSyn::SliceType),
      go("array_type", GoSyn::ArrayType),
      go("implicit_length_array_type", GoSyn::ArrayType),
      go("map_type", GoSyn::MapType),
      go("channel_type", GoSyn::ChannelType),
      go("function_type", GoSyn::FunctionType),
      go("interface_type", GoSyn::InterfaceType),
      go("struct_type", GoSyn::StructType),
      go("field_declaration_list", GoSyn::FieldList),
      go("field_declaration", GoSyn::FieldDeclaration),
      // Operators.
      syn_operator("&&"), syn_operator("||"), syn_operator("=="), syn_operator("!="),
      syn_operator("<"), syn_operator("<="), syn_operator(">"), syn_operator(">="),
      syn_operator("+"), syn_operator("-"), syn_operator("*"), syn_operator("/"),
      syn_operator("%"), syn_operator("&"), syn_operator("|"), syn_operator("^"),
      syn_operator("<<"), syn_operator(">>"), syn_operator("&^"), syn_operator("!"),
      syn_operator("<-"), syn_operator("="), syn_operator("+="), syn_operator("-="),
      syn_operator("*="), syn_operator("/="), syn_operator("%="), syn_operator("&="),
      syn_operator("|="), syn_operator("^="), syn_operator("<<="), syn_operator(">>="),
      syn_operator("&^=")};
  return rows;
}

const std::vector<NamedKind>& go_fields() {
  static const std::vector<NamedKind> rows{
      syn_field("alias", SynField::Alias),
      syn_field("alternative", SynField::Alternative),
      syn_field("arguments", SynField::Arguments),
      syn_field("body", SynField::Body),
      syn_field("channel", SynField::Object),
      syn_field("communication", SynField::Pattern),
      syn_field("condition", SynField::Condition),
      syn_field("consequence", SynField::Consequence),
      syn_field("element", SynField::Type),
      syn_field("end", SynField::Update),
      syn_field("field", SynField::Name),
      syn_field("function", SynField::Function),
      syn_field("index", SynField::Index),
      syn_field("initializer", SynField::Init),
      syn_field("key", SynField::Name),
      syn_field("label", SynField::Label),
      syn_field("left", SynField::Left),
      syn_field("name", SynField::Name),
      syn_field("operand", SynField::Object),
      syn_field("operator", SynField::Operator),
      syn_field("package", SynField::Path),
      syn_field("parameters", SynField::Own),  // several names share a type
      syn_field("path", SynField::Path),
      syn_field("receiver", SynField::Receiver),
      syn_field("result", SynField::Result),
      syn_field("right", SynField::Right),
      syn_field("start", SynField::Init),
      syn_field("type", SynField::Type),
      syn_field("type_arguments", SynField::TypeArguments),
      syn_field("type_parameters", SynField::Declaration),
      syn_field("update", SynField::Update),
      syn_field("value", SynField::Value)};
  return rows;
}

const Grammar& go_grammar() {
  static const Grammar grammar(tree_sitter_go(), go_kinds(), go_fields(),
                               {.keeps = nullptr, .is_leaf = [](std::uint8_t kind) {
                                  return kind == static_cast<std::uint8_t>(Syn::Text);
                                }});
  return grammar;
}

}  // namespace

CodeFacts lower_go(std::string_view text) {
  return read_source(text, {.language = Language::Go,
                            .grammar = go_grammar(),
                            .lower =
                                [](CodeBuilder& out, const SourceFile& file) {
                                  GoLowering(out, file).lower_file();
                                },
                            .is_known = {},
                            .block_kind = static_cast<std::uint8_t>(Syn::Block)});
}

}  // namespace fnlint
