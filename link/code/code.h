// A pull loop from handlers to all files that they import, for a few units at a time.
#pragma once

#include "core/files.h"
#include "link/code/linked_code.h"
#include "link/resolve/languages.h"
#include "link/resolve/source_dialect.h"
#include "values/pool.h"

#include <memory>
#include <string>
#include <vector>

namespace fnlint {

// Which files are the functions' code, some units after others so that no more than theirs is in
// memory. begin_units() takes up the next ones; then wanted() names what facts so far ask for and
// add() brings it; when nothing more is wanted, finish_units() adds what is linked to `code`. Parses
// nothing itself.
class CodeReach {
 public:
  CodeReach(const ValuePool& pool, const Stacks& stacks, BuildFacts& builds,
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
