#include "app/run.h"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>

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
  };
  return fnlint::run({argv + 1, argv + argc}, console);
}
