// Most sources deliver at least once: sooner or later the same event comes again. What must not
// happen twice needs something that remembers that it has happened.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/call_name.h"
#include "checks/view/file_use.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/confidence.h"
#include "values/implied.h"
#include "values/pool.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace fnlint {

namespace {

// A conditional write of this operation whose condition always holds: its key is new each time, it
// asks for what is there the next time, too, or for what is taken away after the effect.
const Effect* idle_condition(const Project& project, const LambdaFunction& function,
                             const DeliverySource& source, const Effect& guarded,
                             std::string_view operation) {
  const ValuePool& pool = *project.pool;
  const Effect* idle = nullptr;
  for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list) {
      const Operation& row = operations()[effect.operation];
      if (row.id != operation || !is_conditional(pool, row, effect)) continue;
      const bool is_idle = holds_again(pool, function, effect) && !rests_on_others(pool, effect);
      if (!is_idle && !is_released(project, function, effect, guarded) &&
          !item_key_is_unsteady(project, function, source, effect))
        return nullptr;
      idle = &effect;
    }
  return idle;
}

// Whether something that remembers has let the effect come about where a question was answered so.
bool tells_of_guard(const Project& project, const LambdaFunction& function,
                    const DeliverySource& source, const Effect& effect, const Fact& answered) {
  const ValuePool& pool = *project.pool;
  const auto is_done = [&](ValueId id) {
    return pool.opcode(id) == Opcode::Succeeded || pool.opcode(id) == Opcode::Inserted;
  };
  bool tells = false;
  for_each_below(pool, answered.test, [&](ValueId id) {
    if (!pool.is(id, ValueKind::Computed)) return;
    if (id == answered.test && !answered.holds && is_done(id)) return;  // it was refused
    const Opcode opcode = pool.opcode(id);
    tells = tells ||
            (is_guard(pool, id, "idempotency") && switched_off(project, function) == nullptr) ||
            (opcode == Opcode::Succeeded &&
             idle_condition(project, function, source, effect, pool.text(pool.operands(id)[0])) ==
                 nullptr) ||
            (opcode == Opcode::Inserted &&
             follows_marking_insert(project, function, source, pool.text(pool.operands(id)[0])));
  });
  return tells;
}

// Something that remembers stands before the effect on every path to it.
bool is_guarded(const Project& project, const LambdaFunction& function,
                const DeliverySource& source, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  if (takes_input_away(pool, function, effect) || takes_source_away(pool, function, effect))
    return true;
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    return reads_a_mark(project, function, fact) || finds_no_row(project, function, source, fact) ||
           is_implied(pool, fact, [&](const Fact& answered) {
             return tells_of_guard(project, function, source, effect, answered);
           });
  });
}

// "sends a message to 'Orders'", "sends an e-mail"; "sends a message", where it is not known to
// whom.
std::string effect_words(const Project& project, const RepeatedEffect& repeated) {
  const Effect& effect = *repeated.effect;
  if (repeated.again >= RepeatOutcome::AddsToStored) {
    const bool is_list = repeated.again == RepeatOutcome::AppendsToStored;
    const std::string table =
        effect.target.exists() ? cat("'", name_of(project, effect.target), "'") : "a table";
    return cat(is_list ? "appends to a list" : "adds to what", " it has read from ", table,
               " and writes ", is_list ? "the longer list back" : "the sum back");
  }
  const Operation* appending =
      appends_to_mount(*project.pool, effect) ? find_operation("file.Append") : nullptr;
  const std::string_view words =
      appending != nullptr ? appending->words : operations()[effect.operation].words;
  if (effect.target.exists()) return cat(words, " '", name_of(project, effect.target), "'");
  for (const std::string_view open : {" into", " to", " of", " from", " through", " in", " on"})
    if (words.ends_with(open)) return std::string(words.substr(0, words.size() - open.size()));
  return std::string(words);
}

