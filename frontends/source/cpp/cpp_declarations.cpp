// What a file declares, and the order in which its initialiser makes it.
#include "core/text.h"
#include "frontends/source/cpp/cpp_lowering.h"

#include <algorithm>

namespace fnlint {

namespace {

std::string whole_name(const std::vector<std::string>& around, std::string_view name) {
  std::string out;
  for (const std::string& part : around) out += cat(part, "::");
  return out.append(name);
}

bool is_number_text(std::string_view text) {
  return !text.empty() && ((text[0] >= '0' && text[0] <= '9') ||
                           (text[0] == '-' && text.size() > 1 && text[1] >= '0' && text[1] <= '9'));
}

}  // namespace

// Of `#if 0` only the other part is there.
std::vector<NodeId> CppLowering::live_children(NodeId container) const {
  std::vector<NodeId> found;
  const bool conditional =
      is(container, Cpp::Conditional) || is(container, Cpp::OtherwiseConditional);
  const NodeId test = conditional ? child(container, SynField::Condition) : kNoNode;
  const bool dead = test != kNoNode && text(test) == "0";
  const bool whole = test != kNoNode && text(test) == "1";
  for (const NodeId node : children(container)) {
    if (conditional && (field(node) == SynField::Condition || field(node) == SynField::Name))
      continue;
    const bool other = field(node) == SynField::Alternative;
    if ((dead && !other) || (whole && other)) continue;
    found.push_back(node);
  }
  return found;
}

void CppLowering::declare_file(NodeId file) {
  for (NodeId at = 0; at < nodes_.size(); ++at)
    if (is(at, Cpp::TypeParameter))
      for (const NodeId name : children(at))
        if (is(name, Syn::TypeName)) {
          template_parameters_.insert(std::string(text(name)));
          break;
        }
  mark_spaces();
  note_initialised_fields();
  declare_in(file, {}, false);
  adopt_outside_members();
  for (const auto& [name, row] : globals_)
    if (row.in_class != kNone) file_classes_.push_back(row.in_class);
  std::sort(file_classes_.begin(), file_classes_.end());
  declare_static_locals();
}

void CppLowering::declare_in(NodeId container, const Path& around, bool hidden) {
  const Deeper deeper(depth_);
  if (container == kNoNode || depth_ > kNestingDepth) return;
  for (const NodeId node : live_children(container)) declare(node, around, hidden);
}

void CppLowering::declare(NodeId node, const Path& around, bool hidden) {
  const Deeper deeper(depth_);
  if (depth_ > kNestingDepth) return;
  const Range where = range(node);
  switch (static_cast<Cpp>(nodes_[node].kind)) {
    case Cpp::Include: {
      const NodeId path = child(node, SynField::Path);
      if (path == kNoNode || text(path).size() < 3) return;
      std::string_view written = text(path);
      if (written.starts_with('"')) written = written.substr(1, written.size() - 2);
      add_import("", written, "", kEffectOnly, where);
      return;
    }
    case Cpp::Define: return declare_macro(node);
    case Cpp::Conditional:
    case Cpp::OtherwiseConditional:
    case Cpp::ConditionalElse:
    case Cpp::DeclarationList:
    case Cpp::Template: return declare_in(node, around, hidden);
    case Cpp::Linkage: {
      const NodeId body = child(node, SynField::Body);
      if (is(body, Cpp::DeclarationList)) return declare_in(body, around, hidden);
      if (body != kNoNode) declare(body, around, hidden);
      return;
    }
    case Cpp::Namespace: {
      Path inner = around;
      const Path name = path_of(child(node, SynField::Name));
      for (const std::string& part : name) inner.push_back(part);
      if (!name.empty()) {
        namespaces_.insert(whole_name(around, name.back()));
        for (std::size_t count = inner.size(); count > 0; --count)
          if (const std::string space = dotted_path(
                  Path(inner.begin(), inner.begin() + static_cast<std::ptrdiff_t>(count)));
              starred_.insert(space).second)
            add_import("", space, "", kStar, {where.begin, where.begin});
        out_.set_package(dotted_path(inner));
      }
      return declare_in(child(node, SynField::Body), inner, hidden || name.empty());
    }
    case Cpp::Using:
    case Cpp::Alias:
    case Cpp::NamespaceAlias:
    case Cpp::TypeDefinition: return declare_alias(node, around);
    case Cpp::Enum: return declare_enum(node, around, hidden);
    case Cpp::Declaration: return declare_declaration(node, around, hidden);
    default: break;
  }
  if (is(node, Syn::Class)) return declare_type(node, around, hidden);
  if (is(node, Syn::Function)) return declare_function(node, around, hidden);
  if (is(node, Syn::ExpressionStatement) || is(node, Syn::Error)) order_.push_back(node);
}

// #define BUCKET "uploads": a constant. All else stays a name that is not known.
void CppLowering::declare_macro(NodeId node) {
  std::string_view written = text(node);
  if (!written.starts_with("#define")) return;
  written = trim(written.substr(std::string_view("#define").size()));
  const std::size_t end = written.find_first_of(" \t(");
  if (end == std::string_view::npos || written[end] == '(') return;
  const std::string_view name = written.substr(0, end);
  std::string_view value = trim(written.substr(end));
  if (const std::size_t comment = value.find("//");
      comment != std::string_view::npos && !value.starts_with('"'))
    value = trim(value.substr(0, comment));
  const bool is_text = value.size() >= 2 && value.front() == '"' && value.back() == '"' &&
                       value.find('"', 1) == value.size() - 1 &&
                       value.find('\\') == std::string_view::npos;
  const bool is_number = is_number_text(value) && value.find(' ') == std::string_view::npos;
  if (is_text || is_number || value == "true" || value == "false")
    globals_.try_emplace(std::string(name), Global{.literal = std::string(value)});
}

void CppLowering::declare_alias(NodeId node, const Path& around) {
  const Range where = range(node);
  if (is(node, Cpp::Using)) {
    const NodeId target = last(node);
    const Path path = path_of(target);
    if (path.empty()) return;
    const std::string_view written = trim(text(node).substr(std::string_view("using").size()));
    if (written.starts_with("namespace")) return use_namespace(unaliased(path, node), where);
    globals_.try_emplace(whole_name(around, path.back()), Global{.alias = path});
    return;
  }
  NodeId name = child(node, SynField::Name);
  if (is(node, Cpp::NamespaceAlias)) {
    const Path path = path_of(last(node));
    if (name != kNoNode && !path.empty())
      globals_.try_emplace(whole_name(around, text(name)), Global{.alias = path});
    return;
  }
  NodeId target = child(node, SynField::Type);
  if (is(node, Cpp::TypeDefinition)) {
    if (is(target, Syn::Class)) declare_type(target, around, false);
    if (is(target, Cpp::Enum)) declare_enum(target, around, false);
    for (const Declarator& what : declarators(node)) {
      if (what.name == kNoNode) continue;
      NodeId aliased = target;
      if (is(target, Syn::Class)) aliased = child(target, SynField::Name);
      const Path path = aliased == kNoNode ? Path{} : path_of(aliased);
      if (!path.empty() && text(what.name) != path.back())
        globals_.try_emplace(whole_name(around, text(what.name)),
                             Global{.alias = path, .type = target});
      if (path.empty() && is(target, Syn::Class)) {  // typedef struct { ... } Name;
        const VariableId variable =
            declare_module(whole_name(around, text(what.name)), kExported | kConstant);
        const std::uint32_t row = declare_class(target, text(what.name), variable);
        globals_.try_emplace(whole_name(around, text(what.name)),
                             Global{.variable = variable, .in_class = row});
      }
    }
    return;
  }
  if (is(target, Cpp::TypeDescriptor)) target = child(target, SynField::Type);
  const Path path = path_of(target);
  if (name == kNoNode) return;
  if (path.empty())
    globals_.try_emplace(whole_name(around, text(name)),
                         Global{.is_enum = is(target, Cpp::Primitive)});
  else
    globals_.try_emplace(whole_name(around, text(name)), Global{.alias = path, .type = target});
}

// A class, or the name of one.
void CppLowering::declare_type(NodeId node, const Path& around, bool hidden) {
  const Path path = path_of(child(node, SynField::Name));
  if (path.empty()) return;
  std::string name = whole_name(around, path[0]);
  for (std::size_t i = 1; i < path.size(); ++i) name += cat("::", path[i]);
  Global& row = globals_[name];
  if (child(node, SynField::Body) == kNoNode) {
    if (!row.variable.exists() && row.alias.empty()) row.declared_only = true;
    return;
  }
  if (row.variable.exists()) return;  // a specialisation, another branch of the preprocessor
  row.declared_only = false;
  row.variable = declare_module(name, hidden ? kConstant : kExported | kConstant);
  const VariableId variable = row.variable;
  const std::uint32_t in_class = declare_class(node, path.back(), variable);
  globals_[name].in_class = in_class;
}

void CppLowering::declare_enum(NodeId node, const Path& around, bool hidden) {
  const NodeId name = child(node, SynField::Name);
  const NodeId list = child(node, SynField::Body);
  const std::uint16_t flags = hidden ? kConstant : kExported | kConstant;
  if (name != kNoNode) {
    Global& row = globals_[whole_name(around, text(name))];
    row.is_enum = true;
    if (list != kNoNode && !row.variable.exists())
      row.variable = declare_module(whole_name(around, text(name)), flags);
  }
  if (list == kNoNode) return;
  const bool scoped = text(node).starts_with("enum class") || text(node).starts_with("enum struct");
  if (!scoped)
    for (const NodeId one : children_of(list, static_cast<Syn>(Cpp::Enumerator)))
      if (const NodeId label = child(one, SynField::Name); label != kNoNode) {
        Global& row = globals_[whole_name(around, text(label))];
        if (!row.variable.exists())
          row.variable = declare_module(whole_name(around, text(label)), flags);
      }
  order_.push_back(node);
}

void CppLowering::declare_declaration(NodeId node, const Path& around, bool hidden) {
  const NodeId type_node = child(node, SynField::Type);
  if (is(type_node, Syn::Class)) declare_type(type_node, around, hidden);
  if (is(type_node, Cpp::Enum)) declare_enum(type_node, around, hidden);
  const bool external = has_word(node, Cpp::Storage, "extern");
  const bool internal = hidden || has_word(node, Cpp::Storage, "static");
  const bool constant = has_word(node, Cpp::Qualifier, "const") ||
                        has_word(node, Cpp::Qualifier, "constexpr") ||
                        has_word(node, Cpp::Storage, "constexpr");
  bool makes = false;
  for (const Declarator& what : declarators(node)) {
    const Path path = path_of(what.name);
    if (path.empty()) continue;
    if (path.size() > 1) {  // T C::x = ...; or a prototype that needs none
      if (what.function == kNoNode)
        outside_.push_back({.node = node,
                            .owner = Path(path.begin(), path.end() - 1),
                            .what = what,
                            .type = type_node});
      continue;
    }
    const std::string name = whole_name(around, path[0]);
    Global& row = globals_[name];
    if (what.function != kNoNode || (external && what.value == kNoNode)) {
      if (!row.variable.exists()) row.declared_only = true;
      continue;
    }
    if (!row.variable.exists()) {
      std::uint16_t flags = internal ? 0 : kExported;
      if (what.pointer ? what.constant_pointer : constant) flags |= kConstant;
      if (has_word(node, Cpp::Storage, "thread_local")) flags |= kThreadLocal;
      row.variable = declare_module(name, flags);
    }
    row.declared_only = false;
    variables_[what.name] = row.variable;
    if (shape_of(type_node).shape == Shape::Stream) streams_.insert(row.variable.index);
    if (shape_of(type_node).shape == Shape::Text && !what.array) texts_.insert(row.variable.index);
    makes = true;
  }
  if (makes) order_.push_back(node);
}

void CppLowering::declare_function(NodeId node, const Path& around, bool hidden) {
  const Declarator what = declarator(child(node, CppField::Declarator));
  Path path = path_of(what.name);
  if (path.empty() || child(node, Cpp::DefaultedBody) != kNoNode) return;
  if (path.size() > 1) {
    const Path owner(path.begin(), path.end() - 1);
    outside_.push_back({.node = node, .owner = owner, .what = what});
    return;
  }
  const std::string name = whole_name(around, path[0]);
  Global& row = globals_[name];
  row.declared_only = false;
  const bool internal = hidden || has_word(node, Cpp::Storage, "static");
  const std::string own_name = row.functions.empty() ? name
                                                     : cat(name, "/", parameter_count(node),
                                                           row.functions.size() > 1 ? "+" : "");
  const VariableId variable =
      declare_module(own_name, internal ? kConstant : kExported | kConstant);
  if (row.functions.empty()) row.variable = variable;
  row.overloads.push_back(variable);
  row.functions.push_back(node);
  functions_.emplace_back(node, variable);
  if (name == "main") main_ = variable;
}

// --- Members that are defined outside of their class.

// C::f() {...}: a method of C, of the file or (a class that only its methods make known here) of
// another; or a function of the namespace C.
void CppLowering::adopt_outside_members() {
  std::map<std::uint32_t, std::vector<std::uint32_t>> of_class;
  std::map<std::string, std::vector<std::uint32_t>> elsewhere;  // by the class's whole name
  for (std::uint32_t i = 0; i < outside_.size(); ++i) {
    OutsideMember& one = outside_[i];
    const NodeId around = nodes_[one.node].parent;
    const Path owner = unaliased(one.owner, around);
    if (const std::uint32_t row = class_at(owner, around); row != kNone) {
      one.row = row;
      of_class[row].push_back(i);
      continue;
    }
    const std::string name =
        whole_name(namespace_of(around), replace_all(dotted_path(owner), ".", "::"));
    const std::string function = path_of(one.what.name).back();
    const std::string& last_part = owner.back();
    const bool is_class = function == last_part || function.starts_with('~') ||
                          has_word(one.what.function, Cpp::Qualifier, "const") ||
                          (last_part[0] >= 'A' && last_part[0] <= 'Z');
    if (is_class && !namespaces_.contains(name)) {
      elsewhere[name].push_back(i);
    } else if (is(one.node, Syn::Function)) {
      Global& row = globals_[cat(name, "::", function)];
      const VariableId variable = declare_module(
          cat(name, "::", function, row.functions.empty() ? "" : "+"), kExported | kConstant);
      if (row.functions.empty()) row.variable = variable;
      row.declared_only = false;
      row.overloads.push_back(variable);
      row.functions.push_back(one.node);
      functions_.emplace_back(one.node, variable);
    }
  }
  for (const auto& [row, members] : of_class) add_outside_methods(row, members);
  for (const auto& [name, members] : elsewhere) {
    const OutsideMember& one = outside_[members.front()];
    partial_[one.node] = members;
    partial_bases_.insert(one.what.name);
    const VariableId variable = declare_module(name, kExported | kConstant);
    const std::uint32_t row = declare_class(one.node, one.owner.back(), variable);
    for (const std::uint32_t i : members) outside_[i].row = row;
    Global& known = globals_[name];
    known.variable = variable;
    known.in_class = row;
    known.declared_only = false;
  }
}

// The class of the file that a path names: Outer::Inner.
std::uint32_t CppLowering::class_at(const Path& path, NodeId at) const {
  for (std::size_t count = path.size(); count > 0; --count) {
    std::string found;
    const Path head(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(count));
    const Global* known = global(head, at, found);
    if (known == nullptr) continue;
    std::uint32_t row = known->in_class;
    for (std::size_t part = count; part < path.size() && row != kNone; ++part) {
      std::uint32_t inner = kNone;
      for (const Member& member : classes_[row].members)
        if (member.kind == MemberKind::Class && member.name == path[part]) inner = member.inner;
      row = inner;
    }
    return row;
  }
  return kNone;
}

// Definitions take the places of their prototypes.
void CppLowering::add_outside_methods(std::uint32_t row, const std::vector<std::uint32_t>& rows) {
  std::multimap<std::string, std::size_t> prototypes;
  for (std::size_t i = 0; i < classes_[row].members.size(); ++i)
    if (const Member& member = classes_[row].members[i]; member.kind == MemberKind::None)
      prototypes.emplace(member.name, i);
  const ScopeId around = scope_;
  scope_ = classes_[row].scope;
  for (const std::uint32_t i : rows) {
    const OutsideMember& one = outside_[i];
    if (!is(one.node, Syn::Function)) {
      order_.push_back(one.node);
      continue;
    }
    const std::string name = path_of(one.what.name).back();
    Member found;
    found.kind = name == classes_[row].name ? MemberKind::Constructor : MemberKind::Method;
    found.node = one.node;
    found.name = name;
    found.name_node = one.what.name;
    const auto [from, to] = prototypes.equal_range(name);
    const std::size_t count = parameter_count(one.node);
    for (auto at = from; at != to; ++at) {
      Member& member = classes_[row].members[at->second];
      if (prototype_parameters(member) != count) continue;
      found.is_static = member.is_static;
      found.function_kind = member.function_kind;
      member = found;
      prototypes.erase(at);
      found.kind = MemberKind::None;
      break;
    }
    const bool is_static = found.is_static;
    if (found.kind != MemberKind::None) classes_[row].members.push_back(std::move(found));
    if (name != classes_[row].name)
      bind(name, {.variable = {}, .in_class = row, .is_static = is_static});
  }
  scope_ = around;
}

// --- The module's initialiser: functions and classes first, then variables in the file's order.

void CppLowering::file_body(NodeId file) {
  for (const auto& [node, variable] : functions_) {
    const Declarator what = declarator(child(node, CppField::Declarator));
    const Path path = path_of(what.name);
    const FunctionId id =
        define_function(node, path.empty() ? "" : path.back(), FunctionKind::Plain, what.name);
    out_.assign(out_.variable(variable, range(node)), out_.function(id, range(node)), range(node),
                AssignMode::Declare);
  }
  for (const std::uint32_t row : file_classes_) define_class(row);
  for (const NodeId node : order_) {
    if (is(node, Cpp::Declaration)) {
      file_variable(node);
    } else if (is(node, Cpp::Enum)) {
      file_enum(node);
    } else {
      statement(node);
    }
  }
  for (const StaticLocal& local : static_locals_) {
    const ExprId value = initial_value(local.type, local.what, range(local.node));
    if (value.exists())
      out_.assign(out_.variable(local.variable, range(local.what.name)), value, range(local.node),
                  AssignMode::Declare);
  }
  if (main_.exists())
    out_.call(out_.variable(main_, range(file)), {}, main_range(), CallMode::Implicit);
}

Range CppLowering::main_range() const {
  for (const auto& [node, variable] : functions_)
    if (variable == main_) return range(declarator(child(node, CppField::Declarator)).name);
  return {};
}

void CppLowering::file_variable(NodeId node) {
  const NodeId type_node = child(node, SynField::Type);
  for (const Declarator& what : declarators(node)) {
    if (what.name == kNoNode || what.function != kNoNode) continue;
    const Range where = range(what.name);
    const auto own = variables_.find(what.name);
    if (own != variables_.end()) {
      TypeId declared = declared_type(type_node);
      if (!declared.exists()) declared = known_type(what.name);
      out_.set(own->second, &Variable::type, declared);
      ExprId value = initial_value(type_node, what, where);
      if (!value.exists() && shape_of(type_node).shape == Shape::Scalar && !what.pointer)
        value = out_.number("0", where);
      if (!value.exists() && (what.pointer || shape_of(type_node).shape == Shape::Pointer))
        value = out_.null(where);
      if (value.exists())
        out_.assign(out_.variable(own->second, where), value, range(node), AssignMode::Declare);
      continue;
    }
    const Path path = path_of(what.name);
    if (path.size() < 2) continue;  // T C::x
    const ExprId value = initial_value(type_node, what, where);
    const Path owner(path.begin(), path.end() - 1);
    if (value.exists())
      out_.assign(out_.member(path_value(owner, node), path.back(), where), value, range(node));
  }
}

void CppLowering::file_enum(NodeId node) {
  const NodeId list = child(node, SynField::Body);
  const NodeId name = child(node, SynField::Name);
  if (list == kNoNode) return;
  std::vector<Operand> entries;
  int next = 0;
  const Path& around = namespace_of(node);
  for (const NodeId one : children_of(list, static_cast<Syn>(Cpp::Enumerator))) {
    const NodeId label = child(one, SynField::Name), given = child(one, SynField::Value);
    if (label == kNoNode) continue;
    ExprId value =
        given == kNoNode ? out_.number(std::to_string(next), range(one)) : expression(given);
    ++next;
    const StringId key = out_.string(text(label));
    entries.push_back({.name = key, .value = value});
    const auto row = globals_.find(whole_name(around, text(label)));
    if (row != globals_.end() && row->second.variable.exists())
      out_.assign(out_.variable(row->second.variable, range(one)), value, range(one),
                  AssignMode::Declare);
  }
  if (name == kNoNode) return;
  const auto row = globals_.find(whole_name(around, text(name)));
  if (row != globals_.end() && row->second.variable.exists())
    out_.assign(out_.variable(row->second.variable, range(name)), out_.record(entries, range(node)),
                range(node), AssignMode::Declare);
}

// --- Statics in functions. They live as long as the module; those whose initialisers use nothing
// of their function are made with it.

void CppLowering::declare_static_locals() {
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    if (!is(node, Cpp::Declaration)) continue;
    const bool is_static =
        has_word(node, Cpp::Storage, "static") || has_word(node, Cpp::Storage, "thread_local");
    if (!is_static) continue;
    NodeId function = nodes_[node].parent;
    while (function != kNoNode && !is(function, Syn::Function) && !is(function, Syn::Lambda))
      function = nodes_[function].parent;
    if (function == kNoNode) continue;
    const NodeId type_node = child(node, SynField::Type);
    const bool constant =
        has_word(node, Cpp::Qualifier, "const") || has_word(node, Cpp::Qualifier, "constexpr");
    for (Declarator what : declarators(node)) {
      what = constructed_local(node, what);
      if (what.name == kNoNode || what.function != kNoNode) continue;
      std::uint16_t flags = kFunctionStatic;
      if (what.pointer ? what.constant_pointer : constant) flags |= kConstant;
      if (has_word(node, Cpp::Storage, "thread_local")) flags |= kThreadLocal;
      const VariableId variable =
          out_.add_variable(text(what.name), FunctionId{0}, VariableKind::Module, flags);
      variables_[what.name] = variable;
      if (shape_of(type_node).shape == Shape::Stream) streams_.insert(variable.index);
      if (shape_of(type_node).shape == Shape::Text && !what.array) texts_.insert(variable.index);
      if (what.value != kNoNode && !is_free_of_locals(what.value, function)) continue;
      done_statics_.insert(what.name);
      static_locals_.push_back(
          {.node = node, .type = type_node, .what = what, .variable = variable});
    }
  }
}

