// What a call is given comes back in an event that AWS makes of it: the tags of a job, the
// attributes of a message. A key that is read in another spelling than it is written is not there.

#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/compute.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

struct WrittenKey {
  std::string name = {};
  Span where = {};
};
struct WrittenKeys {
  std::vector<WrittenKey> keys = {};
  bool is_open = false;  // some are not known
};

// Without what spellings differ in: case, "_" and "-".
std::string plain_spelling(std::string_view key) {
  std::string plain = lower(key);
  std::erase_if(plain, [](char one) { return one == '_' || one == '-'; });
  return plain;
}

// The keys of what one call gives, or of each entry of one that gives many.
void add_given(const ValuePool& pool, const GivenKeys& row, const Effect& effect, ValueId arguments,
               WrittenKeys& written) {
  const ValueId given = entry_of(pool, arguments, row.member);
  if (!given.exists()) {
    written.is_open = written.is_open || may_have_more(pool, arguments);
    return;
  }
  if (!pool.is(given, ValueKind::Record) || may_have_more(pool, given)) {
    written.is_open = true;
    return;
  }
  for (const StringId name : pool.names(given))
    written.keys.push_back({std::string(pool[name]), effect.where});
}

void add_effect(const ValuePool& pool, const GivenKeys& row, const Effect& effect,
                WrittenKeys& written) {
  if (row.entries.empty()) return add_given(pool, row, effect, effect.arguments, written);
  const ValueId entries = entry_of(pool, effect.arguments, row.entries);
  const auto is_record = [&](ValueId one) { return pool.is(one, ValueKind::Record); };
  if (!entries.exists() || !pool.is(entries, ValueKind::List) || pool[entries].ref != 0 ||
      !std::ranges::all_of(pool.operands(entries), is_record)) {
    written.is_open = true;
    return;
  }
  for (const ValueId one : pool.operands(entries)) add_given(pool, row, effect, one, written);
}

// Whether the effect may send to the source; one that is written as a text is known.
bool may_send_to(const ValuePool& pool, const Effect& effect, ResourceId source) {
  if (effect.target.exists()) return effect.target == source;
  return !effect.target_value.exists() || !pool.is(effect.target_value, ValueKind::Text);
}

// All that the project's code gives to what comes back by the trigger. What comes to a queue from
// elsewhere brings keys of its own.
WrittenKeys written_to(const Project& project, const Relation& trigger, std::string_view path) {
  const ValuePool& pool = *project.pool;
  WrittenKeys written;
  const bool of_service = project.stacks[trigger.from].kind == ResourceKind::Bus;
  for (const Relation& other : project.stacks.relations)
    written.is_open = written.is_open || (!of_service && other.to == trigger.from);
  for (const LambdaFunction& function : project.functions) {
    written.is_open = written.is_open || !function.resolved || function.cut != 0 ||
                      !function.not_followed.empty();
    for (const auto* effects : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *effects)
        for (const GivenKeys& row : given_keys()) {
          if (row.path != path || operations()[effect.operation].id != row.operation) continue;
          if (row.from.empty() && !may_send_to(pool, effect, trigger.from)) continue;
          if (row.from.empty() && !effect.target.exists()) written.is_open = true;
          add_effect(pool, row, effect, written);
        }
  }
  return written;
}

// The key that is read there, by its name; empty: it is no such read.
std::string_view key_read(const ValuePool& pool, ValueId value, std::string_view prefix) {
  if (!pool.is(value, ValueKind::Hole) || pool[value].origin != Origin::Event) return {};
  std::string_view path = pool.text(value);
  if (!path.starts_with(prefix)) return {};
  path.remove_prefix(prefix.size());
  return path.substr(0, path.find_first_of(".["));
}

// The one trigger that the event with these keys comes by; null: there are others, or none.
const Relation* trigger_of(const Project& project, const RelationsTo& relations,
                           const LambdaFunction& function, const GivenKeys& row) {
  const Relation* found = nullptr;
  for (const Relation* const trigger : relations[function.resource]) {
    if (trigger->kind != RelationKind::Trigger) continue;
    if (found != nullptr || !trigger->from.exists() ||
        project.stacks[trigger->from].kind != row.kind)
      return nullptr;
    found = trigger;
  }
  if (found == nullptr || row.from.empty()) return found;
  const std::vector<std::string_view> asked = asked_texts(*project.pool, found->filter, "source");
  return asked.size() == 1 && asked[0] == row.from ? found : nullptr;
}

void check(const Project& project, const LambdaFunction& function, const GivenKeys& row,
           const Relation& trigger, std::set<Span>& told, Findings& findings) {
  WrittenKeys written;
  bool is_asked = false;
  for (const InputRead& read : function.reads) {
    const std::string_view key = key_read(*project.pool, read.value, row.path);
    if (key.empty()) continue;
    if (!is_asked) written = written_to(project, trigger, row.path);
    is_asked = true;
    if (written.is_open) return;
    const auto is_it = [&](const WrittenKey& one) { return one.name == key; };
    const auto meant = std::ranges::find_if(written.keys, [&](const WrittenKey& one) {
      return plain_spelling(one.name) == plain_spelling(key);
    });
    if (meant == written.keys.end() || std::ranges::any_of(written.keys, is_it) ||
        !told.insert(read.where).second)
      continue;
    findings.push_back(FindingBuilder("event-key-spelled-otherwise", read.evidence | kHeuristic)
                           .about(function)
                           .at(read.where)
                           .says("'", function.name, "' reads '", key, "' of ", row.words,
                                 ", where the project writes '", meant->name,
                                 "': keys are told apart by case, too, so then it is not there.")
                           .identified(function.name, ':', key)
                           .related(meant->where, "'", meant->name, "' is written here.")
                           .along(read.path, read.where, "It is read here."));
  }
}

}  // namespace

void event_key_spelled_otherwise(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  std::set<Span> told;
  for (const LambdaFunction& function : project.functions)
    for (const GivenKeys& row : given_keys())
      if (const Relation* trigger = trigger_of(project, relations, function, row))
        check(project, function, row, *trigger, told, findings);
}

}  // namespace fnlint
