// What code says of its members, captures and calls by itself: looked up once a module or a unit,
// without values.
#pragma once

#include "flow/state/project_object.h"
#include "flow/syntax/assigned_members.h"
#include "flow/syntax/call_uses.h"
#include "flow/syntax/program.h"
#include "model/summary.h"

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fnlint {

class CodeIndex {
 public:
  explicit CodeIndex(const Program& program) : program_(program) {}

  // What a module's functions assign after the class was made: "4:name" of its class 4; "4:[]name":
  // inside of what the field holds.
  const std::set<std::string>& assigned_members(ModuleId module);
  // Expressions that stand in another value as a part of it: `[one]`, `{user: one}`, `one || two`.
  const std::vector<bool>& parts_of_values(ModuleId module);
  const std::vector<bool>& reads_to_release(ModuleId module);
  // What becomes of the calls' results inside their functions.
  const CallUses& uses_in(ModuleId module);
  // Variables of enclosing functions that the function, or one inside it, uses.
  const std::vector<VariableId>& captures(FunctionRef function);

  // Whether functions of the module's unit other than constructors assign a field of that name, of
  // whatever object.
  bool is_assigned_field(ModuleId module, std::string_view name);
  // Whether code that runs later than the class's making assigns the field by the class's name.
  bool is_reassigned(ProjectObject type, std::string_view field);
  // By names: what functions of a unit assign of what its modules and classes keep.
  const std::unordered_set<std::string>& assigned_in(std::uint32_t unit) {
    return assigned_in_unit(program_, unit, assigned_in_);
  }
  // Names of methods that abstract classes of a unit write out: of an interface, what its functions
  // have beside the one that they are.
  const std::set<std::string>& written_methods(std::uint32_t unit);
  // Functions of a unit that are called as methods of their first argument.
  std::span<const FunctionRef> extensions(std::uint32_t unit, std::string_view name);

  // Takes what another index says of units, whose code may be gone by now.
  void keep(const CodeIndex& other);
  void end_units();

 private:
  using Extensions = std::unordered_map<std::string, std::vector<FunctionRef>>;
  const Program& program_;
  std::unordered_map<std::uint32_t, std::set<std::string>> assigned_members_;  // by module
  std::unordered_map<std::uint32_t, std::vector<bool>> parts_of_values_, reads_to_release_;
  std::unordered_map<std::uint32_t, CallUses> call_uses_;
  std::unordered_map<std::uint64_t, std::vector<VariableId>> captures_;  // by function
  std::unordered_map<std::uint32_t, std::set<std::string, std::less<>>> assigned_fields_;  // by unit
  AssignedInUnits assigned_in_;
  std::unordered_map<std::uint32_t, std::set<std::string>> written_methods_;
  std::unordered_map<std::uint32_t, Extensions> extensions_;
};

// Whether asynchronous functions begin when they are awaited, and not before.
bool has_cold_tasks(Language language);
// An asynchronous function of which something may still run when the call has returned.
bool leaves_task(const CodeFacts& code, FunctionId function);

}  // namespace fnlint
