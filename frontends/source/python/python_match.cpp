// Python's match statement: patterns as tests and captures.

#include "core/text.h"
#include "frontends/source/python/python_lowering.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint {

namespace {

// Classes whose one positional pattern is the value itself.
constexpr std::array<std::string_view, 11> kSelfMatching = {"bool",  "bytearray", "bytes", "dict",
                                                            "float", "frozenset", "int",   "list",
                                                            "set",   "str",       "tuple"};

}  // namespace

// A block of branches; each case that matches leaves it.
void PythonLowering::match_statement(NodeId node) {
  feature("match", "3.10", node);
  std::vector<Operand> subjects;
  for (const NodeId part : nodes_.children(node))
    if (nodes_[part].field == static_cast<std::uint8_t>(PyField::Subject))
      subjects.push_back(element(part));
  if (subjects.empty()) return salvage_parts(node);
  const ExprId value = subjects.size() == 1 ? subjects[0].value : out_.list(subjects, range(node));
  const ExprId subject = kept(value, range(node));
  const OpId around = out_.open_block("match", range(node));
  const NodeId body = child(node, PyField::Body);
  if (body != kNoNode) {
    for (const NodeId part : nodes_.children(body)) {
      if (kind(part) == Py::CaseClause)
        case_clause(part, subject, around);
      else
        statement(part);  // half written
    }
  }
  out_.close(around);
}

void PythonLowering::case_clause(NodeId node, ExprId subject, OpId around) {
  std::vector<NodeId> patterns;
  for (const NodeId part : nodes_.children(node))
    if (kind(part) == Py::CasePattern) patterns.push_back(part);
  std::vector<Capture> captures;
  ExprId matches;
  if (patterns.size() == 1)
    matches = pattern(patterns[0], subject, captures);
  else
    matches = sequence_pattern(patterns, subject, captures, range(node));
  std::vector<OpId> open;
  if (matches.exists()) open.push_back(out_.open_branch(matches, range(node)));
  for (const Capture& capture : captures)
    out_.assign(name_for(out_.string(text(capture.name)), range(capture.name), true), capture.value,
                range(capture.name));
  if (const NodeId guard = child(node, PyField::Guard); guard != kNoNode)
    open.push_back(out_.open_branch(expression(guard), range(guard)));
  block(child(node, PyField::Consequence), 0);
  out_.exit(ExitKind::Break, around, {}, range(node));
  while (!open.empty()) {
    out_.close(open.back());
    open.pop_back();
  }
}

// What must hold for a match; nothing when every value matches.
ExprId PythonLowering::pattern(NodeId node, ExprId subject, std::vector<Capture>& captures) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep_value(node);
  switch (kind(node)) {
    case Py::CasePattern:
    case Py::TuplePattern:
    case Py::ListPattern: break;
    case Py::Underscore: return {};
    case Py::DottedName: {
      const bool is_capture = nodes_[node].next == node + 2;
      if (!is_capture) return value_pattern(node, false, subject);
      if (text(node) != "_") captures.push_back({node + 1, subject});
      return {};
    }
    case Py::AsPattern: {
      NodeId name = kNoNode;
      for (const NodeId part : nodes_.children(node)) name = part;
      const NodeId inner = nodes_.first_child(node);
      if (inner == kNoNode || inner == name) return {};
      const ExprId matches = pattern(inner, subject, captures);
      if (is(name, Py::Identifier)) captures.push_back({name, subject});
      return matches;
    }
    case Py::DictPattern: return mapping_pattern(node, subject, captures);
    case Py::ClassPattern: return class_pattern(node, subject, captures);
    case Py::UnionPattern: return union_pattern(node, subject, captures);
    case Py::SplatPattern: return {};
    case Py::Error: salvage(node); return out_.unknown("pattern", range(node));
    default: return value_pattern(node, false, subject);
  }
  std::vector<NodeId> parts;
  for (const NodeId part : nodes_.children(node)) parts.push_back(part);
  if (kind(node) == Py::CasePattern) {
    if (parts.empty()) return {};
    return is(parts[0], Py::Minus) && parts.size() > 1 ? value_pattern(parts[1], true, subject)
                                                       : pattern(parts[0], subject, captures);
  }
  const bool grouped = kind(node) == Py::TuplePattern && parts.size() == 1 &&
                       text(node).find(',') == std::string_view::npos;
  return grouped ? pattern(parts[0], subject, captures)
                 : sequence_pattern(parts, subject, captures, range(node));
}

// A literal or a dotted name: compared.
ExprId PythonLowering::value_pattern(NodeId node, bool negative, ExprId subject) {
  const Range where = range(node);
  ExprId value;
  if (kind(node) == Py::ComplexPattern) {
    value = out_.number(text(node), where);
  } else if (kind(node) == Py::DottedName) {
    value = dotted_value(node);
  } else {
    value = negative ? out_.number("-" + number_text(text(node)), where) : expression(node);
  }
  return out_.operation(OperatorKind::Equal, subject, value, where);
}

ExprId PythonLowering::dotted_value(NodeId node) {
  ExprId value;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) != Py::Identifier) continue;
    const StringId name = out_.string(text(part));
    const Range upto{range(node).begin, range(part).end};
    value = value.exists() ? out_.member(value, name, upto) : name_for(name, upto, false);
  }
  return value.exists() ? value : out_.unknown("pattern", range(node));
}

