// Declarations and control flow.
#include "core/text.h"
#include "frontends/source/cpp/cpp_lowering.h"

namespace fnlint {

NodeId CppLowering::arm_part(NodeId arm, SynField part) const {
  const NodeId found = child(arm, part);
  if (part == SynField::Alternative && is(found, Cpp::Else)) return first(found);
  if (part == SynField::Condition) return condition(arm);
  return found;
}

// A condition that declares or prepares something is lowered whole.
NodeId CppLowering::condition(NodeId statement) const {
  const NodeId clause = child(statement, SynField::Condition);
  if (!is(clause, Cpp::ConditionClause)) return clause;
  const NodeId value = child(clause, SynField::Value);
  return child(clause, SynField::Init) == kNoNode && value != kNoNode ? value : clause;
}

void CppLowering::statement_of(NodeId node) {
  if (!has_own_statement(node)) return ScopedLowering::statement_of(node);
  own_statement(node);
}

bool CppLowering::has_own_statement(NodeId node) const {
  switch (static_cast<Cpp>(nodes_[node].kind)) {
    case Cpp::Declaration:
    case Cpp::InitStatement:
    case Cpp::Using:
    case Cpp::Alias:
    case Cpp::NamespaceAlias:
    case Cpp::TypeDefinition:
    case Cpp::Include:
    case Cpp::Define:
    case Cpp::Template:
    case Cpp::Enum:
    case Cpp::Friend:
    case Cpp::RangeFor:
    case Cpp::Switch:
    case Cpp::Conditional:
    case Cpp::OtherwiseConditional:
    case Cpp::ConditionalElse:
    case Cpp::Goto:
    case Cpp::CoReturn:
    case Cpp::CoYield:
    case Cpp::Delete:
    case Cpp::Comma: return true;
    default: break;
  }
  switch (kind(node)) {
    case Syn::Try:
    case Syn::While:
    case Syn::Class:
    case Syn::Return: return true;
    case Syn::Binary: return is_stream_chain(node, true);
    default: return false;
  }
}

void CppLowering::own_statement(NodeId node) {
  switch (static_cast<Cpp>(nodes_[node].kind)) {
    case Cpp::Declaration: return declaration(node);
    case Cpp::InitStatement:
      for (const NodeId inner : children(node)) statement(inner);
      return;
    case Cpp::Using:
    case Cpp::Alias:
    case Cpp::NamespaceAlias: return declare_alias(node, {});
    case Cpp::TypeDefinition: return declare_alias(node, {});
    case Cpp::Include:
    case Cpp::Define:
    case Cpp::Template:
    case Cpp::Enum:
    case Cpp::Friend: return;
    case Cpp::RangeFor: return range_for(node);
    case Cpp::Switch: return switch_statement(node);
    case Cpp::Conditional:
    case Cpp::OtherwiseConditional:
    case Cpp::ConditionalElse: return conditional_statements(node);
    case Cpp::Goto: return opaque(node);
    case Cpp::CoReturn: {
      const NodeId value = first(node);
      const ExprId given = value == kNoNode ? ExprId{} : expression(value);
      out_.exit(ExitKind::Return, {}, given, range(node));
      return;
    }
    case Cpp::CoYield: {
      const ExprId value = expression_or_unknown(first(node), node);
      out_.yield(value, range(node));
      return;
    }
    case Cpp::Delete:
      if (has_ops(node)) expression_or_unknown(first(node), node);
      return;
    case Cpp::Comma:
      statement(child(node, SynField::Left));
      if (const NodeId right = child(node, SynField::Right); right != kNoNode) statement(right);
      return;
    default: break;
  }
  switch (kind(node)) {
    case Syn::Try: return cpp_try(node);
    case Syn::While: return while_loop(node, condition(node), child(node, SynField::Body), false);
    case Syn::Class: {
      const Path path = path_of(child(node, SynField::Name));
      if (child(node, SynField::Body) == kNoNode || path.empty()) return;
      const VariableId variable = declare_local(path.back(), kConstant);
      return define_class(declare_class(node, path.back(), variable));
    }
    case Syn::Return: {
      const NodeId value = first(node);
      ExprId given;
      if (value != kNoNode && is(value, Cpp::Braces))
        given = first(value) == kNoNode ? out_.null(range(value)) : returned_braces(value);
      else if (value != kNoNode)
        given = returned_value(value, node);
      return static_cast<void>(out_.exit(ExitKind::Return, {}, given, range(node)));
    }
    default: stream_chain(node);
  }
}

// What outlives the call is copied, unless the function gives a reference, a pointer or a number.
ExprId CppLowering::returned_value(NodeId value, NodeId node) {
  const ExprId given = expression(value);
  ExprId root = given;
  while (out_.expr(root).kind == ExprKind::Member || out_.expr(root).kind == ExprKind::Index)
    root = ExprId{out_.expr(root).ref};
  if (out_.expr(root).kind != ExprKind::Variable) return given;
  const VariableKind kind = out_.variable(VariableId{out_.expr(root).ref}).kind;
  const bool lasts =
      kind == VariableKind::Module || (kind == VariableKind::Receiver && root != given);
  if (!lasts) return given;
  while (node != kNoNode && !is(node, Syn::Function) && !is(node, Syn::Lambda))
    node = nodes_[node].parent;
  if (is(node, Syn::Function)) {
    const NodeId written = child(node, CppField::Declarator);
    const Shape shape = shape_of(child(node, SynField::Type)).shape;
    if (is(written, Cpp::ReferenceDeclarator) || is(written, Cpp::PointerDeclarator) ||
        shape == Shape::Pointer || shape == Shape::Scalar)
      return given;
  }
  return copy_of(given, range(value));
}

// return {a, b}: an object of the function's type.
ExprId CppLowering::returned_braces(NodeId node) {
  NodeId function = nodes_[node].parent;
  while (function != kNoNode && !is(function, Syn::Function) && !is(function, Syn::Lambda))
    function = nodes_[function].parent;
  const NodeId written = is(function, Syn::Function) ? child(function, SynField::Type) : kNoNode;
  const TypeShape shape = shape_of(written);
  if (written != kNoNode && shape.shape != Shape::Unknown && !is(written, Cpp::Primitive))
    return made_of(written, node, range(node));
  const NodeId only = first(node);
  if (nodes_.next_sibling(only) == kNoNode && !is(only, Cpp::DesignatedValue))
    return expression(only);
  return braces(node, Shape::Unknown);
}

// --- Declarations.

// `Client client(config);` reads as a prototype; inside a function it hardly ever is one.
CppLowering::Declarator CppLowering::constructed_local(NodeId, const Declarator& what) const {
  if (what.function == kNoNode || what.name == kNoNode) return what;
  const NodeId list = child(what.function, SynField::Parameters);
  if (list == kNoNode || first(list) == kNoNode) return what;
  for (const NodeId parameter : children(list)) {
    const NodeId written = child(parameter, SynField::Type);
    const bool is_name = is(written, Syn::TypeName) || is(written, Cpp::Qualified);
    if (!is(parameter, Syn::Parameter) || !is_name ||
        child(parameter, CppField::Declarator) != kNoNode ||
        child(parameter, Cpp::Qualifier) != kNoNode)
      return what;
  }
  Declarator object = what;
  object.function = kNoNode;
  object.value = list;
  return object;
}

void CppLowering::declaration(NodeId node) {
  const NodeId type_node = child(node, SynField::Type);
  if (is(type_node, Syn::Class)) statement(type_node);
  const bool is_static =
      has_word(node, Cpp::Storage, "static") || has_word(node, Cpp::Storage, "thread_local");
  for (const Declarator& written : declarators(node)) {
    const Declarator what = constructed_local(node, written);
    if (what.function != kNoNode || has_word(node, Cpp::Storage, "extern")) continue;
    if (what.binding != kNoNode) {
      structured_binding(node, what);
    } else if (what.name != kNoNode) {
      is_static ? static_local(node, type_node, what) : local_variable(node, type_node, what);
    }
  }
}

void CppLowering::local_variable(NodeId node, NodeId type_node, const Declarator& what) {
  const Range where = range(what.name);
  const ExprId value = initial_value(type_node, what, what.value == kNoNode ? where : range(node));
  TypeId declared = declared_type(type_node);
  if (!declared.exists()) declared = known_type(what.name);
  const bool constant = !what.pointer && has_word(node, Cpp::Qualifier, "const");
  const VariableId local = declare_local(text(what.name), constant ? kConstant : 0, declared);
  const TypeShape shape = shape_of(type_node);
  const bool stream = shape.shape == Shape::Stream || (shape.shape == Shape::Pointer &&
                                                       shape_of(shape.node).shape == Shape::Stream);
  if (stream || makes_stream(what.value)) streams_.insert(local.index);
  if (shape.shape == Shape::Text && !what.array) texts_.insert(local.index);
  if ((what.reference || what.pointer) && !constant && what.value != kNoNode)
    references_.insert(local.index);
  if (what.pointer) pointers_.insert(local.index);
  const bool sets_later = what.value == kNoNode && !constant && shape.shape != Shape::Stream;
  if (sets_later) unset_.insert(local.index);
  if (value.exists())
    out_.assign(out_.variable(local, where), value, range(node), AssignMode::Declare);
}

// auto body = make_shared<std::stringstream>();
bool CppLowering::makes_stream(NodeId value) const {
  if (!is(value, Syn::Call)) return false;
  NodeId function = child(value, SynField::Function);
  while (is(function, Cpp::Qualified)) function = child(function, SynField::Name);
  if (!is(function, Cpp::TemplateFunction)) return false;
  const NodeId made = pointee(function);
  return made != kNoNode && shape_of(made).shape == Shape::Stream;
}

// Made when control first comes there, and then never again.
void CppLowering::static_local(NodeId node, NodeId type_node, const Declarator& what) {
  const auto own = variables_.find(what.name);
  if (own == variables_.end()) return;
  const VariableId variable = own->second;
  bind(text(what.name), {.variable = variable});
  TypeId declared = declared_type(type_node);
  if (!declared.exists()) declared = known_type(what.name);
  out_.set(variable, &Variable::type, declared);
  if (what.value == kNoNode || done_statics_.contains(what.name)) return;
  const Range where = range(what.name);
  const ExprId unmade =
      out_.operation(OperatorKind::Equal, out_.variable(variable, where), out_.null(where), where);
  const OpId branch = out_.open_branch(unmade, range(node));
  const ExprId value = initial_value(type_node, what, range(node));
  if (value.exists()) out_.assign(out_.variable(variable, where), value, range(node));
  out_.close(branch);
}

// auto [a, b] = f();
void CppLowering::structured_binding(NodeId node, const Declarator& what) {
  if (what.value == kNoNode) return;
  NodeId value_node = what.value;
  if ((is(value_node, Cpp::Braces) || is(value_node, Syn::Arguments)) &&
      first(value_node) != kNoNode)
    value_node = first(value_node);
  const ExprId value = kept(expression(value_node), range(node));
  bind_parts(what.binding, value, false, range(node));
}

void CppLowering::bind_parts(NodeId binding, ExprId value, bool, Range where) {
  int at = 0;
  for (const NodeId name : children(binding)) {
    if (!is(name, Syn::Name)) continue;
    const ExprId part =
        out_.index(value, out_.number(std::to_string(at++), range(name)), range(name));
    const VariableId local = declare_local(text(name));
    out_.assign(out_.variable(local, range(name)), part, where, AssignMode::Declare);
  }
}

// --- Loops, switch, try.

void CppLowering::range_for(NodeId node) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  if (const NodeId init = child(node, SynField::Init); init != kNoNode) statement(init);
  const NodeId subject_node = child(node, SynField::Right), body = child(node, SynField::Body);
  ExprId subject = expression_or_unknown(subject_node, node);
  const Declarator what = declarator(child(node, CppField::Declarator));
  if (what.binding != kNoNode) {  // what a map has are pairs of key and value
    const ExprId begin = out_.member(subject, "<entries>", range(subject_node));
    subject = call_of(begin, {}, range(subject_node), CallMode::Implicit);
  }
  ExprId element;
  each_loop(
      node, subject,
      [&] {
        if (what.name == kNoNode)
          return element = out_.variable(out_.temporary(out_.current()), range(node));
        TypeId declared = declared_type(child(node, SynField::Type));
        if (!declared.exists()) declared = known_type(what.name);
        const VariableId local = declare_local(text(what.name), 0, declared);
        const bool constant = has_word(node, Cpp::Qualifier, "const");
        if (what.reference && !constant) references_.insert(local.index);
        return out_.variable(local, range(what.name));
      },
      [&] {
        if (what.binding != kNoNode) bind_parts(what.binding, element, true, range(what.binding));
        if (body != kNoNode) block_statements(body);
      });
  scope_ = around;
}

