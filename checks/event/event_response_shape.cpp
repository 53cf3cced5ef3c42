// A source that waits for an answer wants it in its own form.

#include "checks/event/event_unread_return.h"
#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "tables/quotas.h"
#include "values/size.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// A variable without a value is none: a callback may have set it.
bool is_nothing(const Value& row) { return row.kind == ValueKind::Null; }
bool is_json_text(const ValuePool& pool, ValueId value) {
  return pool.opcode(value) == Opcode::JsonEncode;
}
bool is_plain_answer(const ValuePool& pool, ValueId value) {
  const ValueKind kind = pool[value].kind;
  return kind == ValueKind::Bool || kind == ValueKind::Number || kind == ValueKind::Text ||
         kind == ValueKind::Pattern || kind == ValueKind::List || is_json_text(pool, value);
}

// What a kind of value is called.
std::string_view label_of(const ValuePool& pool, ValueId value) {
  if (is_json_text(pool, value)) return "a string";
  switch (pool[value].kind) {
    case ValueKind::Null: return "nothing";
    case ValueKind::Bool: return "a boolean";
    case ValueKind::Number: return "a number";
    case ValueKind::Text:
    case ValueKind::Pattern: return "a string";
    case ValueKind::List: return "a list";
    default: return "an object";
  }
}

// A field that no response has: an object with such a one is refused as a whole.
std::string_view alien_field(const ValuePool& pool, ValueId value) {
  constexpr std::array<std::string_view, 6> kFields{
      "statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded", "statusDescription"};
  for (const StringId name : pool.names(value))
    if (pool[name] != kRest && std::ranges::find(kFields, pool[name]) == kFields.end())
      return pool[name];
  return {};
}

// A status or a body that the source refuses; empty: none that is sure.
std::string fault_of_fields(const ValuePool& pool, ValueId value) {
  const ValueId status = entry_of(pool, value, "statusCode");
  if (status.exists() && is_nothing(pool[status])) return "returns no value as 'statusCode'";
  const ValueId body = entry_of(pool, value, "body");
  if (!body.exists()) return {};
  const auto most = static_cast<std::uint64_t>(quotas().response_bytes);
  if (const std::uint64_t size = least_bytes(pool, body); size > most)
    return cat("returns ", size, " bytes as 'body', where the maximum is ", most);
  const ValueKind kind = pool[body].kind;
  const bool is_text = kind != ValueKind::Record && kind != ValueKind::List &&
                       kind != ValueKind::Number && kind != ValueKind::Bool;
  return is_text ? std::string()
                 : cat("returns ", label_of(pool, body), " as 'body', which must be a string");
}

// What is wrong with an answer through a proxy integration; empty: nothing that is sure.
std::string fault_of_proxy(const ValuePool& pool, const SentEvent& shape, ValueId value) {
  const Value& row = pool[value];
  if (is_nothing(row) || is_plain_answer(pool, value))
    return cat("returns ", label_of(pool, value), " instead of a response");
  if (row.kind != ValueKind::Record) return {};
  const bool has_status = entry_of(pool, value, "statusCode").exists() || row.ref != 0;
  const std::string_view alien = alien_field(pool, value);
  // An API takes 200 where an object that is a response otherwise has none.
  if (!has_status && (!alien.empty() || shape.name != "rest-proxy"))
    return "returns an object without 'statusCode'";
  if (const std::string fault = fault_of_fields(pool, value); !fault.empty()) return fault;
  return alien.empty()
             ? std::string()
             : cat("returns an object with '", alien, "', which is not a field of a response");
}

std::string fault_of(const ValuePool& pool, const SentEvent& shape, ValueId value) {
  const Value& row = pool[value];
  switch (shape.response) {
    case ResponseForm::Proxy: return fault_of_proxy(pool, shape, value);
    case ResponseForm::Policy:
      if (is_plain_answer(pool, value))
        return cat("returns ", label_of(pool, value), " instead of a policy");
      if (row.kind == ValueKind::Record && row.ref == 0 &&
          !entry_of(pool, value, "policyDocument").exists())
        return "returns an object without 'policyDocument'";
      return {};
    case ResponseForm::SameRecord:
      if (is_nothing(row) || is_plain_answer(pool, value))
        return cat("returns ", label_of(pool, value), " instead of the event");
      return {};
    case ResponseForm::Any: break;
  }
  return {};
}

