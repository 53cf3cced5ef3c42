// Tests each effect's path condition with the first event of each trigger, also by routes and by
// the ARNs and names that code compares.

#include "link/effects/effect_sources.h"

#include "link/effects/caused_event.h"
#include "link/effects/function_scope.h"
#include "values/compute.h"
#include "values/relations_to.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fnlint {

namespace {

bool is_of_api(const Stacks& stacks, const Relation& trigger) {
  return trigger.from.exists() && stacks[trigger.from].kind == ResourceKind::Api;
}

// Routes of an application answer the API that calls the function: what else starts it does not
// come to them.
void note_routes(const Stacks& stacks, std::span<const Relation* const> triggers,
                 LambdaFunction& function) {
  const auto of_api = [&](const Relation* one) { return is_of_api(stacks, *one); };
  if (std::ranges::none_of(triggers, of_api)) return;
  for (const Relation* const trigger : triggers) {
    const bool is_other =
        trigger->kind == RelationKind::Trigger && trigger->from.exists() && !of_api(trigger);
    if (!is_other) continue;
    for (std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (Effect& effect : *list)
        if ((effect.flags & kInRoute) != 0)
          effect.never_by.push_back(relation_row(stacks, *trigger));
  }
}

// What tells apart which of several sources has sent the event: `eventSourceARN.includes("-done")`,
// asked of each.
class NamedSources {
 public:
  NamedSources(Engine& engine, const Stacks& stacks, std::span<const Relation* const> triggers)
      : engine_(engine), pool_(engine.pool()), stacks_(stacks) {
    for (const Relation* const trigger : triggers)
      if (trigger->kind == RelationKind::Trigger && trigger->from.exists())
        sources_.insert(trigger->from.index);
  }

  [[nodiscard]] bool are_several() const { return sources_.size() > 1; }
  // Whether what the source sends comes as far. Yes: it is told apart by that.
  [[nodiscard]] Answer may_reach(std::span<const Fact> holds, ResourceId source) {
    bool is_told = false, is_open = false;
    for (const Fact& fact : holds) {
      if (!asks_source(fact.test)) continue;
      const Answer answer = answered(fact.test, source);
      if (answer == (fact.holds ? Answer::No : Answer::Yes)) return Answer::No;
      is_told = is_told || answer != Answer::Unknown;
      is_open = is_open || answer == Answer::Unknown;
    }
    return is_told && !is_open ? Answer::Yes : Answer::Unknown;
  }

 private:
  // Regions, accounts and partitions of two kinds: what hangs on none of them is the same with
  // both.
  using Places = std::array<std::string_view, 3>;
  static constexpr std::array<Places, 2> kPlaces{
      {{"us-east-1", "111122223333", "aws"}, {"ap-southeast-2", "999900008888", "aws-cn"}}};

  // The one source that a value speaks of; UINT32_MAX: of none, or of several.
  [[nodiscard]] std::uint32_t source_in(ValueId value) const {
    std::set<std::uint32_t> found;
    for_each_below(pool_, value, [&](ValueId id) {
      const auto source = static_cast<std::uint32_t>(pool_[id].ref);
      if (pool_.is(id, ValueKind::Reference) && sources_.contains(source)) found.insert(source);
    });
    return found.size() == 1 ? *found.begin() : UINT32_MAX;
  }
  // One of the sources, whichever has sent the event, or what is made of it.
  [[nodiscard]] bool is_one_of_sources(ValueId value) const {
    return pool_.is(value, ValueKind::OneOf) &&
           std::ranges::all_of(pool_.operands(value),
                               [&](ValueId one) { return source_in(one) != UINT32_MAX; });
  }
  bool asks_source(ValueId test) {
    const auto [known, is_new] = asks_.try_emplace(test, false);
    if (is_new)
      for_each_below(pool_, test,
                     [&](ValueId id) { known->second = known->second || is_one_of_sources(id); });
    return known->second;
  }
  Answer answered(ValueId test, ResourceId source) {
    const auto [known, is_new] = answers_.try_emplace({test, source.index}, Answer::Unknown);
    if (!is_new) return known->second;
    known->second = truth_with(test, source, nullptr);
    if (known->second == Answer::Unknown) {
      const Answer one = truth_with(test, source, &kPlaces[0]);
      if (one != Answer::Unknown && truth_with(test, source, &kPlaces[1]) == one)
        known->second = one;
    }
    return known->second;
  }
  // The source by reference, or by what its name and ARN are in some place.
  Answer truth_with(ValueId test, ResourceId source, const Places* places) {
    const auto place_of = [&](ValueId hole) {
      if (places == nullptr || pool_[hole].origin != Origin::Pseudo) return ValueId{};
      const std::string_view name = pool_.text(hole);
      return name == "AWS::Region"      ? pool_.text_value((*places)[0])
             : name == "AWS::AccountId" ? pool_.text_value((*places)[1])
             : name == "AWS::Partition" ? pool_.text_value((*places)[2])
                                        : ValueId{};
    };
    Substitution placing;
    placing.leaf = [&](ValueId leaf) {
      return pool_.is(leaf, ValueKind::Hole) ? place_of(leaf) : ValueId{};
    };
    Substitution substitution = placing;
    substitution.left = [&](ValueId choice) {
      if (!is_one_of_sources(choice)) return choice;
      std::vector<Alternative> ways;
      for (std::size_t i = 0; i < pool_.operands(choice).size(); ++i)
        if (const ValueId one = pool_.operands(choice)[i]; source_in(one) == source.index)
          ways.push_back({one, {}});
      return ways.empty() ? choice : pool_.one_of(ways);
    };
    substitution.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
      std::vector<ValueId> named(operands.begin(), operands.end());
      if (places != nullptr)
        for (ValueId& one : named)
          if (pool_.is(one, ValueKind::Reference) && pool_[one].ref == source.index)
            one = Substituter(pool_, placing)(written_name(one, source));
      return engine_.recompute(name, named, 0);
    };
    Substituter asked(pool_, substitution);
    return truth(pool_, asked(test));
  }
  [[nodiscard]] ValueId written_name(ValueId reference, ResourceId source) {
    if (const ValueId arn = written_arn(pool_, stacks_, reference); arn.exists()) return arn;
    const ValueId named = stacks_[source].physical_name;
    const bool is_named =
        pool_.text(reference).empty() && named.exists() && !pool_.is(named, ValueKind::Absent);
    return is_named ? named : reference;
  }

  Engine& engine_;
  ValuePool& pool_;
  const Stacks& stacks_;
  std::set<std::uint32_t> sources_ = {};
  std::map<ValueId, bool> asks_ = {};
  std::map<std::pair<ValueId, std::uint32_t>, Answer> answers_ = {};
};

void note_named(Engine& engine, const Stacks& stacks, std::span<const Relation* const> triggers,
                LambdaFunction& function) {
  NamedSources named(engine, stacks, triggers);
  if (!named.are_several()) return;
  // Where one is certainly meant, another is not, for all that is not known of its name.
  const auto note = [&](const auto& holds, std::vector<std::uint32_t>& never_by) {
    std::vector<std::pair<std::uint32_t, Answer>> answers;
    for (const Relation* const trigger : triggers)
      if (trigger->kind == RelationKind::Trigger && trigger->from.exists())
        answers.emplace_back(relation_row(stacks, *trigger), named.may_reach(holds, trigger->from));
    const bool is_meant =
        std::ranges::any_of(answers, [](const auto& one) { return one.second == Answer::Yes; });
    for (const auto& [row, answer] : answers)
      if (answer == Answer::No || (is_meant && answer == Answer::Unknown)) never_by.push_back(row);
  };
  for (std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
    for (Effect& effect : *list) note(effect.holds, effect.never_by);
  for (ReturnedValue& returned : function.returns) note(returned.holds, returned.never_by);
}

}  // namespace

void note_sources(Engine& engine, const Stacks& stacks, std::span<const Relation* const> triggers,
                  LambdaFunction& function) {
  note_routes(stacks, triggers, function);
  note_named(engine, stacks, triggers, function);
  for (const Relation* const trigger : triggers) {
    const CausedEvent event = first_event(engine.pool(), stacks, trigger);
    // Of other sources nothing is known that a test could ask for.
    if (!trigger->filter.exists() && !event.message.exists()) continue;
    const auto row = relation_row(stacks, *trigger);
    EventAnswers answers;
    for (std::vector<Effect>* const list : {&function.effects, &function.unknown_calls})
      for (Effect& effect : *list)
        if (!may_reach(engine, effect.holds, event, answers)) effect.never_by.push_back(row);
    for (ReturnedValue& returned : function.returns)
      if (!may_reach(engine, returned.holds, event, answers)) returned.never_by.push_back(row);
  }
}

}  // namespace fnlint
