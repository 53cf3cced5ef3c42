// Builds events service by service: of notifications, messages, stream records, bus events and
// invocation records, and unwraps what queues and topics carry.

#include "link/effects/event_content.h"

#include "core/text.h"
#include "flow/models/fluent.h"
#include "link/effects/event_form.h"
#include "tables/models.h"
#include "values/filter.h"
#include "values/properties.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace fnlint {

namespace {

// What carries another event as a text: queues, and topics.
constexpr std::string_view kWrappers[] = {"Records[].body.", "Records[].Sns.Message.", "Message."};

bool is_open_end(const ValuePool& pool, ValueId value) {
  if (pool.is(value, ValueKind::Unknown)) return true;
  if (!pool.is(value, ValueKind::Computed)) return false;
  const Opcode opcode = pool.opcode(value);
  return opcode == Opcode::Member || opcode == Opcode::Element || opcode == Opcode::Index ||
         opcode == Opcode::Any;
}

bool is_type(std::string_view name) {
  return std::ranges::find(kAttributeTypes, name) != kAttributeTypes.end();
}

bool is_image(std::string_view path) {
  return path.find("dynamodb.NewImage.") != path.npos ||
         path.find("dynamodb.OldImage.") != path.npos || path.find("dynamodb.Keys.") != path.npos;
}

// The first step of a path, "[]" or a name, which is taken off it.
std::string_view next_step(std::string_view& path) {
  const bool item = path.starts_with("[]");
  const std::size_t end = item ? 2 : std::min(path.find('.'), path.find("[]"));
  const std::string_view step = path.substr(0, end);
  path.remove_prefix(std::min(path.size(), step.size()));
  if (path.starts_with('.')) path.remove_prefix(1);
  return step;
}

std::string_view detail_type(std::string_view type) {
  if (type.starts_with("s3:ObjectCreated:")) return "Object Created";
  if (type.starts_with("s3:ObjectRemoved:")) return "Object Deleted";
  if (type.starts_with("s3:ObjectTagging:Put")) return "Object Tags Added";
  if (type.starts_with("s3:ObjectTagging:Delete")) return "Object Tags Deleted";
  if (type.starts_with("s3:ObjectAcl:")) return "Object ACL Updated";
  if (type.starts_with("s3:ObjectRestore:")) return "Object Restore Initiated";
  return {};
}

ValueId name_of_type(ValuePool& pool, std::span<const std::string_view> types) {
  std::vector<Alternative> names;
  for (const std::string_view type : types)
    names.push_back({pool.text_value(type.starts_with("s3:") ? type.substr(3) : type), {}});
  return names.empty() ? pool.unknown("event name") : pool.one_of(names);
}

ValueId or_unknown(ValuePool& pool, ValueId value, std::string_view why) {
  return value.exists() ? value : pool.unknown(why);
}

// An event of one record, of which it is known what else it has.
ValueId one_record(ValuePool& pool, ValueId record, ResourceKind source, std::uint64_t round) {
  const ValueId whole = in_known_form(pool, record, source, "Records[]", round);
  return record_of(pool, {{"Records", pool.list(std::array{whole})}}, false);
}

ValueId s3_records(ValuePool& pool, const CausedEvent& event) {
  const ValueId bucket = pool.reference(event.source, "");
  const ValueId arn = pool.reference(event.source, "Arn");
  const ValueId s3 = record_of(
      pool,
      {{"bucket", record_of(pool, {{"name", bucket}, {"arn", arn}}, true)},
       {"object", record_of(pool, {{"key", or_unknown(pool, event.key, "object key")}}, true)}},
      true);
  const ValueId record = record_of(pool,
                                   {{"eventSource", pool.text_value("aws:s3")},
                                    {"eventName", name_of_type(pool, event.types)},
                                    {"s3", s3}},
                                   true);
  return one_record(pool, record, ResourceKind::Bucket, event.round);
}

// Attributes as functions get them: under each name a record that holds the value.
ValueId wrapped_attributes(ValuePool& pool, ValueId attributes, std::string_view as) {
  if (!attributes.exists()) return pool.unknown("message attributes");
  if (!pool.is(attributes, ValueKind::Record)) return attributes;
  std::vector<NamedValue> entries;
  const std::vector<StringId> names(pool.names(attributes).begin(), pool.names(attributes).end());
  const std::vector<ValueId> values(pool.operands(attributes).begin(),
                                    pool.operands(attributes).end());
  for (std::size_t i = 0; i < names.size(); ++i)
    entries.push_back({names[i], pool[names[i]] == kRest
                                     ? values[i]
                                     : record_of(pool, {{as, values[i]}}, true)});
  return pool.record(entries, pool[attributes].ref != 0);
}

// The event of a function that a resource starts.
ValueId event_of_function(ValuePool& pool, const Stacks& stacks, ResourceId from,
                          const CausedEvent& event) {
  const ResourceKind kind = stacks[from].kind;
  const ValueId message = or_unknown(pool, event.message, "what was sent");
  const auto source = [&](std::string_view name) { return pool.text_value(name); };
  switch (kind) {
    case ResourceKind::Bucket: return s3_records(pool, event);
    case ResourceKind::Queue:
      return one_record(
          pool,
          record_of(
              pool,
              {{"eventSource", source("aws:sqs")},
               {"eventSourceARN", pool.reference(from, "Arn")},
               {"body", message},
               {"attributes", record_of(pool, {{"ApproximateReceiveCount", source("1")}},
                                        true)},  // a new message begins anew
               {"messageAttributes", wrapped_attributes(pool, event.attributes, "stringValue")}},
              true),
          kind, event.round);
    case ResourceKind::Topic:
      return one_record(
          pool,
          record_of(pool,
                    {{"EventSource", source("aws:sns")},
                     {"Sns", record_of(pool,
                                       {{"Type", source("Notification")},
                                        {"TopicArn", pool.reference(from, "")},
                                        {"Message", message},
                                        {"MessageAttributes",
                                         wrapped_attributes(pool, event.attributes, "Value")}},
                                       true)}},
                    true),
          kind, event.round);
    case ResourceKind::Stream:
      return one_record(pool,
                        record_of(pool,
                                  {{"eventSource", source("aws:kinesis")},
                                   {"eventSourceARN", pool.reference(from, "Arn")},
                                   {"kinesis", record_of(pool, {{"data", message}}, true)}},
                                  true),
                        kind, event.round);
    case ResourceKind::Table:
      return event.message.exists() ? one_record(pool, message, kind, event.round) : ValueId{};
    case ResourceKind::Bus: return in_known_form(pool, event.message, kind, "", event.round);
    case ResourceKind::Function: return event.message;
    default: return {};
  }
}

// A rule may replace the event by something of its own.
bool is_transformed(const ValuePool& pool, const Stacks& stacks, const Relation& relation) {
  if (!relation.declared_by.exists()) return false;
  const Slice<Property> rows = stacks[relation.declared_by].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const std::string_view path = pool[stacks.properties[rows.first + i].path];
    const std::string_view last = path.substr(path.rfind('.') + 1);  // npos + 1: all of it
    if (last == "Input" || last == "InputPath" || last == "InputTransformer" ||
        last == "InputTemplate")
      return true;
  }
  return false;
}