std::string_view effect_of(ResponseForm form) {
  switch (form) {
    case ResponseForm::Proxy: return "the caller gets a 502";
    case ResponseForm::Policy: return "the caller gets a 500";
    default: return "the caller gets an error";
  }
}

// Nothing, at the end of the handler or of what it calls for its answer.
bool falls_off(const ValuePool& pool, const LambdaFunction& function,
               const ReturnedValue& returned) {
  if (!is_nothing(pool[returned.value])) return false;
  return returned.where == function.handler_where ||
         std::ranges::any_of(function.returns, [&](const ReturnedValue& other) {
           return other.where == returned.where && other.value.exists() &&
                  !is_nothing(pool[other.value]);
         });
}

// Whether a test asks if a value is one of those that it may have.
bool asks_which(const ValuePool& pool, ValueId test) {
  if (pool.opcode(test) != Opcode::Equal) return false;
  const auto operands = pool.operands(test);
  return std::ranges::any_of(operands, [&](ValueId one) {
    return pool.is(one, ValueKind::Text) || pool.is(one, ValueKind::Number) ||
           pool.is(one, ValueKind::Object);
  });
}

// What is left where the event is none of those that the code asks for, or a value: there may be no
// other (`if event["resource"] == "/items": ... elif ...`).
bool is_left_over(const ValuePool& pool, const LambdaFunction& function,
                  const ReturnedValue& returned) {
  return falls_off(pool, function, returned) &&
         std::ranges::any_of(returned.holds, [&](const Fact& fact) {
           return !fact.holds &&
                  (has_origin(pool, fact.test, Origin::Event) || asks_which(pool, fact.test));
         });
}

// What is left where a value is none of those that it may have: `const a = x ? "p" : "q"`, and each
// has returned. Tests of two values that have nothing in common may look the same.
bool is_left_of_choice(const ValuePool& pool, const LambdaFunction& function,
                       const ReturnedValue& returned) {
  if (!falls_off(pool, function, returned)) return false;
  const auto is_taken = [&](std::size_t count, std::size_t place) {
    return std::ranges::any_of(returned.holds, [&](const Fact& fact) {
      return pool.is(fact.test, ValueKind::OneOf) && pool.operands(fact.test).size() == count &&
             as_text(pool, pool.operands(fact.test)[place]) == (fact.holds ? "false" : "true");
    });
  };
  return std::ranges::any_of(returned.holds, [&](const Fact& fact) {
    if (!pool.is(fact.test, ValueKind::OneOf)) return false;
    const std::size_t count = pool.operands(fact.test).size();
    std::size_t taken = 0;
    for (std::size_t i = 0; i < count; ++i) taken += is_taken(count, i) ? 1 : 0;
    return taken == count;
  });
}

// What is left where a loop that is entered for certain has run out of its rounds, some of which
// return: the last of them may always do (`while tries < 3: ... if tries == 2: return failure`).
bool is_left_of_rounds(const ValuePool& pool, const LambdaFunction& function,
                       const ReturnedValue& returned) {
  if (!falls_off(pool, function, returned)) return false;
  const auto is_entered = [&](ValueId test) {  // true in the first round, asked in those behind it
    if (!pool.is(test, ValueKind::OneOf)) return false;
    bool first = false, later = false;
    for (const ValueId one : pool.operands(test)) {
      first = first || (pool.is(one, ValueKind::Bool) && pool.text(one) == "true");
      later = later || pool.is(one, ValueKind::Computed);
    }
    return first && later;
  };
  const auto returns_under = [&](ValueId test) {
    return std::ranges::any_of(function.returns, [&](const ReturnedValue& other) {
      return std::ranges::find(other.holds, Fact{test, true}) != other.holds.end();
    });
  };
  return std::ranges::any_of(returned.holds, [&](const Fact& fact) {
    return !fact.holds && is_entered(fact.test) && returns_under(fact.test);
  });
}

// What the path has read raises where the source's events come: it is for another caller's. Code
// that is not understood may have put it there.
bool fails_before(const ValuePool& pool, const SentEvent& shape, const LambdaFunction& function,
                  const ReturnedValue& returned) {
  if (shape.fields.empty() || !function.reads_known) return false;
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    const bool is_sure = (read.flags & kAbsenceFails) != 0 && !read.absence_expected &&
                         (read.flags & (kUnderUnknownTest | kInLoop)) == 0;
    if (!is_sure || read.phase != CallPhase::Invocation) return false;
    const std::optional<std::string_view> path = event_path(pool, read);
    if (!path || may_have(shape, *path)) return false;
    return std::ranges::all_of(read.holds, [&](const Fact& fact) {
      return std::ranges::find(returned.holds, fact) != returned.holds.end();
    });
  });
}

