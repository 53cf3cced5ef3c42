#include "link/caused_event.h"

#include "core/text.h"
#include "values/filter.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kKeyPaths[] = {"Records[].s3.object.key", "detail.object.key",
                                          "detail.requestParameters.key"};
constexpr std::string_view kNamePaths[] = {"Records[].eventName"};

// What carries another event as a text: queues, and topics.
constexpr std::string_view kWrappers[] = {"Records[].body.", "Records[].Sns.Message.", "Message."};

bool is_one_of(std::string_view path, std::span<const std::string_view> paths) {
  return std::find(paths.begin(), paths.end(), path) != paths.end();
}

// The value with the fields of an S3 event put in; other fields of the event become those of a
// later event.
ValueId with_event(Engine& engine, ValueId value, ValueId key,
                   std::span<const std::string_view> types, bool later) {
  ValuePool& pool = engine.pool();
  Substitution substitution;
  substitution.leaf = [&](ValueId leaf) -> ValueId {
    const Value& row = pool[leaf];
    if (row.kind != ValueKind::Hole || row.origin != Origin::Event || row.ref != 0) return {};
    const std::string path(path_inside(pool.text(leaf)));
    if (key.exists() && is_one_of(path, kKeyPaths)) return key;
    if (is_one_of(path, kNamePaths) && !types.empty()) {
      std::vector<Alternative> names;
      for (const std::string_view type : types) {
        const std::string_view name = type.starts_with("s3:") ? type.substr(3) : type;
        names.push_back({pool.text_value(name), {}});
      }
      return pool.one_of(names);
    }
    return later ? pool.hole(Origin::Event, std::string(pool.text(leaf)), 2) : ValueId{};
  };
  substitution.recompute = [&](std::string_view name, std::span<const ValueId> operands) {
    return engine.recompute(name, operands, 0);
  };
  return engine.substitute(value, substitution);
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

ValueId make_record(ValuePool& pool,
                    std::initializer_list<std::pair<std::string_view, ValueId>> entries,
                    bool open) {
  std::vector<NamedValue> rows;
  for (const auto& [name, value] : entries) rows.push_back({pool.string(name), value});
  return pool.record(rows, open);
}

// What EventBridge makes of an S3 event. Source: S3 user guide, "EventBridge event message
// structure".
ValueId bridged(ValuePool& pool, const CausedEvent& event, std::string_view type, ValueId name) {
  const ValueId key = event.key.exists() ? event.key : pool.unknown("object key");
  const std::string_view detail = detail_type(type);
  const std::string operation(type.substr(type.rfind(':') + 1));
  const std::string reason =
      cat(operation == "Put" || operation == "Post" || operation == "Copy" ? operation : "",
          operation == "CompleteMultipartUpload" ? operation : "Object");
  return make_record(
      pool,
      {{"source", pool.text_value("aws.s3")},
       {"detail-type", detail.empty() ? pool.unknown("detail type") : pool.text_value(detail)},
       {"detail", make_record(pool,
                              {{"bucket", make_record(pool, {{"name", name}}, true)},
                               {"object", make_record(pool, {{"key", key}}, true)},
                               {"reason", pool.text_value(reason)}},
                              true)}},
      true);
}

Answer any(Answer a, Answer b) {
  if (a == Answer::Yes || b == Answer::Yes) return Answer::Yes;
  return a == Answer::Unknown || b == Answer::Unknown ? Answer::Unknown : Answer::No;
}

ValueId entry(const ValuePool& pool, ValueId record, std::string_view name) {
  if (!record.exists() || pool[record].kind != ValueKind::Record) return {};
  for (std::size_t i = 0; i < pool.names(record).size(); ++i)
    if (pool[pool.names(record)[i]] == name) return pool.operands(record)[i];
  return {};
}

Answer passes_patterns(ValuePool& pool, ValueId filter, ValueId event) {
  const ValueId patterns = entry(pool, filter, "patterns");
  if (!patterns.exists() || pool[patterns].kind != ValueKind::List ||
      pool.operands(patterns).empty())
    return Answer::Yes;
  if (!event.exists()) return Answer::Unknown;
  Answer answer = Answer::No;
  const std::vector<ValueId> all(pool.operands(patterns).begin(), pool.operands(patterns).end());
  for (const ValueId pattern : all)
    answer = any(answer, matches_event_pattern(pool, pattern, event));
  return answer;
}

// A test of metadata or tags of the source object that the write itself sets: a mark that ends the
// chain.
bool tests_own_mark(const ValuePool& pool, const Effect& effect, ValueId test) {
  bool reads_marks = false;
  std::vector<std::string> words;
  for_each_below(pool, test, [&](ValueId id) {
    const std::string_view text = pool.text(id);
    if (pool[id].kind == ValueKind::Object || pool[id].kind == ValueKind::Computed) {
      const std::string path = lower(text);
      if (path.find("head_object") != std::string::npos ||
          path.find("headobject") != std::string::npos ||
          path.find("get_object") != std::string::npos ||
          path.find("getobject") != std::string::npos)
        reads_marks = true;
    }
    if (pool[id].kind == ValueKind::Text) words.push_back(lower(text));
  });
  if (!reads_marks) return false;
  const ValueId metadata = entry(pool, effect.arguments, "Metadata");
  if (metadata.exists() && pool[metadata].kind == ValueKind::Record)
    for (const StringId name : pool.names(metadata))
      if (std::find(words.begin(), words.end(), lower(pool[name])) != words.end()) return true;
  const ValueId tagging = entry(pool, effect.arguments, "Tagging");
  if (tagging.exists())
    for (const std::string& word : words)
      if (word.size() > 2 && lower(describe(pool, tagging)).find(word) != std::string::npos)
        return true;
  return false;
}

// A pattern names a bucket by reference or by its name; the one that the template uses decides.
Answer passes_rule(ValuePool& pool, const Stacks& stacks, const Relation& rule,
                   const CausedEvent& event) {
  Answer answer = Answer::No;
  const ValueId reference = pool.reference(event.source, "");
  const ValueId name = stacks[event.source].physical_name;
  const bool named = name.exists() && pool[name].kind != ValueKind::Absent;
  for (const std::string_view type : event.types) {
    Answer one = matches_event_pattern(pool, rule.filter, bridged(pool, event, type, reference));
    if (one != Answer::Yes && named)
      one = matches_event_pattern(pool, rule.filter, bridged(pool, event, type, name));
    answer = any(answer, one);
  }
  return answer;
}

// A test of what the chain does not carry on: another field than the key. Tests of the event's
// shape are none, because the next event has the same.
bool asks_other_fields(const ValuePool& pool, ValueId test) {
  const std::string_view name =
      pool[test].kind == ValueKind::Computed ? pool.text(test) : std::string_view{};
  if (name == "has" || name == "type_is" || name == "is_null" || name == "truthy") return false;
  if (name == "not" || name == "and" || name == "or")
    return std::ranges::any_of(pool.operands(test),
                               [&](ValueId part) { return asks_other_fields(pool, part); });
  bool asks = false;
  for_each_below(pool, test, [&](ValueId id) {
    if (pool[id].kind == ValueKind::Hole && pool[id].origin == Origin::Event && pool[id].ref == 2)
      asks = true;
  });
  return asks;
}

}  // namespace

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

