// Packages, imports, classes.
#include "core/text.h"
#include "frontends/source/java/java_lowering.h"

#include <cctype>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kInterface = "interface_declaration";

std::string_view name_after_class(std::string_view text) {
  const std::size_t at = text.find("class ");
  if (at == std::string_view::npos) return {};
  std::string_view rest = trim(text.substr(at + 6));
  std::size_t end = 0;
  while (end < rest.size() && (std::isalnum(static_cast<unsigned char>(rest[end])) != 0 ||
                               rest[end] == '_'))
    ++end;
  return rest.substr(0, end);
}

}  // namespace

void JavaLowering::declare_file(NodeId file) {
  for (const NodeId node : children(file)) {
    if (is(node, Java::Package)) out_.set_package(text(last(node)));
    if (is(node, Java::Import)) import_declaration(node);
  }
  for (const NodeId node : children(file)) {
    if (!is(node, Syn::Class) && !is_broken_class(node)) continue;
    const NodeId name_node = child(node, SynField::Name);
    const std::string_view name =
        is(node, Syn::Class) ? text(name_node) : name_after_class(text(node));
    if (name.empty()) continue;
    const VariableId variable = declare_module(name, kExported | kConstant);
    declare_class(node, name, variable);
  }
}

// The parts of a class whose end is not written yet stand in the error themselves.
bool JavaLowering::is_broken_class(NodeId node) const {
  if (!is(node, Syn::Error)) return false;
  for (const NodeId part : children(node))
    if (is(part, Syn::Method) || is(part, Syn::Field) || is(part, Syn::Constructor)) return true;
  return false;
}

// Classes are known before any of them is made; rows of classes_ are in the order of the text, with
// the inner ones behind the one around.
void JavaLowering::file_body(NodeId file) {
  std::set<NodeId> top;
  for (const NodeId node : children(file)) {
    if (is(node, Syn::Class) || is_broken_class(node))
      top.insert(node);
    else if (is(node, Syn::Error))
      salvage(node);
  }
  for (std::uint32_t row = 0; row < classes_.size(); ++row)
    if (top.contains(classes_[row].node)) define_class(row);
}

void JavaLowering::import_declaration(NodeId node) {
  const std::string_view written = text(node);
  const bool is_static = trim(written.substr(std::string_view("import").size())).starts_with("static");
  const bool is_star = child(node, Java::Asterisk) != kNoNode;
  NodeId path_node = kNoNode;
  for (const NodeId inner : children(node))
    if (is(inner, Syn::QualifiedType) || is(inner, Syn::Name)) path_node = inner;
  if (path_node == kNoNode) return;
  const std::string_view path = text(path_node);
  const std::size_t dot = path.rfind('.');
  const std::string_view head = dot == std::string_view::npos ? "" : path.substr(0, dot);
  const std::string_view tail = dot == std::string_view::npos ? path : path.substr(dot + 1);
  const Range where = range(node);
  if (!is_static) {
    has_star_import_ = has_star_import_ || is_star;
    if (is_star)
      add_import("", path, "", kStar, where);
    else
      add_import(tail, head, tail, 0, where);
    return;
  }
  // A static import names a member of a class: the class is what is imported.
  const std::string_view type_path = is_star ? path : head;
  const std::size_t at = type_path.rfind('.');
  if (at == std::string_view::npos) return;
  const VariableId type_variable =
      import_member(type_path.substr(0, at), type_path.substr(at + 1), where);
  static_imports_.emplace_back(is_star ? std::string() : std::string(tail), type_variable);
}

std::vector<NodeId> JavaLowering::base_types(NodeId node) const {
  std::vector<NodeId> types;
  if (is(node, Syn::New)) {
    if (const NodeId written = child(node, SynField::Type); written != kNoNode)
      types.push_back(written);
    return types;
  }
  for (const NodeId part : children(node)) {
    if (!is(part, Java::Superclass)) continue;
    for (const NodeId one : children(part)) {
      if (!is(one, Java::TypeList)) {
        types.push_back(one);
        continue;
      }
      for (const NodeId listed : children(one)) types.push_back(listed);
    }
  }
  return types;
}

void JavaLowering::add_fields(NodeId node, bool is_interface, std::vector<Member>& members) const {
  for (const NodeId declarator : children_of(node, Syn::Declarator)) {
    const NodeId name = ScopedLowering::child(declarator, SynField::Name);
    if (name == kNoNode) continue;
    members.push_back({.kind = MemberKind::Field,
                       .node = declarator,
                       .name = std::string(text(name)),
                       .name_node = name,
                       .type = ScopedLowering::child(node, SynField::Type),
                       .value = ScopedLowering::child(declarator, SynField::Value),
                       .is_static = is_interface || has_modifier(node, "static"),
                       .is_constant = is_interface || has_modifier(node, "final"),
                       .starts_empty = !is_interface && !has_modifier(node, "final") &&
                                       annotations_of(node).empty(),  // else something may fill it
                       .annotations = annotations_of(node)});
  }
}

void JavaLowering::function_body(NodeId function, NodeId body) {
  const NodeId written =
      is(function, Syn::Method) ? ScopedLowering::child(function, SynField::Type) : kNoNode;
  if (written != kNoNode) {
    const TypeId declared = type_of(written);
    out_.set(out_.current(), &Function::returns, declared);
  }
  const bool holds_lock = has_modifier(function, "synchronized");
  const OpId block = holds_lock ? out_.open_block(kLockLabel, range(function)) : OpId{};
  ScopedLowering::function_body(function, body);
  if (holds_lock) out_.close(block);
}

ExprId JavaLowering::empty_value(const Member& member) {
  const Range where = range(member.node);
  if (!is(member.type, Java::Primitive)) return out_.null(where);
  return text(member.type) == "boolean" ? out_.boolean(false, where) : out_.number("0", where);
}