bool is_raw(const ValuePool& pool, const Stacks& stacks, const Relation& subscription) {
  if (!subscription.declared_by.exists()) return false;
  const Property* raw =
      find_property(pool, stacks, subscription.declared_by, "RawMessageDelivery");
  return raw != nullptr && as_text(pool, raw->value) == std::optional<std::string_view>("true");
}

// What asynchronous invocations send on. Source: Lambda Developer Guide, "Invocation records".
ValueId invocation_record(ValuePool& pool, const Relation& relation, const CausedEvent& event,
                          bool on_bus) {
  const bool fails = relation.kind == RelationKind::FailureForward;
  const ValueId payload = or_unknown(pool, event.message, "the event");
  const ValueId record = record_of(
      pool,
      {{"requestContext", record_of(pool,
                                    {{"condition", fails ? pool.unknown("why it failed")
                                                         : pool.text_value("Success")}},
                                    true)},
       {"requestPayload", payload},
       {"responsePayload", pool.unknown("what the function gives")}},
      true);
  if (!on_bus) return record;
  const std::string_view type = fails ? "Lambda Function Invocation Result - Failure"
                                      : "Lambda Function Invocation Result - Success";
  return record_of(
      pool,
      {{"source", pool.text_value("lambda")}, {"detail-type", pool.text_value(type)}, {"detail", record}},
      true);
}

