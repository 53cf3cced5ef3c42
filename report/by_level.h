// The order for hosts that cut off long lists.
#pragma once

#include "report/report.h"

#include <algorithm>
#include <vector>

namespace fnlint {

// The worst first, so that what a host shows of many are those that matter.
inline std::vector<const ReportedFinding*> by_level(const Report& report) {
  std::vector<const ReportedFinding*> findings;
  findings.reserve(report.findings.size());
  for (const ReportedFinding& finding : report.findings) findings.push_back(&finding);
  std::ranges::stable_sort(findings, std::ranges::greater{}, &ReportedFinding::level);
  return findings;
}

}  // namespace fnlint
