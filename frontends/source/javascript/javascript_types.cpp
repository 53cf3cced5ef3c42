// TypeScript's annotations as types of the code form, as far as imports and classes show them.

#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/javascript/javascript_lowering.h"

#include <algorithm>

namespace fnlint {

// The path of a named type or class as far as the file's imports show: "module.Name".
std::string JavaScriptLowering::type_path(JsId node) {
  std::vector<std::string_view> names;  // last first
  for (std::size_t i = 0; node.exists() && i < kNestingDepth; ++i) {
    const Js kind = tree_.kind(node);
    if (kind == Js::NestedTypeIdentifier) {
      names.push_back(tree_.text(tree_.child(node, JsField::Name)));
      node = tree_.child(node, JsField::Module);
    } else if (kind == Js::NestedIdentifier || kind == Js::Member) {
      names.push_back(tree_.text(tree_.child(node, JsField::Property)));
      node = unwrapped(tree_.child(node, JsField::Object));
    } else {
      break;
    }
  }
  const Js kind = tree_.kind(node);
  if (kind != Js::TypeIdentifier && kind != Js::Identifier && kind != Js::PredefinedType) return {};
  std::string path(tree_.text(node));
  if (const ImportedName* import = imported_name(names_.find(scope_, path))) {
    const bool is_whole = import->name == "*" || (import->name == "default" && !names.empty());
    path = is_whole ? import->module : cat(import->module, ".", import->name);
  }
  for (auto at = names.rbegin(); at != names.rend(); ++at) path += cat(".", *at);
  return path;
}

const JavaScriptLowering::ImportedName* JavaScriptLowering::imported_name(
    VariableId variable) const {
  if (!variable.exists()) return nullptr;
  const auto at = imported_.find(variable.index);
  return at == imported_.end() ? nullptr : &at->second;
}

// No id for what has no name: object and function types, conditional types.
TypeId JavaScriptLowering::type_of(JsId node) {
  while (tree_.kind(node) == Js::TypeAnnotation || tree_.kind(node) == Js::ParenthesizedType ||
         tree_.kind(node) == Js::ReadonlyType)
    node = tree_.first_child(node);
  const Level level(depth_);
  if (!node.exists() || depth_ > kNestingDepth) return {};
  switch (tree_.kind(node)) {
    case Js::TypeIdentifier:
    case Js::NestedTypeIdentifier:
    case Js::PredefinedType: return code_.add_type(type_path(node));
    case Js::GenericType:
      return type_with_arguments(type_path(tree_.child(node, JsField::Name)),
                                 tree_.child(node, JsField::TypeArguments));
    case Js::ArrayType: return type_with_arguments("Array", node);
    case Js::UnionType: return joined_type(node, "|");
    case Js::IntersectionType: return joined_type(node, "&");
    default: return {};
  }
}

TypeId JavaScriptLowering::type_with_arguments(const std::string& path, JsId list) {
  if (path.empty()) return {};
  std::vector<TypeId> arguments;
  for (const JsId node : tree_.children(list)) {
    TypeId argument = type_of(node);
    if (!argument.exists()) argument = code_.add_type("unknown");
    arguments.push_back(argument);
  }
  return code_.add_type(path, arguments);
}

// `A | undefined` is A; of several, all.
TypeId JavaScriptLowering::joined_type(JsId node, std::string_view path) {
  std::vector<TypeId> members;
  std::vector<JsId> waiting{node};
  while (!waiting.empty() && members.size() < kCollectionItems) {
    const JsId at = waiting.back();
    waiting.pop_back();
    if (tree_.kind(at) == tree_.kind(node)) {
      const std::size_t first = waiting.size();
      for (const JsId child : tree_.children(at)) waiting.push_back(child);
      std::reverse(waiting.begin() + static_cast<std::ptrdiff_t>(first), waiting.end());
    } else if (tree_.kind(at) != Js::LiteralType) {
      if (const TypeId member = type_of(at); member.exists()) members.push_back(member);
    }
  }
  if (members.size() < 2) return members.empty() ? TypeId{} : members.front();
  return code_.add_type(path, members);
}

void JavaScriptLowering::set_type(VariableId variable, JsId annotation) {
  if (!annotation.exists() || !variable.exists()) return;
  const TypeId type = type_of(annotation);
  code_.set(variable, &Variable::type, type);
}

// What containers give a constructor is told by the classes that its parameters name.
void JavaScriptLowering::set_class_type(VariableId variable, JsId annotation) {
  const JsId type = annotation.exists() ? tree_.first_child(annotation) : JsId{};
  const bool is_name = type.exists() && tree_.kind(type) == Js::TypeIdentifier;
  const VariableId named = is_name ? names_.find(scope_, tree_.text(type)) : VariableId{};
  if (!named.exists() || !variable.exists()) return set_type(variable, annotation);
  code_.set(variable, &Variable::type, code_.add_type(type_path(type), {}, named));
}

// Names in the types below count as used by values.
void JavaScriptLowering::use_types(JsId subtree) {
  if (!subtree.exists()) return;
  for (std::uint32_t at = subtree.index; at < tree_.next(subtree); ++at) {
    const JsId node{at};
    if (!tree_.has(node, kJsType)) continue;
    const Js kind = tree_.kind(node);
    if (kind != Js::TypeIdentifier && kind != Js::Identifier) continue;
    if (const VariableId variable = names_.find(scope_, tree_.text(node)); variable.exists())
      names_.mark_used(variable);
  }
}

// Imports that a type names. (A type parameter of the same name counts too: it is rare.)
void JavaScriptLowering::mark_type_names() {
  for (std::uint32_t at = 0; at < tree_.size(); ++at) {
    const JsId node{at};
    const Js kind = tree_.kind(node);
    if ((kind != Js::TypeIdentifier && kind != Js::Identifier) || !tree_.has(node, kJsType))
      continue;
    const VariableId variable = names_.find(scope_, tree_.text(node));
    if (imported_name(variable) != nullptr) code_.mark(variable, kNamedInTypes);
  }
}

}  // namespace fnlint