// The way from the source by the handler to what an effect does.
void add_flow(const LambdaFunction& function, const DeliverySource& source, const Effect& effect,
              std::string_view done, FindingBuilder& finding) {
  if (source.where.file.exists())
    finding.step(source.where, "'", function.name, "' gets events from ", source.words, ".");
  finding.from_handler(function, effect.path).step(effect.where, "It ", done, ".");
}

// A message to a chat: twice, it is read twice.
bool tells_chat(const ValuePool& pool, const Effect& effect) {
  const std::string_view id = operations()[effect.operation].id;
  if (is_one_of(known::chat_services(), id.substr(0, id.find('.')))) return true;
  if (!is_request(operations()[effect.operation]) || !effect.target_value.exists()) return false;
  bool found = false;
  for_each_below(pool, effect.target_value, [&](ValueId part) {
    if (!pool.is(part, ValueKind::Text) && !pool.is(part, ValueKind::Hole)) return;
    const std::string text = lower(pool.text(part));
    found |= std::ranges::any_of(known::chat_addresses(), [&](std::string_view address) {
      return text.find(address) != text.npos;
    });
  });
  return found;
}

// A message as only chats take it: Slack's and Discord's.
bool is_laid_out(const ValuePool& pool, ValueId record) {
  return std::ranges::any_of(std::array{"blocks", "attachments", "embeds"}, [&](const char* name) {
    return entry_of(pool, record, name).exists();
  });
}

// ... by a webhook that does not come with the event: a channel is told that something was, and
// nobody has to answer.
bool tells_channel(const ValuePool& pool, const Effect& effect) {
  if (!is_request(operations()[effect.operation]) || !effect.target_value.exists() ||
      has_origin(pool, effect.target_value, Origin::Event))
    return false;
  bool is_told = tells_chat(pool, effect);
  for (const ValueId value : {effect.arguments, effect.key, effect.target_value})
    if (value.exists())
      for_each_below(pool, value, [&](ValueId id) { is_told = is_told || is_laid_out(pool, id); });
  return is_told;
}

// A message with a subject: only e-mails have one, so people read it, unless it is JSON. Source:
// SNS API, Publish.
bool is_for_people(const ValuePool& pool, const Effect& effect) {
  if (operations()[effect.operation].id != "sns.Publish" || !effect.arguments.exists() ||
      !entry_of(pool, effect.arguments, "Subject").exists())
    return false;
  const ValueId message = entry_of(pool, effect.arguments, "Message");
  return !message.exists() || pool.opcode(message) != Opcode::JsonEncode;
}

// A message to people, and from it on nothing makes the invocation fail: what a clock starts is not
// tried again then.
bool is_message_to_the_end(const LambdaFunction& function, const RepeatedEffect& repeated) {
  const Effect& effect = *repeated.effect;
  const std::string_view id = operations()[effect.operation].id;
  if (!is_one_of(known::message_services(), id.substr(0, id.find('.')))) return false;
  const auto is_swallowed = [&](const Effect& one) {
    return one.order < effect.order || (one.flags & (kErrorsDropped | kErrorsLogged)) != 0;
  };
  return std::ranges::all_of(function.effects, is_swallowed) &&
         std::ranges::all_of(function.unknown_calls, is_swallowed);
}

// What most people would mind: what costs or reaches somebody; then what is done to something of
// which it is known what it is; then a request to whoever it may be.
int harm_of(const Project& project, const RepeatedEffect& repeated) {
  if (is_grave(project, repeated)) return 3;
  if (tells_chat(*project.pool, *repeated.effect)) return -1;
  if (is_request(operations()[repeated.effect->operation])) return 0;
  return repeated.effect->target.exists() ? 2 : 1;
}

// The template's variables leave the way to it open.
bool happens(const RepeatedEffect& one) { return (one.effect->uncertainty & kClosedWay) == 0; }

