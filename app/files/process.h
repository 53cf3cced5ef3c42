// Other programs, run without a shell and under limits.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What another program may take. The only limits that count seconds: what runs there is not ours
// to count steps in.
struct ProcessLimits {
  std::chrono::milliseconds time{60'000};  // by the clock on the wall
  std::uint64_t cpu_seconds = 20;
  std::uint64_t memory = 4ULL << 30U;  // of addresses: shared libraries count
  std::size_t output = 256U << 20U;
};

struct ProcessResult {
  std::string output = {};
  std::string errors = {};   // the begin of its error stream
  std::string failure = {};  // empty: it ended with exit code 0
  bool too_slow = false;
};

// A program by its path, the arguments behind its name, and its whole environment ("NAME=value").
struct ProcessStart {
  std::string program = {};
  std::vector<std::string> arguments = {};
  std::vector<std::string> environment = {"LC_ALL=C"};
};

// Runs a program without a shell: `input` on its standard input, its two output streams taken. It
// and all that it starts are gone afterwards.
ProcessResult run_process(const ProcessStart& start, std::string_view input,
                          const ProcessLimits& limits);

// Gives this thread, and those that are begun from here on, the stack that the limits on nesting
// count on, whatever `ulimit -s` says, unless that is all that may be had.
void ensure_stack();

}  // namespace fnlint