void JavaLowering::add_members(NodeId body, bool is_interface, std::vector<Member>& members) const {
  for (const NodeId node : children(body)) {
    const NodeId name = ScopedLowering::child(node, SynField::Name);
    const auto add = [&](MemberKind kind, FunctionKind function_kind) {
      members.push_back({.kind = kind,
                         .node = node,
                         .name = name == kNoNode ? std::string() : std::string(text(name)),
                         .name_node = name,
                         .is_static = function_kind == FunctionKind::StaticMethod,
                         .is_constant = false,
                         .function_kind = function_kind,
                         .annotations = annotations_of(node)});
    };
    switch (kind(node)) {
      case Syn::Field: add_fields(node, is_interface, members); continue;
      case Syn::Method:
        if ((is_interface || has_modifier(node, "abstract")) &&
            ScopedLowering::child(node, SynField::Body) == kNoNode) {
          add(MemberKind::Declared, FunctionKind::Method);
          continue;
        }
        add(MemberKind::Method, has_modifier(node, "static") ? FunctionKind::StaticMethod
                                                             : FunctionKind::Method);
        continue;
      case Syn::Constructor: add(MemberKind::Constructor, FunctionKind::Constructor); continue;
      case Syn::Class: add(MemberKind::Class, FunctionKind::Plain); continue;
      case Syn::StaticBlock: {
        Member block;
        block.kind = MemberKind::StaticBlock;
        block.node = ScopedLowering::child(node, Syn::Block);  // behind the word itself
        if (block.node != kNoNode) members.push_back(block);
        continue;
      }
      case Syn::Block: {
        Member block;
        block.kind = MemberKind::InstanceBlock;
        block.node = node;
        members.push_back(block);
        continue;
      }
      default: break;
    }
    if (is(node, Java::CompactConstructor)) add(MemberKind::None, FunctionKind::Plain);
    if (is(node, Java::EnumMembers)) add_members(node, false, members);
    if (is(node, Java::EnumConstant) && name != kNoNode)
      members.push_back({.kind = MemberKind::Field,
                         .node = node,
                         .name = std::string(text(name)),
                         .name_node = name,
                         .value = node,
                         .is_static = true,
                         .is_constant = true});
  }
}

std::vector<ScopedLowering::Member> JavaLowering::class_members(NodeId node) {
  std::vector<Member> members;
  const NodeId list = ScopedLowering::child(node, SynField::Parameters);  // of a record
  if (list != kNoNode) {
    for (const NodeId component : parameter_nodes(list)) {
      const ParameterParts parts = parameter_parts(component);
      if (parts.name == kNoNode) continue;
      members.push_back({.kind = MemberKind::Field,
                         .node = component,
                         .name = std::string(text(parts.name)),
                         .name_node = parts.name,
                         .type = parts.type,
                         .is_static = false,
                         .is_constant = true});
    }
  }
  NodeId body = ScopedLowering::child(node, SynField::Body);
  if (body == kNoNode) body = ScopedLowering::child(node, Syn::ClassBody);  // anonymous
  if (is(node, Syn::Error)) body = node;
  const bool is_interface = nodes_.name(node) == kInterface;
  if (body != kNoNode) add_members(body, is_interface, members);
  return members;
}

// Members of interfaces and of annotations are public, whatever is written.
std::uint8_t JavaLowering::function_flags(NodeId node) const {
  if (!is(node, Syn::Method) || has_modifier(node, "public")) return 0;
  const NodeId body = nodes_[node].parent;
  return body != kNoNode && nodes_.name(body) == "interface_body" ? 0 : kHidden;
}

std::uint32_t JavaLowering::class_flags(NodeId node) const {
  if (!is(node, Syn::Class)) return 0;
  std::uint32_t flags = 0;
  if (nodes_.name(node) == kInterface || has_modifier(node, "abstract")) flags |= kAbstractClass;
  const NodeId around = nodes_[node].parent;
  const bool is_public = has_modifier(node, "public") ||
                         (around != kNoNode && nodes_.name(around) == "interface_body");
  if (!is_public) flags |= kHiddenClass;
  const NodeId components = ScopedLowering::child(node, SynField::Parameters);  // of a record
  if (components != kNoNode && !parameter_nodes(components).empty()) flags |= kNeedsArguments;
  return flags;
}

std::vector<NodeId> JavaLowering::parameter_nodes(NodeId list) const {
  if (is(list, Syn::Name)) return {list};  // x -> ...
  std::vector<NodeId> found;
  for (const NodeId node : children(list)) {
    const bool inferred = is(list, Java::InferredParameters) && is(node, Syn::Name);
    if (inferred || is(node, Syn::Parameter) || is(node, Syn::RestParameter)) found.push_back(node);
  }
  return found;
}

ScopedLowering::ParameterParts JavaLowering::parameter_parts(NodeId node) const {
  if (is(node, Syn::Name)) return {.name = node};
  if (!is(node, Syn::RestParameter)) return ScopedLowering::parameter_parts(node);
  const NodeId declarator = ScopedLowering::child(node, Syn::Declarator);
  return {.name = ScopedLowering::child(declarator, SynField::Name),
          .type = kNoNode,
          .fallback = kNoNode,
          .rest = RestKind::Positional};
}

void JavaLowering::catch_types(NodeId clause, std::vector<TypeId>& types) {
  const NodeId parameter = ScopedLowering::child(clause, Syn::CatchParameter);
  const NodeId written = child(parameter, Java::CatchType);
  if (written == kNoNode) return;
  for (const NodeId one : children(written))
    if (const TypeId caught = type(one); caught.exists()) types.push_back(caught);
}

}  // namespace fnlint
