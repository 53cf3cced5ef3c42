// What the parts of the engine ask of each other through it: code is walked to answer.
#pragma once

#include "flow/engine/call_result.h"
#include "flow/modules/evaluation.h"
#include "tables/models.h"

#include <span>
#include <string>

namespace fnlint {

class Analysis : public Evaluation {
 public:
  // What calling this value does.
  virtual CallResult call(const CallInput& invocation, int depth) = 0;
  virtual const Summary& summary(FunctionRef function) = 0;
  virtual ValueId class_value(ModuleId module, ClassId type) = 0;
  // What a row gives of a library's object, without a call of the code.
  virtual ValueId attribute_of(ValueId base, const LibraryModel& model, const std::string& path,
                               std::span<const NamedValue> arguments) = 0;
  // The walk of one body, each time anew. `given`: the values of its parameters, by position.
  virtual BodyResult walk(FunctionRef function, std::span<const ValueId> given) = 0;
};

}  // namespace fnlint
