// Path conditions: the tests that hold at a place, and what they imply.
#pragma once

#include "model/summary.h"
#include "values/compute.h"
#include "values/value_memo.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// Facts that hold at a place: sorted, without duplicates, at most kFacts. What stands for all that
// there are besides is ValuePool::kFurtherTests, which nothing decides.
using FactSet = std::vector<Fact>;

// asked(place, condition): that a condition asked what the place holds, of the steps that are
// stores alone. Only the place counts.
bool is_asked(const ValuePool& pool, ValueId test);

// returned(callee, arguments, site): that a call whose callee is not known yet has come back. What
// the callee then promises stands in its place once it is known.
bool is_returned(const ValuePool& pool, ValueId test);
// returned(variable): that a variable of the environment was read where it must be there. No code
// asks that.
Fact variable_found(ValuePool& pool, ValueId variable);
// The variable of such a test; no id: it is none.
ValueId variable_read(const ValuePool& pool, ValueId test);
// inserted(the statement's result): a statement that inserts has not failed, as it may where the
// row is there.

// The value where the facts hold; as it is where there are too many of them, or one may be any of
// several tests.
ValueId guarded_by_facts(ValuePool& pool, ValueId value, const FactSet& facts);
// Whether they say that something failed.
bool fails_where(const ValuePool& pool, const FactSet& facts);
// Whether they say that a write under a condition was done.
bool is_done_where(const ValuePool& pool, const FactSet& facts);
// One test of all of them.
ValueId all_of(ValuePool& pool, const FactSet& facts);
// implies(facts, test): whether the test holds wherever the facts do, to be asked again where more
// is known of both; and what is known of it, or of several of which one is enough. Sets are no part
// of either.
ValueId implies(ValuePool& pool, const FactSet& facts, ValueId test);
Answer answer_of_implied(ValuePool& pool, ValueId implied);
// Of one that has no answer: whether the facts ask about the same things as the test, or about
// what is not known or not decided, so that they may still imply it. Else there is a way on which
// they hold and it does not.
bool may_be_implied(ValuePool& pool, ValueId implied);

// Adds `test` being `holds`; splits and, or and not where that is exact. False when it contradicts
// what is known, so that the place cannot be reached.
bool assume(ValuePool& pool, FactSet& facts, ValueId test, bool holds);
// Whether facts of the one refute a fact of the other: nothing happens where all of both hold.
// Exact where it says so.
bool contradict(ValuePool& pool, const FactSet& a, const FactSet& b);
// The facts of one step after another, in other terms. Neighbours share most of theirs: what their
// facts begin with alike is put in the other terms once.
class FactSubstitution {
 public:
  // `take(fact, into)` adds what stands for a fact, by what came before; false: it does not hold
  // then. Null: one of them does not.
  template <class Take>
  const FactSet* of(const FactSet& given, const Take& take) {
    const auto same =
        static_cast<std::size_t>(std::ranges::mismatch(given_, given).in1 - given_.begin());
    if (is_refuted_ && same == given_.size()) return nullptr;
    is_refuted_ = false;
    given_.resize(same);
    made_.resize(same + 1);
    for (std::size_t i = same; i < given.size(); ++i) {
      given_.push_back(given[i]);
      FactSet next = made_[i];
      is_refuted_ = !take(given[i], next);
      if (is_refuted_) return nullptr;
      made_.push_back(std::move(next));
    }
    return &made_.back();
  }

 private:
  FactSet given_;              // up to the first that does not hold
  std::vector<FactSet> made_;  // of the first of them, the first two, ...; before them of none
  bool is_refuted_ = false;    // the last of them does not hold
};
// The conditions under which what a step is about is met become facts of it. What is several things
// on as many ways stays so while it is Open: the facts of a caller may tell which. False: it never
// happens.
enum class Ways : std::uint8_t { Open, Closed };
bool is_conditioned(const ValuePool& pool, const Step& step);
bool take_conditions(ValuePool& pool, Step& step, Ways ways);
// What facts say of tests; each is asked once. They must stay as they are, but for forget().
class FactAnswers {
 public:
  FactAnswers(ValuePool& pool, const FactSet& facts) : pool_(pool), facts_(facts) {}
  Answer to(ValueId test);
  // Whether all of them hold.
  Answer to_all(std::span<const ValueId> tests);
  // The facts are others now.
  void forget() { told_ = {}; }
  [[nodiscard]] const FactSet& facts() const { return facts_; }

 private:
  [[nodiscard]] Answer said(ValueId test) const;
  Answer found(ValueId test);
  Answer by_parts(ValueId test);

  ValuePool& pool_;
  const FactSet& facts_;
  ValueMemo told_;  // an Answer for an id
};
Answer answer_by(ValuePool& pool, const FactSet& facts, ValueId test);
// What holds on both ways.
FactSet common(const FactSet& a, const FactSet& b);
void add_fact(FactSet& facts, Fact fact);
void add_facts(FactSet& facts, const FactSet& more);
// A test can be read when it only asks about the event, the context, the environment, literals and
// parameters; others rest on something that is not known at lint time.
bool is_readable(const ValuePool& pool, ValueId test);
// i < records.size(), of the event's own records: an event that starts a function has some.
bool is_bound_of_loop(const ValuePool& pool, ValueId test);
// That a call which gives its error as a value, or a statement, has not failed: as little a
// condition as that one which raises has not.
bool is_success(const ValuePool& pool, Fact fact);

}  // namespace fnlint
