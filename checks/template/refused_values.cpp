// Reports misspelt bucket events, and the values and keys that linking found to be refused, under
// the same rules as violations of a schema.

#include "checks/template/refused_values.h"

#include "checks/template/schema_values.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/pool.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

// "s3:ObjectCreated:*" is all whose names begin so.
bool is_bucket_event(std::string_view event) {
  const bool all = event.ends_with(":*");
  const std::string_view family = all ? event.substr(0, event.size() - 1) : event;
  return std::ranges::any_of(known::bucket_events(), [&](std::string_view one) {
    return all ? one.starts_with(family) : one == event;
  });
}

// Not what tools fill in.
bool is_misspelt(std::string_view event) {
  if (event.empty() || event.find_first_of("${}<>") != event.npos) return false;
  return !is_bucket_event(event);
}

std::string_view meant_by(std::string_view event) {
  std::vector<std::string_view> events(known::bucket_events().begin(),
                                       known::bucket_events().end());
  for (const std::string_view all : known::bucket_event_families()) events.push_back(all);
  return likeliest(event, events);
}

// As long as the other but for a few letters, and begins as it does.
bool is_slip(std::string_view event, std::string_view near) {
  constexpr std::size_t kLetters = 2, kBeginning = 9;  // "s3:Object"
  const std::size_t longer = std::max(event.size(), near.size());
  const std::size_t shorter = std::min(event.size(), near.size());
  if (near.empty() || longer - shorter > kLetters) return false;
  std::size_t same = 0, at_end = 0;
  while (same < shorter && event[same] == near[same]) ++same;
  while (at_end < shorter - same &&
         event[event.size() - 1 - at_end] == near[near.size() - 1 - at_end])
    ++at_end;
  return same >= kBeginning && longer - same - at_end <= kLetters;
}

// S3 refuses the notifications of a bucket where one of their events does not exist.
void judge_bucket_events(const Project& project, Findings& findings) {
  const ValuePool& pool = *project.pool;
  std::set<std::pair<Span, std::string_view>> told;
  const auto look = [&](const Relation& relation, ValueId one) {
    const auto event = as_text(pool, one);
    if (!event || !is_misspelt(*event) || !told.emplace(relation.where, *event).second) return;
    const std::string_view near = meant_by(*event);
    // One that is not nearly like another may be newer than the list.
    const std::uint8_t newer = is_slip(*event, near) ? 0 : kUncertain;
    findings.push_back(
        FindingBuilder(
            "config-invalid-value",
            static_cast<std::uint8_t>(relation.uncertainty | pool[one].uncertainty | newer |
                                      (pool.always(relation.when) ? 0 : kConditional)))
            .at(relation.where)
            .says("S3 has no event '", *event, "': the notification is refused",
                  near.empty() ? std::string(".") : cat("; did you mean '", near, "'?"))
            .identified(name_of(project, relation.from), ':', *event));
  };
  for (const Relation& relation : project.stacks.relations) {
    if (!relation.from.exists() || project.stacks[relation.from].kind != ResourceKind::Bucket ||
        (relation.kind != RelationKind::Trigger && relation.kind != RelationKind::Forward))
      continue;
    const ValueId events = entry_of(pool, relation.filter, "events");
    if (!events.exists()) continue;
    if (pool.is(events, ValueKind::List))
      for (const ValueId one : pool.operands(events)) look(relation, one);
    else
      look(relation, events);
  }
}

FindingBuilder finding_of(const Project& project, const TemplateFault& fault,
                          std::string_view rule) {
  const Resource& resource = project.stacks[fault.resource];
  const bool sure = project.pool->always(resource.exists);
  auto finding =
      FindingBuilder(rule, static_cast<std::uint8_t>(fault.uncertainty | (sure ? 0 : kConditional)))
          .at(fault.where)
          .identified(name_of(project, fault.resource), ':', fault.what);
  if (resource.kind == ResourceKind::Function) finding.about(name_of(project, fault.resource));
  return finding;
}

}  // namespace

void refused_values(const Project& project, Findings& findings) {
  judge_bucket_events(project, findings);
  for (const TemplateFault& fault : project.stacks.faults) {
    if (fault.kind == TemplateFaultKind::Refused)
      findings.push_back(
          finding_of(project, fault, "config-invalid-value")
              .says("In '", name_of(project, fault.resource), "' ", fault.what, "."));
    if (fault.kind != TemplateFaultKind::UnknownKey) continue;
    const std::string_view what = fault.what;
    const std::size_t end = what.find('\n');
    findings.push_back(finding_of(project, fault, "config-unknown-property")
                           .says("'", name_of(project, fault.resource), "' has '",
                                 what.substr(0, end),
                                 "', which the Serverless Framework does not know; did you mean '",
                                 what.substr(end + 1), "'?"));
  }
}

}  // namespace fnlint
