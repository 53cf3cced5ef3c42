// Mistakes in the code itself, whichever event arrives, that fail or lose data at run time.
#pragma once

#include <cstdint>

namespace fnlint {

// What can be wrong with a module that a function loads: see CodeFault in model/project.h.
enum class CodeFaultKind : std::uint8_t {
  Syntax,          // the file cannot be read
  Undefined,       // a name is read that nothing defines
  Undeclared,      // in strict code one that is set and not declared
  Uncalled,        // a function of the language that is used as if it were what it gives
  MissingMember,   // of an own module or class that does not have it
  WrongArguments,  // an own function is given what it does not take
  Unbound,         // a variable that may have no value where it is read
  NoResult,        // a function gives nothing to a library that goes by what it gives
  NullUsed,        // what an own function gives may be null, and a part of it is read
  ErrorLogged,     // what came with an error that was only logged is used: it is nil
  KeyEscapes,      // a record without an entry ends the loop that is to go on with the next one
  EmptyAnswer,     // a request's failure is only logged, and an empty value given as its answer
  KeyTwice,        // an object is written with two entries of one name
  EmptyUnthought,  // a default stands for what is absent, and what is empty comes by it
  LateTest,        // a value is asked for after a part of it was read, on the same way
};
enum class ArgumentFault : std::uint8_t { Missing, Unknown, TooMany };
// Why a variable may have no value where it is read.
enum class UnboundBy : std::uint8_t {
  Nothing,     // nothing before gives it one
  Failure,     // what gives it one stands in a try, and its handler goes on
  Branch,      // some of the ways to there give it one
  HandlerEnd,  // Python deletes the name of a caught error at the end of its handler
};

}  // namespace fnlint
