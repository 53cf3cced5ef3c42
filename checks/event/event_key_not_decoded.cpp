// In a notification of S3 the key of the object is in its URL form: "my file.txt" is "my+file.txt".

#include "checks/event/event_carried.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <span>

namespace fnlint {

namespace {

constexpr std::string_view kKey = "Records[].s3.object.key";

// What takes something off the ends of a text, and leaves the rest as it is.
constexpr std::array<std::string_view, 6> kShortens{"strip", "lstrip",       "rstrip",
                                                    "trim",  "strip_prefix", "strip_suffix"};

// The key, with a default for where there is none, or without what stands around it.
bool is_raw_key(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return false;
  const auto operands = pool.operands(value);
  switch (pool[value].kind) {
    case ValueKind::Hole:
      return pool[value].origin == Origin::Event && pool.text(value).ends_with(kKey);
    case ValueKind::Computed:
      return std::ranges::find(kShortens, pool.text(value)) != kShortens.end() &&
             is_raw_key(pool, operands[0]);
    case ValueKind::OneOf:
      return std::ranges::any_of(operands, [&](ValueId one) { return is_raw_key(pool, one); }) &&
             std::ranges::all_of(operands, [&](ValueId one) {
               return pool.constant(one) || is_raw_key(pool, one);
             });
    default: return false;
  }
}

// `Image={"S3Object": {"Bucket": ..., "Name": key}}`
bool names_raw_object(const ValuePool& pool, ValueId arguments) {
  if (!arguments.exists() || !pool.is(arguments, ValueKind::Record)) return false;
  return std::ranges::any_of(pool.operands(arguments), [&](ValueId given) {
    if (!given.exists() || !pool.is(given, ValueKind::Record)) return false;
    const ValueId object = entry_of(pool, given, "S3Object");
    return object.exists() && pool.is(object, ValueKind::Record) &&
           is_raw_key(pool, entry_of(pool, object, "Name"));
  });
}

// What it works on, or copies from where that is the key alone: in a text with the bucket's name,
// it has to be encoded.
bool takes_raw_key(const ValuePool& pool, const Effect& effect) {
  if (is_raw_key(pool, effect.key)) return true;
  if (!effect.arguments.exists() || !pool.is(effect.arguments, ValueKind::Record)) return false;
  const ValueId from = entry_of(pool, effect.arguments, "CopySource");
  return from.exists() &&
         (is_raw_key(pool, from) || (pool.is(from, ValueKind::Record) &&
                                     is_raw_key(pool, entry_of(pool, from, "Key"))));
}

// What brings the notifications of a bucket to the function, as they are or inside of messages;
// null: nothing that is known, or something that writes no key that would change its form.
const Relation* notifications_of(const Project& project, const RelationsTo& relations,
                                 CarriedShapes& carried_shapes, const LambdaFunction& function) {
  for (const TriggerShape& one : trigger_shapes(project, relations, function)) {
    if (one.shape == nullptr) continue;
    if (one.shape->name == "s3") return one.trigger;
    if (one.shape->envelope.empty()) continue;
    for (const CarriedShape& carried : carried_shapes.of(one.trigger->from)) {
      if (carried.shape->name == "s3-message") return carried.brought_by;
      if (carried.shape->envelope.empty()) continue;
      for (const CarriedShape& inner : carried_shapes.of(carried.brought_by->from))
        if (inner.shape->name == "s3-message") return inner.brought_by;
    }
  }
  return nullptr;
}

// Nothing starts the function that is known, and it works on the key of a notification as it comes:
// nothing but a bucket sends such records. `surely_called`: code of the project sends it others.
bool is_fed_by_bucket(const ValuePool& pool, const RelationsTo& relations,
                      const LambdaFunction& function, const Effect& raw, bool surely_called) {
  const auto is_trigger = [](const Relation* row) { return row->kind == RelationKind::Trigger; };
  if (surely_called || std::ranges::any_of(relations[function.resource], is_trigger)) return false;
  bool is_own = false;
  for (const ValueId part : {raw.key, raw.arguments})
    if (part.exists())
      for_each_below(pool, part, [&](ValueId id) {
        is_own = is_own || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Event &&
                            pool.text(id) == kKey);
      });
  return is_own;
}

// Buckets that a service writes to, under keys of its own making: nothing in them would be encoded.
// Such a service is told the bucket, or let into it by its policy.
std::set<ResourceId> with_plain_keys(const Project& project) {
  constexpr std::array<std::string_view, 3> kWriters{
      "AWS::CloudTrail::Trail", "AWS::SES::ReceiptRule", "AWS::Config::DeliveryChannel"};
  constexpr std::array<std::string_view, 3> kPrincipals{
      "cloudtrail.amazonaws.com", "ses.amazonaws.com", "config.amazonaws.com"};
  const ValuePool& pool = *project.pool;
  std::map<ValueId, ResourceId> by_name;
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i)
    if (type_of(project, ResourceId{i}) == "AWS::S3::Bucket")
      if (const Property* name = property_of(project, ResourceId{i}, "BucketName"))
        by_name.emplace(name->value, ResourceId{i});
  std::set<ResourceId> buckets;
  for (const Resource& resource : project.stacks.resources) {
    const std::string_view type = pool[resource.type];
    bool writes = std::ranges::find(kWriters, type) != kWriters.end();
    if (!writes && type != "AWS::S3::BucketPolicy") continue;
    bool denies = false;
    std::set<ResourceId> meant = referred_by(project, resource);
    const Slice<Property> rows = resource.properties;
    for (const Property& row :
         std::span(project.stacks.properties).subspan(rows.first, rows.count)) {
      if (!row.value.exists()) continue;
      for_each_below(pool, row.value, [&](ValueId id) {
        if (const auto named = by_name.find(id); named != by_name.end())
          meant.insert(named->second);
        if (!pool.is(id, ValueKind::Text)) return;
        denies = denies || pool.text(id) == "Deny";
        writes = writes || std::ranges::find(kPrincipals, pool.text(id)) != kPrincipals.end();
      });
    }
    if (writes && !denies) buckets.merge(meant);
  }
  return buckets;
}