Severity severity_of(bool grave, bool mostly_stopped, Handed handed) {
  if (grave) return mostly_stopped ? Severity::Warning : Severity::Error;
  return handed == Handed::ToUnknown || mostly_stopped ? Severity::Note : Severity::Warning;
}

// An object of one of the project's own classes: which of its fields are a key, the class says.
bool is_of_own_class(const ValuePool& pool, ValueId row) {
  bool found = false;
  for_each_below(pool, row, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Object) && pool.text(id).starts_with("instance:"));
  });
  return found;
}

// An insert has gone well before, of which nobody knows whether its table takes the row twice.
bool follows_an_insert(const ValuePool& pool, const LambdaFunction& function,
                       const Effect& effect) {
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    if (!fact.holds || pool.opcode(fact.test) != Opcode::Inserted) return false;
    const std::string_view id = pool.text(pool.operands(fact.test)[0]);
    return std::ranges::any_of(function.effects, [&](const Effect& insert) {
      return operations()[insert.operation].id == id && insert.order < effect.order &&
             insert.arguments.exists() && is_of_own_class(pool, insert.arguments) &&
             !has_origin(pool, insert.arguments, Origin::Fresh) &&
             all_hold(insert.holds, effect.holds);
    });
  });
}

}  // namespace

void report_missing(const Project& project, const LambdaFunction& function,
                    const DeliverySource& source, const std::vector<RepeatedEffect>& effects,
                    std::uint8_t uncertainty, Handed handed, Findings& findings) {
  const auto may_be_stopped = [&](const RepeatedEffect& one) {
    return may_wait_for_answer(project, function, *one.effect);
  };
  const RepeatedEffect& repeated = *std::ranges::max_element(effects, {}, [&](const auto& one) {
    return std::tuple(happens(one), !may_be_stopped(one), harm_of(project, one));
  });
  const Effect& worst = *repeated.effect;
  uncertainty |= source.uncertainty | source.of_coming_again | (worst.uncertainty & kOfHappening);
  const auto is_of_others = [&](const Fact& fact) {
    return asks_what_others_keep(project, function, fact.test);
  };
  if (repeated.again >= RepeatOutcome::AddsToStored ||
      std::ranges::any_of(worst.holds, is_of_others))
    uncertainty |= kHeuristic;
  if (!tells_what_it_adds(*project.pool, operations()[worst.operation], worst))
    uncertainty |= kHeuristic;
  if (may_be_stopped(repeated) || takes_found_work(project, function, worst))
    uncertainty |= kUncertain;
  if (follows_an_insert(*project.pool, function, worst)) uncertainty |= kUncertain;
  if (waits_for_input(*project.pool, worst)) uncertainty |= kOverridable;
  if ((handed == Handed::ToUnknown && is_for_people(*project.pool, worst)) ||
      (source.by_clock && is_message_to_the_end(function, repeated)))
    uncertainty |= kUncertain;
  if (!is_grave(project, repeated) && tells_channel(*project.pool, worst))
    uncertainty |= kUncertain;
  const bool mostly_stopped = ends_with_input_taken(*project.pool, function, worst);
  if (mostly_stopped) uncertainty |= kHeuristic;
  if ((worst.flags & kUnderUnknownTest) != 0 || consumes_input(project, function, worst) ||
      rests_on_others(*project.pool, worst))
    uncertainty |= kConditional;
  auto finding =
      FindingBuilder("idempotency-missing", uncertainty)
          .about(function)
          .at(function.handler_where)
          .says("'", function.name, "' gets events from ", source.words, " at least once, and ",
                effect_words(project, repeated), " (", call_name(worst),
                ") with nothing that stops a second delivery from doing it again",
                handed == Handed::ToUnknown ? "; what happens to that cannot be determined here."
                                            : ".")
          .grade(severity_of(is_grave(project, repeated), mostly_stopped, handed));
  if (!is_grave(project, repeated) && tells_chat(*project.pool, worst))
    finding.grade(Severity::Note);
  add_flow(function, source, worst, effect_words(project, repeated), finding);
  for (const RepeatedEffect& one : effects)
    if (happens(one) == happens(repeated))
      finding.related(one.effect->where, "It ", effect_words(project, one),
                      "; a second delivery does it again.");
  findings.push_back(std::move(finding));
}

