// Maps the names of the Kotlin grammar to kinds, and gives its nodes the fields that they lack.

#include "frontends/source/kotlin/kotlin_syntax.h"

extern "C" const TSLanguage* tree_sitter_kotlin();

namespace fnlint {

namespace {

constexpr NamedKind own(std::string_view name, Kotlin kind) {
  return {name, static_cast<std::uint8_t>(kind), NamedKindForm::Node};
}

class Fields {
 public:
  explicit Fields(SyntaxNodes& nodes) : nodes_(nodes) {}
  void name(NodeId node);

 private:
  [[nodiscard]] bool is(NodeId node, Syn kind) const {
    return nodes_[node].kind == static_cast<std::uint8_t>(kind);
  }
  [[nodiscard]] bool is(NodeId node, Kotlin kind) const {
    return nodes_[node].kind == static_cast<std::uint8_t>(kind);
  }
  [[nodiscard]] bool is_type(NodeId node) const {
    return is(node, Syn::GenericType) || is(node, Syn::WrappedType) ||
           is(node, Kotlin::FunctionType);
  }
  void set(NodeId node, SynField field) {
    nodes_.edit(node).field = static_cast<std::uint8_t>(field);
  }
  void call(NodeId node);
  void branches(NodeId node);
  void loop(NodeId node);
  void definition(NodeId node);

