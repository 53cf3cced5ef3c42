// Each source sends events of its own form; a handler that reads another source's finds nothing.

#include "checks/event/event_carried.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <algorithm>
#include <optional>

namespace fnlint {

namespace {

std::string words_of_triggers(const Project& project, const std::vector<TriggerShape>& shapes) {
  std::vector<std::string> words;
  for (const TriggerShape& one : shapes)
    if (const std::string source = cat(words_of_source(project, *one.trigger), " (",
                                       one.shape->words, " events)");
        std::ranges::find(words, source) == words.end())
      words.push_back(source);
  return listed(words);
}

void relate(const std::vector<TriggerShape>& shapes, FindingBuilder& finding) {
  for (const TriggerShape& one : shapes)
    finding.related(one.trigger->where, "This sends ", one.shape->words, " events.");
}

std::uint8_t uncertainty_of(const std::vector<TriggerShape>& shapes) {
  std::uint8_t uncertainty = 0;
  for (const TriggerShape& one : shapes) uncertainty |= one.trigger->uncertainty;
  return uncertainty;
}

// What is read of a record, where all that may come has records: whether there are any tells
// nothing.
bool is_of_certain_record(std::string_view path, const std::vector<TriggerShape>& shapes) {
  return path.starts_with("Records") && std::ranges::all_of(shapes, [](const TriggerShape& one) {
           return may_have(*one.shape, "Records");
         });
}

// A path of which no trigger's event has anything. "Records" alone is of many sources: what is read
// of a record says whose it is.
const InputRead* first_mismatch(const Project& project, const LambdaFunction& function,
                                const std::vector<TriggerShape>& shapes) {
  const ValuePool& pool = *project.pool;
  const InputRead* first = nullptr;
  for (const InputRead& read : function.reads) {
    if (read.phase != CallPhase::Invocation || read.absence_expected) continue;
    const std::optional<std::string_view> path = event_path(pool, read);
    if (!path || path->empty() || is_told_apart(pool, read, is_of_certain_record(*path, shapes)))
      continue;
    const bool possible = std::ranges::any_of(
        shapes, [&](const TriggerShape& one) { return may_have(*one.shape, *path); });
    if (possible) continue;
    if (*path != "Records") return &read;
    if (first == nullptr) first = &read;
  }
  return first;
}

// The handler asks what it was sent, in whatever way; `has_records`: not by asking for records.
bool asks_for_shape(const Project& project, const LambdaFunction& function, bool has_records) {
  const ValuePool& pool = *project.pool;
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    const std::optional<std::string_view> path = event_path(pool, read);
    if (!path || path->empty() || !read.absence_expected) return false;
    constexpr std::string_view kTelling[] = {"Records",    "source",         "detail-type",
                                             "httpMethod", "requestContext", "version",
                                             "routeKey",   "eventSource"};
    const std::string_view first =
        path->substr(0, std::min(path->find_first_of(".["), path->size()));
    return std::ranges::find(kTelling, first) != std::end(kTelling) &&
           (first != "Records" || (*path == "Records" && !has_records) ||
            path->find("ventSource") != path->npos);
  });
}

// The form that a declared type stands for; null: none that is known.
const SentEvent* form_of_type(std::string_view type) {
  const std::string_view name = type.substr(type.find_last_of(".:") + 1);
  for (const SentEvent& shape : sent_events())
    if (std::ranges::find(shape.types, name) != shape.types.end()) return &shape;
  return nullptr;
}

// Typed code may read what a type of another form of its sources' group has: the runtime makes the
// object of whatever comes, without what is not there (a REST request of what an HTTP API sends).
bool reads_another_form(const LambdaFunction& function, const std::vector<TriggerShape>& shapes) {
  return std::ranges::any_of(function.event_types, [&](std::string_view type) {
    const SentEvent* meant = form_of_type(type);
    return meant != nullptr && std::ranges::none_of(shapes, [&](const TriggerShape& one) {
             return one.shape == meant || one.shape->types.empty();
           });
  });
}

