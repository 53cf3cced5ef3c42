// One walk over the tree that opens scopes, binds names by Python's rules, and tells kinds of
// methods by their decorators.

#include "frontends/source/python/python_scopes.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// Decorators that only say what a method is. The last part of a dotted one decides.
struct MethodDecorator {
  std::string_view name;
  FunctionKind kind;
};
constexpr std::array kMethodDecorators = {
    MethodDecorator{"staticmethod", FunctionKind::StaticMethod},
    MethodDecorator{"classmethod", FunctionKind::ClassMethod},
    MethodDecorator{"property", FunctionKind::Accessor},
    MethodDecorator{"cached_property", FunctionKind::Accessor},
    MethodDecorator{"abstractproperty", FunctionKind::Accessor},
};
constexpr std::array<std::string_view, 3> kPropertyParts = {"getter", "setter", "deleter"};
constexpr std::size_t kHeaderDepth = 16;  // of syntax between a parameter and its function
constexpr std::array<std::string_view, 3> kImplicitClassMethods = {"__new__", "__init_subclass__",
                                                                   "__class_getitem__"};

bool opens_scope(Py kind) {
  switch (kind) {
    case Py::FunctionDefinition:
    case Py::Lambda:
    case Py::ClassDefinition:
    case Py::ListComprehension:
    case Py::SetComprehension:
    case Py::DictionaryComprehension:
    case Py::GeneratorExpression: return true;
    default: return false;
  }
}

std::string_view last_part(std::string_view dotted) {
  return dotted.substr(dotted.rfind('.') + 1);  // npos + 1 is 0
}

}  // namespace

std::string joined_path(std::string_view module, std::string_view name) {
  if (name.empty()) return std::string(module);
  return cat(module, module.empty() || module.ends_with('.') ? "" : ".", name);
}

std::optional<FunctionKind> method_decorator(std::string_view decorator) {
  const std::string_view last = last_part(decorator);
  // `x.setter` belongs to the property x; a bare `setter` is somebody's own decorator.
  const bool is_part =
      std::find(kPropertyParts.begin(), kPropertyParts.end(), last) != kPropertyParts.end();
  if (is_part && last.size() < decorator.size()) return FunctionKind::Accessor;
  for (const MethodDecorator& row : kMethodDecorators)
    if (row.name == last) return row.kind;
  return std::nullopt;
}

PythonScopes::PythonScopes(CodeBuilder& out, const SyntaxNodes& nodes, std::string_view text)
    : out_(out), nodes_(nodes), text_(text), at_(nodes.size(), UINT32_MAX) {
  scopes_.push_back({.kind = PyScopeKind::Module, .parent = 0, .function = FunctionId{0}});
  out_.add_function("", {}, FunctionKind::ModuleInit, {0, static_cast<std::uint32_t>(text.size())},
                    {});
  functions_.push_back({.node = 0, .body = 0});
  open_.push_back({.end = nodes.size(), .scope = 0});
  walk();
  settle();
}

std::string_view PythonScopes::import_path(VariableId variable) const {
  const auto row = import_paths_.find(variable.index);
  return row == import_paths_.end() ? std::string_view{} : row->second;
}

PyName PythonScopes::resolve(PyScopeId from, StringId name) const {
  for (PyScopeId at = from;;) {
    const PyScope& scope = scopes_[at];
    const bool visible = scope.kind != PyScopeKind::Class || at == from;
    if (visible) {
      const auto row = names_.find(key(at, name));
      if (row != names_.end()) {
        if (row->second == kPyClassAttribute) return {.variable = {}, .class_attribute = true};
        return {.variable = VariableId{row->second}, .class_attribute = false};
      }
    }
    if (at == 0) return {};
    at = scope.parent;
  }
}

void PythonScopes::walk() {
  std::vector<NodeId> lacking;  // nodes in which the parser supplied something
  for (const SyntaxFault& fault : nodes_.faults())
    if (!fault.missing.empty() && fault.parent != kNoNode) lacking.push_back(fault.parent);
  std::sort(lacking.begin(), lacking.end());
  auto lack = lacking.begin();
  for (NodeId node = 0; node < nodes_.size(); ++node) {
    while (open_.size() > 1 && open_.back().end <= node) open_.pop_back();
    while (!pending_.empty() && pending_.back().first == node) {
      open_.push_back({.end = nodes_[node].next, .scope = pending_.back().scope});
      pending_.pop_back();
    }
    if (opens_scope(kind(node)) && is_too_deep()) {
      node = nodes_[node].next - 1;
      continue;
    }
    visit(node);
    for (; lack != lacking.end() && *lack <= node; ++lack)
      if (*lack == node) mark_broken(node);
  }
}