  SyntaxNodes& nodes_;
};

void Fields::call(NodeId node) {
  bool first = true;
  for (const NodeId part : nodes_.children(node)) {
    if (first) set(part, SynField::Function);
    if (is(part, Syn::Arguments)) set(part, SynField::Arguments);
    first = false;
  }
}

void Fields::branches(NodeId node) {
  std::size_t arms = 0;
  for (const NodeId part : nodes_.children(node)) {
    if (nodes_[part].field == static_cast<std::uint8_t>(SynField::Condition)) continue;
    set(part, arms++ == 0 ? SynField::Consequence : SynField::Alternative);
  }
}

void Fields::loop(NodeId node) {
  bool has_subject = !is(node, Syn::ForEach);
  for (const NodeId part : nodes_.children(node)) {
    if (nodes_[part].field == static_cast<std::uint8_t>(SynField::Condition) ||
        is(part, Kotlin::Label) || is(part, Syn::Annotation))
      continue;
    if (is(part, Kotlin::Variable) || is(part, Kotlin::Variables)) {
      set(part, SynField::Pattern);
    } else {
      set(part, has_subject ? SynField::Body : SynField::Value);
      has_subject = true;
    }
  }
}

void Fields::definition(NodeId node) {
  bool seen_parameters = false;
  for (const NodeId part : nodes_.children(node)) {
    if (is(part, Syn::Parameters) || is(part, Kotlin::LambdaParameters)) {
      set(part, SynField::Parameters);
      seen_parameters = true;
    } else if (is(part, Kotlin::FunctionBody) || is(part, Syn::Block) ||
               is(part, Syn::ClassBody)) {
      set(part, SynField::Body);
    } else if (is_type(part)) {
      set(part, seen_parameters ? SynField::Type : SynField::Receiver);
    }
  }
}

void Fields::name(NodeId node) {
  const NodeId first = nodes_.first_child(node);
  switch (static_cast<Syn>(nodes_[node].kind)) {
    case Syn::Call: return call(node);
    case Syn::Member:
      if (first != kNoNode) {
        set(first, SynField::Object);
        for (const NodeId part : nodes_.children(node))
          if (part != first && is(part, Syn::Name)) set(part, SynField::Name);
      }
      return;
    case Syn::Index:
      for (const NodeId part : nodes_.children(node))
        set(part, part == first ? SynField::Object : SynField::Index);
      return;
    case Syn::If: return branches(node);
    case Syn::ForEach:
    case Syn::While:
    case Syn::DoWhile: return loop(node);
    case Syn::Function:
    case Syn::Constructor:
    case Syn::Lambda:
    case Syn::Class: return definition(node);
    case Syn::Try:
      if (first != kNoNode) set(first, SynField::Body);
      return;
    case Syn::Catch:
      for (const NodeId part : nodes_.children(node)) {
        if (is(part, Syn::Name)) set(part, SynField::Name);
        if (is_type(part)) set(part, SynField::Type);
        if (is(part, Syn::Block)) set(part, SynField::Body);
      }
      return;
    case Syn::Argument: {
      const NodeId next = first == kNoNode ? kNoNode : nodes_.next_sibling(first);
      if (next != kNoNode && is(first, Syn::Name)) {
        set(first, SynField::Name);
        set(next, SynField::Value);
      }
      return;
    }
    case Syn::Parameter:
      for (const NodeId part : nodes_.children(node)) {
        if (is(part, Syn::Name)) set(part, SynField::Name);
        if (is_type(part)) set(part, SynField::Type);
      }
      return;
    default: break;
  }
  if (is(node, Kotlin::Variable) || is(node, Kotlin::ClassParameter)) {
    for (const NodeId part : nodes_.children(node)) {
      if (is(part, Syn::Name) && nodes_[part].field == 0 &&
          nodes_.child(node, static_cast<std::uint8_t>(SynField::Name)) == kNoNode)
        set(part, SynField::Name);
      else if (is_type(part))
        set(part, SynField::Type);
      else if (!is(part, Syn::Modifiers) && !is(part, Syn::Annotation) &&
               !is(part, Syn::Modifier))
        set(part, SynField::Value);
    }
  }
  if (is(node, Kotlin::AnonymousFunction) || is(node, Kotlin::Getter) ||
      is(node, Kotlin::Setter) || is(node, Kotlin::Object) || is(node, Kotlin::Companion) ||
      is(node, Kotlin::ObjectLiteral) || is(node, Kotlin::EnumEntry))
    definition(node);
}

}  // namespace

namespace {

// (!a).b(c) is what the grammar makes of !a.b(c).
void sink_prefixes(SyntaxNodes& nodes, std::string_view text) {
  for (NodeId node = nodes.size(); node-- > 0;) {
    const auto kind = static_cast<Syn>(nodes[node].kind);
    if (kind != Syn::Call && kind != Syn::Member && kind != Syn::Index) continue;
    const NodeId first = nodes.first_child(node);
    if (first == kNoNode || nodes[first].kind != static_cast<std::uint8_t>(Syn::Unary)) continue;
    const char letter = text[nodes[first].range.begin];
    if (letter == '!' || letter == '-' || letter == '+') nodes.sink(node);
  }
}

}  // namespace

void name_kotlin_fields(SyntaxNodes& nodes, std::string_view text) {
  sink_prefixes(nodes, text);
  Fields fields(nodes);
  for (NodeId node = 0; node < nodes.size(); ++node) fields.name(node);
}

const Grammar& kotlin_grammar() {
  static const Grammar grammar(
      tree_sitter_kotlin(),
      {
          syn("line_comment", Syn::Comment),
          syn("block_comment", Syn::Comment),
          syn("shebang", Syn::None),
          syn("source_file", Syn::File),
          own("package_header", Kotlin::Package),
          own("import", Kotlin::Import),
          own("qualified_identifier", Kotlin::QualifiedIdentifier),
          own("file_annotation", Kotlin::FileAnnotation),
          own("type_alias", Kotlin::TypeAlias),
          // Definitions.
          syn("class_declaration", Syn::Class),
          own("object_declaration", Kotlin::Object),
          own("companion_object", Kotlin::Companion),
          own("object_literal", Kotlin::ObjectLiteral),
          syn("class_body", Syn::ClassBody),
          syn("enum_class_body", Syn::ClassBody),
          own("enum_entry", Kotlin::EnumEntry),
          own("primary_constructor", Kotlin::PrimaryConstructor),
          own("class_parameters", Kotlin::ClassParameters),
          own("class_parameter", Kotlin::ClassParameter),
          own("delegation_specifiers", Kotlin::Delegations),
          own("delegation_specifier", Kotlin::Delegation),
          own("constructor_invocation", Kotlin::ConstructorInvocation),
          own("explicit_delegation", Kotlin::ExplicitDelegation),
          own("property_declaration", Kotlin::Property),
          own("property_delegate", Kotlin::PropertyDelegate),
          own("getter", Kotlin::Getter),
          own("setter", Kotlin::Setter),
          syn("function_declaration", Syn::Function),
          syn("secondary_constructor", Syn::Constructor),
          own("constructor_delegation_call", Kotlin::DelegationCall),
          own("anonymous_initializer", Kotlin::InitBlock),
          own("function_body", Kotlin::FunctionBody),
          syn("function_value_parameters", Syn::Parameters),
          syn("parameter", Syn::Parameter),
          own("variable_declaration", Kotlin::Variable),
          own("multi_variable_declaration", Kotlin::Variables),
          syn("modifiers", Syn::Modifiers),
          syn("annotation", Syn::Annotation),
          syn("property_modifier", Syn::Modifier),
          syn("member_modifier", Syn::Modifier),
          syn("class_modifier", Syn::Modifier),
          syn("function_modifier", Syn::Modifier),
          syn("visibility_modifier", Syn::Modifier),
          syn("inheritance_modifier", Syn::Modifier),
          syn("parameter_modifiers", Syn::Modifiers),
          syn("parameter_modifier", Syn::None),
          syn("platform_modifier", Syn::None),
          syn("use_site_target", Syn::None),
          syn("reification_modifier", Syn::None),
          syn("variance_modifier", Syn::None),
          syn_token("var", Syn::Modifier),
          syn_token("val", Syn::Modifier),
          // Statements.
          syn("block", Syn::Block),
          syn("if_expression", Syn::If),
          syn("while_statement", Syn::While),
          syn("do_while_statement", Syn::DoWhile),
          syn("for_statement", Syn::ForEach),
          own("when_expression", Kotlin::When),
          own("when_subject", Kotlin::WhenSubject),
          own("when_entry", Kotlin::WhenEntry),
          own("range_test", Kotlin::RangeTest),
          own("type_test", Kotlin::TypeTestEntry),
          syn("try_expression", Syn::Try),
          syn("catch_block", Syn::Catch),
          syn("finally_block", Syn::Finally),
          syn("return_expression", Syn::Return),
          syn("throw_expression", Syn::Throw),
          own("labeled_expression", Kotlin::LabeledExpression),
          own("label", Kotlin::Label),
          own("annotated_expression", Kotlin::AnnotatedExpression),
          // Expressions.
          syn("parenthesized_expression", Syn::Parenthesized),
          syn("assignment", Syn::Assignment),
          syn("unary_expression", Syn::Unary),
          syn("binary_expression", Syn::Binary),
          own("infix_expression", Kotlin::Infix),
          own("in_expression", Kotlin::InTest),
          own("range_expression", Kotlin::Range),
          syn("is_expression", Syn::TypeTest),
          syn("as_expression", Syn::Cast),
          syn("call_expression", Syn::Call),
          syn("value_arguments", Syn::Arguments),
          syn("value_argument", Syn::Argument),
          syn("spread_expression", Syn::Spread),
          syn("navigation_expression", Syn::Member),
          syn("index_expression", Syn::Index),
          syn("lambda_literal", Syn::Lambda),
          own("annotated_lambda", Kotlin::AnnotatedLambda),
          own("lambda_parameters", Kotlin::LambdaParameters),
          own("anonymous_function", Kotlin::AnonymousFunction),
          own("callable_reference", Kotlin::CallableReference),
          syn("collection_literal", Syn::List),
          syn("identifier", Syn::Name),
          syn("this_expression", Syn::This),
          syn("super_expression", Syn::Super),
          syn("string_literal", Syn::Text),
          syn("multiline_string_literal", Syn::Text),
          own("string_content", Kotlin::TextContent),
          own("escape_sequence", Kotlin::Escape),
          own("interpolation", Kotlin::Interpolation),
          syn("character_literal", Syn::Character),
          syn("number_literal", Syn::Number),
          syn("float_literal", Syn::Number),
          // Types.
          syn("user_type", Syn::GenericType),
          syn("type_arguments", Syn::TypeArguments),
          own("type_projection", Kotlin::TypeProjection),
          own("type_parameters", Kotlin::TypeParameters),
          syn("type_constraints", Syn::None),
          syn("nullable_type", Syn::WrappedType),
          syn("non_nullable_type", Syn::WrappedType),
          syn("parenthesized_type", Syn::WrappedType),
          own("function_type", Kotlin::FunctionType),
          own("type_modifiers", Kotlin::TypeModifiers),
          syn_operator("+"), syn_operator("-"), syn_operator("*"), syn_operator("/"),
          syn_operator("%"), syn_operator("&&"), syn_operator("||"), syn_operator("!"),
          syn_operator("=="), syn_operator("!="), syn_operator("==="), syn_operator("!=="),
          syn_operator("<"), syn_operator("<="), syn_operator(">"), syn_operator(">="),
          syn_operator("="), syn_operator("+="), syn_operator("-="), syn_operator("*="),
          syn_operator("/="), syn_operator("%="), syn_operator("++"), syn_operator("--"),
          syn_operator("!!"), syn_operator("?:"),
      },
      {
          syn_field("argument", SynField::Operand),
          syn_field("condition", SynField::Condition),
          syn_field("label", SynField::Label),
          syn_field("left", SynField::Left),
          syn_field("name", SynField::Name),
          syn_field("operator", SynField::Operator),
          syn_field("right", SynField::Right),
          syn_field("type", SynField::Type),
      });
  return grammar;
}

}  // namespace fnlint
