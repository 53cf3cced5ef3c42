// Usings, namespaces, top-level statements, functions.
#include "frontends/source/csharp/csharp_lowering.h"

#include "core/text.h"

namespace fnlint {

NodeId CSharpLowering::own_child(NodeId node, Cs what) const {
  if (node != kNoNode)
    for (const NodeId at : children(node))
      if (is(at, what)) return at;
  return kNoNode;
}

std::string CSharpLowering::dotted(NodeId node) const {
  std::string path;
  int inside = 0;  // of type arguments
  for (const char letter : text(node)) {
    if (letter == '<') ++inside;
    if (letter == '>') --inside;
    const bool is_part = letter != ' ' && letter != '\n' && letter != '\r' && letter != '\t' &&
                         letter != '>' && letter != '?';
    if (inside == 0 && is_part) path += letter;
  }
  path = replace_all(path, "::", ".");
  if (path.starts_with("global.")) path.erase(0, std::string_view("global.").size());
  return path;
}

void CSharpLowering::declare_file(NodeId file) {
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    if (is(node, Cs::TypeParameter))
      if (const NodeId name = child(node, SynField::Name); name != kNoNode)
        type_parameters_.emplace(text(name), kNoNode);
    if (!is(node, Cs::TypeConstraints) || first(node) == kNoNode) continue;
    const auto row = type_parameters_.find(text(first(node)));  // where T : Base
    const NodeId wanted = child(own_child(node, Cs::TypeConstraint), SynField::Type);
    if (row != type_parameters_.end() && is(wanted, Syn::Name)) row->second = wanted;
  }
  find_types(file, "");
  for (const auto& [node, variable] : declared_) {
    const NodeId name = child(node, SynField::Name);
    rows_.push_back(declare_class(node, name == kNoNode ? "" : text(name), variable));
  }
  for (const ClassScope& row : classes_) {
    types_.emplace(row.name, row.variable);
    type_parameters_.erase(row.name);
  }
}

// using A.B; using static A.B.C; using X = A.B.C;
void CSharpLowering::add_using(NodeId node) {
  const NodeId alias = child(node, SynField::Name), named = last(node);
  if (named == kNoNode || named == alias) return;
  const std::string path = dotted(named);
  const std::uint32_t shared = has_modifier(node, "global") ? kReexport : 0U;
  const std::size_t cut = path.rfind('.');
  if (alias == kNoNode) {
    has_static_using_ |= has_modifier(node, "static");
    add_import("", path, "", kStar | shared, range(node));
    return;
  }
  const VariableId variable =
      cut == std::string::npos
          ? add_import(text(alias), "", path, kImplicit | shared, range(node))
          : add_import(text(alias), std::string_view(path).substr(0, cut),
                       std::string_view(path).substr(cut + 1), shared, range(node));
  types_.emplace(text(alias), variable);
}

// Every name of the file is known before any of its types is looked into.
void CSharpLowering::find_types(NodeId node, const std::string& space) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return;
  std::string inside = space;
  for (const NodeId at : children(node)) {
    if (is(at, Cs::Using)) {
      add_using(at);
    } else if (is(at, Cs::Namespace) || is(at, Cs::FileNamespace)) {
      const NodeId name = child(at, SynField::Name);
      const std::string path =
          cat(space, space.empty() ? "" : ".", name == kNoNode ? std::string() : dotted(name));
      if (is(at, Cs::FileNamespace)) inside = path;
      find_types(at, path);
      if (!has_package_ && is(at, Cs::FileNamespace)) {
        has_package_ = true;
        out_.set_package(path);
      }
    } else if (is(at, Syn::ClassBody) || is(at, Cs::PreprocIf) || is(at, Cs::PreprocElse) ||
               is(at, Syn::Error)) {
      find_types(at, inside);
    } else if (is(at, Syn::Class) || is(at, Cs::Enum)) {
      const NodeId name = child(at, SynField::Name);
      if (name == kNoNode) continue;
      if (!has_package_) out_.set_package(inside);
      has_package_ = true;
      declared_.emplace_back(at, declare_module(text(name), kExported | kConstant));
    }
  }
}

void CSharpLowering::collect_statements(NodeId node, std::vector<NodeId>& statements) const {
  for (const NodeId at : children(node)) {
    if (is(at, Cs::GlobalStatement)) {
      if (first(at) != kNoNode) statements.push_back(first(at));
    } else if (is(at, Cs::PreprocIf) || is(at, Syn::Error)) {
      statements.push_back(at);
    }
  }
}

void CSharpLowering::file_body(NodeId file) {
  for (const std::uint32_t row : rows_) define_class(row);
  std::vector<NodeId> statements;
  collect_statements(file, statements);
  run(statements);
  call_main(range(file));
}

void CSharpLowering::call_main(Range where) {
  for (const std::uint32_t row : rows_)
    for (const Member& member : classes_[row].members) {
      if (member.kind != MemberKind::Method || !member.is_static || member.name != "Main") continue;
      const Range at = range(member.name_node);
      const ExprId type = out_.variable(classes_[row].variable, at);
      const OpId op = out_.call(out_.member(type, "Main", at),
                                {{.name = {}, .key = {}, .value = out_.list({}, at), .spread = 0}},
                                at, CallMode::Implicit);
      if (has_modifier(member.node, "async")) out_.await(out_.result(op, at), where);
      return;
    }
}

// --- Functions.

