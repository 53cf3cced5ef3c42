// A client that an invocation makes costs that invocation its set-up and its first connection, and
// the next one again. Made while the module loads, it is there for all of them.

#include "checks/event/called_seldom.h"
#include "checks/idempotency/idempotency_view.h"
#include "checks/init/kept_clients.h"
#include "checks/init/rules.h"
#include "checks/state/done_once.h"
#include "checks/state/state_view.h"
#include "checks/view/alarms.h"
#include "checks/view/beyond.h"
#include "checks/view/code_calls.h"
#include "checks/view/deployment_functions.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/words.h"
#include "tables/code_words.h"
#include "values/client_settings.h"
#include "values/confidence.h"
#include "values/failures.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace fnlint {

namespace {

bool has_any(const ValuePool& pool, const CodeCall& call, std::initializer_list<Origin> origins) {
  return std::any_of(origins.begin(), origins.end(), [&](Origin origin) {
    return (call.value.exists() && has_origin(pool, call.value, origin)) ||
           (call.arguments.exists() && has_origin(pool, call.arguments, origin));
  });
}

bool has_kind(const ValuePool& pool, ValueId value, ValueKind kind) {
  bool found = false;
  if (value.exists())
    for_each_below(pool, value, [&](ValueId id) { found = found || pool[id].kind == kind; });
  return found;
}

// Something that the context says; Go hands the context itself to every call.
bool asks_context(const ValuePool& pool, ValueId value) {
  bool found = false;
  if (value.exists())
    for_each_below(pool, value, [&](ValueId id) {
      const Value& row = pool[id];
      found = found || (row.kind == ValueKind::Hole && row.origin == Origin::Context &&
                        !pool.text(id).empty());
    });
  return found;
}

// Made of one of those that a loop goes over: `for region in regions`.
bool is_of_element(const ValuePool& pool, ValueId value) {
  return value.exists() && has_opcode(pool, value, Opcode::Element);
}

// What a client answers, whichever operation it was asked for.
bool is_service_answer(const ValuePool& pool, ValueId value) {
  const std::string_view path = call_of(pool, value);
  if (path.empty()) return false;
  const LibraryModel* model = find_library_model(Language::Unknown, path);
  if (model == nullptr)  // a method of any object: `send` of a client
    model =
        find_library_model(Language::Unknown, cat("*.", path.substr(path.find_last_of('.') + 1)));
  return model != nullptr && (!model->effect_of.empty() || !model->operation.empty());
}

// Whether the client is the value, or stands in it. What it answers is not made of it.
bool holds_client(const ValuePool& pool, ValueId value, ValueId client, ValueMemo& seen) {
  if (value == client) return true;
  if (seen.find(value) != nullptr || is_service_answer(pool, value)) return false;
  seen.add(value, value);
  return std::ranges::any_of(
      pool.operands(value), [&](ValueId below) { return holds_client(pool, below, client, seen); });
}
bool holds_client(const ValuePool& pool, ValueId value, ValueId client) {
  ValueMemo seen;
  return value.exists() && holds_client(pool, value, client, seen);
}

// What an operation gives, or a call of unknown meaning: a row of a table, an answer. A provider of
// credentials is made by a call as well, but the text of a key is not.
bool is_looked_up(const ValuePool& pool, std::string_view name, ValueId value) {
  if (has_kind(pool, value, ValueKind::Unknown) || has_origin(pool, value, Origin::CallResult))
    return true;
  const bool is_text = lower(name).find("credential") == std::string::npos;
  bool found = false;
  for_each_below(pool, value, [&](ValueId id) {
    const bool is_given =
        pool[id].kind == ValueKind::Object && pool.text(id).find('(') != std::string_view::npos;
    found = found || operation_answering(pool, id) != nullptr || (is_text && is_given);
  });
  return found;
}

// A field of what an operation or a query gave: `(await db.select().from(tenants))[0].region`. What
// a call itself gives may be an object that the client needs: `new Agent()`.
bool is_field_of_answer(const ValuePool& pool, ValueId value) {
  return comes_from_beyond(pool, value) && !pool.text(value).ends_with("()");
}

// Keys that are neither a constant nor of the environment, and whatever is read out of an answer:
// whoever they belong to, the next invocation may ask for another's.
bool has_looked_up_settings(const ValuePool& pool, ValueId arguments) {
  bool found = false;
  if (!arguments.exists()) return false;
  for_each_below(pool, arguments, [&](ValueId id) {
    found = found || is_field_of_answer(pool, id);
    if (pool[id].kind != ValueKind::Record) return;
    for (std::size_t i = 0; i < pool.names(id).size(); ++i)
      found = found || (names_credentials(pool[pool.names(id)[i]]) &&
                        is_looked_up(pool, pool[pool.names(id)[i]], pool.operands(id)[i]));
  });
  return found;
}

// Made with a secret, or a parameter, that is asked for by what the event says: a user's own.
bool has_secret_of_request(const ValuePool& pool, const LambdaFunction& function,
                           ValueId arguments) {
  bool found = false;
  if (!arguments.exists() || !has_origin(pool, arguments, Origin::Secret)) return found;
  for_each_below(pool, arguments, [&](ValueId id) {
    if (found || !pool.is(id, ValueKind::Hole) || pool[id].origin != Origin::Secret) return;
    const Span site = site_of(function, pool[id].ref);
    const auto asks_by_event = [&](const Effect& read) {
      return read.where == site && read.arguments.exists() &&
             has_origin(pool, read.arguments, Origin::Event);
    };
    found = site.file.exists() && (std::ranges::any_of(function.effects, asks_by_event) ||
                                   std::ranges::any_of(function.unknown_calls, asks_by_event));
  });
  return found;
}

// Each request, each tenant, each set of credentials has its own.
bool is_of_request(const ValuePool& pool, const LambdaFunction& function, const CodeCall& call) {
  if (has_secret_of_request(pool, function, call.arguments)) return true;
  if (has_any(pool, call, {Origin::Event, Origin::Fresh, Origin::Clock}) ||
      asks_context(pool, call.value) || asks_context(pool, call.arguments) ||
      has_looked_up_settings(pool, call.arguments))
    return true;
  return (call.flags & kInLoop) != 0 &&
         (has_any(pool, call, {Origin::Element}) || is_of_element(pool, call.value) ||
          is_of_element(pool, call.arguments) || has_kind(pool, call.arguments, ValueKind::OneOf));
}

// `getConnectionManager().has(name)`: a registry that a library keeps, asked before. What methods
// of its objects give are results.
bool asks_registry(const ValuePool& pool, ValueId test) {
  bool found = false;
  for_each_below(pool, test, [&](ValueId id) {
    if (pool[id].kind != ValueKind::Computed || pool.operands(id).size() != 2) return;
    const Opcode opcode = pool.opcode(id);
    if (opcode != Opcode::Has && opcode != Opcode::In) return;
    const ValueId asked = pool.operands(id)[opcode == Opcode::In ? 1 : 0];
    const std::string_view made = pool.text(asked);
    found = found || (pool.is(asked, ValueKind::Object) && made.find('.') != made.npos &&
                      made.find('(') + 2 == made.size());
  });
  return found;
}

// `if (admin.apps.length > 0) return; admin.initializeApp()`: what makes the client was asked what
// it keeps.
bool asks_maker(const ValuePool& pool, const CodeCall& call, ValueId test) {
  if (!call.value.exists()) return false;
  const std::string_view made = pool.text(call.value);  // "firebase-admin.initializeApp()"
  const std::size_t dot = made.rfind('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view maker = made.substr(0, dot + 1);
  bool found = false;
  for_each_below(pool, test, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Library &&
                      pool.text(id).starts_with(maker));
  });
  return found;
}