// What a task of a state machine causes: "aws-sdk:s3:copyObject" as s3.CopyObject does.
std::vector<std::string_view> types_of_task(const ValuePool& pool, const Relation& relation) {
  const ValueId value = entry_of_record(pool, relation.filter, "action");
  std::string_view action = value.exists() ? pool.text(value) : std::string_view{};
  if (action.starts_with("aws-sdk:")) action.remove_prefix(8);
  const std::size_t colon = action.find(':');
  if (colon == action.npos || colon + 1 == action.size()) return {};
  std::string id = cat(action.substr(0, colon), '.', action.substr(colon + 1));
  id[colon + 1] = static_cast<char>(std::toupper(static_cast<unsigned char>(id[colon + 1])));
  const Operation* operation = find_operation(id);
  if (operation == nullptr) return {};
  return {operation->events.begin(), operation->events.end()};
}

// What a clock sends where nothing is given in its place: this and no more. Sources: EventBridge
// User Guide, "Scheduled events"; EventBridge Scheduler User Guide, "Universal targets".
ValueId clock_event(ValuePool& pool, const Resource& clock) {
  const bool scheduler = pool[clock.type] == "AWS::Scheduler::Schedule";
  const auto open = [&](std::string_view path) {
    return pool.hole(Origin::Event, path, kFirstEvent);
  };
  return record_of(pool,
                   {{"version", pool.text_value("0")},
                    {"id", open("id")},
                    {"source", pool.text_value(scheduler ? "aws.scheduler" : "aws.events")},
                    {"detail-type", pool.text_value("Scheduled Event")},
                    {"account", open("account")},
                    {"time", open("time")},
                    {"region", open("region")},
                    {"resources", open("resources")},
                    {"detail", scheduler ? pool.text_value("{}") : pool.record({})}},
                   false);
}

// The prefix and suffix that a filter holds the key to, and the key between them.
ValueId bounded(ValuePool& pool, ValueId prefix, ValueId hole, ValueId suffix) {
  const auto is_there = [&](ValueId part) {
    return part.exists() && !pool.is(part, ValueKind::Absent);
  };
  std::vector<ValueId> parts;
  if (is_there(prefix)) parts.push_back(prefix);
  parts.push_back(hole);
  if (is_there(suffix)) parts.push_back(suffix);
  return pool.concat(parts);
}

// What a pattern says of a field: one value, or how it begins or ends.
ValueId taken_by(ValuePool& pool, ValueId matchers, std::string_view path) {
  const ValueId hole = pool.hole(Origin::Event, path, kFirstEvent);
  if (!pool.is(matchers, ValueKind::List) || pool[matchers].ref != 0 ||
      pool.operands(matchers).size() != 1)
    return hole;
  const ValueId only = pool.operands(matchers)[0];
  if (as_text(pool, only)) return only;
  const ValueId prefix = entry_of_record(pool, only, "prefix");
  const ValueId suffix = entry_of_record(pool, only, "suffix");
  const auto is_end = [&](ValueId end) { return end.exists() && as_text(pool, end).has_value(); };
  return is_end(prefix) || is_end(suffix) ? bounded(pool, prefix, hole, suffix) : hole;
}