const std::map<std::string_view, CppLowering::Span>& CppLowering::locals_of(NodeId function) {
  const auto [row, added] = locals_.try_emplace(function);
  if (!added) return row->second;
  const auto note = [&](NodeId name) {
    Span& span = row->second[text(name)];
    span.first = std::min(span.first, name);
    span.last = std::max(span.last, name);
  };
  for (NodeId at = function; at < nodes_[function].next; ++at) {
    if (is(at, Cpp::CaptureInitializer)) {
      if (const NodeId name = child(at, SynField::Left); name != kNoNode) note(name);
      continue;
    }
    if (!is(at, Syn::Parameter) && !is(at, Cpp::Declaration) && !is(at, Cpp::RangeFor)) continue;
    for (const NodeId part : children(at)) {
      if (nodes_[part].field != static_cast<std::uint8_t>(CppField::Declarator)) continue;
      const Declarator what = declarator(part);
      if (what.name != kNoNode) note(what.name);
      if (what.binding != kNoNode)
        for (const NodeId name : children_of(what.binding, Syn::Name)) note(name);
    }
  }
  return row->second;
}

bool CppLowering::is_free_of_locals(NodeId value, NodeId function) {
  NodeId outer = function;  // a lambda may use what stands around it
  bool in_method = false;
  for (NodeId at = function; at != kNoNode; at = nodes_[at].parent) {
    if (is(at, Syn::Function)) {
      outer = at;
      in_method = is(declarator(child(at, CppField::Declarator)).name, Cpp::Qualified);
    }
    in_method = in_method || is(at, Syn::Class);
  }
  const std::map<std::string_view, Span>& locals = locals_of(outer);
  for (NodeId at = value; at < nodes_[value].next; ++at) {
    if (is(at, Syn::This)) return false;
    const bool is_name = is(at, Syn::Name) || (is(value, Syn::Parameters) && is(at, Syn::TypeName));
    if (!is_name || field(at) == SynField::Name) continue;
    const bool is_callee = is(nodes_[at].parent, Syn::Call) && field(at) == SynField::Function;
    if (is_callee && !in_method) continue;
    if (is_callee) return false;
    const auto span = locals.find(text(at));
    if (span != locals.end() &&
        (span->second.first < value || span->second.last >= nodes_[value].next))
      return false;
    std::string found;
    if (in_method && span == locals.end() && !is_all_caps(text(at)) &&
        global({std::string(text(at))}, function, found) == nullptr)
      return false;
  }
  return true;
}

}  // namespace fnlint
