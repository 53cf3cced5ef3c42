// Findings that were there before, from a baseline or an earlier revision.
#pragma once

#include "report/report.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace fnlint {

// A finding that a run need not tell again: of a baseline, or of the files as they were.
struct KnownFinding {
  std::string fingerprint = {};
  std::string rule = {};
  std::string path = {};  // relative to the root, or the baseline's folder
  std::string message = {};
  Confidence confidence = Confidence::Certain;
  std::string function = {};  // empty: it is of none
  friend bool operator==(const KnownFinding&, const KnownFinding&) = default;
};

// Takes those away from `findings` that are known, each as often as it is; of equal ones those in
// the same file first, since a file may have been renamed. What is left of `known` was not found.
// `path_of` gives a finding's path, relative as those of `known` are; nothing: it cannot be known.
void take_known(std::vector<ReportedFinding>& findings, std::vector<KnownFinding>& known,
                const std::function<std::optional<std::string>(const Finding&)>& path_of);

}  // namespace fnlint
