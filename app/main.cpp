#include "app/run.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace {

// scripts/fnlint names what brings fnlint-clang up to date, to be run where it is needed.
void run_setup() {
  const char* const setup = std::getenv("FNLINT_CLANG_SETUP");
  if (setup == nullptr || *setup == '\0') return;
  std::cout.flush();
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    ::execl(setup, setup, static_cast<char*>(nullptr));
    ::_exit(127);
  }
  if (child > 0) ::waitpid(child, nullptr, 0);
}

// Beside the program.
std::string clang_program() {
  run_setup();
  std::error_code none;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", none);
  const std::string path = (own.parent_path() / "fnlint-clang").string();
  return !own.empty() && ::access(path.c_str(), X_OK) == 0 ? path : std::string();
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_DFL);  // `fnlint | head` ends quietly, whatever the caller ignores
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
  };
  return fnlint::run({argv + 1, argv + argc}, console);
}
