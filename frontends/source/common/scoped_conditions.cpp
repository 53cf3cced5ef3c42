// Tests and the statements that rest on them.
#include "frontends/source/common/scoped_lowering.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

std::string_view ScopedLowering::prefix_of(NodeId unary) const {
  if (const NodeId token = child(unary, SynField::Operator); token != kNoNode) return text(token);
  NodeId operand = child(unary, SynField::Operand);
  if (operand == kNoNode) operand = first(unary);
  if (operand == kNoNode) return {};
  return trim(text_.substr(range(unary).begin, range(operand).begin - range(unary).begin));
}

// A test by && || ! of which a part runs code only sometimes.
bool ScopedLowering::jumps(NodeId condition) const {
  const NodeId node = unwrapped(condition);
  if (is(node, Syn::Unary) && is_not(prefix_of(node))) {
    const NodeId operand = child(node, SynField::Operand);
    return jumps(operand == kNoNode ? last(node) : operand);
  }
  if (!is(node, Syn::Binary)) return false;
  const std::string_view op = text(child(node, SynField::Operator));
  if (!is_and(op) && !is_or(op)) return false;
  return has_ops(child(node, SynField::Right)) || jumps(child(node, SynField::Left));
}

// a, b, c of a && b && c. What comes before the first part that runs code stays one.
std::vector<NodeId> ScopedLowering::parts_of(NodeId condition, bool of_and) const {
  std::vector<NodeId> parts;
  NodeId node = unwrapped(condition);
  while (jumps(node) && is(node, Syn::Binary)) {
    const std::string_view op = text(child(node, SynField::Operator));
    if (of_and ? !is_and(op) : !is_or(op)) break;
    parts.push_back(child(node, SynField::Right));
    node = unwrapped(child(node, SynField::Left));
  }
  parts.push_back(node);
  std::reverse(parts.begin(), parts.end());
  return parts;
}

// Leaves `target` when the condition's truth is `holds`; goes on after it otherwise.
void ScopedLowering::jump(NodeId condition, bool holds, OpId target) {
  const Deeper deeper(depth_);
  if (condition == kNoNode) return;
  if (depth_ > kNestingDepth) return static_cast<void>(too_deep(condition));
  const NodeId node = unwrapped(condition);
  const Range where = range(node);
  if (jumps(node) && is(node, Syn::Unary)) {
    const NodeId operand = child(node, SynField::Operand);
    return jump(operand == kNoNode ? last(node) : operand, !holds, target);
  }
  if (jumps(node)) {
    const bool of_or = is_or(text(child(node, SynField::Operator)));
    const std::vector<NodeId> parts = parts_of(node, !of_or);
    const bool any_leaves = holds == of_or;  // each part alone decides to leave
    const OpId inner = any_leaves ? target : out_.open_block("", where);
    for (std::size_t i = 0; i + 1 < parts.size(); ++i)
      jump(parts[i], any_leaves ? holds : !holds, inner);
    jump(parts.back(), holds, target);
    if (!any_leaves) out_.close(inner);
    return;
  }
  const ExprId test = expression(node);
  const OpId branch = out_.open_branch(test, where);
  if (!holds) out_.otherwise(branch);
  out_.exit(ExitKind::Break, target, {}, where);
  out_.close(branch);
}

void ScopedLowering::when(NodeId condition, bool holds, const std::function<void()>& then,
                          const std::function<void()>& otherwise, Range where) {
  if (!jumps(condition)) {
    ExprId test = condition == kNoNode ? out_.unknown("missing", where) : expression(condition);
    if (!holds) test = out_.operation(OperatorKind::Not, test, {}, out_.range(test));
    const OpId branch = out_.open_branch(test, where);
    then();
    if (otherwise) {
      out_.otherwise(branch);
      otherwise();
    }
    return out_.close(branch);
  }
  const OpId outer = out_.open_block("", where);
  const OpId inner = otherwise ? out_.open_block("", where) : outer;
  jump(condition, !holds, inner);
  then();
  if (otherwise) {
    out_.exit(ExitKind::Break, outer, {}, where);
    out_.close(inner);
    otherwise();
  }
  out_.close(outer);
}

// Chains of `else if` are as long as people like: long ones leave one Block, not nested.
void ScopedLowering::if_statement(NodeId node) {
  constexpr std::size_t kNestedArms = 32;
  std::vector<NodeId> arms{node};
  NodeId otherwise = kNoNode;
  for (;;) {
    otherwise = arm_part(arms.back(), SynField::Alternative);
    if (!is(otherwise, Syn::If)) break;
    arms.push_back(otherwise);
  }
  const ScopeId around = scope_;
  const auto arm_body = [&](NodeId arm) {
    block_statements(child(arm, SynField::Consequence));
  };
  const bool is_flat = arms.size() > kNestedArms;
  if (is_flat) {
    const OpId block = out_.open_block("", range(node));
    for (const NodeId arm : arms) {
      // What a test binds is seen in the arms after it; where it binds nothing they share a scope.
      if (scope_ == around || !scopes_[scope_].names.empty()) scope_ = open_scope();
      when(
          arm_part(arm, SynField::Condition), true,
          [&] {
            arm_body(arm);
            out_.exit(ExitKind::Break, block, {}, range(arm));
          },
          {}, range(arm));
    }
    block_statements(otherwise);
    out_.close(block);
    scope_ = around;
    return;
  }
  std::function<void(std::size_t)> lower_arm = [&](std::size_t i) {
    const NodeId arm = arms[i];
    scope_ = open_scope();
    std::function<void()> next;
    if (i + 1 < arms.size()) {
      next = [&, i] { lower_arm(i + 1); };
    } else if (otherwise != kNoNode) {
      next = [&] { block_statements(otherwise); };
    }
    when(arm_part(arm, SynField::Condition), true, [&] { arm_body(arm); }, next, range(arm));
  };
  lower_arm(0);
  scope_ = around;
}

