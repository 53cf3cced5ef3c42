#pragma once

#include "app/source_files.h"
#include "app/suppressions.h"
#include "core/files.h"
#include "link/code.h"

#include <deque>
#include <vector>

namespace fnlint {

// The code that a run's functions reach, compiled and linked.
struct CompiledCode {
  std::deque<CodeFacts> facts = {};  // what `linked` views
  LinkedCode linked = {};
  std::vector<LocatedProblem> problems = {};
  std::vector<Suppression> suppressions = {};
};

// Compiles the handlers' modules, then whatever those import, until nothing new is wanted.
CompiledCode compile_code(const ValuePool& pool, const Stacks& stacks, const FileSystem& files,
                          SourceFiles& sources);

}  // namespace fnlint
