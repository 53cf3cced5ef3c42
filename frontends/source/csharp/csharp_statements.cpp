// Blocks, using, foreach, switch, preprocessor branches.
#include "frontends/source/csharp/csharp_lowering.h"

#include "core/text.h"

namespace fnlint {

void CSharpLowering::statement_of(NodeId node) {
  if (node == kNoNode) return;
  const Range where = range(node);
  switch (own(node)) {
    case Cs::GlobalStatement:
      for (const NodeId inner : children(node)) statement(inner);
      return;
    case Cs::Local: {
      const std::vector<ExprId> objects =
          local_declaration(child(node, Syn::LocalDeclaration));
      if (has_modifier(node, "using")) dispose(objects, has_modifier(node, "await"), where);
      return;
    }
    case Cs::UsingStatement: return using_statement(node);
    case Cs::Lock: {
      const NodeId object = first(node), body = last(node);
      if (object == kNoNode || object == body) return block_statements(object);
      const ExprId held = expression(object);
      if (!has_ops(object)) out_.evaluate(held, range(object));
      const OpId block = out_.open_block(kLockLabel, where);
      block_statements(body);
      return out_.close(block);
    }
    case Cs::PlainBlock:
      for (const NodeId inner : children(node))
        is(inner, Syn::Block) ? block_statements(inner) : statement(inner);
      return;
    case Cs::ForEach: return for_each(node);
    case Cs::Yield: {
      const NodeId value = last(node);
      if (value == kNoNode) return static_cast<void>(out_.exit(ExitKind::Return, {}, {}, where));
      const ExprId given = expression(value);
      out_.yield(given, where);
      return;
    }
    case Cs::Switch: return switch_statement(node);
    case Cs::PreprocIf: return preprocessor_branches(node);
    case Cs::ArrowClause:
      for (const NodeId inner : children(node)) statement(inner);
      return;
    case Cs::Using:
    case Cs::FileNamespace:
    case Cs::Namespace: return;
    default: break;
  }
  if (is(node, Syn::If)) declare_condition(child(node, SynField::Condition));
  if (is(node, Syn::LocalDeclaration)) return static_cast<void>(local_declaration(node));
  if (is(node, Syn::Function)) {  // hoisted, or alone in a branch
    const NodeId name = child(node, SynField::Name);
    if (name == kNoNode || find(text(name)).exists()) return;
    hoist({node});
    return;
  }
  ScopedLowering::statement_of(node);
}

// Local functions are known in the whole block.
void CSharpLowering::hoist(const std::vector<NodeId>& statements) {
  std::vector<std::pair<NodeId, VariableId>> functions;
  for (const NodeId node : statements) {
    if (!is(node, Syn::Function)) continue;
    const NodeId name = child(node, SynField::Name);
    if (name != kNoNode) functions.emplace_back(node, declare_local(text(name), kConstant));
  }
  for (const auto& [node, variable] : functions) {
    const NodeId name = child(node, SynField::Name);
    const ExprId value = closure(node, text(name), true);
    out_.assign(out_.variable(variable, range(name)), value, range(node), AssignMode::Declare);
  }
}

void CSharpLowering::run(const std::vector<NodeId>& statements) {
  hoist(statements);
  run_from(statements, 0);
}

// What follows a `using` declaration is what it guards.
void CSharpLowering::run_from(const std::vector<NodeId>& statements, std::size_t begin) {
  const Deeper deeper(depth_);
  for (std::size_t i = begin; i < statements.size(); ++i) {
    const NodeId node = statements[i];
    const bool guards = is(node, Cs::Local) && has_modifier(node, "using");
    if (!guards || depth_ > kNestingDepth) {
      statement(node);
      continue;
    }
    const std::vector<ExprId> objects = local_declaration(child(node, Syn::LocalDeclaration));
    const Range rest{range(node).begin, range(statements.back()).end};
    guarded(
        rest, [&] { run_from(statements, i + 1); },
        [&] { dispose(objects, has_modifier(node, "await"), range(node)); });
    return;
  }
}

void CSharpLowering::block_statements(NodeId node) {
  if (node == kNoNode) return;
  const ScopeId around = scope_;
  scope_ = open_scope();
  if (is(node, Syn::Block)) {
    if (is(parent(node), Syn::Catch))
      if (const NodeId filter = own_child(parent(node), Cs::CatchFilter); filter != kNoNode)
        rethrow_unless(filter);
    std::vector<NodeId> statements;
    for (const NodeId inner : children(node)) statements.push_back(inner);
    run(statements);
  } else {
    statement(node);
  }
  scope_ = around;
}

// catch (E e) when (test): another exception goes on.
void CSharpLowering::rethrow_unless(NodeId filter) {
  if (first(filter) == kNoNode) return;
  const Range where = range(filter);
  const ExprId test = expression(first(filter));
  const OpId branch = out_.open_branch(test, where);
  out_.otherwise(branch);
  out_.exit(ExitKind::Raise, {}, {}, where);
  out_.close(branch);
}

NodeId CSharpLowering::declarator_value(NodeId declarator) const {
  const NodeId end = last(declarator);
  if (end == kNoNode || field(end) == SynField::Name || is(end, Cs::TuplePattern) ||
      is(end, Cs::Subscript))
    return kNoNode;
  return end;
}

// var x = provider.Get<T>(): by custom a T.
NodeId CSharpLowering::given_type(NodeId value) const {
  for (std::size_t i = 0; i < 4 && value != kNoNode; ++i) {
    if (is(value, Syn::Parenthesized) || is(value, Syn::Await) || is(value, Cs::Postfix))
      value = first(value);
  }
  if (!is(value, Syn::Call)) return kNoNode;
  NodeId callee = child(value, SynField::Function);
  if (is(callee, Cs::ConditionalAccess)) callee = last(callee);
  if (const NodeId name = child(callee, SynField::Name); name != kNoNode) callee = name;
  const NodeId list = is(callee, Syn::GenericType) ? child(callee, Syn::TypeArguments) : kNoNode;
  return first(list) == last(list) ? first(list) : kNoNode;
}

// Returns what it declares.
std::vector<ExprId> CSharpLowering::local_declaration(NodeId node) {
  std::vector<ExprId> objects;
  if (node == kNoNode) return objects;
  const NodeId written = child(node, SynField::Type);
  for (const NodeId declarator : children_of(node, Syn::Declarator)) {
    const NodeId name = child(declarator, SynField::Name);
    const NodeId value = declarator_value(declarator);
    const ExprId initial = value == kNoNode ? ExprId{} : expression(value);
    if (const NodeId parts = own_child(declarator, Cs::TuplePattern); parts != kNoNode) {
      if (initial.exists()) take_apart(parts, initial, range(declarator));
      continue;
    }
    if (name == kNoNode) continue;
    const TypeId declared = type(written == kNoNode ? given_type(value) : written);
    const VariableId local = declare_local(text(name), 0, declared);
    const ExprId object = out_.variable(local, range(name));
    if (initial.exists())
      out_.assign(object, initial, range(declarator), AssignMode::Declare);
    objects.push_back(object);
  }
  return objects;
}

void CSharpLowering::dispose(const std::vector<ExprId>& objects, bool awaits, Range where) {
  for (auto at = objects.rbegin(); at != objects.rend(); ++at) {
    const ExprId method = out_.member(*at, awaits ? "DisposeAsync" : "Dispose", where);
    const OpId op = out_.call(method, {}, where, CallMode::Implicit);
    if (awaits) out_.await(out_.result(op, where), where);
  }
}

void CSharpLowering::using_statement(NodeId node) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  const NodeId body = child(node, SynField::Body);
  const NodeId declaration = child(node, Syn::LocalDeclaration);
  std::vector<ExprId> objects;
  if (declaration != kNoNode) {
    objects = local_declaration(declaration);
  } else {
    for (const NodeId at : children(node))
      if (at != body && !is(at, Syn::Modifier)) objects.push_back(expression(at));
  }
  guarded(
      range(node), [&] { block_statements(body); },
      [&] { dispose(objects, has_modifier(node, "await"), range(node)); });
  scope_ = around;
}

