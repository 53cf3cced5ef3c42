// A function of the project applied to what a call gives it: its summary, with arguments, captures
// and the places of objects put in.

#include "core/text.h"
#include "flow/calls/arguments.h"
#include "flow/calls/dispatch.h"
#include "flow/calls/recompute.h"
#include "flow/engine/handler_place.h"
#include "flow/engine/reads.h"
#include "flow/engine/rounds.h"
#include "flow/models/library_guards.h"
#include "flow/models/library_tasks.h"
#include "flow/state/facts.h"
#include "flow/state/forwarded.h"
#include "flow/state/known_steps.h"
#include "flow/state/step_budget.h"
#include "flow/syntax/code_queries.h"
#include "model/language_traits.h"
#include "values/functions.h"
#include "values/places.h"
#include "values/where.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace fnlint {

namespace {

// The step without what replaying makes anew.
Step begun(const Step& step) {
  return {.kind = step.kind, .store = step.store, .unsettled = step.unsettled,
          .flags = step.flags, .model = step.model, .library = step.library, .at = step.at,
          .subject = step.subject, .key = step.key, .value = step.value,
          .arguments = step.arguments, .rounds = step.rounds};
}

// A method with the object that it was read of.
bool is_bound(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Function) &&
         std::ranges::any_of(pool.names(value), [&](StringId name) { return pool[name] == kThis; });
}

// A summary with the caller's values in the places of its holes.
class SummaryApplication {
 public:
  SummaryApplication(Engine& engine, const CallInput& invocation, int depth)
      : engine_(engine),
        pool_(engine.pool()),
        invocation_(invocation),
        ref_(unpack(pool_[invocation.callee].ref)),
        code_(engine.facts(ref_.module)),
        function_(code_.functions[ref_.function.index]),
        depth_(depth),
        values_{.leaf = [this](ValueId leaf) { return value_of(leaf); },
                .recompute =
                    [this](std::string_view name, std::span<const ValueId> operands) {
                      const ValueId settled = settled_by(name, operands);
                      return settled.exists() ? settled
                                              : engine_.recompute(name, operands, value_depth());
                    },
                .concerns = &ValuePool::waits},
        places_{.leaf = [this](ValueId leaf) { return location_of(leaf); },
                .recompute =
                    [this](std::string_view name, std::span<const ValueId> operands) {
                      return place_below(name, operands);
                    }} {}
  SummaryApplication(const SummaryApplication&) = delete;
  SummaryApplication& operator=(const SummaryApplication&) = delete;

  CallResult run();

 private:
  // No caller is left that may turn out to be an initialiser.
  [[nodiscard]] bool is_for_event() const {
    return invocation_.by_runtime || invocation_.in_event || !invocation_.at.module.exists();
  }
  // Where there is no room for more calls, none is followed for what it gives.
  [[nodiscard]] int value_depth() const {
    return fits_step_budget(out_.steps, StepKind::Call) ? depth_ : static_cast<int>(kCallDepth) + 1;
  }
  [[nodiscard]] ValueId captured(std::string_view name) const;
  ValueId value_of(ValueId leaf);
  ValueId location_of(ValueId leaf);
  ValueId place_of_argument(std::size_t position);
  [[nodiscard]] std::optional<std::size_t> rest_of(ValueId place) const;
  ValueId place_in_rest(std::size_t position, ValueId key);
  ValueId place_below(std::string_view name, std::span<const ValueId> operands);
  ValueId placed(ValueId place);
  std::vector<ValueId> placed(const std::vector<ValueId>& places);
  void replay(const Step& step);
  void replay_found(const Step& step);
  void settle_whether_set(Step& found);
  bool take_facts(const Step& step, Step& mine);
  bool take_subject(const Step& step, Step& mine);
  void take_call(const Step& step, Step mine);
  void take_each(const Step& step, const Step& mine);
  CallResult settle(const CallInput& call);
  ValueId unknown_arguments(ValueId given);
  [[nodiscard]] ValueId settled_by(std::string_view name, std::span<const ValueId> operands) const;
  std::vector<ValueId> assigned_by(ValueId returned);
  void take_given_task(ValueId returned);
  void take_left(CallResult& inner, const Step& mine);
  void take_deeper(Step deeper, const Step& mine, std::uint32_t given);
  void take_inner(CallResult inner, const Step& mine, bool calls_back);