// Something that outlives the invocation was asked first, or a function that remembers its result.
bool is_made_once(const ValuePool& pool, const LambdaFunction& function, const CodeCall& call) {
  return std::any_of(call.holds.begin(), call.holds.end(), [&](const Fact& fact) {
    const auto asks = [&](Origin origin) { return has_origin(pool, fact.test, origin); };
    if (asks(Origin::Global) || asks(Origin::Capture) || asks_registry(pool, fact.test) ||
        asks_maker(pool, call, fact.test))
      return true;
    // What a field keeps for a time is made again and again.
    if (!asks(Origin::Clock) && asks_kept_field(pool, function, fact.test)) return true;
    bool found = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      found = found || is_guard(pool, id, "once") || is_own_variable(pool, function, id);
    });
    return found;
  });
}

// A client of that kind, a field of an object, or a variable of the function's own.
bool is_kept_beyond_rounds(const ValuePool& pool, const CodeCall& call, ValueId value) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::Hole)
    return row.origin == Origin::Field || row.origin == Origin::Element;
  if (pool.opcode(value) == Opcode::Member)
    return pool.is(pool.operands(value)[0], ValueKind::Object);
  return row.kind == ValueKind::Object && pool.is(call.value, ValueKind::Object) &&
         pool.text(value) == pool.text(call.value);
}

