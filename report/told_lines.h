// What formats with a line for each finding print.
#pragma once

#include "report/places.h"
#include "report/report.h"

#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// A path as it may begin a line, where blanks and "::" begin a command of GitHub's runner.
std::string shown_path(std::string_view path);

// What a format of lines says of a finding or a problem.
struct ToldLine {
  const ReportedFinding* finding = nullptr;  // null: a problem
  std::string path = {};                     // shown
  Region region = {};
  Severity level = Severity::Warning;
  std::string_view rule = {};
  std::string message = {};  // one line
};

// The findings in their order, then the problems.
std::vector<ToldLine> told_lines(const Report& report);

}  // namespace fnlint
