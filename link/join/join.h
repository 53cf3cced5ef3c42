// The step from templates and code to the project.
#pragma once

#include "link/code/code.h"
#include "link/code/secret_literals.h"
#include "link/effects/loops.h"
#include "link/join/unit_join.h"
#include "link/join/unused_rights.h"
#include "model/project.h"
#include "values/pool.h"
#include "values/relations_to.h"
#include "values/transfer.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// What a run asks of the join besides what every run does.
struct JoinQuestions {
  CycleQuestions cycles = {};
  Begins begins = {};          // of the code of a function
  bool unused_rights = false;  // what of roles no code needs
  std::size_t threads = 0;     // that join units at once; 0: as many as are worth it ...
  std::size_t most_threads = SIZE_MAX;  // ... of so many
};

// Joins templates and code: summaries of handlers with their environment, triggers and roles put
// in, unit after unit as their code is linked; then the event graph and its cycles. Package sizes
// are put in by the caller.
class Join {
 public:
  Join(ValuePool& pool, Stacks stacks, const JoinQuestions& questions);
  Join(const Join&) = delete;
  Join& operator=(const Join&) = delete;

  [[nodiscard]] const Stacks& stacks() const { return project_.stacks; }
  LinkedCode& code() { return code_; }
  // Joins the functions of the units that came last. Their code forms may be freed then, once
  // code().program.again can make them anew.
  void add_units();
  Project finish(bool with_cycles = true);
  // Of the functions whose code comes to one of these files by its imports, or to an import that
  // leads nowhere: their rows. Once finish() has been called.
  [[nodiscard]] std::set<std::uint32_t> functions_that_reach(const Project& project,
                                                             std::set<FileId> files) const;

 private:
  using Rows = std::vector<std::uint32_t>;
  [[nodiscard]] std::vector<Rows> shares() const;
  [[nodiscard]] std::set<std::pair<Span, std::string>> led_back_code() const;
  void add_unresolved_handlers();
  void add_unknown_code();

  CycleQuestions cycles_;
  LinkedCode code_ = {};
  Project project_ = {};
  RelationsTo relations_;
  Engine engine_;                                      // for what is asked once all is joined
  std::vector<std::unique_ptr<UnitJoin>> joins_ = {};  // that work at once
  SecretLiterals secrets_ = {};
  std::optional<UnusedRights> unused_rights_ = {};  // where they are asked for
  std::size_t joined_modules_ = 0;
};

}  // namespace fnlint
