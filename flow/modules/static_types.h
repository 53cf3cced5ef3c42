// The type that declarations give an expression, where its value does not show it: an Optional is
// what it holds, or nothing, and its `map` is not that of a stream.
#pragma once

#include "flow/modules/class_table.h"
#include "flow/modules/evaluation.h"
#include "flow/modules/module_store.h"
#include "flow/syntax/program.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace fnlint {

// What declarations say that an expression is: a library's type by its path, a class of the
// project.
struct StaticType {
  std::string path = {};
  ProjectObject own = {};
  ModuleId module = {};  // where it is declared, with what it is made of: `List<Order>`
  TypeId type = {};
};

class StaticTypes {
 public:
  StaticTypes(const Program& program, ModuleStore& modules, ClassTable& classes,
              Evaluation& evaluation)
      : program_(program), modules_(modules), classes_(classes), evaluation_(evaluation) {}

  StaticType of(ModuleId module, ExprId expr) { return static_type(module, expr, 0); }
  // Of what a method is called on; nothing: the place is no call of a method.
  std::optional<StaticType> of_receiver(CallSite at);
  // A method that annotations have made: `order.setState(x)` of a class with @Data.
  bool is_generated(ProjectObject type, std::string_view method);
  // The accessor of a record's component, which nobody writes: `order.total()`.
  bool is_component(ProjectObject type, std::string_view method);
  void end_units();

 private:
  StaticType declared_as(ModuleId module, TypeId type);
  StaticType static_type(ModuleId module, ExprId expr, int depth);
  StaticType found_static_type(ModuleId module, ExprId expr, int depth);
  StaticType type_of_variable(ModuleId module, VariableId variable, int depth);
  StaticType type_of_call(ModuleId module, const Call& call, int depth);
  StaticType type_given(ModuleId module, const Call& call, std::string_view gives);
  StaticType type_of_own_call(ProjectObject own, std::string_view name);
  // Of what it holds, where it is a list, a stream, a map's values or an Optional.
  StaticType element_type(ModuleId module, ExprId expr, int depth);
  StaticType found_element_type(ModuleId module, ExprId expr, int depth);
  StaticType type_of_parameter(ModuleId module, VariableId variable, int depth);
  StaticType type_of_result(ModuleId module, FunctionId function, int depth);
  [[nodiscard]] const CodeFacts& facts(ModuleId module) const { return program_.facts(module); }

  const Program& program_;
  ModuleStore& modules_;
  ClassTable& classes_;
  Evaluation& evaluation_;
  std::unordered_map<std::uint64_t, StaticType> types_, element_types_;  // by module and expression
};

}  // namespace fnlint
