// What a body reads of the event, the context and the environment, and whether it may be missing.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/summary_builder.h"

#include <cstddef>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint {

// A read that a later test may ask for; `raises`: where it is not there, no test is reached.
struct NotedRead {
  ValueId value = {};
  std::size_t step = 0;
  bool raises = false;
};

class InputReads {
 public:
  InputReads(const BodyScope& scope, SummaryBuilder& summary)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        summary_(summary) {}

  // A member or an entry was found to be that value.
  void note_part(ExprId id, ValueId base, ValueId value, BodyState& state);
  // What a callee reads: nothing of it is lost but what is there already.
  void take(const Step& given, const BodyState& state);
  [[nodiscard]] std::span<const NotedRead> noted() const { return noted_; }

  // A test asks for what was read, or for what that was made of.
  void expect_absence(ValueId asked);
  // ... for a variable that was read elsewhere: by the module, in a constructor, or only by its
  // name. `fails`: that it is not there ends in an error.
  void add_asked(ValueId variable, ExprId condition, bool fails, const BodyState& state);
  // Without this variable of the environment a test raises.
  void require(ValueId variable) { required_.push_back(variable); }
  [[nodiscard]] bool is_required(ValueId variable) const;
  // An operator asks for it, in the expression that is evaluated: `a and b`.
  void note_asked_here(ValueId value) { asked_here_.push_back(value); }
  std::vector<ValueId> begin_expression() { return std::exchange(asked_here_, {}); }
  void end_expression(std::vector<ValueId> outer) { asked_here_ = std::move(outer); }
  // A handler catches there that something is missing, and goes on without it.
  [[nodiscard]] bool is_absence_caught(const Range& at);

 private:
  struct LastRead {
    bool exists = false;
    ExprId expr = {};
    std::size_t row = 0;
  };
  void note(ExprId id, ExprId base, ValueId value, bool expected, bool raises,
            const BodyState& state);
  void cut();
  [[nodiscard]] bool is_asked_here(ValueId value) const;
  const std::vector<Range>& caught_absence();

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  SummaryBuilder& summary_;
  std::vector<NotedRead> noted_;
  LastRead last_ = {};
  std::set<std::pair<std::uint32_t, std::uint32_t>> read_exprs_;  // value, expression
  std::set<std::tuple<ValueId, CallSite, ValueId>> taken_;        // value, place, key
  std::size_t own_ = 0;
  bool is_cut_ = false;
  std::vector<ValueId> asked_here_;  // by operators of the expression that is evaluated
  std::vector<ValueId> required_;    // variables of the environment without which a test raises
  std::vector<Range> caught_absence_;
  bool absence_known_ = false;
};

}  // namespace fnlint
