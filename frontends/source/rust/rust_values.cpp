// Blocks, branches and loops as values; `let`.
#include "frontends/source/rust/rust_lowering.h"

#include "core/text.h"

namespace fnlint {

// --- Which expressions are more than one value.

bool RustLowering::is_flow(NodeId node) const {
  if (is(node, Syn::Block)) return true;
  switch (rust(node)) {
    case Rs::If:
    case Rs::Match:
    case Rs::While:
    case Rs::Loop:
    case Rs::For:
    case Rs::Plain: return true;
    default: return false;
  }
}

bool RustLowering::makes_op(NodeId node) const {
  if (is_flow(node)) return !is(node, Syn::Block) && !is(node, Rs::Plain);
  switch (rust(node)) {
    case Rs::Let:
    case Rs::LetTest:
    case Rs::Break:
    case Rs::Continue:
    case Rs::Async:
    case Rs::Assign:
    case Rs::AssignWith:
    case Rs::Construct:
    case Rs::Yield: return true;
    case Rs::Macro: {
      const std::string_view name = macro_name(node);
      return name != "format" && name != "vec" && name != "concat" && name != "matches";
    }
    default: return false;
  }
}

bool RustLowering::is_own_function(NodeId node) const {
  return is(node, Rs::Closure) || is_item(node);
}

// The last expression of a block, where no semicolon follows it.
NodeId RustLowering::tail_of(NodeId block) const {
  NodeId end = kNoNode;
  for (const NodeId node : children(block))
    if (!is(node, Rs::Attribute) && !is(node, Rs::Label)) end = node;
  if (end == kNoNode || is_item(end) || is(end, Rs::Let) || is(end, Syn::Error)) return kNoNode;
  if (!is(end, Syn::ExpressionStatement)) return end;
  // `if a { } ;` is a statement without a semicolon and an empty one.
  const std::string_view rest = text_.substr(range(end).end, range(block).end - range(end).end);
  const std::size_t next = rest.find_first_not_of(" \t\r\n");
  const bool ends = text(end).ends_with(';') || (next != std::string_view::npos && rest[next] == ';');
  return ends ? kNoNode : first(end);
}

// The one expression that a block is.
NodeId RustLowering::sole_value(NodeId block) const {
  if (!is(block, Syn::Block)) return kNoNode;
  const NodeId only = first(block);
  return only != kNoNode && tail_of(block) == only ? only : kNoNode;
}

NodeId RustLowering::block_of(NodeId node) const { return last(node); }

// Ok(x) by its bare name.
bool RustLowering::is_constructor(NodeId node, std::string_view name) const {
  if (!is(node, Syn::Call)) return false;
  NodeId function = child(node, SynField::Function);
  if (is(function, Rs::Turbofish)) function = first(function);
  if (is(function, Rs::Path)) {
    const Segments path = segments_of(function);
    return path.size() == 2 && path[1] == name && (path[0] == "Result" || path[0] == "Option");
  }
  return is(function, Syn::Name) && text(function) == name && !find(name).exists();
}

// --- Where values go.

void RustLowering::give(ExprId value, Range where, const Sink& sink) {
  switch (sink.kind) {
    case Sink::Kind::Drop: return;
    case Sink::Kind::Return: out_.exit(ExitKind::Return, {}, value, where); return;
    case Sink::Kind::Store: out_.assign(sink.target, value, where); return;
  }
}

void RustLowering::deliver(NodeId node, const Sink& sink) {
  const Deeper deeper(depth_);
  if (node == kNoNode) return;
  if (depth_ > kNestingDepth) return static_cast<void>(too_deep(node));
  const Range where = range(node);
  if (is(node, Syn::Block)) return block(node, sink);
  if (is(node, Syn::Parenthesized) && first(node) != kNoNode) return deliver(first(node), sink);
  switch (rust(node)) {
    case Rs::Plain: return deliver(block_of(node), sink);
    case Rs::If: return if_value(node, sink);
    case Rs::Match: return match_value(node, sink);
    case Rs::Loop: return loop_value(node, sink);
    case Rs::While:
    case Rs::For:
      rust(node) == Rs::While ? while_value(node) : for_value(node);
      return give(out_.null(where), where, sink);
    case Rs::Break: return break_value(node);
    case Rs::Continue: return continue_value(node);
    case Rs::Assign:
    case Rs::AssignWith: {
      static_cast<void>(expression(node));
      if (sink.kind != Sink::Kind::Drop) give(out_.null(where), where, sink);
      return;
    }
    default: break;
  }
  if (is(node, Syn::Return)) {
    deliver(first(node), {.kind = Sink::Kind::Return});
    if (first(node) == kNoNode) out_.exit(ExitKind::Return, {}, {}, where);
    return;
  }
  if (sink.kind == Sink::Kind::Return && is_constructor(node, "Err")) {
    const std::vector<Operand> given = arguments(child(node, SynField::Arguments));
    out_.exit(ExitKind::Raise, {}, given.empty() ? ExprId{} : given[0].value, where);
    return;
  }
  if (sink.kind == Sink::Kind::Return && is(node, Syn::Binary) && jumps(node))
    return return_test(node);
  if (sink.kind == Sink::Kind::Drop) {
    const bool pure = !has_ops(node);
    const ExprId value = expression(node);
    if (pure) out_.evaluate(value, where);
    return;
  }
  give(expression(node), where, sink);
}

// `a() || b()` as a function's value: true where a() holds, else what b() says. So a predicate stays
// its tests.
void RustLowering::return_test(NodeId node) {
  const bool of_or = is_or(text(child(node, SynField::Operator)));
  std::vector<NodeId> parts;
  NodeId at = node;
  while (is(at, Syn::Binary)) {
    const std::string_view op = text(child(at, SynField::Operator));
    if (of_or ? !is_or(op) : !is_and(op)) break;
    parts.push_back(child(at, SynField::Right));
    at = unwrapped(child(at, SynField::Left));
  }
  parts.push_back(at);
  for (std::size_t i = parts.size(); i-- > 1;) {
    const Range where = range(parts[i]);
    when(
        parts[i], of_or,
        [&] { out_.exit(ExitKind::Return, {}, out_.boolean(of_or, where), where); }, {}, where);
  }
  const ExprId value = expression_or_unknown(parts[0], node);
  out_.exit(ExitKind::Return, {}, value, range(node));
}

void RustLowering::block(NodeId node, const Sink& sink) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  if (const NodeId label = first(node); is(label, Rs::Label))
    labeled_block(node, label, sink);
  else
    block_contents(node, sink);
  scope_ = around;
}

