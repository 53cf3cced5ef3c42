// JSX elements, lowered to the objects that they make.

#include "core/text.h"
#include "frontends/source/javascript/javascript_lowering.h"

namespace fnlint {

// <A b={c}>d</A> is the object that it makes: {type: A, props: {b: c, children: ["d"]}}.
ExprId JavaScriptLowering::jsx(JsId node) {
  has_jsx_ = true;
  const Range where = tree_.range(node);
  const JsId opening =
      tree_.kind(node) == Js::JsxElement ? tree_.child(node, JsField::OpenTag) : node;
  const ExprId type = jsx_type(opening);
  std::vector<Operand> props = jsx_attributes(opening);
  if (const std::vector<Operand> children = jsx_children(node); !children.empty())
    props.push_back({.name = code_.string("children"),
                     .key = {},
                     .value = code_.list(children, where),
                     .spread = 0});
  const ExprId record = code_.record(props, where);
  return code_.record({{.name = code_.string("type"), .key = {}, .value = type, .spread = 0},
                       {.name = code_.string("props"), .key = {}, .value = record, .spread = 0}},
                      where);
}

ExprId JavaScriptLowering::jsx_type(JsId opening) {
  const JsId name = tree_.child(opening, JsField::Name);
  if (!name.exists()) return code_.null(tree_.range(opening));  // a fragment
  const std::string_view text = tree_.text(name);
  const Js kind = tree_.kind(name);
  if (kind == Js::Member || kind == Js::NestedIdentifier) return alias_path(name);
  const bool is_component = !text.empty() && (text.front() < 'a' || text.front() > 'z') &&
                            text.find_first_of("-:") == std::string_view::npos;
  return is_component && kind == Js::Identifier ? identifier(name)
                                                : code_.text(text, tree_.range(name));
}

std::vector<Operand> JavaScriptLowering::jsx_attributes(JsId opening) {
  std::vector<Operand> props;
  for (const JsId node : tree_.children(opening)) {
    Operand prop;
    if (tree_.kind(node) == Js::JsxExpression) {
      const JsId inner = tree_.first_child(node);
      if (!inner.exists()) continue;
      prop.value = expression(tree_.kind(inner) == Js::Spread ? tree_.first_child(inner) : inner);
      prop.spread = 2;
    } else if (tree_.kind(node) == Js::JsxAttribute) {
      const JsId name = tree_.first_child(node), value = tree_.last_child(node);
      prop.name = code_.string(tree_.text(name));
      prop.value = value == name ? code_.boolean(true, tree_.range(node)) : jsx_value(value);
    } else {
      continue;
    }
    props.push_back(prop);
  }
  return props;
}

ExprId JavaScriptLowering::jsx_value(JsId node) {
  if (tree_.kind(node) != Js::String) return expression(node);
  std::string_view text = tree_.text(node);  // without escapes
  if (text.size() >= 2) text = text.substr(1, text.size() - 2);
  return code_.text(text, tree_.range(node));
}

std::vector<Operand> JavaScriptLowering::jsx_children(JsId element) {
  std::vector<Operand> children;
  if (tree_.kind(element) != Js::JsxElement) return children;
  for (const JsId node : tree_.children(element)) {
    const Js kind = tree_.kind(node);
    Operand child;
    if (kind == Js::JsxText) {
      const std::string_view text = trim(tree_.text(node));
      if (text.empty()) continue;
      child.value = code_.text(text, tree_.range(node));
    } else if (kind == Js::JsxExpression || kind == Js::JsxElement || kind == Js::JsxSelfClosing) {
      const JsId inner = kind == Js::JsxExpression ? tree_.first_child(node) : node;
      if (!inner.exists()) continue;  // {/* a comment */}
      child.spread = tree_.kind(inner) == Js::Spread ? 1U : 0U;
      child.value = expression(child.spread != 0 ? tree_.first_child(inner) : inner);
    } else {
      continue;
    }
    children.push_back(child);
  }
  return children;
}

}  // namespace fnlint
