#include "core/limits.h"
#include "frontends/source/javascript/javascript_lowering.h"

// JavaScript's chains of members, subscripts and calls, `require` among them.
namespace fnlint {

bool JavaScriptLowering::is_module_exports(JsId node) {
  const Js kind = tree_.kind(node);
  if (kind != Js::Member && kind != Js::Subscript) return false;
  if (kind == Js::Member && tree_.text(tree_.child(node, JsField::Property)) != "exports")
    return false;
  if (kind == Js::Subscript && literal_text(tree_.child(node, JsField::Index)) != "exports")
    return false;
  const JsId object = unwrapped(tree_.child(node, JsField::Object));
  if (tree_.kind(object) != Js::Identifier || tree_.text(object) != "module") return false;
  const VariableId known = names_.find(scope_, "module");
  return !known.exists() || code_.variable(known).kind == VariableKind::Import;
}

// a.b(c)[d]…: chains lean to the left and may be hundreds long.
ExprId JavaScriptLowering::chain(JsId node) {
  std::vector<JsId> links;
  JsId base = node;
  for (;;) {
    const Js kind = tree_.kind(base);
    JsId next;
    if (kind == Js::Call && special_of(base) == Special::None) {
      next = tree_.child(base, JsField::Function);
    } else if ((kind == Js::Subscript || kind == Js::Member) && !is_module_exports(base)) {
      next = tree_.child(base, JsField::Object);
    } else {
      break;
    }
    links.push_back(base);
    base = unwrapped(next);
  }
  const Range start = tree_.range(links.empty() ? node : links.back());
  ExprId value = base.exists() ? chain_base(base) : code_.unknown("syntax", start);
  std::size_t members = 0;
  for (auto at = links.rbegin(); at != links.rend(); ++at) {
    const JsId link = *at;
    if (tree_.kind(link) == Js::Call) {
      value = call(link, value);
      members = 0;
      continue;
    }
    value = cut(value, members);
    if (tree_.kind(link) == Js::Subscript) {
      value = subscript(link, value);
      continue;
    }
    const JsId property = tree_.child(link, JsField::Property);
    const bool optional = tree_.child(link, Js::OptionalChain).exists();
    if (optional) feature(JsFeature::OptionalChaining, link);
    value = code_.member(value, property.exists() ? tree_.text(property) : "", tree_.range(link),
                         optional);
  }
  return value;
}

ExprId JavaScriptLowering::chain_base(JsId node) {
  if (tree_.kind(node) == Js::Call) return special_call(special_of(node), node);
  if (is_module_exports(node)) return exports_value(tree_.range(node));
  return expression(node);
}

// With a literal name it is a member like any other.
ExprId JavaScriptLowering::subscript(JsId node, ExprId base) {
  const Range where = tree_.range(node);
  const bool optional = tree_.child(node, Js::OptionalChain).exists();
  if (optional) feature(JsFeature::OptionalChaining, node);
  const JsId index = tree_.child(node, JsField::Index);
  if (!index.exists()) return code_.unknown("syntax", where);
  if (const auto name = literal_text(index)) return code_.member(base, *name, where, optional);
  base = kept(base, tree_.has(index, kJsWrites));
  return code_.index(base, expression(index), where, optional);
}

ExprId JavaScriptLowering::call(JsId node, ExprId callee) {
  const Range where = tree_.range(node);
  if (tree_.child(node, Js::OptionalChain).exists()) feature(JsFeature::OptionalChaining, node);
  const JsId arguments = tree_.child(node, JsField::Arguments);
  std::vector<Operand> values;
  if (tree_.kind(arguments) == Js::Template) {
    values.push_back({.name = {}, .key = {}, .value = template_literal(arguments), .spread = 0});
  } else if (arguments.exists()) {
    values = operands(arguments);
  }
  return code_.result(code_.call(callee, values, where), where);
}

ExprId JavaScriptLowering::construct(JsId node) {
  const Range where = tree_.range(node);
  const JsId constructed = tree_.child(node, JsField::Constructor);
  const ExprId callee =
      constructed.exists() ? expression(constructed) : code_.unknown("syntax", where);
  const JsId arguments = tree_.child(node, JsField::Arguments);
  std::vector<Operand> values;
  if (arguments.exists()) values = operands(arguments);
  return code_.result(code_.call(callee, values, where, CallMode::Construct), where);
}

// Arguments, or the elements of an array with its holes. Where one of them writes a variable, the
// others are read in their order.
std::vector<Operand> JavaScriptLowering::operands(JsId list) {
  const bool writes = tree_.has(list, kJsWrites);
  std::vector<Operand> values;
  bool expects = true;  // a comma here is a hole
  for (const JsId node : tree_.children(list)) {
    Operand row;
    const bool is_comma = tree_.kind(node) == Js::Comma;
    if (!is_comma) {
      row.spread = tree_.kind(node) == Js::Spread ? 1U : 0U;
      const JsId value = row.spread != 0 ? tree_.first_child(node) : node;
      row.value = kept(expression(value.exists() ? value : node), writes);
      values.push_back(row);
    } else if (expects) {
      row.value = code_.null(tree_.range(node));
      values.push_back(row);
    }
    expects = is_comma;
  }
  return values;
}

}  // namespace fnlint
