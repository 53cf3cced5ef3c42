// What a change of state that outlives the invocation comes to: which ones are meant so, and what
// the others leave for the next invocation.

#include "checks/state/state_verdict.h"

#include "checks/state/state_configured.h"
#include "checks/state/state_lasting.h"
#include "checks/state/state_loggers.h"
#include "checks/state/state_merges.h"
#include "checks/state/state_resets.h"
#include "checks/state/state_sent.h"
#include "checks/state/state_view.h"
#include "checks/view/project_view.h"
#include "checks/view/unfinished.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/compute.h"
#include "values/request_data.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

bool is_constant(const ValuePool& pool, ValueId value) {
  return value.exists() &&
         (pool[value].kind == ValueKind::Bool || pool[value].kind == ValueKind::Null);
}

// The same variable, whatever its value rests on by now.
bool is_same_hole(const ValuePool& pool, ValueId one, ValueId other) {
  return pool[one].kind == ValueKind::Hole && pool[other].kind == ValueKind::Hole &&
         pool[one].origin == pool[other].origin && pool[one].ref == pool[other].ref &&
         pool[one].text == pool[other].text;
}

// One alternative is what was there.
bool may_stay(const ValuePool& pool, ValueId value, ValueId place) {
  if (value == place || is_same_hole(pool, value, place)) return true;
  const bool is_default = pool.opcode(value) == Opcode::OrDefault;
  if (is_default) return may_stay(pool, pool.operands(value)[0], place);
  return pool[value].kind == ValueKind::OneOf &&
         std::ranges::any_of(pool.operands(value),
                             [&](ValueId one) { return may_stay(pool, one, place); });
}

// One alternative is the entry that was there under the same key.
bool entry_may_stay(const ValuePool& pool, ValueId value, const StateChange& change) {
  const auto parts = pool.operands(value);
  if (pool.is(value, ValueKind::OneOf))
    return std::ranges::any_of(parts,
                               [&](ValueId one) { return entry_may_stay(pool, one, change); });
  if (pool.opcode(value) != Opcode::Index || parts.size() != 2) return false;
  const bool is_key =
      parts[1] == change.key ||
      (pool.is(change.key, ValueKind::OneOf) &&
       std::ranges::find(pool.operands(change.key), parts[1]) != pool.operands(change.key).end());
  if (parts[0] == change.place || !change.initial.exists()) return is_key;
  // What it begins with, and whatever was put there since.
  return is_key && pool.is(parts[0], ValueKind::Record) &&
         pool.is(change.initial, ValueKind::Record) &&
         std::ranges::equal(pool.names(parts[0]), pool.names(change.initial)) &&
         std::ranges::equal(pool.operands(parts[0]), pool.operands(change.initial));
}

// What was there, or what takes its place where it must: a token that a function renews, in the
// project or outside of it.
bool is_renewed(const ValuePool& pool, const LambdaFunction&, const StateChange& change) {
  if (change.how == StoreKind::PutKey && change.key.exists() && change.value.exists() &&
      entry_may_stay(pool, change.value, change))
    return true;
  if (change.how != StoreKind::Assign || !change.value.exists()) return false;
  if (may_stay(pool, change.value, change.place)) return true;
  if (pool[change.value].kind == ValueKind::OneOf) return false;
  bool renewed = false;
  for_each_below(pool, change.value, [&](ValueId id) {
    if (pool[id].kind != ValueKind::Object || pool.operands(id).empty()) return;
    renewed = renewed || mentions(pool, pool.operands(id)[0], base_of(pool, change.place));
  });
  return renewed;
}

// What a variable begins with, or a field of a variable's object; no id: it is not known.
ValueId begins_with(const ValuePool& pool, const StateChange& change) {
  if (!change.initial.exists() || pool.is(change.place, ValueKind::Hole)) return change.initial;
  const auto parts = pool.operands(change.place);
  const auto held = pool.operands(change.initial);
  const bool is_field_of_variable = is_field(pool, change.place) &&
                                    pool.is(parts[0], ValueKind::Hole) &&
                                    pool.is(change.initial, ValueKind::Object) && !held.empty();
  return is_field_of_variable && pool.is(held[0], ValueKind::Record)
             ? entry_of(pool, held[0], pool.text(parts[1]))
             : ValueId{};
}

