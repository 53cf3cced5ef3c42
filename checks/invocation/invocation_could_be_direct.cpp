// A topic or queue between a bucket (or a rule) and the only function that it has: one more
// resource to pay, to watch and to wait for, where the source could invoke the function itself.

#include "checks/invocation/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

struct Way {
  const Relation* in = nullptr;   // from the source to what is between
  const Relation* out = nullptr;  // from there to the function
  bool several = false;
};

bool is_between(ResourceKind kind) {
  return kind == ResourceKind::Topic || kind == ResourceKind::Queue;
}

Way way_through(const Project& project, ResourceId between) {
  Way way;
  for (const Relation& relation : project.stacks.relations) {
    const bool passes = relation.kind == RelationKind::Trigger ||
                        relation.kind == RelationKind::Forward ||
                        relation.kind == RelationKind::FailureForward;
    if (!passes) continue;
    if (relation.to == between) {
      way.several = way.several || way.in != nullptr || relation.kind != RelationKind::Forward;
      way.in = &relation;
    }
    if (relation.from == between) {
      way.several = way.several || way.out != nullptr || relation.kind != RelationKind::Trigger;
      way.out = &relation;
    }
  }
  return way;
}

// What could invoke by itself: a bucket, and before a topic a rule or schedule too. A queue behind
// these keeps what the function cannot take yet.
std::string_view sender_of(const Project& project, const Relation& in, ResourceKind between) {
  const ResourceKind kind = project.stacks[in.from].kind;
  if (kind == ResourceKind::Bucket) return "bucket";
  if (between != ResourceKind::Topic) return {};
  if (kind == ResourceKind::Bus) return "rule";
  return kind == ResourceKind::Schedule ? "schedule" : std::string_view{};
}

// Something else sends to it, listens to it, or may.
bool has_others(const Project& project, ResourceId between) {
  const ValuePool& pool = *project.pool;
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved) return true;
    for (const Effect& effect : function.effects)
      if (effect.target == between) return true;
    for (const Effect& effect : function.unknown_calls)
      if (operations()[effect.operation].target_kind == project.stacks[between].kind) return true;
  }
  std::size_t listeners = 0;
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const std::string_view type = pool[project.stacks.resources[i].type];
    const bool policy = type == "AWS::SNS::TopicPolicy" || type == "AWS::SQS::QueuePolicy";
    if (!policy && type != "AWS::SNS::Subscription") continue;
    const Slice<Property> rows = project.stacks.resources[i].properties;
    bool about = false, others = false;
    for (std::uint32_t k = 0; k < rows.count; ++k) {
      const Property& row = project.stacks.properties[rows.first + k];
      about = about || (pool[row.value].kind == ValueKind::Reference &&
                        pool[row.value].ref == between.index);
      const std::string_view path = pool[row.path];
      const auto text = as_text(pool, row.value);
      others = others || path.find("Principal.AWS") != path.npos || path.ends_with("Principal");
      if (path.ends_with("Principal.Service"))
        others = text != "s3.amazonaws.com" && text != "events.amazonaws.com";
    }
    if (about && policy && others) return true;
    if (about && !policy) ++listeners;
  }
  const Property* inline_second = property_of(project, between, "Subscription.1");
  return listeners > 1 || inline_second != nullptr;
}

// What the step between does that the source cannot.
bool has_reason(const Project& project, ResourceId between, const Way& way) {
  const ValuePool& pool = *project.pool;
  for (const std::string_view path : {"RedrivePolicy", "DelaySeconds", "FifoQueue", "FifoTopic",
                                      "KmsMasterKeyId", "DataProtectionPolicy"})
    if (property_of(project, between, path) != nullptr) return true;
  if (entry_of(pool, way.out->filter, "policy").exists() &&
      pool[entry_of(pool, way.out->filter, "policy")].kind != ValueKind::Absent)
    return true;
  for (const std::string_view entry : {"patterns", "batch_size", "window"})
    if (const ValueId given = entry_of(pool, way.out->filter, entry);
        given.exists() && as_integer(pool, given) != 1)
      return true;
  if (!way.out->declared_by.exists()) return false;
  for (const std::string_view path : {"ScalingConfig.MaximumConcurrency", "RedrivePolicy"})
    if (property_of(project, way.out->declared_by, path) != nullptr) return true;
  return false;
}

// A subscription in the topic is an item of its list.
Span anchor(const Project& project, ResourceId between, const Relation& out) {
  if (!out.declared_by.exists())
    if (const Property* item = property_of(project, between, "Subscription.0")) return item->key;
  return out.where;
}

}  // namespace

void invocation_could_be_direct(const Project& project, const Settings&, Findings& findings) {
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const Resource& resource = project.stacks.resources[i];
    if (!is_between(resource.kind) || resource.external || resource.superseded) continue;
    const ResourceId between{i};
    const Way way = way_through(project, between);
    if (way.in == nullptr || way.out == nullptr || way.several) continue;
    const std::string_view sender = sender_of(project, *way.in, resource.kind);
    if (sender.empty()) continue;
    if (has_others(project, between) || has_reason(project, between, way)) continue;
    const bool by_rule = sender == "rule" && way.in->declared_by.exists();
    const std::string source = name_of(project, by_rule ? way.in->declared_by : way.in->from),
                      work = name_of(project, way.out->to);
    findings.push_back(
        FindingBuilder("invocation-could-be-direct", way.in->uncertainty | way.out->uncertainty)
            .about(project.stacks[way.out->to].external ? std::string() : work)
            .at(anchor(project, between, *way.out))
            .says("'", name_of(project, between), "' only passes the events of ", sender, " '",
                  source, "' on to '", work, "': the ", sender, " can invoke it directly.")
            .identified(source, ':', name_of(project, between), ':', work)
            .related(way.in->where, "Its events are sent here."));
  }
}

}  // namespace fnlint
