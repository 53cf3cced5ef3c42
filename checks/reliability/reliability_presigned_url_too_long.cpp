// An address is good for as long as the credentials that it was signed with, whatever it says of
// itself; and those of a function's role end after hours.

#include "checks/event/event_view.h"
#include "checks/reliability/rules.h"
#include "checks/view/code_calls.h"
#include "checks/view/explicit_timeout.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/client_settings.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// Sources: IAM User Guide, "Methods to assume a role": at most 12 hours. Amazon S3 User Guide,
// "Download and upload objects with presigned URLs": a signature is good for at most 7 days.
constexpr double kMillisecondsAnHour = 3'600'000;
constexpr double kHoursOfCredentials = 12;
constexpr double kHoursOfSignature = 168;

// The client acts as somebody else, whose credentials may last.
bool has_own_credentials(const ValuePool& pool, ValueId client) {
  bool found = false;
  if (client.exists())
    for_each_below(pool, client, [&](ValueId id) {
      if (!pool.is(id, ValueKind::Record)) return;
      for (const StringId name : pool.names(id)) found = found || names_credentials(pool[name]);
    });
  return found;
}

std::string label_of(double hours) {
  constexpr double kDay = 24;
  const auto whole = static_cast<std::int64_t>(hours);
  const auto days = static_cast<std::int64_t>(hours / kDay);
  return hours >= 2 * kDay && whole % 24 == 0 ? cat(days, " days") : cat(whole, " hours");
}

// Who is answered may follow the address at once, and whom a function answers that no template
// names is not known; what is sent or kept is followed when it will be.
bool answers_callers(const Project& project, const RelationsTo& relations,
                     const LambdaFunction& function) {
  if (project.stacks.functions[function.declared].by_form) return true;
  return std::ranges::any_of(relations[function.resource], [&](const Relation* const row) {
    return row->kind == RelationKind::Trigger && comes_from_api(project, *row);
  });
}

void check_addresses(const Project& project, const RelationsTo& relations,
                     const LambdaFunction& function, Findings& findings) {
  const ValuePool& pool = *project.pool;
  std::set<Span> told;
  for (const Effect& effect : function.effects) {
    if (operations()[effect.operation].id != "address.Sign" || effect.library == UINT32_MAX)
      continue;
    const auto lifetime =
        told_lifetime(pool, library_models()[effect.library], effect.arguments, effect.object);
    const double hours = lifetime.value_or(0) / kMillisecondsAnHour;
    if (hours <= kHoursOfCredentials || has_own_credentials(pool, effect.object) ||
        has_own_credentials(pool, argument_of(pool, effect.arguments, "0")) ||
        !told.insert(effect.where).second)
      continue;
    // Whatever decides that it is signed.
    const auto uncertainty =
        static_cast<std::uint8_t>(effect.uncertainty & ~(kUncertain | kConditional));
    FindingBuilder finding("reliability-presigned-url-too-long", uncertainty);
    const bool is_refused = hours > kHoursOfSignature;
    finding.about(function).at(effect.where).at_most(Confidence::Likely);
    if (!is_refused && answers_callers(project, relations, function))
      finding.with(Confidence::Possible);
    if (is_refused)
      finding.says("The address is signed for ", label_of(hours),
                   ", and no signature may be good for more than 7 days: S3 refuses it.");
    else
      finding.says(
          "The address is signed for ", label_of(hours),
          " with the credentials of the function's role, which end after 12 hours at most: "
          "from then on it is refused.");
    finding.identified(function.name).with_steps(effect.path, effect.where, "It is signed here.");
    findings.push_back(std::move(finding));
  }
}

}  // namespace

void reliability_presigned_url_too_long(const Project& project, const Settings&,
                                        Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions)
    if (function.all_clients != ActsAs::Other)
      check_addresses(project, relations, function, findings);
}

}  // namespace fnlint
