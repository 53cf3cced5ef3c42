// One cause, one finding: repetitions across places and copies of files are told together.
#pragma once

#include "app/files/source_files.h"
#include "report/report.h"

#include <vector>

namespace fnlint {

// Findings of one rule that have one cause (Finding::cause) are told as one, where they are more
// than the check wants to have apart: the gravest, or the first by its path, stands and names the
// others, which are related to it. Comes after suppressions, which are asked of each.
void fold_findings(const SourceFiles& files, std::vector<ReportedFinding>& findings);
// What stands at one place of code files with the same text, copies of each other, is told at the
// one with the shortest path. Comes before fold_findings.
void fold_copies(const SourceFiles& files, std::vector<ReportedFinding>& findings);

}  // namespace fnlint
