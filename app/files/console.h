// The outside world of a command: streams, environment and terminal, which tests replace.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <iosfwd>
#include <map>
#include <string>
#include <string_view>

namespace fnlint {

class Progress;

// The path of fnlint-clang, asked for when a run that is about this root meets its first file of
// C++; empty: it is not there.
using ClangProgram = std::function<std::string(const std::string& root)>;

// What surrounds a run of the program: where it prints, and what it may know of its caller.
struct Console {
  std::ostream& out;
  std::ostream& err;
  std::string version = {};
  std::string working_directory = {};  // absolute, without symbolic links
  bool out_is_terminal = false;
  // Of the environment; empty when the variable is not set.
  std::function<std::string(std::string_view name)> variable = {};
  ClangProgram clang = {};
  std::map<std::string, std::string> own_variables = {};  // of the environment: FNLINT_...
  std::size_t columns = 0;  // of the terminal; 0: not known
  std::istream* in = nullptr;  // null: there is nothing to read
  bool err_is_terminal = false;
  Progress* progress = nullptr;  // of the run that goes on; null: nobody sees it
  const std::atomic<bool>* cancel = nullptr;  // whether nobody wants it any more; null: all do
  // What tells this program from those that other sources were built into; empty: not known, and no
  // run is kept.
  std::string build = {};
};

// Every line that is for the user and no result: "fnlint: ...", on the error stream, without
// control characters.
void say(Console& console, std::string_view message);

// Whether a build server says that it runs this.
bool is_in_ci(const Console& console);

}  // namespace fnlint
