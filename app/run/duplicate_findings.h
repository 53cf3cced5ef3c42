// The rule about keys that occur twice, which only frontends can see.
#pragma once

#include "app/files/source_files.h"
#include "core/problem.h"
#include "model/finding.h"
#include "model/resources.h"

#include <vector>

namespace fnlint {

inline constexpr std::string_view kDuplicateKey = "config-duplicate-key";

// Keys that stand twice in one map of a template, from what its frontend has said of them.
void find_duplicate_keys(const Stacks& stacks, const std::vector<LocatedProblem>& problems,
                         const SourceFiles& files, Findings& findings);

}  // namespace fnlint
