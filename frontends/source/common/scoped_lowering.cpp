// Driver: marks, the work list of functions, parameters.
#include "frontends/source/common/scoped_lowering.h"

#include "core/text.h"

namespace fnlint {

ScopedLowering::ScopedLowering(CodeBuilder& out, const SourceFile& file)
    : out_(out), nodes_(file.nodes), text_(file.text) {}

void ScopedLowering::lower_file() {
  mark_nodes();
  const FunctionId module = out_.add_function(
      "", {}, FunctionKind::ModuleInit, {0, static_cast<std::uint32_t>(text_.size())}, {});
  scopes_.emplace_back();
  out_.begin_body(module);
  if (nodes_.size() > 0) {
    declare_file(0);
    file_body(0);
  }
  out_.end_body();
  while (!work_.empty()) {
    const Work next = work_.front();
    work_.pop_front();
    write(next);
  }
  mark_broken();
  mark_written();
}

void ScopedLowering::file_body(NodeId file) {
  for (const NodeId node : children(file)) statement(node);
}

void ScopedLowering::statement(NodeId node) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return static_cast<void>(too_deep(node));
  statement_of(node);
}

ExprId ScopedLowering::expression(NodeId node) {
  const Deeper deeper(depth_);
  return depth_ > kNestingDepth ? too_deep(node) : expression_of(node);
}

TypeId ScopedLowering::type(NodeId node) {
  const Deeper deeper(depth_);
  return node == kNoNode || depth_ > kNestingDepth ? TypeId{} : type_of(node);
}

// Bottom up: nodes stand in document order.
void ScopedLowering::mark_nodes() {
  marks_.assign(nodes_.size(), 0);
  for (NodeId node = nodes_.size(); node-- > 0;) {
    switch (kind(node)) {
      case Syn::Call:
      case Syn::New:
      case Syn::Assignment:
      case Syn::Update:
      case Syn::Await:
      case Syn::Throw:
      case Syn::Return: marks_[node] |= kOps; break;
      case Syn::Continue: marks_[node] |= kContinues; break;
      default:
        if (makes_op(node)) marks_[node] |= kOps;
    }
    const NodeId parent = nodes_[node].parent;
    if (parent == kNoNode) continue;
    const Syn what = kind(node);
    const bool elsewhere = what == Syn::Lambda || what == Syn::Function || what == Syn::Method ||
                           what == Syn::Constructor || is_own_function(node);
    if (!elsewhere) marks_[parent] |= marks_[node];
  }
}

// Nothing may rest on absence in a function that holds a syntax error.
void ScopedLowering::mark_broken() {
  if (nodes_.faults().empty()) return;
  const CodeFacts& facts = out_.facts();
  for (const SyntaxFault& fault : nodes_.faults()) {
    std::uint32_t innermost = 0;
    for (std::uint32_t i = 1; i < facts.functions.size(); ++i) {
      const Range at = facts.function_ranges[i], best = facts.function_ranges[innermost];
      if (at.begin <= fault.where.begin && fault.where.end <= at.end && at.begin >= best.begin)
        innermost = i;
    }
    out_.mark(FunctionId{innermost}, kBroken);
  }
}

void ScopedLowering::mark_written() {
  const CodeFacts& facts = out_.facts();
  for (std::uint32_t i = 0; i < facts.functions.size(); ++i) {
    const Function& function = facts.functions[i];
    if (!function.first.exists()) continue;
    for (std::uint32_t op = function.first.index; op < function.end.index; ++op) {
      if (facts.ops[op].kind != OpKind::Assign) continue;
      const ExprId target = facts.assigns[facts.ops[op].detail].target;
      if (!target.exists() || facts.exprs[target.index].kind != ExprKind::Variable) continue;
      const VariableId variable{facts.exprs[target.index].ref};
      if (out_.variable(variable).owner != FunctionId{i}) out_.mark(variable, kWrittenByInner);
    }
  }
}

NodeId ScopedLowering::child(NodeId node, Syn what) const {
  if (node != kNoNode)
    for (const NodeId at : children(node))
      if (kind(at) == what) return at;
  return kNoNode;
}

NodeId ScopedLowering::last(NodeId node) const {
  NodeId found = kNoNode;
  if (node != kNoNode)
    for (const NodeId at : children(node)) found = at;
  return found;
}

std::vector<NodeId> ScopedLowering::children_of(NodeId node, Syn what) const {
  std::vector<NodeId> found;
  if (node != kNoNode)
    for (const NodeId at : children(node))
      if (kind(at) == what) found.push_back(at);
  return found;
}

bool ScopedLowering::has_modifier(NodeId node, std::string_view word) const {
  if (node == kNoNode) return false;
  for (const NodeId at : children(node)) {
    if (kind(at) == Syn::Modifier && text(at) == word) return true;
    if (kind(at) != Syn::Modifiers) continue;
    for (const NodeId one : children(at))
      if (kind(one) == Syn::Modifier && text(one) == word) return true;
  }
  return false;
}

std::vector<NodeId> ScopedLowering::annotations_of(NodeId node) const {
  std::vector<NodeId> found = children_of(node, Syn::Annotation);
  for (const NodeId modifiers : children_of(node, Syn::Modifiers))
    for (const NodeId one : children_of(modifiers, Syn::Annotation)) found.push_back(one);
  return found;
}

