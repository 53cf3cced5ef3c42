// The function that a walk is of, and what its variables are before anything assigns them.
#pragma once

#include "flow/body/body_state.h"
#include "flow/engine/engine.h"
#include "model/code.h"
#include "model/hole_at.h"
#include "model/summary.h"

#include <cstdint>
#include <optional>
#include <span>

namespace fnlint {

struct BodyScope {
  BodyScope(Engine& of, FunctionRef walked, std::span<const ValueId> given, bool is_alone)
      : engine(of),
        pool(of.pool()),
        code(of.facts(walked.module)),
        me(walked),
        function(code.functions[walked.function.index]),
        arguments(given),
        alone(is_alone) {}

  Engine& engine;
  ValuePool& pool;
  const CodeFacts& code;
  const FunctionRef me;
  const Function& function;
  const std::span<const ValueId> arguments;  // of what is called with these alone
  const bool alone;  // an expression is asked of the whole file's view, not of a place in the body

  [[nodiscard]] std::uint64_t place_ref(OpId op) const { return pack(CallSite{me.module, op}); }
  [[nodiscard]] std::uint64_t variable_ref(VariableId id) const { return pack(me.module, id); }
  [[nodiscard]] bool in_initialiser() const { return me.function.index == 0; }
  [[nodiscard]] bool is_mine(VariableId id) const {
    return code.variables[id.index].owner == me.function && !is_static(id);
  }
  // A function's variable that lives as long as the module.
  [[nodiscard]] bool is_static(VariableId id) const {
    return (code.variables[id.index].flags & kFunctionStatic) != 0;
  }
  [[nodiscard]] bool is_of_module(VariableId id) const {
    return code.variables[id.index].owner.index == 0 || is_static(id);
  }
  [[nodiscard]] bool is_imported(VariableId id) const {
    return engine.modules().import_of(me.module, id) != UINT32_MAX;
  }

  [[nodiscard]] ValueId read(VariableId id, const BodyState& state) const;
  // What stands for a parameter or the receiver until a caller puts its own in.
  [[nodiscard]] ValueId hole_of(VariableId id) const;
  // A client that is handed in is as good as the caller's; no id: the type is no client's.
  [[nodiscard]] ValueId client_of_type(const Variable& row) const;
  [[nodiscard]] ValueId function_value(FunctionId of, const BodyState& state) const;
  // What closures of this body find in its variables is what is there when they are called.
  [[nodiscard]] ValueId with_captures_now(ValueId callee, const BodyState& state) const;

  // The module variable that a name stands for, here or in another module; no id: it is none.
  [[nodiscard]] ValueId module_place(VariableId id) const;
  // The other module's variable that an import names, where assigning the name assigns that; no id:
  // it names something else.
  [[nodiscard]] ValueId imported_place(VariableId id) const;
  // The own variable that a place lies in; no id: it lies elsewhere.
  [[nodiscard]] VariableId own_variable(ValueId place) const;
  [[nodiscard]] ValueId capture_place(VariableId id) const;
  // What a closure did to our receiver, or to an object that we were given, it did where that lives.
  [[nodiscard]] ValueId own_place(ValueId place, const BodyState& state) const;
  // What our receiver or a parameter is, by the place that calls know it by; no id: it is none.
  [[nodiscard]] ValueId given_at(ValueId place, const BodyState& state) const;

 private:
  [[nodiscard]] std::optional<std::uint32_t> position_of_parameter(VariableId id) const;
};

}  // namespace fnlint