// A flag that was tested is not thereby a lazy value: busy = True, and back. One that is neither at
// first is an answer that is asked for once.
bool is_switch(const ValuePool& pool, const StateChange& change) {
  const ValueId begin = begins_with(pool, change);
  const bool is_open_at_first =
      begin.exists() && (pool.is(begin, ValueKind::Null) || pool.is(begin, ValueKind::Absent));
  return change.how == StoreKind::Assign && change.value.exists() && !is_open_at_first &&
         pool[change.value].kind == ValueKind::Bool;
}

// No invocation finds what the last one left, whatever it is: a secret that a helper fetches or
// raises for, a client of the project's own.
bool is_never_found(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change) {
  if (change.left == ResidualRead::Replaced) return true;
  if (may_be_read(change.left) || !change.found_new || change.read_before ||
      (change.flags & kInLoop) != 0)
    return false;
  if (!change.value.exists()) return true;
  const Mentioned in_it(pool, change.value);
  return std::ranges::none_of(function.changes,
                              [&](const StateChange& other) { return in_it.has(other.place); });
}

bool sets_time(const ValuePool& pool, const StateChange& change) {
  return change.how == StoreKind::Assign && change.value.exists() &&
         has_origin(pool, change.value, Origin::Clock) &&
         is_made_of(pool, change.value, {Origin::Clock});
}

// The same, or an object that a library makes of the same: which call has made it tells nothing.
bool is_made_the_same(const ValuePool& pool, ValueId one, ValueId other) {
  return one == other || (pool.is(one, ValueKind::Object) && pool.is(other, ValueKind::Object) &&
                          pool.text(one) == pool.text(other) &&
                          std::ranges::equal(pool.operands(one), pool.operands(other)));
}

// Which request comes decides whether it is set at all, and others read it: `if role == "admin":
// is_admin = True`. What is read of the configuration is the same whenever it is.
bool is_decided_by_request(const ValuePool& pool, const StateChange& change) {
  return may_be_read(change.left) && is_constant(pool, change.value) &&
         !is_guarded_by_itself(pool, change) &&
         std::ranges::any_of(change.holds, [&](const Fact& fact) {
           return is_request_data(pool, fact.test) && pool.readable(fact.test);
         });
}

// Set to one value that every invocation has, and never to another: a cold-start flag,
// configuration that each run reads.
bool is_flag(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  if (is_decided_by_request(pool, change)) return false;
  if (change.how != StoreKind::Assign ||
      (!is_constant(pool, change.value) && !is_configuration(pool, change.value)))
    return false;
  return std::all_of(
      function.changes.begin(), function.changes.end(), [&](const StateChange& other) {
        return other.place != change.place || (other.how == StoreKind::Assign &&
                                               is_made_the_same(pool, other.value, change.value));
      });
}

// A value that is written as it stands, or a choice of such: a flag, a mode.
bool is_literal(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::OneOf:
      return std::ranges::all_of(pool.operands(value),
                                 [&](ValueId one) { return is_literal(pool, one); });
    case ValueKind::Null:
    case ValueKind::Absent:
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Bool: return true;
    default: return false;
  }
}

// A variable of the module, or a class of it, other than that one.
bool is_another_variable(const ValuePool& pool, ValueId one, ValueId other) {
  const auto is_variable = [&](ValueId id) {
    return pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Global;
  };
  return one != other && is_variable(one) && is_variable(other);
}

// It is made of a member of that name: `self.count = self.count + 1` of a class.
bool is_made_of_its_name(const ValuePool& pool, const StateChange& change) {
  const std::string_view name = std::string_view(change.name).substr(change.name.rfind('.') + 1);
  const ValueId owner =
      pool.opcode(change.place) == Opcode::Member ? pool.operands(change.place)[0] : change.place;
  bool found = false;
  for_each_below(pool, change.value, [&](ValueId id) {
    found =
        found || (pool.opcode(id) == Opcode::Member && pool.text(pool.operands(id)[1]) == name &&
                  !is_another_variable(pool, pool.operands(id)[0], owner));
  });
  return found;
}

