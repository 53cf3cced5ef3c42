// How PythonScopes collects what a statement binds, and settles it once all is known.
#include "core/text.h"
#include "frontends/source/python/python_scopes.h"

#include <algorithm>

namespace fnlint {

namespace {

bool holds_targets(Py kind) {
  switch (kind) {
    case Py::PatternList:
    case Py::TuplePattern:
    case Py::ListPattern:
    case Py::ListSplatPattern:
    case Py::Tuple:
    case Py::List:
    case Py::ExpressionList:
    case Py::ListSplat:
    case Py::ParenthesizedExpression:
    case Py::AsPatternTarget: return true;
    default: return false;
  }
}

}  // namespace

void PythonScopes::bind(NodeId identifier, VariableKind variable_kind) {
  bind_in(current(), out_.string(text(identifier)), variable_kind);
}

void PythonScopes::bind_targets(NodeId target, VariableKind variable_kind) {
  if (target == kNoNode) return;
  for (NodeId at = target; at < nodes_[target].next;) {
    if (kind(at) == Py::Identifier) bind(at, variable_kind);
    at = holds_targets(kind(at)) ? at + 1 : nodes_[at].next;
  }
}

void PythonScopes::bind_in(PyScopeId scope, StringId name, VariableKind variable_kind,
                           std::string import_path) {
  bindings_.push_back(
      {.scope = scope, .name = name, .kind = variable_kind, .import_path = std::move(import_path)});
}

void PythonScopes::bind_imports(NodeId statement, std::string_view module) {
  for (const NodeId node : nodes_.children(statement)) {
    if (nodes_[node].field != static_cast<std::uint8_t>(PyField::Name)) continue;
    if (kind(node) == Py::AliasedImport) {
      const NodeId name = child(node, PyField::Name), alias = child(node, PyField::Alias);
      if (name == kNoNode || alias == kNoNode) continue;
      bind_in(current(), out_.string(text(alias)), VariableKind::Import,
              joined_path(module, text(name)));
    } else if (module.empty()) {  // `import a.b` binds a
      const std::string_view first = text(node).substr(0, text(node).find('.'));
      bind_in(current(), out_.string(trim(first)), VariableKind::Import, std::string(trim(first)));
    } else {
      bind_in(current(), out_.string(text(node)), VariableKind::Import,
              joined_path(module, text(node)));
    }
  }
}

// Names that a `case` binds: a bare name, `*rest`, `... as name`.
void PythonScopes::bind_capture(NodeId node) {
  const NodeId parent = nodes_[node].parent;
  const Py form = kind(node);
  NodeId name = kNoNode;
  if (form == Py::DottedName) {
    const Py holder = kind(parent);
    const bool pattern =
        holder == Py::CasePattern || holder == Py::KeywordPattern || holder == Py::UnionPattern;
    if (pattern && nodes_[node].next == node + 2) name = node + 1;
  } else if (form == Py::SplatPattern) {
    name = nodes_.first_child(node);
  } else if (parent != kNoNode && kind(parent) == Py::CasePattern) {
    for (const NodeId at : nodes_.children(node)) name = at;
  }
  if (name != kNoNode && kind(name) == Py::Identifier && text(name) != "_") bind(name);
}

void PythonScopes::bind_type_alias(NodeId statement) {
  const NodeId name = aliased_type(nodes_, statement);
  if (name != kNoNode) bind(name);
}

void PythonScopes::declare(NodeId statement, Declared how) {
  PyScopeId scope = current();
  while (scopes_[scope].kind == PyScopeKind::Comprehension) scope = scopes_[scope].parent;
  for (const NodeId node : nodes_.children(statement))
    if (kind(node) == Py::Identifier) declared_.emplace(key(scope, out_.string(text(node))), how);
}

// Declared names last: an enclosing function may bind its name below the function that asks.
void PythonScopes::settle() {
  for (const Binding& binding : bindings_)
    if (!declared_.contains(key(binding.scope, binding.name))) variable_for(binding, binding.scope);
  for (const Binding& binding : bindings_) {
    const auto row = declared_.find(key(binding.scope, binding.name));
    if (row == declared_.end()) continue;
    const PyScopeId target = row->second == Declared::Global
                                 ? 0
                                 : nonlocal_scope(scopes_[binding.scope].parent, binding.name);
    const VariableId variable = variable_for(binding, target);
    names_[key(binding.scope, binding.name)] = variable.index;
    if (binding.scope != target) out_.mark(variable, kWrittenByInner);
  }
  // Declared and never bound there: a `global` still shields the name from the functions between.
  std::vector<std::uint64_t> rest;
  for (const auto& [at, how] : declared_)
    if (!names_.contains(at)) rest.push_back(at);
  std::sort(rest.begin(), rest.end());
  for (const std::uint64_t at : rest) {
    const Binding binding{.scope = static_cast<PyScopeId>(at >> 32U),
                          .name = StringId{static_cast<std::uint32_t>(at)},
                          .kind = VariableKind::Local};
    const bool global = declared_.at(at) == Declared::Global;
    const PyScopeId target =
        global ? 0 : nonlocal_scope(scopes_[binding.scope].parent, binding.name);
    if (global || names_.contains(key(target, binding.name)))
      names_[at] = variable_for(binding, target).index;
  }
  bindings_.clear();
}

PyScopeId PythonScopes::nonlocal_scope(PyScopeId from, StringId name) const {
  for (PyScopeId at = from; at != 0; at = scopes_[at].parent)
    if (scopes_[at].kind == PyScopeKind::Function && names_.contains(key(at, name))) return at;
  return 0;
}

// An import in a class body binds a variable that becomes the attribute's value.
VariableId PythonScopes::attribute_for(const Binding& binding, PyScopeId scope) {
  names_[key(scope, binding.name)] = kPyClassAttribute;
  if (binding.kind != VariableKind::Import) return {};
  const auto [row, added] = class_imports_.try_emplace(key(scope, binding.name), 0);
  if (added) {
    const VariableId variable =
        out_.add_variable("", scopes_[scope].function, VariableKind::Import);
    out_.set(variable, &Variable::name, binding.name);
    row->second = variable.index;
    import_paths_.emplace(variable.index, binding.import_path);
  }
  return VariableId{row->second};
}

VariableId PythonScopes::variable_for(const Binding& binding, PyScopeId scope) {
  if (scopes_[scope].kind == PyScopeKind::Class) return attribute_for(binding, scope);
  const VariableKind plain =
      scope == 0 && binding.kind == VariableKind::Local ? VariableKind::Module : binding.kind;
  const auto [row, added] = names_.try_emplace(key(scope, binding.name), 0);
  if (added) {
    row->second = out_.add_variable("", scopes_[scope].function, plain).index;
    out_.set(VariableId{row->second}, &Variable::name, binding.name);
  }
  const Variable variable = out_.variable(VariableId{row->second});
  const bool rebinds =
      variable.kind == VariableKind::Caught || binding.kind == VariableKind::Import;
  if (rebinds && variable.kind != VariableKind::Parameter &&
      variable.kind != VariableKind::Receiver)
    out_.set(VariableId{row->second}, &Variable::kind, plain);
  if (binding.kind == VariableKind::Import)
    import_paths_.try_emplace(row->second, binding.import_path);
  return VariableId{row->second};
}

}  // namespace fnlint
