// Which event shape a trigger delivers, given its source and settings, and how the handler's reads
// and returns relate to it.

#include "checks/event/event_view.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/compute.h"
#include "values/implied.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

// What the target of a rule or schedule gets instead of the event.
bool replaces_event(const Project& project, const Relation& trigger) {
  const auto has_input = [&](ResourceId resource, std::string_view below) {
    if (!resource.exists()) return false;
    const Slice<Property> rows = project.stacks[resource].properties;
    for (std::uint32_t i = 0; i < rows.count; ++i) {
      const std::string_view path = (*project.pool)[project.stacks.properties[rows.first + i].path];
      if (!path.starts_with(below)) continue;
      for (const std::string_view part : split(path, '.'))
        if (part.starts_with("Input") || part.ends_with("Transformer")) return true;
    }
    return false;
  };
  return has_input(trigger.declared_by, "") || has_input(trigger.from, "") ||
         has_input(trigger.to, "Events.");
}

// Declared among the events of the function itself, as SAM and the Serverless Framework have them.
bool is_own_event(const Project& project, const Relation& trigger) {
  const Span outer = project.stacks[trigger.to].where;
  return !trigger.declared_by.exists() && outer.file == trigger.where.file &&
         trigger.where.range.begin >= outer.range.begin &&
         trigger.where.range.end <= outer.range.end;
}

// The value that properties of that last name have, of the function's own events.
const Property* own_event_property(const Project& project, ResourceId function,
                                   std::string_view name) {
  const Slice<Property> rows = project.stacks[function].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Property& row = project.stacks.properties[rows.first + i];
    const std::string_view path = (*project.pool)[row.path];
    if (path.starts_with("Events.") && path.ends_with(name)) return &row;
  }
  return nullptr;
}

// An integration that hands the request over as it is.
bool is_proxy(const Project& project, const Relation& trigger) {
  if (!trigger.declared_by.exists()) return is_own_event(project, trigger);
  const std::string_view type = type_of(project, trigger.declared_by);
  const bool is_v2 = type == "AWS::ApiGatewayV2::Integration";
  const Property* kind = property_of(project, trigger.declared_by,
                                     is_v2 ? "IntegrationType" : "Integration.Type");
  return kind != nullptr && as_text(*project.pool, kind->value) == "AWS_PROXY";
}

// Which of the two forms of a request an HTTP API sends; null: that is not known.
const SentEvent* http_shape(const Project& project, const Relation& trigger,
                             const SentEvent* own) {
  const Property* protocol = property_of(project, trigger.from, "ProtocolType");
  if (protocol != nullptr && as_text(*project.pool, protocol->value) != "HTTP") return nullptr;
  const bool is_own = is_own_event(project, trigger);
  const Property* version = is_own
                                ? own_event_property(project, trigger.to, ".PayloadFormatVersion")
                                : source_property(project, trigger, "PayloadFormatVersion");
  if (version == nullptr) return is_own ? own : nullptr;
  const auto text = as_text(*project.pool, version->value);
  if (!text) return nullptr;
  return text->starts_with("1") ? find_sent_event("rest-proxy") : own;
}

// A property, or the text of one, that says that the source works in another way here.
bool is_excepted(const Project& project, const Relation& trigger, const SentEvent& shape) {
  for (const std::string_view word : shape.except)
    for (const ResourceId resource : {trigger.from, trigger.declared_by, trigger.to}) {
      if (!resource.exists()) continue;
      const Slice<Property> rows = project.stacks[resource].properties;
      for (std::uint32_t i = 0; i < rows.count; ++i) {
        const Property& row = project.stacks.properties[rows.first + i];
        if ((*project.pool)[row.path].find(word) != std::string_view::npos ||
            as_text(*project.pool, row.value) == word)
          return true;
      }
    }
  return false;
}

}  // namespace

ValueId answer_entry(const ValuePool& pool, ValueId answer, std::string_view name) {
  if (!answer.exists()) return {};
  if (pool.is(answer, ValueKind::Object) && !pool.operands(answer).empty())
    answer = pool.operands(answer)[0];
  if (!pool.is(answer, ValueKind::Record)) return {};
  for (std::size_t i = 0; i < pool.operands(answer).size(); ++i)
    if (lower(pool[pool.names(answer)[i]]) == lower(name)) return pool.operands(answer)[i];
  return {};
}

