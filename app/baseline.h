#pragma once

#include "app/known_findings.h"
#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

inline constexpr std::string_view kBaselineFile = ".fnlint-baseline.json";

// A baseline: the findings that a team lives with for now, one a line, so that changes of it can be
// read. An error says what is wrong with the text.
std::string baseline_text(std::vector<KnownFinding> findings);
Result<std::vector<KnownFinding>> read_baseline(std::string_view text);

}  // namespace fnlint
