// Scopes, imports, types by name.
#include "frontends/source/common/scoped_lowering.h"

#include "core/text.h"

namespace fnlint {

ScopedLowering::ScopeId ScopedLowering::open_scope() {
  Scope scope;
  scope.parent = scope_;
  scope.seen = bindings_;
  scopes_.push_back(std::move(scope));
  return static_cast<ScopeId>(scopes_.size() - 1);
}

// A name that outlives the string it was made from.
std::string_view ScopedLowering::stored(std::string_view name) {
  const bool in_text = name.data() >= text_.data() && name.data() < text_.data() + text_.size();
  if (in_text) return name;
  return names_.emplace_back(name);
}

void ScopedLowering::bind(std::string_view name, Binding binding) {
  scopes_[scope_].names[stored(name)].emplace_back(bindings_++, binding);
}

// A body that is written later sees of the scopes around what was bound before it.
ScopedLowering::Binding ScopedLowering::find(std::string_view name) const {
  std::size_t seen = SIZE_MAX;
  for (ScopeId at = scope_; at != kNone; at = scopes_[at].parent) {
    const Scope& scope = scopes_[at];
    if (const auto rows = scope.names.find(name); rows != scope.names.end()) {
      for (auto row = rows->second.rbegin(); row != rows->second.rend(); ++row)
        if (row->first < seen) return row->second;
    }
    seen = std::min(seen, scope.seen);
  }
  return {};
}

bool ScopedLowering::is_bound_here(std::string_view name) const {
  return scopes_[scope_].names.contains(name);
}

VariableId ScopedLowering::declare_local(std::string_view name, std::uint16_t flags, TypeId type) {
  const VariableId id = out_.add_variable(
      name, out_.current(),
      out_.current().index == 0 ? VariableKind::Module : VariableKind::Local, flags);
  out_.set(id, &Variable::type, type);
  if (name != "_") bind(name, {.variable = id});
  return id;
}

VariableId ScopedLowering::declare_module(std::string_view name, std::uint16_t flags,
                                          VariableKind kind) {
  const VariableId id = out_.add_variable(name, FunctionId{0}, kind, flags);
  scopes_[0].names[stored(name)].emplace_back(bindings_++, Binding{.variable = id});
  return id;
}

VariableId ScopedLowering::add_import(std::string_view local, std::string_view module,
                                      std::string_view name, std::uint32_t flags, Range where) {
  VariableId variable;
  if (!local.empty()) {
    variable = declare_module(local, 0, VariableKind::Import);
    std::string path(module);
    if (!path.empty() && !name.empty()) path += '.';
    import_paths_[variable.index] = path.append(name);
  }
  out_.add_import({.local = variable,
                   .module = out_.string(module),
                   .name = out_.string(name),
                   .executed_in = FunctionId{0},
                   .flags = flags,
                   .where = where});
  return variable;
}

VariableId ScopedLowering::implicit_import(std::string_view name, Range where) {
  const auto [row, added] = implicit_.try_emplace(std::string(name));
  if (added) {
    row->second = out_.add_variable(name, FunctionId{0}, VariableKind::Import);
    import_paths_[row->second.index] = std::string(name);
    out_.add_import({.local = row->second,
                     .module = {},
                     .name = out_.string(name),
                     .executed_in = FunctionId{0},
                     .flags = kImplicit,
                     .where = where});
  }
  return row->second;
}

VariableId ScopedLowering::import_member(std::string_view module, std::string_view name,
                                         Range where, std::string_view local) {
  const auto [row, added] = implicit_.try_emplace(cat(module, '\n', name));
  if (added) {
    const std::size_t cut = module.find_last_of("./");
    const std::string_view base = !local.empty()                  ? local
                                  : cut == std::string_view::npos ? module
                                                                  : module.substr(cut + 1);
    row->second = out_.add_variable(cat(base, '.', name), FunctionId{0}, VariableKind::Import);
    import_paths_[row->second.index] = cat(module, '.', name);
    out_.add_import({.local = row->second,
                     .module = out_.string(module),
                     .name = out_.string(name),
                     .executed_in = FunctionId{0},
                     .flags = 0,
                     .where = where});
  }
  return row->second;
}

VariableId ScopedLowering::builtin(std::string_view name) {
  const auto [row, added] = builtins_.try_emplace(std::string(name));
  if (added) {
    row->second = out_.add_variable(name, FunctionId{0}, VariableKind::Import);
    import_paths_[row->second.index] = std::string(name);
    out_.add_import({.local = row->second,
                     .module = out_.string("<builtins>"),
                     .name = out_.string(name),
                     .executed_in = FunctionId{0},
                     .flags = 0,
                     .where = {}});
  }
  return row->second;
}

std::string ScopedLowering::import_path(VariableId variable) const {
  const auto row = import_paths_.find(variable.index);
  return row == import_paths_.end() ? std::string() : row->second;
}

ExprId ScopedLowering::name_value(std::string_view name, NodeId node) {
  const Binding found = find(name);
  return found.exists() ? binding_value(found, name, range(node)) : unknown_name(name, node);
}

ExprId ScopedLowering::unknown_name(std::string_view name, NodeId node) {
  return out_.variable(implicit_import(name, range(node)), range(node));
}

// A member by its bare name: of the object whose method this is in, or of the class.
ExprId ScopedLowering::binding_value(const Binding& binding, std::string_view name, Range where) {
  if (binding.in_class == kNone) return out_.variable(binding.variable, where);
  if (binding.is_static) return out_.member(class_value(binding.in_class, where), name, where);
  for (FunctionId at = out_.current(); at.exists(); at = out_.function(at).parent) {
    const Function row = out_.function(at);
    if (!row.receiver.exists() || row.owner != classes_[binding.in_class].id) continue;
    return out_.member(out_.variable(row.receiver, where), name, where);
  }
  return out_.member(out_.unknown("the object of an outer class", where), name, where);
}

TypeId ScopedLowering::named_type(std::string_view dotted, const std::vector<TypeId>& arguments,
                                  Range where) {
  const std::size_t dot = dotted.find('.');
  const std::string_view head = dotted.substr(0, dot);
  const std::string_view rest = dot == std::string_view::npos ? "" : dotted.substr(dot);
  const Binding found = find(head);
  VariableId named = found.variable;
  if (!found.exists()) named = implicit_import(head, where);
  if (!named.exists()) return out_.add_type(dotted, arguments);
  const std::string path = import_path(named);
  return out_.add_type(cat(path.empty() ? std::string(head) : path, rest), arguments, named);
}

}  // namespace fnlint
