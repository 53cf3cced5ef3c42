// A request has no query, no path parameters or no body unless its caller gives it some: what is
// read of nothing fails, and the caller is told of an error of the server.

#include "checks/event/event_view.h"
#include "checks/event/rules.h"
#include "checks/view/finding_builder.h"
#include "core/text.h"
#include "values/compute.h"
#include "values/pool.h"
#include "values/request_routes.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kBody = "body", kOfPath = "pathParameters";

bool lies_in(std::string_view path, std::string_view part) {
  return path.starts_with(part) && path.size() > part.size() && path[part.size()] == '.';
}

class PartReads {
 public:
  PartReads(const ValuePool& pool, const RequestRoutes& routes, const LambdaFunction& function)
      : pool_(pool), routes_(routes), function_(function) {}

  // The first read below the part of a request that may lack it; null: there is none.
  [[nodiscard]] const InputRead* first_of(const TriggerShape& one, std::string_view part) const {
    const bool is_of_some = part == kBody || part == kOfPath;
    if ((is_of_some && !may_lack(*one.trigger, part)) || is_asked_for(part)) return nullptr;
    for (const InputRead& read : function_.reads) {
      const std::optional<std::string_view> path = event_path(pool_, read);
      if (!path || !lies_in(*path, part) || read.phase != CallPhase::Invocation ||
          (read.flags & (kErrorsPass | kDetached)) != kErrorsPass)
        continue;
      if (is_of_some ? !is_told_of_event(read) : !is_told_of(read, part)) return &read;
    }
    return nullptr;
  }
  // The first that has a default for what is not there, and none for null.
  [[nodiscard]] const InputRead* first_null_of(const TriggerShape& one,
                                               std::string_view part) const {
    const bool is_of_some = part == kBody || part == kOfPath;
    if (!one.shape->nulls || (is_of_some && !may_lack(*one.trigger, part))) return nullptr;
    const auto found = std::ranges::find_if(function_.reads, [&](const InputRead& read) {
      return read.null_used != Span{} && event_path(pool_, read) == part &&
             read.phase == CallPhase::Invocation &&
             (read.flags & (kErrorsPass | kDetached)) == kErrorsPass &&
             !(is_of_some ? is_told_of_event(read) : is_told_of(read, part));
    });
    return found != function_.reads.end() ? &*found : nullptr;
  }

 private:
  // A route that brings none: without parameters in its path, or of a method without a body.
  [[nodiscard]] bool may_lack(const Relation& trigger, std::string_view part) const {
    return std::ranges::any_of(routes_.of(trigger), [&](const RequestRoute& route) {
      if (route.method.empty() || route.path.empty()) return false;
      if (part == kOfPath) return route.path.find_first_of("{:*") == route.path.npos;
      return route.method == "GET" || route.method == "HEAD";
    });
  }
  // Somewhere the function asks for it, or for what is below it, as for what may be missing.
  [[nodiscard]] bool is_asked_for(std::string_view part) const {
    return std::ranges::any_of(function_.reads, [&](const InputRead& read) {
      const std::optional<std::string_view> path = event_path(pool_, read);
      const bool is_plain = pool_.is(read.value, ValueKind::Hole);
      return path && is_plain && read.absence_expected &&
             (*path == part || lies_in(*path, part) || path->empty());
    });
  }
  [[nodiscard]] bool is_told_of(const InputRead& read, std::string_view part) const {
    return std::ranges::any_of(read.holds, [&](const Fact& fact) {
      bool found = false;
      for_each_below(pool_, fact.test, [&](ValueId id) {
        if (!pool_.is(id, ValueKind::Hole) || pool_[id].origin != Origin::Event) return;
        found = found || pool_.text(id).empty() || pool_.text(id).starts_with(part);
      });
      return found;
    });
  }
  // Routes, too, are told apart by what the event holds.
  [[nodiscard]] bool is_told_of_event(const InputRead& read) const {
    return std::ranges::any_of(read.holds, [&](const Fact& fact) {
      return has_origin(pool_, fact.test, Origin::Event) || !pool_.readable(fact.test);
    });
  }

  const ValuePool& pool_;
  const RequestRoutes& routes_;
  const LambdaFunction& function_;
};

// Some method of the project asks for parameters that a request must have.
bool requires_parameters(const Project& project) {
  return std::ranges::any_of(project.stacks.properties, [&](const Property& property) {
    return (*project.pool)[property.path].find("RequestParameters") != std::string_view::npos;
  });
}

std::string label_of(std::string_view part) {
  if (part == kBody) return "A request without a body, as a GET is,";
  if (part == kOfPath) return "A request of a route without parameters";
  return "A request without a query";
}

Finding of_null(const LambdaFunction& function, const TriggerShape& one, std::string_view part,
                const InputRead& read) {
  return FindingBuilder("event-part-unchecked",
                        read.uncertainty | one.trigger->uncertainty | kHeuristic)
      .about(function)
      .at(read.where)
      .says(label_of(part), " has null as its '", part,
            "': it is there, so that the default is not used, and what reads on fails.")
      .identified(function.name, ' ', part)
      .with_steps(read.path, read.null_used, "reads on")
      .related(one.trigger->where, "This sends the requests.");
}

}  // namespace

void event_part_unchecked(const Project& project, const Settings&, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const RequestRoutes routes(*project.pool, project.stacks);
  const bool requires_some = requires_parameters(project);
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions) {
    if (!reads_raw_events(function.language)) continue;
    const std::vector<TriggerShape> shapes = trigger_shapes(project, relations, function);
    const PartReads reads(*project.pool, routes, function);
    for (const TriggerShape& one : shapes) {
      if (one.shape == nullptr || one.trigger == nullptr) continue;
      for (const std::string_view part : one.shape->absent) {
        if (requires_some && part != kBody && part != kOfPath) continue;
        if (const InputRead* null = reads.first_null_of(one, part);
            null != nullptr && told.insert(null->where).second)
          findings.push_back(of_null(function, one, part, *null));
        const InputRead* const read = reads.first_of(one, part);
        if (read == nullptr || !told.insert(read->where).second) continue;
        findings.push_back(FindingBuilder("event-part-unchecked",
                                          read->uncertainty | one.trigger->uncertainty | kHeuristic)
                               .about(function)
                               .at(read->where)
                               .says(label_of(part), " has no '", part, "': '",
                                     *event_path(*project.pool, *read),
                                     "' is read as if it had, and this fails.")
                               .identified(function.name, ' ', part)
                               .with_steps(read->path, read->where, "reads it")
                               .related(one.trigger->where, "This sends the requests."));
      }
    }
  }
}

}  // namespace fnlint
