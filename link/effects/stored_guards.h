// Can state in a table end a loop that the replay alone would call endless?
#pragma once

#include "model/project.h"
#include "values/pool.h"

#include <span>

namespace fnlint {

// Whether something that the functions of a chain write to a table may answer a test otherwise in
// the next round: a test that asks for an item that is put, for a count that is raised, for a state
// that is set. Which item each of them is about is not compared.
bool may_be_settled_in_a_table(ValuePool& pool, const Project& project, const Effect& effect,
                               const LambdaFunction& of,
                               std::span<const LambdaFunction* const> functions);

}  // namespace fnlint
