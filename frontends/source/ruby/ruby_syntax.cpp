// Maps the names of the Ruby grammar to kinds and fields.

#include "frontends/source/ruby/ruby_syntax.h"

#include <array>

extern "C" const TSLanguage* tree_sitter_ruby();

namespace fnlint {

namespace {

constexpr std::array kRubyOperatorTokens{"+",   "-",  "*",   "/",   "%",        "**",  "&",   "|",
                                         "^",   "<<", ">>",  "==",  "!=",       "===", "=~",  "!~",
                                         "<=>", "<",  "<=",  ">",   ">=",       "&&",  "||",  "and",
                                         "or",  "!",  "not", "~",   "defined?", "..",  "...", ".",
                                         "&.",  "::", "+=",  "-=",  "*=",       "/=",  "%=",  "**=",
                                         "&=",  "|=", "^=",  "<<=", ">>=",      "||=", "&&="};

NamedKind node(std::string_view name, Rb kind) { return {name, static_cast<std::uint8_t>(kind)}; }
NamedKind field(std::string_view name, RbField kind) {
  return {name, static_cast<std::uint8_t>(kind)};
}

std::vector<NamedKind> ruby_kinds() {
  std::vector<NamedKind> rows{
      node("program", Rb::Program),
      node("comment", Rb::Comment),
      node("uninterpreted", Rb::Uninterpreted),
      node("empty_statement", Rb::EmptyStatement),
      node("heredoc_body", Rb::HeredocBody),
      node("heredoc_beginning", Rb::HeredocBeginning),
      node("heredoc_content", Rb::HeredocContent),
      node("heredoc_end", Rb::HeredocEnd),
      node("identifier", Rb::Identifier),
      node("constant", Rb::Constant),
      node("instance_variable", Rb::InstanceVariable),
      node("class_variable", Rb::ClassVariable),
      node("global_variable", Rb::GlobalVariable),
      node("self", Rb::Self),
      node("super", Rb::Super),
      node("nil", Rb::Nil),
      node("true", Rb::True),
      node("false", Rb::False),
      node("integer", Rb::Integer),
      node("float", Rb::Float),
      node("complex", Rb::Complex),
      node("rational", Rb::Rational),
      node("character", Rb::Character),
      node("line", Rb::Line),
      node("file", Rb::File),
      node("encoding", Rb::Encoding),
      node("string", Rb::String),
      node("bare_string", Rb::BareString),
      node("bare_symbol", Rb::BareSymbol),
      node("string_content", Rb::StringContent),
      node("escape_sequence", Rb::EscapeSequence),
      node("interpolation", Rb::Interpolation),
      node("chained_string", Rb::ChainedString),
      node("simple_symbol", Rb::SimpleSymbol),
      node("delimited_symbol", Rb::DelimitedSymbol),
      node("hash_key_symbol", Rb::HashKeySymbol),
      node("regex", Rb::Regex),
      node("subshell", Rb::Subshell),
      node("string_array", Rb::StringArray),
      node("symbol_array", Rb::SymbolArray),
      node("array", Rb::Array),
      node("hash", Rb::Hash),
      node("pair", Rb::Pair),
      node("range", Rb::Range),
      node("lambda", Rb::Lambda),
      node("call", Rb::Call),
      node("argument_list", Rb::ArgumentList),
      node("block_argument", Rb::BlockArgument),
      node("splat_argument", Rb::SplatArgument),
      node("hash_splat_argument", Rb::HashSplatArgument),
      node("forward_argument", Rb::ForwardArgument),
      node("element_reference", Rb::ElementReference),
      node("scope_resolution", Rb::ScopeResolution),
      node("binary", Rb::Binary),
      node("unary", Rb::Unary),
      node("conditional", Rb::Conditional),
      node("assignment", Rb::Assignment),
      node("operator_assignment", Rb::OperatorAssignment),
      node("left_assignment_list", Rb::LeftAssignmentList),
      node("right_assignment_list", Rb::RightAssignmentList),
      node("destructured_left_assignment", Rb::DestructuredLeftAssignment),
      node("rest_assignment", Rb::RestAssignment),
      node("parenthesized_statements", Rb::ParenthesizedStatements),
      node("begin", Rb::Begin),
      node("body_statement", Rb::BodyStatement),
      node("block_body", Rb::BodyStatement),
      node("then", Rb::BodyStatement),
      node("else", Rb::Else),
      node("elsif", Rb::Elsif),
      node("ensure", Rb::Ensure),
      node("rescue", Rb::Rescue),
      node("exceptions", Rb::Exceptions),
      node("exception_variable", Rb::ExceptionVariable),
      node("do", Rb::BodyStatement),
      node("in", Rb::In),
      node("if", Rb::If),
      node("unless", Rb::Unless),
      node("if_modifier", Rb::IfModifier),
      node("unless_modifier", Rb::UnlessModifier),
      node("while", Rb::While),
      node("until", Rb::Until),
      node("while_modifier", Rb::WhileModifier),
      node("until_modifier", Rb::UntilModifier),
      node("rescue_modifier", Rb::RescueModifier),
      node("for", Rb::For),
      node("case", Rb::Case),
      node("when", Rb::When),
      node("pattern", Rb::Pattern),
      node("case_match", Rb::CaseMatch),
      node("in_clause", Rb::InClause),
      node("if_guard", Rb::IfGuard),
      node("unless_guard", Rb::UnlessGuard),
      node("match_pattern", Rb::MatchPattern),
      node("test_pattern", Rb::TestPattern),
      node("array_pattern", Rb::ArrayPattern),
      node("find_pattern", Rb::FindPattern),
      node("hash_pattern", Rb::HashPattern),
      node("keyword_pattern", Rb::KeywordPattern),
      node("alternative_pattern", Rb::AlternativePattern),
      node("as_pattern", Rb::AsPattern),
      node("parenthesized_pattern", Rb::ParenthesizedPattern),
      node("variable_reference_pattern", Rb::VariableReferencePattern),
      node("expression_reference_pattern", Rb::ExpressionReferencePattern),
      node("hash_splat_nil", Rb::HashSplatNil),
      node("return", Rb::Return),
      node("break", Rb::Break),
      node("next", Rb::Next),
      node("redo", Rb::Redo),
      node("retry", Rb::Retry),
      node("yield", Rb::Yield),
      node("alias", Rb::Alias),
      node("undef", Rb::Undef),
      node("begin_block", Rb::BeginBlock),
      node("end_block", Rb::EndBlock),
      node("method", Rb::Method),
      node("singleton_method", Rb::SingletonMethod),
      node("setter", Rb::Setter),
      node("operator", Rb::MethodOperator),
      node("method_parameters", Rb::MethodParameters),
      node("block_parameters", Rb::BlockParameters),
      node("lambda_parameters", Rb::LambdaParameters),
      node("optional_parameter", Rb::OptionalParameter),
      node("keyword_parameter", Rb::KeywordParameter),
      node("splat_parameter", Rb::SplatParameter),
      node("hash_splat_parameter", Rb::HashSplatParameter),
      node("block_parameter", Rb::BlockParameter),
      node("destructured_parameter", Rb::DestructuredParameter),
      node("forward_parameter", Rb::ForwardParameter),
      node("block", Rb::Block),
      node("do_block", Rb::DoBlock),
      node("class", Rb::Class),
      node("module", Rb::Module),
      node("singleton_class", Rb::SingletonClass),
      node("superclass", Rb::Superclass),
  };
  for (const char* name : kRubyOperatorTokens)
    rows.push_back({name, static_cast<std::uint8_t>(Rb::Operator), NamedKindForm::TokenWithField});
  return rows;
}

}  // namespace

const Grammar& ruby_grammar() {
  static const Grammar grammar(tree_sitter_ruby(), ruby_kinds(),
                               {
                                   field("alias", RbField::Alias),
                                   field("alternative", RbField::Alternative),
                                   field("arguments", RbField::Arguments),
                                   field("begin", RbField::Begin),
                                   field("block", RbField::Block),
                                   field("body", RbField::Body),
                                   field("class", RbField::ClassName),
                                   field("clauses", RbField::Clauses),
                                   field("condition", RbField::Condition),
                                   field("consequence", RbField::Consequence),
                                   field("else", RbField::Else),
                                   field("end", RbField::End),
                                   field("exceptions", RbField::Exceptions),
                                   field("guard", RbField::Guard),
                                   field("handler", RbField::Handler),
                                   field("key", RbField::Key),
                                   field("left", RbField::Left),
                                   field("locals", RbField::Locals),
                                   field("method", RbField::Method),
                                   field("name", RbField::Name),
                                   field("object", RbField::Object),
                                   field("operand", RbField::Operand),
                                   field("operator", RbField::Operator),
                                   field("parameters", RbField::Parameters),
                                   field("pattern", RbField::Pattern),
                                   field("receiver", RbField::Receiver),
                                   field("right", RbField::Right),
                                   field("scope", RbField::Scope),
                                   field("superclass", RbField::Superclass),
                                   field("value", RbField::Value),
                                   field("variable", RbField::Variable),
                               });
  return grammar;
}

bool is_ruby_statement(Rb kind) {
  switch (kind) {
    case Rb::Identifier:
    case Rb::Constant:
    case Rb::HashKeySymbol:
    case Rb::Operator:
    case Rb::Pair:
    case Rb::StringContent:
    case Rb::HeredocBody:
    case Rb::Other: return false;
    case Rb::Call:
    case Rb::ElementReference:
    case Rb::Binary:
    case Rb::Unary:
    case Rb::Conditional:
    case Rb::Assignment:
    case Rb::OperatorAssignment:
    case Rb::ParenthesizedStatements:
    case Rb::Begin:
    case Rb::If:
    case Rb::Unless:
    case Rb::IfModifier:
    case Rb::UnlessModifier:
    case Rb::While:
    case Rb::Until:
    case Rb::WhileModifier:
    case Rb::UntilModifier:
    case Rb::RescueModifier:
    case Rb::For:
    case Rb::Case:
    case Rb::CaseMatch:
    case Rb::Return:
    case Rb::Yield:
    case Rb::Method:
    case Rb::SingletonMethod:
    case Rb::Class:
    case Rb::Module:
    case Rb::SingletonClass:
    case Rb::Hash:
    case Rb::Array:
    case Rb::String:
    case Rb::Lambda:
    case Rb::Error: return true;
    default: return false;
  }
}

}  // namespace fnlint
