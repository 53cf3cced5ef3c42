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
#include <map>
#include <set>
#include <utility>

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

// All that the project's code gives to what comes back by a trigger. What comes to a queue from
// elsewhere brings keys of its own. Effects are gone through once, when the first is asked for.
class WrittenByAll {
 public:
  explicit WrittenByAll(const Project& project) : project_(project) {}
  [[nodiscard]] const Project& project() const { return project_; }
  const WrittenKeys& to(ResourceId source, std::string_view path) {
    const auto [known, is_new] = known_.try_emplace({source, path});
    if (is_new) known->second = found(source, path);
    return known->second;
  }

 private:
  struct Given {
    std::size_t number = 0;  // they are told in the order of the project
    const GivenKeys* row = nullptr;
    const Effect* effect = nullptr;
  };
  using Path = std::string_view;

  WrittenKeys found(ResourceId source, Path path);
  void collect();
  void add(const Effect& effect);

  const Project& project_;
  bool is_collected_ = false, is_open_ = false;
  std::size_t number_ = 0;
  std::set<ResourceId> receiving_ = {};  // of any relation
  std::set<Path> open_ = {};             // something may send to any source
  std::map<Path, std::vector<Given>> of_services_ = {};
  std::map<std::pair<ResourceId, Path>, std::vector<Given>> to_sources_ = {};
  std::map<std::pair<ResourceId, Path>, WrittenKeys> known_ = {};
};

void WrittenByAll::add(const Effect& effect) {
  for (const GivenKeys& row : given_keys()) {
    if (operations()[effect.operation].id != row.operation) continue;
    const Given given{number_++, &row, &effect};
    if (!row.from.empty())
      of_services_[row.path].push_back(given);
    else if (effect.target.exists())
      to_sources_[{effect.target, row.path}].push_back(given);
    else if (may_send_to(*project_.pool, effect, {}))
      open_.insert(row.path);
  }
}

void WrittenByAll::collect() {
  is_collected_ = true;
  for (const Relation& relation : project_.stacks.relations) receiving_.insert(relation.to);
  for (const LambdaFunction& function : project_.functions) {
    is_open_ =
        is_open_ || !function.resolved || function.cut != 0 || !function.not_followed.empty();
    for (const auto* effects : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *effects) add(effect);
  }
}

WrittenKeys WrittenByAll::found(ResourceId source, Path path) {
  if (!is_collected_) collect();
  WrittenKeys written;
  const bool of_service = project_.stacks[source].kind == ResourceKind::Bus;
  written.is_open =
      is_open_ || open_.contains(path) || (!of_service && receiving_.contains(source));
  std::vector<Given> all = of_services_[path];
  const std::vector<Given>& sent = to_sources_[{source, path}];
  all.insert(all.end(), sent.begin(), sent.end());
  std::ranges::sort(all, {}, &Given::number);
  for (const Given& one : all) add_effect(*project_.pool, *one.row, *one.effect, written);
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

void check(WrittenByAll& all, const LambdaFunction& function, const GivenKeys& row,
           const Relation& trigger, std::set<Span>& told, Findings& findings) {
  for (const InputRead& read : function.reads) {
    const std::string_view key = key_read(*all.project().pool, read.value, row.path);
    if (key.empty()) continue;
    const WrittenKeys& written = all.to(trigger.from, row.path);
    if (written.is_open) return;
    const auto is_it = [&](const WrittenKey& one) { return one.name == key; };
    const auto meant = std::ranges::find_if(written.keys, [&](const WrittenKey& one) {
      return plain_spelling(one.name) == plain_spelling(key);
    });
    if (meant == written.keys.end() || std::ranges::any_of(written.keys, is_it) ||
        !told.insert(read.where).second)
      continue;
    findings.push_back(FindingBuilder("event-key-spelled-otherwise", read.uncertainty | kHeuristic)
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
  WrittenByAll all(project);
  std::set<Span> told;
  for (const LambdaFunction& function : project.functions)
    for (const GivenKeys& row : given_keys())
      if (const Relation* trigger = trigger_of(project, relations, function, row))
        check(all, function, row, *trigger, told, findings);
}

}  // namespace fnlint
