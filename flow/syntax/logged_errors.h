// Errors that are logged and passed over, after which the code uses the nil that came with them.
#pragma once

#include "model/code.h"

#include <vector>

namespace fnlint {

// Of a language whose errors are values: what came with an error that is only logged, and of which
// a part is asked behind that on each way: `client, err := New()`, `if err != nil { log(err) }`.
struct UsedBesideError {
  OpId call = {};
  VariableId variable = {};
  Range use = {}, test = {};
};
// Where it is nil then: what makes something, or the answer to a request.
std::vector<UsedBesideError> used_beside_errors(const CodeFacts& code, FunctionId function);

}  // namespace fnlint
