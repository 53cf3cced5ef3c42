// Imports that only together are needed by every event.
#pragma once

#include "link/code/init_modules.h"

namespace fnlint {

// Imports of one package that each are used on some of a function's ways are one where together
// they are on all of them: whichever way an event takes, one of the modules that it comes to needs
// the package. Ways that end in a failure are left aside, as flow/syntax/non_exceptional_flow.h
// does.
class NeededImports {
 public:
  NeededImports(Engine& engine, FunctionRef handler) : engine_(engine), handler_(handler) {}

  // Whether all ways of the handler come to one of these variables.
  bool are_needed(std::set<std::pair<ModuleId, VariableId>> variables);

 private:
  struct Way {
    bool covered = false;  // all that go on here have come to one
    bool missed = false;   // one has returned without
    bool ends = false;     // none goes on here
  };
  [[nodiscard]] bool are_used_at_init() const;
  bool covers(FunctionRef function, int depth);
  bool covers_callee(ModuleId module, ExprId callee, int depth);
  bool covers_base(ModuleId module, ExprId callee, int depth);
  bool covers_making(ProjectObject type, int depth);
  bool covers_making_bases(ProjectObject type, int depth);
  Way region(ModuleId module, OpId first, OpId end, bool covered, int depth);
  void take(ModuleId module, OpId at, Way& way, int depth);
  Way branch(ModuleId module, OpId at, bool covered, int depth);
  bool uses(ModuleId module, OpId at) const;

  Engine& engine_;
  FunctionRef handler_;
  std::set<std::pair<ModuleId, VariableId>> variables_ = {};
  std::map<FunctionRef, bool> known_ = {};
};

}  // namespace fnlint
