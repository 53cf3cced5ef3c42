// Members of types, constructors.
#include "frontends/source/csharp/csharp_lowering.h"

#include "core/text.h"

namespace fnlint {

NodeId CSharpLowering::primary_parameters(NodeId type) const {
  return is(type, Syn::Class) ? child(type, Syn::Parameters) : kNoNode;
}

bool CSharpLowering::is_open_class(std::uint32_t row) const {
  if (row == kNone) return false;
  const NodeId node = classes_[row].node;
  return own_child(node, Cs::Bases) != kNoNode || has_modifier(node, "partial");
}

std::vector<NodeId> CSharpLowering::base_types(NodeId node) const {
  std::vector<NodeId> types;
  const NodeId list = own_child(node, Cs::Bases);
  if (list == kNoNode || is(node, Cs::Enum)) return types;
  for (const NodeId at : children(list)) {
    if (is(at, Cs::PrimaryBase)) {
      if (const NodeId named = child(at, SynField::Type); named != kNoNode) types.push_back(named);
    } else if (is(at, Syn::Name) || is(at, Syn::GenericType) || is(at, Syn::QualifiedType)) {
      types.push_back(at);
    }
  }
  return types;
}

std::vector<ScopedLowering::Member> CSharpLowering::class_members(NodeId node) {
  std::vector<Member> members;
  add_primary_parameters(node, members);
  if (const NodeId body = child(node, SynField::Body); body != kNoNode) add_members(body, members);
  if (primary_parameters(node) == kNoNode) return members;
  for (Member& member : members)  // its constructor runs the initialisers
    if (member.kind == MemberKind::Field && !member.is_static) member.value = kNoNode;
  return members;
}

void CSharpLowering::add_primary_parameters(NodeId node, std::vector<Member>& members) {
  const NodeId list = primary_parameters(node);
  if (list == kNoNode) return;
  for (const NodeId parameter : parameter_nodes(list)) {
    const ParameterParts parts = parameter_parts(parameter);
    if (parts.name == kNoNode) continue;
    members.push_back({.kind = MemberKind::Field,
                       .node = parameter,
                       .name = std::string(text(parts.name)),
                       .name_node = parts.name,
                       .type = parts.type});
  }
  const NodeId name = child(node, SynField::Name);
  members.push_back({.kind = MemberKind::Constructor,
                     .node = list,
                     .name = name == kNoNode ? std::string() : std::string(text(name)),
                     .name_node = name});
}

void CSharpLowering::add_members(NodeId body, std::vector<Member>& members) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return;
  for (const NodeId node : children(body)) {
    const NodeId name = child(node, SynField::Name);
    const std::string_view named = name == kNoNode ? std::string_view{} : text(name);
    if (is(node, Syn::Class) || is(node, Cs::Enum)) {
      members.push_back({.kind = MemberKind::Class,
                         .node = node,
                         .name = std::string(named),
                         .name_node = name,
                         .is_static = true});
      continue;
    }
    switch (own(node)) {
      case Cs::FieldDeclaration: add_fields(node, members); continue;
      case Cs::Property:
      case Cs::Indexer: add_property(node, members); continue;
      case Cs::Event: add_accessors(node, named, members); continue;
      case Cs::Destructor:
      case Cs::OperatorMethod: add_method(node, members); continue;
      case Cs::EnumMember:
        members.push_back({.kind = MemberKind::Field,
                           .node = node,
                           .name = std::string(named),
                           .name_node = name,
                           .is_static = true,
                           .is_constant = true});
        continue;
      case Cs::PreprocIf:
      case Cs::PreprocElse: add_members(node, members); continue;
      default: break;
    }
    if (is(node, Syn::Method) || is(node, Syn::Constructor)) add_method(node, members);
    if (is(node, Syn::Error)) add_members(node, members);
  }
}

void CSharpLowering::add_fields(NodeId node, std::vector<Member>& members) {
  const NodeId declaration = child(node, Syn::LocalDeclaration);
  const bool is_constant = has_modifier(node, "const");
  for (const NodeId declarator : children_of(declaration, Syn::Declarator)) {
    const NodeId name = child(declarator, SynField::Name);
    if (name == kNoNode) continue;
    members.push_back({.kind = MemberKind::Field,
                       .node = declarator,
                       .name = std::string(text(name)),
                       .name_node = name,
                       .type = child(declaration, SynField::Type),
                       .value = declarator_value(declarator),
                       .is_static = is_constant || has_modifier(node, "static"),
                       .is_constant = is_constant || has_modifier(node, "readonly"),
                       .is_required = has_modifier(node, "required"),
                       .annotations = annotations_of(node)});
  }
}

// An automatic property is a field; one with code gives what its getter gives.
void CSharpLowering::add_property(NodeId node, std::vector<Member>& members) {
  const NodeId name = child(node, SynField::Name), value = child(node, SynField::Value);
  const std::string named = name == kNoNode ? "this[]" : std::string(text(name));
  const bool is_static = has_modifier(node, "static");
  if (is(value, Cs::ArrowClause)) {
    members.push_back({.kind = MemberKind::Method,
                       .node = node,
                       .name = named,
                       .name_node = name,
                       .type = child(node, SynField::Type),
                       .is_static = is_static,
                       .function_kind = name == kNoNode ? FunctionKind::Method
                                                        : FunctionKind::Accessor,
                       .annotations = annotations_of(node)});
    return;
  }
  const std::size_t before = members.size();
  add_accessors(node, named, members);
  bool has_getter = false;
  for (std::size_t i = before; i < members.size(); ++i)
    has_getter |= members[i].function_kind == FunctionKind::Accessor;
  if (has_getter || name == kNoNode) return;
  members.push_back({.kind = MemberKind::Field,
                     .node = node,
                     .name = named,
                     .name_node = name,
                     .type = child(node, SynField::Type),
                     .value = value,
                     .is_static = is_static,
                     .is_constant = false,
                     .is_required = has_modifier(node, "required"),
                     .annotations = annotations_of(node)});
}