bool comes_from_api(const Project& project, const Relation& trigger) {
  if (trigger.kind != RelationKind::Trigger || !trigger.from.exists()) return false;
  const ResourceKind kind = project.stacks[trigger.from].kind;
  return kind == ResourceKind::Api || kind == ResourceKind::FunctionUrl;
}

bool is_kind_guessed(const Project& project, const Relation& trigger) {
  if (!trigger.from.exists() || !trigger.declared_by.exists()) return false;
  const Resource& from = project.stacks[trigger.from];
  // An event of a function's own says what it is.
  if (!from.external || from.kind != ResourceKind::Stream ||
      project.stacks[trigger.declared_by].generated)
    return false;
  return !literal_beginning(*project.pool, from.physical_name).starts_with("arn:");
}

namespace {

// SAM's API names its authorizers itself, below Auth.Authorizers.
bool is_own_authorizer(const Project& project, const Relation& trigger) {
  if (type_of(project, trigger.from) != "AWS::Serverless::Api") return false;
  const Slice<Property> rows = project.stacks[trigger.from].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Property& row = project.stacks.properties[i];
    const std::string_view path = (*project.pool)[row.path];
    if (row.where == trigger.where && path.starts_with("Auth.Authorizers.") &&
        path.ends_with(".FunctionArn"))
      return true;
  }
  return false;
}

}  // namespace

const SentEvent* sent_shape(const Project& project, const Relation& trigger) {
  if (!trigger.from.exists() || is_kind_guessed(project, trigger)) return nullptr;
  if (is_own_authorizer(project, trigger)) return find_sent_event("authorizer");
  const Resource& from = project.stacks[trigger.from];
  const std::string_view declared = type_of(project, trigger.declared_by);
  const SentEvent* shape = nullptr;
  for (const ShapeOfSource& row : shapes_of_sources()) {
    if (!row.declared.empty() ? row.declared != declared : row.kind != from.kind) continue;
    if (!row.type.empty() && row.type != (*project.pool)[from.type]) continue;
    shape = find_sent_event(row.shape);
    break;
  }
  if (shape == nullptr || is_excepted(project, trigger, *shape)) return nullptr;
  if (shape->name == "eventbridge" && replaces_event(project, trigger)) return nullptr;
  if (shape->name == "rest-proxy" && !is_proxy(project, trigger)) return nullptr;
  if (shape->name == "http-proxy" && from.kind == ResourceKind::Api)
    return http_shape(project, trigger, shape);
  return shape;
}

namespace {

std::string_view first_part(std::string_view path) {
  return path.substr(0, std::min(path.find('.'), path.size()));
}

// Queues and topics carry it as text.
bool is_carried(const SentEvent& shape) {
  return std::ranges::any_of(sent_events(), [&](const SentEvent& one) {
    return one.carried_as == shape.name;
  });
}

// Some source sends it to functions as it is.
bool is_sent(const SentEvent& shape) {
  return std::ranges::any_of(shapes_of_sources(), [&](const ShapeOfSource& row) {
    return row.shape == shape.name;
  });
}

}  // namespace

std::vector<TriggerShape> trigger_shapes(const Project& project, const RelationsTo& relations,
                                         const LambdaFunction& function) {
  std::vector<TriggerShape> shapes;
  for (const Relation* const trigger : relations[function.resource])
    if (trigger->kind == RelationKind::Trigger)
      shapes.push_back({trigger, sent_shape(project, *trigger)});
  return shapes;
}

std::vector<std::string_view> asked_texts(const ValuePool& pool, ValueId pattern,
                                          std::string_view field) {
  const ValueId list = entry_of(pool, pattern, field);
  if (!list.exists() || pool[list].kind != ValueKind::List || pool[list].ref != 0) return {};
  std::vector<std::string_view> texts;
  for (const ValueId one : pool.operands(list)) {
    if (pool[one].kind != ValueKind::Text) return {};
    texts.push_back(pool.text(one));
  }
  return texts;
}

