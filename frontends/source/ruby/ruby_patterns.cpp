// case ... in, `value => pattern` and `value in pattern`.
#include "core/text.h"
#include "frontends/source/ruby/ruby_lowering.h"

#include <algorithm>

namespace fnlint {

void RubyLowering::case_match(NodeId node, Sink sink) {
  feature("pattern-matching", "2.7", node);
  const NodeId value = child(node, RbField::Value);
  const ExprId subject = stored(expression_or_null(value, node), range(node));
  const Deeper block(depth_), inner_block(depth_);
  const OpId around = out_.open_block("case", range(node));
  for (const NodeId clause : nodes_.children(node)) {
    if (kind(clause) == Rb::Error) salvage(clause);
    if (kind(clause) != Rb::InClause) continue;
    const NodeId form = child(clause, RbField::Pattern), guard = child(clause, RbField::Guard);
    std::vector<Capture> captures;
    const ExprId matches = form == kNoNode ? ExprId{} : pattern(form, subject, captures);
    const OpId branch = matches.exists() ? out_.open_branch(matches, range(clause)) : OpId{};
    const OpId inner = guard == kNoNode ? OpId{} : out_.open_block("guard", range(clause));
    bind(captures, range(clause));
    if (guard != kNoNode) {
      const NodeId condition = child(guard, RbField::Condition);
      if (condition != kNoNode) leave_if(condition, kind(guard) == Rb::UnlessGuard, inner);
    }
    body_or_nothing(child(clause, RbField::Body), sink, clause);
    if (sink.kind != Sink::Kind::Return) out_.exit(ExitKind::Break, around, {}, range(clause));
    if (inner.exists()) out_.close(inner);
    if (branch.exists()) out_.close(branch);
  }
  const NodeId otherwise = child(node, RbField::Else);
  if (otherwise != kNoNode)
    body_or_nothing(otherwise, sink, node);
  else  // NoMatchingPatternError
    out_.exit(ExitKind::Raise, {}, out_.unknown("no pattern matches", range(node)), range(node));
  out_.close(around);
}

// `value => {name:}` binds or raises.
void RubyLowering::one_line_match(NodeId node, bool raises) {
  feature("one-line-pattern-matching", "3.0", node);
  const NodeId form = child(node, RbField::Pattern);
  const ExprId subject =
      stored(expression_or_null(child(node, RbField::Value), node), range(node));
  std::vector<Capture> captures;
  const ExprId matches = form == kNoNode ? ExprId{} : pattern(form, subject, captures);
  if (raises && matches.exists()) {
    const OpId branch = out_.open_branch(matches, range(node));
    out_.otherwise(branch);
    out_.exit(ExitKind::Raise, {}, out_.unknown("no pattern matches", range(node)), range(node));
    out_.close(branch);
  }
  bind(captures, range(node));
}

void RubyLowering::bind(const std::vector<Capture>& captures, Range where) {
  for (const Capture& capture : captures)
    out_.assign(out_.variable(capture.variable, where), capture.value, where);
}

ExprId RubyLowering::both(ExprId left, ExprId right, Range where) {
  if (!left.exists()) return right;
  if (!right.exists()) return left;
  return out_.operation(OperatorKind::And, left, right, where);
}

// The test that a value matches; none: it always does.
ExprId RubyLowering::pattern(NodeId node, ExprId subject, std::vector<Capture>& captures) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) {
    too_deep(node);
    return out_.unknown("nested too deeply", range(node));
  }
  const Range where = range(node);
  switch (kind(node)) {
    case Rb::Identifier:
      if (const VariableId variable = local(node); variable.exists())
        captures.push_back({variable, subject});
      return {};
    case Rb::AsPattern: {
      const NodeId value = child(node, RbField::Value), name = child(node, RbField::Name);
      const ExprId test = value == kNoNode ? ExprId{} : pattern(value, subject, captures);
      if (is(name, Rb::Identifier) && local(name).exists())
        captures.push_back({local(name), subject});
      return test;
    }
    case Rb::ParenthesizedPattern: {
      const NodeId inner = nodes_.first_child(node);
      return inner == kNoNode ? ExprId{} : pattern(inner, subject, captures);
    }
    case Rb::ArrayPattern: return array_pattern(node, subject, captures);
    case Rb::FindPattern:
      feature("find-pattern", "3.0", node);
      return out_.unknown("find pattern", where);
    case Rb::HashPattern: return hash_pattern(node, subject, captures);
    case Rb::AlternativePattern: return either(node, subject, captures);
    case Rb::VariableReferencePattern:
    case Rb::ExpressionReferencePattern: {
      const NodeId inner = nodes_.first_child(node);
      return out_.operation(OperatorKind::Equal, subject, expression_or_null(inner, node), where);
    }
    default: return when_pattern(node, subject);
  }
}

