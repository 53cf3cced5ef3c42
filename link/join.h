#pragma once

#include "flow/engine.h"
#include "link/call_permissions.h"
#include "link/code.h"
#include "link/loaded_function.h"
#include "link/loops.h"
#include "link/secret_literals.h"
#include "link/unused_rights.h"
#include "model/project.h"
#include "values/pool.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// What a run asks of the join besides what every run does.
struct JoinQuestions {
  CycleQuestions cycles = {};
  bool unused_rights = false;  // what of roles no code needs
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
  Project finish();

 private:
  [[nodiscard]] LoadedFunction load(std::uint32_t row);
  void join_function(std::uint32_t row);  // of the declared ones
  [[nodiscard]] std::set<std::pair<Span, std::string>> led_back_code() const;
  void add_unresolved_handlers();

  ValuePool& pool_;
  CycleQuestions cycles_;
  LinkedCode code_ = {};
  Project project_ = {};
  Engine engine_;
  SecretLiterals secrets_ = {};
  std::optional<CallPermissions> permissions_ = {};
  std::optional<UnusedRights> unused_rights_ = {};  // where they are asked for
  std::map<ResourceId, std::vector<const Relation*>> triggers_ = {};
  std::map<std::uint32_t, LoadedFunction> loaded_ = {};  // of the units that came last
  std::map<ModuleId, std::set<std::string>> handlers_ = {};  // likewise: names in a module
  std::size_t joined_modules_ = 0;
};

}  // namespace fnlint