  Engine& engine_;
  ValuePool& pool_;
  const CallInput& invocation_;
  const FunctionRef ref_;
  const CodeFacts& code_;
  const Function& function_;
  const int depth_;
  const Substitution values_, places_;
  Substituter substituter_{pool_, values_}, placer_{pool_, places_};
  FactSet guards_;
  FactSubstitution facts_;
  // Of settled calls: what each gives, what it promises by its Returned test, what it assigns.
  std::unordered_map<std::uint32_t, ValueId> settled_;
  std::unordered_map<std::uint32_t, std::vector<ValueId>> assigned_;
  struct GivenTask {
    bool guessed = false;
    FactSet holds = {};
  };
  std::unordered_map<std::uint32_t, GivenTask> given_tasks_;  // by what the call gives
  CallResult out_;
};

ValueId SummaryApplication::captured(std::string_view name) const {
  const auto names = pool_.names(invocation_.callee);
  for (std::size_t i = names.size(); i-- > 0;)
    if (pool_[names[i]] == name) return pool_.operands(invocation_.callee)[i];
  return {};
}

ValueId SummaryApplication::value_of(ValueId leaf) {
  const Value value = pool_[leaf];
  if (value.kind != ValueKind::Hole) return {};
  if (value.origin == Origin::Receiver && value.ref == pack(ref_)) return captured(kThis);
  if (value.origin == Origin::Capture) return captured(std::to_string(value.ref));
  if (value.origin == Origin::Global) {
    const ModuleId module{static_cast<std::uint32_t>(value.ref >> 32U)};
    const VariableId variable{static_cast<std::uint32_t>(value.ref)};
    if (!engine_.loader().is_loaded(module)) return {};
    const ValueId now = engine_.loader().global(module, variable);
    return now == leaf ? ValueId{} : now;
  }
  if (value.origin != Origin::Parameter || value.ref != pack(ref_)) return {};
  const std::size_t position = position_of_hole(pool_[value.text]);
  if (position >= function_.parameters.count) return {};
  const ValueId given = bound_parameter(engine_, ref_, position, invocation_.arguments);
  // A call of the code that gives nothing means nothing; what constructs by types gives these.
  if (pool_[given].kind == ValueKind::Absent && invocation_.at.module.exists()) return given;
  const Parameter& row = code_.parameters[function_.parameters.first + position];
  const VariableId variable = row.variable;
  if (row.annotations.count > 0 && pool_[given].kind == ValueKind::Absent)
    if (const ValueId named = engine_.container().given_to(ref_.module, row); named.exists())
      return named;
  return engine_.types().refined(given, ref_.module, code_.variables[variable.index].type);
}

ValueId SummaryApplication::location_of(ValueId leaf) {
  const Value value = pool_[leaf];
  if (value.kind != ValueKind::Hole || value.ref != pack(ref_)) return {};
  if (value.origin == Origin::Parameter)
    return place_of_argument(position_of_hole(pool_[value.text]));
  if (value.origin != Origin::Receiver) return {};
  return invocation_.receiver_place.exists() ? invocation_.receiver_place : pool_.absent();
}

// The position of a parameter that takes the rest: each call makes it anew.
std::optional<std::size_t> SummaryApplication::rest_of(ValueId place) const {
  const Value& row = pool_[place];
  if (row.kind != ValueKind::Hole || row.origin != Origin::Parameter || row.ref != pack(ref_) ||
      !traits(code_.language).collects_arguments)
    return std::nullopt;
  const std::size_t position = position_of_hole(pool_[row.text]);
  const bool is_rest =
      position < function_.parameters.count &&
      code_.parameters[function_.parameters.first + position].rest != RestKind::None;
  return is_rest ? std::optional(position) : std::nullopt;
}