void PythonScopes::visit(NodeId node) {
  switch (kind(node)) {
    case Py::FunctionDefinition: return define_function(node);
    case Py::Lambda: return define_lambda(node);
    case Py::ClassDefinition: return define_class(node);
    case Py::ListComprehension:
    case Py::SetComprehension:
    case Py::DictionaryComprehension:
    case Py::GeneratorExpression: return open_comprehension(node);
    case Py::Assignment:
    case Py::AugmentedAssignment:
    case Py::ForStatement: return bind_targets(child(node, PyField::Left));
    case Py::ForInClause: return bind_targets(child(node, PyField::Left), VariableKind::Element);
    case Py::NamedExpression: {
      PyScopeId scope = current();
      while (scopes_[scope].kind == PyScopeKind::Comprehension) scope = scopes_[scope].parent;
      const NodeId name = child(node, PyField::Name);
      if (name != kNoNode) bind_in(scope, out_.string(text(name)), VariableKind::Local);
      return;
    }
    case Py::AsPatternTarget: {
      const NodeId holder = nodes_[nodes_[node].parent].parent;
      const bool caught = holder != kNoNode && kind(holder) == Py::ExceptClause;
      return bind_targets(node, caught ? VariableKind::Caught : VariableKind::Local);
    }
    case Py::DeleteStatement: {
      for (const NodeId at : nodes_.children(node)) bind_targets(at);
      return;
    }
    case Py::ImportStatement: return bind_imports(node, {});
    case Py::FutureImportStatement: return bind_imports(node, "__future__");
    case Py::ImportFromStatement: {
      const NodeId module = child(node, PyField::ModuleName);
      if (module != kNoNode) bind_imports(node, text(module));
      return;
    }
    case Py::GlobalStatement: return declare(node, Declared::Global);
    case Py::NonlocalStatement: return declare(node, Declared::Nonlocal);
    case Py::TypeAliasStatement: return bind_type_alias(node);
    case Py::DottedName:
    case Py::SplatPattern:
    case Py::AsPattern: return bind_capture(node);
    case Py::Error: return mark_broken(node);
    default: return;
  }
}

void PythonScopes::mark_broken(NodeId holder) {
  if (nodes_[holder].parent != kNoNode && kind(nodes_[holder].parent) == Py::TypeParameter)
    return;  // a default there is newer than the grammar, not wrong
  out_.mark(scopes_[current()].function, kBroken);
  NodeId at = holder;  // in a definition's first line, the function is broken too
  for (std::size_t steps = 0; steps < kHeaderDepth && at != kNoNode; ++steps) {
    const Py form = kind(at);
    if (form == Py::FunctionDefinition && !is_passed_over(at))
      out_.mark(function_at(at), kBroken);
    if (form == Py::FunctionDefinition || form == Py::Block || form == Py::Module) return;
    at = nodes_[at].parent;
  }
}

void PythonScopes::add_function(NodeId node, FunctionKind function_kind, std::string_view name,
                                NodeId name_node) {
  const PyScopeId outer = current();
  const auto scope = static_cast<PyScopeId>(scopes_.size());
  Range name_range = name_node == kNoNode ? nodes_[node].range : nodes_[name_node].range;
  if (name_node == kNoNode) name_range.end = std::min(name_range.end, name_range.begin + 6);
  const FunctionId id = out_.add_function(name, scopes_[outer].function, function_kind,
                                          nodes_[node].range, name_range);
  scopes_.push_back({.kind = function_kind == FunctionKind::ClassInit ? PyScopeKind::Class
                                                                      : PyScopeKind::Function,
                     .parent = outer,
                     .function = id,
                     .depth = scopes_[outer].depth + 1});
  const NodeId body = child(node, PyField::Body);
  functions_.push_back({.node = node, .body = body, .scope = scope, .outer = outer});
  at_[node] = id.index;
  if (body != kNoNode) pending_.push_back({.first = body, .scope = scope});
}

void PythonScopes::define_function(NodeId node) {
  const NodeId name_node = child(node, PyField::Name);
  const std::string_view name = name_node == kNoNode ? std::string_view{} : text(name_node);
  if (name_node != kNoNode) bind(name_node);
  const PyScopeId outer = current();
  add_function(node, FunctionKind::Plain, name, name_node);
  const FunctionId id{at_[node]};
  bool has_receiver = false;
  if (scopes_[outer].kind == PyScopeKind::Class) {
    const FunctionKind kind = method_kind(node, name, functions_[id.index]);
    const ClassId owner = out_.function(scopes_[outer].function).owner;
    out_.set(id, &Function::kind, kind);
    out_.set(id, &Function::owner, owner);
    methods_[owner.index].push_back(id);
    has_receiver = kind != FunctionKind::StaticMethod;
  }
  if (text(node).starts_with("async")) out_.mark(id, kAsync);
  const NodeId parameters = child(node, PyField::Parameters);
  if (parameters != kNoNode) add_parameters(id, parameters, has_receiver);
}

