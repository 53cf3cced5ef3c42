// Each source sends events of its own form; a handler that reads another source's finds nothing.

#include "checks/event_view.h"
#include "checks/list.h"
#include "core/text.h"
#include "values/confidence.h"

#include <algorithm>

namespace fnlint {

namespace {

// "A", "A and B", "A, B and C".
std::string listed(const std::vector<std::string>& all) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i)
    text += cat(i == 0 ? "" : i + 1 == all.size() ? " and " : ", ", all[i]);
  return text;
}

std::string words_of_triggers(const Project& project, const std::vector<TriggerShape>& shapes) {
  std::vector<std::string> words;
  for (const TriggerShape& one : shapes)
    if (const std::string source = cat(words_of_source(project, *one.trigger), " (",
                                       one.shape->words, " events)");
        std::ranges::find(words, source) == words.end())
      words.push_back(source);
  return listed(words);
}

// Whose events have it, where that is some other source.
std::string owner_of(std::string_view path) {
  const std::size_t fields = static_cast<std::size_t>(std::ranges::count(path, '.')) + 1;
  std::vector<std::string> owners;
  for (const SentEvent& shape : sent_events())
    if (may_have(shape, path) && (fields > 1 || path != "Records"))
      if (std::string words(shape.words); std::ranges::find(owners, words) == owners.end())
        owners.push_back(std::move(words));
  return owners.empty() || owners.size() > 3 ? std::string() : listed(owners);
}

void relate(const std::vector<TriggerShape>& shapes, Finding& finding) {
  for (const TriggerShape& one : shapes)
    finding.related.push_back(
        {one.trigger->where, cat("This sends ", one.shape->words, " events.")});
}

std::uint8_t evidence_of(const std::vector<TriggerShape>& shapes) {
  std::uint8_t evidence = 0;
  for (const TriggerShape& one : shapes) evidence |= one.trigger->evidence;
  return evidence;
}

// A path of which no trigger's event has anything.
const InputRead* first_mismatch(const Project& project, const LambdaFunction& function,
                                const std::vector<TriggerShape>& shapes) {
  const ValuePool& pool = *project.pool;
  for (const InputRead& read : function.reads) {
    if (read.phase != CallPhase::Invocation || read.absence_expected) continue;
    const std::optional<std::string_view> path = event_path(pool, read);
    if (!path || path->empty() || is_told_apart(pool, read)) continue;
    const bool possible = std::ranges::any_of(
        shapes, [&](const TriggerShape& one) { return may_have(*one.shape, *path); });
    if (!possible) return &read;
  }
  return nullptr;
}

// The handler asks what it was sent, in whatever way.
bool asks_for_shape(const Project& project, const LambdaFunction& function) {
  const ValuePool& pool = *project.pool;
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    const std::optional<std::string_view> path = event_path(pool, read);
    if (!path || path->empty() || !read.absence_expected) return false;
    constexpr std::string_view kTelling[] = {"Records",        "source",  "detail-type", "httpMethod",
                                             "requestContext", "version", "routeKey",    "eventSource"};
    const std::string_view first = path->substr(0, std::min(path->find_first_of(".["), path->size()));
    return std::ranges::find(kTelling, first) != std::end(kTelling) &&
           (first != "Records" || *path == "Records" || path->find("ventSource") != path->npos);
  });
}

void check_reads(const Project& project, const LambdaFunction& function,
                 const std::vector<TriggerShape>& shapes, Findings& findings) {
  if (!reads_raw_events(function.language) || asks_for_shape(project, function)) return;
  const InputRead* read = first_mismatch(project, function, shapes);
  if (read == nullptr) return;
  const std::string path(*event_path(*project.pool, *read));
  const std::string owner = owner_of(path);
  if (owner.empty()) return;  // the code may have put it there, or be called by hand
  std::uint8_t evidence = static_cast<std::uint8_t>(read->evidence | evidence_of(shapes));
  if ((read->flags & kUnderUnknownTest) != 0) evidence |= kConditional;
  Finding finding;
  finding.rule = "event-shape-mismatch";
  finding.confidence = confidence_of(evidence);
  finding.message = cat("The handler reads '", path, "' of its event",
                        ", as ", owner, " events have it, but what invokes it is ", words_of_triggers(project, shapes),
                        ": nothing is there.");
  finding.where = read->where;
  finding.function = function.name;
  finding.flow = read->path;
  if (!finding.flow.empty()) finding.flow.push_back({read->where, "reads it"});
  relate(shapes, finding);
  finding.identity = cat(function.name, ' ', path);
  findings.push_back(std::move(finding));
}

// A declared type that stands for another source's events.
void check_type(const Project& project, const LambdaFunction& function,
                const std::vector<TriggerShape>& shapes, Findings& findings) {
  for (const std::string& type : function.event_types) {
    const std::string_view name =
        std::string_view(type).substr(type.find_last_of(".:") + 1);
    const SentEvent* meant = nullptr;
    for (const SentEvent& shape : sent_events())
      if (std::ranges::find(shape.types, name) != shape.types.end()) meant = &shape;
    if (meant == nullptr) continue;
    const bool fits = std::ranges::any_of(shapes, [&](const TriggerShape& one) {
      return one.shape->group == meant->group || one.shape->types.empty();
    });
    if (fits) return;
    Finding finding;
    finding.rule = "event-shape-mismatch";
    finding.confidence = confidence_of(evidence_of(shapes));
    finding.message = cat("The handler takes a '", name, "', but what invokes it is ",
                          words_of_triggers(project, shapes), ": its fields are not there.");
    finding.where = function.handler_where;
    finding.function = function.name;
    relate(shapes, finding);
    finding.identity = cat(function.name, ' ', name);
    findings.push_back(std::move(finding));
    return;
  }
}

}  // namespace

void event_shape_mismatch(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project);
  for (const LambdaFunction& function : project.functions) {
    if (!function.resolved) continue;
    const std::vector<TriggerShape> shapes = trigger_shapes(project, relations, function);
    const bool known = !shapes.empty() && std::ranges::all_of(shapes, [](const TriggerShape& one) {
      return one.shape != nullptr && !one.shape->fields.empty();
    });
    if (!known || may_be_called_directly(project, function)) continue;
    const std::size_t before = findings.size();
    check_type(project, function, shapes, findings);
    if (findings.size() == before) check_reads(project, function, shapes, findings);
  }
}

}  // namespace fnlint