// What is in it is the caller's: `args[0]`, `options["items"]`. Without a key: of the first.
ValueId SummaryApplication::place_in_rest(std::size_t position, ValueId key) {
  if (!invocation_.places.exists()) return pool_.absent();
  const auto names = pool_.names(invocation_.places);
  const bool is_known =
      !key.exists() || pool_.is(key, ValueKind::Text) || pool_.is(key, ValueKind::Number);
  if (!is_known) return pool_.absent();
  const std::string_view wanted = key.exists() ? pool_.text(key) : std::string_view{};
  const std::optional<std::size_t> number = position_of(wanted);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::optional<std::size_t> given = position_of(pool_[names[i]]);
    const bool is_it = !key.exists()     ? given && *given >= position
                       : given && number ? *given == position + *number
                                         : !given && !number && pool_[names[i]] == wanted;
    if (is_it) return pool_.operands(invocation_.places)[i];
  }
  return pool_.absent();
}

ValueId SummaryApplication::place_of_argument(std::size_t position) {
  if (!invocation_.places.exists()) return pool_.absent();
  const Parameter& row = code_.parameters[function_.parameters.first + position];
  if (row.rest != RestKind::None && traits(code_.language).collects_arguments)
    return pool_.absent();
  const std::string_view name = code_.string(code_.variables[row.variable.index].name);
  const auto is_it = [&](StringId id) {
    return pool_[id] == name || position_of(pool_[id]) == position;
  };
  const auto names = pool_.names(invocation_.places);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (is_it(names[i])) return pool_.operands(invocation_.places)[i];
  if (!traits(code_.language).shares_defaults || !row.fallback.exists()) return pool_.absent();
  const ValueId given = bound_parameter(engine_, ref_, position, invocation_.arguments);
  if (pool_[given].kind == ValueKind::Absent) return pool_.absent();
  if (std::ranges::any_of(pool_.names(invocation_.arguments), is_it)) return pool_.absent();
  return pool_.hole(Origin::Global, cat(kDefaultPlace, name), pack(ref_) ^ kHandlerPlace);
}

ValueId SummaryApplication::place_below(std::string_view name, std::span<const ValueId> operands) {
  const bool is_part = name == "member" || name == "index" || name == "attribute";
  if (is_part && pool_[operands[0]].kind == ValueKind::Absent) return operands[0];
  if (name != "chained" && name != "attribute") return pool_.computed(name, operands);
  // Of a receiver that each call gives back, or what a call without arguments gives: only a filled
  // object.
  const Value& place = pool_[operands[0]];
  const bool fills = place.kind == ValueKind::Hole && place.origin == Origin::Field &&
                     pool_[place.text] == "<filled>";
  if (!fills) return pool_.absent();
  return name == "chained" ? operands[0] : pool_.computed(Opcode::Member, operands);
}

// Where the caller has it. Keys are values, all else of a place is where something lives.
ValueId SummaryApplication::placed(ValueId place) {
  const bool is_part = pool_.is(place, ValueKind::Computed) && !pool_.operands(place).empty();
  if (!is_part) return placer_(place);
  const std::string name(pool_.text(place));
  std::vector<ValueId> operands(pool_.operands(place).begin(), pool_.operands(place).end());
  if (const std::optional<std::size_t> rest = rest_of(operands[0]))
    return place_in_rest(*rest, operands.size() > 1 ? substituter_(operands[1]) : ValueId{});
  operands[0] = placed(operands[0]);
  for (std::size_t i = 1; i < operands.size(); ++i) operands[i] = substituter_(operands[i]);
  return place_below(name, operands);
}

std::vector<ValueId> SummaryApplication::placed(const std::vector<ValueId>& places) {
  std::vector<ValueId> here;
  for (const ValueId place : places) {
    if (is_returned(pool_, place)) {
      add_locations(here, assigned_by(place));
      continue;
    }
    if (const ValueId perhaps = set_perhaps(pool_, place); perhaps.exists()) {
      for (const ValueId one : placed(std::vector{perhaps}))
        add_locations(here, {set_perhaps(pool_, one).exists() ? one : perhaps_place(pool_, one)});
      continue;
    }
    if (const ValueId surely = set_surely(pool_, place); surely.exists()) {
      for (const ValueId one : placed(std::vector{surely}))
        add_locations(here, {is_returned(pool_, one)            ? surely_place(pool_, one)
                          : set_perhaps(pool_, one).exists() ? set_perhaps(pool_, one)
                                                             : one});
      continue;
    }
    if (const ValueId one = placed(place); pool_[base_of(pool_, one)].kind != ValueKind::Absent)
      add_locations(here, {one});
  }
  return here;
}

