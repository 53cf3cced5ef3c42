// Exit codes, which scripts rely on.
#pragma once

namespace fnlint {

// What the program and each of its commands return.
enum ExitCode : int { kNothingFound = 0, kFindings = 1, kCouldNotRun = 2 };

}  // namespace fnlint