std::optional<std::int64_t> batch_of(const Project& project, const TriggerShape& one) {
  const ValuePool& pool = *project.pool;
  const ValueId filter = one.trigger->filter;
  ValueId size = filter.exists() && pool[filter].kind == ValueKind::Record
                     ? entry_of(pool, filter, "batch_size")
                     : ValueId{};
  if (size.exists() && pool[size].kind == ValueKind::Absent) size = {};
  if (size.exists()) return as_integer(pool, size);
  const Property* property = source_property(project, *one.trigger, "BatchSize");
  return property != nullptr ? as_integer(pool, property->value)
                             : std::optional<std::int64_t>(one.shape->batch);
}

bool is_for_each_record(const ValuePool& pool, const Effect& effect) {
  if ((effect.flags & (kInLoop | kManyAtOnce)) == 0) return false;
  bool found = false;
  for (const ValueId value : std::array{effect.target_value, effect.key, effect.arguments})
    if (value.exists())
      for_each_below(pool, value, [&](ValueId id) {
        found = found || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Event &&
                          pool.text(id).starts_with("Records[]"));
      });
  return found;
}

bool is_empty_list(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::List) && pool[value].ref == 0 && pool.operands(value).empty();
}

ValueId failures_in(const ValuePool& pool, ValueId value) {
  if (pool[value].kind == ValueKind::OneOf) {
    for (const ValueId one : pool.operands(value))
      if (const ValueId found = failures_in(pool, one); found.exists()) return found;
    return {};
  }
  if (pool[value].kind != ValueKind::Record) return {};
  const ValueId list = entry_of(pool, value, kFailures);
  return list.exists() && is_empty_list(pool, list) ? ValueId{} : list;
}

OtherCallers::OtherCallers(const Project& project) {
  // An input that is left out names none of this run: those are referred to.
  const auto invokes = [&](const Effect& effect) {
    return operations()[effect.operation].target_kind == ResourceKind::Function &&
           !names_nothing(*project.pool, effect);
  };
  const auto starts = [](const Effect& effect) {
    return operations()[effect.operation].target_kind == ResourceKind::StateMachine;
  };
  for (const LambdaFunction& caller : project.functions) {
    for (const Effect& effect : caller.effects) {
      if (starts(effect)) {
        any_start_ = any_start_ || !effect.target.exists();
        started_.insert(effect.target);
      }
      tells_topic_.insert(effect.target);
      told_by_code_.insert(effect.target);
      if (!invokes(effect)) continue;
      any_ = any_ || !effect.target.exists();
      called_.insert(effect.target);
    }
    any_ = any_ || std::ranges::any_of(caller.unknown_calls, invokes);
    any_start_ = any_start_ || std::ranges::any_of(caller.unknown_calls, starts);
  }
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::Forward) {
      tells_.insert(relation.from);
      tells_topic_.insert(relation.to);
    }
  for (const Resource& resource : project.stacks.resources)
    if (is_alarm(project, resource)) by_alarms_.merge(referred_by(project, resource));
}

std::optional<std::string_view> event_path(const ValuePool& pool, const InputRead& read) {
  ValueId at = read.value;
  if (pool[at].kind == ValueKind::Computed && !pool.operands(at).empty()) {
    const std::string_view mark =
        pool.text(at);  // what is done to its form is no reading of its own
    if (mark == "parsed" || mark == "unwrapped" || mark == "unzipped") return std::nullopt;
    at = pool.operands(at)[0];
  }
  if (pool[at].kind != ValueKind::Hole || pool[at].origin != Origin::Event) return std::nullopt;
  return pool.text(at);
}

bool is_item(const ValuePool& pool, const InputRead& read) {
  return pool[read.value].kind == ValueKind::Computed && pool.text(read.value) == "item";
}

