// Classes: members, initialisers, annotations.
#include "frontends/source/common/scoped_lowering.h"

#include "core/text.h"

#include <map>
#include <set>

namespace fnlint {

std::uint32_t ScopedLowering::declare_class(NodeId node, std::string_view name,
                                            VariableId variable) {
  const auto row = static_cast<std::uint32_t>(classes_.size());
  classes_.emplace_back();
  const ScopeId around = scope_;
  scope_ = open_scope();
  scopes_[scope_].seen = SIZE_MAX;  // members see the classes that stand below
  classes_[row] = {.id = out_.add_class(name),
                   .node = node,
                   .name = std::string(name),
                   .variable = variable,
                   .scope = scope_,
                   .members = {}};
  std::vector<Member> members = class_members(node);
  const bool is_local = out_.current().index != 0;
  for (Member& member : members) {
    if (member.kind == MemberKind::Class && depth_ < kNestingDepth) {
      const Deeper deeper(depth_);
      const VariableId inner =
          is_local ? declare_local(member.name, kConstant)
                   : out_.add_variable(member.name, FunctionId{0}, VariableKind::Module, kConstant);
      if (!is_local) bind(member.name, {.variable = inner});
      member.inner = declare_class(member.node, member.name, inner);
    } else if (has_bare_members() &&
               (member.kind == MemberKind::Field || member.kind == MemberKind::Method)) {
      bind(member.name, {.variable = {}, .in_class = row, .is_static = member.is_static});
    }
  }
  classes_[row].members = std::move(members);
  scope_ = around;
  return row;
}

void ScopedLowering::define_class(std::uint32_t row) {
  for (std::size_t i = 0; i < classes_[row].members.size(); ++i)
    if (const std::uint32_t inner = classes_[row].members[i].inner; inner != kNone)
      define_class(inner);
  const NodeId node = classes_[row].node;
  const Range where = range(node);
  class_functions(row);
  const OpId op = out_.define(classes_[row].id, where);
  if (classes_[row].variable.exists())
    out_.assign(out_.variable(classes_[row].variable, where), out_.result(op, where), where,
                AssignMode::Declare);
}

// Inside its own ClassInit the class has no other name yet.
ExprId ScopedLowering::class_value(std::uint32_t row, Range where) {
  if (row == kNone) return out_.unknown("no class here", where);
  const ClassScope& type = classes_[row];
  const Function current = out_.function(out_.current());
  const bool in_own_init = current.kind == FunctionKind::ClassInit && current.owner == type.id;
  if (in_own_init && current.receiver.exists()) return out_.variable(current.receiver, where);
  return type.variable.exists() ? out_.variable(type.variable, where)
                                : out_.unknown("a class without a name", where);
}

Field ScopedLowering::field_of(const Member& member) {
  const TypeId declared = member.type == kNoNode ? TypeId{} : type(member.type);
  return {.name = out_.string(member.name),
          .type = declared,
          .is_static = static_cast<std::uint8_t>(member.is_static ? 1 : 0),
          .is_constant = static_cast<std::uint8_t>(member.is_constant ? 1 : 0),
          .is_pointer = static_cast<std::uint8_t>(member.is_pointer ? 1 : 0),
          .is_required = static_cast<std::uint8_t>(member.is_required ? 1 : 0),
          .annotations = annotations(member.annotations)};
}

std::pair<std::vector<ExprId>, std::vector<TypeId>> ScopedLowering::bases_of(NodeId node) {
  const auto has_arguments = [&](NodeId base) {
    if (child(base, Syn::TypeArguments) != kNoNode) return true;
    for (const NodeId part : children(base))
      if (child(part, Syn::TypeArguments) != kNoNode) return true;
    return false;
  };
  std::vector<ExprId> bases;
  std::vector<TypeId> generic;
  for (const NodeId base : base_types(node)) {
    bases.push_back(expression(base));
    if (!has_arguments(base)) continue;
    if (const TypeId as = type(base); out_.is_generic(as)) generic.push_back(as);
  }
  return {bases, generic};
}

// Methods, ClassInit and InstanceInit, where the class has something for them to do.
void ScopedLowering::class_functions(std::uint32_t row) {
  const ScopeId around = scope_;
  const std::uint32_t outer = std::exchange(class_, row);
  scope_ = classes_[row].scope;
  std::vector<Field> fields;
  std::vector<FunctionId> methods, declared_methods;
  bool for_class = has_class_prologue(row, FunctionKind::ClassInit);
  bool for_instance = has_class_prologue(row, FunctionKind::InstanceInit);
  for (std::size_t i = 0; i < classes_[row].members.size(); ++i) {
    Member& member = classes_[row].members[i];
    const bool has_value = member.value != kNoNode || member.starts_empty;
    switch (member.kind) {
      case MemberKind::Field: {
        fields.push_back(field_of(member));
        for_class |= member.is_static && has_value;
        for_instance |= !member.is_static && has_value;
        break;
      }
      case MemberKind::Method:
      case MemberKind::Declared:
      case MemberKind::Constructor: {
        const FunctionId id =
            define_function(member.node, member.name,
                            member.kind == MemberKind::Constructor ? FunctionKind::Constructor
                                                                   : member.function_kind,
                            member.name_node);
        classes_[row].members[i].function = id;
        const Slice<Annotation> notes = annotations(member.annotations);
        out_.set(id, &Function::annotations, notes);
        (member.kind == MemberKind::Declared ? declared_methods : methods).push_back(id);
        for_class |= member.kind == MemberKind::Method;
        break;
      }
      case MemberKind::Class: for_class = true; break;
      case MemberKind::StaticBlock: for_class = true; break;
      case MemberKind::InstanceBlock: for_instance = true; break;
      case MemberKind::None: break;
    }
  }
  const NodeId node = classes_[row].node;
  const ClassId id = classes_[row].id;
  const auto [bases, generic] = bases_of(node);
  out_.set_class(id, bases, fields, methods);
  out_.set_declared_methods(id, declared_methods);
  out_.set_generic_bases(id, generic);
  const Slice<Annotation> notes = annotations(annotations_of(node));
  out_.set(id, &Class::annotations, notes);
  out_.set(id, &Class::flags, class_flags(node));
  const std::string name = classes_[row].name;
  if (for_class) {
    const FunctionId init = define_function(node, name, FunctionKind::ClassInit);
    out_.set(id, &Class::class_init, init);
  }
  if (for_instance) {
    const FunctionId init = define_function(node, name, FunctionKind::InstanceInit);
    out_.set(id, &Class::instance_init, init);
  }
  class_ = outer;
  scope_ = around;
}

void ScopedLowering::class_body(std::uint32_t row, FunctionKind part) {
  class_prologue(row, part);
  const bool is_static = part == FunctionKind::ClassInit;
  const Range whole = range(classes_[row].node);
  const ExprId self = receiver(whole);
  if (is_static) {
    std::map<std::string, int> seen;
    for (const Member& member : classes_[row].members)
      if (member.kind == MemberKind::Method) ++seen[member.name];
    std::set<std::string> named;
    for (std::size_t i = 0; i < classes_[row].members.size(); ++i) {
      const Member member = classes_[row].members[i];
      const Range where = range(member.node);
      if (member.kind == MemberKind::Class && member.inner != kNone)
        out_.assign(out_.member(self, member.name, where),
                    out_.variable(classes_[member.inner].variable, where), where);
      if (member.kind != MemberKind::Method) continue;
      const ExprId value = annotated(out_.function(member.function, where), member.annotations);
      if (named.insert(member.name).second)
        out_.assign(out_.member(self, member.name, where), value, where);
      if (seen[member.name] > 1)
        out_.assign(out_.member(self, cat(member.name, '/', parameter_count(member.node)), where),
                    value, where);
    }
  }
  for (std::size_t i = 0; i < classes_[row].members.size(); ++i) {
    const Member member = classes_[row].members[i];
    const Range where = range(member.node);
    const bool has_value = member.value != kNoNode || member.starts_empty;
    if (member.kind == MemberKind::Field && member.is_static == is_static && has_value) {
      const ExprId value =
          member.value != kNoNode ? field_value(member) : empty_value(member);
      out_.assign(out_.member(self, member.name, where), value, where);
    }
    const MemberKind block = is_static ? MemberKind::StaticBlock : MemberKind::InstanceBlock;
    if (member.kind == block) block_statements(member.node);
  }
}

ExprId ScopedLowering::field_value(const Member& member) { return expression(member.value); }

ExprId ScopedLowering::empty_value(const Member& member) { return out_.null(range(member.node)); }

std::size_t ScopedLowering::parameter_count(NodeId function) const {
  const NodeId list = parameter_list(function);
  return list == kNoNode ? 0 : parameter_nodes(list).size();
}

// Metadata that a library may read: each is a call that gets the definition.
ExprId ScopedLowering::annotated(ExprId value, const std::vector<NodeId>& notes) {
  for (auto at = notes.rbegin(); at != notes.rend(); ++at) {
    const NodeId name = annotation_name(*at);
    if (name == kNoNode) continue;
    std::vector<Operand> given{{.name = {}, .key = {}, .value = value, .spread = 0}};
    const NodeId list = annotation_arguments(*at);
    if (list != kNoNode && !has_ops(list))
      for (const Operand& argument : arguments(list)) given.push_back(argument);
    const ExprId callee = expression(name);
    value = call_of(callee, given, range(*at), CallMode::Annotate);
  }
  return value;
}

Slice<Annotation> ScopedLowering::annotations(const std::vector<NodeId>& notes) {
  std::vector<std::pair<std::string, std::vector<Operand>>> rows;
  for (const NodeId note : notes) {
    const NodeId name = annotation_name(note);
    if (name == kNoNode) continue;
    const NodeId list = annotation_arguments(note);
    const TypeId named = type(name);
    std::vector<Operand> given;
    if (list != kNoNode && !has_ops(list)) given = arguments(list);
    rows.emplace_back(named.exists() ? std::string(out_.type_path(named))
                                     : std::string(text(name)),
                      std::move(given));
  }
  return out_.add_annotations(rows);
}

ExprId ScopedLowering::anonymous_class(NodeId node) {
  const VariableId variable = out_.temporary(out_.current());
  const std::uint32_t row = declare_class(node, "", variable);
  define_class(row);
  return out_.variable(variable, range(node));
}

}  // namespace fnlint