void CppLowering::switch_statement(NodeId node) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  const NodeId body = child(node, SynField::Body);
  ExprId subject = expression_or_unknown(condition(node), node);
  if (out_.expr(subject).kind != ExprKind::Variable) subject = kept(subject, range(node));
  std::vector<NodeId> cases;
  if (body != kNoNode) cases = children_of(body, static_cast<Syn>(Cpp::Case));
  std::vector<FallingArm> arms;
  std::vector<ExprId> pending;
  bool pending_default = false;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const NodeId value = child(cases[i], SynField::Value);
    std::vector<NodeId> statements;
    for (const NodeId part : children(cases[i]))
      if (part != value) statements.push_back(part);
    if (value != kNoNode)
      pending.push_back(
          out_.operation(OperatorKind::Equal, subject, expression(value), range(value)));
    else
      pending_default = true;
    if (statements.empty() && i + 1 < cases.size()) continue;  // case 1: case 2: ...
    FallingArm arm;
    arm.tests = std::exchange(pending, {});
    arm.is_default = std::exchange(pending_default, false);
    arm.falls = statements.empty() || completes(statements.back());
    arm.where = range(cases[i]);
    arm.body = [this, statements] {
      for (const NodeId one : statements) statement(one);
    };
    arms.push_back(std::move(arm));
  }
  falling_arms(range(node), arms);
  scope_ = around;
}

