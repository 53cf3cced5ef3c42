// The notifications of a bucket are one setting: S3 refuses entries that overlap, and whoever
// writes it last replaces all of it.

#include "checks/trigger/rules.h"
#include "checks/view/branches.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <map>

namespace fnlint {

namespace {

// Values that a filter may hold for one condition. No text: not known.
struct Condition {
  std::string text = {};
  bool known = true;
  std::uint8_t uncertainty = 0;
};

Condition condition_of(const ValuePool& pool, ValueId filter, std::string_view name) {
  const ValueId value = entry_of(pool, filter, name);
  if (!value.exists() || pool[value].kind == ValueKind::Absent ||
      pool[value].kind == ValueKind::Null)
    return {};
  const auto text = as_text(pool, value);
  return {std::string(text.value_or("")), text.has_value(), pool[value].uncertainty};
}

std::vector<std::string_view> events_of(const ValuePool& pool, ValueId filter) {
  std::vector<std::string_view> events;
  const ValueId value = entry_of(pool, filter, "events");
  if (!value.exists()) return events;
  if (pool[value].kind == ValueKind::List)
    for (const ValueId one : pool.operands(value))
      events.push_back(as_text(pool, one).value_or(""));
  else
    events.push_back(as_text(pool, value).value_or(""));
  return events;
}

std::string_view family_of(std::string_view event) {
  return event.ends_with(":*") ? event.substr(0, event.size() - 1) : event;
}

// The type of event that both take: "s3:ObjectCreated:Put" of it and "s3:ObjectCreated:*".
std::string common_event(const std::vector<std::string_view>& a,
                         const std::vector<std::string_view>& b) {
  for (const std::string_view one : a)
    for (const std::string_view other : b) {
      if (one.empty() || other.empty()) continue;
      if (one == other || (one.ends_with(":*") && other.starts_with(family_of(one))))
        return std::string(other);
      if (other.ends_with(":*") && one.starts_with(family_of(other))) return std::string(one);
    }
  return {};
}

bool prefixes_overlap(std::string_view a, std::string_view b) {
  return a.starts_with(b) || b.starts_with(a);
}
bool suffixes_overlap(std::string_view a, std::string_view b) {
  return a.ends_with(b) || b.ends_with(a);
}

std::string ends_in_words(const Condition& prefix, const Condition& suffix) {
  if (prefix.text.empty() && suffix.text.empty()) return "every key";
  std::string words = "keys";
  if (!prefix.text.empty()) words += cat(" with the prefix '", prefix.text, "'");
  if (!suffix.text.empty())
    words += cat(prefix.text.empty() ? " with" : " and", " the suffix '", suffix.text, "'");
  return words;
}

struct Overlap {
  std::string event = {}, keys = {}, other_keys = {};
  std::uint8_t uncertainty = 0;
};

std::optional<Overlap> overlap_of(const ValuePool& pool, const Relation& a, const Relation& b) {
  // One entry may have several rows: alternatives of its target, instances of its block.
  if (a.where == b.where && a.filter == b.filter) return std::nullopt;
  if (!both(tests_of(pool, a.when), tests_of(pool, b.when))) return std::nullopt;
  Overlap overlap;
  overlap.event = common_event(events_of(pool, a.filter), events_of(pool, b.filter));
  if (overlap.event.empty()) return std::nullopt;
  std::array<Condition, 4> all{
      condition_of(pool, a.filter, "prefix"), condition_of(pool, b.filter, "prefix"),
      condition_of(pool, a.filter, "suffix"), condition_of(pool, b.filter, "suffix")};
  for (const Condition& one : all) {
    if (!one.known) return std::nullopt;
    overlap.uncertainty |= one.uncertainty;
  }
  if (!prefixes_overlap(all[0].text, all[1].text) || !suffixes_overlap(all[2].text, all[3].text))
    return std::nullopt;
  overlap.keys = ends_in_words(all[0], all[2]);
  overlap.other_keys = ends_in_words(all[1], all[3]);
  overlap.uncertainty |= static_cast<std::uint8_t>(a.uncertainty | b.uncertainty);
  if (!pool.always(a.when) || !pool.always(b.when)) overlap.uncertainty |= kConditional;
  return overlap;
}

// A resource that replaces all notifications of its bucket. CDK's for buckets that it did not make
// merges what it adds into what is there, and so does the Serverless Framework's.
bool sets_all(const Project& project, ResourceId resource) {
  if (!resource.exists()) return false;
  const Resource& row = project.stacks[resource];
  if ((*project.pool)[row.type] != "Custom::S3BucketNotifications" || row.superseded) return false;
  const Property* managed = property_of(project, resource, "Managed");
  return managed == nullptr || as_text(*project.pool, managed->value) != "false";
}

// An entry of a bucket's own notifications; not what EventBridge gets.
bool is_entry(const Project& project, const Relation& relation) {
  if (relation.kind != RelationKind::Trigger && relation.kind != RelationKind::Forward)
    return false;
  return relation.from.exists() && project.stacks[relation.from].kind == ResourceKind::Bucket &&
         entry_of(*project.pool, relation.filter, "events").exists();
}

void report_overlap(const Project& project, const Relation& first, const Relation& second,
                    const Overlap& overlap, Findings& findings) {
  const std::string bucket = name_of(project, first.from);
  const bool to_function = project.stacks[second.to].kind == ResourceKind::Function;
  findings.push_back(FindingBuilder("trigger-filter-overlap", overlap.uncertainty)
                         .about(project, to_function ? second.to : ResourceId{})
                         .at(second.where)
                         .says("Bucket '", bucket, "' sends ", overlap.event, " for ",
                               overlap.other_keys, " here and for ", overlap.keys,
                               " in another entry: S3 refuses notifications that overlap.")
                         .identified(bucket, ':', overlap.event, ':', overlap.other_keys)
                         .related(first.where, "This entry matches the same keys."));
}

// --- Several resources that each set all notifications of one bucket

struct Setter {
  ResourceId resource = {};
  const Property* bucket = nullptr;
};

std::vector<Setter> setters(const Project& project) {
  std::vector<Setter> found;
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    if (!sets_all(project, ResourceId{i})) continue;
    if (const Property* bucket = property_of(project, ResourceId{i}, "BucketName"))
      found.push_back({ResourceId{i}, bucket});
  }
  return found;
}

// Whether two expressions surely name one bucket. What is read of elements that are not known may
// differ from instance to instance.
bool same_bucket(const ValuePool& pool, ValueId a, ValueId b) {
  const auto resource = [&](ValueId value) {
    return pool[value].kind == ValueKind::Reference ? pool[value].ref : UINT64_MAX;
  };
  if (resource(a) != UINT64_MAX) return resource(a) == resource(b);
  return a == b && pool.identified(a) && !has_origin(pool, a, Origin::Element);
}

}  // namespace

