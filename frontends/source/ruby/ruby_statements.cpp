// Statements: what runs when, and where its value goes.
#include "core/text.h"
#include "frontends/source/ruby/ruby_lowering.h"

namespace fnlint {

namespace {

bool is_part_of_body(Rb kind) {
  switch (kind) {
    case Rb::EmptyStatement:
    case Rb::HeredocBody:
    case Rb::Operator:
    case Rb::Rescue:
    case Rb::Else:
    case Rb::Ensure:
    case Rb::Uninterpreted: return false;
    default: return true;
  }
}

bool is_constant_literal(Rb kind) {
  return kind == Rb::Nil || kind == Rb::True || kind == Rb::False || kind == Rb::Integer ||
         kind == Rb::Float || kind == Rb::SimpleSymbol;
}

}  // namespace

void RubyLowering::statements(NodeId holder, Sink sink) {
  NodeId last = kNoNode;
  for (const NodeId node : nodes_.children(holder))
    if (is_part_of_body(kind(node))) last = node;
  if (last == kNoNode) return give_nothing(sink, holder);
  for (const NodeId node : nodes_.children(holder))
    if (is_part_of_body(kind(node))) statement(node, node == last ? sink : Sink{});
}

void RubyLowering::statement(NodeId node, Sink sink) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(node);
  statement_of(node, sink);
}

void RubyLowering::statement_of(NodeId node, Sink sink) {
  switch (kind(node)) {
    case Rb::If:
    case Rb::Unless:
    case Rb::Elsif:
    case Rb::IfModifier:
    case Rb::UnlessModifier: return if_statement(node, sink);
    case Rb::Conditional:
      if (!has_ops(node) && sink.kind != Sink::Kind::Nothing) break;
      return choose(child(node, RbField::Condition), true, child(node, RbField::Consequence),
                    child(node, RbField::Alternative), sink, node);
    case Rb::While:
    case Rb::Until:
    case Rb::WhileModifier:
    case Rb::UntilModifier:
      while_statement(node);
      return give_nothing(sink, node);
    case Rb::For:
      for_statement(node);
      return give_nothing(sink, node);
    case Rb::Case: return case_statement(node, sink);
    case Rb::CaseMatch: return case_match(node, sink);
    case Rb::Begin: return begin_statement(node, sink);
    case Rb::RescueModifier: return rescue_modifier(node, sink);
    case Rb::ParenthesizedStatements:
    case Rb::BeginBlock:
    case Rb::EndBlock: return statements(node, sink);
    case Rb::Return:
    case Rb::Break:
    case Rb::Next:
    case Rb::Redo:
    case Rb::Retry: return jump_statement(node);
    case Rb::Class:
    case Rb::Module:
      class_definition(node);
      return give_nothing(sink, node);
    case Rb::SingletonClass:
      if (const NodeId body = child(node, RbField::Body); body != kNoNode) statements(body, {});
      return give_nothing(sink, node);
    case Rb::Alias:
      alias(node);
      return give_nothing(sink, node);
    case Rb::Undef: return give_nothing(sink, node);
    case Rb::MatchPattern:
      one_line_match(node, true);
      return give_nothing(sink, node);
    case Rb::Error:
      salvage(node);
      return give_nothing(sink, node);
    case Rb::Call: {
      const NodeId method = child(node, RbField::Method);
      const bool bare = child(node, RbField::Receiver) == kNoNode && method != kNoNode;
      if (bare && (text(method) == "raise" || text(method) == "fail")) return raise_call(node);
      break;
    }
    default: break;
  }
  give(expression_of(node), sink, node);
}

void RubyLowering::give(ExprId value, Sink sink, NodeId node) {
  switch (sink.kind) {
    case Sink::Kind::Nothing:
      if (!has_ops(node) && !is_constant_literal(kind(node))) out_.evaluate(value, range(node));
      return;
    case Sink::Kind::Return: out_.exit(ExitKind::Return, {}, value, range(node)); return;
    case Sink::Kind::Keep: out_.assign(sink.kept, value, range(node)); return;
  }
}

void RubyLowering::give_nothing(Sink sink, NodeId node) {
  const Range at{range(node).end, range(node).end};
  if (sink.kind == Sink::Kind::Keep) out_.assign(sink.kept, out_.null(at), at);
}

void RubyLowering::body_or_nothing(NodeId body, Sink sink, NodeId holder) {
  if (body == kNoNode) return give_nothing(sink, holder);
  switch (kind(body)) {
    case Rb::BodyStatement: return protected_body(body, sink);
    case Rb::Else: return statements(body, sink);
    default: return statement(body, sink);
  }
}

