// What one invocation leaves in state that outlives it, the next one sees: another user's data at
// worst, and at best a value that depends on which environment the platform happens to reuse.

#include "checks/state/rules.h"
#include "checks/state/state_configured.h"
#include "checks/state/state_merges.h"
#include "checks/state/state_resets.h"
#include "checks/state/state_sent.h"
#include "checks/state/state_verdict.h"
#include "checks/state/state_view.h"
#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/unfinished.h"
#include "core/text.h"
#include "values/places.h"
#include "values/pool.h"
#include "values/request_data.h"

#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

namespace fnlint {

namespace {

std::string_view rule_of(StateVerdict verdict) {
  switch (verdict) {
    case StateVerdict::RequestData:
    case StateVerdict::RequestDataReplaced:
    case StateVerdict::RequestDataUnfinished: return "state-request-data-in-global";
    case StateVerdict::Environment:
    case StateVerdict::EnvironmentGrows: return "state-env-mutation";
    case StateVerdict::Race: return "state-await-race";
    case StateVerdict::Fine:
    case StateVerdict::Mutable: break;
  }
  return "state-mutable-global";
}

std::string message_of(const StateChange& change, StateVerdict verdict) {
  switch (verdict) {
    case StateVerdict::RequestData:
      if (change.left == ResidualRead::OnlyKept)
        return cat("'", change.name,
                   "' outlives the invocation and keeps data of every request. Nothing that runs "
                   "removes it or reads it: it only grows.");
      return cat("'", change.name,
                 "' outlives the invocation, and data of the request is left in it: the next "
                 "request can see it.");
    case StateVerdict::RequestDataReplaced:
      return cat("'", change.name,
                 "' outlives the invocation and keeps data of the request. Every invocation sets "
                 "it before reading it, so two requests can mix only through work that is still "
                 "running when the next one begins, or through code that is added later.");
    case StateVerdict::RequestDataUnfinished:
      return cat("'", change.name,
                 "' outlives the invocation and keeps data of the request. Work that nothing waits "
                 "for reads it: when that work continues, the next request's data may be there.");
    case StateVerdict::Environment:
      return cat("'", change.name,
                 "' is set by an invocation: every later one in the same process sees it, and code "
                 "that read it before keeps the old value.");
    case StateVerdict::EnvironmentGrows:
      return cat("'", change.name,
                 "' is extended by an invocation: it grows with every later one in the same "
                 "process, and each program that one of them starts inherits all of it.");
    case StateVerdict::Race:
      return cat("'", change.name,
                 "' is read, and written after a wait, by several concurrent runs: if two read the "
                 "same value, the second write undoes the first.");
    case StateVerdict::Fine:
    case StateVerdict::Mutable: break;
  }
  if (change.how == StoreKind::Append)
    return cat("'", change.name,
               "' outlives the invocation and is added to by it: the next one finds there what "
               "those before it in the same environment have added.");
  return cat("'", change.name,
             "' outlives the invocation and is changed by it: what the next one finds there "
             "depends on which environment it gets.");
}

// What was read of it before was put there by the same invocation.
bool reads_its_own(const LambdaFunction& function, const StateChange& change) {
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    return other.how == StoreKind::Assign && other.place == change.place &&
           other.order < change.order && !other.read_before &&
           std::ranges::all_of(other.holds, [&](const Fact& fact) {
             return std::ranges::find(change.holds, fact) != change.holds.end();
           });
  });
}

// Put on the object of all that is global, to be found by name wherever that is.
bool is_on_global_object(const ValuePool& pool, const StateChange& change) {
  const ValueId root = base_of(pool, change.place);
  return pool.is(root, ValueKind::Hole) && pool[root].origin == Origin::Library &&
         (pool.text(root) == "globalThis" || pool.text(root) == "global");
}

// Nothing is known that reads what the last invocation has left there.
bool is_doubtful(const LambdaFunction& function, const StateChange& change) {
  return change.how == StoreKind::Assign && change.left == ResidualRead::Unknown &&
         (!change.read_before || reads_its_own(function, change));
}

