// Names that the file does not declare; types.
#include "frontends/source/csharp/csharp_lowering.h"

#include "core/text.h"

namespace fnlint {

namespace {

struct Keyword {
  std::string_view word, name;
};
// Keywords that name types of the runtime.
constexpr Keyword kKeywords[] = {
    {"string", "String"}, {"object", "Object"},   {"int", "Int32"},     {"long", "Int64"},
    {"bool", "Boolean"},  {"double", "Double"},   {"float", "Single"},  {"decimal", "Decimal"},
    {"char", "Char"},     {"byte", "Byte"},       {"short", "Int16"},   {"uint", "UInt32"},
    {"ulong", "UInt64"},  {"ushort", "UInt16"},   {"sbyte", "SByte"},   {"nint", "IntPtr"},
    {"nuint", "UIntPtr"}};

std::string_view type_of_keyword(std::string_view word) {
  for (const Keyword& row : kKeywords)
    if (row.word == word) return row.name;
  return {};
}

}  // namespace

// f in f(x) and f<T>(x).
bool CSharpLowering::is_called(NodeId name) const {
  NodeId at = name;
  if (is(parent(at), Syn::GenericType)) at = parent(at);
  return field(at) == SynField::Function && is(parent(at), Syn::Call);
}

bool CSharpLowering::names_type(NodeId name) const {
  NodeId at = name;
  while (is(parent(at), Syn::GenericType) || is(parent(at), Syn::QualifiedType) ||
         is(parent(at), Syn::WrappedType))
    at = parent(at);
  const NodeId holder = parent(at);
  return is(holder, Syn::TypeArguments) || is(holder, Cs::Bases) || is(holder, Cs::PrimaryBase) ||
         is(holder, Syn::Annotation) || (is(holder, Syn::Member) && field(at) == SynField::Object);
}

// A member that a base class of this file has.
bool CSharpLowering::inherits(std::uint32_t row, std::string_view name, std::size_t depth) const {
  constexpr std::size_t kBases = 8;
  if (row == kNone || depth > kBases) return false;
  for (const NodeId base : base_types(classes_[row].node)) {
    const std::string path = dotted(base);
    for (std::uint32_t other = 0; other < classes_.size(); ++other) {
      if (other == row || classes_[other].name != path) continue;
      for (const Member& member : classes_[other].members)
        if (member.name == name && member.kind != MemberKind::Class) return true;
      if (inherits(other, name, depth + 1)) return true;
    }
  }
  return false;
}

ExprId CSharpLowering::own_member(std::string_view name, Range where) {
  for (FunctionId at = out_.current(); at.exists(); at = out_.function(at).parent) {
    const Function row = out_.function(at);
    if (row.receiver.exists()) return out_.member(out_.variable(row.receiver, where), name, where);
    if ((row.flags & kArrow) == 0) break;
  }
  return out_.member(class_value(class_, where), name, where);
}

// There are no functions outside of classes: what is called without a receiver, and is not
// imported by `using static`, is a member that the file does not show. A name alone is a type where
// a type can stand.
ExprId CSharpLowering::unknown_name(std::string_view name, NodeId node) {
  const Range where = range(node);
  if (type_parameters_.contains(name)) return out_.unknown("a type parameter", where);
  if (name == "_") return out_.unknown("_", where);
  const bool is_type = names_type(node);
  const bool is_lower = !name.empty() && (name[0] == '_' || (name[0] >= 'a' && name[0] <= 'z'));
  if (inherits(class_, name)) return own_member(name, where);
  if (class_ != kNone && !(is_type && !is_lower)) {
    const bool called = is_called(node);
    if (is_open_class(class_) || (called && !has_static_using_))
      return own_member(name, where);
  }
  return out_.variable(implicit_import(name, where), where);
}

std::string_view CSharpLowering::member_name(NodeId name) const {
  return is(name, Syn::GenericType) && first(name) != kNoNode ? text(first(name)) : text(name);
}

VariableId CSharpLowering::type_variable(std::string_view name, Range where) {
  const auto own_type = types_.find(name);
  return own_type != types_.end() ? own_type->second : implicit_import(name, where);
}

// Not by scopes: a property may have the name of its type.
TypeId CSharpLowering::type_named(std::string_view dotted, const std::vector<TypeId>& arguments,
                                  Range where) {
  const std::size_t dot = dotted.find('.');
  const std::string_view head = dotted.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? "" : dotted.substr(dot);
  if (head.empty()) return {};
  if (const auto row = type_parameters_.find(head); row != type_parameters_.end()) {
    const bool has_class =
        row->second != kNoNode && !type_parameters_.contains(text(row->second));
    return has_class ? type_named(text(row->second), {}, where) : TypeId{};
  }
  const VariableId named = type_variable(head, where);
  const std::string path = import_path(named);
  return out_.add_type(cat(path.empty() ? std::string(head) : path, rest), arguments, named);
}

TypeId CSharpLowering::type_of(NodeId node) {
  const Range where = range(node);
  if (is(node, Cs::Predefined)) {
    const std::string_view name = type_of_keyword(text(node));
    return name.empty() ? TypeId{} : out_.add_type(cat("System.", name));
  }
  if (is(node, Syn::Name)) return type_named(text(node), {}, where);
  if (is(node, Cs::AliasName)) return type_named(dotted(node), {}, where);
  if (is(node, Syn::GenericType) || is(node, Syn::QualifiedType)) {
    std::vector<TypeId> arguments;
    NodeId generic = node;
    if (is(node, Syn::QualifiedType)) generic = child(node, SynField::Name);
    if (const NodeId list = child(generic, Syn::TypeArguments); list != kNoNode)
      for (const NodeId argument : children(list))
        if (const TypeId one = type(argument); one.exists()) arguments.push_back(one);
    return type_named(dotted(node), arguments, where);
  }
  if (is(node, Syn::WrappedType)) {
    NodeId inner = child(node, SynField::Type);
    return inner == kNoNode ? TypeId{} : type(inner);
  }
  return {};
}

// The class that a type names, to construct it or to call what it has.
ExprId CSharpLowering::type_value(TypeId type, Range where) {
  if (!type.exists()) return out_.unknown("a type", where);
  const Type row = out_.facts().types[type.index];
  const std::string path(out_.string(row.path));
  if (!row.named.exists()) {
    const std::size_t cut = path.rfind('.');
    if (cut == std::string::npos) return out_.unknown("a type", where);
    const std::string module = path.substr(0, cut), name = path.substr(cut + 1);
    return out_.variable(import_member(module, name, where), where);
  }
  ExprId value = out_.variable(row.named, where);
  const std::string imported = import_path(row.named);
  const std::size_t known =
      imported.empty() ? std::string_view(out_.string(out_.variable(row.named).name)).size()
                       : imported.size();
  if (path.size() <= known) return value;
  for (const std::string_view part : split(std::string_view(path).substr(known + 1), '.'))
    value = out_.member(value, part, where);
  return value;
}

// --- The type that `new()` is of.

TypeId CSharpLowering::member_type(std::string_view name) {
  if (class_ == kNone) return {};
  for (const Member& member : classes_[class_].members)
    if (member.name == name && member.kind == MemberKind::Field && member.type != kNoNode)
      return type(member.type);
  return {};
}

// Of the function around a returned value; of an async one, what its task gives.
TypeId CSharpLowering::returned_type(NodeId node) {
  for (NodeId at = parent(node); at != kNoNode; at = parent(at)) {
    if (is(at, Syn::Lambda) || is(at, Cs::AnonymousMethod)) return {};
    if (is(at, Cs::Property) || is(at, Cs::Indexer)) return type(child(at, SynField::Type));
    if (!is(at, Syn::Method) && !is(at, Syn::Function) && !is(at, Cs::OperatorMethod)) continue;
    const TypeId whole = type(child(at, SynField::Type));
    if (!whole.exists() || !has_modifier(at, "async")) return whole;
    const Slice<TypeId> given = out_.facts().types[whole.index].arguments;
    return given.count == 1 ? out_.facts().type_arguments[given.first] : TypeId{};
  }
  return {};
}

// Of what an initialiser or a collection holds: the last type argument.
TypeId CSharpLowering::element_type(NodeId node, std::size_t depth) {
  NodeId holder = parent(node);
  if (is(holder, Cs::Initializer)) holder = parent(holder);  // { key, value }
  TypeId whole;
  if (is(node, Cs::Initializer) && (is(holder, Syn::New) || is(holder, Cs::ArrayNew))) {
    const NodeId written = child(holder, SynField::Type);
    whole = type(written);
    if (is(written, Syn::WrappedType)) return whole;  // T[]
  } else {
    whole = target_type(is(node, Cs::Initializer) ? holder : node, depth + 1);
  }
  if (!whole.exists()) return {};
  const Slice<TypeId> given = out_.facts().types[whole.index].arguments;
  return given.count > 0 ? out_.facts().type_arguments[given.first + given.count - 1] : TypeId{};
}

TypeId CSharpLowering::target_type(NodeId node, std::size_t depth) {
  constexpr std::size_t kClimbed = 16;
  const NodeId holder = parent(node);
  if (holder == kNoNode || depth > kClimbed) return {};
  if (is(holder, Syn::Parenthesized) || is(holder, Cs::SwitchArm) ||
      is(holder, Cs::SwitchExpression))
    return target_type(holder, depth + 1);
  if (is(holder, Syn::Conditional))
    return field(node) == SynField::Condition ? TypeId{} : target_type(holder, depth + 1);
  if (is(holder, Syn::Binary))
    return text(child(holder, SynField::Operator)) == "??" ? target_type(holder, depth + 1)
                                                           : TypeId{};
  if (is(holder, Syn::Declarator)) return type(child(parent(holder), SynField::Type));
  if (is(holder, Cs::Property)) return type(child(holder, SynField::Type));
  if (is(holder, Syn::Return) || is(holder, Cs::ArrowClause)) return returned_type(node);
  if (is(holder, Cs::CollectionElement)) {
    NodeId collection = holder;
    while (is(collection, Cs::CollectionElement)) collection = parent(collection);
    return element_type(collection, depth);
  }
  if (is(holder, Cs::Initializer)) return element_type(holder, depth);
  if (!is(holder, Syn::Assignment) || field(node) != SynField::Right) return {};
  const NodeId target = child(holder, SynField::Left);
  if (is(target, Cs::ElementBinding)) return element_type(parent(holder), depth);
  if (is(parent(holder), Cs::Initializer)) return {};  // a member of what is constructed
  if (is(target, Syn::Name)) {
    const Binding found = find(text(target));
    return found.variable.exists() ? out_.variable(found.variable).type : member_type(text(target));
  }
  if (is(target, Syn::Member) && is(child(target, SynField::Object), Syn::This))
    return member_type(member_name(child(target, SynField::Name)));
  return {};
}

}  // namespace fnlint
