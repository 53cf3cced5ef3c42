// What a property does where it is read or set: it is called.
#pragma once

#include "flow/body/body_scope.h"
#include "flow/body/callee_steps.h"
#include "flow/body/object_places.h"
#include "flow/body/summary_builder.h"

#include <set>

namespace fnlint {

class PropertyCalls {
 public:
  PropertyCalls(const BodyScope& scope, const SummaryBuilder& summary, ObjectPlaces& places,
                CalleeSteps& steps)
      : scope_(scope),
        engine_(scope.engine),
        pool_(scope.pool),
        code_(scope.code),
        summary_(summary),
        places_(places),
        steps_(steps) {}

  // Takes what the member does, if it is a property.
  void read(ExprId id, ValueId base, BodyState& state);
  // `http.verify_mode = NONE` of a library's object, where a row tells of `verify_mode=`; or what
  // the project's own setter does, besides what it stores. `base`: what the member is of.
  void set(const Expr& target, ValueId base, ValueId value, OpId op, BodyState& state);

 private:
  [[nodiscard]] ProjectObject object_read(ValueId base) const;
  [[nodiscard]] ValueId property_read(ExprId id, ValueId base) const;
  void run_library_property(ExprId id, ValueId base, BodyState& state);
  void run_setter(const Expr& target, ValueId base, ValueId value, OpId op, BodyState& state);

  const BodyScope& scope_;
  Engine& engine_;
  ValuePool& pool_;
  const CodeFacts& code_;
  const SummaryBuilder& summary_;
  ObjectPlaces& places_;
  CalleeSteps& steps_;
  std::set<std::uint32_t> taken_;  // expressions of which what the property does has been taken
};

}  // namespace fnlint