namespace {

std::string unsafe_key_words(const Project& project, const LambdaFunction& function,
                             const DeliverySource& source, const RepeatedEffect& repeated,
                             const UnsteadyPart& part, bool is_marked) {
  const std::string does = effect_words(project, repeated);
  std::string under =
      is_marked ? cat("'", function.name, "' marks what it has handled")
                : cat("'", function.name, "' gets events from ", source.words,
                      " at least once, and ", does);
  under += cat(" under a key made of ", part.words);
  if (part.shared)
    return cat(under, ", which another event may share: only one of them is handled.");
  return is_marked ? cat(under, ": a second delivery", part.when, " has a different key, and ",
                         does, " again.")
                   : cat(under, ": a second delivery", part.when,
                         " has a different key, and does it again.");
}

void report_unsafe_key(const Project& project, const LambdaFunction& function,
                       const DeliverySource& source, const RepeatedEffect& repeated,
                       const UnsteadyPart& part, Findings& findings, const Effect* mark = nullptr) {
  const Effect& effect = *repeated.effect;
  const Operation& operation = operations()[effect.operation];
  const Effect& keyed = mark != nullptr ? *mark : effect;
  // What is done with what has failed is done a second time only if that fails again.
  const bool of_failures = std::ranges::any_of(
      effect.holds, [&](const Fact& fact) { return is_failure(*project.pool, fact); });
  const int way = of_failures ? kUncertain : 0;
  // A name that only has to be new is no one's safeguard.
  const bool is_name = operation.repeat == Repeat::ByName;
  auto finding =
      FindingBuilder(
          "idempotency-unsafe-key",
          std::min(part.confidence, confidence_of(static_cast<std::uint8_t>(
                                        way | source.uncertainty | source.of_coming_again |
                                        (effect.uncertainty & kOfHappening)))))
          .about(function)
          .at(part.where.file == keyed.where.file ? part.where : keyed.where)
          .says(unsafe_key_words(project, function, source, repeated, part, mark != nullptr))
          .identified(function.name, ':', operation.id)
          .grade_if(is_name && !is_grave(project, repeated), Severity::Warning);
  add_flow(function, source, effect, effect_words(project, repeated), finding);
  findings.push_back(std::move(finding));
}

// The mark that was meant to stop the effect, and cannot; null: there is none. Of several that
// stand before it the nearest: others may be there for other effects.
const Effect* idle_mark(const Project& project, const LambdaFunction& function,
                        const Effect& effect) {
  const Effect* first = function.effects.data();
  if (&effect < first || &effect >= first + function.effects.size()) return nullptr;
  const Effect* found = nullptr;
  for (const Effect& mark : function.effects) {
    if (&mark == &effect || !is_mark(project, mark)) continue;
    const bool is_before = &mark < &effect;
    if (!is_before && found != nullptr) break;
    if (is_before ? all_hold(mark.holds, effect.holds) : all_hold(effect.holds, mark.holds))
      found = &mark;
  }
  return found;
}

// A test asks for something of which nobody knows what it is, or what was done to it.
bool rests_on_unknown(const ValuePool& pool, const Effect& effect) {
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    return (pool[fact.test].uncertainty & kUngated) != 0 ||
           has_origin(pool, fact.test, Origin::Field) ||
           has_origin(pool, fact.test, Origin::Capture) ||
           has_origin(pool, fact.test, Origin::Outside);
  });
}

