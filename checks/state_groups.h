#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "values/pool.h"

#include <vector>

namespace fnlint {

// A change that is worth telling of, and the variable or field that it is made to.
struct ToldChange {
  Finding finding = {};
  ValueId variable = {};
};

// The variable or field that a place is, or is an entry of.
ValueId variable_of(const ValuePool& pool, ValueId place);
// Of all changes that one function makes to a variable, the gravest is a finding, and the other
// places stand in it: there is one cause.
void add_by_variable(std::vector<ToldChange> told, Findings& findings);

}  // namespace fnlint
