// Keeps the bindings of each name sorted by scope, so that no scope needs a table of its own.

#include "frontends/source/javascript/javascript_names.h"

#include <algorithm>

namespace fnlint {

ScopeId JavaScriptNames::open(ScopeId around, FunctionId function) {
  scopes_.push_back({around, function});
  return ScopeId{static_cast<std::uint32_t>(scopes_.size()) - 1};
}

std::vector<JavaScriptNames::Binding>& JavaScriptNames::bindings_of(std::string_view name) {
  const StringId id = code_.string(name);
  if (id.index >= by_name_.size()) by_name_.resize(id.index + id.index / 2 + 16);
  return by_name_[id.index];
}

const JavaScriptNames::Binding* JavaScriptNames::find_in(const std::vector<Binding>& bindings,
                                                         ScopeId scope) {
  const auto at = std::lower_bound(
      bindings.begin(), bindings.end(), scope,
      [](const Binding& binding, ScopeId wanted) { return binding.scope < wanted; });
  return at != bindings.end() && at->scope == scope ? &*at : nullptr;
}

void JavaScriptNames::bind(ScopeId scope, std::string_view name, VariableId variable) {
  std::vector<Binding>& bindings = bindings_of(name);
  auto at = bindings.end();
  while (at != bindings.begin() && (at - 1)->scope > scope) --at;  // most are added in order
  bindings.insert(at, {scope, variable});
}

VariableId JavaScriptNames::declare(ScopeId scope, std::string_view name, VariableKind kind,
                                    std::uint16_t flags) {
  if (const Binding* known = find_in(bindings_of(name), scope)) return known->variable;
  const FunctionId owner = scopes_[scope.index].function;
  if (kind == VariableKind::Local && owner.index == 0) kind = VariableKind::Module;
  const VariableId variable = code_.add_variable(name, owner, kind, flags);
  bind(scope, name, variable);
  return variable;
}

VariableId JavaScriptNames::find(ScopeId scope, std::string_view name) {
  const std::vector<Binding>& bindings = bindings_of(name);
  if (bindings.empty()) return {};
  const ScopeId outermost = bindings.front().scope;
  // Scopes around have smaller ids.
  for (; scope.exists() && scope >= outermost; scope = scopes_[scope.index].around)
    if (const Binding* found = find_in(bindings, scope)) return found->variable;
  return {};
}

VariableId JavaScriptNames::resolve(ScopeId scope, std::string_view name, Range where) {
  VariableId variable = find(scope, name);
  if (!variable.exists()) {
    variable = code_.add_variable(name, FunctionId{0}, VariableKind::Import);
    bind(ScopeId{0}, name, variable);
    builtins_.push_back(variable);
    code_.add_import({.local = variable,
                      .module = code_.string("<builtins>"),
                      .name = code_.string(name),
                      .executed_in = FunctionId{0},
                      .flags = 0,
                      .where = where});
  }
  mark_used(variable);
  return variable;
}

bool JavaScriptNames::is_builtin(VariableId variable) const {
  return std::binary_search(builtins_.begin(), builtins_.end(), variable);
}

void JavaScriptNames::mark_used(VariableId variable) {
  if (variable.index >= used_.size()) used_.resize(variable.index + variable.index / 2 + 16);
  used_[variable.index] = true;
}

}  // namespace fnlint
