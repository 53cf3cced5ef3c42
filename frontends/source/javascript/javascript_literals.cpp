#include "core/text.h"
#include "frontends/source/javascript/javascript_lowering.h"
#include "frontends/source/javascript/javascript_text.h"

// JavaScript's literals: templates, numbers, expressions, objects and lists with what spreads in.
namespace fnlint {

ExprId JavaScriptLowering::template_literal(JsId node) {
  const Range where = tree_.range(node);
  const std::string_view file = tree_.text();
  std::vector<ExprId> parts;
  std::uint32_t from = where.begin + 1;
  const auto add_text = [&](std::uint32_t to) {
    if (to <= from) return;
    const Range at{from, to};
    parts.push_back(code_.text(unescape_javascript(file.substr(from, to - from)), at));
  };
  for (const JsId hole : tree_.children(node)) {
    if (tree_.kind(hole) != Js::TemplateSubstitution) continue;
    const Range at = tree_.range(hole);
    add_text(at.begin);
    from = at.end;
    const JsId value = tree_.first_child(hole);
    if (!value.exists()) continue;
    add_concat_parts(kept(expression(value), tree_.has(node, kJsWrites)), parts);
  }
  if (where.end > from) add_text(file[where.end - 1] == '`' ? where.end - 1 : where.end);
  if (parts.empty()) return code_.text("", where);
  if (parts.size() == 1 && code_.expr(parts.front()).kind == ExprKind::Text)
    return code_.text(std::string(code_.string(code_.expr(parts.front()).name)), where);
  return code_.concat(parts, where);
}

ExprId JavaScriptLowering::regex(JsId node) {
  for (const JsFeature used : regex_features(tree_.text(node))) feature(used, node);
  return code_.unknown(cat("regex ", tree_.text(node)), tree_.range(node));
}

ExprId JavaScriptLowering::number(JsId node) {
  const std::string_view literal = tree_.text(node);
  if (literal.find('_') != std::string_view::npos) feature(JsFeature::NumericSeparator, node);
  const bool is_big = literal.ends_with('n');
  if (is_big) feature(JsFeature::BigInt, node);
  return code_.number(javascript_number(literal), tree_.range(node), is_big);
}

ExprId JavaScriptLowering::object(JsId node) {
  const bool writes = tree_.has(node, kJsWrites);
  std::vector<Operand> entries;
  std::vector<Range> keys;
  for (const JsId child : tree_.children(node)) {
    const Js kind = tree_.kind(child);
    if (kind != Js::Pair && kind != Js::Spread && kind != Js::MethodDefinition &&
        kind != Js::ShorthandIdentifier && kind != Js::ObjectAssignmentPattern) {
      if (tree_.has(child, kJsOps)) effect(child);
      continue;
    }
    Operand entry = object_entry(child);
    entry.value = kept(entry.value, writes);
    entries.push_back(entry);
    JsId key = tree_.child(child, kind == Js::Pair ? JsField::Key : JsField::Name);
    if (!key.exists()) key = child;
    keys.push_back(tree_.range(key));
  }
  return code_.record(entries, tree_.range(node), keys);
}

// `...(page && {page})`: what is falsy spreads nothing.
ExprId JavaScriptLowering::spread_value(JsId node) {
  const JsId value = unwrapped(node);
  const bool is_guarded = tree_.kind(value) == Js::Binary &&
                          tree_.kind(tree_.child(value, JsField::Operator)) == Js::AndAnd;
  if (!is_guarded) return expression(node);
  const ExprId test = expression(tree_.child(value, JsField::Left));
  return chosen(test, tree_.child(value, JsField::Right), {}, tree_.range(value));
}

Operand JavaScriptLowering::object_entry(JsId node) {
  Operand entry;
  switch (tree_.kind(node)) {
    case Js::ShorthandIdentifier:
      entry.name = code_.string(tree_.text(node));
      entry.value = identifier(node);
      return entry;
    case Js::Spread: {
      feature(JsFeature::ObjectSpread, node);
      const JsId value = tree_.first_child(node);
      entry.value = value.exists() ? spread_value(value) : expression(node);
      entry.spread = 2;
      return entry;
    }
    case Js::MethodDefinition: return method_entry(node);
    default: break;
  }
  const JsId key = tree_.child(node, JsField::Key);
  const JsId value = tree_.child(node, JsField::Value);
  set_key(entry, key);
  if (!value.exists()) {
    entry.value = code_.unknown("syntax", tree_.range(node));
  } else if (entry.name.exists()) {
    const std::string name(code_.string(entry.name));
    entry.value = named_expression(value, name, tree_.range(key));
  } else {
    entry.value = expression(value);
  }
  return entry;
}

Operand JavaScriptLowering::method_entry(JsId node) {
  Operand entry;
  const JsId key = tree_.child(node, JsField::Name);
  set_key(entry, key);
  const bool is_setter = tree_.child(node, Js::SetToken).exists();
  const bool is_accessor = is_setter || tree_.child(node, Js::GetToken).exists();
  const std::string name = entry.name.exists() ? std::string(code_.string(entry.name))
                           : key.exists()      ? std::string(tree_.text(key))
                                               : std::string();
  if (is_setter && entry.name.exists()) entry.name = code_.string(cat("<set ", name, ">"));
  const FunctionId function =
      add_function(node, name, key.exists() ? tree_.range(key) : tree_.range(node),
                   is_accessor ? FunctionKind::Accessor : FunctionKind::Method);
  entry.value = code_.function(function, tree_.range(node));
  return entry;
}

void JavaScriptLowering::set_key(Operand& entry, JsId key) {
  if (!key.exists()) return;
  if (const auto name = property_name(key)) {
    entry.name = code_.string(*name);
  } else if (const JsId computed = tree_.first_child(key); computed.exists()) {
    entry.key = expression(computed);
  }
}

// A key that the text gives; none when it is computed.
std::optional<std::string> JavaScriptLowering::property_name(JsId key) const {
  switch (tree_.kind(key)) {
    case Js::None: return std::nullopt;
    case Js::ComputedName: return literal_text(tree_.first_child(key));
    case Js::String: return literal_text(key);
    case Js::Number: return javascript_number(tree_.text(key));
    default: return std::string(tree_.text(key));
  }
}

}  // namespace fnlint