// Something that is kept beyond a round of the loop was asked for the client first, and was empty:
// then it is made once, as a rule, for an object that was made before the loop.
bool is_kept_for_rounds(const ValuePool& pool, const CodeCall& call) {
  return std::ranges::any_of(call.holds, [&](const Fact& fact) {
    bool found = !fact.holds && is_kept_beyond_rounds(pool, call, fact.test);
    for_each_below(pool, fact.test, [&](ValueId id) {
      const Opcode opcode = pool.opcode(id);
      const auto operands = pool.operands(id);
      const bool is_empty =
          opcode == Opcode::Not || (opcode == Opcode::Equal && operands.size() == 2 &&
                                    pool.is(operands[1], ValueKind::Null));
      found = found || (is_empty && is_kept_beyond_rounds(pool, call, operands[0]));
    });
    return found;
  });
}

bool is_of_each_round(const ValuePool& pool, const CodeCall& call) {
  return (call.flags & kInLoop) != 0 && !is_kept_for_rounds(pool, call);
}

// Kept in something that outlives the invocation, where it was not there before. That nothing has
// failed on the way asks nothing of what was kept.
bool is_kept(const ValuePool& pool, const LambdaFunction& function, const CodeCall& call) {
  return std::any_of(
      function.changes.begin(), function.changes.end(), [&](const StateChange& change) {
        if (!holds_client(pool, change.value, call.value)) return false;
        const bool is_place = pool[change.place].kind == ValueKind::Hole ||
                              pool.opcode(change.place) == Opcode::Member;
        return change.how != StoreKind::Assign || !is_place ||
               std::ranges::any_of(change.holds, [&](const Fact& fact) {
                 return !is_failure(pool, {fact.test, !fact.holds});
               });
      });
}

// Made anew each time by custom, a form of the client that it is given, which has the connections,
// or no client at all: the settings of some.
bool makes_no_connection(const CodeCall& call) {
  if (call.library == UINT32_MAX) return false;
  const LibraryModel& model = library_models()[call.library];
  return model.brief || model.returns == "0" || model.kind == LibraryClass::None;
}

// What the clients that are given it have their connections from; a variable may have it since
// init.
bool lends_connections(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::OneOf))
    return std::ranges::any_of(pool.operands(value),
                               [&](ValueId one) { return lends_connections(pool, one); });
  const std::string_view path = call_of(pool, value);
  const LibraryModel* const model =
      path.empty() ? nullptr : find_library_model(Language::Unknown, path);
  return model != nullptr && model->lends;
}

