// What is wrong with the input itself, as opposed to what the rules find in it.
#pragma once

#include "core/span.h"

#include <string>
#include <vector>

namespace fnlint {

// Something in the input that could not be read or was cut off. Not a finding: the run goes on
// without it.
struct Problem {
  Range where = {};
  std::string message = {};
};
using Problems = std::vector<Problem>;

// Adds a problem of a file unless it has kProblems already; the first one too many says so.
void add_problem(Problems& problems, Range where, std::string message);

// The same, at its place in the project. A problem of a whole file has an empty range.
struct LocatedProblem {
  Span where = {};
  std::string message = {};
};

}  // namespace fnlint
