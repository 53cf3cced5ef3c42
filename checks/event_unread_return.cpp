// Who invokes a function asynchronously does not wait for what it returns.

#include "checks/event_unread_return.h"

#include "core/text.h"
#include "values/confidence.h"

namespace fnlint {

namespace {

// What invokes the function, where all of it is asynchronous and none is told of the result; null:
// somebody may read it.
const Relation* only_asynchronous(const RelationsTo& relations, const OtherCallers& others,
                                  const LambdaFunction& function) {
  if (others.may_call(function.resource) || others.are_told_by(function.resource)) return nullptr;
  const Relation* first = nullptr;
  for (const Relation* const relation : relations[function.resource]) {
    const bool starts =
        relation->kind == RelationKind::Trigger || relation->kind == RelationKind::Forward;
    if (!starts) continue;
    if (relation->kind == RelationKind::Forward || !relation->from.exists() ||
        relation->invocation != Invocation::Asynchronous)
      return nullptr;
    if (first == nullptr) first = relation;
  }
  return first;
}

// A status that says that it failed.
bool says_failure(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Record)) return false;
  const ValueId status = entry_of(pool, value, "statusCode");
  const std::optional<std::int64_t> code =
      status.exists() ? as_integer(pool, status) : std::nullopt;
  return code && *code >= 400 && *code <= 599;
}

// Data, and not only a word that it is done.
bool is_told(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Record) && !pool.is(value, ValueKind::List)) return false;
  bool told = false;
  for_each_below(pool, value, [&](ValueId id) { told = told || pool.is(id, ValueKind::Hole); });
  return told;
}

}  // namespace

void unread_return(const Project& project, const RelationsTo& relations, const OtherCallers& others,
                   const LambdaFunction& function, Findings& findings) {
  const ValuePool& pool = *project.pool;
  const ReturnedValue* told = nullptr;
  bool fails = false;
  for (const ReturnedValue& returned : function.returns) {
    if (!returned.value.exists()) continue;
    const bool failure = says_failure(pool, returned.value);
    if ((failure && !fails) || (told == nullptr && is_told(pool, returned.value))) told = &returned;
    fails = fails || failure;
  }
  if (told == nullptr) return;
  const Relation* trigger = only_asynchronous(relations, others, function);
  if (trigger == nullptr) return;
  const std::string source = words_of_source(project, *trigger);
  Finding finding;
  finding.rule = "event-response-shape";
  finding.severity = Severity::Note;
  // Data may be there for who invokes the function by hand; an error that counts as success is lost.
  finding.confidence =
      fails ? confidence_of(static_cast<std::uint8_t>(told->evidence | trigger->evidence))
            : Confidence::Possible;
  finding.message =
      fails
          ? cat("The handler returns an error to ", source,
                ", which does not wait for an answer: the event counts as handled, and is neither "
                "tried again nor kept.")
          : cat("What the handler returns goes nowhere: ", source, " does not wait for an answer.");
  finding.where = told->where;
  finding.function = function.name;
  finding.related.push_back({trigger->where, "This invokes it asynchronously."});
  finding.identity = cat(function.name, " unread");
  findings.push_back(std::move(finding));
}

}  // namespace fnlint