// Ids of what was handled before, each added only where it was looked for in vain, and taken out
// again: a request hardly finds more than whether its own is among them.
bool remembers_what_was_handled(const ValuePool& pool, const LambdaFunction& function,
                                const StateChange& change) {
  const bool is_looked_for = std::ranges::any_of(change.holds, [&](const Fact& fact) {
    if (fact.holds || !pool.is(fact.test, ValueKind::Computed)) return false;
    const Opcode opcode = pool.opcode(fact.test);
    const auto operands = pool.operands(fact.test);
    return operands.size() == 2 && ((opcode == Opcode::Has && operands[1] == change.value) ||
                                    (opcode == Opcode::In && operands[0] == change.value));
  });
  return change.how == StoreKind::Append && is_looked_for && is_guarded_by_itself(pool, change) &&
         std::ranges::any_of(function.changes, [&](const StateChange& other) {
           return other.place == change.place &&
                  (other.how == StoreKind::Remove || other.how == StoreKind::Clear);
         });
}

// What a process keeps of who it is: the same for all requests, fetched again or not.
bool is_credential(const StateChange& change) {
  static const RE2 kKept("(?i)secret|token|credential|private_?key|api_?key|password|jwks");
  return change.how == StoreKind::Assign && RE2::PartialMatch(change.name, kKept);
}

// An object of a library of which nothing is known may be a client, too: `Books(company=...)`. In
// these languages a callee with a capital is a class.
bool is_librarys_object(const ValuePool& pool, const LambdaFunction& function,
                        const StateChange& change) {
  const bool tells_classes =
      function.language == Language::Python || function.language == Language::JavaScript;
  if (!tells_classes || change.how != StoreKind::Assign || change.of_request ||
      !change.value.exists() || !pool.is(change.value, ValueKind::Object) ||
      class_of(pool, change.value) != LibraryClass::None)
    return false;
  const std::string_view path = call_of(pool, change.value);
  const std::string_view name = path.substr(path.rfind('.') + 1);
  return path.find(':') == path.npos && name.size() < path.size() && name.front() >= 'A' &&
         name.front() <= 'Z';
}

// What is put there is not known, or it is a part of something that is not: a client among others
// may be filled so.
bool is_of_unknown(const ValuePool& pool, const StateChange& change) {
  const ValueId value = change.value;
  // Of the whole: unknown, another object's field of that name, an unknown call's answer.
  const bool is_open =
      value.exists() &&
      (pool.is(value, ValueKind::Unknown) ||
       (pool.is(value, ValueKind::Hole) && mentions_field(pool, value, change.place)) ||
       (pool.opcode(value) == Opcode::Call && !mentions(pool, value, change.place)));
  // Also what a callback was given, or a handler of errors.
  const bool unknown_value =
      is_open || (value.exists() && has_origin(pool, value, Origin::CallResult));
  const bool of_entry = change.how == StoreKind::Assign &&
                        pool.opcode(change.place) == Opcode::Member &&
                        pool.is(pool.operands(change.place)[0], ValueKind::Computed) &&
                        pool.text(pool.operands(change.place)[0]) == "index";
  return unknown_value || of_entry;
}

// Under a test of something else than the request, which may hold for the first invocation alone:
// of a file that is there from then on.
bool may_be_met_once(const ValuePool& pool, const StateChange& change) {
  return std::ranges::any_of(change.holds, [&](const Fact& fact) {
    const bool asked = pool.opcode(fact.test) == Opcode::Asked;
    if (asked || is_request_data(pool, fact.test)) return false;
    bool is_answer = !is_configuration(pool, fact.test);
    for_each_below(pool, fact.test,
                   [&](ValueId id) { is_answer = is_answer || pool.is(id, ValueKind::Object); });
    return is_answer;
  });
}

// It reads the change if it is not done when the handler returns.
void note_reader(const LambdaFunction& function, const StateChange& change,
                 FindingBuilder& finding) {
  const CodeCall& reader = *unfinished_reader(function, change);
  finding.related(reader.where, "Nothing waits for '", reader.name, "'.");
  if ((reader.flags & kUnderUnknownTest) != 0) finding.at_most(Confidence::Likely);
}

// Each tenant has environments of its own: what is left in one, no other tenant's request finds.
// Source: AWS Lambda Developer Guide, "Tenant isolation".
bool serves_one_tenant(const Project& project, const LambdaFunction& function) {
  const Property* mode =
      property_of(project, function.resource, "TenancyConfig.TenantIsolationMode");
  return mode != nullptr &&
         as_text(*project.pool, mode->value) == std::optional<std::string_view>("PER_TENANT");
}

void keep_to_tenant(StateVerdict verdict, FindingBuilder& finding) {
  if (verdict != StateVerdict::RequestData && verdict != StateVerdict::RequestDataUnfinished)
    return;
  finding.grade(Severity::Note)
      .adds(" Both belong to one tenant: each tenant has its own environments.");
}