void CSharpLowering::add_accessors(NodeId node, std::string_view name,
                                   std::vector<Member>& members) {
  const NodeId list = own_child(node, Cs::Accessors);
  if (list == kNoNode) return;
  for (const NodeId accessor : children(list)) {
    if (!is(accessor, Cs::Accessor) || child(accessor, SynField::Body) == kNoNode) continue;
    const std::string_view how = text(child(accessor, SynField::Name));
    const bool gives = how == "get" && !is(node, Cs::Indexer);
    members.push_back(
        {.kind = MemberKind::Method,
         .node = accessor,
         .name = gives ? std::string(name) : cat('<', how == "init" ? "set" : how, ' ', name, '>'),
         .name_node = child(node, SynField::Name),
         .type = child(node, SynField::Type),
         .is_static = has_modifier(node, "static"),
         .function_kind = gives ? FunctionKind::Accessor : FunctionKind::Method,
         .annotations = gives ? annotations_of(node) : std::vector<NodeId>{}});
  }
}

// What has no body is written elsewhere: by what implements, overrides or completes it.
void CSharpLowering::add_method(NodeId node, std::vector<Member>& members) {
  const NodeId name = child(node, SynField::Name), body = child(node, SynField::Body);
  const bool is_static = has_modifier(node, "static") || is(node, Cs::OperatorMethod);
  if (is(node, Syn::Constructor) && is_static) {
    if (body != kNoNode)
      members.push_back({.kind = MemberKind::StaticBlock, .node = body, .name = {}});
    return;
  }
  if (body == kNoNode) return;
  std::string named = name == kNoNode ? std::string() : std::string(text(name));
  if (is(node, Cs::Destructor)) named = "Finalize";
  if (is(node, Cs::OperatorMethod)) {
    const NodeId symbol = child(node, SynField::Operator);
    named = cat("operator ", symbol == kNoNode ? "conversion" : text(symbol));
  }
  members.push_back(
      {.kind = is(node, Syn::Constructor) ? MemberKind::Constructor : MemberKind::Method,
       .node = node,
       .name = std::move(named),
       .name_node = name,
       .type = child(node, SynField::Type),
       .is_static = is_static,
       .function_kind = is_static ? FunctionKind::StaticMethod : FunctionKind::Method,
       .annotations = annotations_of(node)});
}

bool CSharpLowering::has_class_prologue(std::uint32_t row, FunctionKind part) const {
  return part == FunctionKind::ClassInit && is(classes_[row].node, Cs::Enum);
}

// A member of an enum is its name: names differ where numbers may not be written.
void CSharpLowering::class_prologue(std::uint32_t row, FunctionKind part) {
  if (!has_class_prologue(row, part)) return;
  const ExprId self = receiver(range(classes_[row].node));
  for (const Member& member : classes_[row].members) {
    const Range where = range(member.node);
    out_.assign(out_.member(self, member.name, where), out_.text(member.name, where), where);
  }
}

// Parameters become fields; then the fields' initialisers and the base's constructor run.
void CSharpLowering::primary_constructor(NodeId list) {
  add_parameters(out_.current(), list);
  const Range where = range(list);
  const ExprId self = receiver(where);
  const NodeId node = parent(list);
  for (const NodeId parameter : parameter_nodes(list)) {
    const ParameterParts parts = parameter_parts(parameter);
    if (parts.name == kNoNode) continue;
    const Range at = range(parts.name);
    out_.assign(out_.member(self, text(parts.name), at), name_value(text(parts.name), parts.name),
                at);
  }
  std::vector<Member> fields;
  if (const NodeId body = child(node, SynField::Body); body != kNoNode) add_members(body, fields);
  for (const Member& field : fields) {
    if (field.kind != MemberKind::Field || field.is_static || field.value == kNoNode) continue;
    const ExprId value = expression(field.value);
    out_.assign(out_.member(self, field.name, range(field.node)), value, range(field.node));
  }
  const NodeId bases = own_child(node, Cs::Bases);
  if (bases == kNoNode) return;
  NodeId given = child(bases, Syn::Arguments);
  if (const NodeId base = own_child(bases, Cs::PrimaryBase); base != kNoNode && given == kNoNode)
    given = child(base, Syn::Arguments);
  if (given != kNoNode)
    call_of(out_.member(self, "<super>", range(given)), arguments(given), range(given));
}

// : base(x) or : this(x)
void CSharpLowering::constructor_initializer(NodeId constructor) {
  const NodeId node = own_child(constructor, Cs::ConstructorInitializer);
  if (node == kNoNode) return;
  const Range where = range(node);
  const bool of_base = child(node, Syn::Super) != kNoNode;
  call_of(out_.member(receiver(where), of_base ? "<super>" : "<this>", where),
          arguments(child(node, Syn::Arguments)), where);
}

}  // namespace fnlint