// It began with something else, which the first invocation finds, and the next ones do not.
bool takes_place_of_first(const ValuePool& pool, const StateChange& change) {
  const ValueId begin = begins_with(pool, change);
  const bool is_known = begin.exists() && !pool.is(begin, ValueKind::Null) &&
                        !pool.is(begin, ValueKind::Absent) && !pool.is(begin, ValueKind::Unknown) &&
                        !pool.is(begin, ValueKind::Computed);
  return is_known && may_be_read(change.left) && !is_made_the_same(pool, begin, change.value);
}

// Filled once, with what every invocation would fill it with: `if (made == null) made = new
// Store();`.
bool is_made_once(const ValuePool& pool, const StateChange& change) {
  return change.how == StoreKind::Assign && !change.of_request && change.value.exists() &&
         is_of_the_process(pool, change.value) && is_guarded_by_itself(pool, change) &&
         !is_switch(pool, change);
}

// What is put there rests on nothing that one invocation has of its own: not on what was there or
// on other state that changes, but for what is made once, nor on the request, the clock or chance.
// Whichever set it last, the next finds the same. A flag that goes from one value to another tells
// of the invocation that set it.
bool is_set_alike(const ValuePool& pool, const LambdaFunction& function,
                  const StateChange& change) {
  const auto is_alike = [&](const StateChange& one) {
    const bool sets =
        one.how == StoreKind::Assign || (one.how == StoreKind::PutKey && has_fixed_key(pool, one));
    return sets && !one.of_request && one.value.exists() && !is_literal(pool, one.value) &&
           is_of_the_process(pool, one.value) && !is_made_of_its_name(pool, one) &&
           std::ranges::none_of(function.changes,
                                [&, in_it = Mentioned(pool, one.value)](const StateChange& other) {
                                  return in_it.has(other.place) &&
                                         (other.place == one.place || !is_made_once(pool, other));
                                });
  };
  if (!is_alike(change) || takes_place_of_first(pool, change)) return false;
  return std::ranges::all_of(function.changes, [&](const StateChange& other) {
    return !is_itself_set_by(pool, change, other) || !is_alike(other) ||
           is_made_the_same(pool, other.value, change.value);
  });
}

// Set back to what it began with: what is left there by others is told of where they leave it.
bool is_set_back(const ValuePool& pool, const LambdaFunction&, const StateChange& change) {
  if (change.how != StoreKind::Assign || !change.value.exists() || change.value != change.initial)
    return false;
  const ValueKind kind = pool[change.value].kind;
  return kind == ValueKind::Text || kind == ValueKind::Number || kind == ValueKind::Bool ||
         kind == ValueKind::Null;
}

// Kept together with the time: a token or configuration that expires.
bool is_stamped(const ValuePool& pool, const StateChange& change) {
  if (change.how != StoreKind::Assign || !change.value.exists()) return false;
  const ValueKind kind = pool[change.value].kind;
  const bool is_whole =
      kind == ValueKind::List || kind == ValueKind::Record ||
      (kind == ValueKind::Object && pool.text(change.value).find(':') != std::string_view::npos);
  return is_whole && has_origin(pool, change.value, Origin::Clock);
}

// Replaces what a field of an object holds.
bool fills_field(const ValuePool& pool, const StateChange& change) {
  const bool replaces = change.how == StoreKind::Assign || change.how == StoreKind::PutKey;
  return replaces && pool.opcode(change.place) == Opcode::Member &&
         !(change.value.exists() && mentions(pool, change.value, change.place));
}

// What an object holds beside the time of its filling, or that time: a cache that asks how old it
// is.
bool is_stamped_beside(const ValuePool& pool, const LambdaFunction& function,
                       const StateChange& change) {
  if (!fills_field(pool, change)) return false;
  const bool is_stamp = sets_time(pool, change);
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    return other.place != change.place && fills_field(pool, other) &&
           pool.operands(other.place)[0] == pool.operands(change.place)[0] &&
           sets_time(pool, other) != is_stamp;
  });
}

// A client that the first request makes with its own data, for all that come after. Under a key of
// the request's, for those alone that have the key.
bool is_first_requests(const ValuePool& pool, const StateChange& change) {
  if (puts_entry(change) && is_request_data(pool, change.key)) return false;
  const bool once = change.how == StoreKind::SetIfAbsent || is_guarded_by_itself(pool, change);
  return once && class_of(pool, change.value) == LibraryClass::Client &&
         is_of_many_values(pool, change.value);
}