FunctionKind PythonScopes::method_kind(NodeId node, std::string_view name,
                                       PyFunction& function) const {
  const NodeId holder = nodes_[node].parent;
  if (kind(holder) == Py::DecoratedDefinition) {
    for (const NodeId decorator : nodes_.children(holder)) {
      if (kind(decorator) != Py::Decorator || nodes_.first_child(decorator) == kNoNode) continue;
      const std::string_view written = text(nodes_.first_child(decorator));
      const std::optional<FunctionKind> found = method_decorator(written);
      if (!found) continue;
      function.is_setter = last_part(written) == "setter" || last_part(written) == "deleter";
      return *found;
    }
  }
  if (name == "__init__") return FunctionKind::Constructor;
  const bool implicit = std::find(kImplicitClassMethods.begin(), kImplicitClassMethods.end(),
                                  name) != kImplicitClassMethods.end();
  return implicit ? FunctionKind::ClassMethod : FunctionKind::Method;
}

void PythonScopes::define_lambda(NodeId node) {
  add_function(node, FunctionKind::Plain, "", kNoNode);
  const NodeId parameters = child(node, PyField::Parameters);
  if (parameters != kNoNode) add_parameters(FunctionId{at_[node]}, parameters, false);
}

void PythonScopes::define_class(NodeId node) {
  const NodeId name_node = child(node, PyField::Name);
  const std::string_view name = name_node == kNoNode ? std::string_view{} : text(name_node);
  if (name_node != kNoNode) bind(name_node);
  add_function(node, FunctionKind::ClassInit, name, name_node);
  const FunctionId id{at_[node]};
  const ClassId type = out_.add_class(name);
  methods_.emplace_back();
  out_.set(type, &Class::class_init, id);
  out_.set(id, &Function::owner, type);
  out_.set(id, &Function::receiver, out_.add_variable(name, id, VariableKind::Receiver));
}

void PythonScopes::add_parameters(FunctionId function, NodeId list, bool has_receiver) {
  bool first = true;
  for (const NodeId node : nodes_.children(list)) {
    add_parameter(function, node, has_receiver && first);
    first = false;
  }
}

// `Annotated[User, Depends(current_user)]`: whoever calls the function by its annotations makes the
// argument of the call that stands there, as of a default value.
NodeId PythonScopes::annotated_call(NodeId type) const {
  if (type == kNoNode) return kNoNode;
  const std::string_view written = text(type);
  if (!written.starts_with("Annotated[") && !written.starts_with("typing.Annotated["))
    return kNoNode;
  NodeId found = kNoNode;
  for (NodeId at = type; at < nodes_[type].next;) {
    const bool is_call = kind(at) == Py::Call;
    if (is_call) found = at;
    at = is_call ? nodes_[at].next : at + 1;
  }
  return found;
}

void PythonScopes::add_parameter(FunctionId function, NodeId node, bool is_receiver) {
  PyParameter row;
  NodeId name = node;
  const Py form = kind(node);
  if (form == Py::DefaultParameter || form == Py::TypedDefaultParameter) {
    name = child(node, PyField::Name);
    row.fallback = child(node, PyField::Value);
    row.type = child(node, PyField::Type);
  } else if (form == Py::TypedParameter) {
    name = nodes_.first_child(node);
    row.type = child(node, PyField::Type);
  }
  if (name == kNoNode) return;
  if (row.fallback == kNoNode) row.fallback = annotated_call(row.type);
  if (kind(name) == Py::ListSplatPattern || kind(name) == Py::DictionarySplatPattern) {
    row.rest = kind(name) == Py::ListSplatPattern ? RestKind::Positional : RestKind::Named;
    name = nodes_.first_child(name);
  }
  if (name == kNoNode) return;
  const PyScopeId scope = functions_[function.index].scope;
  if (kind(name) == Py::TuplePattern) {
    row.pattern = name;
    row.variable = out_.add_variable("", function, VariableKind::Parameter);
    for (NodeId at = name; at < nodes_[name].next; ++at)
      if (kind(at) == Py::Identifier) bind_in(scope, out_.string(text(at)), VariableKind::Local);
  } else if (kind(name) == Py::Identifier) {
    const bool receives = is_receiver && row.rest == RestKind::None;
    row.variable = out_.add_variable(text(name), function,
                                     receives ? VariableKind::Receiver : VariableKind::Parameter);
    names_[key(scope, out_.string(text(name)))] = row.variable.index;
    if (receives) {
      out_.set(function, &Function::receiver, row.variable);
      return;
    }
  } else {
    return;  // `*` or `/`
  }
  functions_[function.index].parameters.push_back(row);
}

void PythonScopes::open_comprehension(NodeId node) {
  const auto scope = static_cast<PyScopeId>(scopes_.size());
  scopes_.push_back({.kind = PyScopeKind::Comprehension,
                     .parent = current(),
                     .function = scopes_[current()].function,
                     .depth = scopes_[current()].depth + 1});
  at_[node] = scope;
  open_.push_back({.end = nodes_[node].next, .scope = scope});
}

}  // namespace fnlint