CausedEvent caused_by(Engine& engine, const Effect& effect, ValueId incoming_key) {
  const Operation& operation = operations()[effect.operation];
  CausedEvent event;
  event.types.assign(operation.events.begin(), operation.events.end());
  event.source = effect.target;
  if (effect.key.exists()) event.key = with_event(engine, effect.key, incoming_key, {}, false);
  return event;
}

ValueId key_of_trigger(ValuePool& pool, const Stacks& stacks, const Relation& trigger) {
  const ValueId hole = pool.hole(Origin::Event, "Records[].s3.object.key", 1);
  if (!trigger.from.exists()) return hole;
  const ResourceKind kind = stacks[trigger.from].kind;
  if (kind != ResourceKind::Bucket && kind != ResourceKind::Bus) return hole;
  std::vector<ValueId> parts;
  ValueId bounds = trigger.filter;
  if (kind == ResourceKind::Bus) {  // {prefix: P} as the one matcher of the key
    const ValueId object = entry(pool, entry(pool, trigger.filter, "detail"), "object");
    const ValueId matchers = entry(pool, object, "key");
    if (!matchers.exists() || pool[matchers].kind != ValueKind::List ||
        pool.operands(matchers).size() != 1)
      return hole;
    bounds = pool.operands(matchers)[0];
  }
  const ValueId prefix = entry(pool, bounds, "prefix"), suffix = entry(pool, bounds, "suffix");
  if (prefix.exists() && pool[prefix].kind != ValueKind::Absent) parts.push_back(prefix);
  parts.push_back(hole);
  if (suffix.exists() && pool[suffix].kind != ValueKind::Absent) parts.push_back(suffix);
  return pool.concat(parts);
}

Answer passes(ValuePool& pool, const Stacks& stacks, const Relation& relation,
              const CausedEvent& event) {
  const ResourceKind kind = stacks[relation.from].kind;
  const bool from_bucket =
      event.source.exists() && stacks[event.source].kind == ResourceKind::Bucket;
  Answer answer = Answer::No;
  if (kind == ResourceKind::Bucket) {
    if (relation.filter.exists() && pool[relation.filter].kind == ValueKind::Record &&
        entry(pool, relation.filter, "events").exists()) {
      for (const std::string_view type : event.types)
        answer = any(answer, matches_notification(pool, relation.filter, type, event.key));
      return answer;
    }
    return event.types.empty() ? Answer::No : Answer::Yes;  // to EventBridge: every event
  }
  if (kind == ResourceKind::Bus) {
    if (!relation.filter.exists() || pool[relation.filter].kind == ValueKind::Absent)
      return Answer::No;  // a schedule
    if (!from_bucket)
      return event.body.exists() ? matches_event_pattern(pool, relation.filter, event.body)
                                 : Answer::Unknown;
    return passes_rule(pool, stacks, relation, event);
  }
  if (kind == ResourceKind::Queue || kind == ResourceKind::Stream || kind == ResourceKind::Table)
    return passes_patterns(pool, relation.filter, event.body);
  if (kind == ResourceKind::Topic) {
    const ValueId policy = entry(pool, relation.filter, "policy");
    return policy.exists() && pool[policy].kind == ValueKind::Record ? Answer::Unknown
                                                                     : Answer::Yes;
  }
  return Answer::Yes;
}

bool happens_again(Engine& engine, const Effect& effect, const CausedEvent& event,
                   std::uint8_t& evidence) {
  ValuePool& pool = engine.pool();
  for (const Fact& fact : effect.holds) {
    const ValueId test = with_event(engine, fact.test, event.key, event.types, true);
    const Answer answer = truth(pool, test);
    if (answer != Answer::Unknown && (answer == Answer::Yes) != fact.holds) return false;
    if (answer == Answer::Unknown && tests_own_mark(pool, effect, fact.test)) return false;
    if (answer == Answer::Unknown && !is_success(pool, fact) &&
        !is_bound_of_loop(pool, fact.test) &&
        (!is_readable(pool, fact.test) || asks_other_fields(pool, test)))
      evidence |= kConditional;
  }
  return true;
}

}  // namespace fnlint
