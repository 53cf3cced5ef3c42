#pragma once

#include "report/report.h"

#include <vector>

namespace fnlint {

// Findings of one rule that have one cause (Finding::cause) are told as one, where they are more
// than the check wants to have apart: the first, or the gravest, stands and names the others, which
// are related to it. Comes after suppressions, which are asked of each.
void fold_findings(std::vector<ReportedFinding>& findings);

}  // namespace fnlint