// What passes the pattern, as far as it is known.
ValueId taken(ValuePool& pool, ValueId pattern, const std::string& path, int depth) {
  const ValueId rest = pool.hole(Origin::Event, path, kFirstEvent);
  if (!pattern.exists() || !pool.is(pattern, ValueKind::Record) || depth > 16) return rest;
  std::vector<NamedValue> entries{{pool.string(kRest), rest}};
  const std::vector<StringId> names(pool.names(pattern).begin(), pool.names(pattern).end());
  const std::vector<ValueId> values(pool.operands(pattern).begin(), pool.operands(pattern).end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string_view name = pool[names[i]];
    if (name == kRest || name.starts_with('$')) continue;
    const std::string below = path.empty() ? std::string(name) : cat(path, '.', name);
    entries.push_back({names[i], pool.is(values[i], ValueKind::Record)
                                     ? taken(pool, values[i], below, depth + 1)
                                     : taken_by(pool, values[i], below)});
  }
  return pool.record(entries, true);
}

// The one pattern of a mapping's filter.
ValueId only_pattern(const ValuePool& pool, ValueId filter) {
  const ValueId patterns = entry_of_record(pool, filter, "patterns");
  const bool one = patterns.exists() && pool.is(patterns, ValueKind::List) &&
                   pool.operands(patterns).size() == 1 && pool[patterns].ref == 0;
  return one ? pool.operands(patterns)[0] : ValueId{};
}

ValueId key_of_trigger(ValuePool& pool, const Stacks& stacks, const Relation& trigger) {
  const ValueId hole = pool.hole(Origin::Event, "Records[].s3.object.key", kFirstEvent);
  if (stacks[trigger.from].kind == ResourceKind::Bucket)
    return bounded(pool, entry_of_record(pool, trigger.filter, "prefix"), hole,
                   entry_of_record(pool, trigger.filter, "suffix"));
  if (stacks[trigger.from].kind != ResourceKind::Bus) return hole;
  const ValueId object =
      entry_of_record(pool, entry_of_record(pool, trigger.filter, "detail"), "object");
  const ValueId matchers = entry_of_record(pool, object, "key");
  const bool one = matchers.exists() && pool.is(matchers, ValueKind::List) &&
                   pool.operands(matchers).size() == 1;
  if (!one) return hole;
  const ValueId only = pool.operands(matchers)[0];
  return bounded(pool, entry_of_record(pool, only, "prefix"), hole,
                 entry_of_record(pool, only, "suffix"));
}

}  // namespace

bool is_attribute_value(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Record) || pool.names(value).empty()) return false;
  return std::ranges::all_of(pool.names(value), [&](StringId name) { return is_type(pool[name]); });
}

ValueId record_of(ValuePool& pool,
                  std::initializer_list<std::pair<std::string_view, ValueId>> entries, bool open) {
  std::vector<NamedValue> rows;
  for (const auto& [name, value] : entries) rows.push_back({pool.string(name), value});
  return pool.record(rows, open);
}

ValueId entry_of_record(const ValuePool& pool, ValueId record, std::string_view name) {
  if (!record.exists() || !pool.is(record, ValueKind::Record)) return {};
  for (std::size_t i = 0; i < pool.names(record).size(); ++i)
    if (pool[pool.names(record)[i]] == name) return pool.operands(record)[i];
  return {};
}

ValueId member_spelled(ValuePool& pool, ValueId value, std::string_view name) {
  if (const ValueId entry = entry_of_record(pool, value, name); entry.exists()) return entry;
  if (pool.is(value, ValueKind::Record)) {
    const std::string form = member_form(name);
    for (std::size_t i = 0; i < pool.names(value).size(); ++i)
      if (member_form(pool[pool.names(value)[i]]) == form) return pool.operands(value)[i];
  }
  return member(pool, value, name);
}

namespace {

// The fields of an object of the project's class, which are what its JSON has; else the value.
ValueId fields_of(const ValuePool& pool, ValueId value) {
  const bool is_instance = pool.is(value, ValueKind::Object) &&
                           pool.text(value).starts_with("instance:") &&
                           !pool.operands(value).empty() &&
                           pool.is(pool.operands(value)[0], ValueKind::Record);
  return is_instance ? pool.operands(value)[0] : value;
}

}  // namespace