// A test of which form the event has leads to it, and where that is answered otherwise the answer
// is right: the source's form may be that one.
bool is_of_other_form(const ValuePool& pool, const SentEvent& shape, const LambdaFunction& function,
                      const ReturnedValue& returned) {
  if (shape.forms.empty()) return false;
  const auto asks_form = [&](const Fact& fact) {
    bool asks = false;
    for_each_below(pool, fact.test, [&](ValueId id) {
      asks = asks || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Event &&
                      std::ranges::find(shape.forms, pool.text(id)) != shape.forms.end());
    });
    return asks;
  };
  return std::ranges::any_of(returned.holds, asks_form) &&
         std::ranges::any_of(function.returns, [&](const ReturnedValue& other) {
           return other.value.exists() && fault_of(pool, shape, other.value).empty() &&
                  std::ranges::any_of(other.holds, asks_form);
         });
}

// It comes to its end without an answer, behind a `catch` say, and has one elsewhere.
bool ends_on_some_paths(const ValuePool& pool, const SentEvent& shape,
                        const LambdaFunction& function, const ReturnedValue& returned) {
  return falls_off(pool, function, returned) &&
         std::ranges::any_of(function.returns, [&](const ReturnedValue& other) {
           return other.value.exists() && fault_of(pool, shape, other.value).empty();
         });
}

void check(const Project& project, const LambdaFunction& function, const TriggerShape& one,
           Findings& findings) {
  for (const ReturnedValue& returned : function.returns) {
    if (!returned.value.exists() || is_for_others(*project.pool, *one.shape, returned) ||
        fails_before(*project.pool, *one.shape, function, returned) ||
        is_of_other_form(*project.pool, *one.shape, function, returned))
      continue;
    const std::string fault = fault_of(*project.pool, *one.shape, returned.value);
    if (fault.empty()) continue;
    std::uint8_t uncertainty =
        static_cast<std::uint8_t>(returned.uncertainty | one.trigger->uncertainty);
    if (!project.pool->always(one.trigger->when)) uncertainty |= kConditional;
    if (is_left_over(*project.pool, function, returned) ||
        is_left_of_choice(*project.pool, function, returned) ||
        is_left_of_rounds(*project.pool, function, returned))
      uncertainty |= kUncertain;
    const bool some = ends_on_some_paths(*project.pool, *one.shape, function, returned);
    findings.push_back(FindingBuilder("event-response-shape", uncertainty)
                           .about(function)
                           .at(returned.where)
                           .says(some ? "On some paths the handler " : "The handler ", fault, ": ",
                                 words_of_source(project, *one.trigger), " cannot read that, and ",
                                 effect_of(one.shape->response), '.')
                           .identified(function.name, ' ', fault)
                           .related(one.trigger->where, "This waits for the response.")
                           .caused_by({.key = fault, .apart = 5}));
  }
}

// An API that takes the status from what the function returns. Both forms of an HTTP API's requests
// are answered alike.
bool reads_status(const Project& project, const TriggerShape& one) {
  if (!comes_from_api(project, *one.trigger)) return false;
  if (one.shape != nullptr)
    return one.shape->response == ResponseForm::Proxy || one.shape->response == ResponseForm::Any;
  const Property* const protocol = property_of(project, one.trigger->from, "ProtocolType");
  return protocol != nullptr && as_text(*project.pool, protocol->value) == "HTTP";
}