// On a way that is only taken where a variable is set which the template does not set: an
// emulator's.
bool asks_for_unset_variable(const Project& project, const LambdaFunction& function,
                             const CodeCall& call) {
  const ValuePool& pool = *project.pool;
  return std::ranges::any_of(call.holds, [&](const Fact& fact) {
    const bool is_equal = pool.opcode(fact.test) == Opcode::Equal;
    const ValueId asked = is_equal ? pool.operands(fact.test)[0] : fact.test;
    if (!pool.is(asked, ValueKind::Hole) || pool[asked].origin != Origin::Environment) return false;
    const bool wants = is_equal
                           ? !fact.holds && pool.is(pool.operands(fact.test)[1], ValueKind::Null)
                           : fact.holds;
    return wants && property_of(project, function.resource,
                                cat("Environment.Variables.", pool.text(asked))) == nullptr;
  });
}

// Only an emulator's variable leads there: what a deployed function makes is told in its place.
bool is_for_emulator(const Project& project, const LambdaFunction& function, const CodeCall& call) {
  const ValuePool& pool = *project.pool;
  const auto is_closed = [&](const CodeCall& one) {
    return (one.uncertainty & kClosedWay) != 0 || asks_for_unset_variable(project, function, one);
  };
  return pool.is(call.value, ValueKind::Object) && is_closed(call) &&
         std::ranges::any_of(function.made, [&](const CodeCall& other) {
           return other.where != call.where && other.where.file == call.where.file &&
                  pool.is(other.value, ValueKind::Object) &&
                  pool.text(other.value) == pool.text(call.value) && !is_closed(other);
         });
}

// A session that only makes clients is told of with them.
bool is_part_of_another(const ValuePool& pool, const LambdaFunction& function, std::size_t at) {
  const CodeCall& call = function.made[at];
  for (std::size_t i = 0; i < function.made.size(); ++i) {
    const CodeCall& other = function.made[i];
    if (i < at && other.value == call.value && other.where != call.where) return true;
    if (i != at && !makes_no_connection(other) && other.value != call.value &&
        holds_client(pool, other.value, call.value))
      return true;
  }
  return false;
}

// A declared type of a service's own may be that of a client's settings.
bool is_client(const ValuePool& pool, ValueId value) {
  return class_of(pool, value) == LibraryClass::Client &&
         pool.text(value).find("Config") == std::string_view::npos;
}

// Given a client, or the settings of some, that is there before and after: what is made around it
// has no connections of its own.
bool is_around_another(const ValuePool& pool, const LambdaFunction& function,
                       const CodeCall& call) {
  if (!call.arguments.exists()) return false;
  return std::ranges::any_of(pool.operands(call.arguments), [&](ValueId given) {
    return (is_client(pool, given) || lends_connections(pool, given)) &&
           std::ranges::none_of(function.made, [&](const CodeCall& other) {
             const bool is_itself =
                 holds_client(pool, other.arguments, other.value);  // it gives back
             return !is_itself && holds_client(pool, given, other.value);
           });
  });
}

std::string_view label_of(LibraryClass kind) {
  if (kind == LibraryClass::Session) return "session";
  return kind == LibraryClass::Pool ? "connection" : "client";
}

// What `assume_role(account) or boto3` gives makes one client, of either.
bool is_other_way(const CodeCall& call, const CodeCall& other) {
  return call.where == other.where &&
         std::ranges::equal(call.path, other.path, {}, &PlacedText::where, &PlacedText::where);
}

// What a table holds, or a part of it: whether the next invocation finds the same row is not known.
bool is_of_table(const ValuePool& pool, ValueId value) {
  bool found = false;
  if (!value.exists()) return false;
  for_each_below(pool, value, [&](ValueId id) {
    const Operation* const operation = operation_answering(pool, id);
    found = found || (operation != nullptr && operation->target_kind == ResourceKind::Table);
  });
  return found;
}