// A part of the entry that has the request's own key: `cache[id]["at"] = ...`.
bool is_in_entry(const ValuePool& pool, const StateChange& change) {
  for (ValueId at = change.place; pool.is(at, ValueKind::Computed) && !pool.operands(at).empty();
       at = pool.operands(at)[0])
    if (pool.opcode(at) == Opcode::Index && is_request_data(pool, pool.operands(at)[1]))
      return true;
  return false;
}

// Something of a module that is not known, by a name that only runs know: what its `add` does is
// its own. No module is a list.
bool is_told_to_module(const ValuePool& pool, const StateChange& change) {
  return change.how == StoreKind::Append && pool.is(change.place, ValueKind::Hole) &&
         change.initial.exists() && pool.is(change.initial, ValueKind::Hole) &&
         pool[change.initial].origin == Origin::Library;
}

// Made of a variable in which the same invocation keeps data of its request.
bool is_made_of_kept_data(const ValuePool& pool, const LambdaFunction& function,
                          const StateChange& change) {
  if (!change.value.exists()) return false;
  const auto is_kept = [&](ValueId place) {
    return std::ranges::any_of(function.changes, [&](const StateChange& other) {
      return other.place == place && other.how == StoreKind::Assign && other.order < change.order &&
             holds_request_data(pool, other.value);
    });
  };
  bool found = false;
  for_each_below(pool, change.value, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Global &&
                      id != change.place && is_kept(id));
  });
  return found;
}

// What is added to a number is counted: no later request finds this one's data in the sum.
bool is_added_up(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  if (change.how != StoreKind::Update) return false;
  const auto is_number = [&](ValueId value) {
    return value.exists() && pool.is(value, ValueKind::Number);
  };
  if (!change.key.exists()) return is_number(change.initial);
  const auto holds_number = [&](ValueId record) {
    return record.exists() && pool.is(record, ValueKind::Record) && as_text(pool, change.key) &&
           is_number(entry_of(pool, record, *as_text(pool, change.key)));
  };
  return holds_number(change.initial) ||
         std::ranges::any_of(function.changes, [&](const StateChange& other) {
           const bool is_entry = other.place == change.place && other.key == change.key;
           return is_itself_set_by(pool, change, other) &&
                  (is_entry ? is_number(other.value) : holds_number(other.value));
         });
}

// No later invocation reads it: each has another value there by then.
bool is_never_seen(const ValuePool& pool, const LambdaFunction& function,
                   const StateChange& change) {
  if (change.left == ResidualRead::Replaced) return true;
  if (puts_same_entries(pool, function, change) == Answer::Yes) return true;
  if (change.how == StoreKind::Assign && change.left == ResidualRead::NotRead) return true;
  return !may_be_read(change.left) && is_replaced_first(pool, function, change);
}

// Who misses an entry puts one there: those are what is told, if anything is.
bool is_put_again(const LambdaFunction& function, const StateChange& removal) {
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    return other.place == removal.place && puts_entry(other);
  });
}

// A variable of the process that every invocation sets to the same, or the first alone, is settled.
bool is_settled_variable(const ValuePool& pool, const LambdaFunction& function,
                         const StateChange& change) {
  return change.how == StoreKind::SetIfAbsent || is_guarded_by_itself(pool, change) ||
         is_brought_by_guarded(pool, function, change) ||
         (!adds_to_variable(pool, change) && is_configuration(pool, change.value));
}

bool leaves_request_data(const ValuePool& pool, const LambdaFunction& function,
                         const StateChange& change) {
  return (holds_callers_data(pool, change.value) || is_made_of_kept_data(pool, function, change)) &&
         !is_added_up(pool, function, change);
}

// What a change comes to, and the first of these that says so.
struct VerdictRow {
  Reason reason;
  StateVerdict verdict{};
  bool (*holds)(const ValuePool&, const LambdaFunction&, const StateChange&) = nullptr;
};
using Function = LambdaFunction;
using Change = StateChange;
using Pool = ValuePool;