void ScopedLowering::choose_arm(Range where, const std::vector<Arm>& arms, bool takes_break) {
  const Deeper deeper(depth_);  // an arm is a Branch in a Block
  const OpId block = out_.open_block("", where);
  if (takes_break)
    jumps_.push_back({.label = std::exchange(next_label_, {}), .broken = block, .continued = {}});
  for (const Arm& arm : arms) {
    const ScopeId around = scope_;
    scope_ = open_scope();
    const OpId branch =
        arm.test ? out_.open_branch(arm.test(), arm.where) : OpId{};
    arm.body();
    if (branch.exists()) {
      out_.exit(ExitKind::Break, block, {}, arm.where);
      out_.close(branch);
    }
    scope_ = around;
    if (!branch.exists()) break;  // what follows is never reached
  }
  if (takes_break) jumps_.pop_back();
  out_.close(block);
}

namespace {

// Halves, so that hundreds of cases do not nest hundreds deep.
ExprId any_of(CodeBuilder& out, std::vector<ExprId> row, Range where) {
  while (row.size() > 1) {
    std::vector<ExprId> next;
    for (std::size_t i = 0; i + 1 < row.size(); i += 2)
      next.push_back(out.operation(OperatorKind::Or, row[i], row[i + 1], where));
    if (row.size() % 2 == 1) next.push_back(row.back());
    row = std::move(next);
  }
  return row.front();
}

}  // namespace

// One Branch after another in a Block; an arm that runs into the next sets a flag that the next
// one's condition asks.
void ScopedLowering::falling_arms(Range where, const std::vector<FallingArm>& arms) {
  const Deeper deeper(depth_);  // an arm is a Branch in a Block
  const OpId block = out_.open_block("", where);
  jumps_.push_back({.label = std::exchange(next_label_, {}), .broken = block, .continued = {}});
  VariableId fallen;
  for (std::size_t i = 0; i < arms.size(); ++i) {
    const FallingArm& arm = arms[i];
    std::vector<ExprId> tests = arm.tests;
    if (arm.is_default) {
      std::vector<ExprId> later;
      for (std::size_t k = i + 1; k < arms.size(); ++k)
        later.insert(later.end(), arms[k].tests.begin(), arms[k].tests.end());
      tests.clear();
      if (!later.empty())
        tests.push_back(out_.operation(OperatorKind::Not, any_of(out_, later, arm.where), {},
                                       arm.where));
    }
    const bool is_unconditional = tests.empty();
    if (i > 0 && arms[i - 1].falls && !is_unconditional && fallen.exists())
      tests.insert(tests.begin(), out_.variable(fallen, arm.where));
    const bool sets_flag = arm.falls && i + 1 < arms.size();
    if (sets_flag && !fallen.exists()) {
      fallen = out_.temporary(out_.current());
      out_.assign(out_.variable(fallen, arm.where), out_.boolean(false, arm.where), arm.where,
                  AssignMode::Declare);
    }
    const OpId branch =
        is_unconditional ? OpId{} : out_.open_branch(any_of(out_, tests, arm.where), arm.where);
    if (sets_flag)
      out_.assign(out_.variable(fallen, arm.where), out_.boolean(true, arm.where), arm.where);
    arm.body();
    if (!arm.falls) out_.exit(ExitKind::Break, block, {}, arm.where);
    if (branch.exists()) out_.close(branch);
  }
  jumps_.pop_back();
  out_.close(block);
}

// Whether control may reach the statement's end.
bool ScopedLowering::completes(NodeId node, std::size_t depth) const {
  if (node == kNoNode || depth > 8) return true;
  switch (kind(node)) {
    case Syn::Break:
    case Syn::Continue:
    case Syn::Return:
    case Syn::Throw: return false;
    case Syn::If: {
      const NodeId otherwise = arm_part(node, SynField::Alternative);
      return otherwise == kNoNode ||
             completes(child(node, SynField::Consequence), depth + 1) ||
             completes(otherwise, depth + 1);
    }
    case Syn::Block: {
      const NodeId end = last(node);
      return end == kNoNode || completes(end, depth + 1);
    }
    default: return true;
  }
}

}  // namespace fnlint
