// Conditions with patterns, and `match`.
#include "frontends/source/rust/rust_lowering.h"

#include "core/text.h"

namespace fnlint {

// Whether evaluating it runs something that may fail as a Result.
bool RustLowering::can_fail(NodeId value) const {
  const NodeId node = unwrapped(value);
  if (node == kNoNode || !has_ops(node)) return false;
  return is(node, Syn::Call) || is(node, Syn::Await);
}

// f().is_ok(), f().is_err(), where f runs code.
bool RustLowering::asks_result(NodeId node, bool& of_error, NodeId& subject) const {
  node = unwrapped(node);
  if (!is(node, Syn::Call) || first(child(node, SynField::Arguments)) != kNoNode) return false;
  const NodeId callee = child(node, SynField::Function);
  if (!is(callee, Rs::FieldAccess)) return false;
  const std::string_view name = text(child(callee, SynField::Own));
  if (name != "is_ok" && name != "is_err") return false;
  of_error = name == "is_err";
  subject = child(callee, SynField::Value);
  return subject != kNoNode && can_fail(subject);
}

bool RustLowering::needs_require(NodeId condition) const {
  const NodeId node = unwrapped(condition);
  bool of_error = false;
  NodeId subject = kNoNode;
  if (is(node, Rs::LetTest) || is(node, Rs::LetChain)) return true;
  if (is(node, Rs::Unary) && text(node).starts_with('!'))
    return asks_result(last(node), of_error, subject);
  return asks_result(node, of_error, subject);
}

// Goes on where the condition holds, and leaves `failed` where not. What it binds is seen from the
// current scope on.
void RustLowering::require(NodeId condition, OpId failed) {
  const Deeper deeper(depth_);
  if (condition == kNoNode) return;
  if (depth_ > kNestingDepth) return static_cast<void>(too_deep(condition));
  const NodeId node = unwrapped(condition);
  if (is(node, Rs::LetChain)) {
    for (const NodeId part : children(node)) require(part, failed);
    return;
  }
  if (is(node, Rs::LetTest))
    return require_match(child(node, SynField::Pattern), child(node, SynField::Value), failed);
  bool of_error = false;
  NodeId subject = kNoNode;
  const bool negated = is(node, Rs::Unary) && text(node).starts_with('!');
  if (asks_result(negated ? last(node) : node, of_error, subject))
    return require_result(kNoNode, subject, of_error != negated, failed);
  if (is(node, Rs::Boolean) && text(node) == "true") return;
  jump(node, false, failed);
}

void RustLowering::require_match(NodeId pattern, NodeId value, OpId failed) {
  if (pattern == kNoNode || value == kNoNode) return;
  const Outcome outcome = outcome_of(pattern);
  const bool is_pair = is(inner_pattern(pattern), Rs::OrPattern);
  if (outcome != Outcome::Any && !is_pair && can_fail(value)) {
    const NodeId inner = inner_pattern(pattern);
    NodeId held = kNoNode;
    for (const NodeId part : children(inner))
      if (part != child(inner, SynField::Type)) held = part;
    return require_result(held, value, outcome == Outcome::Bad, failed);
  }
  if (require_prefix(pattern, value, failed)) return;
  const ExprId given = expression(value);
  const ExprKind form = out_.expr(given).kind;
  const bool is_plain =
      form == ExprKind::Variable || form == ExprKind::Result || form == ExprKind::List;
  test_match(pattern, is_plain ? given : kept(given, range(value)), failed, range(pattern));
}

// The call in a Try: its Catch is where it failed. `held` is what Ok or Err holds.
void RustLowering::require_result(NodeId held, NodeId value, bool of_error, OpId failed) {
  const Range where = range(value);
  const OpId attempt = out_.open_try(where);
  const ExprId given = expression(value);
  if (of_error) {
    out_.exit(ExitKind::Break, failed, {}, where);
    const NodeId name = held == kNoNode ? kNoNode : bound_name(held);
    const VariableId caught =
        out_.add_variable(name == kNoNode ? "" : text(name), out_.current(), VariableKind::Caught);
    out_.open_catch(attempt, {}, caught);
    out_.close(attempt);
    if (name != kNoNode) {
      bind(text(name), {.variable = caught});
    } else if (held != kNoNode) {
      test_match(held, out_.variable(caught, where), failed, range(held));
    }
    return;
  }
  const ExprId subject = held == kNoNode ? given : kept(given, where);
  out_.open_catch(attempt, {}, {});
  out_.exit(ExitKind::Break, failed, {}, where);
  out_.close(attempt);
  if (held != kNoNode) test_match(held, subject, failed, range(held));
}

// let Some(rest) = text.strip_prefix("in/"): where the text begins so.
bool RustLowering::require_prefix(NodeId target, NodeId value, OpId failed) {
  const NodeId call = unwrapped(value), inner = inner_pattern(target);
  if (!is(call, Syn::Call) || !is(inner, Rs::VariantPattern)) return false;
  const NodeId callee = child(call, SynField::Function);
  if (!is(callee, Rs::FieldAccess) || text(child(inner, SynField::Type)) != "Some") return false;
  const std::string_view method = text(child(callee, SynField::Own));
  if (method != "strip_prefix" && method != "strip_suffix") return false;
  const Range where = range(call);
  const ExprId object = kept(expression_or_unknown(child(callee, SynField::Value), callee), where);
  const std::vector<Operand> given = arguments(child(call, SynField::Arguments));
  const bool at_begin = method == "strip_prefix";
  const ExprId test =
      call_of(out_.member(object, at_begin ? "starts_with" : "ends_with", where), given, where);
  const OpId branch = out_.open_branch(test, where);
  out_.otherwise(branch);
  out_.exit(ExitKind::Break, failed, {}, where);
  out_.close(branch);
  const ExprId rest = call_of(out_.member(object, method, where), given, where);
  NodeId held = kNoNode;
  for (const NodeId part : children(inner))
    if (part != child(inner, SynField::Type)) held = part;
  if (held != kNoNode) test_match(held, rest, failed, range(held));
  return true;
}

void RustLowering::test_match(NodeId target, ExprId subject, OpId failed, Range where) {
  Captures captures;
  if (const ExprId test = pattern(target, subject, captures); test.exists()) {
    const OpId branch = out_.open_branch(test, where);
    out_.otherwise(branch);
    out_.exit(ExitKind::Break, failed, {}, where);
    out_.close(branch);
  }
  bind_captures(captures);
}

void RustLowering::branch_on(NodeId condition, const std::function<void()>& then,
                             const std::function<void()>& otherwise, Range where) {
  if (!needs_require(condition)) return when(condition, true, then, otherwise, where);
  const Deeper deeper(depth_);  // of two blocks
  const OpId outer = out_.open_block("", where);
  const OpId inner = otherwise ? out_.open_block("", where) : outer;
  const ScopeId around = scope_;
  scope_ = open_scope();
  require(condition, inner);
  then();
  scope_ = around;
  if (otherwise) {
    out_.exit(ExitKind::Break, outer, {}, where);
    out_.close(inner);
    otherwise();
  }
  out_.close(outer);
}

// --- match

void RustLowering::match_value(NodeId node, const Sink& sink) {
  const NodeId subject = child(node, SynField::Value);
  std::vector<NodeId> arms;
  bool is_result = false;
  const NodeId body = child(node, SynField::Body);
  if (body != kNoNode)
    for (const NodeId row : children(body))
      if (is(row, Rs::Arm)) {
        arms.push_back(row);
        is_result = is_result || outcome_of(child(row, SynField::Pattern)) != Outcome::Any;
      }
  const Range where = range(node);
  if (subject == kNoNode || arms.empty()) {
    const ExprId value = expression_or_unknown(subject, node);
    return give(value, where, sink);
  }
  if (is_result && can_fail(subject)) return match_result(node, subject, arms, sink);
  const ExprId given = expression(subject);
  const ExprKind form = out_.expr(given).kind;
  const bool is_plain =
      form == ExprKind::Variable || form == ExprKind::Result || form == ExprKind::List;
  const ExprId value = is_plain ? given : kept(given, range(subject));
  const OpId done = out_.open_block("match", where);
  for (const NodeId row : arms)
    if (arm(row, child(row, SynField::Pattern), value, done, sink, row == arms.back())) break;
  out_.close(done);
}

// One arm; true where it takes whatever comes. The last one does, as the arms cover all values.
bool RustLowering::arm(NodeId node, NodeId target, ExprId subject, OpId done, const Sink& sink,
                       bool is_last) {
  const Deeper deeper(depth_);  // of a block and a branch
  const Range where = range(node);
  const ScopeId around = scope_;
  scope_ = open_scope();
  const NodeId guard = child(child(node, SynField::Pattern), SynField::Condition);
  Captures captures;
  ExprId test = pattern(target, subject, captures);
  if (is_last && guard == kNoNode) test = {};
  const OpId branch = test.exists() ? out_.open_branch(test, where) : OpId{};
  bind_captures(captures);
  const auto body = [&] {
    deliver(child(node, SynField::Value), sink);
    out_.exit(ExitKind::Break, done, {}, where);
  };
  if (guard != kNoNode)
    branch_on(guard, body, {}, range(guard));
  else
    body();
  if (branch.exists()) out_.close(branch);
  scope_ = around;
  return !branch.exists() && guard == kNoNode;
}

// match f() { Ok(p) => a, Err(q) => b, _ => c }: b stands in the Catch around f(), a follows it, and
// c is reached from both.
void RustLowering::match_result(NodeId node, NodeId subject, const std::vector<NodeId>& arms,
                                const Sink& sink) {
  const Deeper deeper(depth_), further(depth_);
  const Range where = range(subject);
  const auto held = [&](NodeId row) {
    const NodeId inner = inner_pattern(child(row, SynField::Pattern));
    NodeId found = kNoNode;
    if (is(inner, Rs::VariantPattern))
      for (const NodeId part : children(inner))
        if (part != child(inner, SynField::Type)) found = part;
    return found;
  };
  const OpId done = out_.open_block("match", range(node));
  const OpId other = out_.open_block("", range(node));
  const OpId attempt = out_.open_try(where);
  const ExprId value = kept(expression(subject), where);
  const VariableId caught = out_.add_variable("", out_.current(), VariableKind::Caught);
  out_.open_catch(attempt, {}, caught);
  bool is_settled = false;
  const auto is_last = [&](NodeId row) {  // of those for its outcome
    const Outcome outcome = outcome_of(child(row, SynField::Pattern));
    for (const NodeId one : arms) {
      const Outcome its = outcome_of(child(one, SynField::Pattern));
      if (its == Outcome::Any || (its == outcome && one > row)) return false;
    }
    return true;
  };
  for (const NodeId row : arms)
    if (!is_settled && outcome_of(child(row, SynField::Pattern)) == Outcome::Bad)
      is_settled = arm(row, held(row), out_.variable(caught, where), done, sink, is_last(row));
  if (!is_settled) out_.exit(ExitKind::Break, other, {}, where);
  out_.close(attempt);
  is_settled = false;
  for (const NodeId row : arms)
    if (!is_settled && outcome_of(child(row, SynField::Pattern)) == Outcome::Good)
      is_settled = arm(row, held(row), value, done, sink, is_last(row));
  if (!is_settled) out_.exit(ExitKind::Break, other, {}, where);
  out_.close(other);
  for (const NodeId row : arms)
    if (outcome_of(child(row, SynField::Pattern)) == Outcome::Any &&
        arm(row, child(row, SynField::Pattern), value, done, sink, row == arms.back()))
      break;
  out_.close(done);
}

}  // namespace fnlint
