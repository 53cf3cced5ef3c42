// What an answer tells whoever has asked: errors of the inside, or rights that nobody has asked
// for.

#include "checks/event/event_view.h"
#include "checks/security/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::int64_t kServerError = 500;

// Members of errors that say which of its errors the code has met, and nothing of its inside.
bool is_plain_member(std::string_view name) {
  constexpr std::array<std::string_view, 12> kPlain{
      "code",       "name",     "status",    "statuscode",  "type",   "errorcode",
      "error_code", "response", "__class__", "status_code", "errors", "httpstatuscode"};
  return std::ranges::find(kPlain, lower(name)) != kPlain.end();
}

// Which errors count: those that the code takes for the inside's fault may be of a kind that it
// asks for; what it expects beside these says what the caller did.
enum class Errors : std::uint8_t { Any, Unexpected };

// A caught error, or a member of one: "caught.message".
bool is_error_text(const ValuePool& pool, ValueId id, Errors which) {
  if (!pool.is(id, ValueKind::Hole) || pool[id].origin != Origin::CallResult) return false;
  const std::string_view text = pool.text(id);
  const std::string_view error = text.substr(0, text.find_first_of(".["));
  const std::size_t dot = text.find('.');
  const bool counts =
      error == kCaughtAny || error == "error" || (error == kCaughtKind && which == Errors::Any);
  if (!counts) return false;
  const std::string_view member = dot == text.npos ? std::string_view() : text.substr(dot + 1);
  return !is_plain_member(member.substr(0, member.find_first_of(".[")));
}

// Whether the text of an error, or where it was raised, stands in a value.
bool holds_error_text(const ValuePool& pool, ValueId value, Errors which, int depth = 0) {
  constexpr int kDepth = 16;
  if (!value.exists() || depth > kDepth) return false;
  if (is_error_text(pool, value, which)) return true;
  // Of what type the error is, is not always known; nothing else has these methods.
  if (pool.is(value, ValueKind::Object))
    return pool.text(value).starts_with("traceback.format_exc(") ||
           pool.text(value) == "*.getMessage()" || pool.text(value) == "*.getStackTrace()";
  if (pool.opcode(value) == Opcode::Member || pool.opcode(value) == Opcode::Index) {
    const auto operands = pool.operands(value);
    if (operands.size() == 2 && is_plain_member(as_text(pool, operands[1]).value_or("")))
      return false;
  }
  return std::ranges::any_of(pool.operands(value), [&](ValueId below) {
    return holds_error_text(pool, below, which, depth + 1);
  });
}

// The answer says that the caller did something wrong, or nothing went wrong.
bool is_no_server_error(const ValuePool& pool, ValueId status) {
  if (!status.exists()) return false;
  if (pool.is(status, ValueKind::OneOf))
    return std::ranges::all_of(pool.operands(status),
                               [&](ValueId one) { return is_no_server_error(pool, one); });
  const auto code = as_integer(pool, status);
  return code && *code < kServerError;
}

// What an API that reads no status makes the body of a 200 itself: all that is returned, by payload
// format 2.0. No id: this is a response, or may be one.
ValueId implicit_body(const ValuePool& pool, const SentEvent* shape, ValueId returned) {
  if (shape == nullptr || shape->name != "http-proxy" || pool.is(returned, ValueKind::Object))
    return {};
  if (!pool.is(returned, ValueKind::Record)) return returned;
  const bool is_response = pool[returned].ref == 1 ||
                           answer_entry(pool, returned, "statusCode").exists() ||
                           answer_entry(pool, returned, "body").exists();
  return is_response ? ValueId{} : returned;
}

// Reached where the error is of a kind that a test asks for.
bool asks_kind(const ValuePool& pool, const ReturnedValue& returned) {
  return std::ranges::any_of(returned.holds, [&](const Fact& fact) {
    return fact.holds && pool.opcode(fact.test) == Opcode::TypeIs &&
           is_error_text(pool, pool.operands(fact.test)[0], Errors::Any);
  });
}

void check_errors(const Project& project, const LambdaFunction& function, const Relation& trigger,
                  Findings& findings) {
  const ValuePool& pool = *project.pool;
  const SentEvent* const shape = sent_shape(project, trigger);
  for (const ReturnedValue& returned : function.returns) {
    if (!returned.value.exists()) continue;
    const ValueId status = answer_entry(pool, returned.value, "statusCode");
    const auto code = status.exists() ? as_integer(pool, status) : std::nullopt;
    const ValueId implicit = implicit_body(pool, shape, returned.value);
    const ValueId body = implicit.exists() ? implicit : answer_entry(pool, returned.value, "body");
    const Errors which = code ? Errors::Any : Errors::Unexpected;
    if (is_no_server_error(pool, status) || !holds_error_text(pool, body, which) ||
        (!code && asks_kind(pool, returned)))
      continue;
    auto uncertainty = static_cast<std::uint8_t>(returned.uncertainty | trigger.uncertainty);
    if (!code) uncertainty |= kHeuristic;  // what is the caller's own fault may say so
    findings.push_back(FindingBuilder("security-error-leaked", uncertainty)
                           .about(function)
                           .at(returned.where)
                           .says("The caller gets the text of an error that the code did not "
                                 "expect: it may name hosts, queries, paths or data of others.")
                           .related(trigger.where, "This gives the answer to the caller.")
                           .caused_by({.key = "error text", .apart = 3}));
  }
}