namespace {

// Whether there is an event, and records in it, and how many.
bool asks_for_records_alone(const ValuePool& pool, ValueId test) {
  bool alone = true;
  for_each_below(pool, test, [&](ValueId id) {
    const Value& row = pool[id];
    if (row.kind == ValueKind::Hole && row.origin == Origin::Event)
      alone = alone && (pool.text(id).empty() || pool.text(id) == "Records");
  });
  return alone;
}

}  // namespace

bool is_told_apart(const ValuePool& pool, const InputRead& read, bool have_records) {
  for (const Fact& fact : read.holds) {
    if (!has_origin(pool, fact.test, Origin::Event)) continue;
    const std::string_view name =
        pool[fact.test].kind == ValueKind::Computed ? pool.text(fact.test) : std::string_view();
    if (name == "has_items" || name == "guarded") continue;
    if (have_records && asks_for_records_alone(pool, fact.test)) continue;
    if (name == "equal" && !fact.holds) continue;  // of all that it may be, one it is not
    return true;
  }
  return false;
}

bool reads_raw_events(Language language) {
  return language == Language::Python || language == Language::JavaScript ||
         language == Language::Ruby;
}

bool may_have(const SentEvent& shape, std::string_view path) {
  if (path.empty()) return true;
  std::string_view first = first_part(path);
  const bool of_element = first.ends_with("[]");
  if (of_element) first.remove_suffix(2);
  if (std::ranges::find(shape.fields, first) == shape.fields.end()) return false;
  if (first != "Records" || !of_element || path.size() <= first.size() + 3) return true;
  std::string_view field = first_part(path.substr(first.size() + 3));
  if (field.ends_with("[]")) field.remove_suffix(2);
  return std::ranges::find(shape.records, field) != shape.records.end();
}

std::string listed(const std::vector<std::string>& all) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i)
    text += cat(i == 0 ? "" : i + 1 == all.size() ? " and " : ", ", all[i]);
  return text;
}

std::string owners_of(std::string_view path, bool carried) {
  const std::size_t fields = static_cast<std::size_t>(std::ranges::count(path, '.')) + 1;
  std::vector<std::string> owners;
  for (const SentEvent& shape : sent_events()) {
    const bool meant = carried ? is_carried(shape) : is_sent(shape);
    if (meant && may_have(shape, path) && (carried || fields > 1 || path != "Records"))
      if (std::string words(shape.words); std::ranges::find(owners, words) == owners.end())
        owners.push_back(std::move(words));
  }
  return owners.empty() || owners.size() > 3 ? std::string() : listed(owners);
}

std::string words_of_source(const Project& project, const Relation& trigger) {
  const std::string name = name_of(project, trigger.from);
  const std::string_view kind = kind_label(project.stacks[trigger.from].kind);
  if (name.empty() || name.find(' ') != std::string::npos || project.stacks[trigger.from].external)
    return cat("the ", kind);
  return cat(kind, " '", name, "'");
}

Span trigger_anchor(const Project& project, const Relation& trigger, std::string_view path) {
  if (const Property* property = source_property(project, trigger, path)) return property->key;
  return trigger.where;
}