ValueId json_content(ValuePool& pool, ValueId value) {
  if (!value.exists()) return value;
  const ValueKind kind = pool[value].kind;
  if (kind == ValueKind::Object) return fields_of(pool, value);
  if (kind != ValueKind::Text && kind != ValueKind::Pattern && kind != ValueKind::Computed)
    return value;
  const ValueId content = compute(pool, Opcode::JsonDecode, std::array{value});
  const bool is_content = !(pool.opcode(content) == Opcode::JsonDecode);
  return is_content ? fields_of(pool, content) : value;
}

std::string_view path_inside(std::string_view path) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view wrapper : kWrappers)
      if (path.starts_with(wrapper)) {
        path.remove_prefix(wrapper.size());
        again = true;
      }
  }
  return path;
}

ValueId field_at(ValuePool& pool, ValueId event, std::string_view path) {
  const bool image = is_image(path);
  ValueId value = event;
  while (!path.empty() && value.exists()) {
    const std::string_view step = next_step(path);
    if (step == "[]") {
      value = element(pool, value);
    } else {
      value = json_content(pool, value);
      if (image && is_attribute_value(pool, value) && !is_type(step)) value = pool.operands(value)[0];
      value = member_spelled(pool, value, step);
    }
    if (is_open_end(pool, value)) return {};
  }
  return image && is_attribute_value(pool, value) ? pool.operands(value)[0] : value;
}

ValueId bridged(ValuePool& pool, const CausedEvent& event, std::string_view type, ValueId bucket) {
  const ValueId key = or_unknown(pool, event.key, "object key");
  const std::string_view detail = detail_type(type);
  const std::string operation(type.substr(type.rfind(':') + 1));
  const std::string reason =
      cat(operation == "Put" || operation == "Post" || operation == "Copy" ? operation : "",
          operation == "CompleteMultipartUpload" ? operation : "Object");
  return record_of(
      pool,
      {{"source", pool.text_value("aws.s3")},
       {"detail-type", detail.empty() ? pool.unknown("detail type") : pool.text_value(detail)},
       {"detail", record_of(pool,
                            {{"bucket", record_of(pool, {{"name", bucket}}, true)},
                             {"object", record_of(pool, {{"key", key}}, true)},
                             {"reason", pool.text_value(reason)}},
                            true)}},
      true);
}

namespace {

// The record of a function's first event, as far as the trigger's filter says what it is.
ValueId first_record(ValuePool& pool, ResourceKind from, ValueId filter) {
  switch (from) {
    case ResourceKind::Queue:
    case ResourceKind::Table:
      if (const ValueId pattern = only_pattern(pool, filter); pattern.exists())
        return taken(pool, pattern, "Records[]", 0);
      break;
    case ResourceKind::Stream:
      if (const ValueId data = entry_of_record(pool, only_pattern(pool, filter), "data");
          data.exists()) {
        const ValueId known = taken(pool, data, "Records[].kinesis.data", 0);
        return record_of(pool, {{"kinesis", record_of(pool, {{"data", known}}, true)}}, true);
      }
      break;
    case ResourceKind::Topic: {
      const ValueId scope = entry_of_record(pool, filter, "scope");
      const ValueId policy = entry_of_record(pool, filter, "policy");
      const bool body =
          scope.exists() && as_text(pool, scope) == std::optional<std::string_view>("MessageBody");
      if (!body || !policy.exists()) break;
      const ValueId known = taken(pool, policy, "Records[].Sns.Message", 0);
      return record_of(pool, {{"Sns", record_of(pool, {{"Message", known}}, true)}}, true);
    }
    default: break;
  }
  return {};
}

ValueId first_message(ValuePool& pool, const Stacks& stacks, const Relation& trigger) {
  const ResourceKind from = stacks[trigger.from].kind;
  switch (from) {
    case ResourceKind::Bucket:
    case ResourceKind::Queue:
    case ResourceKind::Table:
    case ResourceKind::Stream:
    case ResourceKind::Topic:
      return one_record(pool, first_record(pool, from, trigger.filter), from, kFirstEvent);
    case ResourceKind::Bus:
      if (is_transformed(pool, stacks, trigger)) return {};
      return in_known_form(pool, taken(pool, trigger.filter, "", 0), from, "", kFirstEvent);
    case ResourceKind::Schedule:
      return is_transformed(pool, stacks, trigger) ? ValueId{}
                                                   : clock_event(pool, stacks[trigger.from]);
    default: return {};
  }
}

}  // namespace