// What a call assigns that was settled before; nothing of one that was not.
std::vector<ValueId> SummaryApplication::assigned_by(ValueId returned) {
  if (assigned_.empty()) return {};
  std::vector<ValueId> operands(pool_.operands(returned).begin(), pool_.operands(returned).end());
  for (ValueId& operand : operands) operand = substituter_(operand);
  const auto found = assigned_.find(pool_.computed(Opcode::Returned, operands).index);
  return found == assigned_.end() ? std::vector<ValueId>{} : found->second;
}

CallResult SummaryApplication::run() {
  if (invocation_.at.module.exists()) {
    if (invocation_.in_init)
      engine_.summaries().add_initialiser_as_caller(ref_);
    else
      engine_.summaries().add_caller(ref_, {invocation_.at.module, invocation_.from});
  }
  const Language outer_language = engine_.context().exchange_language(code_.language);
  const auto names = pool_.names(invocation_.callee);
  for (std::size_t i = 0; i < names.size(); ++i)
    if (pool_[names[i]] == "<guard>")
      add_fact(guards_, {pool_.operands(invocation_.callee)[i], true});
  const Summary& callee =
      invocation_.by_runtime ? engine_.entered(ref_, invocation_.arguments) : engine_.summary(ref_);
  engine_.context().note_cut(callee.cut);
  engine_.context().note_unfollowed(callee.unfollowed);
  for (const Fact& guard : guards_) out_.steps.push_back(guard_step(guard.test, invocation_));
  for (const Step& step : callee.steps) replay(step);
  out_.value = callee.returned.exists() ? substituter_(callee.returned) : pool_.absent();
  for (const Fact& fact : callee.on_return)
    assume(pool_, out_.on_return, substituter_(fact.test), fact.holds);
  if (const ValueId kept = engine_.summaries().returned_place(ref_); kept.exists()) {
    const ValueId place = placed(kept);
    if (pool_[place].kind != ValueKind::Absent) out_.place = place;
  }
  out_.returns = callee.returns;
  out_.sets = placed(callee.sets);
  out_.task = callee.task || leaves_task(code_, ref_.function);
  if (out_.task && !has_cold_tasks(code_.language))
    for (const Fact& fact : callee.task_holds)
      add_fact(out_.task_holds, {substituter_(fact.test), fact.holds});
  if (!out_.task) take_given_task(callee.returned);
  out_.understood = callee.uncertainty == 0 || !callee.steps.empty() || callee.returned.exists();
  if ((callee.uncertainty & kCut) != 0) out_.value = pool_.with_uncertainty(out_.value, kCut);
  if (function_.returns.exists())
    out_.value = engine_.types().refined(out_.value, ref_.module, function_.returns);
  engine_.context().exchange_language(outer_language);
  return std::move(out_);
}

void SummaryApplication::replay(const Step& step) {
  if (!fits_step_budget(out_.steps, step.kind)) {
    if (is_missed(step.kind)) engine_.context().note_cut(kCutSteps);
    return;
  }
  if (step.via.size() >= kPathCalls) return engine_.context().note_cut(kCutCalls);
  if (step.kind == StepKind::Return && invocation_.at.module.exists() &&
      !forwarded_by(engine_.facts(invocation_.at.module), invocation_.at.op).exists())
    return;
  if (step.kind == StepKind::Find) return replay_found(step);
  Step mine = begun(step);
  mine.sets = placed(step.sets);
  if (step.kind == StepKind::Read && step.value.exists()) {
    mine.value = substituter_(step.value);
    if (!is_whole(pool_, mine.value) && given_in(pool_, mine.value).empty()) return;
  }
  if (!take_facts(step, mine) || !take_subject(step, mine)) return;
  for (ValueId* part : {&mine.key, &mine.value, &mine.arguments, &mine.rounds})
    if (part->exists()) *part = substituter_(*part);
  if (step.kind == StepKind::Call && step.key.exists()) mine.key = placer_(step.key);
  if (invocation_.at.module.exists()) mine.via.push_back(invocation_.at);
  mine.via.insert(mine.via.end(), step.via.begin(), step.via.end());
  if (step.kind == StepKind::Read)
    add_replayed(pool_, std::move(mine), out_.steps);
  else if (step.kind == StepKind::Call)
    take_call(step, std::move(mine));
  else
    out_.steps.push_back(std::move(mine));
}

