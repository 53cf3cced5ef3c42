// A token says who its bearer is, and its signature alone makes that true. What is read of a token
// whose signature nobody has asked for is what the caller wants it to be.

#include "checks/event/event_view.h"
#include "checks/event/event_writers.h"
#include "checks/security/rules.h"
#include "checks/security/taint.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kToken = "token";  // a kind of sinks

bool is_authorizer(const Project& project, const Relation& trigger) {
  const SentEvent* const shape = sent_shape(project, trigger);
  return shape != nullptr && shape->response == ResponseForm::Policy;
}

// Nobody asks whose token it is where the callers sign their requests, or send a key of the API's.
bool verifies_tokens(std::string_view name, std::optional<std::string_view> value) {
  return value != "NONE" && value != "AWS_IAM" && !name.ends_with("ApiKeyRequired");
}

// Whether some property of the resource below `path` says that callers' tokens may be verified.
bool says_authorization(const Project& project, ResourceId id, std::string_view path) {
  if (!id.exists()) return false;
  const Slice<Property> rows = project.stacks[id].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Property& row = project.stacks.properties[i];
    const std::string_view name = (*project.pool)[row.path];
    if (!project.pool->is(row.value, ValueKind::Record) && name.starts_with(path) &&
        name.find("Auth", path.size()) != name.npos &&
        verifies_tokens(name, as_text(*project.pool, row.value)))
      return true;
  }
  return false;
}

// The API, or what belongs to it, may have verified the token before the function is called.
bool may_be_verified(const Project& project, const Relation& trigger) {
  if (says_authorization(project, trigger.to, "Events.") ||
      says_authorization(project, trigger.declared_by, "") ||
      says_authorization(project, trigger.from, ""))
    return true;
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const Resource& row = project.stacks.resources[i];
    const std::set<ResourceId> refers = referred_by(project, row);
    const bool is_of_api = refers.contains(trigger.from) ||
                           (trigger.declared_by.exists() && refers.contains(trigger.declared_by));
    if (is_of_api && says_authorization(project, ResourceId{i}, "")) return true;
  }
  return false;
}

// Who is let in by what the token says. Nothing: somebody may have verified it, or nobody knows
// who calls.
struct Bearer {
  const Relation* trigger = nullptr;
  bool is_authorizer = false;
};
std::optional<Bearer> bearer_of(const Project& project, const RelationsTo& relations,
                                const EventWriters& writers, const LambdaFunction& function) {
  std::optional<Bearer> asked;
  for (const Relation* const row : relations[function.resource]) {
    if (row->kind != RelationKind::Trigger) continue;
    if (is_authorizer(project, *row)) return Bearer{.trigger = row, .is_authorizer = true};
    if (!writers.is_request(*row)) continue;
    if (may_be_verified(project, *row)) return std::nullopt;
    if (!asked) asked = Bearer{.trigger = row};
  }
  return asked;
}

void report(const LambdaFunction& function, const CodeCall& call, const Bearer& asked,
            std::uint8_t uncertainty, std::string_view field, Findings& findings) {
  auto finding =
      FindingBuilder("security-token-unverified", uncertainty).about(function).at(call.where);
  if (asked.is_authorizer)
    finding.says("'", call.name,
                 "' reads the token without its signature, and nothing else in the "
                 "authorizer verifies it: whoever writes a token of their own is let in.");
  else
    finding.says("'", call.name, "' reads ", field.empty() ? "a token" : field,
                 " without its signature, and no authorizer has verified it: whoever calls may "
                 "write a token that says they are somebody else.");
  // The routes may be those of an API that others have described.
  findings.push_back(finding.related(asked.trigger->where, "This calls the function.")
                         .grade_if(!asked.is_authorizer, Severity::Warning)
                         .identified(function.name, ':', call.name)
                         .with_steps(call.path, call.where, "The token is read."));
}

}  // namespace

void security_token_unverified(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const RelationsTo relations(project.stacks);
  const EventWriters writers(project);
  for (const LambdaFunction& function : project.functions) {
    const auto is_it = [&](const CodeCall& call) { return pool.text(call.key) == kToken; };
    const auto verifies = [&](const CodeCall& call) { return pool.text(call.key) == kVerified; };
    if (std::ranges::none_of(function.sinks, is_it) ||
        std::ranges::any_of(function.sinks, verifies))
      continue;
    const std::optional<Bearer> asked = bearer_of(project, relations, writers, function);
    if (!asked) continue;
    const Taint taint(pool, function, kToken);
    std::set<Span> told;
    for (const CodeCall& call : function.sinks) {
      if (!is_it(call) || !told.insert(call.where).second) continue;
      const std::vector<BroughtIn> brought = taint.in(call.value, call.holds);
      if (brought.empty()) continue;
      // What a route does with the claims is not known here, and another service may ask for the
      // signature; an authorizer lets in.
      auto uncertainty = static_cast<std::uint8_t>(brought.front().uncertainty | call.uncertainty |
                                                asked->trigger->uncertainty);
      if (!asked->is_authorizer || !function.not_followed.empty()) uncertainty |= kHeuristic;
      // A template for an emulator lacks mostly the authorizer of what is deployed.
      if (!asked->is_authorizer && project.stacks.functions[function.declared].undeployed)
        uncertainty |= kUncertain;
      const auto writer = writers.of(function, pool.text(brought.front().hole));
      report(function, call, *asked, uncertainty, writer ? writer->field : std::string(), findings);
    }
  }
}

}  // namespace fnlint