NodeId ScopedLowering::unwrapped(NodeId node) const {
  while (is(node, Syn::Parenthesized) && first(node) != kNoNode) node = first(node);
  return node;
}

// --- Functions.

FunctionId ScopedLowering::define_function(NodeId node, std::string_view name, FunctionKind kind,
                                           NodeId name_node) {
  const FunctionId id =
      out_.add_function(name, out_.current(), kind, range(node),
                        name_node == kNoNode ? Range{range(node).begin, range(node).begin}
                                             : range(name_node));
  out_.mark(id, function_flags(node));
  if (class_ != kNone) out_.set(id, &Function::owner, classes_[class_].id);
  const bool has_receiver = kind == FunctionKind::Method || kind == FunctionKind::Constructor ||
                            kind == FunctionKind::Accessor || kind == FunctionKind::ClassInit ||
                            kind == FunctionKind::InstanceInit || kind == FunctionKind::ClassMethod;
  if (has_receiver) {
    const VariableId receiver = out_.add_variable(receiver_name(), id, VariableKind::Receiver);
    out_.set(id, &Function::receiver, receiver);
  }
  add_work(id, node);
  return id;
}

void ScopedLowering::add_work(FunctionId function, NodeId node) {
  const ScopeId scope = open_scope();
  work_.push_back({.function = function, .node = node, .scope = scope, .in_class = class_});
}

void ScopedLowering::add_parameters(FunctionId function, NodeId list) {
  std::vector<Parameter> parameters;
  if (list != kNoNode) {
    for (const NodeId node : parameter_nodes(list)) {
      const ParameterParts parts = parameter_parts(node);
      if (parts.name == kNoNode) continue;
      const std::string_view name = text(parts.name);
      const VariableId variable = out_.add_variable(name, function, VariableKind::Parameter);
      if (parts.type != kNoNode) {
        const TypeId declared = type(parts.type);
        out_.set(variable, &Variable::type, declared);
      }
      if (name != "_") bind(name, {.variable = variable});
      ExprId fallback;
      if (parts.fallback != kNoNode)  // what a call gives is known where it runs
        fallback = has_ops(parts.fallback) ? out_.unknown("a call", range(parts.fallback))
                                           : expression(parts.fallback);
      parameters.push_back({.variable = variable,
                            .fallback = fallback,
                            .rest = parts.rest,
                            .annotations = annotations(annotations_of(node))});
    }
  }
  out_.set_parameters(function, parameters);
}

void ScopedLowering::write(const Work& work) {
  scope_ = work.scope;
  class_ = work.in_class;
  depth_ = 0;
  jumps_.clear();
  next_label_.clear();
  out_.begin_body(work.function);
  const FunctionKind kind = out_.function(work.function).kind;
  if (kind == FunctionKind::ClassInit || kind == FunctionKind::InstanceInit) {
    class_body(class_, kind);
  } else {
    add_parameters(work.function, parameter_list(work.node));
    function_body(work.node, child(work.node, SynField::Body));
  }
  out_.end_body();
}

void ScopedLowering::function_body(NodeId, NodeId body) {
  if (body == kNoNode) return;
  if (is(body, Syn::Block)) {
    for (const NodeId node : children(body)) statement(node);
    return;
  }
  const ExprId value = expression(body);
  out_.exit(ExitKind::Return, {}, value, range(body));
}

ExprId ScopedLowering::closure(NodeId node, std::string_view name, bool is_hoisted) {
  const FunctionId id = define_function(node, name, FunctionKind::Plain);
  if (is_hoisted) scopes_[work_.back().scope].seen = SIZE_MAX;
  out_.mark(id, kArrow);
  return out_.function(id, range(node));
}

// Arrows take it from the function around.
ExprId ScopedLowering::receiver(Range where) {
  for (FunctionId at = out_.current(); at.exists(); at = out_.function(at).parent) {
    const Function row = out_.function(at);
    if (row.receiver.exists()) return out_.variable(row.receiver, where);
    if ((row.flags & kArrow) == 0) break;
  }
  return out_.unknown("no receiver here", where);
}

void ScopedLowering::block_statements(NodeId node) {
  if (node == kNoNode) return;
  if (!is(node, Syn::Block)) return statement(node);
  const ScopeId around = scope_;
  scope_ = open_scope();
  for (const NodeId inner : children(node)) statement(inner);
  scope_ = around;
}

ScopedLowering::ParameterParts ScopedLowering::parameter_parts(NodeId node) const {
  return {.name = child(node, SynField::Name),
          .type = child(node, SynField::Type),
          .fallback = child(node, SynField::Value),
          .rest = is(node, Syn::RestParameter) ? RestKind::Positional : RestKind::None};
}

std::vector<NodeId> ScopedLowering::parameter_nodes(NodeId list) const {
  std::vector<NodeId> found;
  for (const NodeId node : children(list))
    if (is(node, Syn::Parameter) || is(node, Syn::RestParameter)) found.push_back(node);
  return found;
}

ExprId ScopedLowering::too_deep(NodeId node) {
  if (!said_too_deep_)
    out_.problem(range(node), cat("nested deeper than ", kNestingDepth, " levels; not read"));
  said_too_deep_ = true;
  out_.opaque("nesting", {}, range(node));
  return out_.unknown("nested too deeply", range(node));
}

}  // namespace fnlint
