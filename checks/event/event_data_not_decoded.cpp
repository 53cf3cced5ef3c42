// Some sources put what they were given into an envelope: base64, and gzip below it. Code that
// reads the payload as if it were not there fails with each event.

#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

namespace {

// What is done with it, as a read says: "parsed", "unwrapped", "unzipped".
bool is_marked(const ValuePool& pool, const InputRead& read, std::string_view mark) {
  return pool.is(read.value, ValueKind::Computed) && pool.text(read.value) == mark;
}

const InputRead* find_marked(const Project& project, const LambdaFunction& function,
                             std::string_view mark, std::string_view path) {
  const auto found = std::ranges::find_if(function.reads, [&](const InputRead& read) {
    if (!is_marked(*project.pool, read, mark)) return false;
    const ValueId of = project.pool->operands(read.value)[0];
    // "records" of some events are "Records" of others.
    return lower(project.pool->text(of)) == lower(path);
  });
  return found == function.reads.end() ? nullptr : &*found;
}

// Whatever of the event it is done with.
bool does(const Project& project, const LambdaFunction& function, std::string_view mark) {
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    return is_marked(*project.pool, read, mark);
  });
}

const Relation* trigger_of(const Project& project, const RelationsTo& relations,
                           ResourceId function, ResourceKind kind) {
  for (const Relation* const row : relations[function])
    if (row->kind == RelationKind::Trigger && row->from.exists() &&
        project.stacks[row->from].kind == kind)
      return row;
  return nullptr;
}

FindingBuilder finding_at(const LambdaFunction& function, const InputRead& read,
                          std::uint8_t uncertainty) {
  return FindingBuilder("event-data-not-decoded", uncertainty)
      .about(function)
      .at(read.where)
      .with_steps(read.path, read.where, "It is read here.");
}

std::uint8_t uncertainty_of(const InputRead& read, const Relation& trigger) {
  auto uncertainty = static_cast<std::uint8_t>(read.uncertainty | trigger.uncertainty);
  if ((read.flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
  return uncertainty;
}

void check_encoded(const Project& project, const RelationsTo& relations,
                   const LambdaFunction& function, Findings& findings) {
  for (const EncodedField& field : encoded_fields()) {
    if (std::ranges::find(field.decoded_in, function.language) != field.decoded_in.end()) continue;
    const Relation* trigger =
        trigger_of(project, relations, function.resource, field.kind);
    const InputRead* parsed = find_marked(project, function, "parsed", field.path);
    if (trigger == nullptr || parsed == nullptr || does(project, function, "unzipped")) continue;
    const bool unwrapped = does(project, function, "unwrapped");
    if (unwrapped && !field.zipped) continue;
    findings.push_back(
        finding_at(function, *parsed, uncertainty_of(*parsed, *trigger))
            .says(unwrapped ? cat("'", field.path, "' of ", field.words,
                                  " is parsed after its base64 is decoded, but the result is "
                                  "compressed with gzip: it is not JSON until it is decompressed.")
                            : cat("'", field.path, "' of ", field.words,
                                  " is parsed as it arrives, but it is ",
                                  field.zipped ? "base64-encoded gzip" : "base64",
                                  ": it is not JSON until it is decoded."))
            .identified(function.name, ' ', field.path)
            .related(trigger->where, "These events come from here."));
    return;
  }
}

}  // namespace

void event_data_not_decoded(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  for (const LambdaFunction& function : project.functions) {
    if (function.resolved) check_encoded(project, relations, function, findings);
  }
}

}  // namespace fnlint
