// Calls, constructions, member chains.
#include "frontends/source/common/scoped_lowering.h"

namespace fnlint {

ExprId ScopedLowering::call_of(ExprId callee, const std::vector<Operand>& arguments, Range where,
                               CallMode mode) {
  return out_.result(out_.call(callee, arguments, where, mode), where);
}

// a.b(c).d(e)...: chains lean to the left and may be hundreds long, as builders are.
ExprId ScopedLowering::chain(NodeId node) {
  constexpr std::size_t kMembers = 100;  // in one expression
  std::vector<NodeId> links;
  NodeId base = node;
  ExprId value;
  while (is(base, Syn::Call) || is(base, Syn::Member)) {
    if (is(base, Syn::Member) && (value = qualified(base)).exists()) break;
    if (is(base, Syn::Call) && (value = own_call(base)).exists()) break;
    NodeId next = child(base, SynField::Function);
    if (next == kNoNode) next = child(base, SynField::Object);
    if (next == kNoNode) break;
    links.push_back(base);
    base = next;
  }
  if (!value.exists()) {
    if (is(base, Syn::Call)) {  // f(x), without a receiver
      const NodeId name = child(base, SynField::Name);
      value = name == kNoNode ? out_.unknown("callee", range(base)) : called_name(name);
      value = link_call(base, value);
    } else {
      const bool is_called = is(base, Syn::Name) && !links.empty() &&
                             child(links.back(), SynField::Function) == base;
      value = is(base, Syn::Member) ? out_.unknown("object", range(base))
              : is_called           ? called_name(base)
                                    : expression(base);
    }
  }
  std::size_t members = 0;
  for (auto at = links.rbegin(); at != links.rend(); ++at) {
    const NodeId link = *at, name = child(link, SynField::Name);
    const bool has_object = child(link, SynField::Function) == kNoNode;
    if (is(link, Syn::Member) || (has_object && name != kNoNode)) {
      if (++members % kMembers == 0) value = kept(value, range(link));
      const Range where = is(link, Syn::Member) || name == kNoNode
                              ? range(link)
                              : Range{range(link).begin, range(name).end};
      value = out_.member(value, name == kNoNode ? "" : member_name(name), where,
                          is_optional(link));
    }
    if (is(link, Syn::Call)) value = link_call(link, value);
  }
  return value;
}

ExprId ScopedLowering::link_call(NodeId link, ExprId callee) {
  return call_of(callee, arguments(child(link, SynField::Arguments)), range(link));
}

ExprId ScopedLowering::called_name(NodeId name) { return name_value(text(name), name); }

std::vector<Operand> ScopedLowering::arguments(NodeId list) {
  std::vector<Operand> values;
  if (list == kNoNode) return values;
  for (const NodeId node : children(list)) {
    Operand row;
    NodeId value = node;
    if (is(node, Syn::Argument)) {
      const NodeId name = child(node, SynField::Name);
      value = child(node, SynField::Value);
      if (value == kNoNode) value = last(node);
      if (name != kNoNode && name != value) row.name = out_.string(text(name));
    }
    if (is(value, Syn::Spread)) {
      row.spread = 1;
      value = first(value);
    }
    if (value == kNoNode || is(value, Syn::Error)) continue;
    row.value = expression(value);
    values.push_back(row);
  }
  return values;
}

ExprId ScopedLowering::construct(NodeId node) {
  const Range where = range(node);
  const NodeId written = child(node, SynField::Type);
  const bool has_body = child(node, Syn::ClassBody) != kNoNode;
  const std::vector<Operand> given = arguments(child(node, SynField::Arguments));
  const ExprId callee =
      has_body ? anonymous_class(node) : expression_or_unknown(written, node);
  return call_of(callee, given, where, CallMode::Construct);
}

}  // namespace fnlint