CausedEvent first_event(ValuePool& pool, const Stacks& stacks, const Relation* trigger) {
  CausedEvent event;
  event.round = kFirstEvent;
  event.key = pool.hole(Origin::Event, "Records[].s3.object.key", kFirstEvent);
  if (trigger == nullptr || !trigger->from.exists()) return event;
  const bool handed_on = stacks[trigger->from].kind == ResourceKind::Function;
  event.invocation = handed_on ? Invocation::Asynchronous : trigger->invocation;
  event.source = trigger->from;
  event.key = key_of_trigger(pool, stacks, *trigger);
  if (trigger->input.exists()) {
    event.message = trigger->input;
    return event;
  }
  event.message = first_message(pool, stacks, *trigger);
  return event;
}

CausedEvent carried(ValuePool& pool, const Stacks& stacks, const Relation& relation,
                    const CausedEvent& event) {
  const ResourceKind from = stacks[relation.from].kind, to = stacks[relation.to].kind;
  CausedEvent next = event;
  next.invocation = relation.invocation;
  if (from == ResourceKind::Function) {
    next.invocation = Invocation::Asynchronous;
    const bool dead_letter = !relation.declared_by.exists();
    if (!dead_letter)
      next.message = invocation_record(pool, relation, event, to == ResourceKind::Bus);
    next.attributes = dead_letter ? ValueId{} : pool.record({});
  } else if (from == ResourceKind::Bucket) {
    if (to == ResourceKind::Bucket) return next;
    if (to == ResourceKind::Bus)
      next.message = event.types.empty() ? ValueId{}
                                         : bridged(pool, event, event.types.front(),
                                                   pool.reference(event.source, ""));
    else
      next.message = s3_records(pool, event);
    next.attributes = pool.record({});
  } else if (from == ResourceKind::Topic && to != ResourceKind::Function) {
    if (is_raw(pool, stacks, relation)) return next;
    next.message = record_of(
        pool,
        {{"Type", pool.text_value("Notification")},
         {"TopicArn", pool.reference(relation.from, "")},
         {"Message", or_unknown(pool, event.message, "what was sent")},
         {"MessageAttributes", wrapped_attributes(pool, event.attributes, "Value")}},
        true);
    next.attributes = pool.record({});
  } else if (from == ResourceKind::DeliveryStream && to == ResourceKind::Bucket) {
    next.types = {"s3:ObjectCreated:Put"};
    next.source = relation.to;
    next.key = bounded(pool, entry_of_record(pool, relation.filter, "prefix"),
                       pool.hole(Origin::Outside, "the delivery's name"), {});
  } else if (from == ResourceKind::StateMachine || from == ResourceKind::Pipe) {
    next = {.source = relation.to, .invocation = relation.invocation, .round = event.round};
    next.types = types_of_task(pool, relation);
    next.key = entry_of_record(pool, relation.filter, "key");
    next.message =
        relation.input.exists() ? relation.input : entry_of_record(pool, relation.filter, "sent");
    return next;
  }
  if (relation.input.exists()) {
    next.message = relation.input;
    return next;
  }
  if (is_transformed(pool, stacks, relation)) next.message = {};
  if (to == ResourceKind::Function && from != ResourceKind::Bucket &&
      from != ResourceKind::Function && next.message.exists())
    next.message = event_of_function(pool, stacks, relation.from, next);
  return next;
}

}  // namespace fnlint