// In this order: what comes first decides.
constexpr std::array kVerdicts{
    VerdictRow{{"sent-along", "a library sends it along with each later call"},
               StateVerdict::RequestData,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return judge_sent(pool, function, change) == StateVerdict::RequestData;
               }},
    VerdictRow{{"sent-replaced",
                "a library sends it along, and each invocation sets it again before that"},
               StateVerdict::RequestDataReplaced,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return judge_sent(pool, function, change) == StateVerdict::RequestDataReplaced;
               }},
    VerdictRow{{"log-key", "a logger keeps it for invocations that set none"},
               StateVerdict::RequestData,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return is_left_log_key(pool, function, change) ||
                        is_left_logger(pool, function, change);
               }},
    VerdictRow{{"first-request",
                "a client that the first request makes with its own data serves all others"},
               StateVerdict::RequestData,
               [](const Pool& pool, const Function&, const Change& change) {
                 return is_first_requests(pool, change);
               }},
    VerdictRow{{"shared-by-design",
                "it is made to be shared: a client, a pool, a logger, a bounded cache"},
               StateVerdict::Fine,
               [](const Pool& pool, const Function&, const Change& change) {
                 return is_shared_by_design(pool, change) || is_of_logger(pool, change);
               }},
    VerdictRow{{"removes", "it removes something, and leaves nothing"},
               StateVerdict::Fine,
               [](const Pool&, const Function&, const Change& change) {
                 return change.how == StoreKind::Clear || change.how == StoreKind::Delete;
               }},
    VerdictRow{{"of-library", "it is a setting of a library's object"},
               StateVerdict::Fine,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return is_part_of_library(pool, change) || is_told_to_module(pool, change) ||
                        is_part_of_kept_library(pool, function, change);
               }},
    VerdictRow{{"put-by-hook", "the application's hooks set the same value before each event"},
               StateVerdict::Fine,
               is_put_by_hook},
    VerdictRow{{"reset-first", "each invocation sets it again before anything else uses it"},
               StateVerdict::Fine,
               is_reset_first},
    VerdictRow{{"part-of-new", "it is part of what this invocation has stored there"},
               StateVerdict::Fine,
               is_part_of_new},
    VerdictRow{{"told-by-server", "a server's answer says there what it lets all requests do"},
               StateVerdict::Fine,
               [](const Pool& pool, const Function&, const Change& change) {
                 return change.how == StoreKind::Assign && change.value.exists() &&
                        is_told_beside_answer(pool, change.value);
               }},
    VerdictRow{{"own-key", "a cache by the event's own key: state-unbounded-cache looks at it"},
               StateVerdict::Fine,
               [](const Pool& pool, const Function&, const Change& change) {
                 return (puts_entry(change) && is_request_data(pool, change.key)) ||
                        is_in_entry(pool, change);
               }},
    VerdictRow{{"own-slot", "it is kept with the event's own key, and used only for that key"},
               StateVerdict::Fine,
               is_kept_under_own_key},
    VerdictRow{{"empties", "it empties what other changes fill: those are reported"},
               StateVerdict::Fine,
               is_emptying},
    VerdictRow{{"forgets", "a cache forgets an entry"},
               StateVerdict::Fine,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return change.how == StoreKind::Remove &&
                        (is_request_data(pool, change.key) || is_guarded_by_itself(pool, change) ||
                         is_put_again(function, change));
               }},
    VerdictRow{{"read-unfinished", "what the invocation left running reads the request's data"},
               StateVerdict::RequestDataUnfinished,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return leaves_request_data(pool, function, change) &&
                        is_never_seen(pool, function, change) &&
                        unfinished_reader(function, change) != nullptr;
               }},
    VerdictRow{
        {"given-back", "it is given back at last what it begins with, however the work ends"},
        StateVerdict::Fine,
        is_given_back_at_last},
    VerdictRow{{"put-back",
                "each invocation sets it before reading it, and takes it back when it is done"},
               StateVerdict::Fine,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return leaves_request_data(pool, function, change) &&
                        is_never_seen(pool, function, change) &&
                        is_put_back(pool, function, change);
               }},
    VerdictRow{{"replaced-request",
                "it holds the request's data, but each invocation sets it before reading it"},
               StateVerdict::RequestDataReplaced,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return leaves_request_data(pool, function, change) &&
                        is_never_seen(pool, function, change);
               }},
    VerdictRow{{"request-data", "it holds the request's data, and a later invocation may read it"},
               StateVerdict::RequestData,
               leaves_request_data},
    VerdictRow{{"settled-variable",
                "a variable of the process is set to the same value by all invocations, or only by "
                "the first"},
               StateVerdict::Fine,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return is_environment(pool, change.place) &&
                        is_settled_variable(pool, function, change);
               }},
    VerdictRow{{"variable-grows", "each invocation adds to a variable of the process"},
               StateVerdict::EnvironmentGrows,
               [](const Pool& pool, const Function&, const Change& change) {
                 return is_environment(pool, change.place) && adds_to_variable(pool, change);
               }},
    VerdictRow{{"variable", "a variable of the process is changed"},
               StateVerdict::Environment,
               [](const Pool& pool, const Function&, const Change& change) {
                 return is_environment(pool, change.place);
               }},
    VerdictRow{{"setting", "it is what a store of settings has, for all invocations alike"},
               StateVerdict::Fine,
               is_stored_setting},
    VerdictRow{{"holds-client", "it holds a client, by its declared type"},
               StateVerdict::Fine,
               [](const Pool&, const Function&, const Change& change) {
                 return change.holds_client && change.how == StoreKind::Assign;
               }},
    VerdictRow{{"set-once", "it is set only if it is not set yet"},
               StateVerdict::Fine,
               [](const Pool&, const Function&, const Change& change) {
                 return change.how == StoreKind::SetIfAbsent;
               }},
    VerdictRow{{"flag", "it is set to one value that every invocation has, and never to another"},
               StateVerdict::Fine,
               is_flag},
    VerdictRow{{"set-alike", "what it is set to is the same in every invocation"},
               StateVerdict::Fine,
               is_set_alike},
    VerdictRow{
        {"set-back", "it is set back to its initial value"}, StateVerdict::Fine, is_set_back},
    VerdictRow{{"never-found", "no invocation finds what the last one left"},
               StateVerdict::Fine,
               is_never_found},
    VerdictRow{{"stamped", "it is kept with a timestamp, and so expires"},
               StateVerdict::Fine,
               [](const Pool& pool, const Function& function, const Change& change) {
                 return is_stamped(pool, change) || is_stamped_beside(pool, function, change);
               }},
    VerdictRow{{"renewed", "it is the value that was there, or replaces it where it must"},
               StateVerdict::Fine,
               is_renewed},
    VerdictRow{{"same-again", "every invocation adds the same entries"},
               StateVerdict::Fine,
               is_same_again},
    VerdictRow{{"brought-along", "it is set along with a value that is made once"},
               StateVerdict::Fine,
               is_brought_by_guarded},
    VerdictRow{
        {"guarded-by-itself", "it is changed only where a test of itself, or of the time, says so"},
        StateVerdict::Fine,
        [](const Pool& pool, const Function&, const Change& change) {
          return is_guarded_by_itself(pool, change) && !is_switch(pool, change);
        }},
};
constexpr Reason kChanged{"changed",
                          "the next invocation finds a different value than the first did"};