void check_reads(const Project& project, const LambdaFunction& function,
                 const std::vector<TriggerShape>& shapes, Findings& findings) {
  if (!reads_raw_events(function.language) && !reads_another_form(function, shapes)) return;
  const InputRead* read = first_mismatch(project, function, shapes);
  if (read == nullptr) return;
  const std::string path(*event_path(*project.pool, *read));
  if (asks_for_shape(project, function, is_of_certain_record(path, shapes))) return;
  const std::string owner = owners_of(path);
  if (owner.empty()) return;  // the code may have put it there, or be called by hand
  std::uint8_t uncertainty = static_cast<std::uint8_t>(read->uncertainty | uncertainty_of(shapes));
  if ((read->flags & kUnderUnknownTest) != 0) uncertainty |= kConditional;
  auto finding = FindingBuilder("event-shape-mismatch", uncertainty)
                     .about(function)
                     .at(read->where)
                     .says("The handler reads '", path, "' of its event, which ", owner,
                           " events have, but it is invoked by ",
                           words_of_triggers(project, shapes), ": the field is not there.")
                     .identified(function.name, ' ', path)
                     .with_steps(read->path, read->where, "reads it");
  relate(shapes, finding);
  findings.push_back(std::move(finding));
}

// `event["Records"]["Sns"]`: a field of a record, asked of the list of them.
void check_list(const Project& project, const LambdaFunction& function,
                const std::vector<TriggerShape>& shapes, Findings& findings) {
  constexpr std::string_view kList = "Records.";
  for (const InputRead& read : function.reads) {
    const std::optional<std::string_view> path = event_path(*project.pool, read);
    if (!path || !path->starts_with(kList) || read.phase != CallPhase::Invocation ||
        read.absence_expected)
      continue;
    std::string_view field = path->substr(kList.size());
    field = field.substr(0, field.find_first_of(".["));
    const bool is_of_record = std::ranges::all_of(shapes, [&](const TriggerShape& one) {
      return std::ranges::find(one.shape->records, field) != one.shape->records.end();
    });
    if (!is_of_record) continue;
    const auto uncertainty =
        static_cast<std::uint8_t>(read.uncertainty | uncertainty_of(shapes) |
                                  ((read.flags & kUnderUnknownTest) != 0 ? kConditional : 0));
    auto finding = FindingBuilder("event-shape-mismatch", uncertainty)
                       .about(function)
                       .at(read.where)
                       .says("The handler reads '", field,
                             "' of 'Records' itself, which is a list: "
                             "it is a field of each record in it. What ",
                             words_of_triggers(project, shapes), " sends fails here.")
                       .identified(function.name, " Records.", field)
                       .with_steps(read.path, read.where, "reads it");
    relate(shapes, finding);
    findings.push_back(std::move(finding));
    return;
  }
}

// Of an API's request, all that the handler reads are fields that no source's events have: they
// stand in its body, as text. Who calls the function by hand may send them, so that it is likely at
// most.
void check_unwrapped(const Project& project, const LambdaFunction& function,
                     const std::vector<TriggerShape>& shapes, Findings& findings) {
  const bool of_requests = std::ranges::all_of(
      shapes, [](const TriggerShape& one) { return one.shape->group == "http"; });
  if (!of_requests || !reads_raw_events(function.language) || !function.reads_known) return;
  if (asks_for_shape(project, function, false)) return;
  const InputRead* first = nullptr;
  for (const InputRead& read : function.reads) {
    const std::optional<std::string_view> path = event_path(*project.pool, read);
    if (!path || path->empty() || read.phase != CallPhase::Invocation) continue;
    const bool possible = std::ranges::any_of(
        shapes, [&](const TriggerShape& one) { return may_have(*one.shape, *path); });
    if (possible || !owners_of(*path).empty() || is_told_apart(*project.pool, read)) return;
    if (first == nullptr || (first->absence_expected && !read.absence_expected)) first = &read;
  }
  if (first == nullptr) return;
  const std::string path(*event_path(*project.pool, *first));
  auto finding = FindingBuilder("event-shape-mismatch",
                                first->uncertainty | uncertainty_of(shapes) | kHeuristic)
                     .about(function)
                     .at(first->where)
                     .says("The handler reads '", path, "' of its event, but nothing that ",
                           words_of_triggers(project, shapes),
                           " has that field: what the caller sends is in 'body', as a string.")
                     .identified(function.name, ' ', path)
                     .with_steps(first->path, first->where, "reads it");
  relate(shapes, finding);
  findings.push_back(std::move(finding));
}

