#include "report/json_values.h"

// JSON, a line a finding.
namespace fnlint {

std::string jsonl_report(const Report& report) {
  Places places(report);
  std::string out;
  for (const ReportedFinding& finding : report.findings)
    out += dumped(json_of(report, finding, places), -1) + '\n';
  return out;
}

}  // namespace fnlint
