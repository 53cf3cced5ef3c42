// The program's entry: the terminal, the environment and fnlint-clang, handed to the commands.

#include "app/commands/run.h"
#include "app/files/crash_report.h"
#include "app/files/process.h"
#include "app/files/system.h"
#include "app/stages/clang_setup.h"
#include "core/text.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

// jemalloc's settings, where the program is linked with it. Few threads run at once, so two arenas
// do; and what is given back is let go within a run, which keeps 4 MB of 78 for 1,000 functions
// from being held.
extern "C" const char* const malloc_conf = "narenas:2,dirty_decay_ms:50";

namespace {

// What scripts/fnlint has it build on a slow machine takes a quarter of an hour.
constexpr std::chrono::minutes kClangSetup{45};

// The user may name what brings fnlint-clang up to date, to be run where it is needed.
void run_setup(const std::string& setup, const std::string& root) {
  std::string path, wrong = fnlint::clang_setup_refusal(setup, root, path);
  std::cout.flush();
  if (wrong.empty()) {
    wrong = fnlint::run_clang_setup(path, kClangSetup);
    if (!wrong.empty()) wrong = fnlint::cat("FNLINT_CLANG_SETUP ", wrong);
  }
  if (!wrong.empty()) std::cerr << "fnlint: " << wrong << '\n';
}

// Beside the program.
std::string clang_program(const std::string& root) {
  if (const char* const setup = std::getenv("FNLINT_CLANG_SETUP");
      setup != nullptr && *setup != '\0')
    run_setup(setup, root);
  const std::filesystem::path own = fnlint::own_program();
  const std::string path = (own.parent_path() / "fnlint-clang").string();
  return !own.empty() && ::access(path.c_str(), X_OK) == 0 ? path : std::string();
}

std::size_t columns_of_terminal() {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::map<std::string, std::string> own_variables() {
  constexpr std::string_view kStart = "FNLINT_";
  std::map<std::string, std::string> variables;
  for (char** each = ::environ; *each != nullptr; ++each) {
    const std::string_view row(*each);
    const std::size_t equals = row.find('=');
    if (row.starts_with(kStart) && equals != std::string_view::npos)
      variables.emplace(row.substr(0, equals), row.substr(equals + 1));
  }
  return variables;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_DFL);  // `fnlint | head` ends quietly, whatever the caller ignores
  fnlint::ensure_stack();
  fnlint::report_crashes();
  std::ios::sync_with_stdio(false);
  std::error_code none;
  fnlint::Console console{
      .out = std::cout,
      .err = std::cerr,
      .version = FNLINT_VERSION,
      .working_directory = std::filesystem::current_path(none).string(),
      .out_is_terminal = ::isatty(STDOUT_FILENO) == 1,
      .variable =
          [](std::string_view name) {
            const char* const value = std::getenv(std::string(name).c_str());
            return value == nullptr ? std::string{} : std::string(value);
          },
      .clang = clang_program,
      .own_variables = own_variables(),
      .columns = columns_of_terminal(),
      .in = &std::cin,
      .err_is_terminal = ::isatty(STDERR_FILENO) == 1,
      .build = fnlint::build_of_program(),
  };
  return fnlint::run({argv + 1, argv + argc}, console);
}
