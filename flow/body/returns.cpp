// What a function gives back, and what holds and is set where it returns.

#include "flow/body/returns.h"

#include "flow/state/forwarded.h"
#include "flow/state/joined.h"
#include "flow/state/step_budget.h"
#include "model/language_traits.h"
#include "values/answers.h"
#include "values/places.h"
#include "values/summarised_lists.h"
#include "values/where.h"

#include <algorithm>
#include <set>
#include <span>
#include <vector>

namespace fnlint {

namespace {

constexpr std::size_t kReturns = 4;  // of a function whose ways are told apart

// Of a predicate: it gives true where something failed, and false everywhere else.
bool tells_of_failure(ValuePool& pool, std::span<const Way> ways) {
  return std::ranges::all_of(ways, [&](const Way& one) {
    const Answer answer = truth(pool, one.value);
    return answer != Answer::Unknown && (answer == Answer::Yes) == fails_where(pool, one.facts);
  });
}

// The test that one of the ways is taken that give this answer.
ValueId taken_that_gives(ValuePool& pool, std::span<const Way> ways, bool answer) {
  std::vector<ValueId> either;
  for (const Way& one : ways) {
    std::vector<ValueId> all;
    for (const Fact& fact : one.facts) all.push_back(as_literal(pool, fact));
    const bool is_null = pool[one.value].kind == ValueKind::Null;
    const ValueId value = is_null ? pool.boolean(false) : one.value;
    all.push_back(answer ? value : compute(pool, Opcode::Not, std::span(&value, 1)));
    either.push_back(all.size() == 1 ? all[0] : compute(pool, Opcode::And, all));
  }
  return either.size() == 1 ? either[0] : compute(pool, Opcode::Or, either);
}

}  // namespace

bool Returns::all_tests() const {
  // A function that gives nothing on any way is no predicate.
  const bool gives = std::any_of(returns_.begin(), returns_.end(), [&](const Returned& one) {
    return pool_[one.value].kind != ValueKind::Null;
  });
  return gives && std::all_of(returns_.begin(), returns_.end(), [&](const Returned& one) {
           const Value& value = pool_[one.value];
           return value.kind == ValueKind::Bool || value.kind == ValueKind::Null ||
                  (value.kind == ValueKind::Computed && is_test(pool_.text(one.value)));
         });
}

// A predicate is its returns' conditions: "returns true where key starts with out/" is that test.
// One that is true where something failed says what was done where it is not.
ValueId Returns::as_predicate(const BodyState& end) const {
  std::vector<Way> ways;
  for (const Returned& one : returns_) ways.push_back({one.value, one.facts});
  if (end.reachable) ways.push_back({pool_.null(), end.facts});
  if (are_parted(pool_, ways)) {
    if (std::ranges::all_of(ways, [&](const Way& one) { return one.value == ways[0].value; }))
      return ways[0].value;
    // Where the way without a failure has no test, its handler's has: `try: head(key); return
    // True`.
    const bool of_failure = tells_of_failure(pool_, ways) ||
                            truth(pool_, taken_that_gives(pool_, ways, true)) == Answer::Yes;
    const ValueId test = taken_that_gives(pool_, ways, !of_failure);
    return of_failure ? compute(pool_, Opcode::Not, std::span(&test, 1)) : test;
  }
  // What a way begins with may be lost where others joined it: then either answer says no more than
  // that one of its ways was taken.
  const ValueId yes = taken_that_gives(pool_, ways, true),
                no = taken_that_gives(pool_, ways, false);
  return pool_.with_uncertainty(pool_.join(where(pool_, pool_.boolean(true), std::span(&yes, 1)),
                                        where(pool_, pool_.boolean(false), std::span(&no, 1))),
                             kUngated);
}

// What each way gives, met where its tests hold: whoever asks what it is asks for these.
ValueId Returns::by_ways(const BodyState& end) const {
  FactSet all = end.reachable ? end.facts : returns_.front().facts;
  for (const Returned& one : returns_) all = common(all, one.facts);
  const auto own = [&](FactSet facts) {
    std::erase_if(facts, [&](const Fact& fact) { return std::ranges::binary_search(all, fact); });
    return facts;
  };
  std::vector<Way> ways;
  if (end.reachable) ways.push_back({pool_.null(), own(end.facts)});
  for (const Returned& one : returns_) {
    const FactSet facts = own(one.facts);
    // An empty list where something has failed is not there where nothing has.
    const bool is_instead = pool_.is(one.value, ValueKind::List) && fails_where(pool_, facts);
    const bool is_bare =
        tells_nothing(pool_, one.value) && !is_done_where(pool_, facts) && !is_instead;
    ways.push_back({is_bare ? one.value : guarded_by_facts(pool_, one.value, facts), facts});
  }
  return chosen_way(pool_, ways);
}

void Returns::add(ExprId value, ValueId returned, OpId exit, BodyState& state) {
  const ValueId place = location_of(value, returned, state);
  returns_.push_back({returned, state.facts, exit, state.sets, place});
}

void Returns::add_unknown(OpId last) {
  returns_.push_back({pool_.hole(Origin::Outside, "what is not followed"), {}, last, {}, {}});
}

void Returns::add_dropped(ValueId value, OpId exit, const BodyState& state) {
  dropped_.push_back({value, state.facts, exit, {}, {}});
}

void Returns::end_loop(OpId loop, const FactSet& round, LoopNest& loops) const {
  for (const Returned& one : returns_)
    if (loop < one.op && one.op < code_.ops[loop.index].end) loops.add_ends(one.facts, round);
}

// A function that gives state itself, not a copy of it: `return registry;`. Of several returns, all
// must give the same.
ValueId Returns::location_of(ExprId value, ValueId returned, BodyState& state) {
  const bool gives_itself = !traits(code_.language).returns_copies && !scope_.in_initialiser();
  ValueId place = gives_itself ? places_.location_of(value, state) : ValueId{};
  if (!gives_itself && value.exists()) found_.note_whole(value, returned, state);
  if (place.exists()) {
    const ValueId root = base_of(pool_, place);
    const Value& row = pool_[root];
    const bool lasts = row.kind == ValueKind::Hole &&
                       (row.origin == Origin::Global || row.origin == Origin::Receiver);
    if (!lasts) {
      found_.note_whole(value, returned, state);
      place = {};
    }
  }
  return place;
}

ValueId Returns::value(const BodyState& end) const {
  const bool falls_off = end.reachable;
  if ((scope_.function.flags & kGenerator) != 0)
    return yields_.empty() ? pool_.list(yields_, true) : many(pool_, yields_);
  const bool has_no_body =
      !scope_.function.first.exists() || scope_.function.first == scope_.function.end;
  if (has_no_body && scope_.function.owner.exists() && scope_.function.returns.exists())
    return pool_.hole(Origin::CallResult, code_.string(scope_.function.name), pack(scope_.me));
  if (returns_.empty()) return pool_.null();
  const bool conditional = returns_.size() > 1 || falls_off;
  if (conditional && returns_.size() <= kReturns && all_tests()) return as_predicate(end);
  return by_ways(end);
}

void Returns::conclude(const BodyState& end, const FactSet& loop_ends, Summary& summary) const {
  bool first = true;
  if (end.reachable) {
    summary.on_return = end.facts;
    summary.sets = end.sets;
    first = false;
  }
  for (const Returned& one : returns_) {
    summary.on_return = first ? one.facts : common(summary.on_return, one.facts);
    summary.sets = first ? one.sets : common_locations(summary.sets, one.sets);
    first = false;
  }
  std::erase_if(summary.on_return,
                [&](const Fact& fact) { return std::ranges::binary_search(loop_ends, fact); });
  const bool is_empty = scope_.function.first == scope_.function.end;
  summary.returns = end.reachable || !returns_.empty() || is_empty;
}

ValueId Returns::take_places(const BodyState& end) {
  const bool is_one = !end.reachable && !returns_.empty() &&
                      std::ranges::all_of(returns_, [&](const Returned& one) {
                        return one.place == returns_.front().place;
                      });
  if (is_one) return returns_.front().place;
  for (const Returned& one : returns_) {
    BodyState there;
    there.sets = one.sets;
    if (one.place.exists()) found_.find(one.place, kWhole, there);
  }
  return {};
}

void Returns::add_steps(const BodyState& end, SummaryBuilder& summary) const {
  constexpr std::size_t kReturnSteps = 24;
  if (scope_.in_initialiser() || scope_.function.kind == FunctionKind::ClassInit ||
      scope_.function.kind == FunctionKind::InstanceInit)
    return;
  std::vector<Returned> all = returns_;
  std::set<OpId> handed_on;
  for (const Step& step : summary.steps())
    if (step.kind == StepKind::Return && !step.via.empty())
      handed_on.insert(forwarded_by(code_, step.via.front().op));
  std::erase_if(all, [&](const Returned& one) { return handed_on.contains(one.op); });
  if (end.reachable) all.push_back({pool_.null(), end.facts, {}, {}});
  const auto add = [&](const Returned& one, std::uint32_t flags) {
    Step step;
    step.kind = StepKind::Return;
    step.flags = flags;
    step.at = {scope_.me.module, one.op};
    step.value = one.value;
    step.holds = one.facts;
    if (summary.has_room(step.kind)) summary.steps().push_back(std::move(step));
  };
  for (std::size_t i = 0; i < all.size() && i < kReturnSteps; ++i) add(all[i], 0);
  for (std::size_t i = 0; i < dropped_.size() && i < kReturnSteps; ++i)
    add(dropped_[i], kBesideError);
}

void keep_defaults(const BodyScope& scope, const CallResults& results) {
  const bool defines = scope.in_initialiser() || scope.function.kind == FunctionKind::ClassInit;
  if (!defines || !traits(scope.code.language).shares_defaults) return;
  const auto keep = [&](const Function& row) {
    for (std::uint32_t i = 0; i < row.parameters.count; ++i) {
      const ExprId fallback = scope.code.parameters[row.parameters.first + i].fallback;
      if (!fallback.exists()) continue;
      std::vector<OpId> made;
      add_results(scope.code, fallback, made);
      for (const OpId op : made)
        if (const auto found = results.find(op.index); found != results.end())
          scope.engine.summaries().keep_default({scope.me.module, op}, found->second);
    }
  };
  if (scope.function.owner.exists()) {
    const Slice<FunctionId> methods = scope.code.classes[scope.function.owner.index].methods;
    for (std::uint32_t i = 0; i < methods.count; ++i)
      keep(scope.code.functions[scope.code.methods[methods.first + i].index]);
    return;
  }
  for (const Function& row : scope.code.functions)
    if (row.parent == scope.me.function) keep(row);
}

}  // namespace fnlint
