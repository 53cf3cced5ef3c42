// What may change once a module is loaded; all else is a constant, so that tests of it are decided.
#pragma once

#include "flow/syntax/program.h"

#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace fnlint {

// What a function assigns after the class was made: "Class.field" by the class's name, "4:field" by
// a receiver of the module's class 4; "[]field": inside what the field holds.
void add_assigned_members(const CodeFacts& code, const Function& function,
                          std::set<std::string>& members);

// By unit: the same of all functions that may be called, and "4:7()" for function 7 of module 4,
// which nothing calls.
using AssignedInUnits = std::unordered_map<std::uint32_t, std::unordered_set<std::string>>;
const std::unordered_set<std::string>& assigned_in_unit(const Program& program, std::uint32_t unit,
                                                        AssignedInUnits& known);
// Setters: functions that only set what a module or class keeps.
bool has_setters(const CodeFacts& code);
// Module variables that nothing assigns later but setters that no code of the unit names, or only a
// program's `main`: a laptop's server or a test calls those, nothing that is deployed. The variables
// keep what they began with, as do fields that such a setter alone would assign.
std::vector<VariableId> assigned_by_uncalled_alone(const CodeFacts& code, ModuleId module,
                                                   const std::unordered_set<std::string>& assigned);

}  // namespace fnlint