// A part of what is left there is not known: `this.context = {...this.context, ...given}`.
bool is_known_in_part(const ValuePool& pool, const StateChange& change) {
  bool is_unknown = false;
  if (change.value.exists())
    for_each_below(pool, change.value,
                   [&](ValueId id) { is_unknown = is_unknown || pool.is(id, ValueKind::Unknown); });
  return is_unknown;
}

// Go hands the context of an invocation to whatever is made in it, which keeps it: what is in it of
// the request is no more than its end, and who asks for that later is not known.
bool keeps_context_alone(const ValuePool& pool, const LambdaFunction& function,
                         const StateChange& change) {
  if (function.language != Language::Go || !change.value.exists()) return false;
  bool is_context = false, is_more = false;
  for_each_below(pool, change.value, [&](ValueId id) {
    if (!pool.is(id, ValueKind::Hole)) return;
    const bool is_whole = pool[id].origin == Origin::Context && pool.text(id).empty();
    is_context = is_context || is_whole;
    is_more = is_more || (!is_whole && is_request_data(pool, id));
  });
  return is_context && !is_more;
}

// `logs.put_log_events(…)`: what an operation gave that puts something somewhere.
bool is_answer_to_write(const ValuePool& pool, ValueId value) {
  const Operation* const operation = operation_answering(pool, value);
  return operation != nullptr && !operation->events.empty();
}

FindingBuilder finding_of(const ValuePool& pool, const LambdaFunction& function,
                          const StateChange& change, StateVerdict verdict) {
  const bool is_mutable = verdict == StateVerdict::Mutable;
  const bool is_left = is_mutable || verdict == StateVerdict::RequestData;
  const bool may_be_meant = is_mutable && (is_of_unknown(pool, change) || is_credential(change) ||
                                           is_librarys_object(pool, function, change));
  const bool is_found_by_name =
      verdict == StateVerdict::RequestData &&
      (is_on_global_object(pool, change) || judge_sent(pool, function, change));
  auto finding = finding_at(pool, rule_of(verdict), function, change);
  if (is_found_by_name && is_doubtful(function, change)) finding.at_most(Confidence::Likely);
  // What a write answers may hold nothing of what was written.
  const auto is_answer = [&](ValueId value) { return is_answer_to_write(pool, value); };
  if (rule_of(verdict) == rule_of(StateVerdict::RequestData) && change.of_request &&
      !is_request_data(pool, change.value, is_answer) && !is_request_data(pool, change.key))
    finding.at_most(Confidence::Likely);
  // Nothing that is known reads it at all.
  const bool is_unread =
      is_mutable && change.how == StoreKind::Assign && change.left == ResidualRead::NotRead;
  const bool may_be_once =
      verdict == StateVerdict::EnvironmentGrows && may_be_met_once(pool, change);
  if (may_be_meant || may_be_once || is_unread ||
      (verdict == StateVerdict::RequestData && keeps_context_alone(pool, function, change)) ||
      (is_left && !is_found_by_name && is_doubtful(function, change)) ||
      is_emptied_after(pool, function, change) ||
      // What empties it comes after what fills it, and may be in what was not kept.
      (is_left && function.cut != 0 && change.how != StoreKind::Assign) ||
      (is_left && remembers_what_was_handled(pool, function, change)))
    finding.with(Confidence::Possible);
  // A library's way of clearing may not be known; nor what an object is that takes several entries.
  const bool is_merged = change.how == StoreKind::Update && change.value.exists() &&
                         pool.is(change.value, ValueKind::Record);
  if (class_of(pool, change.initial) == LibraryClass::Logger ||
      (is_merged && !change.initial.exists() && !has_origin(pool, change.place, Origin::Library)))
    finding.at_most(Confidence::Likely);
  // Of what was not followed to its end, some may set it before it is read.
  if (verdict == StateVerdict::RequestData && change.left == ResidualRead::OnlyKept)
    finding.grade(Severity::Warning);  // it only grows
  if (is_left && change.how == StoreKind::Assign &&
      (function.cut != 0 || change.left == ResidualRead::Perhaps || is_known_in_part(pool, change)))
    finding.at_most(Confidence::Likely);
  // Nothing that was followed reads what was left for sure.
  if (verdict == StateVerdict::RequestData && change.how == StoreKind::Assign &&
      function.cut != 0 && change.left != ResidualRead::Read)
    finding.with(Confidence::Possible);
  if (is_left && puts_same_entries(pool, function, change) == Answer::Unknown)
    finding.at_most(Confidence::Likely);
  if (rule_of(verdict) == rule_of(StateVerdict::RequestData) && puts_each_of_a_few(pool, change))
    finding.at_most(Confidence::Likely);
  if (verdict == StateVerdict::RequestDataUnfinished) note_reader(function, change, finding);
  if (verdict == StateVerdict::RequestDataReplaced) finding.grade(Severity::Note);
  return finding.says(message_of(change, verdict));
}

