// Switches, old and new, and their patterns.
#include "frontends/source/java/java_lowering.h"

#include <algorithm>

namespace fnlint {

void JavaLowering::switch_over(NodeId node, ExprId target) {
  const Range where = range(node);
  ExprId subject = expression_or_unknown(child(node, SynField::Condition), node);
  const NodeId body = child(node, SynField::Body);
  if (target.exists()) yields_.push_back(target);
  bool has_rules = false;
  if (body != kNoNode)
    for (const NodeId part : children(body)) has_rules |= is(part, Java::SwitchRule);
  if (!has_rules) {
    falling_switch(node, subject, target);
  } else {
    std::vector<Arm> arms;
    std::vector<Arm> last_arms;  // default runs when no other does
    for (const NodeId rule : children(body)) {
      if (!is(rule, Java::SwitchRule)) continue;
      const NodeId label = child(rule, Java::SwitchLabel);
      const bool is_default = child(label, Syn::Modifier) != kNoNode && last(label) == first(label);
      Arm arm{.test = {}, .body = [this, rule, target] { rule_body(rule, target); },
              .where = range(rule)};
      if (!is_default && label != kNoNode)
        arm.test = [this, label, subject] { return label_test(label, subject); };
      (is_default ? last_arms : arms).push_back(std::move(arm));
    }
    arms.insert(arms.end(), last_arms.begin(), last_arms.end());
    if (target.exists()) next_label_ = "<switch>";
    choose_arm(where, arms, true);
  }
  if (target.exists()) yields_.pop_back();
}

// case A: case B: statements
void JavaLowering::falling_switch(NodeId node, ExprId subject, ExprId target) {
  std::vector<FallingArm> arms;
  bool joins = false;
  const NodeId body = child(node, SynField::Body);
  const ScopeId around = scope_;
  scope_ = open_scope();
  if (body != kNoNode) {
    for (const NodeId group : children(body)) {
      if (!is(group, Java::SwitchGroup)) continue;
      if (!joins) arms.emplace_back();
      FallingArm& arm = arms.back();
      arm.where = range(group);
      NodeId end = kNoNode;
      for (const NodeId part : children(group)) {
        if (!is(part, Java::SwitchLabel)) {
          end = part;
          continue;
        }
        if (child(part, Syn::Modifier) != kNoNode && first(part) == last(part))
          arm.is_default = true;
        else
          arm.tests.push_back(label_test(part, subject));
      }
      joins = end == kNoNode;
      arm.falls = !joins && completes(end);
      arm.body = [this, group] {
        for (const NodeId part : children(group))
          if (!is(part, Java::SwitchLabel)) statement(part);
      };
    }
  }
  if (target.exists()) next_label_ = "<switch>";
  falling_arms(range(node), arms);
  scope_ = around;
}

// A constant of the subject's own enum, whose name stands there alone: of the one in this file that
// has it.
ExprId JavaLowering::enum_constant(NodeId label) {
  std::uint32_t only = kNone;
  for (std::uint32_t row = 0; row < classes_.size(); ++row)
    if (std::ranges::any_of(classes_[row].members, [&](const Member& member) {
          return member.name == text(label) && member.value != kNoNode &&
                 is(member.value, Java::EnumConstant);
        })) {
      if (only != kNone) return out_.unknown("an enum constant", range(label));
      only = row;
    }
  if (only == kNone) return out_.unknown("an enum constant", range(label));
  return out_.member(class_value(only, range(label)), text(label), range(label));
}

// case 1, 2 -> / case Type t when test ->
ExprId JavaLowering::label_test(NodeId label, ExprId subject) {
  ExprId test;
  const Range where = range(label);
  for (const NodeId part : children(label)) {
    if (is(part, Syn::Modifier)) continue;
    ExprId one;
    if (is(part, Java::Guard)) {
      const ExprId guard = expression_or_unknown(first(part), part);
      test = test.exists() ? out_.operation(OperatorKind::And, test, guard, where) : guard;
      continue;
    }
    if (is(part, Java::Pattern)) {
      one = pattern_test(first(part), subject);
    } else if (is(part, Syn::Name) && !find(text(part)).exists()) {
      one = out_.operation(OperatorKind::Equal, subject, enum_constant(part), range(part));
    } else {
      one = out_.operation(OperatorKind::Equal, subject, expression(part), range(part));
    }
    test = test.exists() ? out_.operation(OperatorKind::Or, test, one, where) : one;
  }
  return test.exists() ? test : out_.unknown("a case", where);
}

ExprId JavaLowering::pattern_test(NodeId pattern, ExprId subject) {
  const Deeper deeper(depth_);
  if (pattern == kNoNode) return out_.unknown("a pattern", {});
  const Range where = range(pattern);
  if (depth_ > kNestingDepth) return too_deep(pattern);
  if (is(pattern, Java::Pattern)) return pattern_test(first(pattern), subject);
  if (is(pattern, Java::TypePattern) || is(pattern, Java::RecordPatternComponent)) {
    const NodeId name = last(pattern);
    const TypeId tested = type(first(pattern));
    if (is(name, Syn::Name)) {
      const VariableId bound = declare_local(text(name), 0, tested);
      out_.assign(out_.variable(bound, range(name)), subject, where, AssignMode::Declare);
    }
    return out_.type_test(subject, out_.type_path(tested), where);
  }
  if (!is(pattern, Java::RecordPattern)) return out_.unknown("a pattern", where);
  const TypeId tested = type(first(pattern));
  const NodeId body = child(pattern, Java::RecordPatternBody);
  std::size_t position = 0;
  if (body != kNoNode)
    for (const NodeId component : children(body)) {
      const ExprId part = out_.index(
          subject, out_.number(std::to_string(position++), range(component)), range(component));
      pattern_test(component, part);
    }
  return out_.type_test(subject, out_.type_path(tested), where);
}

void JavaLowering::rule_body(NodeId rule, ExprId target) {
  for (const NodeId part : children(rule)) {
    if (is(part, Java::SwitchLabel)) continue;
    if (is(part, Syn::ExpressionStatement) && target.exists()) {
      out_.assign(target, expression(part), range(part));
      continue;
    }
    statement(part);
  }
}

}  // namespace fnlint
