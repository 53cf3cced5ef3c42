// Browsers refuse an answer that lets every origin read it and sends credentials along (Fetch
// Standard, CORS check).

#include "checks/event/event_view.h"
#include "checks/security/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

bool is_true(const ValuePool& pool, ValueId value) {
  return value.exists() &&
         (pool.is(value, ValueKind::Bool) || pool.is(value, ValueKind::Text)) &&
         lower(pool.text(value)) == "true";
}

bool is_all(const ValuePool& pool, ValueId value) {
  return value.exists() && as_text(pool, value) == "*";
}

void check_answer(const Project& project, const LambdaFunction& function,
                  const ReturnedValue& returned, const Relation& trigger, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const ValueId headers = answer_entry(pool, returned.value, "headers");
  if (!is_all(pool, answer_entry(pool, headers, "Access-Control-Allow-Origin")) ||
      !is_true(pool, answer_entry(pool, headers, "Access-Control-Allow-Credentials")))
    return;
  findings.push_back(
      FindingBuilder("security-cors-credentials", returned.evidence)
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
    const auto api = std::ranges::find_if(
        rows, [&](const Relation* row) { return comes_from_api(project, *row); });
    if (api == rows.end()) continue;
    for (const ReturnedValue& returned : function.returns)
      if (returned.value.exists() && !returned.beside_error) {
        const std::size_t before = findings.size();
        check_answer(project, function, returned, **api, findings);
        if (findings.size() > before) break;
      }
  }
}

}  // namespace fnlint
