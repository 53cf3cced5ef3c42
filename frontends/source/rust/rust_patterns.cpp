// Patterns: what must hold, and what they bind.
#include "frontends/source/rust/rust_lowering.h"

#include "core/text.h"

namespace fnlint {

ExprId RustLowering::both(ExprId left, ExprId right, Range where) {
  if (!left.exists() || !right.exists()) return left.exists() ? left : right;
  return out_.operation(OperatorKind::And, left, right, where);
}

// p of `p if c`, `mut p`, `ref p`, `&p`.
NodeId RustLowering::inner_pattern(NodeId pattern) const {
  for (std::size_t depth = 0; depth < kNestingDepth; ++depth) {
    if (is(pattern, Rs::ArmPattern)) {
      pattern = first(pattern);
    } else if (is(pattern, Rs::InnerPattern) || is(pattern, Syn::Parenthesized)) {
      pattern = last(pattern);
    } else {
      break;
    }
    if (pattern == kNoNode) break;
  }
  return pattern;
}

// The name that a pattern is, if it is nothing more.
NodeId RustLowering::bound_name(NodeId pattern) const {
  const NodeId inner = inner_pattern(pattern);
  if (!is(inner, Syn::Name)) return kNoNode;
  return begins_upper(text(inner)) ? kNoNode : inner;
}

// Of f() in `match f() { Ok(x) => .., Err(e) => .. }`.
RustLowering::Outcome RustLowering::outcome_of(NodeId pattern) const {
  pattern = inner_pattern(pattern);
  if (is(pattern, Rs::OrPattern)) pattern = inner_pattern(first(pattern));
  if (!is(pattern, Rs::VariantPattern)) return Outcome::Any;
  const NodeId type = child(pattern, SynField::Type);
  const Segments path = type == kNoNode ? Segments{} : segments_of(type);
  const bool is_bare = path.size() == 1 || (path.size() == 2 && path[0] == "Result");
  if (!is_bare) return Outcome::Any;
  if (path.back() == "Ok") return Outcome::Good;
  return path.back() == "Err" ? Outcome::Bad : Outcome::Any;
}

// Whether the call behind a value failed: known of variables that hold its result as it came.
ExprId RustLowering::failed(ExprId subject, bool holds, Range where) {
  const Expr row = out_.expr(subject);
  if (row.kind == ExprKind::Variable) {
    const auto known = fallible_.find(row.ref);
    if (known != fallible_.end() && known->second.function == out_.current())
      return out_.operation(holds ? OperatorKind::NotEqual : OperatorKind::Equal,
                            out_.error_of(known->second.call, where), out_.null(where), where);
  }
  return out_.unknown("whether a result is an error", where);
}

ExprId RustLowering::pattern(NodeId node, ExprId subject, Captures& captures) {
  const Deeper deeper(depth_);
  node = inner_pattern(node);
  if (node == kNoNode) return {};
  if (depth_ > kNestingDepth) return too_deep(node);
  return pattern_of(node, subject, captures);
}

ExprId RustLowering::pattern_of(NodeId node, ExprId subject, Captures& captures) {
  const Range where = range(node);
  switch (kind(node)) {
    case Syn::Name: return name_pattern(node, subject, captures);
    case Syn::Text:
    case Syn::Character:
    case Syn::Number: return out_.operation(OperatorKind::Equal, subject, expression(node), where);
    case Syn::Error: return out_.unknown("pattern", where);
    default: break;
  }
  switch (rust(node)) {
    case Rs::Wildcard:
    case Rs::RestPattern: return {};
    case Rs::Boolean:
    case Rs::RawText:
    case Rs::Path: return out_.operation(OperatorKind::Equal, subject, expression(node), where);
    case Rs::NegativeLiteral:
      return out_.operation(OperatorKind::Equal, subject,
                            out_.number(cat("-", number_text(first(node))), where), where);
    case Rs::TuplePattern: return elements_pattern(node, subject, captures, {}, kNoNode);
    case Rs::SlicePattern:  // the length is not asked: that would be a call
      return elements_pattern(node, subject, captures, out_.unknown("length", where), kNoNode);
    case Rs::VariantPattern: return variant_pattern(node, subject, captures);
    case Rs::StructPattern: return struct_pattern(node, subject, captures);
    case Rs::RangePattern: return range_pattern(node, subject);
    case Rs::BoundPattern: {
      const NodeId name = first(node), inner = last(node);
      captures.push_back({name, subject});
      return inner == name ? ExprId{} : pattern(inner, subject, captures);
    }
    case Rs::OrPattern: {
      ExprId matches;
      bool is_first = true;
      for (const NodeId alternative : children(node)) {
        Captures same;  // each binds the same names: the first one's values stand for all
        const ExprId test = pattern(alternative, subject, is_first ? captures : same);
        if (!test.exists()) return {};
        matches = is_first ? test : out_.operation(OperatorKind::Or, matches, test, where);
        is_first = false;
      }
      return matches;
    }
    default: return out_.unknown("pattern", where);
  }
}

// A new variable, or a constant by convention; None is nothing.
ExprId RustLowering::name_pattern(NodeId node, ExprId subject, Captures& captures) {
  const Range where = range(node);
  const std::string_view name = text(node);
  if (!begins_upper(name)) {
    captures.push_back({node, subject});
    return {};
  }
  const bool is_none = name == "None" && !find(name).exists();
  return out_.operation(OperatorKind::Equal, subject,
                        is_none ? out_.null(where) : path_value(node), where);
}

// Some(p), Ok(p), Kind::A(p, q)
ExprId RustLowering::variant_pattern(NodeId node, ExprId subject, Captures& captures) {
  const Range where = range(node);
  const NodeId type = child(node, SynField::Type);
  const Segments path = type == kNoNode ? Segments{} : segments_of(type);
  if (path.empty()) return out_.unknown("pattern", where);
  const std::string_view name = path.back();
  const bool is_bare = path.size() == 1 || path[0] == "Option" || path[0] == "Result";
  if (is_bare && (name == "Some" || name == "Ok" || name == "Err")) {
    NodeId inner = kNoNode;
    for (const NodeId part : children(node))
      if (part != type) inner = part;
    ExprId test = name == "Some"
                      ? out_.operation(OperatorKind::NotEqual, subject, out_.null(where), where)
                      : failed(subject, name == "Err", where);
    if (inner == kNoNode) return test;
    const ExprId held = name == "Err" ? out_.unknown("error", where) : subject;
    return both(test, pattern(inner, held, captures), where);
  }
  // A struct has one form; an enum's variant is asked for.
  const bool is_variant = path.size() > 1 && begins_upper(path[path.size() - 2]);
  ExprId test;
  if (is_variant) test = out_.type_test(subject, cat(path[path.size() - 2], '.', name), where);
  return elements_pattern(node, subject, captures, test, type);
}

ExprId RustLowering::elements_pattern(NodeId node, ExprId subject, Captures& captures,
                                      ExprId matches, NodeId skipped) {
  std::vector<NodeId> elements;
  for (const NodeId part : children(node))
    if (part != skipped) elements.push_back(part);
  const Range where = range(node);
  std::size_t rest = elements.size();
  for (std::size_t i = 0; i < elements.size(); ++i) {
    const NodeId inner = is(elements[i], Rs::BoundPattern) ? last(elements[i]) : elements[i];
    if (!is(inner, Rs::RestPattern)) continue;
    rest = i;
    if (inner != elements[i])
      captures.push_back({first(elements[i]),
                          out_.part(subject, out_.number(std::to_string(i), where), {}, {}, where)});
  }
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i == rest) continue;
    const std::string at = i < rest ? std::to_string(i)
                                    : cat("-", std::to_string(elements.size() - i));
    const ExprId one = out_.index(subject, out_.number(at, where), range(elements[i]));
    matches = both(matches, pattern(elements[i], one, captures), where);
  }
  return matches;
}

