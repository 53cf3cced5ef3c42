// A read that has failed, for whatever reason, is taken to have found nothing, and what is there is
// written over.

#include "checks/idempotency/idempotency_view.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "tables/models.h"
#include "values/failures.h"
#include "values/pool.h"
#include "values/where.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

class FailuresAsAbsence {
 public:
  FailuresAsAbsence(const Project& project, const LambdaFunction& function)
      : pool_(*project.pool), function_(function) {}

  void check(const Effect& write, Findings& findings) {
    const Operation& operation = operations()[write.operation];
    if ((operation.id != "s3.PutObject" && operation.id != "dynamodb.PutItem") ||
        (write.flags & kGuessed) != 0 || is_conditional(pool_, operation, write))
      return;
    const std::vector<ValueId> errors = errors_below(write.chosen_arguments);
    if (errors.empty() || is_asked(write, errors)) return;
    for (const std::vector<Effect>* all : {&function_.effects, &function_.unknown_calls})
      for (const Effect& read : *all)
        if (is_read_of(read, write) && is_made_of(write.chosen_arguments, read) &&
            told_.insert(write.where).second)
          tell(read, write, findings);
  }

 private:
  // The errors of which something else is written, whichever they are.
  [[nodiscard]] std::vector<ValueId> errors_below(ValueId whole) const {
    std::vector<ValueId> found;
    if (!whole.exists()) return found;
    for_each_below(pool_, whole, [&](ValueId id) {
      if (!is_where(pool_, id)) return;
      for (const ValueId test : pool_.operands(id).subspan(1))
        if (const ValueId error = failed_with_any(pool_, {test, true}); error.exists())
          found.push_back(error);
    });
    return found;
  }
  // Something asks which error it is.
  [[nodiscard]] bool is_asked(const Effect& write, const std::vector<ValueId>& errors) const {
    const auto asks = [&](ValueId test) {
      if (failed_with_any(pool_, {test, true}).exists()) return false;
      bool found = false;
      for_each_below(pool_, test, [&](ValueId id) {
        found = found || (std::ranges::find(errors, id) != errors.end() &&
                          pool_.opcode(test) != Opcode::Not);
      });
      return found;
    };
    bool found =
        std::ranges::any_of(write.holds, [&](const Fact& fact) { return asks(fact.test); });
    for_each_below(pool_, write.chosen_arguments, [&](ValueId id) {
      if (!is_where(pool_, id)) return;
      for (const ValueId test : pool_.operands(id).subspan(1)) found = found || asks(test);
    });
    return found;
  }
  // What was read, with other entries: `{...state, last}`.
  [[nodiscard]] bool is_made_of(ValueId whole, const Effect& read) const {
    bool found = false;
    for_each_below(pool_, whole, [&](ValueId record) {
      const ValueId rest =
          pool_.is(record, ValueKind::Record) ? entry_of(pool_, record, kRest) : ValueId{};
      if (rest.exists() && !found)
        for_each_below(pool_, rest, [&](ValueId id) {
          found = found || (pool_.is(id, ValueKind::Object) && is_given(pool_, id, read.key));
        });
    });
    return found;
  }
  [[nodiscard]] bool is_read_of(const Effect& read, const Effect& write) const {
    const std::string_view id = operations()[read.operation].id;
    const bool same_target = write.target_value.exists() && read.target_value == write.target_value;
    if (!same_target || read.order >= write.order || !read.key.exists() || !write.key.exists())
      return false;
    if (id == "s3.GetObject") return read.key == write.key;
    return id == "dynamodb.GetItem" && is_key_of(pool_, read.key, write.key);
  }
  void tell(const Effect& read, const Effect& write, Findings& findings) {
    const auto evidence = static_cast<std::uint8_t>(
        ((read.evidence | write.evidence) & ~(kUncertain | kConditional)) | kHeuristic);
    findings.push_back(FindingBuilder("reliability-failure-as-absence", evidence)
                           .about(function_)
                           .at(write.where)
                           .says("This writes back what was read before (", call_name(read),
                                 "), or begins anew where that has failed, whatever it has failed "
                                 "with: where it was "
                                 "throttled, refused or timed out, what is there is overwritten.")
                           .identified(function_.name, ' ', call_name(write))
                           .with_steps(write.path)
                           .related(read.where, "Any failure of this is taken for absence."));
  }

  const ValuePool& pool_;
  const LambdaFunction& function_;
  std::set<Span> told_ = {};
};

}  // namespace

void reliability_failure_as_absence(const Project& project, const Settings&, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    FailuresAsAbsence failures(project, function);
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& write : *all) failures.check(write, findings);
  }
}

}  // namespace fnlint