void CppLowering::cpp_try(NodeId node) {
  const ScopeId around = scope_;
  const OpId attempt = out_.open_try(range(node));
  scope_ = open_scope();
  const NodeId body = child(node, SynField::Body);
  if (const NodeId list = child(node, Cpp::InitializerList); list != kNoNode)
    member_initializers(list);
  if (body != kNoNode) block_statements(body);
  for (const NodeId clause : children_of(node, static_cast<Syn>(Cpp::CatchClause))) {
    scope_ = open_scope();
    std::vector<TypeId> types;
    VariableId caught;
    if (const NodeId list = child(clause, SynField::Parameters); list != kNoNode)
      for (const NodeId parameter : children(list)) {
        if (const TypeId one = type(child(parameter, SynField::Type)); one.exists())
          types.push_back(one);
        const Declarator what = declarator(child(parameter, CppField::Declarator));
        if (what.name == kNoNode) continue;
        caught = out_.add_variable(text(what.name), out_.current(), VariableKind::Caught);
        bind(text(what.name), {.variable = caught});
        if (!types.empty()) out_.set(caught, &Variable::type, types.front());
      }
    out_.open_catch(attempt, types, caught);
    if (const NodeId inner = child(clause, SynField::Body); inner != kNoNode)
      block_statements(inner);
  }
  out_.close(attempt);
  scope_ = around;
}

// #if in a function: which part the compiler sees is not known.
void CppLowering::conditional_statements(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return static_cast<void>(too_deep(node));
  const std::vector<NodeId> live = live_children(node);
  NodeId otherwise = kNoNode;
  std::vector<NodeId> statements;
  for (const NodeId one : live)
    field(one) == SynField::Alternative ? static_cast<void>(otherwise = one)
                                        : statements.push_back(one);
  const NodeId test = child(node, SynField::Condition);
  const bool known = is(node, Cpp::ConditionalElse) || text(test) == "0" || text(test) == "1";
  if (known) {
    for (const NodeId one : statements) statement(one);
    if (otherwise != kNoNode) conditional_statements(otherwise);
    return;
  }
  const std::string_view whole = text(node);
  const std::string why(whole.substr(0, whole.find('\n')));
  const OpId branch = out_.open_branch(out_.unknown(why, range(node)), range(node));
  for (const NodeId one : statements) statement(one);
  if (otherwise != kNoNode) {
    out_.otherwise(branch);
    conditional_statements(otherwise);
  }
  out_.close(branch);
}

}  // namespace fnlint