// --- authorizers

bool is_allow(const ValuePool& pool, ValueId statement) {
  const ValueId effect = answer_entry(pool, statement, "Effect");
  return effect.exists() && as_text(pool, effect) == "Allow";
}

// Each of a list, or the only one.
std::vector<ValueId> all_of(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return {};
  if (!pool.is(value, ValueKind::List)) return {value};
  return {pool.operands(value).begin(), pool.operands(value).end()};
}

bool is_everything(const ValuePool& pool, ValueId resource) {
  const std::string text(as_text(pool, resource).value_or(""));
  return text == "*" || text == "arn:aws:execute-api:*:*:*" ||
         text == "arn:aws:execute-api:*:*:*/*/*";
}

bool is_asked_method(const ValuePool& pool, ValueId resource) {
  return pool.is(resource, ValueKind::Hole) && pool[resource].origin == Origin::Event &&
         pool.text(resource) == "methodArn";
}

// Somebody else gets another answer: the request is asked for something.
bool asks_request(const LambdaFunction& function, const ReturnedValue& returned) {
  return !returned.holds.empty() || function.returns.size() > 1;
}

// What is an authorizer, or declares one, asks the function.
bool asks_authorizer(const Project& project, const Relation& trigger) {
  return trigger.kind == RelationKind::Trigger &&
         (type_of(project, trigger.from).ends_with("::Authorizer") ||
          type_of(project, trigger.declared_by).ends_with("::Authorizer"));
}

// Whether what it gives is kept, and for how long the API says so. Nothing: not known.
std::optional<bool> is_cached(const Project& project, const Relation& trigger) {
  constexpr std::string_view kType = "AWS::ApiGateway::Authorizer";
  if (!trigger.declared_by.exists() || type_of(project, trigger.declared_by) != kType)
    return std::nullopt;
  const Property* const ttl =
      property_of(project, trigger.declared_by, "AuthorizerResultTtlInSeconds");
  if (ttl == nullptr) return true;  // 300 seconds
  const auto seconds = as_integer(*project.pool, ttl->value);
  return seconds ? std::optional(*seconds > 0) : std::nullopt;
}

// Methods that the authorizer is asked for.
std::size_t methods_of(const Project& project, ResourceId authorizer) {
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const Property* const asked = property_of(project, ResourceId{i}, "AuthorizerId");
    if (asked == nullptr) continue;
    bool refers = false;
    for_each_below(*project.pool, asked->value, [&](ValueId id) {
      refers = refers || (project.pool->is(id, ValueKind::Reference) &&
                          (*project.pool)[id].ref == authorizer.index);
    });
    count += refers ? 1 : 0;
  }
  return count;
}

void report_policy(const LambdaFunction& function, const ReturnedValue& returned,
                   const Relation& trigger, std::string message, std::optional<Severity> severity,
                   Findings& findings) {
  findings.push_back(
      FindingBuilder("security-authorizer-wildcard", returned.uncertainty | trigger.uncertainty)
          .about(function)
          .at(returned.where)
          .says(message)
          .grade(severity)
          .related(trigger.where, "This asks the authorizer."));
}

void check_policies(const Project& project, const LambdaFunction& function, const Relation& trigger,
                    Findings& findings) {
  const ValuePool& pool = *project.pool;
  for (const ReturnedValue& returned : function.returns) {
    if (!returned.value.exists()) continue;
    const ValueId policy = answer_entry(pool, returned.value, "policyDocument");
    if (!policy.exists()) continue;
    for (const ValueId statement : all_of(pool, answer_entry(pool, policy, "Statement"))) {
      if (!is_allow(pool, statement)) continue;
      const std::vector<ValueId> resources =
          all_of(pool, answer_entry(pool, statement, "Resource"));
      if (std::ranges::any_of(resources, [&](ValueId one) { return is_everything(pool, one); })) {
        const bool asks = asks_request(function, returned);
        return report_policy(
            function, returned, trigger,
            asks ? "Whoever is let in may call every route of the API: the policy allows "
                   "'*', and not only what this caller may do."
                 : "The authorizer lets everyone call every route: its answer depends on "
                   "nothing of the request, and allows '*'.",
            asks ? std::optional(Severity::Note) : std::nullopt, findings);
      }
      const bool is_method =
          std::ranges::all_of(resources, [&](ValueId one) { return is_asked_method(pool, one); });
      if (resources.empty() || !is_method || is_cached(project, trigger) != true ||
          methods_of(project, trigger.declared_by) < 2)
        continue;
      return report_policy(
          function, returned, trigger,
          "The policy allows the one method that was asked for, and the API keeps it for "
          "the caller: until it expires, every other route that has this authorizer "
          "refuses them.",
          std::nullopt, findings);
    }
  }
}

}  // namespace

void security_answers(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || function.returns.empty()) continue;
    for (const Relation* const row : relations[function.resource]) {
      if (!comes_from_api(project, *row) && !asks_authorizer(project, *row)) continue;
      check_errors(project, function, *row, findings);
      check_policies(project, function, *row, findings);
      break;
    }
  }
}

}  // namespace fnlint