void CSharpLowering::for_each(NodeId node) {
  const NodeId left = child(node, SynField::Left), body = child(node, SynField::Body);
  const ExprId subject = expression_or_unknown(child(node, SynField::Right), node);
  const bool is_name = is(left, Syn::Name);
  ExprId element;
  each_loop(
      node, subject,
      [&] {
        if (is_name) {
          const TypeId declared = type(child(node, SynField::Type));
          element = out_.variable(declare_local(text(left), 0, declared), range(left));
        } else {
          element = out_.variable(out_.temporary(out_.current()), range(node));
        }
        return element;
      },
      [&] {
        if (!is_name && left != kNoNode) take_apart(left, element, range(left));
        block_statements(body);
      },
      has_modifier(node, "await"));
}

// Sections without statements share those of the next one; `default` decides last, wherever it is.
void CSharpLowering::switch_statement(NodeId node) {
  const ExprId subject = kept(expression_or_unknown(child(node, SynField::Value), node),
                              range(node));
  struct Section {
    std::vector<NodeId> labels = {}, statements = {};
    bool is_default = false;
    Range where = {};
  };
  std::vector<Section> sections;
  bool open = false;
  const NodeId body = child(node, SynField::Body);
  if (body != kNoNode)
    for (const NodeId row : children(body)) {
      if (!is(row, Cs::SwitchSection)) continue;
      if (!open) sections.push_back({.where = range(row)});
      Section& section = sections.back();
      bool is_label = true;
      for (const NodeId at : children(row)) {
        if (is(at, Syn::Modifier) || is(at, Cs::When)) continue;
        if (is_label && !has_modifier(row, "default")) {
          section.labels.push_back(row);
          is_label = false;
          continue;
        }
        is_label = false;
        section.statements.push_back(at);
      }
      section.is_default |= has_modifier(row, "default");
      open = section.statements.empty();
    }
  std::vector<Arm> arms;
  const auto add = [&](const Section& section) {
    Arm arm;
    arm.where = section.where;
    if (!section.is_default)
      arm.test = [&section, subject, this] {
        ExprId test = arm_test(subject, section.labels.front());
        for (std::size_t i = 1; i < section.labels.size(); ++i)
          test = out_.operation(OperatorKind::Or, test, arm_test(subject, section.labels[i]),
                                section.where);
        return test;
      };
    arm.body = [&section, this] { run(section.statements); };
    arms.push_back(std::move(arm));
  };
  for (const Section& section : sections)
    if (!section.is_default && !section.labels.empty()) add(section);
  for (const Section& section : sections)
    if (section.is_default) add(section);
  choose_arm(range(node), arms, true);
}

// #if A ... #elif B ... #else ... #endif: the compiler's symbols are not known.
void CSharpLowering::preprocessor_branches(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return static_cast<void>(too_deep(node));
  const NodeId alternative = child(node, SynField::Alternative);
  std::vector<NodeId> statements;
  for (const NodeId at : children(node)) {
    if (at == alternative || field(at) == SynField::Condition) continue;
    if (is(at, Syn::Class) || is(at, Cs::Enum) || is(at, Cs::Using)) continue;
    statements.push_back(is(at, Cs::GlobalStatement) && first(at) != kNoNode ? first(at) : at);
  }
  if (is(node, Cs::PreprocElse) && child(node, SynField::Condition) == kNoNode)
    return run(statements);
  if (statements.empty() && alternative == kNoNode) return;
  const Range where = range(node);
  const OpId branch = out_.open_branch(out_.unknown("a symbol of the build", where), where);
  run(statements);
  if (alternative != kNoNode) {
    out_.otherwise(branch);
    preprocessor_branches(alternative);
  }
  out_.close(branch);
}

}  // namespace fnlint
