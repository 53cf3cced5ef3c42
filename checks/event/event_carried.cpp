// Follows messages back from a trigger through queues and topics to all that may send them, so that
// a field read from the inner text can be held against every shape that may be in it.

#include "checks/event/event_carried.h"

#include "core/text.h"
#include "tables/models.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr int kLevels = 3;  // a topic's message in a queue's, and what that holds

bool is_raw(const Project& project, const Relation& subscription) {
  const Property* raw = source_property(project, subscription, "RawMessageDelivery");
  return raw != nullptr && as_text(*project.pool, raw->value) != "false";
}

// Where the text begins of which a path reads something that nothing brings.
struct Missing {
  std::string_view prefix = {}, inside = {};
  std::vector<CarriedShape> shapes = {};
};

class Wrapped {
 public:
  explicit Wrapped(CarriedShapes& carried) : carried_(carried) {}

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
      const std::vector<CarriedShape>& held = carried_.of(one.brought_by->from);
      if (held.empty()) return std::nullopt;
      deeper.insert(deeper.end(), held.begin(), held.end());
      next = prefix + envelope.size() + 1;
    }
    if (!any) return Missing{path.substr(0, prefix), inside, shapes};
    if (level >= kLevels) return std::nullopt;
    return missing(path, next, deeper, level + 1);
  }

 private:
  CarriedShapes& carried_;
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
std::vector<CarriedShape> shapes_below(CarriedShapes& carried,
                                       const std::vector<TriggerShape>& triggers,
                                       std::string_view envelope) {
  std::vector<CarriedShape> all;
  for (const TriggerShape& one : triggers) {
    if (one.shape->envelope != envelope) continue;
    const std::vector<CarriedShape>& shapes = carried.of(one.trigger->from);
    if (shapes.empty()) return {};
    all.insert(all.end(), shapes.begin(), shapes.end());
  }
  return all;
}

}  // namespace

CarriedShapes::Senders::Senders(const Project& project) {
  for (const LambdaFunction& function : project.functions) {
    if (function.resolved) functions.insert(function.resource);
    for (const std::vector<Effect>* const effects : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *effects)
        if (const Operation& operation = operations()[effect.operation]; !operation.events.empty())
          written.insert({operation.target_kind, effect.target});
  }
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i)
    for (const ResourceId named : referred_by(project, project.stacks.resources[i]))
      named_by[named].push_back(ResourceId{i});
}

// What names a queue or a topic without sending to it: what is read of it are relations and
// effects.
bool CarriedShapes::only_connects(ResourceId at, ResourceId named) const {
  const Resource& resource = project_.stacks[at];
  switch (resource.kind) {
    case ResourceKind::Bucket:
    case ResourceKind::Rule:
    case ResourceKind::Queue:
    case ResourceKind::Subscription:
    case ResourceKind::EventSourceMapping:
    case ResourceKind::Permission:
    case ResourceKind::Role:
    case ResourceKind::Policy: return true;
    case ResourceKind::Function: return senders_->functions.contains(at);
    default: break;
  }
  const std::string_view type = (*project_.pool)[resource.type];
  const bool watches = is_alarm(project_, resource) || type == "AWS::CloudWatch::Dashboard";
  if (watches) return project_.stacks[named].kind == ResourceKind::Queue;
  if (type.ends_with("Policy") || type.starts_with("AWS::IAM::")) return true;
  return std::ranges::any_of(relations_[named],
                             [&](const Relation* relation) { return relation->declared_by == at; });
}

// Something beside the relations that are known may send to it.
bool CarriedShapes::has_other_senders(ResourceId resource) {
  if (project_.stacks[resource].external) return true;
  if (!senders_) senders_.emplace(project_);
  const ResourceKind kind = project_.stacks[resource].kind;
  if (senders_->written.contains({kind, resource}) || senders_->written.contains({kind, {}}))
    return true;
  const auto named = senders_->named_by.find(resource);
  return named != senders_->named_by.end() &&
         std::ranges::any_of(named->second, [&](ResourceId at) {
           return at != resource && !only_connects(at, resource);
         });
}

// Appends what one relation brings; false: that is not known.
bool CarriedShapes::add_brought(const Relation& relation, std::vector<CarriedShape>& shapes) {
  const SentEvent* sent = sent_shape(project_, relation);
  if (sent == nullptr || sent->carried_as.empty()) return false;
  if (project_.stacks[relation.from].kind == ResourceKind::Topic && is_raw(project_, relation)) {
    const std::vector<CarriedShape>& inside = of(relation.from);
    shapes.insert(shapes.end(), inside.begin(), inside.end());
    return !inside.empty();
  }
  shapes.push_back({&relation, find_sent_event(sent->carried_as)});
  return true;
}

std::vector<CarriedShape> CarriedShapes::found(ResourceId resource) {
  const ResourceKind kind = project_.stacks[resource].kind;
  if (kind != ResourceKind::Queue && kind != ResourceKind::Topic) return {};
  std::vector<CarriedShape> shapes;
  for (const Relation* const relation : relations_[resource]) {
    if (relation->kind == RelationKind::FailureForward) return {};
    if (relation->kind == RelationKind::Forward && !add_brought(*relation, shapes)) return {};
  }
  return shapes.empty() || has_other_senders(resource) ? std::vector<CarriedShape>{} : shapes;
}

const std::vector<CarriedShape>& CarriedShapes::of(ResourceId resource) {
  const auto [row, added] = known_.try_emplace(resource);  // none, should it lead back here
  if (added) row->second = found(resource);
  return row->second;
}

CarriedMismatch carried_mismatch(const Project& project, CarriedShapes& carried,
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
      if (!shapes) shapes = shapes_below(carried, triggers, one.shape->envelope);
      if (shapes->empty()) break;
      const std::optional<Missing> missing =
          Wrapped(carried).missing(*path, prefix.size(), *shapes, 0);
      if (missing && !is_asked_otherwise(pool, function, *missing))
        return {&read, one.trigger, missing->shapes, missing->inside};
    }
  }
  return {};
}

}  // namespace fnlint
