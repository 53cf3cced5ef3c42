// Budgets for evaluating templates, so that one without end costs the others nothing.
#pragma once

#include "link/stacks/stack_build.h"

#include <cstdint>
#include <optional>
#include <unordered_map>

namespace fnlint::stacks {

// What one phase of linking templates may take, in steps of Build::nodes_left: an expression that
// is evaluated, a value that is given a place. Each system (a root template, module or service with
// all that is below it) has as many as its texts are worth, whatever the others take. What loops
// and copies need beyond that comes out of what all share, of which none gets more than a part: so
// one that has no end costs the others nothing. Where it ended is a problem, and what is left out
// of it is open.
class WorkShares {
 public:
  explicit WorkShares(LinkContext& build);
  WorkShares(const WorkShares&) = delete;
  WorkShares& operator=(const WorkShares&) = delete;
  ~WorkShares();

  // What is done from here on is done for the system of this scope; of the root that will be made
  // of this text.
  void begin(ScopeId scope);
  void begin(TextId root);

 private:
  struct Share {
    std::uint64_t own = 0, borrowed = 0;  // left; taken so far
  };
  void begin(TextId root, std::uint64_t exprs);
  void end();
  void tell(TextId root);

  LinkContext& build_;
  std::uint64_t shared_;
  std::unordered_map<std::uint32_t, std::uint64_t> exprs_;  // by the root's text
  std::unordered_map<std::uint32_t, Share> shares_;         // likewise
  std::optional<TextId> current_;
  std::uint64_t given_ = 0;
};

// Whether something was left out of the system that the scope belongs to.
[[nodiscard]] bool is_spent(const LinkContext& build, ScopeId scope);
// What was left out of resources may say anything: their properties are open.
void open_spent(LinkContext& build);

}  // namespace fnlint::stacks