void report_ineffective(const Project& project, const LambdaFunction& function,
                        const DeliverySource& source, const RepeatedEffect& repeated,
                        const Effect& mark, Findings& findings) {
  const Effect& effect = *repeated.effect;
  const bool is_before = &mark < &effect;
  const bool is_lock = is_before && is_released(project, function, mark, effect);
  const int choice = waits_for_choice(*project.pool, effect)   ? kUncertain
                     : rests_on_unknown(*project.pool, effect) ? kConditional
                                                               : 0;
  auto finding =
      FindingBuilder("idempotency-guard-ineffective",
                     choice | source.uncertainty | source.of_coming_again |
                         ((mark.uncertainty | effect.uncertainty) & kOfHappening))
          .about(function)
          .at(mark.where)
          .says(is_lock     ? cat("'", function.name,
                                  "' marks what it handles here, but removes the mark afterwards: that "
                                      "keeps concurrent deliveries out, but a later delivery still ",
                                  effect_words(project, repeated), ".")
                : is_before ? cat("'", function.name,
                                  "' marks the event as handled here, but continues even if that "
                                  "fails because it was marked before: a second delivery still ",
                                  effect_words(project, repeated), ".")
                            : cat("'", function.name, "' marks the event as handled only after it ",
                                  effect_words(project, repeated),
                                  ": a second delivery does that again before the mark can fail."))
          .identified(function.name, ':', operations()[effect.operation].id);
  add_flow(function, source, effect, effect_words(project, repeated), finding);
  finding.related(effect.where, "It ", effect_words(project, repeated), ".");
  findings.push_back(std::move(finding));
}

// A write that was meant to fail where the event was handled before, under a key that is new each
// time.
bool marks_under_new_key(const Project& project, const LambdaFunction& function,
                         const DeliverySource& source, const Effect& effect) {
  const Operation& operation = operations()[effect.operation];
  return operation.failure_is_skip && is_conditional(*project.pool, operation, effect) &&
         !holds_again(*project.pool, function, effect) &&
         item_key_is_unsteady(project, function, source, effect);
}

// Such a mark, in whichever table, where the effect happens only once it was written; null: there
// is none.
const Effect* mark_under_new_key(const Project& project, const LambdaFunction& function,
                                 const DeliverySource& source, const Effect& effect) {
  const ValuePool& pool = *project.pool;
  for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
    for (const Effect& mark : *list) {
      if (&mark == &effect || !marks_under_new_key(project, function, source, mark)) continue;
      const std::string_view id = operations()[mark.operation].id;
      const auto was_written = [&](const Fact& answered) {
        bool follows = false;
        for_each_below(pool, answered.test, [&](ValueId part) {
          follows = follows || (pool.opcode(part) == Opcode::Succeeded &&
                                pool.text(pool.operands(part)[0]) == id);
        });
        return follows;
      };
      if (std::ranges::any_of(
              effect.holds, [&](const Fact& fact) { return is_implied(pool, fact, was_written); }))
        return &mark;
    }
  return nullptr;
}

// Of several tokens, which paths or entries set, one that is the same again may be the one.
std::optional<UnsteadyPart> unsteady_in_all(const Project& project, const LambdaFunction& function,
                                            const DeliverySource& source,
                                            const std::vector<ValueId>& tokens) {
  std::optional<UnsteadyPart> found;
  for (const ValueId token : tokens) {
    found = unsteady_part(project, function, source, token);
    if (!found) return std::nullopt;
  }
  return found;
}

}  // namespace