void trigger_filter_overlap(const Project& project, const Settings&, Findings& findings) {
  std::map<std::uint32_t, std::vector<const Relation*>> entries;  // by bucket
  for (const Relation& relation : project.stacks.relations)
    if (is_entry(project, relation)) entries[relation.from.index].push_back(&relation);
  std::map<Span, bool> reported;
  for (auto& [bucket, rows] : entries) {
    std::ranges::stable_sort(rows, {}, [](const Relation* row) { return row->where; });
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t j = 0; j < i && ++pairs <= kComparedPairs; ++j) {
        if (reported.contains(rows[i]->where)) break;
        // What two resources set is one after the other, not both.
        if (rows[i]->declared_by != rows[j]->declared_by &&
            (sets_all(project, rows[i]->declared_by) || sets_all(project, rows[j]->declared_by)))
          continue;
        if (const auto overlap = overlap_of(*project.pool, *rows[j], *rows[i])) {
          report_overlap(project, *rows[j], *rows[i], *overlap, findings);
          reported[rows[i]->where] = true;
        }
      }
  }
}

void trigger_notification_overwritten(const Project& project, const Settings&, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const std::vector<Setter> all = setters(project);
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const Resource& later = project.stacks[all[i].resource];
      const Resource& first = project.stacks[all[j].resource];
      if (root_scope(project.stacks, later.scope) != root_scope(project.stacks, first.scope))
        continue;
      if (!same_bucket(pool, all[i].bucket->value, all[j].bucket->value)) continue;
      if (!both(tests_of(pool, later.exists), tests_of(pool, first.exists))) continue;
      std::uint8_t uncertainty =
          static_cast<std::uint8_t>(pool[all[i].bucket->value].uncertainty & ~kOverridable);
      if (!pool.always(later.exists) || !pool.always(first.exists)) uncertainty |= kConditional;
      findings.push_back(FindingBuilder("trigger-notification-overwritten", uncertainty)
                             .at(later.name)
                             .says("'", pool[later.address], "' and '", pool[first.address],
                                   "' both set all notifications of one bucket: whichever is "
                                   "applied last removes what the other has set.")
                             .identified(pool[later.address], ':', pool[first.address])
                             .related(first.name, "The other one is here."));
      break;
    }
}

}  // namespace fnlint
