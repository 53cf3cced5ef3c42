// Who receives a message and deletes it before the work has nothing left to try again with, where
// that fails.

#include "checks/reliability/lost_errors.h"
#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "tables/models.h"
#include "values/failures.h"
#include "values/pool.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kReceipt = "receiptHandle";

bool is_deletion(const Effect& effect) {
  return deletes_messages(effect) && (effect.flags & kGuessed) == 0;
}

class EarlyDeletion {
 public:
  EarlyDeletion(const ValuePool& pool, const LambdaFunction& function, const Effect& deletion)
      : pool_(pool), function_(function), deletion_(deletion), received_(receiving()) {
    of_event_ = is_made(deletion, [&](ValueId id) {
      return pool_[id].origin == Origin::Event && pool_.text(id).ends_with(kReceipt);
    });
  }

  // What is lost where it fails; null: nothing, as far as is known.
  const Effect* lost_work(std::uint8_t& uncertainty) {
    if ((received_ == nullptr && !of_event_) || is_after_failure(pool_, deletion_.holds) ||
        comes_back())
      return nullptr;
    if (deletes_some()) uncertainty |= kUncertain;
    if (const Effect* const work = first_behind(Of::Message)) {
      if (first_before(Of::Message)) return nullptr;
      return work;
    }
    // Nothing is made of what stands in a message: that there was one is enough.
    if (of_event_ || first_before(Of::Anything)) return nullptr;
    if (may_work_before()) uncertainty |= kUncertain;
    return first_behind(Of::Anything);
  }

 private:
  enum class Of : std::uint8_t { Message, Anything };

  template <class Is>
  [[nodiscard]] bool is_made(const Effect& effect, const Is& is) const {
    return std::ranges::any_of(std::array{effect.target_value, effect.key, effect.arguments},
                               [&](ValueId value) {
                                 bool found = false;
                                 if (value.exists())
                                   for_each_below(pool_, value, [&](ValueId id) {
                                     found = found || (pool_.is(id, ValueKind::Hole) && is(id));
                                   });
                                 return found;
                               });
  }
  template <class Is>
  const Effect* first(const Is& is) const {
    const Effect* found = nullptr;
    for (const std::vector<Effect>* all : {&function_.effects, &function_.unknown_calls})
      for (const Effect& effect : *all)
        if (is(effect) && (found == nullptr || effect.order < found->order)) found = &effect;
    return found;
  }
  [[nodiscard]] bool is_same_queue(const Effect& other) const {
    return (other.target.exists() && other.target == deletion_.target) ||
           (other.target_value.exists() && other.target_value == deletion_.target_value);
  }
  [[nodiscard]] bool is_of(const Effect& effect, const Effect& received) const {
    return is_made(effect, [&](ValueId id) {
      return pool_[id].origin == Origin::CallResult &&
             value_site(function_, pool_[id].ref) == received.where;
    });
  }
  [[nodiscard]] const Effect* receiving() const {
    return first([&](const Effect& effect) {
      return operations()[effect.operation].id == "sqs.ReceiveMessage" &&
             effect.order < deletion_.order &&
             (is_same_queue(effect) || is_of(deletion_, effect)) &&
             !exclude_each_other(pool_, effect.holds, deletion_.holds);
    });
  }
  [[nodiscard]] bool is_of_message(const Effect& effect) const {
    return of_event_ ? is_work_of_event(pool_, effect) : is_of(effect, *received_);
  }
  [[nodiscard]] bool is_work(const Effect& effect, Of of) const {
    return changes_something(effect) && !is_deletion(effect) &&
           !exclude_each_other(pool_, effect.holds, deletion_.holds) &&
           !is_after_failure(pool_, effect.holds) && (of == Of::Anything || is_of_message(effect));
  }
  [[nodiscard]] const Effect* first_behind(Of of) const {
    return first([&](const Effect& effect) {
      return effect.order > deletion_.order && is_work(effect, of);
    });
  }
  [[nodiscard]] bool first_before(Of of) const {
    return first([&](const Effect& effect) {
             return effect.order < deletion_.order &&
                    (received_ == nullptr || effect.order > received_->order) &&
                    is_work(effect, of);
           }) != nullptr;
  }
  // Those that a test has chosen: the work may be for the others.
  [[nodiscard]] bool deletes_some() const {
    return std::ranges::any_of(deletion_.holds, [&](const Fact& fact) {
      bool found = false;
      for_each_below(pool_, fact.test, [&](ValueId id) {
        found = found || pool_.opcode(id) == Opcode::Many;
      });
      return found;
    });
  }
  // It is sent there again, or elsewhere where something has failed.
  [[nodiscard]] bool comes_back() const {
    return first([&](const Effect& effect) {
             const std::string_view id = operations()[effect.operation].id;
             const bool sends = id == "sqs.SendMessage" || id == "sqs.SendMessageBatch";
             return sends && (is_same_queue(effect) || is_after_failure(pool_, effect.holds));
           }) != nullptr;
  }
  // Something that is not known stands in front of it.
  [[nodiscard]] bool may_work_before() const {
    return function_.cut != 0 ||
           std::ranges::any_of(function_.not_followed, [&](const NotFollowed& part) {
             return part.where.file != deletion_.where.file ||
                    part.where.range.begin < deletion_.where.range.begin;
           });
  }

  const ValuePool& pool_;
  const LambdaFunction& function_;
  const Effect& deletion_;
  bool of_event_ = false;
  const Effect* received_;
};

// Who waits for the answer is told of a failure, and a message may stand for something that is
// given out once: a number.
bool answers_somebody(const RelationsTo& relations, const LambdaFunction& function) {
  return std::ranges::any_of(relations[function.resource], [](const Relation* relation) {
    return relation->kind == RelationKind::Trigger &&
           relation->invocation == Invocation::Synchronous;
  });
}

}  // namespace

void reliability_message_deleted_early(const Project& project, const Settings&,
                                       Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions)
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& deletion : *all) {
        if (!is_deletion(deletion)) continue;
        std::uint8_t uncertainty = static_cast<std::uint8_t>(
            (deletion.uncertainty & ~(kUncertain | kConditional)) | kHeuristic);
        if (answers_somebody(relations, function)) uncertainty |= kUncertain;
        const Effect* const work =
            EarlyDeletion(*project.pool, function, deletion).lost_work(uncertainty);
        if (work == nullptr) continue;
        findings.push_back(FindingBuilder("reliability-message-deleted-early", uncertainty)
                               .about(function)
                               .at(deletion.where)
                               .says("'", function.name,
                                     "' deletes the message here, before its work (",
                                     call_name(*work),
                                     "): where that fails, or the function times out, nobody "
                                     "delivers the message again, and it is lost.")
                               .identified(function.name)
                               .with_steps(deletion.path)
                               .related(work->where, "This may fail."));
      }
}

}  // namespace fnlint