std::uint8_t uncertainty_of(const ValuePool& pool, const CodeCall& call) {
  std::uint8_t uncertainty = static_cast<std::uint8_t>(call.uncertainty & ~kUncertain);
  const bool on_some_ways = std::ranges::any_of(
      call.holds, [&](const Fact& fact) { return has_origin(pool, fact.test, Origin::Event); });
  if (on_some_ways || (call.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
  if (has_any(pool, call, {Origin::Parameter, Origin::CallResult, Origin::Receiver}) ||
      has_kind(pool, call.arguments, ValueKind::Unknown))
    uncertainty |= kUncertain;
  return uncertainty;
}

// Some ways do not come there, as far as is known. What failed or did not is no way of its own.
bool is_behind_test(const ValuePool& pool, const CodeCall& call) {
  return std::ranges::any_of(call.holds, [&](const Fact& fact) {
    return has_kind(pool, fact.test, ValueKind::OneOf) ||
           has_kind(pool, fact.test, ValueKind::Unknown);
  });
}

// The function that a call stands in, by where it is called.
std::string maker_of(const LambdaFunction& function, const CodeCall& call) {
  const Span from = call.path.empty() ? function.handler_where : call.path.back().where;
  return cat(from.file.index, ':', from.range.begin);
}

// Who opens a connection for its work and closes it behind that has decided against keeping it.
std::uint8_t uncertainty_of_closing(const ValuePool& pool, const CodeCall& call) {
  return call.closing == Closing::Closed && opens_connection(pool, call) ? kUncertain : 0;
}
// One that is left to whoever frees memory.
bool piles_up(const ValuePool& pool, const LambdaFunction& function, const CodeCall& call) {
  return call.closing == Closing::LeftOpen && opens_connection(pool, call) &&
         !is_one_of(known::closing_languages(), word_of(function.language));
}

// By the client and the file: the first function that makes it there. What mends one mends them
// all.
using FirstMakers = std::map<std::string, std::string>;

// Of a function that nothing is known to call it is not known whether the next invocation is near.
// One that asks nothing of its event, and changes something, or that no template names and that
// answers no request, is started by a clock or by hand. What a client takes is little of a work of
// minutes.
std::uint8_t uncertainty_of_callers(const Project& project, const LambdaFunction& function,
                                 bool is_unknown, bool is_job) {
  if (!is_unknown) return is_job ? kHeuristic : 0;
  if (is_job) return kUncertain;
  const ValuePool& pool = *project.pool;
  const bool asks_event = std::ranges::any_of(function.reads, [&](const InputRead& read) {
    return has_origin(pool, read.value, Origin::Event);
  });
  if (asks_event || !function.reads_known) return kHeuristic;
  // A request that has something changed says what.
  const auto changes = [](const Effect& effect) {
    return !only_reads(operations()[effect.operation]);
  };
  const bool has_work = std::ranges::any_of(function.effects, changes) ||
                        std::ranges::any_of(function.unknown_calls, changes);
  if (!project.stacks.functions[function.declared].by_form)
    return has_work && function.event_types.empty() ? kUncertain : kHeuristic;
  const bool answers = std::ranges::any_of(function.returns, [&](const ReturnedValue& returned) {
    return entry_of(pool, returned.value, "statusCode").exists();
  });
  return answers && !has_work ? kHeuristic : kUncertain;
}

void report(const Project& project, const LambdaFunction& function, const CodeCall& call,
            std::uint8_t by_callers, FirstMakers& makers, Findings& findings) {
  const ValuePool& pool = *project.pool;
  std::uint8_t uncertainty = 0;
  for (const CodeCall& other : function.made)
    if (is_other_way(call, other)) uncertainty |= uncertainty_of(pool, other);
  const LibraryClass kind = call.library != UINT32_MAX ? library_models()[call.library].kind
                                                       : class_of(pool, call.value);
  const std::string_view what = label_of(kind);
  const std::string by = call.name.empty() ? "This call" : cat("'", call.name, "'");
  const bool on_some =
      (uncertainty & (kConditional | kHeuristic)) != 0 || is_behind_test(pool, call);
  uncertainty |= by_callers;
  const std::string_view when =
      is_of_each_round(pool, call)
          ? on_some ? " in every iteration of a loop that reaches it; created once, "
                    : " in every iteration of a loop; created once, "
      : on_some ? " in every invocation that reaches it; created once, "
                : " for every invocation; created once, ";
  const std::string_view client =
      pool.is(call.value, ValueKind::Object) ? pool.text(call.value) : std::string_view(call.name);
  const auto first =
      makers.try_emplace(cat(call.where.file.index, when, client), maker_of(function, call)).first;
  findings.push_back(
      FindingBuilder("init-client-in-handler", is_of_table(pool, call.arguments)
                                                   ? Confidence::Possible
                                                   : confidence_of(uncertainty))
          .at_call(function, call, "A ", what, " is created.")
          .says(by, " creates a ", what, when, loading_words(function.language),
                ", it serves all of them.",
                piles_up(pool, function, call) ? " Nothing that is read here closes it: each stays "
                                                 "open until memory is freed, and "
                                                 "a database refuses connections beyond its limit."
                                               : "")
          .caused_by(
              {.key = cat(what, when, '\n', first->second), .subject = call.name, .apart = 1}));
}

// In a loop, and only in the rounds that the event asks for.
bool is_made_in_asked_rounds(const ValuePool& pool, const CodeCall& call) {
  if ((call.flags & kInLoop) == 0) return false;
  bool asked = false;
  for (const Fact& fact : call.holds)
    for_each_below(pool, fact.test, [&](ValueId id) {
      asked = asked || (pool.opcode(id) == Opcode::Equal && has_origin(pool, id, Origin::Event));
    });
  return asked;
}

// On a way that only CloudFormation's requests take.
bool is_of_a_stack_request(const ValuePool& pool, const CodeCall& call) {
  return std::ranges::any_of(call.holds, [&](const Fact& fact) {
    bool asks = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      asks = asks || (pool[id].kind == ValueKind::Hole && pool[id].origin == Origin::Event &&
                      pool.text(id) == "RequestType");
    });
    return asks;
  });
}

}  // namespace