// A status for the caller that never reaches it: with an error beside it nothing else is sent.
void check_dropped(const Project& project, const LambdaFunction& function, const TriggerShape& one,
                   Findings& findings) {
  constexpr std::int64_t kOwnFault = 500;  // of such a one the caller is told anyhow
  for (const ReturnedValue& returned : function.dropped_returns) {
    if (!returned.value.exists()) continue;
    if (one.shape != nullptr && is_for_others(*project.pool, *one.shape, returned)) continue;
    const ValueId told = answer_entry(*project.pool, returned.value, "statusCode");
    const auto status = told.exists() ? as_integer(*project.pool, told) : std::nullopt;
    if (!status || *status <= 0) continue;
    std::uint8_t uncertainty =
        static_cast<std::uint8_t>(returned.uncertainty | one.trigger->uncertainty);
    if (!project.pool->always(one.trigger->when)) uncertainty |= kConditional;
    findings.push_back(
        FindingBuilder("event-response-shape", uncertainty)
            .grade(*status >= kOwnFault ? Severity::Note : Severity::Warning)
            .about(function)
            .at(returned.where)
            .says("The handler returns the status ", *status,
                  " with an error beside it: ", words_of_source(project, *one.trigger),
                  " is told of the error alone, and the caller gets a 500 or 502 "
                  "without this answer.")
            .identified(function.name, " status beside an error")
            .related(one.trigger->where, "This waits for the response.")
            .caused_by({.key = "status beside an error", .apart = 5}));
  }
}

// An integration of REST that makes a result the body, and takes the status from nothing in it: one
// of its own responses for all results, without a template that could choose another.
bool takes_no_status(const Project& project, const Relation& trigger) {
  if (!comes_from_api(project, trigger) || !trigger.declared_by.exists() ||
      type_of(project, trigger.declared_by) != "AWS::ApiGateway::Method")
    return false;
  const Property* const kind = property_of(project, trigger.declared_by, "Integration.Type");
  if (kind == nullptr || as_text(*project.pool, kind->value) != "AWS") return false;
  const Slice<Property> rows = project.stacks[trigger.declared_by].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const std::string_view path = (*project.pool)[project.stacks.properties[rows.first + i].path];
    if (path.find("ResponseTemplates") != path.npos) return false;
    // It waits for nothing: what the caller gets is the API's own.
    if (path.find("X-Amz-Invocation-Type") != path.npos) return false;
  }
  const Property* const responses =
      property_of(project, trigger.declared_by, "Integration.IntegrationResponses");
  return responses == nullptr || !project.pool->is(responses->value, ValueKind::Unknown);
}

void check_unmapped(const Project& project, const LambdaFunction& function, const Relation& trigger,
                    Findings& findings) {
  for (const ReturnedValue& returned : function.returns) {
    if (!returned.value.exists() || !says_failure(*project.pool, returned.value)) continue;
    std::uint8_t uncertainty =
        static_cast<std::uint8_t>(returned.uncertainty | trigger.uncertainty);
    if (!project.pool->always(trigger.when)) uncertainty |= kConditional;
    findings.push_back(
        FindingBuilder("event-response-shape", uncertainty)
            .grade(Severity::Warning)
            .about(function)
            .at(returned.where)
            .says("The handler answers with an error's status, but the integration of ",
                  words_of_source(project, trigger),
                  " is no proxy and makes all of the result the body: the caller gets a 200.")
            .identified(function.name, " status without a proxy")
            .related(trigger.where, "This integration maps requests and results by templates.")
            .caused_by({.key = "status without a proxy", .apart = 5}));
    return;
  }
}

// What is given streams writes its answer into one, and returns nothing.
bool writes_to_stream(const LambdaFunction& function) {
  return std::ranges::any_of(function.event_types,
                             [](std::string_view type) { return type.ends_with("InputStream"); });
}

}  // namespace

void event_response_shape(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || !function.returns_known || writes_to_stream(function)) continue;
    const std::vector<TriggerShape> shapes = trigger_shapes(project, relations, function);
    unread_return(project, relations, others, function, findings);
    // Of one that several kinds of sources invoke, which gets which answer is not asked.
    const bool same =
        !shapes.empty() && shapes.front().shape != nullptr &&
        std::ranges::all_of(shapes, [&](const TriggerShape& one) {
          return one.shape != nullptr && one.shape->response == shapes.front().shape->response;
        });
    if (same && shapes.front().shape->response != ResponseForm::Any)
      check(project, function, shapes.front(), findings);
    if (!shapes.empty() && std::ranges::all_of(shapes, [&](const TriggerShape& one) {
          return takes_no_status(project, *one.trigger);
        }))
      check_unmapped(project, function, *shapes.front().trigger, findings);
    const auto reads = [&](const TriggerShape& one) { return reads_status(project, one); };
    if (!shapes.empty() && std::ranges::all_of(shapes, reads))
      check_dropped(project, function, shapes.front(), findings);
  }
}

}  // namespace fnlint
