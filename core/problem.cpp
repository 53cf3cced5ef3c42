// Keeps the list of a file's problems within its limit.

#include "core/problem.h"

#include "core/limits.h"

#include <utility>

namespace fnlint {

void add_problem(Problems& problems, Range where, std::string message) {
  if (problems.size() > kProblems) return;
  const bool last = problems.size() == kProblems;
  problems.push_back({where, last ? "further problems are not listed" : std::move(message)});
}

}  // namespace fnlint
