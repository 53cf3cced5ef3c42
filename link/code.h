#pragma once

#include "core/files.h"
#include "flow/program.h"
#include "link/compiled_target.h"
#include "link/function_package.h"
#include "model/project.h"
#include "values/pool.h"

#include <bitset>
#include <memory>
#include <string>
#include <vector>

namespace fnlint {

struct UnitRoots;

enum class SourceDialect : std::uint8_t {
  Python,
  JavaScript,
  TypeScript,
  Tsx,
  Java,
  Kotlin,
  Go,
  CSharp,
  Ruby,
  Rust,
  Cpp
};
inline constexpr std::size_t kDialectCount = static_cast<std::size_t>(SourceDialect::Cpp) + 1;
// Those that the caller can parse.
using DialectSet = std::bitset<kDialectCount>;

// A source that is reachable and not read yet: a file, or the inline code of a function.
struct WantedSource {
  std::string path = {};  // relative to the root; of inline code: the template's
  std::uint32_t inline_function = UINT32_MAX;  // row of Stacks::functions
  SourceDialect dialect{};
  friend auto operator<=>(const WantedSource&, const WantedSource&) = default;
};

// How the runtime comes from the module to the function that it calls.
enum class HandlerForm : std::uint8_t {
  Named,  // by the symbol
  Made,   // calling what the symbol names gives it: a bean
  Entry,  // the program hands it over: what its main gives to the runtime
};

// What link.code knows of one declared function.
struct FunctionCode {
  Language language{};
  std::uint32_t unit = 0;
  bool found = false;  // the handler's module was read
  ModuleId module = {};
  std::string symbol =
      {};                  // what the handler names inside it: "handler", "api.get", "Class.method"
  HandlerForm form{};
  bool heuristic = false;  // found by something weaker than what the template says
  bool by_framework = false;  // a library's own handler calls it, in its own way
  bool by_interface = false;  // the handler names a class alone
  UnresolvedKind why{};    // not found: of what kind, ...
  HandlerLack lack{};      // ... what was missing, ...
  std::string looked_for = {}, looked_in = {};
  HandlerProblem problem = {};  // the runtime will not find it either
  FunctionPackage package = {};
  CompiledTarget target = {};
  std::string image_runtime = {};  // that the Dockerfile's base image holds
  std::vector<std::string> image_variables = {};  // that the Dockerfile sets
  std::string reason = {};  // ... in words
};

struct LinkedCode {
  Program program = {};
  std::vector<ModuleInfo> modules = {};      // parallel to program.modules
  std::vector<WantedSource> sources = {};    // parallel to program.modules
  std::vector<FunctionCode> functions = {};  // parallel to Stacks::functions
  std::vector<std::uint32_t> latest = {};    // rows of `functions`: of the units that came last
  std::vector<Unresolved> unresolved = {};   // imports that lead nowhere
};

// Which files are the functions' code, some units after others so that no more than theirs is in
// memory. begin_units() takes up the next ones; then wanted() names what facts so far ask for and
// add() brings it; when nothing more is wanted, finish_units() adds what is linked to `code`. Parses
// nothing itself.
class CodeReach {
 public:
  CodeReach(const ValuePool& pool, const Stacks& stacks, const FileSystem& files,
            DialectSet readable);
  ~CodeReach();
  // The units of `functions` functions, or a few more. False: there are no more.
  bool begin_units(std::size_t functions);
  // A program that is no function of a template: its file, and what that imports.
  void begin_program(const std::string& path, const UnitRoots& roots);
  std::vector<WantedSource> wanted();  // sorted; of these units, each source is asked for once
  void add(const WantedSource& source, FileId file, const CodeFacts* facts);
  void finish_units(LinkedCode& code);
  // The sources of the handlers of the `functions` functions that begin_units() takes up next, sorted.
  [[nodiscard]] std::vector<WantedSource> next_handlers(std::size_t functions) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace fnlint
