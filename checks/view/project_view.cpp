// Lookups over resources, properties and library objects, the words that messages use for them, and
// comparison of path conditions.

#include "checks/view/project_view.h"

#include "core/text.h"
#include "values/implied.h"
#include "values/pool.h"
#include "values/presence.h"
#include "values/value_memo.h"

#include <algorithm>

namespace fnlint {

const Property* property_of(const Project& project, ResourceId resource, std::string_view path) {
  return find_property(*project.pool, project.stacks, resource, path);
}

std::vector<NamedProperty> properties_below(const Project& project, ResourceId resource,
                                            std::string_view path) {
  std::vector<NamedProperty> found;
  const Slice<Property> rows = project.stacks[resource].properties;
  for (std::uint32_t i = rows.first; i < rows.first + rows.count; ++i) {
    const Property& row = project.stacks.properties[i];
    std::string_view name = (*project.pool)[row.path];
    if (name.size() <= path.size() || !name.starts_with(path) || name[path.size()] != '.') continue;
    name.remove_prefix(path.size() + 1);
    if (name.find('.') == std::string_view::npos) found.push_back({name, &row});
  }
  return found;
}

const Property* source_property(const Project& project, const Relation& trigger,
                                std::string_view path) {
  const ResourceId by = trigger.declared_by;
  if (!by.exists()) return nullptr;
  if (const Property* own = property_of(project, by, path)) return own;
  if (!project.stacks[by].generated || !trigger.to.exists()) return nullptr;
  const std::string function = name_of(project, trigger.to), made = name_of(project, by);
  if (!made.starts_with(function)) return nullptr;
  return property_of(project, trigger.to,
                     cat("Events.", made.substr(function.size()), ".Properties.", path));
}

bool is_alarm(const Project& project, const Resource& resource) {
  const std::string_view type = (*project.pool)[resource.type];
  return type == "AWS::CloudWatch::Alarm" || type == "AWS::CloudWatch::CompositeAlarm";
}

ResourceId resource_meant(const Project& project, ValueId value) {
  const Value& row = (*project.pool)[value];
  return row.kind == ValueKind::Reference
             ? project.stacks.meant(ResourceId{static_cast<std::uint32_t>(row.ref)})
             : ResourceId{};
}

std::vector<ResourceId> all_referenced(const Project& project, ResourceId resource,
                                       std::string_view path) {
  const ValuePool& pool = *project.pool;
  const Property* const list = property_of(project, resource, path);
  if (list == nullptr || !pool.is(list->value, ValueKind::List) || pool[list->value].ref != 0)
    return {};
  std::vector<ResourceId> all;
  for (const ValueId one : pool.operands(list->value)) {
    all.push_back(resource_meant(project, one));
    if (!all.back().exists()) return {};
  }
  return all;
}

std::set<ResourceId> referred_by(const Project& project, const Resource& resource) {
  const ValuePool& pool = *project.pool;
  std::set<ResourceId> referred;
  ValueMemo seen;
  const Slice<Property> rows = resource.properties;
  for (std::uint32_t row = rows.first; row < rows.first + rows.count; ++row)
    if (const ValueId value = project.stacks.properties[row].value; value.exists())
      for_each_below(pool, value, seen, [&](ValueId id) {
        if (pool.is(id, ValueKind::Reference))
          referred.insert(ResourceId{static_cast<std::uint32_t>(pool[id].ref)});
      });
  return referred;
}

Span anchor_of(const Property& property) {
  // A block below its key begins lines later; the key is what the reader looks for.
  const bool beside = property.where.file == property.key.file &&
                      property.where.range.begin >= property.key.range.end &&
                      property.where.range.begin - property.key.range.end <= 4;
  return beside || property.key.range.begin == property.key.range.end ? property.where
                                                                      : property.key;
}

void add_given(const Property& property, Finding& finding) {
  // A file of its own: below its key is no other place.
  if (property.where.file.exists() && property.key.file.exists() &&
      property.where.file != property.key.file && property.where != finding.where)
    finding.related.push_back({property.where, "The value is given here."});
}

std::string_view literal_ending(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return {};
  if (pool.is(value, ValueKind::Pattern) && !pool.operands(value).empty())
    value = pool.operands(value).back();
  if (!pool.is(value, ValueKind::Text)) return {};
  const std::string_view text = pool.text(value);
  return text.substr(0, text.find('?'));
}

std::string name_of(const Project& project, ResourceId resource) {
  return resource.exists() ? std::string((*project.pool)[project.stacks[resource].address])
                           : std::string();
}

std::string_view type_of(const Project& project, ResourceId resource) {
  return resource.exists() ? (*project.pool)[project.stacks[resource].type] : std::string_view();
}

std::uint32_t root_scope(const Stacks& stacks, std::uint32_t scope) {
  for (std::size_t depth = 0; depth < kNestingDepth; ++depth) {
    if (scope >= stacks.scopes.size() || stacks.scopes[scope].parent == UINT32_MAX) break;
    scope = stacks.scopes[scope].parent;
  }
  return scope;
}

bool all_hold(const std::vector<Fact>& facts, const std::vector<Fact>& among) {
  return std::ranges::all_of(
      facts, [&](const Fact& fact) { return std::ranges::find(among, fact) != among.end(); });
}

namespace {

// Whatever answered a fact's test, the other facts have that otherwise: `not emails or none of
// them` beside `emails` and `some of them`.
bool refutes(const ValuePool& pool, const std::vector<Fact>& other, const Fact& fact) {
  return is_implied(pool, fact, [&](const Fact& answered) {
    return std::ranges::any_of(other, [&](const Fact& one) {
      ValueId asked = one.test;
      while (asked != answered.test && pool.opcode(asked) == Opcode::Truthy)
        asked = pool.operands(asked)[0];
      return asked == answered.test && one.holds != answered.holds;
    });
  });
}

}  // namespace

bool exclude_each_other(const ValuePool& pool, const std::vector<Fact>& one,
                        const std::vector<Fact>& other) {
  return std::ranges::any_of(one, [&](const Fact& fact) { return refutes(pool, other, fact); }) ||
         std::ranges::any_of(other, [&](const Fact& fact) { return refutes(pool, one, fact); });
}

std::string_view kind_label(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::Bucket: return "bucket";
    case ResourceKind::Queue: return "queue";
    case ResourceKind::Topic: return "topic";
    case ResourceKind::Table: return "table";
    case ResourceKind::Stream: return "stream";
    case ResourceKind::Bus: return "event bus";
    case ResourceKind::Rule: return "rule";
    case ResourceKind::Schedule: return "schedule";
    case ResourceKind::StateMachine: return "state machine";
    case ResourceKind::Pipe: return "pipe";
    case ResourceKind::Function: return "function";
    case ResourceKind::LogGroup: return "log group";
    case ResourceKind::Api: return "API";
    case ResourceKind::FunctionUrl: return "function URL";
    case ResourceKind::TopicRule: return "IoT rule";
    case ResourceKind::UserPool: return "user pool";
    case ResourceKind::Broker: return "broker";
    case ResourceKind::Cluster: return "cluster";
    default: return "resource";
  }
}