// --- Branches.

void RubyLowering::if_statement(NodeId node, Sink sink) {
  const bool is_modifier = kind(node) == Rb::IfModifier || kind(node) == Rb::UnlessModifier;
  const bool when = kind(node) != Rb::Unless && kind(node) != Rb::UnlessModifier;
  choose(child(node, RbField::Condition), when,
         child(node, is_modifier ? RbField::Body : RbField::Consequence),
         child(node, RbField::Alternative), sink, node);
}

void RubyLowering::choose(NodeId condition, bool when, NodeId then, NodeId otherwise, Sink sink,
                          NodeId node) {
  const bool has_else = otherwise != kNoNode || sink.kind == Sink::Kind::Keep;
  if (condition == kNoNode || !needs_jumps(condition)) {
    const ExprId holds = expression_or_null(condition, node);
    const OpId branch = out_.open_branch(holds, range(node));
    body_or_nothing(when ? then : otherwise, when || has_else ? sink : Sink{}, node);
    if (has_else || !when) out_.otherwise(branch);
    if (has_else || !when) body_or_nothing(when ? otherwise : then, sink, node);
    out_.close(branch);
    if (!has_else && sink.kind == Sink::Kind::Return) give_nothing(sink, node);
    return;
  }
  const Deeper block(depth_), inner(depth_);
  const OpId whole = out_.open_block("if", range(node));
  const OpId part = out_.open_block("then", range(node));
  leave_if(condition, !when, part);
  body_or_nothing(then, sink, node);
  out_.exit(ExitKind::Break, whole, {}, range(node));
  out_.close(part);
  body_or_nothing(otherwise, has_else ? sink : Sink{}, node);
  out_.close(whole);
}

// `a && f()` as a condition leads to two jumps, so that what each of them says is known behind it.
bool RubyLowering::needs_jumps(NodeId condition) const {
  for (;;) {
    if (kind(condition) == Rb::ParenthesizedStatements) {
      const NodeId inner = nodes_.first_child(condition);
      if (inner == kNoNode || nodes_.next_sibling(inner) != kNoNode) return false;
      condition = inner;
      continue;
    }
    const NodeId how = child(condition, RbField::Operator);
    if (how == kNoNode) return false;
    const std::string_view token = text(how);
    if (kind(condition) == Rb::Unary && (token == "!" || token == "not")) {
      condition = child(condition, RbField::Operand);
      if (condition == kNoNode) return false;
      continue;
    }
    const bool is_logical = token == "&&" || token == "||" || token == "and" || token == "or";
    if (kind(condition) != Rb::Binary || !is_logical) return false;
    const NodeId right = child(condition, RbField::Right);
    if (right != kNoNode && has_ops(right)) return true;
    condition = child(condition, RbField::Left);
    if (condition == kNoNode) return false;
  }
}

// Leaves `block` where the condition is `when`.
void RubyLowering::leave_if(NodeId condition, bool when, OpId block) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(condition);
  const Range where = range(condition);
  if (needs_jumps(condition)) {
    if (kind(condition) == Rb::ParenthesizedStatements)
      return leave_if(nodes_.first_child(condition), when, block);
    if (kind(condition) == Rb::Unary)
      return leave_if(child(condition, RbField::Operand), !when, block);
    const std::string_view token = text(child(condition, RbField::Operator));
    const bool both_needed = token == "&&" || token == "and";
    const NodeId left = child(condition, RbField::Left), right = child(condition, RbField::Right);
    if (left != kNoNode && right != kNoNode) {
      if (both_needed != when) {
        leave_if(left, when, block);
        return leave_if(right, when, block);
      }
      const OpId inner = out_.open_block("condition", where);
      leave_if(left, !when, inner);
      leave_if(right, when, block);
      return out_.close(inner);
    }
  }
  const ExprId holds = expression(condition);
  const OpId branch = out_.open_branch(holds, where);
  if (!when) out_.otherwise(branch);
  out_.exit(ExitKind::Break, block, {}, where);
  out_.close(branch);
}

// --- Loops and jumps.

