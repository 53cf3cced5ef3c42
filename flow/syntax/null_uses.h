// Null, nil and None: tests that come after the use, and functions that return it beside real
// answers.
#pragma once

#include "model/code.h"

#include <functional>
#include <vector>

namespace fnlint {

// A variable of which a part is read, and behind that, on each way, whether it is there at all.
struct LateTest {
  VariableId variable = {};
  Range read = {}, test = {};
};
// The first of each variable of the function that nothing asks for before. Not of Ruby, whose nil
// has methods.
std::vector<LateTest> late_tests(const CodeFacts& code, FunctionId function);
// Whether the code does so at all: without it there are no late tests.
bool compares_with_null(const CodeFacts& code);

// The return by which a function gives null, None or undefined, where it gives something at
// another one; no id: there is none. By parameter: all such stand behind tests of what the function
// is given. At the end: it is no return, but a handler of errors which tells a log of the error and
// lets the function come to its end.
struct NullReturn {
  OpId at = {};
  bool by_parameter = false, at_end = false;
};
// `comes_back`: not so of a call that always raises.
NullReturn null_return(const CodeFacts& code, const Function& function,
                       const std::function<bool(OpId)>& comes_back);
// The same of an empty list, where the function gives no list at another return.
OpId list_return(const CodeFacts& code, const Function& function);
// Whether a test around the call asks for something that the call is given.
bool asks_before(const CodeFacts& code, OpId call);

}  // namespace fnlint
