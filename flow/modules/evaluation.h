// What questions about declarations ask of the analysis: the little that code has to be walked for.
#pragma once

#include "flow/state/project_object.h"
#include "model/code.h"
#include "model/summary.h"
#include "values/pool.h"

#include <string_view>

namespace fnlint {

class Evaluation {
 public:
  Evaluation() = default;
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;
  virtual ~Evaluation() = default;

  // The value that a module gives under a name once it is loaded. No id: there is none.
  virtual ValueId exported(ModuleId module, std::string_view name) = 0;
  // An expression that stands outside of functions, as far as it is made of literals and module
  // variables.
  virtual ValueId constant(ModuleId module, ExprId expr) = 0;
  // A class's member as it is written there or in a base class, whatever it is read of; no id:
  // none.
  virtual ValueId written_member(ProjectObject type, std::string_view name) = 0;
};

}  // namespace fnlint