void RubyLowering::while_statement(NodeId node) {
  const bool until = kind(node) == Rb::Until || kind(node) == Rb::UntilModifier;
  const NodeId condition = child(node, RbField::Condition), body = child(node, RbField::Body);
  const bool is_modifier = kind(node) == Rb::WhileModifier || kind(node) == Rb::UntilModifier;
  const bool body_first = is_modifier && is(body, Rb::Begin);
  const bool endless = is(condition, until ? Rb::False : Rb::True);
  const OpId loop = out_.open_loop(body_first ? LoopKind::AtLeastOnce : LoopKind::Forever, {}, {},
                                   range(node));
  const bool asks = condition != kNoNode && !endless;
  if (asks && !body_first) leave_if(condition, until, loop);
  jumps_.push_back({.leaves = loop, .repeats = loop});
  if (body != kNoNode) body_or_nothing(body, {}, node);
  jumps_.pop_back();
  if (asks && body_first) leave_if(condition, until, loop);
  out_.close(loop);
}

void RubyLowering::for_statement(NodeId node) {
  const NodeId pattern = child(node, RbField::Pattern), value = child(node, RbField::Value);
  const NodeId list = value == kNoNode ? kNoNode : nodes_.first_child(value);
  const ExprId subject = expression_or_null(list, node);
  const bool is_name = is(pattern, Rb::Identifier);
  const Range where = pattern == kNoNode ? range(node) : range(pattern);
  const ExprId target =
      is_name ? place(pattern) : out_.variable(out_.temporary(function_), where);
  const OpId loop = out_.open_loop(LoopKind::Each, target, subject, range(node));
  if (!is_name && pattern != kNoNode) assign_target(pattern, target, where);
  jumps_.push_back({.leaves = loop, .repeats = loop});
  if (const NodeId body = child(node, RbField::Body); body != kNoNode) statements(body, {});
  jumps_.pop_back();
  out_.close(loop);
}

void RubyLowering::jump_statement(NodeId node) {
  const Range where = range(node);
  const Rb form = kind(node);
  if (form == Rb::Retry) {
    if (retries_.empty())
      opaque(node, true);
    else
      out_.exit(ExitKind::Continue, retries_.back(), {}, where);
    return;
  }
  const NodeId list = nodes_.first_child(node);
  const ExprId value = list == kNoNode ? ExprId{} : jump_value(list);
  if (form == Rb::Return || jumps_.empty()) {  // `next` and `break` end a block
    out_.exit(ExitKind::Return, {}, value.exists() ? value : out_.null(where), where);
    return;
  }
  if (value.exists() && !has_ops(list)) out_.evaluate(value, where);
  const bool leaves = form == Rb::Break;
  out_.exit(leaves ? ExitKind::Break : ExitKind::Continue,
            leaves ? jumps_.back().leaves : jumps_.back().repeats, {}, where);
}

// `return a, b` gives a list.
ExprId RubyLowering::jump_value(NodeId list) {
  std::vector<Operand> elements;
  for (const NodeId node : nodes_.children(list))
    if (kind(node) != Rb::HeredocBody) elements.push_back(element(node));
  if (elements.size() == 1 && elements[0].spread == 0) return elements[0].value;
  return out_.list(elements, range(list));
}

// --- case ... when.

void RubyLowering::case_statement(NodeId node, Sink sink) {
  const NodeId value = child(node, RbField::Value);
  const ExprId subject = value == kNoNode ? ExprId{} : kept(expression(value), range(value));
  const Deeper block(depth_);
  const OpId around = out_.open_block("case", range(node));
  NodeId otherwise = kNoNode;
  for (const NodeId clause : nodes_.children(node)) {
    if (kind(clause) == Rb::Else) otherwise = clause;
    if (kind(clause) == Rb::Error) salvage(clause);
    if (kind(clause) != Rb::When) continue;
    const OpId branch = out_.open_branch(when_condition(clause, subject), range(clause));
    body_or_nothing(child(clause, RbField::Body), sink, clause);
    if (sink.kind != Sink::Kind::Return) out_.exit(ExitKind::Break, around, {}, range(clause));
    out_.close(branch);
  }
  body_or_nothing(otherwise, sink, node);
  out_.close(around);
}

ExprId RubyLowering::when_condition(NodeId clause, ExprId subject) {
  ExprId condition;
  for (const NodeId pattern : nodes_.children(clause)) {
    if (kind(pattern) != Rb::Pattern || nodes_.first_child(pattern) == kNoNode) continue;
    const ExprId one = when_pattern(nodes_.first_child(pattern), subject);
    condition = condition.exists() ? out_.operation(OperatorKind::Or, condition, one, range(clause))
                                   : one;
  }
  return condition.exists() ? condition : out_.unknown("missing", range(clause));
}