void init_client_in_handler(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  const DeploymentFunctions of_deployments(project);
  FirstMakers makers;
  std::set<Span> seldom_handlers;  // one may be deployed twice, and its clock only once
  for (const LambdaFunction& function : project.functions)
    if (is_called_seldom(project, relations, others, function.resource))
      seldom_handlers.insert(function.handler_where);
  for (const LambdaFunction& function : project.functions) {
    if (function.made.empty() || of_deployments.contains(function)) continue;
    const bool unknown = is_caller_unknown(project, relations, others, function.resource);
    const bool seldom = is_called_seldom(project, relations, others, function.resource) ||
                        (unknown && seldom_handlers.contains(function.handler_where)) ||
                        reads_alarms(pool, function);
    const bool is_job = may_be_job(project, relations, others, function.resource);
    const std::uint8_t by_callers = uncertainty_of_callers(project, function, unknown, is_job);
    // A client for each of many things takes its time in any work.
    const std::uint8_t in_loops = uncertainty_of_callers(project, function, unknown, false);
    for (std::size_t i = 0; i < function.made.size(); ++i) {
      const CodeCall& call = function.made[i];
      if (makes_no_connection(call) || (call.flags & kInInit) != 0) continue;
      // The next one begins cold anyway.
      if (seldom && (!is_of_each_round(pool, call) || is_made_in_asked_rounds(pool, call)))
        continue;
      // One line makes it, on whatever way it is come to.
      const bool of_request = std::ranges::any_of(function.made, [&](const CodeCall& other) {
        return call.where == other.where && is_of_request(pool, function, other);
      });
      if (of_request || is_after_failure(pool, call.holds) || is_of_a_stack_request(pool, call) ||
          is_made_once(pool, function, call) || is_kept_in_kept_object(pool, function, call) ||
          asks_for_entry_it_puts(pool, function, call) || is_kept(pool, function, call) ||
          is_part_of_another(pool, function, i) || is_around_another(pool, function, call) ||
          is_for_emulator(project, function, call))
        continue;
      report(project, function, call,
             uncertainty_of_closing(pool, call) |
                 ((call.flags & kInLoop) != 0 ? in_loops : by_callers),
             makers, findings);
    }
  }
}

}  // namespace fnlint
