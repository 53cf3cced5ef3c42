// From findings as the stages made them to a report that is the same in every run.
#pragma once

#include "report/report.h"

#include <cstddef>

namespace fnlint {

// Gives each finding that has none its fingerprint; sorts findings, suppressed ones too, by path,
// offset and rule, problems and unresolved places by path and offset; leaves one of equal problems,
// and the first place of what is unresolved in a file for the same reason.
void arrange(Report& report);
// Of an arranged report: the worst so many findings stay, in their order.
void keep_worst(Report& report, std::size_t most);

}  // namespace fnlint