// Whether what some ways alone have set is set, as far as the caller knows which these are.
void SummaryApplication::settle_whether_set(Step& found) {
  found.value = substituter_(found.value);
  const Answer answer = answer_of_implied(pool_, found.value);
  if (answer == Answer::Yes) found.flags |= kSetBefore;
  if (answer != Answer::Unknown) found.value = {};
}

// What is found in an object of the callee's own, nobody left there.
void SummaryApplication::replay_found(const Step& step) {
  Step mine = step;
  const auto is_nowhere = [&](ValueId place) {
    return pool_[base_of(pool_, place)].kind == ValueKind::Absent;
  };
  if (step.subject.exists() && !is_nowhere(step.subject)) {
    mine.subject = placed(step.subject);
    if (is_nowhere(mine.subject)) return;
    mine.sets = placed(step.sets);
    if (contains_location(pool_, mine.sets, mine.subject)) mine.flags |= kSetBefore;
    if (mine.value.exists()) settle_whether_set(mine);
  }
  if (!joins_known(pool_, mine, out_.steps)) out_.steps.push_back(std::move(mine));
}

// False: it never comes to this step.
bool SummaryApplication::take_facts(const Step& step, Step& mine) {
  const FactSet* const taken = facts_.of(step.holds, [&](const Fact& fact, FactSet& into) {
    ValueId test = is_asked(pool_, fact.test) ? placed(fact.test) : substituter_(fact.test);
    const ValueId there = asked_of_made(pool_, Opcode::Truthy, std::span(&test, 1));
    if (there.exists()) test = there;
    return assume(pool_, into, test, fact.holds);
  });
  if (taken == nullptr) return false;
  mine.holds = *taken;
  for (const Fact& guard : guards_) add_fact(mine.holds, guard);
  return true;
}

// False: what is changed is an object of the callee's own.
bool SummaryApplication::take_subject(const Step& step, Step& mine) {
  if (step.kind == StepKind::Store) {
    mine.subject = placed(step.subject);
    return pool_[base_of(pool_, mine.subject)].kind != ValueKind::Absent;
  }
  if (step.subject.exists()) mine.subject = substituter_(step.subject);
  return true;
}

// A call may turn out to be made for itself: of recursion one round is followed with what it is
// given, and one that stands for all further ones, of which nobody knows what they are given.
CallResult SummaryApplication::settle(const CallInput& call) {
  constexpr int kFurther = 1, kEnd = 2;  // rounds of the same call around this one
  const int around = engine_.summaries().begin_round(call.at, call.callee);
  CallResult inner;
  if (around < kEnd) {
    CallInput round = call;
    if (around == kFurther) round.arguments = unknown_arguments(call.arguments);
    inner = engine_.call(round, depth_ + 1);
  } else {
    inner.understood = false;
    inner.value = pool_.with_uncertainty(pool_.absent(), kCut);
  }
  engine_.summaries().end_round(call.at, call.callee);
  return inner;
}

ValueId SummaryApplication::unknown_arguments(ValueId given) {
  std::vector<NamedValue> unknown;
  for (const StringId name : pool_.names(given))
    unknown.push_back({name, pool_.unknown("what a further round of recursion is given")});
  return pool_.record(unknown, pool_[given].ref != 0);
}

// Of a list all are called back, and what stands behind an unknown part of it, which the list holds
// as alternatives that were cut; of other alternatives any.
void SummaryApplication::take_each(const Step& step, const Step& mine) {
  const bool is_list = pool_.is(mine.subject, ValueKind::List);
  const std::vector<ValueId> all(pool_.operands(mine.subject).begin(),
                                 pool_.operands(mine.subject).end());
  for (const ValueId item : all) {
    const ValueId one = bare(pool_, item);
    const bool is_rest =
        is_list && pool_.is(one, ValueKind::OneOf) && (pool_[item].uncertainty & kCut) != 0;
    Step each = mine;
    each.subject = is_rest ? pool_.list(pool_.operands(one)) : one;
    if (!is_list) each.flags |= kUnderUnknownTest;
    take_call(step, std::move(each));
  }
}