ExprId RustLowering::struct_pattern(NodeId node, ExprId subject, Captures& captures) {
  const Range where = range(node);
  const NodeId type = child(node, SynField::Type);
  const Segments path = type == kNoNode ? Segments{} : segments_of(type);
  ExprId matches;
  if (path.size() > 1 && begins_upper(path[path.size() - 2]))
    matches = out_.type_test(subject, cat(path[path.size() - 2], '.', path.back()), where);
  for (const NodeId part : children(node)) {
    const NodeId name = child(part, SynField::Name), inner = child(part, SynField::Pattern);
    if (!is(part, Rs::FieldPattern) || name == kNoNode) continue;
    const ExprId one = out_.member(subject, text(name), range(part));
    if (inner == kNoNode)
      captures.push_back({name, one});
    else
      matches = both(matches, pattern(inner, one, captures), where);
  }
  return matches;
}

ExprId RustLowering::range_pattern(NodeId node, ExprId subject) {
  const Range where = range(node);
  const NodeId from = child(node, SynField::Left), to = child(node, SynField::Right);
  ExprId matches;
  if (from != kNoNode)
    matches = out_.operation(OperatorKind::LessEqual, expression(from), subject, where);
  if (to == kNoNode) return matches;
  const std::uint32_t begin = from == kNoNode ? range(node).begin : range(from).end;
  const std::string_view mark = text_.substr(begin, range(to).begin - begin);
  const bool is_closed = mark.find("..=") != std::string_view::npos ||
                         mark.find("...") != std::string_view::npos;
  const ExprId below = out_.operation(is_closed ? OperatorKind::LessEqual : OperatorKind::Less,
                                      subject, expression(to), where);
  return both(matches, below, where);
}

// Names are bound after all values are read: `let (a, b) = (b, a)`.
void RustLowering::bind_captures(const Captures& captures) {
  std::vector<VariableId> variables;
  for (const Capture& capture : captures) {
    const VariableId local = out_.add_variable(text(capture.name), out_.current(),
                                               out_.current().index == 0 ? VariableKind::Module
                                                                         : VariableKind::Local);
    out_.assign(out_.variable(local, range(capture.name)), capture.value, range(capture.name),
                AssignMode::Declare);
    variables.push_back(local);
  }
  for (std::size_t i = 0; i < captures.size(); ++i)
    bind(text(captures[i].name), {.variable = variables[i]});
}

void RustLowering::destructure(NodeId target, ExprId value, Range where) {
  const ExprKind form = out_.expr(value).kind;
  const bool is_name = form == ExprKind::Variable || form == ExprKind::Result;
  const ExprId subject = is_name || form == ExprKind::List ? value : kept(value, where);
  Captures captures;
  static_cast<void>(pattern(target, subject, captures));
  bind_captures(captures);
}

}  // namespace fnlint