Reason reason_of(RepeatWay how) {
  constexpr std::array<Reason, kRepeatWays> kReasons{{
      {"by-condition", "its condition stops a second one"},
      {"by-insert", "an insert under a key of the event stops a second one"},
      {"same", "a second one leaves everything as it is"},
      {"compared", "its target recognises the message"},
      {"guarded", "something that remembers the event comes before it on every path"},
      {"unsafe-token", "its token differs with each delivery"},
      {"by-token", "the service recognises its token"},
      {"unsafe-mark", "it is marked under a key that differs with each delivery"},
      {"is-mark", "it is the mark that others wait for"},
      {"ends-where-refused", "it is not done if the mark was refused"},
      {"idle-mark", "it is marked, but continues if the mark was refused"},
      {"kept-state", "what the function reads, and also writes, may stop a second one"},
      {"nothing", "nothing stops a second delivery from doing it again"},
  }};
  return kReasons[static_cast<std::size_t>(how)];
}

JudgedRepeat judge_repeat(const Project& project, const LambdaFunction& function,
                          const DeliverySource& source, const Effect& effect, KeptLists& lists) {
  const ValuePool& pool = *project.pool;
  const Operation& operation = operations()[effect.operation];
  // A new key each time is never there yet, whatever the condition.
  const bool is_new = makes_item(project, effect);
  if (is_conditional(pool, operation, effect) && !is_new && !holds_again(pool, function, effect))
    return {RepeatWay::ByCondition};
  if (marks_by_insert(project, function, source, effect) ||
      fails_when_repeated(project, function, source, effect))
    return {RepeatWay::ByInsert};
  const RepeatOutcome again = repeat_outcome(project, function, effect);
  if (again == RepeatOutcome::Same) return {RepeatWay::Same};
  if (is_compared(project, operation, effect)) return {RepeatWay::Compared, again};
  if (is_guarded(project, function, source, effect) || lists.follows_failing_insert(source, effect))
    return {RepeatWay::Guarded, again};
  if (const std::vector<ValueId> tokens = tokens_of(pool, operation, effect); !tokens.empty()) {
    const auto part = unsteady_in_all(project, function, source, tokens);
    return {part ? RepeatWay::UnsafeToken : RepeatWay::ByToken, again, part};
  }
  if (const Effect* mark = mark_under_new_key(project, function, source, effect); mark != nullptr)
    if (const auto part = unsteady_part(project, function, source,
                                        unsteady_item_key(project, function, source, *mark)))
      return {RepeatWay::UnsafeMark, again, part, mark};
  // Such a mark itself is told of where it should have stopped something.
  const auto is_marked_by_it = [&](const Effect& other) {
    return mark_under_new_key(project, function, source, other) == &effect;
  };
  if (marks_under_new_key(project, function, source, effect) &&
      (std::ranges::any_of(function.effects, is_marked_by_it) ||
       std::ranges::any_of(function.unknown_calls, is_marked_by_it)))
    return {RepeatWay::IsMark, again};
  const Effect* mark = idle_mark(project, function, effect);
  if (mark == nullptr)
    return {lists.decide(source, effect) ? RepeatWay::KeptState : RepeatWay::Nothing, again};
  return {ends_where_refused(pool, effect) ? RepeatWay::EndsWhereRefused : RepeatWay::IdleMark,
          again,
          {},
          mark};
}

std::optional<RepeatedEffect> unguarded(const Project& project, const LambdaFunction& function,
                                        const DeliverySource& source, const Effect& effect,
                                        KeptLists& lists, Findings& findings) {
  const JudgedRepeat judged = judge_repeat(project, function, source, effect, lists);
  const RepeatedEffect repeated{&effect, judged.again, judged.how == RepeatWay::KeptState};
  switch (judged.how) {
    case RepeatWay::UnsafeToken:
      report_unsafe_key(project, function, source, repeated, *judged.part, findings);
      break;
    case RepeatWay::UnsafeMark:
      report_unsafe_key(project, function, source, repeated, *judged.part, findings, judged.mark);
      break;
    case RepeatWay::IdleMark:
      report_ineffective(project, function, source, repeated, *judged.mark, findings);
      break;
    case RepeatWay::KeptState:
    case RepeatWay::Nothing: return repeated;
    default: break;
  }
  return std::nullopt;
}

}  // namespace fnlint