// A call whose callee may be known by now.
void SummaryApplication::take_call(const Step& step, Step mine) {
  const bool calls_back = (mine.flags & kGivenCallback) != 0;
  if (calls_back) {
    if (pool_.is(mine.subject, ValueKind::List) || pool_.is(mine.subject, ValueKind::OneOf))
      return take_each(step, mine);
    if (!invocation_.in_init && !is_for_event() && is_open(pool_, mine.subject) &&
        !pool_.is(mine.subject, ValueKind::Function))
      return out_.steps.push_back(std::move(mine));
    // A route's function is given parts of the event, whoever registers it.
    const bool of_event = has_origin(pool_, step.arguments, Origin::Event);
    if (invocation_.in_init || of_event)
      return engine_.registrations().register_callback(
          engine_.context().registrant(invocation_.in_init, mine.at.module),
          {mine.subject, parts_of_event(pool_, step.arguments)});
    if (!is_for_event()) return out_.steps.push_back(std::move(mine));  // its callers tell
    mine.flags &= ~kGivenCallback;
  }
  CallInput settled{.callee = mine.subject,
                    .arguments = mine.arguments,
                    .places = mine.key,
                    .receiver_place = {},
                    .mode = CallMode::Plain,
                    .at = mine.at,
                    .in_init = invocation_.in_init,
                    .in_event = is_for_event()};
  if (is_method(pool_, mine.subject) || is_bound(pool_, mine.subject)) {
    const ValueId at = step.value.exists() ? placed(step.value) : ValueId{};
    if (at.exists() && pool_[at].kind != ValueKind::Absent) settled.receiver_place = at;
  }
  CallResult inner = settle(settled);
  const ValueId returned = returned_test(pool_, settled);
  settled_.insert_or_assign(returned.index, promise_of(pool_, inner));
  // What an open callee gives waits, though some of its alternatives can be followed.
  const ValueId given = given_by(pool_, settled);
  if (inner.value.exists() && !is_open(pool_, settled.callee))
    settled_.insert_or_assign(given.index, inner.value);
  if (inner.task && !calls_back)
    given_tasks_.insert_or_assign(given.index, GivenTask{inner.guessed_task, inner.task_holds});
  const bool runs_on = inner.task && !calls_back && (mine.flags & kResultUnused) != 0 &&
                       (mine.flags & kWaitedFor) == 0;
  assigned_.insert_or_assign(returned.index, runs_on ? std::vector<ValueId>{} : inner.sets);
  take_inner(std::move(inner), mine, calls_back);
}

// `send(body) { return this.client.send(body); }`: what it gives is a task once it is known of
// whom.
void SummaryApplication::take_given_task(ValueId returned) {
  if (given_tasks_.empty() || pool_.opcode(returned) != Opcode::Call) return;
  std::vector<ValueId> operands(pool_.operands(returned).begin(), pool_.operands(returned).end());
  for (ValueId& operand : operands) operand = substituter_(operand);
  const auto found = given_tasks_.find(pool_.computed(Opcode::Call, operands).index);
  if (found == given_tasks_.end()) return;
  out_.task = true;
  out_.guessed_task = found->second.guessed;
  out_.task_holds = found->second.holds;
}

// What a call that was settled before gives or has promised: it is not followed again.
ValueId SummaryApplication::settled_by(std::string_view name,
                                       std::span<const ValueId> operands) const {
  if (settled_.empty()) return {};
  const Opcode opcode = opcode_of(name);
  if (opcode != Opcode::Returned && opcode != Opcode::Call) return {};
  const auto found = settled_.find(pool_.computed(name, operands).index);
  return found == settled_.end() ? ValueId{} : found->second;
}

// What the call leaves running.
void SummaryApplication::take_left(CallResult& inner, const Step& mine) {
  Step left = mine;
  left.kind = StepKind::Start;
  left.flags &= ~(kWaitedFor | kPaused);
  left.value = {};
  left.library = inner.started;
  if (inner.told_by_callback) left.flags |= kGivenCallback;
  if (completes(engine_, inner.steps)) left.flags |= kCompletes;
  if (inner.task) add_facts(left.holds, inner.task_holds);
  const bool begins = inner.task && !has_cold_tasks(engine_.language(left.at.module)) &&
                      pool_.is(mine.subject, ValueKind::Function);
  mark_found_by(left.at, begins, inner.steps);
  out_.steps.push_back(std::move(left));
}

