// In a notification of S3 the key of the object is in its URL form: "my file.txt" is "my+file.txt".

#include "checks/event_view.h"
#include "checks/list.h"
#include "core/text.h"
#include "values/confidence.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kKey = "Records[].s3.object.key";

bool is_raw_key(const ValuePool& pool, ValueId value) {
  return value.exists() && pool[value].kind == ValueKind::Hole &&
         pool[value].origin == Origin::Event && pool.text(value).ends_with(kKey);
}

// Something is decoded that comes from the event: which of several it is, is not asked.
bool decodes(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    return pool[read.value].kind == ValueKind::Computed && pool.text(read.value) == "decoded";
  });
}

}  // namespace

void event_key_not_decoded(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project);
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || decodes(pool, function)) continue;
    const std::vector<TriggerShape> shapes = trigger_shapes(project, relations, function);
    const auto from_bucket = std::ranges::find_if(shapes, [](const TriggerShape& one) {
      return one.shape != nullptr && one.shape->name == "s3";
    });
    if (from_bucket == shapes.end()) continue;
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls}) {
      const auto raw = std::ranges::find_if(*all, [&](const Effect& effect) {
        return operations()[effect.operation].target_kind == ResourceKind::Bucket &&
               is_raw_key(pool, effect.key);
      });
      if (raw == all->end()) continue;
      Finding finding;
      finding.rule = "event-key-not-decoded";
      finding.confidence =
          confidence_of(static_cast<std::uint8_t>(raw->evidence & ~(kUncertain | kConditional)));
      finding.message = cat("The key of the event goes to ", operations()[raw->operation].id,
                            " as it is, but notifications carry it in its URL form: an object "
                            "named 'my file.txt' arrives as 'my+file.txt' and is not found.");
      finding.where = raw->where;
      finding.function = function.name;
      finding.flow = raw->path;
      finding.related.push_back({from_bucket->trigger->where, "These notifications are meant."});
      finding.identity = function.name;
      findings.push_back(std::move(finding));
      break;
    }
  }
}

}  // namespace fnlint
