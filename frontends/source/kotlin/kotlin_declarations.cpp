// Packages, imports, classes, objects, properties.
#include "frontends/source/kotlin/kotlin_lowering.h"

#include "core/text.h"

#include <set>

namespace fnlint {

std::string_view KotlinLowering::name_of(NodeId name) const {
  std::string_view written = text(name);
  if (written.size() > 2 && written.front() == '`' && written.back() == '`')
    written = written.substr(1, written.size() - 2);
  return written;
}

void KotlinLowering::declare_file(NodeId file) {
  for (const NodeId node : children(file)) {
    if (is(node, Kotlin::Package)) out_.set_package(text(last(node)));
    if (is(node, Kotlin::Import)) import_declaration(node);
  }
  for (const NodeId node : children(file)) {
    const NodeId name = child(node, SynField::Name);
    if ((is(node, Syn::Class) || is(node, Kotlin::Object)) && name != kNoNode) {
      const VariableId variable = declare_module(name_of(name), kExported | kConstant);
      declare_class(node, name_of(name), variable);
    } else if (is(node, Syn::Function) && name != kNoNode) {
      declare_module(name_of(name), kExported | kConstant);
    } else if (is(node, Kotlin::Property)) {
      const NodeId variable = child(node, Kotlin::Variable);
      const NodeId variable_name = child(variable, SynField::Name);
      if (variable_name == kNoNode) continue;
      const bool is_constant = text(node).find("const ") != std::string_view::npos;
      declare_module(name_of(variable_name),
                     static_cast<std::uint16_t>(kExported | (is_constant ? kConstant : 0)));
    }
  }
}

void KotlinLowering::import_declaration(NodeId node) {
  const NodeId path_node = child(node, Kotlin::QualifiedIdentifier);
  if (path_node == kNoNode) return;
  const std::string path = replace_all(replace_all(text(path_node), "`", ""), " ", "");
  const NodeId alias = child(node, Syn::Name);
  const Range where = range(node);
  if (trim(text(node)).ends_with("*")) {
    add_import("", path, "", kStar, where);
    return;
  }
  const std::size_t dot = path.rfind('.');
  const std::string head = dot == std::string::npos ? "" : path.substr(0, dot);
  const std::string tail = dot == std::string::npos ? path : path.substr(dot + 1);
  add_import(alias == kNoNode ? std::string_view(tail) : name_of(alias), head, tail, 0, where);
}

// Functions, then classes, then properties in their order: each may use the ones before.
void KotlinLowering::file_body(NodeId file) {
  for (const NodeId node : children(file)) {
    const NodeId name = child(node, SynField::Name);
    if (!is(node, Syn::Function) || name == kNoNode) continue;
    const FunctionId id = define_function(node, name_of(name), FunctionKind::Plain, name);
    const Slice<Annotation> notes = annotations(annotations_of(node));
    out_.set(id, &Function::annotations, notes);
    const Binding bound = find(name_of(name));
    if (bound.variable.exists())
      out_.assign(out_.variable(bound.variable, range(name)), out_.function(id, range(node)),
                  range(node), AssignMode::Declare);
  }
  std::set<NodeId> top;
  for (const NodeId node : children(file)) top.insert(node);
  const auto count = static_cast<std::uint32_t>(classes_.size());
  for (std::uint32_t row = 0; row < count; ++row)
    if (top.contains(classes_[row].node)) define_class(row);
  for (const NodeId node : children(file)) {
    if (is(node, Kotlin::Property)) property(node);
    if (is(node, Syn::Error)) salvage(node);
  }
}

// Those of a function's parameter stand before it.
std::vector<NodeId> KotlinLowering::annotations_of(NodeId node) const {
  if (!is(node, Syn::Parameter)) return ScopedLowering::annotations_of(node);
  NodeId before = kNoNode;
  for (const NodeId part : children(nodes_[node].parent)) {
    if (part == node) break;
    before = part;
  }
  return is(before, Syn::Modifiers) ? children_of(before, Syn::Annotation) : std::vector<NodeId>{};
}

// A type, or what looks like a call of its constructor.
NodeId KotlinLowering::annotation_name(NodeId note) const {
  const NodeId made = child(note, Kotlin::ConstructorInvocation);
  return child(made == kNoNode ? note : made, Syn::GenericType);
}

NodeId KotlinLowering::annotation_arguments(NodeId note) const {
  return child(child(note, Kotlin::ConstructorInvocation), Syn::Arguments);
}

std::vector<NodeId> KotlinLowering::base_types(NodeId node) const {
  std::vector<NodeId> types;
  const NodeId list = child(node, Kotlin::Delegations);
  if (list == kNoNode) return types;
  for (const NodeId one : children(list)) {
    NodeId written = first(one);
    if (is(written, Kotlin::ConstructorInvocation) || is(written, Kotlin::ExplicitDelegation))
      written = first(written);
    if (is(written, Syn::GenericType)) types.push_back(written);
  }
  return types;
}

void KotlinLowering::add_property(NodeId node, bool is_static, std::vector<Member>& members) const {
  const NodeId variable = child(node, Kotlin::Variable);
  const NodeId name = child(variable, SynField::Name);
  if (name == kNoNode) return;
  const NodeId getter = child(node, Kotlin::Getter);
  if (child(getter, SynField::Body) != kNoNode) {
    members.push_back({.kind = MemberKind::Method,
                       .node = getter,
                       .name = std::string(name_of(name)),
                       .name_node = name,
                       .is_static = is_static,
                       .function_kind = FunctionKind::Accessor});
    return;
  }
  NodeId value = kNoNode;
  for (const NodeId part : children(node)) {
    if (is(part, Kotlin::PropertyDelegate)) value = part;
    const bool other = is(part, Syn::Modifiers) || is(part, Syn::Modifier) ||
                       is(part, Kotlin::Variable) || is(part, Kotlin::TypeParameters) ||
                       is(part, Kotlin::Getter) || is(part, Kotlin::Setter) ||
                       is(part, Syn::GenericType) || is(part, Syn::WrappedType);
    if (!other) value = part;
  }
  members.push_back({.kind = MemberKind::Field,
                     .node = node,
                     .name = std::string(name_of(name)),
                     .name_node = name,
                     .type = child(variable, SynField::Type),
                     .value = value,
                     .is_static = is_static,
                     .is_constant = has_modifier(node, "val"),
                     .annotations = annotations_of(node)});
}

void KotlinLowering::add_members(NodeId body, bool is_static, std::vector<Member>& members) const {
  for (const NodeId node : children(body)) {
    const NodeId name = child(node, SynField::Name);
    const std::string written = name == kNoNode ? std::string() : std::string(name_of(name));
    if (is(node, Kotlin::Property)) {
      add_property(node, is_static, members);
    } else if (is(node, Syn::Function)) {
      const bool is_written = child(node, SynField::Body) != kNoNode;
      members.push_back(
          {.kind = is_written ? MemberKind::Method : MemberKind::Declared,
           .node = node,
           .name = written,
           .name_node = name,
           .is_static = is_static,
           .function_kind = is_static ? FunctionKind::ClassMethod : FunctionKind::Method,
           .annotations = annotations_of(node)});
    } else if (is(node, Syn::Constructor)) {
      members.push_back({.kind = MemberKind::Constructor,
                         .node = node,
                         .function_kind = FunctionKind::Constructor});
    } else if (is(node, Kotlin::Companion)) {  // its members are the class's own
      if (const NodeId inner = child(node, Syn::ClassBody); inner != kNoNode)
        add_members(inner, true, members);
    } else if (is(node, Syn::Class) || is(node, Kotlin::Object)) {
      if (name != kNoNode)
        members.push_back({.kind = MemberKind::Class, .node = node, .name = written,
                           .name_node = name});
    } else if (is(node, Kotlin::InitBlock)) {
      members.push_back({.kind = is_static ? MemberKind::StaticBlock : MemberKind::InstanceBlock,
                         .node = first(node) == kNoNode ? node : first(node)});
    } else if (is(node, Kotlin::EnumEntry)) {
      const NodeId entry = child(node, Syn::Name);
      if (entry != kNoNode)
        members.push_back({.kind = MemberKind::Field,
                           .node = node,
                           .name = std::string(name_of(entry)),
                           .name_node = entry,
                           .value = node,
                           .is_static = true,
                           .is_constant = true});
    }
  }
}

// The members of an object are those of its only instance: here, of the class.
std::vector<ScopedLowering::Member> KotlinLowering::class_members(NodeId node) {
  std::vector<Member> members;
  const NodeId constructor = child(node, Kotlin::PrimaryConstructor);
  const NodeId list = child(constructor, Kotlin::ClassParameters);
  if (list != kNoNode) {
    for (const NodeId parameter : children(list)) {
      const NodeId name = child(parameter, SynField::Name);
      if (!is(parameter, Kotlin::ClassParameter) || name == kNoNode) continue;
      members.push_back({.kind = MemberKind::Field,
                         .node = parameter,
                         .name = std::string(name_of(name)),
                         .name_node = name,
                         .type = child(parameter, SynField::Type),
                         .value = child(parameter, SynField::Value),
                         .is_static = false,
                         .is_constant = !has_modifier(parameter, "var"),
                         .is_required = is_needed(parameter),
                         .annotations = annotations_of(parameter)});
    }
  }
  const NodeId body = child(node, Syn::ClassBody);
  if (body != kNoNode) add_members(body, is(node, Kotlin::Object), members);
  return members;
}

// What is internal has another name outside of its module, but for functions of no class.
std::uint8_t KotlinLowering::function_flags(NodeId node) const {
  if (!is(node, Syn::Function)) return 0;
  const bool in_class = is(nodes_[node].parent, Syn::ClassBody);
  const bool is_hidden = has_modifier(node, "private") || has_modifier(node, "protected") ||
                         (in_class && has_modifier(node, "internal"));
  return is_hidden ? kHidden : 0;
}

std::uint32_t KotlinLowering::class_flags(NodeId node) const {
  if (!is(node, Syn::Class)) return 0;
  std::uint32_t flags = 0;
  const NodeId name = child(node, SynField::Name);
  const std::string_view head =
      name == kNoNode ? std::string_view{}
                      : text(node).substr(0, range(name).begin - range(node).begin);
  if (has_modifier(node, "abstract") || has_modifier(node, "sealed") ||
      trim(head).ends_with("interface"))
    flags |= kAbstractClass;
  if (has_modifier(node, "private") || has_modifier(node, "protected")) flags |= kHiddenClass;
  const NodeId constructor = child(node, Kotlin::PrimaryConstructor);
  if (const NodeId list = child(constructor, Kotlin::ClassParameters); list != kNoNode)
    for (const NodeId parameter : children(list))
      if (is(parameter, Kotlin::ClassParameter) && child(parameter, SynField::Value) == kNoNode)
        flags |= kNeedsArguments;
  return flags;
}

ExprId KotlinLowering::field_value(const Member& member) {
  if (is(member.value, Kotlin::EnumEntry))
    return call_of(out_.variable(classes_[class_].variable, range(member.node)),
                   arguments(child(member.value, Syn::Arguments)), range(member.node),
                   CallMode::Construct);
  if (is(member.value, Kotlin::PropertyDelegate))
    return expression_or_unknown(first(member.value), member.value);
  return of_declared(expression(member.value), member.type, range(member.value));
}

void KotlinLowering::local_class(NodeId node) {
  const NodeId name = child(node, SynField::Name);
  const std::string_view written = name == kNoNode ? std::string_view{} : name_of(name);
  const VariableId variable = declare_local(written, kConstant);
  define_class(declare_class(node, written, variable));
}

std::vector<NodeId> KotlinLowering::parameter_nodes(NodeId list) const {
  std::vector<NodeId> found;
  for (const NodeId node : children(list))
    if (is(node, Syn::Parameter) || is(node, Kotlin::Variable) || is(node, Kotlin::ClassParameter) ||
        is(node, Kotlin::Variables))
      found.push_back(node);
  return found;
}

ScopedLowering::ParameterParts KotlinLowering::parameter_parts(NodeId node) const {
  ParameterParts parts{.name = child(node, SynField::Name), .type = child(node, SynField::Type)};
  if (is(node, Kotlin::Variables)) parts.name = first(node);  // taken apart in the body
  const NodeId next = nodes_.next_sibling(node);
  const bool has_default = is(node, Syn::Parameter) && next != kNoNode &&
                           !is(next, Syn::Parameter) && !is(next, Syn::Modifiers) &&
                           !is(next, Syn::None);
  if (has_default) parts.fallback = next;
  return parts;
}

void KotlinLowering::catch_types(NodeId clause, std::vector<TypeId>& types) {
  if (const NodeId written = child(clause, SynField::Type); written != kNoNode)
    types.push_back(type(written));
}

// Whoever makes an object has to give it: it has no default, and is never null.
bool KotlinLowering::is_needed(NodeId parameter) const {
  const NodeId type = child(parameter, SynField::Type);
  return child(parameter, SynField::Value) == kNoNode && type != kNoNode &&
         !text(type).ends_with('?');
}

TypeId KotlinLowering::type_of(NodeId node) {
  if (is(node, Kotlin::TypeProjection)) return type(last(node));
  if (!is(node, Syn::GenericType)) return ScopedLowering::type_of(node);
  std::string dotted;
  std::vector<TypeId> given;
  for (const NodeId part : children(node)) {
    if (is(part, Syn::Name)) dotted += cat(dotted.empty() ? "" : ".", name_of(part));
    if (!is(part, Syn::TypeArguments)) continue;
    for (const NodeId one : children(part))
      if (const TypeId argument = type(one); argument.exists()) given.push_back(argument);
  }
  return dotted.empty() ? TypeId{} : named_type(dotted, given, range(node));
}

}  // namespace fnlint
