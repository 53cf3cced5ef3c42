// new, initialisers, collections, with.
#include "frontends/source/csharp/csharp_lowering.h"

#include "core/text.h"

#include <algorithm>

namespace fnlint {

ExprId CSharpLowering::construct_new(NodeId node) {
  return construct_of(type(child(node, SynField::Type)), child(node, SynField::Arguments),
                      child(node, SynField::Init), range(node));
}

// { A = 1 }, unlike { 1, 2 } and { ["k"] = 1 }.
bool CSharpLowering::sets_members(NodeId initializer) const {
  if (initializer == kNoNode) return false;
  const NodeId entry = first(initializer);
  return is(entry, Syn::Assignment) && is(child(entry, SynField::Left), Syn::Name);
}

ExprId CSharpLowering::construct_of(TypeId type, NodeId arguments_node, NodeId initializer,
                                    Range where) {
  std::vector<Operand> given;
  if (arguments_node != kNoNode) given = arguments(arguments_node);
  const bool has_entries = initializer != kNoNode && first(initializer) != kNoNode;
  if (!type.exists() && given.empty()) {
    if (has_entries && !sets_members(initializer)) return initializer_value(initializer);
    std::vector<Operand> entries;
    if (has_entries) member_entries(initializer, entries);
    return out_.record(entries, where);
  }
  if (has_entries && sets_members(initializer)) {
    member_entries(initializer, given);
  } else if (has_entries) {  // what it holds matters more than its comparer or capacity
    given = {{.name = {}, .key = {}, .value = initializer_value(initializer), .spread = 0}};
  }
  return call_of(type_value(type, where), given, where, CallMode::Construct);
}

void CSharpLowering::member_entries(NodeId initializer, std::vector<Operand>& entries) {
  for (const NodeId entry : children(initializer)) {
    if (!is(entry, Syn::Assignment)) continue;
    const NodeId name = child(entry, SynField::Left), value = child(entry, SynField::Right);
    Operand row;
    row.value = expression_or_unknown(value, entry);
    if (is(name, Syn::Name)) {
      row.name = out_.string(text(name));
    } else if (is(name, Cs::ElementBinding) && last(first(name)) != kNoNode) {
      row.key = expression(last(first(name)));
      if (out_.expr(row.key).kind == ExprKind::Text) {
        row.name = out_.expr(row.key).name;
        row.key = {};
      }
    } else {
      continue;
    }
    entries.push_back(row);
  }
}

// { ["k"] = v }, { { "k", v } }: a Record; { a, b }, [a, ..b]: a List.
ExprId CSharpLowering::initializer_value(NodeId node) {
  const Range where = range(node);
  const NodeId begin = first(node);
  const bool is_pair = is(begin, Cs::Initializer) && first(begin) != kNoNode;
  if (is(node, Cs::Initializer) && (is_pair || is(begin, Syn::Assignment))) {
    std::vector<Operand> entries;
    for (const NodeId entry : children(node)) {
      if (!is(entry, Cs::Initializer)) continue;
      const NodeId key = first(entry), value = last(entry);
      if (key == kNoNode || key == value) continue;
      Operand row;
      row.key = expression(key);
      row.value = expression(value);
      if (out_.expr(row.key).kind == ExprKind::Text) {
        row.name = out_.expr(row.key).name;
        row.key = {};
      }
      entries.push_back(row);
    }
    member_entries(node, entries);
    return out_.record(entries, where);
  }
  std::vector<Operand> elements;
  for (NodeId element : children(node)) {
    std::uint32_t spread = 0;
    while (is(element, Cs::CollectionElement) || is(element, Cs::SpreadElement)) {
      spread |= is(element, Cs::SpreadElement) ? 1U : 0U;
      const NodeId inner = last(element);
      if (inner == kNoNode) break;
      element = inner;
    }
    if (is(element, Syn::Operator) || is(element, Syn::Error)) continue;
    elements.push_back({.name = {}, .key = {}, .value = expression(element), .spread = spread});
  }
  return out_.list(elements, where);
}

// new { a, B = x, c.D }
ExprId CSharpLowering::anonymous_object(NodeId node) {
  std::vector<Operand> entries;
  NodeId name = kNoNode;
  for (const NodeId at : children(node)) {
    const NodeId next = nodes_.next_sibling(at);
    const std::string_view between =
        next == kNoNode ? std::string_view{}
                        : text_.substr(range(at).end, range(next).begin - range(at).end);
    if (name == kNoNode && is(at, Syn::Name) && between.find('=') != std::string_view::npos) {
      name = at;
      continue;
    }
    std::string_view written;
    if (name != kNoNode) written = text(name);
    else if (is(at, Syn::Name)) written = text(at);
    else if (is(at, Syn::Member)) written = text(child(at, SynField::Name));
    else if (is(at, Cs::ConditionalAccess)) written = text(child(last(at), SynField::Name));
    name = kNoNode;
    const ExprId value = expression(at);
    if (!written.empty())
      entries.push_back({.name = out_.string(written), .key = {}, .value = value, .spread = 0});
  }
  return out_.record(entries, range(node));
}

// a with { B = x }
ExprId CSharpLowering::with(NodeId node) {
  std::vector<Operand> entries;
  entries.push_back({.name = {},
                     .key = {},
                     .value = expression_or_unknown(first(node), node),
                     .spread = 2});
  for (const NodeId entry : children(node)) {
    if (!is(entry, Cs::WithEntry)) continue;
    const NodeId name = first(entry), value = last(entry);
    if (!is(name, Syn::Name) || name == value) continue;
    entries.push_back({.name = out_.string(text(name)),
                       .key = {},
                       .value = expression(value),
                       .spread = 0});
  }
  return out_.record(entries, range(node));
}

}  // namespace fnlint
