// Classes: members, bases, fields.
#include "core/text.h"
#include "frontends/source/cpp/cpp_lowering.h"

namespace fnlint {

std::size_t CppLowering::prototype_parameters(const Member& member) const {
  for (const Declarator& what : declarators(member.node)) {
    if (what.name != member.name_node) continue;
    const NodeId list = child(what.function, SynField::Parameters);
    return list == kNoNode ? 0 : parameter_nodes(list).size();
  }
  return 0;
}

void CppLowering::add_class_member(NodeId node, std::string_view class_name,
                                   std::vector<Member>& members, std::size_t depth) const {
  if (depth > kNestingDepth) return;
  if (is(node, Cpp::Template) || is(node, Cpp::Conditional) || is(node, Cpp::ConditionalElse) ||
      is(node, Cpp::OtherwiseConditional)) {
    for (const NodeId inner : live_children(node))
      add_class_member(inner, class_name, members, depth + 1);
    return;
  }
  if (is(node, Syn::Function)) {
    const Declarator what = declarator(child(node, CppField::Declarator));
    const Path path = path_of(what.name);
    if (path.empty() || child(node, Cpp::DefaultedBody) != kNoNode) return;
    const bool constructor = path.back() == class_name;
    Member member;
    member.kind = constructor ? MemberKind::Constructor : MemberKind::Method;
    member.node = node;
    member.name = path.back();
    member.name_node = what.name;
    member.is_static = has_word(node, Cpp::Storage, "static");
    member.function_kind = member.is_static ? FunctionKind::StaticMethod : FunctionKind::Method;
    members.push_back(std::move(member));
    return;
  }
  const bool declares = is(node, Cpp::FieldDeclaration) || is(node, Cpp::Declaration);
  if (!declares) return;
  const NodeId type_node = child(node, SynField::Type);
  if (is(type_node, Syn::Class) && child(type_node, SynField::Body) != kNoNode) {
    const Path path = path_of(child(type_node, SynField::Name));
    if (!path.empty()) {
      Member inner;
      inner.kind = MemberKind::Class;
      inner.node = type_node;
      inner.name = path.back();
      members.push_back(std::move(inner));
    }
  }
  const bool is_static = has_word(node, Cpp::Storage, "static");
  const bool constant = has_word(node, Cpp::Qualifier, "const") ||
                        has_word(node, Cpp::Qualifier, "constexpr") ||
                        has_word(node, Cpp::Storage, "constexpr");
  for (const Declarator& what : declarators(node)) {
    const Path path = path_of(what.name);
    if (path.empty()) continue;
    Member member;
    member.node = node;
    member.name = path.back();
    member.name_node = what.name;
    member.is_static = is_static;
    if (what.function != kNoNode) {  // its body stands elsewhere
      member.kind = MemberKind::None;
      member.function_kind = is_static ? FunctionKind::StaticMethod : FunctionKind::Method;
      members.push_back(std::move(member));
      continue;
    }
    member.kind = MemberKind::Field;
    member.type = type_node;
    member.value = what.value;
    member.is_constant = what.pointer ? what.constant_pointer : constant;
    members.push_back(std::move(member));
  }
}

std::vector<ScopedLowering::Member> CppLowering::class_members(NodeId node) {
  std::vector<Member> members;
  if (const auto partial = partial_.find(node); partial != partial_.end()) {
    const Path& owner = outside_[partial->second.front()].owner;
    for (const std::uint32_t i : partial->second) {
      const OutsideMember& one = outside_[i];
      const Path path = path_of(one.what.name);
      if (path.empty()) continue;
      Member member;
      member.node = one.node;
      member.name = path.back();
      member.name_node = one.what.name;
      if (is(one.node, Syn::Function)) {
        const bool constructor = !owner.empty() && path.back() == owner.back();
        member.kind = constructor ? MemberKind::Constructor : MemberKind::Method;
      } else {
        member.kind = MemberKind::Field;
        member.is_static = true;
        member.type = one.type;
        member.value = one.what.value == kNoNode ? one.what.name : one.what.value;
      }
      members.push_back(std::move(member));
    }
    return members;
  }
  const NodeId body = child(node, SynField::Body);
  if (body == kNoNode) return members;
  const Path path = path_of(child(node, SynField::Name));
  for (const NodeId part : children(body))
    add_class_member(part, path.empty() ? std::string_view{} : std::string_view(path.back()),
                     members);
  const auto fields = path.empty() ? initialised_.end() : initialised_.find(path.back());
  for (Member& member : members) {
    if (member.kind != MemberKind::Field || member.value != kNoNode) continue;
    if (fields != initialised_.end() && fields->second.contains(member.name) && !member.is_static)
      continue;
    const Declarator what = field_declarator(member);
    const Shape shape = shape_of(member.type).shape;
    const bool is_made = shape == Shape::Object || shape == Shape::Text || shape == Shape::List ||
                         shape == Shape::Map || shape == Shape::Stream;
    if (is_made && !what.pointer && !what.reference && (!member.is_static || is_inline(member)))
      member.value = member.name_node;
  }
  return members;
}

// What a class's constructors initialise is not made before.
void CppLowering::note_initialised_fields() {
  for (NodeId at = 0; at < nodes_.size(); ++at) {
    if (!is(at, Cpp::InitializerList)) continue;
    NodeId function = nodes_[at].parent;
    if (!is(function, Syn::Function)) function = nodes_[function].parent;
    const Path name = path_of(declarator(child(function, CppField::Declarator)).name);
    if (name.empty()) continue;
    for (const NodeId one : children(at))
      if (const Path field = path_of(first(one)); !field.empty())
        initialised_[name.back()].insert(field.back());
  }
}

bool CppLowering::is_inline(const Member& member) const {
  return has_word(member.node, Cpp::Storage, "inline");
}

CppLowering::Declarator CppLowering::field_declarator(const Member& member) const {
  for (const Declarator& what : declarators(member.node))
    if (what.name == member.name_node) return what;
  return {};
}

ExprId CppLowering::field_value(const Member& member) {
  Declarator what = field_declarator(member);
  const Range where = range(member.name_node);
  if (member.value == member.name_node) what.value = kNoNode;
  const ExprId value = initial_value(member.type, what, where);
  return value.exists() ? value : out_.null(where);
}

std::vector<NodeId> CppLowering::base_types(NodeId node) const {
  if (partial_.contains(node)) return {partial_name(node)};  // what it has there is inherited
  std::vector<NodeId> types;
  const NodeId clause = child(node, Cpp::BaseClause);
  if (clause == kNoNode) return types;
  for (const NodeId one : children(clause))
    if (is(one, Syn::TypeName) || is(one, Cpp::Qualified) || is(one, Cpp::TemplateType))
      types.push_back(one);
  return types;
}

// The qualified name of the first member that makes such a class known.
NodeId CppLowering::partial_name(NodeId node) const {
  const auto row = partial_.find(node);
  return row == partial_.end() ? kNoNode : outside_[row->second.front()].what.name;
}

}  // namespace fnlint
