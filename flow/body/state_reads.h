// What a body finds in variables and fields that functions assign, and what it has assigned of them
// itself before.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/call_errors.h"
#include "flow/body/object_places.h"
#include "flow/body/summary_builder.h"

#include <tsl/robin_map.h>

#include <cstddef>
#include <set>
#include <tuple>
#include <vector>

namespace fnlint {

class StateReads {
 public:
  StateReads(const BodyScope& scope, SummaryBuilder& summary, ObjectPlaces& places)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        summary_(summary),
        places_(places) {}

  // A variable, or a member of a module that names one. `is_callee`: its name is no member that is
  // read.
  void note_found(ExprId id, const Expr& expr, bool is_callee, BodyState& state);
  // A field that functions assign, of an object that lives longer than this call, or may.
  void note_field(ExprId id, const Expr& expr, ValueId base, ValueId value, BodyState& state);
  // An object goes to where its fields are not followed.
  void note_whole(ExprId id, ValueId value, BodyState& state);
  // What is handed to a library, or to what is not known yet.
  void note_handed(const Call& row, const CallInput& invocation, const BodyState& state);
  void find(ValueId place, std::uint32_t flags, const BodyState& state);
  // What a callee finds.
  void take_found(const Step& given, const BodyState& state);

  // From here on the place has been assigned.
  void note_set(ValueId place, BodyState& state) const;
  // What a call has assigned once it is through; of one that is left running nothing is known.
  void take_sets(const Call& row, OpId op, const CallResult& outcome, CallErrors& errors,
                 BodyState& state);

 private:
  void note_entry(ExprId id, ValueId base, BodyState& state);
  void take_chain(const Call& row, OpId op, const CallResult& outcome, BodyState& state);
  void ask_whether_set(Step& found, const BodyState& state) const;
  void keep_common_sets(const Step& found);
  [[nodiscard]] std::ptrdiff_t asked_before(const Step& found) const;

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  SummaryBuilder& summary_;
  ObjectPlaces& places_;
  // Places, the flags of the step, and what is asked of it.
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>> found_;
  std::size_t found_variables_ = 0, found_places_ = 0;
  tsl::robin_map<std::uint32_t, std::vector<ValueId>> held_sets_;  // see take_chain
};

}  // namespace fnlint
