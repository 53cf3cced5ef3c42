// Patterns as C# reads them where the grammar does not: `not` binds before `and` and `or`, and the
// constant that ends a pattern ends before `&&`, `==` and what else binds less than `is`.
#include "core/text.h"
#include "frontends/source/csharp/csharp_syntax.h"

namespace fnlint {

namespace {

bool is(const SyntaxNodes& nodes, NodeId node, Syn kind) {
  return nodes[node].kind == static_cast<std::uint8_t>(kind);
}
bool is(const SyntaxNodes& nodes, NodeId node, Cs kind) {
  return nodes[node].kind == static_cast<std::uint8_t>(kind);
}

NodeId last_child(const SyntaxNodes& nodes, NodeId node) {
  NodeId last = kNoNode;
  for (const NodeId at : nodes.children(node)) last = at;
  return last;
}

// How strongly an operator binds, of those that bind less than `is`; 0: more.
std::size_t binding(const SyntaxNodes& nodes, NodeId node, std::string_view text) {
  static constexpr std::string_view kAscending = "?? || && |  ^  &  == !=";
  if (!is(nodes, node, Syn::Binary)) return 0;
  const NodeId op = nodes.child(node, static_cast<std::uint8_t>(SynField::Operator));
  if (op == kNoNode) return 0;
  const Range at = nodes[op].range;
  const std::string_view written = text.substr(at.begin, at.end - at.begin);
  for (std::size_t i = 0; i < kAscending.size(); i += 3)
    if (trim(kAscending.substr(i, 3)) == written) return written == "!=" ? i / 3 : i / 3 + 1;
  return 0;
}

// The operation that stands where the constant that ends a pattern should.
NodeId taken_operation(const SyntaxNodes& nodes, NodeId pattern, std::string_view text) {
  NodeId at = pattern;
  while (at != kNoNode && (is(nodes, at, Cs::NotPattern) || is(nodes, at, Cs::AndPattern) ||
                           is(nodes, at, Cs::OrPattern)))
    at = last_child(nodes, at);
  if (at == kNoNode || (!is(nodes, at, Cs::ConstantPattern) && !is(nodes, at, Cs::RelationalPattern)))
    return kNoNode;
  const NodeId constant = last_child(nodes, at);
  return constant != kNoNode && binding(nodes, constant, text) > 0 ? constant : kNoNode;
}

// a && b is not null || c: the operator ends all that binds as much as it does.
NodeId outermost_operand(const SyntaxNodes& nodes, NodeId node, std::size_t strength, std::string_view text) {
  for (NodeId parent = nodes[node].parent;
       parent != kNoNode && binding(nodes, parent, text) >= strength &&
       nodes[node].field == static_cast<std::uint8_t>(SynField::Right);
       parent = nodes[node].parent)
    node = parent;
  return node;
}

// What `node` should stand in, and is lifted out of; none: it is read as C# reads it.
struct Misread {
  NodeId inner = kNoNode, outer = kNoNode;
};

Misread misread(const SyntaxNodes& nodes, NodeId node, std::string_view text) {
  if (is(nodes, node, Cs::NotPattern)) {
    const NodeId inner = last_child(nodes, node);
    const bool binds_less = inner != kNoNode && (is(nodes, inner, Cs::AndPattern) ||
                                                 is(nodes, inner, Cs::OrPattern));
    if (binds_less && nodes.first_child(inner) != kNoNode) return {inner, node};
  }
  if (is(nodes, node, Cs::IsPattern)) {
    const NodeId pattern = last_child(nodes, node);
    const NodeId taken = pattern == kNoNode ? kNoNode : taken_operation(nodes, pattern, text);
    if (taken != kNoNode)
      return {taken, outermost_operand(nodes, node, binding(nodes, taken, text), text)};
  }
  return {};
}

}  // namespace

void mend_patterns(SyntaxNodes& nodes, std::string_view text) {
  for (NodeId node = nodes.size(); node-- > 0;) {
    const Misread found = misread(nodes, node, text);
    if (found.inner == kNoNode) continue;
    nodes.lift(found.inner, found.outer);
    node = found.inner + 1;  // what was before it has moved
  }
}

}  // namespace fnlint
