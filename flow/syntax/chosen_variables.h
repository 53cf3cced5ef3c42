// Under which conditions a function's variables are given what they hold.
#pragma once

#include "model/code.h"

#include <map>

namespace fnlint {

// By variables, the conditions of the branches that are around an assignment to them, or to a part
// of what they hold.
std::multimap<VariableId, ExprId> chosen_by(const CodeFacts& code, const Function& function);

}  // namespace fnlint