std::string_view loading_words(Language language) {
  switch (language) {
    case Language::Java:
    case Language::CSharp: return "while the class loads";
    case Language::Go:
    case Language::Rust:
    case Language::Cpp: return "while the program starts";
    default: return "while the module loads";
  }
}

std::string with_article(std::string_view words) {
  const bool vowel = !words.empty() && std::string_view("AEIOaeio").find(words.front()) !=
                                           std::string_view::npos;
  return cat(vowel ? "an " : "a ", words);
}

LibraryClass class_of(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return LibraryClass::None;
  if (pool[value].kind == ValueKind::OneOf) {
    for (const ValueId one : pool.operands(value))
      if (const LibraryClass kind = class_of(pool, one); kind != LibraryClass::None) return kind;
    return LibraryClass::None;
  }
  if (pool[value].kind != ValueKind::Object) return LibraryClass::None;
  return library_class(pool.text(value));
}

std::string_view guard_of(const ValuePool& pool, ValueId test) {
  const bool is_one = pool.opcode(test) == Opcode::Guarded && !pool.operands(test).empty();
  return is_one ? pool.text(pool.operands(test)[0]) : std::string_view();
}

bool is_guard(const ValuePool& pool, ValueId test, std::string_view kind) {
  return guard_of(pool, test) == kind;
}

bool names_nothing(const ValuePool& pool, const Effect& effect) {
  return effect.target_value.exists() && pool.is(effect.target_value, ValueKind::Text) &&
         pool.text(effect.target_value).empty();
}

bool waits_for_input(const ValuePool& pool, const Effect& effect) {
  return std::ranges::any_of(effect.holds, [&](const Fact& fact) {
    bool waits = false;
    for_each_below(pool, fact.test,
                   [&](ValueId id) { waits = waits || may_be_left_out(pool, id); });
    return waits;
  });
}

ValueId entry_of(const ValuePool& pool, ValueId record, std::string_view name) {
  if (!record.exists() || pool[record].kind != ValueKind::Record) return {};
  for (std::size_t i = pool.names(record).size(); i-- > 0;)
    if (pool[pool.names(record)[i]] == name) return pool.operands(record)[i];
  return {};
}

bool may_have_more(const ValuePool& pool, ValueId arguments) {
  return !pool.is(arguments, ValueKind::Record) || pool[arguments].ref != 0 ||
         entry_of(pool, arguments, "**").exists();
}

}  // namespace fnlint
