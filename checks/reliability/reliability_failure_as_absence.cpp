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
  // Whether a test asks more of one of the errors than whether it is there: `err != nil`.
  [[nodiscard]] bool asks_more(ValueId test, const std::vector<ValueId>& errors,
                               std::set<ValueId>& seen) const {
    if (!seen.insert(test).second) return false;
    if (std::ranges::find(errors, test) != errors.end()) return true;
    if (!pool_.is(test, ValueKind::Computed)) {
      bool found = false;
      for_each_below(pool_, test, [&](ValueId id) {
        found = found || std::ranges::find(errors, id) != errors.end();
      });
      return found;
    }
    if (failed_with_any(pool_, {test, true}).exists() ||
        failed_with_any(pool_, {test, false}).exists())
      return false;
    return std::ranges::any_of(pool_.operands(test),
                               [&](ValueId one) { return asks_more(one, errors, seen); });
  }
  // Something asks which error it is.
  [[nodiscard]] bool is_asked(const Effect& write, const std::vector<ValueId>& errors) const {
    std::set<ValueId> seen;  // what was seen asks no more
    const auto asks = [&](ValueId test) { return asks_more(test, errors, seen); };
    bool found =
        std::ranges::any_of(write.holds, [&](const Fact& fact) { return asks(fact.test); });
    for_each_below(pool_, write.chosen_arguments, [&](ValueId id) {
      if (!is_where(pool_, id)) return;
      for (const ValueId test : pool_.operands(id).subspan(1)) found = found || asks(test);
    });
    return found;
  }
  // One of several that it may be is what was read, and one is there where something has failed:
  // `{...state, last}`, `seen + [id]`, a count.
  [[nodiscard]] bool is_made_of(ValueId whole, const Effect& read) const {
    bool found = false;
    for_each_below(pool_, whole, [&](ValueId id) {
      if (found || !pool_.is(id, ValueKind::OneOf)) return;
      bool is_answer = false, is_instead = false;
      for (const ValueId one : pool_.operands(id)) {
        const ValueId value = is_where(pool_, one) ? pool_.operands(one)[0] : one;
        if (answers(value, read))
          is_answer = true;
        else
          is_instead = is_instead || is_after_any_failure(one);
      }
      found = is_answer && is_instead;
    });
    return found;
  }
  [[nodiscard]] bool is_after_any_failure(ValueId one) const {
    return is_where(pool_, one) &&
           std::ranges::any_of(pool_.operands(one).subspan(1), [&](ValueId test) {
             return failed_with_any(pool_, {test, true}).exists();
           });
  }
  [[nodiscard]] bool answers(ValueId whole, const Effect& read) const {
    bool found = false;
    for_each_below(pool_, whole, [&](ValueId id) {
      found = found || (is_stored_data(pool_, id) && is_given(pool_, id, read.key));
    });
    return found;
  }
  [[nodiscard]] bool is_read_of(const Effect& read, const Effect& write) const {
    const std::string_view id = operations()[read.operation].id;
    const bool same_target = write.target_value.exists() && read.target_value == write.target_value;
    if (!same_target || read.order >= write.order || !read.key.exists() || !write.key.exists())
      return false;
    if (id == "s3.GetObject") return read.key == write.key;
    return id == "dynamodb.GetItem" &&
           (is_key_of(pool_, read.key, write.key) || !has_attributes(write.key));
  }
  // Of an object of a class nobody says here by what names its fields are stored.
  [[nodiscard]] bool has_attributes(ValueId item) const {
    if (pool_.is(item, ValueKind::OneOf))
      return std::ranges::any_of(pool_.operands(item),
                                 [&](ValueId one) { return has_attributes(one); });
    return pool_.is(bare(pool_, item), ValueKind::Record);
  }
  void tell(const Effect& read, const Effect& write, Findings& findings) {
    const auto uncertainty = static_cast<std::uint8_t>(
        ((read.uncertainty | write.uncertainty) & ~(kUncertain | kConditional)) | kHeuristic);
    findings.push_back(FindingBuilder("reliability-failure-as-absence", uncertainty)
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
