// Which of several functions of one name takes the arguments.
#pragma once

#include "flow/engine/type_resolver.h"
#include "flow/modules/class_table.h"
#include "flow/modules/code_base.h"

#include <string_view>

namespace fnlint {

// Of functions of one name, those that take the arguments; no id: these are no overloads, or it is
// any of them.
class Overloads {
 public:
  Overloads(const CodeBase& base, ClassTable& classes, TypeResolver& types)
      : pool_(base.pool), program_(base.program), classes_(classes), types_(types) {}
  ValueId fitting(ValueId callees, ValueId arguments);

 private:
  [[nodiscard]] bool is_overload(ValueId callee) const;
  bool may_be(ValueId value, ModuleId module, TypeId type);
  bool takes_values(FunctionRef function, ValueId arguments);
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const { return program_.facts(module); }

  ValuePool& pool_;
  const Program& program_;
  ClassTable& classes_;
  TypeResolver& types_;
};

// What a parameter's declaration says that it is; none: it is no parameter, or may be anything.
std::string_view declared_type(const ValuePool& pool, const Program& program, ValueId value);

}  // namespace fnlint