namespace {

bool is_event_part(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Event;
}

// What a test asks of one value alone that it be there, or have something in it; no id: it asks
// something else.
ValueId asked_whether_there(const ValuePool& pool, const Fact& fact) {
  const Opcode opcode = pool.opcode(fact.test);
  const auto operands = pool.operands(fact.test);
  const auto is_length_of = [&](ValueId value) {
    return pool.opcode(value) == Opcode::Length ? pool.operands(value)[0] : ValueId{};
  };
  switch (opcode) {
    case Opcode::Truthy:
    case Opcode::IsPresent:
    case Opcode::IsNotEmpty:
    case Opcode::HasItems: return fact.holds ? operands[0] : ValueId{};
    case Opcode::IsNull:
    case Opcode::IsEmpty: return fact.holds ? ValueId{} : operands[0];
    case Opcode::Length: return fact.holds ? operands[0] : ValueId{};
    case Opcode::Less:  // 0 < length; of another number, its opposite says less than nothing there
      return fact.holds && as_text(pool, operands[0]) == "0" ? is_length_of(operands[1])
                                                             : ValueId{};
    case Opcode::Equal:
    case Opcode::NotEqual: {
      const bool is_other = (opcode == Opcode::NotEqual) == fact.holds;
      const bool is_zero = as_text(pool, operands[1]) == "0";
      return is_other && is_zero ? is_length_of(operands[0]) : ValueId{};
    }
    default: return {};
  }
}

// The path of what the event must hold where the fact, a single question, does; none: it says
// nothing of the kind.
std::string_view held_path(const ValuePool& pool, const Fact& fact) {
  if (is_event_part(pool, fact.test)) return fact.holds ? pool.text(fact.test) : "";
  if (!pool.is(fact.test, ValueKind::Computed)) return {};
  if (const ValueId there = asked_whether_there(pool, fact); there.exists())
    return is_event_part(pool, there) ? pool.text(there) : std::string_view();
  const Opcode opcode = pool.opcode(fact.test);
  if (pool.operands(fact.test).size() != 2) return {};
  const ValueId left = pool.operands(fact.test)[0], right = pool.operands(fact.test)[1];
  if (opcode == Opcode::Equal || opcode == Opcode::NotEqual) {
    const bool is_equal = (opcode == Opcode::Equal) == fact.holds;
    const ValueId part = is_event_part(pool, left) ? left : right;
    const ValueKind other = pool[part == left ? right : left].kind;
    if (!is_event_part(pool, part)) return {};
    const bool is_none = other == ValueKind::Null || other == ValueKind::Absent;
    const bool is_some = other == ValueKind::Text || other == ValueKind::Number;
    return (is_none && !is_equal) || (is_some && is_equal) ? pool.text(part) : "";
  }
  const bool asks = (opcode == Opcode::In || opcode == Opcode::Has) && fact.holds;
  const ValueId container = opcode == Opcode::In ? right : left;
  const ValueId key = opcode == Opcode::In ? left : right;
  const bool of_all = is_event_part(pool, container) && pool.text(container).empty();
  return asks && of_all && pool.is(key, ValueKind::Text) ? pool.text(key) : "";
}

}  // namespace

namespace {

// The path of what the event does not have where the fact, a single question, holds.
std::string_view lacked_path(const ValuePool& pool, const Fact& fact) {
  const Fact opposite{fact.test, !fact.holds};
  const Opcode opcode = pool.opcode(fact.test);
  const auto is_none = [&](ValueId side) {  // that it is another than some text says nothing
    return pool.is(side, ValueKind::Null) || pool.is(side, ValueKind::Absent);
  };
  const bool compares = (opcode == Opcode::Equal || opcode == Opcode::NotEqual) &&
                        !asked_whether_there(pool, opposite).exists();
  if (compares && std::ranges::none_of(pool.operands(fact.test), is_none)) return {};
  return held_path(pool, opposite);
}

}  // namespace

bool is_for_others(const ValuePool& pool, const SentEvent& shape, const ReturnedValue& returned) {
  const auto says = [&](const Fact& one) {
    return !may_have(shape, held_path(pool, one)) ||
           std::ranges::find(shape.always, lacked_path(pool, one)) != shape.always.end();
  };
  return !shape.fields.empty() && std::ranges::any_of(returned.holds, [&](const Fact& fact) {
    return is_implied(pool, fact, says);
  });
}

bool is_for_others(const ValuePool& pool, ValueId input, const ReturnedValue& returned) {
  if (!pool.is(input, ValueKind::Record) || pool[input].ref != 0) return false;
  const auto says = [&](const Fact& one) {
    const std::string_view path = held_path(pool, one);
    const std::string_view first = first_part(path);
    return !path.empty() && !first.ends_with("[]") && !entry_of(pool, input, first).exists();
  };
  return std::ranges::any_of(returned.holds,
                             [&](const Fact& fact) { return is_implied(pool, fact, says); });
}

bool is_without_records(const ValuePool& pool, const ReturnedValue& returned) {
  return std::ranges::any_of(returned.holds, [&](const Fact& fact) {
    return is_implied(pool, fact,
                      [&](const Fact& one) { return lacked_path(pool, one) == "Records"; });
  });
}

}  // namespace fnlint