// Something is decoded that comes from the event: which of several it is, is not asked.
bool decodes(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    return pool[read.value].kind == ValueKind::Computed && pool.text(read.value) == "decoded";
  });
}

}  // namespace

void event_key_not_decoded(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  CarriedShapes carried(project, relations);
  const std::set<ResourceId> plain = with_plain_keys(project);
  const OtherCallers others(project);
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved || decodes(pool, function)) continue;
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls}) {
      const auto raw = std::ranges::find_if(*all, [&](const Effect& effect) {
        const bool of_bucket = operations()[effect.operation].target_kind == ResourceKind::Bucket;
        return of_bucket ? takes_raw_key(pool, effect) : names_raw_object(pool, effect.arguments);
      });
      if (raw == all->end()) continue;
      const Relation* notifications = notifications_of(project, relations, carried, function);
      const bool is_guess =
          notifications == nullptr && plain.empty() &&
          is_fed_by_bucket(pool, relations, function, *raw, others.surely_call(function.resource));
      if (notifications == nullptr ? !is_guess : plain.contains(notifications->from)) break;
      auto finding =
          FindingBuilder(
              "event-key-not-decoded",
              (raw->uncertainty & ~(kUncertain | kConditional)) | (is_guess ? kHeuristic : 0))
              .about(function)
              .at(raw->where)
              .says("The object key of the event is passed to ", operations()[raw->operation].id,
                    " as it is, but notifications carry it URL-encoded: an object named 'my "
                    "file.txt' arrives as 'my+file.txt' and is not found.")
              .with_steps(raw->path);
      if (!is_guess) finding.related(notifications->where, "These notifications carry the keys.");
      findings.push_back(std::move(finding));
      break;
    }
  }
}

}  // namespace fnlint
