// Composite literals: structs are constructed, maps are records, the rest lists.
#include "frontends/source/go/go_lowering.h"

#include <algorithm>

namespace fnlint {

ExprId GoLowering::composite(NodeId node) {
  return literal_of(child(node, SynField::Type), child(node, SynField::Body), range(node));
}

// `type` may be none: elided where the element's type cannot be seen.
ExprId GoLowering::literal_of(NodeId type, NodeId body, Range where) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return too_deep(body);
  const NodeId form = underlying(type);
  if (is_go(form, GoSyn::MapType))
    return record_of(body, child(form, SynField::Value), false, where);
  if (is_go(form, GoSyn::SliceType) || is_go(form, GoSyn::ArrayType)) {
    const NodeId inner = child(form, SynField::Type);
    std::vector<Operand> elements;
    if (body != kNoNode)
      for (const NodeId at : children(body)) {
        const NodeId value =
            is_go(at, GoSyn::KeyedElement) ? child(at, SynField::Value) : at;
        if (value == kNoNode || is(value, Syn::Error)) continue;
        elements.push_back({.name = {},
                            .key = {},
                            .value = literal_element(value, inner),
                            .spread = 0});
      }
    return out_.list(elements, where);
  }
  const NodeId bare = bare_type(type);
  const NodeId head = body == kNoNode ? kNoNode : first(body);
  const NodeId key = is_go(head, GoSyn::KeyedElement) ? child(head, SynField::Name) : kNoNode;
  const NodeId key_value = is_go(key, GoSyn::Element) ? first(key) : key;
  const bool by_field = is(key_value, Syn::Name);
  if (is_go(bare, GoSyn::StructType)) {
    if (by_field) return record_of(body, kNoNode, true, where);
  } else if (bare != kNoNode && (by_field || key == kNoNode)) {
    return constructed(bare, body, where);
  }
  if (key != kNoNode) return record_of(body, kNoNode, by_field && bare == kNoNode, where);
  std::vector<Operand> elements;
  if (body != kNoNode)
    for (const NodeId at : children(body))
      elements.push_back(
          {.name = {}, .key = {}, .value = literal_element(at, kNoNode), .spread = 0});
  return head == kNoNode ? out_.record({}, where) : out_.list(elements, where);
}

ExprId GoLowering::literal_element(NodeId element, NodeId type) {
  NodeId value = element;
  while (is_go(value, GoSyn::Element) && first(value) != kNoNode) value = first(value);
  if (is_go(value, GoSyn::LiteralValue)) return literal_of(type, value, range(value));
  return expression(value);
}

ExprId GoLowering::constructed(NodeId type, NodeId body, Range where) {
  const NodeId form = underlying(type);
  const bool is_known = is_go(form, GoSyn::StructType);
  std::vector<Operand> given;
  std::vector<NodeId> types;  // of the fields, in order
  if (is_known)
    for (const NodeId one :
         children_of(child(form, own(GoSyn::FieldList)), own(GoSyn::FieldDeclaration)))
      for (std::size_t i = 0; i < std::max<std::size_t>(named(one, SynField::Name).size(), 1); ++i)
        types.push_back(child(one, SynField::Type));
  std::size_t position = 0;
  std::vector<std::string_view> set;
  if (body != kNoNode) {
    for (const NodeId at : children(body)) {
      Operand row;
      NodeId value = at, inner = kNoNode;
      if (is_go(at, GoSyn::KeyedElement)) {
        const NodeId name = child(at, SynField::Name);
        value = child(at, SynField::Value);
        if (name == kNoNode || value == kNoNode) continue;
        row.name = out_.string(text(name));
        set.push_back(text(name));
        inner = field_type(type, text(name));
      } else if (position < types.size()) {
        inner = types[position];
      }
      if (is(value, Syn::Error)) continue;
      ++position;
      row.value = literal_element(value, inner);
      given.push_back(row);
    }
  }
  // Lists begin empty, so that something can be appended.
  const bool by_position = position > 0 && set.empty();
  if (is_known && !by_position)
    for (const NodeId one :
         children_of(child(form, own(GoSyn::FieldList)), own(GoSyn::FieldDeclaration)))
      for (const NodeId name : named(one, SynField::Name)) {
        const bool is_set = std::find(set.begin(), set.end(), text(name)) != set.end();
        const NodeId written = child(one, SynField::Type);
        if (!is_set && is_go(underlying(written), GoSyn::SliceType))
          given.push_back({.name = out_.string(text(name)),
                           .key = {},
                           .value = out_.list({}, where),
                           .spread = 0});
      }
  const ExprId callee = expression_or_unknown(type, type);
  return call_of(callee, given, where, CallMode::Construct);
}

// Of a map the keys are values, of a struct without a name they are names.
ExprId GoLowering::record_of(NodeId body, NodeId value_type, bool by_name, Range where) {
  std::vector<Operand> entries;
  std::vector<Range> key_ranges;
  if (body != kNoNode)
    for (const NodeId at : children(body)) {
      if (!is_go(at, GoSyn::KeyedElement)) continue;
      const NodeId name = child(at, SynField::Name), value = child(at, SynField::Value);
      if (name == kNoNode || value == kNoNode) continue;
      const NodeId key = is_go(name, GoSyn::Element) && first(name) != kNoNode ? first(name) : name;
      Operand row;
      if (by_name)
        row.name = out_.string(text(key));
      else if (is(key, Syn::Text))
        row.name = out_.string(literal_text(key));
      else
        row.key = literal_element(key, kNoNode);
      row.value = literal_element(value, value_type);
      entries.push_back(row);
      key_ranges.push_back(range(name));
    }
  return out_.record(entries, where, key_ranges);
}

}  // namespace fnlint
