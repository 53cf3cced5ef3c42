// What lies in own variables under another name: of a pointer, a reference, a closure that captures
// it, or a parameter of a function that is called.
#pragma once

#include "flow/body/alias_table.h"
#include "flow/body/body_scope.h"
#include "flow/body/loop_nest.h"
#include "flow/body/object_places.h"
#include "flow/body/summary_builder.h"

#include <span>

namespace fnlint {

// Whether what a call does is done when it is over, and once.
bool runs_at_once(const BodyScope& scope, const Call& row, const CallInput& invocation);

class ReferencedVariables {
 public:
  ReferencedVariables(const BodyScope& scope, const SummaryBuilder& summary, const LoopNest& loops,
                      AliasTable& aliases, ObjectPlaces& places)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        summary_(summary),
        loops_(loops),
        aliases_(aliases),
        places_(places) {}

  // A store in an own variable by what ran here: as surely as its tests say. `promised`: what holds
  // whenever it has come back. False: it is none.
  bool take_own(const Step& step, const FactSet& promised, BodyState& state);
  // The same of a closure that may have run here, once or more often.
  bool take_capture(const Step& step, BodyState& state);
  // `*p = v`: what p was given has the value, too, as it is where that is surely what p leads to.
  void write_by_reference(const Assign& row, ValueId value, OpId op, BodyState& state);

  // What a function that is called leaves in a record that it is given.
  void apply_stores(const Call& row, const CallInput& invocation, BodyState& state);

  // A list in our receiver or in what we were given, which the callers know, is that list and one
  // more: `orders.all = append(orders.all, one)`. False: it is something else.
  bool append_to_given(ValueId base, ValueId key, ValueId element, bool surely, BodyState& state);

 private:
  void apply_stores_to(const Operand& given, std::size_t position, const CallInput& invocation,
                       FunctionRef function, BodyState& state);
  [[nodiscard]] bool changes_copy(const Step& step) const;
  [[nodiscard]] ValueId after_capture(ValueId old, const Step& step, VariableId id,
                                      const FactSet& here) const;
  [[nodiscard]] ValueId changed_part(ValueId old, const Step& step) const;
  [[nodiscard]] ValueId with_stored(ValueId object, std::span<const ValueId> path,
                                    const Step& step, const FactSet& here) const;
  [[nodiscard]] ValueId with_own_entry(ValueId object, ValueId key, ValueId value) const;
  [[nodiscard]] ValueId content_after(ValueId old, const Step& step, const FactSet& here) const;

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const SummaryBuilder& summary_;
  const LoopNest& loops_;
  AliasTable& aliases_;
  ObjectPlaces& places_;
};

}  // namespace fnlint