// The length is not asked: that would be a call.
ExprId PythonLowering::sequence_pattern(const std::vector<NodeId>& elements, ExprId subject,
                                        std::vector<Capture>& captures, Range where) {
  ExprId matches = out_.unknown("sequence pattern", where);
  std::size_t star = elements.size();
  std::vector<NodeId> bare;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    NodeId at = elements[i];
    if (is(at, Py::CasePattern) && nodes_.first_child(at) != kNoNode) at = nodes_.first_child(at);
    if (is(at, Py::SplatPattern)) star = i;
    bare.push_back(at);
  }
  const auto number = [&](std::size_t i) {
    return i <= star ? out_.number(std::to_string(i), where)
                     : out_.number("-" + std::to_string(elements.size() - i), where);
  };
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (i == star) {
      const NodeId name = nodes_.first_child(bare[i]);
      const ExprId to = i + 1 == elements.size() ? ExprId{} : number(i + 1);
      if (is(name, Py::Identifier))
        captures.push_back({name, out_.part(subject, number(i), to, {}, range(bare[i]))});
      continue;
    }
    const ExprId one = out_.index(subject, number(i), range(elements[i]));
    matches = both(matches, pattern(elements[i], one, captures), where);
  }
  return matches;
}

ExprId PythonLowering::mapping_pattern(NodeId node, ExprId subject,
                                       std::vector<Capture>& captures) {
  const Range where = range(node);
  ExprId matches, key;
  for (const NodeId part : nodes_.children(node)) {
    if (nodes_[part].field == static_cast<std::uint8_t>(PyField::Key)) {
      key = kind(part) == Py::Minus ? ExprId{} : key_of(part);
      if (key.exists())
        matches = both(matches, out_.operation(OperatorKind::In, key, subject, range(part)), where);
    } else if (nodes_[part].field == static_cast<std::uint8_t>(PyField::Value) && key.exists()) {
      const ExprId one = out_.index(subject, key, range(part));
      matches = both(matches, pattern(part, one, captures), where);
    } else if (kind(part) == Py::SplatPattern) {  // what is left: the whole mapping, said so
      const NodeId name = nodes_.first_child(part);
      if (is(name, Py::Identifier))
        captures.push_back({name, out_.record({{.value = subject, .spread = 2}}, range(part))});
    }
  }
  return matches.exists() ? matches : out_.type_test(subject, "dict", where);
}

ExprId PythonLowering::key_of(NodeId node) {
  if (const std::optional<std::string> literal = plain_text(node))
    return out_.text(*literal, range(node));
  if (kind(node) != Py::DottedName) return expression(node);
  return dotted_value(node);
}

ExprId PythonLowering::class_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures) {
  const Range where = range(node);
  const NodeId name = nodes_.first_child(node);
  if (name == kNoNode) return out_.unknown("pattern", where);
  const std::string path = type_path(name);
  ExprId matches = out_.type_test(subject, path, where);
  const bool is_itself =
      std::find(kSelfMatching.begin(), kSelfMatching.end(), path) != kSelfMatching.end();
  for (const NodeId part : nodes_.children(node)) {
    if (part == name) continue;
    const NodeId inner = nodes_.first_child(part);
    if (is(inner, Py::KeywordPattern)) {
      const NodeId field = nodes_.first_child(inner);
      const NodeId value = field == kNoNode ? kNoNode : nodes_.next_sibling(field);
      if (value == kNoNode) continue;
      const ExprId one = out_.member(subject, out_.string(text(field)), range(inner));
      matches = both(matches, pattern(value, one, captures), where);
    } else if (is_itself) {
      matches = both(matches, pattern(part, subject, captures), where);
    } else {  // by the class's __match_args__
      const ExprId one = out_.unknown("positional pattern", range(part));
      matches = both(matches, pattern(part, one, captures), where);
    }
  }
  return matches;
}

// Any of them; a name that they bind may have come from each.
ExprId PythonLowering::union_pattern(NodeId node, ExprId subject, std::vector<Capture>& captures) {
  ExprId any;
  bool negative = false, always = false;
  std::vector<Capture> bound;
  for (const NodeId part : nodes_.children(node)) {
    if (kind(part) == Py::Pipe) continue;
    if (kind(part) == Py::Minus) {
      negative = true;
      continue;
    }
    std::vector<Capture> own;
    const ExprId one = negative ? value_pattern(part, true, subject) : pattern(part, subject, own);
    negative = false;
    always = always || !one.exists();
    bound.insert(bound.end(), own.begin(), own.end());
    if (one.exists())
      any = any.exists() ? out_.operation(OperatorKind::Or, any, one, range(node)) : one;
  }
  std::map<std::string_view, std::size_t> times;
  for (const Capture& capture : bound) ++times[text(capture.name)];
  for (Capture& capture : bound) {
    std::size_t& left = times[text(capture.name)];
    if (left == 0) continue;
    if (left > 1) capture.value = out_.unknown("pattern", range(capture.name));
    captures.push_back(capture);
    left = 0;
  }
  return always ? ExprId{} : any;
}

ExprId PythonLowering::both(ExprId left, ExprId right, Range where) {
  if (!left.exists() || !right.exists()) return left.exists() ? left : right;
  return out_.operation(OperatorKind::And, left, right, where);
}

}  // namespace fnlint
