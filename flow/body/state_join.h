// What holds where two paths through a body meet.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"

#include <array>
#include <cstddef>
#include <optional>

namespace fnlint {

class StateJoin {
 public:
  StateJoin(const BodyScope& scope, const LoopNest& loops)
      : scope_(scope), engine_(scope.engine), pool_(scope.pool), code_(scope.code), loops_(loops) {}

  // `gate`: the test that holds where the state came by `a`, and fails where it came by `b`. None:
  // so much was joined in this body that what follows is not.
  std::optional<BodyState> join(BodyState a, const BodyState& b, ValueId gate);

 private:
  // Two paths, and the test that tells them apart.
  struct Paths {
    const BodyState& a;
    const BodyState& b;
    ValueId gate;
  };
  [[nodiscard]] ValueId joined(ValueId on_a, ValueId on_b, const Paths& paths) const;
  [[nodiscard]] bool is_unset(VariableId id) const;
  void join_variables(const Paths& paths, BodyState& out) const;
  void join_heap(const Paths& paths, BodyState& out) const;
  [[nodiscard]] ValueId joined_fields(ValueId base, std::array<ValueId, 2> fields,
                                      const Paths& paths) const;
  [[nodiscard]] Rows<ValueId> sets_of_either(const Paths& paths) const;
  [[nodiscard]] Rows<OpId> running_on_either(const Paths& paths) const;

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const LoopNest& loops_;
  std::size_t rows_ = 0;  // that were joined so far
};

}  // namespace fnlint