// Where events are handed over as they came, a type says nothing by itself: a field must be read
// that is not there. Nothing: none is; uncertain: what gets all of the event may.
std::optional<std::uint8_t> uncertainty_of_type(const Project& project,
                                                const LambdaFunction& function,
                                                const std::vector<TriggerShape>& shapes) {
  if (!reads_raw_events(function.language) ||
      first_mismatch(project, function, shapes) != nullptr)
    return uncertainty_of(shapes);
  const bool whole = std::ranges::any_of(function.reads, [&](const InputRead& read) {
    const std::optional<std::string_view> path = event_path(*project.pool, read);
    return read.phase == CallPhase::Invocation && path && path->empty();
  });
  if (!whole && function.reads_known) return std::nullopt;
  return static_cast<std::uint8_t>(uncertainty_of(shapes) | kUncertain);
}

// A declared type that stands for another source's events.
void check_type(const Project& project, const LambdaFunction& function,
                const std::vector<TriggerShape>& shapes, Findings& findings) {
  for (const std::string& type : function.event_types) {
    const std::string_view name = std::string_view(type).substr(type.find_last_of(".:") + 1);
    const SentEvent* meant = form_of_type(type);
    if (meant == nullptr) continue;
    const bool fits = std::ranges::any_of(shapes, [&](const TriggerShape& one) {
      return one.shape->group == meant->group || one.shape->types.empty();
    });
    const std::optional<std::uint8_t> uncertainty = uncertainty_of_type(project, function, shapes);
    if (fits || !uncertainty) return;
    auto finding = FindingBuilder("event-shape-mismatch", *uncertainty)
                       .about(function)
                       .at(function.handler_where)
                       .says("The handler takes a '", name, "', but it is invoked by ",
                             words_of_triggers(project, shapes), ": its fields are not there.")
                       .identified(function.name, ' ', name);
    relate(shapes, finding);
    findings.push_back(std::move(finding));
    return;
  }
}

// "what topic 'Uploads' sends (SNS)".
std::string words_of_carried(const Project& project, const std::vector<CarriedShape>& shapes) {
  std::vector<std::string> words;
  for (const CarriedShape& one : shapes)
    if (const std::string source = cat("what ", words_of_source(project, *one.brought_by),
                                       " sends (", one.shape->words, ")");
        std::ranges::find(words, source) == words.end())
      words.push_back(source);
  return listed(words);
}

// What stands as text inside of the event has a shape of its own, and maybe another text inside.
void check_carried(const Project& project, CarriedShapes& carried, const LambdaFunction& function,
                   const std::vector<TriggerShape>& shapes, Findings& findings) {
  if (!reads_raw_events(function.language)) return;
  const CarriedMismatch found = carried_mismatch(project, carried, function, shapes);
  if (found.read == nullptr) return;
  const std::string owner = owners_of(found.inside, true);
  if (owner.empty()) return;  // the code may have put it there
  const std::string path(*event_path(*project.pool, *found.read));
  std::uint8_t uncertainty =
      static_cast<std::uint8_t>(found.read->uncertainty | found.trigger->uncertainty);
  for (const CarriedShape& one : found.shapes) {
    uncertainty |= one.brought_by->uncertainty;
    if (!project.pool->always(one.brought_by->when)) uncertainty |= kConditional;
  }
  auto finding = FindingBuilder("event-shape-mismatch", uncertainty)
                     .about(function)
                     .at(found.read->where)
                     .says("The handler reads '", path, "', which messages of ", owner,
                           " have, but what is there is ", words_of_carried(project, found.shapes),
                           ": the field is not there.")
                     .identified(function.name, ' ', path)
                     .with_steps(found.read->path, found.read->where, "reads it");
  for (const CarriedShape& one : found.shapes)
    finding.related(one.brought_by->where, "This brings ", one.shape->words, " messages.");
  findings.push_back(std::move(finding));
}

}  // namespace

void event_shape_mismatch(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const OtherCallers others(project);
  CarriedShapes carried(project, relations);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved) continue;
    const std::vector<TriggerShape> shapes = trigger_shapes(project, relations, function);
    const bool known = !shapes.empty() && std::ranges::all_of(shapes, [](const TriggerShape& one) {
      return one.shape != nullptr && !one.shape->fields.empty();
    });
    if (!known || others.may_call(function.resource)) continue;
    const std::size_t before = findings.size();
    check_type(project, function, shapes, findings);
    if (findings.size() == before) check_reads(project, function, shapes, findings);
    if (findings.size() == before && reads_raw_events(function.language))
      check_list(project, function, shapes, findings);
    if (findings.size() == before) check_unwrapped(project, function, shapes, findings);
    if (findings.size() == before) check_carried(project, carried, function, shapes, findings);
  }
}

}  // namespace fnlint
