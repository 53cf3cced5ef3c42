// What modules hold and give once they are loaded: their initialisers are walked when they are first
// asked for.
#pragma once

#include "flow/engine/analysis.h"
#include "flow/engine/container.h"
#include "flow/engine/member_lookup.h"
#include "flow/engine/type_resolver.h"
#include "flow/modules/code_base.h"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

class ModuleLoader {
 public:
  ModuleLoader(const CodeBase& base, ClassTable& classes, TypeResolver& types, Container& container,
               MemberLookup& members, Analysis& analysis);

  void load(ModuleId module);
  // Whether its initialiser has been walked to its end.
  [[nodiscard]] bool is_loaded(ModuleId module) const {
    return module.index < loads_.size() && loads_[module.index].done;
  }
  // Whether the module's initialiser has been summarised without an end by an unconditional raise.
  const Summary& initialiser(ModuleId module);

  // The value that a module gives under a name once it is loaded. No id: there is none.
  ValueId exported(ModuleId module, std::string_view name);
  // Where a module keeps what it gives under a name; no id: in no variable of its own.
  ValueId exported_place(ModuleId module, std::string_view name);
  // What a module variable holds; one that an import binds and assignments, too, is any of these.
  ValueId global(ModuleId module, VariableId variable);
  // What the module variable holds that a place is; no id: it is none.
  ValueId held_at(ValueId place);

  ValueId import_value(ModuleId module, const Import& row, std::size_t index);
  // What the imports bind a variable to: of several, each where its own part of a branch is taken.
  ValueId imported(ModuleId module, VariableId variable);
  // What holds where an import that stands in a part of a branch of the module's initialiser is
  // executed; nothing: it never is.
  std::optional<FactSet> loaded_where(ModuleId module, const Import& row);
  // What a part of a branch of the module's initialiser begins with.
  void note_arm(ModuleId module, OpId branch, bool holds, bool reachable, const FactSet& facts);

  void begin_units() { loads_.resize(base_.program.modules.size()); }
  // `first`: the first module of the units in work.
  void forget(std::size_t first, const IsForgotten& is_forgotten);

 private:
  struct Load {
    bool started = false, done = false;
    Summary initialiser = {};
    std::map<std::pair<OpId, bool>, std::optional<FactSet>> arms = {};  // of its branches
  };
  BodyResult walked(ModuleId module);
  ValueId assigned_global(ModuleId module, VariableId variable);
  // The class that a variable names and nothing else, also while the class is being made.
  ValueId class_or(ValueId place, ModuleId module, VariableId variable);
  ValueId entry_of_exports(ModuleId module, std::string_view name);
  ValueId starred(ModuleId module, std::string_view name);
  ValueId import_of_project(const ImportTarget& target, std::string_view name);
  ValueId import_of_library(ModuleId module, const Import& row, const std::string& path);
  std::vector<ValueId> imported_in_parts(ModuleId module);
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const {
    return base_.program.facts(module);
  }

  const CodeBase base_;
  ValuePool& pool_;
  ModuleStore& modules_;
  WalkContext& context_;
  ClassTable& classes_;
  TypeResolver& types_;
  Container& container_;
  MemberLookup& members_;
  Analysis& analysis_;
  std::vector<Load> loads_;  // by module
};

}  // namespace fnlint
