#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// The last words of a run that crashes: what was being read, so that it can be left out and
// reported. This is the one state of the program that outlives calls: a signal's handler can be
// given nothing, and each thread has its own.

// The calling thread reads that from here on: a path, or words for a stage.
void note_reading(std::string_view what);
[[nodiscard]] std::string reading_now();

// From here on a crash ends the program with exit code 2 and a line on stderr. Threads that have
// noted what they read have a stack of their own for that, where theirs is used up.
void report_crashes();

}  // namespace fnlint