constexpr Reason kRaces{"races", "several runs at once read the same, wait, and write"};

JudgedState judge_alone(const ValuePool& pool, const LambdaFunction& function,
                        const StateChange& change, std::string_view without) {
  const auto row = std::ranges::find_if(kVerdicts, [&](const VerdictRow& one) {
    return one.reason.name != without && one.holds(pool, function, change);
  });
  return row == kVerdicts.end() ? JudgedState{StateVerdict::Mutable, kChanged}
                                : JudgedState{row->verdict, row->reason};
}

}  // namespace

// Two runs at once read the same, wait, and the second to write undoes the first: resetting it
// before does not help.
JudgedState judge(const ValuePool& pool, const LambdaFunction& function, const StateChange& change,
                  std::string_view without) {
  const JudgedState alone = judge_alone(pool, function, change, without);
  const StateVerdict verdict = alone.verdict;
  const bool races = (change.flags & kStaleRead) != 0 && (change.flags & kManyAtOnce) != 0;
  const bool request = verdict == StateVerdict::RequestData ||
                       verdict == StateVerdict::RequestDataReplaced ||
                       verdict == StateVerdict::RequestDataUnfinished;
  return races && !request ? JudgedState{StateVerdict::Race, kRaces} : alone;
}

std::vector<Reason> state_reasons() {
  std::vector<Reason> all;
  for (const VerdictRow& row : kVerdicts) all.push_back(row.reason);
  return all;
}

}  // namespace fnlint
