// Name resolution for JavaScript: the variable that a name means in a scope.
#pragma once

#include "frontends/source/common/code_builder.h"

#include <cstdint>
#include <vector>

namespace fnlint {

using ScopeId = Id<struct ScopeTag>;

// Lexical scopes of one file. A scope is complete once it was filled; the functions in it are
// lowered later and still see it. Names that nothing declares live in the outermost scope.
class JavaScriptNames {
 public:
  explicit JavaScriptNames(CodeBuilder& code) : code_(code) {}

  ScopeId open(ScopeId around, FunctionId function);
  [[nodiscard]] FunctionId function(ScopeId scope) const { return scopes_[scope.index].function; }

  // The scope's own variable of that name; a second declaration finds the first.
  VariableId declare(ScopeId scope, std::string_view name, VariableKind kind,
                     std::uint16_t flags = 0);
  void bind(ScopeId scope, std::string_view name, VariableId variable);

  // What the name means there; no id when nothing declares it.
  [[nodiscard]] VariableId find(ScopeId scope, std::string_view name);
  // The same, or else a name of the language's or the platform's: declared as an import of
  // "<builtins>".
  VariableId resolve(ScopeId scope, std::string_view name, Range where);

  [[nodiscard]] bool is_builtin(VariableId variable) const;
  void mark_used(VariableId variable);
  [[nodiscard]] bool is_used(VariableId variable) const {
    return variable.index < used_.size() && used_[variable.index];
  }

 private:
  struct Scope {
    ScopeId around = {};
    FunctionId function = {};
  };
  struct Binding {
    ScopeId scope = {};
    VariableId variable = {};
  };
  std::vector<Binding>& bindings_of(std::string_view name);
  static const Binding* find_in(const std::vector<Binding>& bindings, ScopeId scope);

  CodeBuilder& code_;
  std::vector<Scope> scopes_;
  std::vector<std::vector<Binding>> by_name_;  // by StringId; each list sorted by scope
  std::vector<bool> used_;
  std::vector<VariableId> builtins_;  // ascending
};

}  // namespace fnlint