void RustLowering::block_contents(NodeId node, const Sink& sink) {
  const bool has_items = !items_of(node).empty();
  if (has_items) declare_items(node);
  if (has_items) define_items(node);
  const NodeId tail = tail_of(node);
  bool skips = false;
  for (const NodeId inner : children(node)) {
    if (is(inner, Rs::Attribute)) {
      skips = is_test_only(inner);
      continue;
    }
    if (is(inner, Rs::Label) || is_item(inner) || std::exchange(skips, false)) continue;
    const bool is_tail =
        tail != kNoNode && (inner == tail || (is(inner, Syn::ExpressionStatement) && first(inner) == tail));
    if (is_tail)
      deliver(tail, sink);
    else
      statement(inner);
  }
  if (tail == kNoNode && sink.kind == Sink::Kind::Store) {
    const NodeId end = last(node);
    const NodeId leaves = is(end, Syn::ExpressionStatement) ? first(end) : end;
    if (end == kNoNode || (!is(leaves, Syn::Return) && !is(leaves, Rs::Break) &&
                           !is(leaves, Rs::Continue)))
      give(out_.null(range(node)), range(node), sink);
  }
}

// f() of f().ok()
NodeId RustLowering::made_optional(NodeId node) const {
  const NodeId callee = is(node, Syn::Call) ? child(node, SynField::Function) : kNoNode;
  const bool is_ok = is(callee, Rs::FieldAccess) && text(child(callee, SynField::Own)) == "ok" &&
                     first(child(node, SynField::Arguments)) == kNoNode;
  return is_ok ? child(callee, SynField::Value) : kNoNode;
}

void RustLowering::statement_of(NodeId node) {
  take_back();
  lower_statement(node);
  take_back();
}

void RustLowering::lower_statement(NodeId node) {
  switch (kind(node)) {
    case Syn::ExpressionStatement:
      if (const NodeId tried = made_optional(first(node)); tried != kNoNode) return ignored(tried);
      for (const NodeId inner : children(node)) statement(inner);
      return;
    case Syn::Modifier:
    case Syn::Modifiers:
    case Syn::None: return;
    case Syn::Error: return salvage(node);
    case Syn::Other: return opaque(node);
    default: break;
  }
  if (is(node, Rs::Let)) return let_statement(node);
  if (is_item(node) || is(node, Rs::Attribute) || is(node, Rs::Label)) return;
  deliver(node, {});
}

// --- if