// A field of an object that is left whole is left with it. One that each run sets anew is no fault
// of its own where another field of the same object of the module is left with data: what mends
// that mends it.
void join_fields(const ValuePool& pool, const std::vector<ValueId>& places, Findings& told) {
  const auto object_of = [&](std::size_t i) {
    return std::tuple(std::string_view(told[i].function), told[i].rule, base_of(pool, places[i]));
  };
  std::map<decltype(object_of(0)), std::string> whole, left;  // by object: the cause
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (told[i].severity) continue;
    left.try_emplace(object_of(i), told[i].cause.key);
    if (told[i].rule == rule_of(StateVerdict::RequestData) && base_of(pool, places[i]) == places[i])
      whole.try_emplace(object_of(i), told[i].cause.key);
  }
  for (std::size_t i = 0; i < told.size(); ++i) {
    const auto row = whole.find(object_of(i)), other = left.find(object_of(i));
    if (row != whole.end())
      told[i].cause.key = row->second;
    else if (told[i].severity == Severity::Note && other != left.end())
      told[i].cause.key = other->second;
  }
}

// What each run sets before it reads it is one advice for a file: to hand it on as a value.
void join_replaced(Findings& told) {
  for (Finding& finding : told)
    if (finding.severity == Severity::Note &&
        finding.rule == rule_of(StateVerdict::RequestDataReplaced))
      finding.cause.key = cat(finding.function, "\nreplaced ", finding.where.file.index);
}

// The variable of a module, or the field of a class, in whose object a field lies; no id: it is no
// field of one, or of the class itself.
ValueId object_around(const ValuePool& pool, ValueId place) {
  const ValueId root = base_of(pool, place);
  const bool is_variable = pool.is(root, ValueKind::Hole) && pool[root].origin == Origin::Global;
  if (place == root || pool[root].origin == Origin::Library) return {};
  ValueId field = is_variable ? root : ValueId{};
  for (; place != root; place = pool.operands(place)[0])
    if (!is_variable && pool.operands(place)[0] != root)
      field = pool.operands(place)[0];  // at last the outermost
  return field;
}

// An object that several functions fill, field by field, was made for it: one fault of the project,
// and what mends it mends it for all.
void join_functions(const ValuePool& pool, const std::vector<ValueId>& places, Findings& told) {
  constexpr std::size_t kApart = 2;  // of as many functions each is told
  std::map<std::pair<std::string_view, ValueId>, std::set<std::string_view>> functions;
  for (std::size_t i = 0; i < told.size(); ++i)
    if (const ValueId object = object_around(pool, places[i]); object.exists())
      functions[{told[i].rule, object}].insert(told[i].function);
  for (std::size_t i = 0; i < told.size(); ++i) {
    const auto row = functions.find({told[i].rule, object_around(pool, places[i])});
    if (row != functions.end() && row->second.size() > kApart)
      told[i].cause.key = cat("object ", row->first.second.index);
  }
}

}  // namespace

void state_global(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  Findings told;
  std::vector<ValueId> places;  // that they are about
  std::set<Span>
      of_request;  // of one statement that leaves data of the request nothing less is told
  for (const LambdaFunction& function : project.functions)
    for (const StateChange& change : function.changes) {
      const StateVerdict verdict = judge(pool, function, change).verdict;
      if (verdict == StateVerdict::Fine) continue;
      FindingBuilder finding = finding_of(pool, function, change, verdict);
      if (serves_one_tenant(project, function)) keep_to_tenant(verdict, finding);
      told.push_back(std::move(finding));
      places.push_back(change.place);
      if (rule_of(verdict) == rule_of(StateVerdict::RequestData)) of_request.insert(change.where);
    }
  join_replaced(told);
  join_fields(pool, places, told);
  join_functions(pool, places, told);
  for (Finding& finding : told)
    if (finding.rule != rule_of(StateVerdict::Mutable) || !of_request.contains(finding.where))
      findings.push_back(std::move(finding));
}

}  // namespace fnlint
