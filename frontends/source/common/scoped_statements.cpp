// Blocks, loops, try, jumps.
#include "frontends/source/common/scoped_lowering.h"

#include "core/text.h"

namespace fnlint {

void ScopedLowering::statement_of(NodeId node) {
  const Range where = range(node);
  switch (kind(node)) {
    case Syn::Block: return block_statements(node);
    case Syn::ExpressionStatement:
      for (const NodeId inner : children(node)) statement(inner);
      return;
    case Syn::LocalDeclaration: {
      const NodeId written = child(node, SynField::Type);
      for (const NodeId declarator : children_of(node, Syn::Declarator)) {
        const NodeId name = child(declarator, SynField::Name);
        const NodeId value = child(declarator, SynField::Value);
        const ExprId initial = value == kNoNode ? ExprId{} : expression(value);
        if (name == kNoNode) continue;
        const TypeId declared = written == kNoNode ? TypeId{} : type(written);
        const VariableId local = declare_local(text(name), 0, declared);
        if (initial.exists())
          out_.assign(out_.variable(local, range(name)), initial, range(declarator),
                      AssignMode::Declare);
      }
      return;
    }
    case Syn::If: return if_statement(node);
    case Syn::While:
      return while_loop(node, child(node, SynField::Condition), child(node, SynField::Body), false);
    case Syn::DoWhile:
      return while_loop(node, child(node, SynField::Condition), child(node, SynField::Body), true);
    case Syn::For: return for_loop(node);
    case Syn::ForEach: {
      const ExprId subject = expression_or_unknown(child(node, SynField::Value), node);
      const NodeId name = child(node, SynField::Name), written = child(node, SynField::Type);
      const NodeId body = child(node, SynField::Body);
      return each_loop(
          node, subject,
          [&] {
            const TypeId declared = written == kNoNode ? TypeId{} : type(written);
            const VariableId element =
                declare_local(name == kNoNode ? "" : text(name), 0, declared);
            return out_.variable(element, name == kNoNode ? where : range(name));
          },
          [&] { block_statements(body); });
    }
    case Syn::Try: return try_statement(node);
    case Syn::Return: {
      const NodeId value = first(node);
      const ExprId given = value == kNoNode ? ExprId{} : expression(value);
      out_.exit(ExitKind::Return, {}, given, where);
      return;
    }
    case Syn::Throw: {
      const NodeId value = first(node);
      const ExprId given = value == kNoNode ? ExprId{} : expression(value);
      out_.exit(ExitKind::Raise, {}, given, where);
      return;
    }
    case Syn::Break: return jump_statement(node, true);
    case Syn::Continue: return jump_statement(node, false);
    case Syn::Labeled: return labeled(node);
    case Syn::Error: return salvage(node);
    case Syn::Modifiers:
    case Syn::Modifier:
    case Syn::Annotation:
    case Syn::None: return;
    case Syn::Other: return opaque(node);
    default: {
      const bool pure = !has_ops(node);
      const ExprId value = expression(node);
      if (pure && value.exists()) out_.evaluate(value, where);
    }
  }
}

void ScopedLowering::while_loop(NodeId node, NodeId condition, NodeId body, bool at_least_once) {
  const Range where = range(node);
  const ScopeId around = scope_;
  const OpId loop = out_.open_loop(LoopKind::Forever, {}, {}, where);
  scope_ = open_scope();
  const auto leave_unless = [&] {
    if (condition != kNoNode && !is(unwrapped(condition), Syn::True))
      jump(condition, false, loop);
  };
  if (!at_least_once) leave_unless();
  loop_body(body, loop, at_least_once ? leave_unless : std::function<void()>{});
  scope_ = around;
  out_.close(loop);
}

// for (init; condition; update) body. What `continue` goes on with is the update.
void ScopedLowering::for_loop(NodeId node) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  std::vector<NodeId> updates;
  for (const NodeId at : children(node)) {
    if (field(at) == SynField::Init) statement(at);
    if (field(at) == SynField::Update) updates.push_back(at);
  }
  const NodeId condition = child(node, SynField::Condition);
  const OpId loop = out_.open_loop(LoopKind::Forever, {}, {}, range(node));
  if (condition != kNoNode && !is(unwrapped(condition), Syn::True)) jump(condition, false, loop);
  loop_body(child(node, SynField::Body), loop, [&] {
    for (const NodeId update : updates) statement(update);
  });
  out_.close(loop);
  scope_ = around;
}

// Inside an open loop. Where something follows the body, `continue` leaves a Block around it.
void ScopedLowering::loop_body(NodeId body, OpId loop, const std::function<void()>& after) {
  const bool wraps = after && body != kNoNode && (marks_[body] & kContinues) != 0;
  const OpId block = wraps ? out_.open_block("", range(body)) : OpId{};
  jumps_.push_back({.label = std::exchange(next_label_, {}),
                    .broken = loop,
                    .continued = wraps ? block : loop,
                    .continue_leaves = wraps});
  if (body != kNoNode) block_statements(body);
  jumps_.pop_back();
  if (wraps) out_.close(block);
  if (after) after();
}

void ScopedLowering::each_loop(NodeId node, ExprId subject,
                               const std::function<ExprId()>& bind_target,
                               const std::function<void()>& body, bool awaits) {
  const ScopeId around = scope_;
  scope_ = open_scope();
  const ExprId target = bind_target();
  const OpId loop = out_.open_loop(LoopKind::Each, target, subject, range(node), awaits);
  jumps_.push_back(
      {.label = std::exchange(next_label_, {}), .broken = loop, .continued = loop});
  body();
  jumps_.pop_back();
  out_.close(loop);
  scope_ = around;
}

