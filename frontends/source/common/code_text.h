// A printer of code forms, for people and for tests.
#pragma once

#include "model/code.h"

#include <string>

namespace fnlint {

// The code form in words, one op a line, for `model --stage code` and for tests:
//
//   import boto3
//   function handler(event, context)
//     #0 loop each rec in event["Records"] end #3
//       #1 call unquote(rec["key"])
//       #2 assign key = r1
//
// `#n` is an op and `rn` its result. A variable of another function than the one it stands in is
// `name@owner`; those of the module are bare unless hidden. Temporaries are `$n`, functions without
// a name `Ln`. Control characters never appear.
std::string code_text(const CodeFacts& facts);

// The ops of one function, each line ended, without its header.
std::string body_text(const CodeFacts& facts, FunctionId function);

// One expression, as it would stand in that function.
std::string expression_text(const CodeFacts& facts, ExprId expression, FunctionId function = {0});

}  // namespace fnlint
