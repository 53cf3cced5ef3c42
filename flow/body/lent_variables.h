// Which own variables a body's calls are given, and what is known of them afterwards.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/object_places.h"

#include <map>
#include <utility>
#include <vector>

namespace fnlint {

// Arguments by name or position.
using NamedExprs = std::vector<std::pair<StringId, ExprId>>;

class LentVariables {
 public:
  LentVariables(const BodyScope& scope, ObjectPlaces& places)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        places_(places) {}

  // A function of the project is told where in our own variables its arguments lie. `without`:
  // those that live nowhere else.
  void add_own_places(const Call& row, const NamedExprs& without, CallInput& invocation,
                      BodyState& state);
  // `x` behind `f(&x)`: what it holds is known where the call is followed. What a model says is
  // enough where the address is handed on, or lent.
  [[nodiscard]] bool is_known_after_call(const Assign& row, const BodyState& state) const;

 private:
  enum class Given : std::uint8_t { Unknown, Modelled, Followed };
  struct LastGiven {
    Given how{};
    FunctionRef function = {};
    std::size_t at = 0;
  };
  [[nodiscard]] bool is_modelled(ValueId called) const;
  void note_given(const Call& row, LastGiven given);
  [[nodiscard]] bool keeps_given(FunctionRef function, std::size_t at) const;

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  ObjectPlaces& places_;
  std::map<VariableId, LastGiven> last_given_;  // own variables: to the last call with them
};

}  // namespace fnlint