bool CSharpLowering::is_own_function(NodeId node) const {
  if (is(node, Cs::Property) || is(node, Cs::Indexer))
    return is(child(node, SynField::Value), Cs::ArrowClause);
  return is(node, Cs::AnonymousMethod) || is(node, Cs::Accessor) || is(node, Cs::Destructor) ||
         is(node, Cs::OperatorMethod);
}

bool CSharpLowering::makes_op(NodeId node) const {
  switch (own(node)) {
    case Cs::TargetNew:
    case Cs::SwitchExpression:
    case Cs::Query:
    case Cs::Yield:
    case Cs::Local:
    case Cs::UsingStatement:
    case Cs::Lock:
    case Cs::ForEach:
    case Cs::Switch:
    case Cs::Goto: return true;
    case Cs::Postfix: return !text(node).ends_with('!');
    // A pattern that binds assigns.
    case Cs::DeclarationPattern:
    case Cs::VarPattern:
    case Cs::Designation: return true;
    case Cs::RecursivePattern: return child(node, SynField::Name) != kNoNode;
    default: break;
  }
  if (is(node, Syn::Unary)) {
    const std::string_view written = text(node);
    return written.starts_with("++") || written.starts_with("--");
  }
  return false;
}

bool CSharpLowering::yields(NodeId node) const {
  for (NodeId at = node + 1; at < nodes_[node].next;) {
    const Syn what = kind(at);
    if (is(at, Cs::Yield)) return true;
    const bool elsewhere = what == Syn::Lambda || what == Syn::Function || is_own_function(at);
    at = elsewhere ? nodes_[at].next : at + 1;
  }
  return false;
}

std::uint8_t CSharpLowering::function_flags(NodeId node) const {
  if (is(node, Syn::Class) || is(node, Cs::Enum)) return 0;
  std::uint8_t flags = 0;
  if (has_modifier(node, "async")) flags |= kAsync;
  if (yields(node)) flags |= kGenerator;
  if (is(node, Syn::Method) && has_modifier(node, "static")) {
    const NodeId list = parameter_list(node);
    const std::vector<NodeId> parameters =
        list == kNoNode ? std::vector<NodeId>{} : parameter_nodes(list);
    if (!parameters.empty() && text(parameters.front()).starts_with("this ")) flags |= kExtension;
  }
  return flags;
}

std::uint32_t CSharpLowering::class_flags(NodeId node) const {
  std::uint32_t flags = 0;
  if (has_modifier(node, "abstract") || nodes_.name(node) == "interface_declaration")
    flags |= kAbstractClass;
  if (has_modifier(node, "partial")) flags |= kPartialClass;
  return flags;
}

// `params T[] rest` is no node of its own; x => y has no list.
std::vector<NodeId> CSharpLowering::parameter_nodes(NodeId list) const {
  if (is(list, Cs::ImplicitParameter)) return {list};
  std::vector<NodeId> nodes = children_of(list, Syn::Parameter);
  for (const NodeId at : children(list))
    if (is(at, Syn::Name) && field(at) == SynField::Name) nodes.push_back(at);
  return nodes;
}

ScopedLowering::ParameterParts CSharpLowering::parameter_parts(NodeId node) const {
  if (is(node, Cs::ImplicitParameter)) return {.name = node};
  if (is(node, Syn::Name))
    return {.name = node,
            .type = child(parent(node), SynField::Type),
            .fallback = kNoNode,
            .rest = RestKind::Positional};
  ParameterParts parts{.name = child(node, SynField::Name), .type = child(node, SynField::Type)};
  if (has_modifier(node, "params")) parts.rest = RestKind::Positional;
  const NodeId end = last(node);  // `= value` is no field
  if (end != parts.name && end != parts.type && parts.name != kNoNode &&
      range(end).begin > range(parts.name).begin)
    parts.fallback = end;
  return parts;
}

void CSharpLowering::setter_parameter() {
  const VariableId value =
      out_.add_variable("value", out_.current(), VariableKind::Parameter);
  bind("value", {.variable = value});
  out_.set_parameters(out_.current(), {{.variable = value, .fallback = {}, .rest = {}}});
}

void CSharpLowering::function_body(NodeId function, NodeId body) {
  if (is(function, Syn::Parameters)) return primary_constructor(function);
  const bool gives_nothing = text(child(function, SynField::Type)) == "void";
  if (gives_nothing && has_modifier(function, "async")) {
    const TypeId nothing = out_.add_type("void", {}, {});
    out_.set(out_.current(), &Function::returns, nothing);
  }
  if (is(function, Cs::Accessor)) {
    const std::string_view name = text(child(function, SynField::Name));
    if (name != "get") setter_parameter();
  }
  if (is(function, Syn::Constructor)) constructor_initializer(function);
  if (is(function, Cs::Property) || is(function, Cs::Indexer))
    body = child(function, SynField::Value);
  if (body == kNoNode) body = child(function, Syn::Block);  // of an anonymous method
  if (body == kNoNode) return;
  if (is(body, Syn::Block)) {
    std::vector<NodeId> statements;
    for (const NodeId node : children(body)) statements.push_back(node);
    return run(statements);
  }
  if (is(body, Cs::ArrowClause)) body = first(body);
  if (body == kNoNode) return;
  if (is(body, Syn::Throw) || is(function, Syn::Constructor)) return statement(body);
  const ExprId value = expression(body);
  out_.exit(ExitKind::Return, {}, value, range(body));
}

}  // namespace fnlint