ExprId RubyLowering::either(NodeId node, ExprId subject, std::vector<Capture>& captures) {
  ExprId test;
  for (const NodeId part : nodes_.children(node)) {
    const ExprId one = pattern(part, subject, captures);
    if (!one.exists()) return {};
    test = test.exists() ? out_.operation(OperatorKind::Or, test, one, range(node)) : one;
  }
  return test;
}

ExprId RubyLowering::class_test(NodeId node, ExprId subject) {
  const std::string_view name = text(node);
  const std::string_view last = name.substr(name.rfind(':') == std::string_view::npos
                                                ? 0
                                                : name.rfind(':') + 1);
  const bool is_class = std::any_of(last.begin(), last.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (!is_class)
    return out_.operation(OperatorKind::Equal, subject, expression(node), range(node));
  return out_.type_test(subject, replace_all(std::string(name), "::", "."), range(node));
}

ExprId RubyLowering::array_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures) {
  const Range where = range(node);
  ExprId test;
  if (const NodeId type = child(node, RbField::ClassName); type != kNoNode)
    test = class_test(type, subject);
  else
    test = out_.type_test(subject, "Array", where);
  std::size_t position = 0;
  bool behind_rest = false;
  for (const NodeId part : nodes_.children(node)) {
    if (fills(part, RbField::ClassName) || kind(part) == Rb::HeredocBody) continue;
    const ExprId at = out_.number(std::to_string(position++), range(part));
    if (kind(part) == Rb::SplatParameter) {
      behind_rest = true;
      const NodeId name = child(part, RbField::Name);
      if (is(name, Rb::Identifier) && local(name).exists())
        captures.push_back(
            {local(name), out_.part(subject, at, {}, {}, range(part))});
      continue;
    }
    const ExprId one = behind_rest ? out_.unknown("an element from the end", range(part))
                                   : out_.index(subject, at, range(part));
    test = both(test, pattern(part, one, captures), where);
  }
  return test;
}

ExprId RubyLowering::hash_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures) {
  const Range where = range(node);
  ExprId test;
  if (const NodeId type = child(node, RbField::ClassName); type != kNoNode)
    test = class_test(type, subject);
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Rb::HashSplatParameter) {
      const NodeId name = child(part, RbField::Name);
      if (is(name, Rb::Identifier) && local(name).exists())
        captures.push_back({local(name), subject});
    }
    if (kind(part) != Rb::KeywordPattern) continue;
    const NodeId key = child(part, RbField::Key), value = child(part, RbField::Value);
    const std::optional<std::string> name = key == kNoNode ? std::nullopt : key_text(key);
    if (!name) continue;
    const ExprId entry = out_.index(subject, out_.text(*name, range(key)), range(part));
    test = both(test, out_.operation(OperatorKind::In, out_.text(*name, range(key)), subject, where),
                where);
    if (value != kNoNode) {
      test = both(test, pattern(value, entry, captures), where);
    } else if (local(key).exists()) {
      captures.push_back({local(key), entry});
    }
  }
  return test;
}

}  // namespace fnlint
