// Dependency injection: which method or binding of the project provides what a container is asked
// for.
#pragma once

#include "flow/modules/class_table.h"
#include "flow/modules/evaluation.h"
#include "flow/state/project_object.h"
#include "flow/syntax/program.h"
#include "model/code.h"
#include "model/summary.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

// What a container of dependencies hands out: a method that provides, or `bind(bound).to(made)`.
struct Provider {
  ModuleId module = {};
  FunctionId function = {};  // none: a binding
  ProjectObject owner = {};  // the class that it stands in
  ProjectObject bound = {}, made = {};
  CallSite at = {};            // of a binding
  std::string_view note = {};  // the annotation that makes it one
  bool is_conditional = false;
};

// What is asked of a container.
struct Asked {
  ModuleId module = {};  // of whoever asks
  TypeId type = {};      // none: `own`, or the library's type at `path`
  ProjectObject own = {};
  std::string word = {}, path = {};
  Slice<Annotation> notes = {};  // of the parameter, field or method that asks
  std::string_view name = {};    // likewise
  bool is_data = false;
};

class ProviderTable {
 public:
  ProviderTable(const Program& program, const ValuePool& pool, ClassTable& classes,
                Evaluation& evaluation)
      : program_(program), pool_(pool), classes_(classes), evaluation_(evaluation) {}

  // Whether anything of the module's unit provides a type of that last word.
  bool provides(ModuleId module, std::string_view word);
  struct Choice {
    const Provider* provider = nullptr;  // null: none gives it, or any of several
    bool guessed = false;
  };
  // The one that gives what is asked for. `component`: of which that is asked; none: of none.
  Choice provider_of(const Asked& asked, ProjectObject component);
  // An interface or abstract class whose methods the container writes.
  [[nodiscard]] bool is_component(ProjectObject type) const;
  // The method of a component, or of an interface that it extends, which the container writes.
  std::optional<FunctionRef> component_method(ProjectObject type, std::string_view name,
                                              int depth = 0);
  // `Provider<Desk>`, `Lazy<Desk>`: what gives the object once it is asked.
  bool is_wrapper(ModuleId module, TypeId type);
  void end_units();

 private:
  using Index = std::unordered_map<std::string, std::vector<Provider>>;  // by last words
  // The classes whose methods a component hands out.
  struct Scope {
    std::set<std::uint64_t> classes = {};
    bool is_whole = true;  // no class is missing
  };
  const Index& providers_in(std::uint32_t unit);
  void add_methods(ModuleId module, Index& index);
  void add_bindings(ModuleId module, Index& index);
  bool gives(const Provider& provider, const Asked& asked);
  std::optional<std::string> dependency_name(ModuleId module, Slice<Annotation> notes);
  std::string bean_name(const Provider& provider);
  bool agrees(const Provider& provider, const std::optional<std::string>& name);
  void keep_marked(const Asked& asked, std::vector<const Provider*>& found);
  // False: none of them is the component's.
  bool keep_of_component(ProjectObject component, std::vector<const Provider*>& found,
                         bool& guessed);
  const Scope& scope_of(ProjectObject component);
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const { return program_.facts(module); }

  const Program& program_;
  const ValuePool& pool_;
  ClassTable& classes_;
  Evaluation& evaluation_;
  std::unordered_map<std::uint32_t, Index> providers_;  // by unit
  std::unordered_map<std::uint64_t, Scope> scopes_;     // by component
};

}  // namespace fnlint
