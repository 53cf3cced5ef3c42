// What TypeScript declares that exists at run time: enumerations and namespaces.

#include "frontends/source/javascript/javascript_lowering.h"
#include "frontends/source/javascript/javascript_text.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>
#include <utility>

namespace fnlint {

// enum Color { Red, Green = "g" } is an object; the way back from numbers to names is left out.
void JavaScriptLowering::enum_declaration(JsId node) {
  const JsId name = tree_.child(node, JsField::Name);
  if (!name.exists()) return;
  const Range where = tree_.range(node);
  const std::vector<Operand> entries = enum_entries(node, tree_.text(name));
  const ExprId target = written_name(name);
  if (!is_first_part(target)) {
    for (const Operand& entry : entries)
      store(code_.member(target, std::string(code_.string(entry.name)), where), entry.value, where);
    return;
  }
  store(target, code_.record(entries, where), where, AssignMode::Declare);
}

std::vector<Operand> JavaScriptLowering::enum_entries(JsId node, std::string_view name) {
  std::vector<Operand> entries;
  std::unordered_map<std::uint32_t, ExprId> values;  // by StringId
  const auto known = [&](JsId value) -> ExprId {     // an earlier member by its name
    JsId inner = unwrapped(value);
    if (tree_.kind(inner) == Js::Member && tree_.text(tree_.child(inner, JsField::Object)) == name)
      inner = tree_.child(inner, JsField::Property);
    else if (tree_.kind(inner) != Js::Identifier)
      return {};
    const auto at = values.find(code_.string(tree_.text(inner)).index);
    return at == values.end() ? ExprId{} : at->second;
  };
  std::int64_t next = 0;
  bool is_counted = true;  // the next value is known
  for (const JsId row : tree_.children(tree_.child(node, JsField::Body))) {
    const Range where = tree_.range(row);
    const JsId value = tree_.child(row, JsField::Value);
    const JsId key = tree_.kind(row) == Js::EnumAssignment ? tree_.child(row, JsField::Name) : row;
    Operand entry;
    entry.name = code_.string(property_name(key).value_or(""));
    if (value.exists()) {
      entry.value = known(value);
      if (!entry.value.exists()) entry.value = expression(value);
    } else {
      entry.value =
          is_counted ? code_.number(std::to_string(next), where) : code_.unknown("enum", where);
    }
    const Expr result = code_.expr(entry.value);
    const std::string_view digits = code_.string(result.name);
    is_counted =
        result.kind == ExprKind::Number &&
        std::from_chars(digits.data(), digits.data() + digits.size(), next).ec == std::errc() &&
        next < INT64_MAX;
    ++next;
    values.try_emplace(entry.name.index, entry.value);
    entries.push_back(entry);
  }
  return entries;
}

// A namespace that holds types only does not exist at run time.
bool JavaScriptLowering::is_instantiated(JsId body) const {
  for (const JsId node : tree_.children(body)) {
    JsId inner = node;
    if (tree_.kind(inner) == Js::ExportStatement) {
      inner = tree_.child(node, JsField::Declaration);
      if (!inner.exists()) continue;
    }
    if (tree_.kind(inner) == Js::ExpressionStatement &&
        tree_.kind(tree_.first_child(inner)) == Js::Namespace)
      inner = tree_.first_child(inner);
    const Js kind = tree_.kind(inner);
    if (kind == Js::TypeDeclaration || kind == Js::AmbientDeclaration || kind == Js::EmptyStatement)
      continue;
    return true;
  }
  return false;
}

// Whether this is the first class, function, enum or namespace to set the variable; later ones add
// to it.
bool JavaScriptLowering::is_first_part(ExprId target) {
  const VariableId variable{code_.expr(target).ref};
  if (std::find(merged_.begin(), merged_.end(), variable) != merged_.end()) return false;
  merged_.push_back(variable);
  return true;
}

void JavaScriptLowering::namespace_declaration(JsId node) {
  const JsId body = tree_.child(node, JsField::Body);
  const JsId name = tree_.child(node, JsField::Name);
  if (!name.exists() || tree_.kind(name) == Js::String || !is_instantiated(body)) return;
  const ExprId object = namespace_object(name);
  Exports exports{.object = object, .rows = {}};
  Exports* around = std::exchange(exports_, &exports);
  const ScopeId outer = scope_;
  scope_ = names_.open(outer, names_.function(outer));
  hoist_variables(body, scope_);
  declare_block(body, scope_);
  hoist_functions(body);
  statements(body);
  flush_exports();
  scope_ = outer;
  exports_ = around;
}

// The object of a.b.c, each part made where it is new.
ExprId JavaScriptLowering::namespace_object(JsId name) {
  std::vector<JsId> inner;
  JsId root = name;
  for (; tree_.kind(root) == Js::NestedIdentifier || tree_.kind(root) == Js::Member;
       root = tree_.child(root, JsField::Object))
    inner.push_back(tree_.child(root, JsField::Property));
  ExprId object = written_name(root.exists() ? root : name);
  const Range where = tree_.range(name);
  if (is_first_part(object)) store(object, code_.record({}, where), where, AssignMode::Declare);
  std::size_t members = 0;
  for (auto at = inner.rbegin(); at != inner.rend(); ++at) {
    object = code_.member(cut(object, members), tree_.text(*at), where);
    store(object, code_.record({}, where), where, AssignMode::SetIfAbsent);
  }
  return object;
}

}  // namespace fnlint