ExprId RubyLowering::when_pattern(NodeId pattern, ExprId subject) {
  const Range where = range(pattern);
  if (!subject.exists()) return expression(pattern);
  switch (kind(pattern)) {
    case Rb::SplatArgument: {
      const NodeId list = nodes_.first_child(pattern);
      return out_.operation(OperatorKind::In, subject, expression_or_null(list, pattern), where);
    }
    case Rb::Constant:
    case Rb::ScopeResolution: return class_test(pattern, subject);
    case Rb::Regex: {
      const OpId call = out_.call(out_.member(subject, "match?", where),
                                  {{.value = expression(pattern)}}, where, CallMode::Implicit);
      return out_.result(call, where);
    }
    case Rb::Range: return out_.unknown("in a range", where);
    case Rb::Lambda: {
      const OpId call =
          out_.call(expression(pattern), {{.value = subject}}, where, CallMode::Implicit);
      return out_.result(call, where);
    }
    default:
      return out_.operation(OperatorKind::Equal, subject, expression(pattern), where);
  }
}

// --- begin ... rescue.

bool RubyLowering::holds_below(NodeId node, Rb what) const {
  for (NodeId at = node + 1; at < nodes_[node].next; ++at) {
    if (kind(at) == what) return true;
    const bool is_other = kind(at) == Rb::Method || kind(at) == Rb::Lambda || kind(at) == Rb::Class;
    if (is_other) at = nodes_[at].next - 1;
  }
  return false;
}

void RubyLowering::begin_statement(NodeId node, Sink sink) { protected_body(node, sink); }

// The else part runs when the body came to its end, outside the reach of the catches: they leave a
// block around both. `retry` begins anew: a loop around all.
void RubyLowering::protected_body(NodeId node, Sink sink) {
  NodeId otherwise = kNoNode, finally = kNoNode;
  bool catches = false, retries = false;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Rb::Else) otherwise = part;
    if (kind(part) == Rb::Ensure) finally = part;
    if (kind(part) != Rb::Rescue) continue;
    catches = true;
    retries = retries || holds_below(part, Rb::Retry);
  }
  if (!catches && finally == kNoNode) {
    statements(node, sink);
    return;
  }
  const Range where = range(node);
  const Deeper parts(depth_), more_parts(depth_), most_parts(depth_);
  const OpId loop = retries ? out_.open_loop(LoopKind::Forever, {}, {}, where) : OpId{};
  if (retries) retries_.push_back(loop);
  const bool splits = otherwise != kNoNode && catches;
  const bool wraps = splits && finally != kNoNode;
  const OpId outer = wraps ? out_.open_try(where) : OpId{};
  const OpId around = splits ? out_.open_block("begin", where) : OpId{};
  const OpId attempt = out_.open_try(where);
  statements(node, splits ? Sink{} : sink);
  for (const NodeId part : nodes_.children(node))
    if (kind(part) == Rb::Rescue) rescue_clause(part, attempt, around, sink);
  if (splits) {
    out_.close(attempt);
    statements(otherwise, sink);
    out_.close(around);
  }
  const OpId last = wraps ? outer : attempt;
  if (finally != kNoNode) {
    out_.open_finally(last);
    statements(finally, {});
  }
  if (wraps || !splits) out_.close(last);
  if (!retries) return;
  retries_.pop_back();
  out_.exit(ExitKind::Break, loop, {}, where);
  out_.close(loop);
}

void RubyLowering::rescue_clause(NodeId node, OpId attempt, OpId around, Sink sink) {
  std::vector<TypeId> types;
  if (const NodeId list = child(node, RbField::Exceptions); list != kNoNode)
    for (const NodeId one : nodes_.children(list)) types.push_back(type(one));
  const NodeId holder = child(node, RbField::Variable);
  const NodeId target = holder == kNoNode ? kNoNode : nodes_.first_child(holder);
  VariableId caught;
  if (is(target, Rb::Identifier)) caught = local(target);
  if (target != kNoNode && !caught.exists()) caught = out_.temporary(function_);
  out_.open_catch(attempt, types, caught);
  if (target != kNoNode && kind(target) != Rb::Identifier)
    assign_target(target, out_.variable(caught, range(target)), range(target));
  body_or_nothing(child(node, RbField::Body), sink, node);
  if (around.exists()) out_.exit(ExitKind::Break, around, {}, range(node));
}

void RubyLowering::rescue_modifier(NodeId node, Sink sink) {
  const NodeId body = child(node, RbField::Body), handler = child(node, RbField::Handler);
  const OpId attempt = out_.open_try(range(node));
  body_or_nothing(body, sink, node);
  out_.open_catch(attempt, {}, {});
  body_or_nothing(handler, sink, node);
  out_.close(attempt);
}

}  // namespace fnlint
