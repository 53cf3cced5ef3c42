// Decides tests of the environment as a deployed function would, so that code for emulators and
// tests drops out.
#pragma once

#include "flow/state/facts.h"
#include "link/code/code.h"
#include "link/code/init_modules.h"
#include "link/effects/function_scope.h"
#include "model/project.h"
#include "model/summary.h"
#include "values/environment_block.h"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a deployed function finds in its environment, where a test asks for it: what the platform
// sets, and that nothing else is there where the template's variables are all that there are.
class RunEnvironment {
 public:
  RunEnvironment(ValuePool& pool, FunctionScope& scope, EnvironmentBlock block, bool image_known);
  RunEnvironment(const RunEnvironment&) = delete;
  RunEnvironment& operator=(const RunEnvironment&) = delete;

  // The code sets variables itself, or loads what does.
  void note_modules(const Engine& engine, std::span<const LoadedModule> loaded);
  void note_stores(std::span<const Step> steps);
  // What holds wherever a module has been loaded, which is before each event.
  void note_loaded(std::span<const Fact> holds);
  // Whether a variable must have been there on a way on which all of this holds, and surely is not.
  [[nodiscard]] bool is_behind_failure(std::span<const Fact> holds) const;
  // Whether the modules surely raise while they are loaded: no event comes to the handler.
  [[nodiscard]] bool never_loads() const { return never_loads_; }
  // Reads of variables that the code may have set itself expect no template to do so.
  void allow_for_stores(std::vector<InputRead>& reads);

  // Whether a deployed function may take a way on which all of this holds: one that asks for what
  // only emulators and tests set is none. A variable that the template forgot may be set by hand.
  [[nodiscard]] bool is_deployed_way(const FactSet& holds);
  // What it rests on that a way is taken on which all of this holds; nothing: it never is.
  [[nodiscard]] std::optional<std::uint8_t> uncertainty_of(std::span<const Fact> holds);
  // The same of what only part of the code's ways come to: what stays open of them counts.
  [[nodiscard]] std::optional<std::uint8_t> uncertainty_of_way(std::span<const Fact> holds);
  // Whether a request to this address can be sent: not where the variable that it begins with is
  // one that nobody sets.
  [[nodiscard]] bool may_be_address(ValueId address);

 private:
  void forget_settled();
  void note_words_for_no(ValueId test);
  [[nodiscard]] ValueId leaf_of_runs(ValueId hole) const;
  [[nodiscard]] ValueId leaf(ValueId hole) const;
  [[nodiscard]] ValueId version_part(std::string_view path) const;
  [[nodiscard]] ValueId variable_of_runs(std::string_view name) const;
  [[nodiscard]] ValueId variable(std::string_view name) const;
  [[nodiscard]] bool is_surely_missing(ValueId variable) const;
  [[nodiscard]] std::uint8_t uncertainty_of(ValueId test) const;
  [[nodiscard]] std::uint8_t uncertainty_of_default(const Fact& fact);
  [[nodiscard]] std::optional<FactSet> left_of(std::span<const Fact> holds);

  ValuePool& pool_;
  FunctionScope& scope_;
  EnvironmentBlock block_;
  std::set<std::string, std::less<>> stored_;
  // Of variables of local runs, what the code compares them with to see that this is none: it is
  // set so by hand, or by another stage's file.
  std::map<std::string, ValueId, std::less<>> said_no_;
  std::set<ValueId> noted_;  // tests that were looked through for such words
  bool complete_ = true;
  bool never_loads_ = false;
  bool stores_any_ = false;                   // under names that are not known, ...
  std::vector<ValueId> computed_names_ = {};  // ... or known in part
  const Substitution of_runs_, of_deployment_;
  // Tests are asked for with each step that they are over: what they were settled to is remembered.
  Substituter settled_in_runs_, settled_;
  FactSubstitution runs_;
};

}  // namespace fnlint
