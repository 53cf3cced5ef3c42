#include "checks/event_carried.h"

#include "core/text.h"
#include "tables/models.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr int kLevels = 3;  // a topic's message in a queue's, and what that holds

bool sends_to(const Effect& effect, ResourceId resource, ResourceKind kind) {
  const Operation& operation = operations()[effect.operation];
  return !operation.events.empty() && operation.target_kind == kind &&
         (!effect.target.exists() || effect.target == resource);
}

// The code of a function sends there, or may.
bool is_written(const Project& project, ResourceId resource) {
  const ResourceKind kind = project.stacks[resource].kind;
  return std::ranges::any_of(project.functions, [&](const LambdaFunction& function) {
    const auto sends = [&](const Effect& effect) { return sends_to(effect, resource, kind); };
    return std::ranges::any_of(function.effects, sends) ||
           std::ranges::any_of(function.unknown_calls, sends);
  });
}

bool refers_to(const Project& project, const Resource& resource, ResourceId wanted) {
  const ValuePool& pool = *project.pool;
  for (std::uint32_t i = 0; i < resource.properties.count; ++i) {
    bool found = false;
    const Property& row = project.stacks.properties[resource.properties.first + i];
    if (!row.value.exists()) continue;
    for_each_below(pool, row.value, [&](ValueId id) {
      found = found || (pool.is(id, ValueKind::Reference) && pool[id].ref == wanted.index);
    });
    if (found) return true;
  }
  return false;
}

// What names a queue or a topic without sending to it: what is read of it are relations and
// effects.
bool only_connects(const Project& project, ResourceId at, ResourceId named) {
  const Resource& resource = project.stacks[at];
  switch (resource.kind) {
    case ResourceKind::Bucket:
    case ResourceKind::Rule:
    case ResourceKind::Queue:
    case ResourceKind::Subscription:
    case ResourceKind::EventSourceMapping:
    case ResourceKind::Permission:
    case ResourceKind::Role:
    case ResourceKind::Policy: return true;
    case ResourceKind::Function:
      return std::ranges::any_of(project.functions, [&](const LambdaFunction& function) {
        return function.resource == at && function.resolved;
      });
    default: break;
  }
  const std::string_view type = (*project.pool)[resource.type];
  const bool watches = type == "AWS::CloudWatch::Alarm" || type == "AWS::CloudWatch::Dashboard";
  if (watches) return project.stacks[named].kind == ResourceKind::Queue;
  if (type.ends_with("Policy") || type.starts_with("AWS::IAM::")) return true;
  return std::ranges::any_of(project.stacks.relations, [&](const Relation& relation) {
    return relation.declared_by == at && relation.to == named;
  });
}

// Something beside the relations that are known may send to it.
bool has_other_senders(const Project& project, ResourceId resource) {
  if (project.stacks[resource].external || is_written(project, resource)) return true;
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId at{i};
    if (at != resource && refers_to(project, project.stacks[at], resource) &&
        !only_connects(project, at, resource))
      return true;
  }
  return false;
}

bool is_raw(const Project& project, const Relation& subscription) {
  const Property* raw = source_property(project, subscription, "RawMessageDelivery");
  return raw != nullptr && as_text(*project.pool, raw->value) != "false";
}

// Appends what one relation brings; false: that is not known.
bool add_brought(const Project& project, const RelationsTo& relations, const Relation& relation,
                 std::vector<CarriedShape>& shapes) {
  const SentEvent* sent = sent_shape(project, relation);
  if (sent == nullptr || sent->carried_as.empty()) return false;
  if (project.stacks[relation.from].kind == ResourceKind::Topic && is_raw(project, relation)) {
    const std::vector<CarriedShape> inside = carried_shapes(project, relations, relation.from);
    shapes.insert(shapes.end(), inside.begin(), inside.end());
    return !inside.empty();
  }
  shapes.push_back({&relation, find_sent_event(sent->carried_as)});
  return true;
}

// Where the text begins of which a path reads something that nothing brings.
struct Missing {
  std::string_view prefix = {}, inside = {};
  std::vector<CarriedShape> shapes = {};
};

class Wrapped {
 public:
  Wrapped(const Project& project, const RelationsTo& relations)
      : project_(project), relations_(relations) {}