// Resources are closed when the body ends; catches and `finally` stand around them.
void ScopedLowering::try_statement(NodeId node) {
  const NodeId resources = child(node, SynField::Resources);
  const ScopeId around = scope_;
  const OpId attempt = out_.open_try(range(node));
  scope_ = open_scope();
  std::vector<std::pair<OpId, ExprId>> opened;
  if (resources != kNoNode) {
    for (const NodeId resource : children(resources)) {
      const NodeId name = child(resource, SynField::Name);
      const NodeId value = child(resource, SynField::Value);
      const Range where = range(resource);
      if (name == kNoNode && value == kNoNode && is(resource, Syn::Modifier)) continue;
      ExprId object = value != kNoNode ? expression(value) : ExprId{};
      if (name != kNoNode && value != kNoNode) {
        const NodeId written = child(resource, SynField::Type);
        const TypeId declared = written == kNoNode ? TypeId{} : type(written);
        const VariableId local = declare_local(text(name), 0, declared);
        out_.assign(out_.variable(local, range(name)), object, where, AssignMode::Declare);
        object = out_.variable(local, range(name));
      } else if (!object.exists()) {
        object = expression(name != kNoNode ? name : resource);
      }
      opened.emplace_back(out_.open_try(where), object);
    }
  }
  block_statements(child(node, SynField::Body));
  for (auto at = opened.rbegin(); at != opened.rend(); ++at) {
    out_.open_finally(at->first);
    implicit_call(at->second, "close", out_.range(at->second));
    out_.close(at->first);
  }
  for (const NodeId clause : children_of(node, Syn::Catch)) {
    scope_ = open_scope();
    std::vector<TypeId> types;
    catch_types(clause, types);
    const NodeId parameter = child(clause, Syn::CatchParameter);
    const NodeId name = child(parameter, SynField::Name);
    VariableId caught;
    if (name != kNoNode) {
      caught = out_.add_variable(text(name), out_.current(), VariableKind::Caught);
      bind(text(name), {.variable = caught});
      if (types.size() == 1) out_.set(caught, &Variable::type, types.front());
    }
    out_.open_catch(attempt, types, caught);
    block_statements(child(clause, SynField::Body));
  }
  if (const NodeId finally = child(node, Syn::Finally); finally != kNoNode) {
    out_.open_finally(attempt);
    for (const NodeId inner : children(finally)) statement(inner);
  }
  out_.close(attempt);
  scope_ = around;
}

// The parameter's type, or the types of a union.
void ScopedLowering::catch_types(NodeId clause, std::vector<TypeId>& types) {
  const NodeId parameter = child(clause, Syn::CatchParameter);
  if (const NodeId written = child(parameter, SynField::Type); written != kNoNode)
    types.push_back(type(written));
}

void ScopedLowering::guarded(Range where, const std::function<void()>& rest,
                             const std::function<void()>& closing) {
  const OpId attempt = out_.open_try(where);
  rest();
  out_.open_finally(attempt);
  closing();
  out_.close(attempt);
}

void ScopedLowering::jump_statement(NodeId node, bool leaves) {
  NodeId label = child(node, SynField::Label);
  if (label == kNoNode && is(first(node), Syn::Name)) label = first(node);
  const std::string_view wanted = label == kNoNode ? std::string_view{} : text(label);
  for (auto at = jumps_.rbegin(); at != jumps_.rend(); ++at) {
    if (!wanted.empty() ? at->label != wanted
                        : (leaves ? !at->takes_break : !at->continued.exists()))
      continue;
    if (leaves) {
      out_.exit(ExitKind::Break, at->broken, {}, range(node));
    } else if (at->continued.exists()) {
      out_.exit(at->continue_leaves ? ExitKind::Break : ExitKind::Continue, at->continued, {},
                range(node));
    }
    return;
  }
  opaque(node);  // outside a loop: the compiler refuses it
}

void ScopedLowering::labeled(NodeId node) {
  NodeId label = child(node, SynField::Label);
  if (label == kNoNode) label = first(node);
  const NodeId body = last(node);
  if (label == kNoNode || body == kNoNode || body == label) return;
  const Syn what = kind(body);
  next_label_ = std::string(text(label));
  if (what != Syn::Block) {
    statement(body);
    next_label_.clear();
    return;
  }
  const OpId block = out_.open_block(text(label), range(node));
  jumps_.push_back({.label = std::exchange(next_label_, {}),
                    .broken = block,
                    .continued = {},
                    .takes_break = false});
  statement(body);
  jumps_.pop_back();
  out_.close(block);
}

// Not understood: it may write the locals that it names, and what can be lowered of it is.
void ScopedLowering::opaque(NodeId node) {
  std::vector<VariableId> may_write;
  for (NodeId at = node; at < nodes_[node].next; ++at) {
    if (!is(at, Syn::Name)) continue;
    const Binding found = find(text(at));
    if (found.variable.exists() && may_write.size() < kCollectionItems &&
        out_.variable(found.variable).kind != VariableKind::Import)
      may_write.push_back(found.variable);
  }
  for (const NodeId inner : children(node))
    if (has_ops(inner)) statement(inner);
  out_.opaque(nodes_.name(node), may_write, range(node));
}

// What stands inside a syntax error is lowered as far as it is sound.
void ScopedLowering::salvage(NodeId node) {
  for (const NodeId inner : children(node))
    if (kind(inner) != Syn::Name && kind(inner) != Syn::TypeName) statement(inner);
  out_.opaque("syntax error", {}, range(node));
}

void ScopedLowering::implicit_call(ExprId object, std::string_view method, Range where) {
  out_.call(out_.member(object, method, where), {}, where, CallMode::Implicit);
}

}  // namespace fnlint
