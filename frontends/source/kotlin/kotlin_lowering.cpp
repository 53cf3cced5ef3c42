// Statements, blocks as values, conditions.
#include "frontends/source/kotlin/kotlin_lowering.h"

#include "core/text.h"
#include "frontends/source/kotlin/kotlin.h"
#include "frontends/source/kotlin/kotlin_words.h"

namespace fnlint {

bool KotlinLowering::makes_op(NodeId node) const {
  return is(node, Kotlin::Infix) || is(node, Kotlin::EnumEntry) || is(node, Syn::Try) ||
         is(node, Kotlin::When) || is(node, Kotlin::ObjectLiteral) ||
         is(node, Kotlin::DelegationCall) || is(node, Kotlin::Property) || is_jump(node) ||
         (is(node, Syn::Unary) && (text(child(node, SynField::Operator)) == "++" ||
                                   text(child(node, SynField::Operator)) == "--"));
}

// The grammar takes them for names.
bool KotlinLowering::is_jump(NodeId node) const {
  if (!is(node, Syn::Name)) return false;
  const std::string_view word = text(node);
  return word == "break" || word == "continue" || word.starts_with("break@") ||
         word.starts_with("continue@");
}

bool KotlinLowering::is_own_function(NodeId node) const {
  return is(node, Syn::Class) || is(node, Kotlin::Object) || is(node, Kotlin::Companion) ||
         is(node, Syn::ClassBody) || is(node, Kotlin::AnonymousFunction) ||
         is(node, Kotlin::Getter) || is(node, Kotlin::Setter);
}

bool KotlinLowering::is_optional(NodeId link) const {
  const NodeId object = child(link, SynField::Object), name = child(link, SynField::Name);
  if (object == kNoNode || name == kNoNode) return false;
  return text_.substr(range(object).end, range(name).begin - range(object).end).find('?') !=
         std::string_view::npos;
}

std::string_view KotlinLowering::member_name(NodeId name) const { return name_of(name); }

void KotlinLowering::statement_of(NodeId node) {
  if (is_class(node)) return local_class(node);
  switch (static_cast<Kotlin>(nodes_[node].kind)) {
    case Kotlin::Package:
    case Kotlin::Import:
    case Kotlin::FileAnnotation:
    case Kotlin::TypeAlias:
    case Kotlin::TypeParameters:
    case Kotlin::Label: return;
    case Kotlin::Property: return property(node);
    case Kotlin::When: return static_cast<void>(when_value(node, {}));
    case Kotlin::FunctionBody:
      for (const NodeId inner : children(node)) statement(inner);
      return;
    case Kotlin::LabeledExpression: {
      if (const NodeId label = child(node, Kotlin::Label); label != kNoNode)
        next_label_ = std::string(text(label).substr(0, text(label).find('@')));
      if (last(node) != kNoNode) statement(last(node));
      next_label_.clear();
      return;
    }
    case Kotlin::DelegationCall: {
      const bool of_super = text(node).starts_with("super");
      call_of(out_.member(receiver(range(node)), of_super ? "<super>" : "<this>", range(node)),
              arguments(child(node, Syn::Arguments)), range(node));
      return;
    }
    default: break;
  }
  if (is(node, Syn::Function)) {  // a local function
    const NodeId name = child(node, SynField::Name);
    const VariableId variable =
        declare_local(name == kNoNode ? "" : name_of(name), kConstant);
    const ExprId value = closure(node, name == kNoNode ? "" : name_of(name));
    out_.assign(out_.variable(variable, range(node)), value, range(node), AssignMode::Declare);
    return;
  }
  if (is(node, Syn::ForEach)) return each(node);
  if (is_jump(node)) return jump_statement(node, text(node).starts_with("break"));
  if (is(node, Syn::Return)) {
    // return@forEach leaves the lambda: its own function.
    const NodeId value = child(node, SynField::Label) == kNoNode || first(node) != last(node)
                             ? last(node)
                             : kNoNode;
    const ExprId given = value == kNoNode ? ExprId{} : expression(value);
    out_.exit(ExitKind::Return, {}, given, range(node));
    return;
  }
  ScopedLowering::statement_of(node);
}

// Constructors have the delegation before their block; functions have a block or an expression.
void KotlinLowering::function_body(NodeId function, NodeId body) {
  if (const NodeId written = child(function, SynField::Type);
      is(function, Syn::Function) && written != kNoNode) {
    const TypeId declared = type(written);
    out_.set(out_.current(), &Function::returns, declared);
  }
  if (is(function, Syn::Lambda)) {
    const NodeId list = child(function, SynField::Parameters);
    if (list == kNoNode) {  // the one parameter that needs no name
      const VariableId it =
          out_.add_variable("it", out_.current(), VariableKind::Parameter);
      bind("it", {.variable = it});
      out_.set_parameters(out_.current(), {{.variable = it, .fallback = {}, .rest = {}}});
    }
    const NodeId end = last(function);
    for (const NodeId inner : children(function)) {
      if (is(inner, Kotlin::LambdaParameters)) continue;
      const bool gives = inner == end && !is(inner, Syn::Assignment) &&
                         !is(inner, Kotlin::Property) && !is(inner, Syn::Return) &&
                         !is(inner, Syn::ForEach) && !is(inner, Syn::While) && !is_class(inner);
      if (!gives) {
        statement(inner);
        continue;
      }
      const ExprId value = expression(inner);
      out_.exit(ExitKind::Return, {}, value, range(inner));
    }
    return;
  }
  if (const NodeId delegation = child(function, Kotlin::DelegationCall); delegation != kNoNode)
    statement(delegation);
  if (is(body, Kotlin::FunctionBody)) {
    const NodeId inner = first(body);
    if (inner == kNoNode) return;
    if (is(inner, Syn::Block)) return ScopedLowering::function_body(function, inner);
    const ExprId value = expression(inner);
    out_.exit(ExitKind::Return, {}, value, range(inner));
    return;
  }
  ScopedLowering::function_body(function, body);
}

// What Java gives to a variable of a type that has no null: `val table: String = getenv("TABLE")`
// raises where it is null, as `!!` does.
ExprId KotlinLowering::of_declared(ExprId value, NodeId type, Range where) {
  const bool is_given = value.exists() && out_.expr(value).kind == ExprKind::Result;
  if (!is_given || type == kNoNode || text(type) != "String") return value;
  return call_of(out_.variable(builtin("!!"), where), {{.value = value}}, where, CallMode::Plain);
}

void KotlinLowering::property(NodeId node) {
  NodeId value = kNoNode;
  bool delegated = false;
  const NodeId variable = child(node, Kotlin::Variable);
  const NodeId several = child(node, Kotlin::Variables);
  for (const NodeId part : children(node)) {
    const bool other = part == variable || part == several || is(part, Syn::Modifiers) ||
                       is(part, Syn::Modifier) || is(part, Kotlin::TypeParameters) ||
                       is(part, Kotlin::Getter) || is(part, Kotlin::Setter) ||
                       is(part, Syn::GenericType) || is(part, Syn::WrappedType);
    if (other) continue;
    delegated = is(part, Kotlin::PropertyDelegate);
    value = delegated ? first(part) : part;
  }
  const NodeId written = child(variable, SynField::Type);
  const ExprId initial = value == kNoNode ? ExprId{}
                         : delegated      ? expression(value)
                                          : of_declared(expression(value), written, range(value));
  if (several != kNoNode && initial.exists()) return bind_variables(several, initial, range(node));
  const NodeId name = child(variable, SynField::Name);
  if (name == kNoNode) return;
  const TypeId declared = written == kNoNode ? TypeId{} : type(written);
  const bool of_file = out_.current().index == 0 && find(name_of(name)).variable.exists();
  const VariableId id = of_file ? find(name_of(name)).variable
                                : declare_local(name_of(name), 0, declared);
  if (of_file) out_.set(id, &Variable::type, declared);
  if (initial.exists())
    out_.assign(out_.variable(id, range(name)), initial, range(node), AssignMode::Declare);
}

// val (a, b) = pair
void KotlinLowering::bind_variables(NodeId pattern, ExprId value, Range where) {
  std::size_t position = 0;
  for (const NodeId one : children(pattern)) {
    if (!is(one, Kotlin::Variable)) continue;
    const NodeId name = child(one, SynField::Name);
    const ExprId part =
        out_.index(value, out_.number(std::to_string(position++), range(one)), range(one));
    if (name == kNoNode) continue;
    const VariableId id = declare_local(name_of(name));
    out_.assign(out_.variable(id, range(name)), part, where, AssignMode::Declare);
  }
}

void KotlinLowering::each(NodeId node) {
  const NodeId pattern = child(node, SynField::Pattern), body = child(node, SynField::Body);
  const ExprId subject = expression_or_unknown(child(node, SynField::Value), node);
  if (const NodeId label = child(node, Kotlin::Label); label != kNoNode)
    next_label_ = std::string(text(label).substr(0, text(label).find('@')));
  VariableId element;
  each_loop(
      node, subject,
      [&] {
        const NodeId name = is(pattern, Kotlin::Variable) ? child(pattern, SynField::Name) : kNoNode;
        element = name == kNoNode ? out_.temporary(out_.current()) : declare_local(name_of(name));
        return out_.variable(element, range(pattern));
      },
      [&] {
        if (is(pattern, Kotlin::Variables))
          bind_variables(pattern, out_.variable(element, range(pattern)), range(pattern));
        block_statements(body);
      });
}

void KotlinLowering::assign_block(NodeId block, ExprId target, Range where) {
  if (block == kNoNode) return;
  if (!is(block, Syn::Block)) {
    const bool is_statement = is(block, Syn::Assignment) || is(block, Syn::Return) ||
                              is(block, Syn::Throw);
    if (is_statement) return statement(block);
    const ExprId value = expression(block);
    out_.assign(target, value, where);
    return;
  }
  const ScopeId around = scope_;
  scope_ = open_scope();
  const NodeId end = last(block);
  for (const NodeId inner : children(block))
    if (inner != end) statement(inner);
  if (end != kNoNode) {
    const bool gives = !is(end, Syn::Assignment) && !is(end, Kotlin::Property) &&
                       !is(end, Syn::ForEach) && !is(end, Syn::While) && !is(end, Syn::Return) &&
                       !is(end, Syn::Throw) && !is(end, Syn::Function) && !is_class(end);
    if (gives) {
      const ExprId value = expression(end);
      out_.assign(target, value, range(end));
    } else {
      statement(end);
    }
  }
  scope_ = around;
}

ExprId KotlinLowering::branches_value(NodeId node) {
  const Range where = range(node);
  return temporary(where, [&](ExprId target) {
    when(
        child(node, SynField::Condition), true,
        [&] { assign_block(child(node, SynField::Consequence), target, where); },
        [&] { assign_block(child(node, SynField::Alternative), target, where); }, where);
  });
}

ExprId KotlinLowering::when_value(NodeId node, ExprId target) {
  const Range where = range(node);
  const NodeId subject_node = child(node, Kotlin::WhenSubject);
  ExprId subject;
  const ScopeId around = scope_;
  scope_ = open_scope();
  if (subject_node != kNoNode) {
    subject = expression_or_unknown(last(subject_node), subject_node);
    if (const NodeId variable = child(subject_node, Kotlin::Variable); variable != kNoNode) {
      const NodeId name = child(variable, SynField::Name);
      if (name != kNoNode) {
        const VariableId id = declare_local(name_of(name));
        out_.assign(out_.variable(id, range(name)), subject, where, AssignMode::Declare);
        subject = out_.variable(id, range(name));
      }
    }
  }
  std::vector<Arm> arms;
  for (const NodeId entry : children(node)) {
    if (!is(entry, Kotlin::WhenEntry)) continue;
    const bool is_else = child(entry, SynField::Condition) == kNoNode;
    Arm arm{.test = {},
            .body =
                [this, entry, target] {
                  const NodeId body = last(entry);
                  if (target.exists())
                    assign_block(body, target, range(entry));
                  else if (body != kNoNode)
                    block_statements(body);
                },
            .where = range(entry)};
    if (!is_else) arm.test = [this, entry, subject] { return when_test(entry, subject); };
    arms.push_back(std::move(arm));
  }
  choose_arm(where, arms);
  scope_ = around;
  return target;
}

ExprId KotlinLowering::when_test(NodeId entry, ExprId subject) {
  ExprId test;
  for (const NodeId part : children(entry)) {
    if (field(part) != SynField::Condition) continue;
    const Range where = range(part);
    ExprId one;
    if (is(part, Kotlin::TypeTestEntry)) {
      const TypeId tested = type(last(part));
      one = out_.type_test(subject.exists() ? subject : out_.unknown("subject", where),
                           out_.type_path(tested), where);
      if (text(part).starts_with("!"))
        one = out_.operation(OperatorKind::Not, one, {}, where);
    } else if (is(part, Kotlin::RangeTest)) {
      const ExprId within = expression_or_unknown(last(part), part);
      one = subject.exists() ? out_.operation(OperatorKind::In, subject, within, where) : within;
      if (text(part).starts_with("!"))
        one = out_.operation(OperatorKind::Not, one, {}, where);
    } else {
      const ExprId value = expression(part);
      one = subject.exists() ? out_.operation(OperatorKind::Equal, subject, value, where) : value;
    }
    test = test.exists() ? out_.operation(OperatorKind::Or, test, one, range(entry)) : one;
  }
  return test.exists() ? test : out_.unknown("a condition", range(entry));
}

ExprId KotlinLowering::try_value(NodeId node) {
  const Range where = range(node);
  return temporary(where, [&](ExprId target) {
    const OpId attempt = out_.open_try(where);
    assign_block(child(node, SynField::Body), target, where);
    const ScopeId around = scope_;
    for (const NodeId clause : children_of(node, Syn::Catch)) {
      scope_ = open_scope();
      std::vector<TypeId> types;
      catch_types(clause, types);
      VariableId caught;
      if (const NodeId name = child(clause, SynField::Name); name != kNoNode) {
        caught = out_.add_variable(name_of(name), out_.current(), VariableKind::Caught);
        bind(name_of(name), {.variable = caught});
      }
      out_.open_catch(attempt, types, caught);
      assign_block(child(clause, SynField::Body), target, where);
      scope_ = around;
    }
    if (const NodeId finally = child(node, Syn::Finally); finally != kNoNode) {
      out_.open_finally(attempt);
      for (const NodeId inner : children(finally)) statement(inner);
    }
    out_.close(attempt);
  });
}

CodeFacts lower_kotlin(std::string_view text) {
  return read_source(text, {.language = Language::Java,
                            .grammar = kotlin_grammar(),
                            .lower =
                                [](CodeBuilder& out, const SourceFile& file) {
                                  KotlinLowering(out, file).lower_file();
                                },
                            .is_known = {},
                            .mend = name_kotlin_fields,
                            .bridged = [](std::string_view whole, const SyntaxNodes& nodes) {
                              return with_ended_members(without_modifier_names(whole), nodes);
                            },
                            .block_kind = static_cast<std::uint8_t>(Syn::Block)});
}

}  // namespace fnlint
