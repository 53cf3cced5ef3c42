// The file format of known findings.
#pragma once

#include "app/run/known_findings.h"
#include "core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

inline constexpr std::string_view kBaselineFile = ".fnlint-baseline.json";
inline constexpr std::size_t kBaselineBytes = 64U << 20U;

// A baseline: one finding a line, so that changes of it can be read. An error says what is wrong
// with the text.
std::string baseline_text(std::vector<KnownFinding> findings);
Result<std::vector<KnownFinding>> read_baseline(std::string_view text);

}  // namespace fnlint