void RustLowering::if_value(NodeId node, const Sink& sink) {
  const NodeId otherwise = child(node, SynField::Alternative);
  const Range where = range(node);
  const ScopeId around = scope_;
  scope_ = open_scope();  // of what `if let` binds
  std::function<void()> other;
  if (otherwise != kNoNode)
    other = [&] { deliver(first(otherwise), sink); };
  else if (sink.kind == Sink::Kind::Store)
    other = [&] { give(out_.null(where), where, sink); };
  branch_on(
      child(node, SynField::Condition), [&] { deliver(child(node, SynField::Consequence), sink); },
      other, where);
  scope_ = around;
}

// --- Loops

std::string_view RustLowering::label_of(NodeId node) const {
  const NodeId label = child(node, static_cast<Syn>(Rs::Label));
  return label == kNoNode ? std::string_view{} : text(label);
}

void RustLowering::while_value(NodeId node) {
  const NodeId condition = child(node, SynField::Condition);
  const ScopeId around = scope_;
  const OpId loop = out_.open_loop(LoopKind::Forever, {}, {}, range(node));
  scope_ = open_scope();
  if (condition != kNoNode) require(condition, loop);
  jumps_.push_back({.label = std::string(label_of(node)), .broken = loop, .continued = loop});
  deliver(child(node, SynField::Body), {});
  jumps_.pop_back();
  scope_ = around;
  out_.close(loop);
}

void RustLowering::loop_value(NodeId node, const Sink& sink) {
  const Range where = range(node);
  ExprId target = sink.target;
  if (sink.kind == Sink::Kind::Return) target = out_.variable(out_.temporary(out_.current()), where);
  const OpId loop = out_.open_loop(LoopKind::Forever, {}, {}, where);
  jumps_.push_back({.label = std::string(label_of(node)), .broken = loop, .continued = loop});
  loops_.push_back({.op = loop, .value = target});
  deliver(child(node, SynField::Body), {});
  loops_.pop_back();
  jumps_.pop_back();
  out_.close(loop);
  if (sink.kind == Sink::Kind::Return) give(target, where, sink);
}

void RustLowering::for_value(NodeId node) {
  const ExprId subject = expression_or_unknown(child(node, SynField::Value), node);
  const NodeId target = child(node, SynField::Pattern), body = child(node, SynField::Body);
  const NodeId name = bound_name(target);
  next_label_ = std::string(label_of(node));
  VariableId element;
  each_loop(
      node, subject,
      [&] {
        const Range where = range(target == kNoNode ? node : target);
        element = name == kNoNode ? out_.temporary(out_.current()) : declare_local(text(name));
        return out_.variable(element, where);
      },
      [&] {
        if (name == kNoNode && target != kNoNode)
          destructure(target, out_.variable(element, range(target)), range(target));
        deliver(body, {});
      });
}

void RustLowering::labeled_block(NodeId node, NodeId label, const Sink& sink) {
  const Range where = range(node);
  ExprId target = sink.target;
  Sink inner = sink;
  if (sink.kind == Sink::Kind::Return) {
    target = out_.variable(out_.temporary(out_.current()), where);
    inner = {.kind = Sink::Kind::Store, .target = target};
  }
  const OpId around = out_.open_block(text(label), where);
  jumps_.push_back({.label = std::string(text(label)),
                    .broken = around,
                    .continued = {},
                    .takes_break = false});
  loops_.push_back({.op = around, .value = target});
  block_contents(node, inner);
  loops_.pop_back();
  jumps_.pop_back();
  out_.close(around);
  if (sink.kind == Sink::Kind::Return) give(target, where, sink);
}

void RustLowering::break_value(NodeId node) {
  const std::string_view label = label_of(node);
  NodeId value = last(node);
  if (is(value, Rs::Label)) value = kNoNode;
  for (auto at = jumps_.rbegin(); at != jumps_.rend(); ++at) {
    if (label.empty() ? !at->takes_break : at->label != label) continue;
    const OpId target = at->broken;
    ExprId kept_in;
    for (const Loop& loop : loops_)
      if (loop.op == target) kept_in = loop.value;
    if (value != kNoNode) {
      const ExprId given = expression(value);
      if (kept_in.exists()) out_.assign(kept_in, given, range(value));
    }
    out_.exit(ExitKind::Break, target, {}, range(node));
    return;
  }
  opaque(node);
}

void RustLowering::continue_value(NodeId node) {
  const std::string_view label = label_of(node);
  for (auto at = jumps_.rbegin(); at != jumps_.rend(); ++at) {
    if (!at->continued.exists() || (!label.empty() && at->label != label)) continue;
    out_.exit(ExitKind::Continue, at->continued, {}, range(node));
    return;
  }
  opaque(node);
}

// --- let