// A step of the callee, as the call has it; `given`: what it gets of the call's own flags.
void SummaryApplication::take_deeper(Step deeper, const Step& mine, std::uint32_t given) {
  if (deeper.kind == StepKind::Find && contains_location(pool_, mine.sets, deeper.subject))
    deeper.flags |= kSetBefore;
  if (deeper.kind == StepKind::Call || deeper.kind == StepKind::Find)
    add_locations(deeper.sets, mine.sets);
  deeper.flags |= given;
  deeper.rounds = rounds_together(pool_, mine.rounds, deeper.rounds);
  deeper.via.insert(deeper.via.begin(), mine.via.begin(), mine.via.end());
  FactSet holds = mine.holds;
  if (deeper.kind != StepKind::Store && deeper.kind != StepKind::Call)
    std::erase_if(holds, [&](const Fact& fact) { return is_asked(pool_, fact.test); });
  for (const Fact& fact : deeper.holds) add_fact(holds, fact);
  deeper.holds = std::move(holds);
  if (!joins_known(pool_, deeper, out_.steps)) out_.steps.push_back(std::move(deeper));
}

void SummaryApplication::take_inner(CallResult inner, const Step& mine, bool calls_back) {
  // Who calls back takes what it is given: a framework waits for the handlers of its routes.
  const bool dropped = (mine.flags & kResultUnused) != 0 && !calls_back;
  const auto is_waited_for = [&](std::uint32_t library) {
    return (mine.flags & kWaitedFor) != 0 && ((mine.flags & kPaused) == 0 || is_own_task(library));
  };
  // That nothing takes its result is said of the call itself, not of those that its callee makes.
  const auto handed_down = [&](const Step& deeper) {
    const bool is_call = deeper.kind == StepKind::Call;
    const bool is_itself = is_call && deeper.via.empty() && deeper.at == mine.at;
    return mine.flags & ~((is_call ? 0U : kWaitedFor | kPaused) | (is_itself ? 0U : kResultUnused));
  };
  const bool runs_on = !is_waited_for(inner.started);
  const bool is_left = runs_on && inner.task && dropped;
  if (is_left || (runs_on && !inner.task && inner.started != UINT32_MAX))
    take_left(inner, mine);
  if (calls_back) mark_found_by(mine.at, false, inner.steps);
  for (Step& deeper : inner.steps) {
    if (deeper.kind == StepKind::Return) continue;  // of another function than this one
    if (!fits_step_budget(out_.steps, deeper.kind)) {
      if (is_missed(deeper.kind)) engine_.context().note_cut(kCutSteps);
      continue;
    }
    // What calls back was left, too.
    if (deeper.kind == StepKind::Start && (calls_back || is_waited_for(deeper.library))) continue;
    const std::uint32_t detached =
        is_left && deeper.kind != StepKind::Find ? std::uint32_t{kDetached} : 0U;
    const std::uint32_t given = handed_down(deeper) | detached;
    take_deeper(std::move(deeper), mine, given);
  }
}

}  // namespace

CallResult call_function(Engine& engine, const CallInput& given, int depth) {
  ValuePool& pool = engine.pool();
  if (!engine.context().spend_call(depth)) {
    engine.context().note_cut(kCutCalls);
    return unknown_call(pool, given);
  }
  const CallInput invocation =
      with_given_receiver(pool, engine.program(), with_bound(pool, given));
  CallResult out = SummaryApplication(engine, invocation, depth).run();
  // `new Service()` of a plain function gives an object with the methods of its prototype, which
  // are not followed.
  const bool gives_object = invocation.mode == CallMode::Construct &&
                            invocation.at.module.exists() &&
                            traits(engine.language(invocation.at.module)).functions_construct &&
                            (!out.value.exists() || is_nullish(pool, out.value));
  if (gives_object) out.value = pool.unknown("an object that a plain function makes");
  return out;
}

}  // namespace fnlint
