// Browsers refuse an answer that lets every origin read it and sends credentials along (Fetch
// Standard, CORS check).

#include "checks/event/event_view.h"
#include "checks/security/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"
#include "values/yes_no.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_all(const ValuePool& pool, ValueId value) {
  return value.exists() && as_text(pool, value) == "*";
}

bool is_signature(const ValuePool& pool, const Property* property) {
  bool is = false;
  if (property != nullptr)
    for_each_below(pool, property->value,
                   [&](ValueId id) { is = is || as_text(pool, id) == "AWS_IAM"; });
  return is;
}

// Where callers sign their requests, a page sends nothing that a browser would add by itself.
bool signs_requests(const Project& project, const Relation& trigger) {
  const ValuePool& pool = *project.pool;
  if (trigger.declared_by.exists() &&
      is_signature(pool, property_of(project, trigger.declared_by, "AuthorizationType")))
    return true;
  // SAM: of the event, or of the API.
  for (const NamedProperty& event : properties_below(project, trigger.to, "Events"))
    if (event.property->key == trigger.where)
      if (const Property* own = property_of(
              project, trigger.to, cat("Events.", event.name, ".Properties.Auth.Authorizer")))
        return is_signature(pool, own);
  return trigger.from.exists() &&
         is_signature(pool, property_of(project, trigger.from, "Auth.DefaultAuthorizer"));
}

// An HTTP API or URL that is configured to answer browsers leaves the function's own headers out;
// what comes over a WebSocket has no origin to share with. Source: Amazon API Gateway, "Configure
// CORS for HTTP APIs"; Lambda, "Cross-origin resource sharing (CORS)" of function URLs.
bool hands_headers_on(const Project& project, const Relation& trigger) {
  const Property* protocol = property_of(project, trigger.from, "ProtocolType");
  return property_of(project, trigger.from, "CorsConfiguration") == nullptr &&
         property_of(project, trigger.from, "Cors") == nullptr &&
         (protocol == nullptr || as_text(*project.pool, protocol->value) != "WEBSOCKET");
}

void check_answer(const Project& project, const LambdaFunction& function,
                  const ReturnedValue& returned, const Relation& trigger, bool all_signed,
                  Findings& findings) {
  const ValuePool& pool = *project.pool;
  const ValueId headers = answer_entry(pool, returned.value, "headers");
  if (!is_all(pool, answer_entry(pool, headers, "Access-Control-Allow-Origin")) ||
      !is_yes(pool, answer_entry(pool, headers, "Access-Control-Allow-Credentials")))
    return;
  findings.push_back(
      FindingBuilder("security-cors-credentials",
                     returned.uncertainty | (all_signed ? kUncertain : 0))
          .about(function)
          .at(returned.where)
          .says(
              "The answer lets every origin read it ('Access-Control-Allow-Origin: *') and allows "
              "credentials: browsers refuse the two together, and a page that sends credentials "
              "gets no answer.")
          .caused_by({.key = cat(returned.where.file.index, ' ', returned.where.range.begin),
                      .apart = 1,
                      .also = "It is returned here, too."})
          .related(trigger.where, "An API calls the function here."));
}

}  // namespace

void security_cors_credentials(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    const auto& rows = relations[function.resource];
    const auto answers_pages = [&](const Relation* row) {
      return comes_from_api(project, *row) && hands_headers_on(project, *row);
    };
    const auto api = std::ranges::find_if(rows, answers_pages);
    if (api == rows.end()) continue;
    const bool all_signed = std::ranges::all_of(rows, [&](const Relation* row) {
      return !answers_pages(row) || signs_requests(project, *row);
    });
    for (const ReturnedValue& returned : function.returns)
      if (returned.value.exists() && !returned.beside_error) {
        const std::size_t before = findings.size();
        check_answer(project, function, returned, **api, all_signed, findings);
        if (findings.size() > before) break;
      }
  }
}

}  // namespace fnlint