void RustLowering::let_statement(NodeId node) {
  const NodeId target = child(node, SynField::Pattern), value = child(node, SynField::Value);
  const NodeId written = child(node, SynField::Type);
  const Range where = range(node);
  if (target == kNoNode) {
    if (value != kNoNode) deliver(value, {});
    return;
  }
  if (const NodeId otherwise = child(node, SynField::Alternative); otherwise != kNoNode)
    return let_else(node, target, value, otherwise);
  if (const NodeId name = bound_name(target); name != kNoNode)
    return let_name(name, value, written, where);
  if (value == kNoNode) {
    Captures captures;
    static_cast<void>(pattern(target, out_.unknown("not set yet", where), captures));
    for (const Capture& capture : captures) declare_local(text(capture.name));
    return;
  }
  if (is(target, Rs::Wildcard)) return ignored(value);
  destructure(target, expression(value), where);
}

// The value does not see the name that it gets.
void RustLowering::let_name(NodeId name, NodeId value, NodeId written, Range where) {
  const TypeId declared = written == kNoNode ? TypeId{} : type(written);
  const ScopeId before = scope_;
  if (value == kNoNode) {
    declare_local(text(name), 0, declared);
    return;
  }
  if (is_flow(value) && !is(value, Rs::While) && !is(value, Rs::For)) {
    const VariableId local =
        out_.add_variable(text(name), out_.current(), VariableKind::Local, 0);
    out_.set(local, &Variable::type, declared);
    deliver(value, {.kind = Sink::Kind::Store, .target = out_.variable(local, range(name))});
    scope_ = before;
    bind(text(name), {.variable = local});
    return;
  }
  const ExprId initial = expression(value);
  const VariableId local =
      out_.add_variable(text(name), out_.current(),
                        out_.current().index == 0 ? VariableKind::Module : VariableKind::Local, 0);
  out_.set(local, &Variable::type, declared);
  note_shared(local, written, value);
  if (text(name) != "_") bind(text(name), {.variable = local});
  out_.assign(out_.variable(local, range(name)), initial, where, AssignMode::Declare);
  note_fallible(local, initial, value);
}

// Arc<T>, Arc::new(x), Arc::clone(&x), x.clone() of one; a struct with such a field: only through
// that is a copy changed.
void RustLowering::note_shared(VariableId variable, NodeId type, NodeId value) {
  if (is(type, Syn::WrappedType) && is_mutable_reference(text(type)))
    references_.insert(variable.index);
  while (is(type, Syn::WrappedType)) type = last(type);
  bool shared = (is(type, Syn::GenericType) && is_counted(type_name(type))) ||
                (type != kNoNode && has_shared_part(type_name(type)));
  const NodeId made = is(value, Syn::Await) ? first(value) : value;
  if (is(made, Rs::Construct)) {
    const NodeId name = child(made, SynField::Name);
    shared = shared || (name != kNoNode && has_shared_part(type_name(name)));
  }
  if (is(value, Syn::Call)) {
    const NodeId callee = child(value, SynField::Function);
    if (is(callee, Rs::Path)) {
      const Segments path = segments_of(callee);
      shared = shared || (path.size() > 1 && (is_counted(path[path.size() - 2]) ||
                                              has_shared_part(path[path.size() - 2])));
    } else if (is(callee, Rs::FieldAccess) && text(child(callee, SynField::Own)) == "clone") {
      const NodeId from = child(callee, SynField::Value);
      const Binding found = is(from, Syn::Name) ? find(text(from)) : Binding{};
      shared = shared || (found.variable.exists() && shared_.contains(found.variable.index));
    }
  }
  if (shared) shared_.insert(variable.index);
}

// let r = f(): whether f failed is asked of r later.
void RustLowering::note_fallible(VariableId variable, ExprId value, NodeId node) {
  const Expr row = out_.expr(value);
  if (row.kind != ExprKind::Result || is(unwrapped(node), Rs::Question)) return;
  fallible_[variable.index] = {.function = out_.current(), .call = OpId{row.ref}};
}

// let _ = f(): its failure stops nothing.
void RustLowering::ignored(NodeId value) {
  if (!can_fail(value)) return deliver(value, {});
  const OpId attempt = out_.open_try(range(value));
  deliver(value, {});
  out_.open_catch(attempt, {}, {});
  out_.close(attempt);
}

void RustLowering::let_else(NodeId node, NodeId pattern, NodeId value, NodeId otherwise) {
  const Range where = range(node);
  const OpId matched = out_.open_block("", where);
  const OpId failed = out_.open_block("", where);
  require_match(pattern, value, failed);
  out_.exit(ExitKind::Break, matched, {}, where);
  out_.close(failed);
  block(otherwise, {});
  out_.close(matched);
}

}  // namespace fnlint
