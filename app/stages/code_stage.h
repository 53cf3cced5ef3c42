// From wanted files to code forms: the compiler's driver.
#pragma once

#include "app/files/parallel.h"
#include "app/files/source_files.h"
#include "app/stages/clang_stage.h"
#include "app/suppressions/suppressions.h"
#include "core/files.h"
#include "link/code/code.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <set>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace fnlint {

// Whether there is a syntax error in it.
bool is_broken(const CodeFacts& facts);

// A file of that dialect, by itself.
CodeFacts lower_text(std::string_view text, SourceDialect dialect);

// Compiles the code that a run's functions reach: the handlers' modules, then whatever those
// import, until nothing new is wanted; some units after others.
class CodeCompiler {
 public:
  CodeCompiler(const ValuePool& pool, const Stacks& stacks, BuildFacts& builds,
               SourceFiles& sources, ClangOptions clang, const Workers& workers = {});
  ~CodeCompiler();

  // Links the next units, of at least `functions` functions where there are as many. False: there
  // are no more.
  bool add_units(LinkedCode& code, std::size_t functions);
  // Begins to compile the handlers of the units that come next, on a thread of its own.
  void begin_ahead(std::size_t functions);
  // Links a program that no template names.
  void add_program(LinkedCode& code, const std::vector<std::string>& paths,
                   const UnitRoots& roots);
  // Frees the code forms so far. What is asked for again is made again.
  void free_units(LinkedCode& code);
  // Of the processor, that begin_ahead's thread has taken beside whatever else was done.
  [[nodiscard]] double milliseconds_ahead() const { return milliseconds_ahead_; }

  std::vector<LocatedProblem> problems = {};
  std::vector<Suppression> suppressions = {};
  std::set<FileId> unread = {};  // sources that could not be read at all ...
  std::set<FileId> broken = {};  // ... and those that were read but for their syntax errors

 private:
  struct Ahead;
  void compile_wanted();
  void compile(const std::vector<WantedSource>& wanted);

  const Stacks& stacks_;
  const FileSystem& files_;
  SourceFiles& sources_;
  CodeReach reach_;
  ClangLayer clang_;
  const Workers workers_;
  std::deque<CodeFacts> facts_ = {};                         // of the units in work
  std::unordered_map<std::uint32_t, CodeFacts> again_ = {};  // by ModuleId
  std::mutex making_again_ = {};  // several threads may ask for what was freed
  // By the units so far: the file, its inline function, how it is read.
  std::set<std::tuple<FileId, std::uint32_t, SourceDialect>> read_ = {};
  std::set<std::string> told_of_databases_ = {};
  std::unique_ptr<Ahead> ahead_;
  double milliseconds_ahead_ = 0;
};

}  // namespace fnlint