  // Nothing: there, or not known.
  [[nodiscard]] std::optional<Missing> missing(std::string_view path, std::size_t prefix,
                                               const std::vector<CarriedShape>& shapes,
                                               int level) const {
    const std::string_view inside = path.substr(prefix);
    std::vector<CarriedShape> deeper;
    std::size_t next = 0;
    bool any = false;
    for (const CarriedShape& one : shapes) {
      if (!may_have(*one.shape, inside)) continue;
      any = true;
      const std::string_view envelope = one.shape->envelope;
      if (envelope.empty() || !inside.starts_with(cat(envelope, "."))) return std::nullopt;
      const std::vector<CarriedShape> held =
          carried_shapes(project_, relations_, one.brought_by->from);
      if (held.empty()) return std::nullopt;
      deeper.insert(deeper.end(), held.begin(), held.end());
      next = prefix + envelope.size() + 1;
    }
    if (!any) return Missing{path.substr(0, prefix), inside, shapes};
    if (level >= kLevels) return std::nullopt;
    return missing(path, next, deeper, level + 1);
  }

 private:
  const Project& project_;
  const RelationsTo& relations_;
};

// Other readings of the same text ask what it is, or find what is there: they tell the shapes
// apart.
bool is_asked_otherwise(const ValuePool& pool, const LambdaFunction& function,
                        const Missing& missing) {
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    const std::optional<std::string_view> path = event_path(pool, read);
    if (!path || !path->starts_with(missing.prefix) || path->size() == missing.prefix.size())
      return false;
    if (pool.is(read.value, ValueKind::Computed) && !is_item(pool, read)) return false;
    const std::string_view inside = path->substr(missing.prefix.size());
    return read.absence_expected || is_told_apart(pool, read) ||
           std::ranges::any_of(missing.shapes, [&](const CarriedShape& one) {
             return may_have(*one.shape, inside);
           });
  });
}

// All that the messages of the triggers with this field may be; none: not known.
std::vector<CarriedShape> shapes_below(const Project& project, const RelationsTo& relations,
                                       const std::vector<TriggerShape>& triggers,
                                       std::string_view envelope) {
  std::vector<CarriedShape> all;
  for (const TriggerShape& one : triggers) {
    if (one.shape->envelope != envelope) continue;
    const std::vector<CarriedShape> shapes = carried_shapes(project, relations, one.trigger->from);
    if (shapes.empty()) return {};
    all.insert(all.end(), shapes.begin(), shapes.end());
  }
  return all;
}

}  // namespace

std::vector<CarriedShape> carried_shapes(const Project& project, const RelationsTo& relations,
                                         ResourceId resource) {
  const ResourceKind kind = project.stacks[resource].kind;
  if (kind != ResourceKind::Queue && kind != ResourceKind::Topic) return {};
  std::vector<CarriedShape> shapes;
  for (const Relation* const relation : relations[resource]) {
    if (relation->kind == RelationKind::FailureForward) return {};
    if (relation->kind == RelationKind::Forward &&
        !add_brought(project, relations, *relation, shapes))
      return {};
  }
  return shapes.empty() || has_other_senders(project, resource) ? std::vector<CarriedShape>{}
                                                                : shapes;
}

CarriedMismatch carried_mismatch(const Project& project, const RelationsTo& relations,
                                 const LambdaFunction& function,
                                 const std::vector<TriggerShape>& triggers) {
  const ValuePool& pool = *project.pool;
  for (const TriggerShape& one : triggers) {
    if (one.shape->envelope.empty()) continue;
    const std::string prefix = cat(one.shape->envelope, ".");
    std::optional<std::vector<CarriedShape>> shapes;  // asked for where a text is read
    for (const InputRead& read : function.reads) {
      const std::optional<std::string_view> path = event_path(pool, read);
      if (read.phase != CallPhase::Invocation || !path || !path->starts_with(prefix)) continue;
      if (!shapes) shapes = shapes_below(project, relations, triggers, one.shape->envelope);
      if (shapes->empty()) break;
      const std::optional<Missing> missing =
          Wrapped(project, relations).missing(*path, prefix.size(), *shapes, 0);
      if (missing && !is_asked_otherwise(pool, function, *missing))
        return {&read, one.trigger, missing->shapes, missing->inside};
    }
  }
  return {};
}

}  // namespace fnlint
