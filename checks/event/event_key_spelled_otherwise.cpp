// What a call is given comes back in an event that AWS makes of it: the tags of a job, the
// attributes of a message. A key that is read in another spelling than it is written is never
// there.

#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"
#include "values/compute.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace fnlint {

namespace {

// Source: AWS Batch User Guide, "Batch job state change events"; SQS and SNS as event sources of
// Lambda.
struct CarriedKeys {
  std::string_view read = {};       // where the event has them
  std::string_view operation = {};  // what they are given to, ...
  std::string_view member = {};     // ... and as what
  std::string_view words = {};
};
constexpr std::array kCarried{
    CarriedKeys{"detail.tags.", "batch.SubmitJob", "tags", "the job's tags"},
    CarriedKeys{"detail.parameters.", "batch.SubmitJob", "parameters", "the job's parameters"},
    CarriedKeys{"Records[].messageAttributes.", "sqs.SendMessage", "MessageAttributes",
                "the message's attributes"},
    CarriedKeys{"Records[].Sns.MessageAttributes.", "sns.Publish", "MessageAttributes",
                "the message's attributes"},
};

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

WrittenKeys written_by(const Project& project, const CarriedKeys& row) {
  const ValuePool& pool = *project.pool;
  WrittenKeys written;
  const auto add = [&](const Effect& effect) {
    if (operations()[effect.operation].id != row.operation) return;
    const ValueId given = entry_of(pool, effect.arguments, row.member);
    if (!given.exists()) {
      written.is_open = written.is_open || may_have_more(pool, effect.arguments);
      return;
    }
    if (!pool.is(given, ValueKind::Record) || may_have_more(pool, given)) {
      written.is_open = true;
      return;
    }
    for (const StringId name : pool.names(given))
      written.keys.push_back({std::string(pool[name]), effect.where});
  };
  for (const LambdaFunction& function : project.functions)
    for (const auto* effects : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *effects) add(effect);
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

void check(const Project& project, const CarriedKeys& row, Findings& findings) {
  const WrittenKeys written = written_by(project, row);
  if (written.is_open || written.keys.empty()) return;
  std::set<Span> told;
  for (const LambdaFunction& function : project.functions)
    for (const InputRead& read : function.reads) {
      const std::string_view key = key_read(*project.pool, read.value, row.read);
      if (key.empty() ||
          std::ranges::any_of(written.keys, [&](const WrittenKey& one) { return one.name == key; }))
        continue;
      const auto meant = std::ranges::find_if(written.keys, [&](const WrittenKey& one) {
        return plain_spelling(one.name) == plain_spelling(key);
      });
      if (meant == written.keys.end() || !told.insert(read.where).second) continue;
      findings.push_back(FindingBuilder("event-key-spelled-otherwise", read.evidence | kHeuristic)
                             .about(function)
                             .at(read.where)
                             .says("'", function.name, "' reads '", key, "' of ", row.words,
                                   ", where the project writes '", meant->name,
                                   "': keys are told apart by case, too, so it is never there.")
                             .identified(function.name, ':', key)
                             .related(meant->where, "'", meant->name, "' is written here.")
                             .along(read.path, read.where, "It is read here."));
    }
}

}  // namespace

void event_key_spelled_otherwise(const Project& project, const Settings&, Findings& findings) {
  for (const CarriedKeys& row : kCarried) check(project, row, findings);
}

}  // namespace fnlint
