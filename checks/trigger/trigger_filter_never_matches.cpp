// A filter that takes nothing of what its source sends looks like a function that nobody calls: no
// error, no log, no metric but the filter's own.

#include "checks/event/event_view.h"
#include "checks/trigger/filter_domain.h"
#include "checks/trigger/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

void leave_out(FilterDomain& domain, std::string_view image, std::string because) {
  domain.missing.insert(cat("dynamodb.", image));
  domain.missing_because = std::move(because);
}

// Which images a table's stream has.
void narrow_by_view(const Project& project, ResourceId table, FilterDomain& domain) {
  const Property* view = property_of(project, table, "StreamSpecification.StreamViewType");
  const auto type = view != nullptr ? as_text(*project.pool, view->value) : std::nullopt;
  if (!type) return;
  const std::string because = cat("the stream of '", name_of(project, table), "' has ", *type);
  if (*type == "KEYS_ONLY" || *type == "OLD_IMAGE") leave_out(domain, "NewImage", because);
  if (*type == "KEYS_ONLY" || *type == "NEW_IMAGE") leave_out(domain, "OldImage", because);
}

// What is made has no old image, what is removed no new one.
void narrow_by_event(const ValuePool& pool, ValueId pattern, FilterDomain& domain) {
  const std::vector<std::string_view> events = asked_texts(pool, pattern, "eventName");
  const auto only = [&](std::string_view one) {
    return !events.empty() && std::ranges::all_of(events, [&](auto event) { return event == one; });
  };
  if (only("INSERT")) leave_out(domain, "OldImage", "INSERT has no old image");
  if (only("REMOVE")) leave_out(domain, "NewImage", "REMOVE has no new image");
}

// S3's own events have a known form; what CloudTrail says of S3 has another.
const EventShape* shape_on_bus(const ValuePool& pool, ValueId pattern) {
  const std::vector<std::string_view> sources = asked_texts(pool, pattern, "source"),
                                      types = asked_texts(pool, pattern, "detail-type");
  const bool s3 = !sources.empty() && !types.empty() &&
                  std::ranges::all_of(sources, [](auto one) { return one == "aws.s3"; }) &&
                  std::ranges::none_of(types, [](auto one) { return one.ends_with("CloudTrail"); });
  return find_event_shape(s3 ? "bucket" : "bus");
}

FilterDomain domain_of(const Project& project, const Relation& relation, ValueId pattern) {
  const ValuePool& pool = *project.pool;
  FilterDomain domain;
  if (is_kind_guessed(project, relation)) return domain;
  switch (project.stacks[relation.from].kind) {
    case ResourceKind::Queue: domain.shape = find_event_shape("queue"); break;
    case ResourceKind::Stream: domain.shape = find_event_shape("stream"); break;
    case ResourceKind::Table:
      domain.shape = find_event_shape("table");
      narrow_by_view(project, relation.from, domain);
      narrow_by_event(pool, pattern, domain);
      break;
    case ResourceKind::Cluster: domain.shape = find_event_shape("cluster"); break;
    case ResourceKind::Bus: domain.shape = shape_on_bus(pool, pattern); break;
    default: break;
  }
  return domain;
}

struct Filter {
  ValueId pattern = {};
  FilterDomain domain = {};
  std::string_view words = {};
};

std::vector<Filter> filters_of(const Project& project, const Relation& relation) {
  const ValuePool& pool = *project.pool;
  std::vector<Filter> filters;
  if (!relation.filter.exists() || !relation.from.exists()) return filters;
  const ResourceKind kind = project.stacks[relation.from].kind;
  if (kind == ResourceKind::Bus) {
    filters.push_back({relation.filter, domain_of(project, relation, relation.filter), "pattern"});
  } else if (kind == ResourceKind::Topic) {
    const ValueId policy = entry_of(pool, relation.filter, "policy");
    const ValueId scope = entry_of(pool, relation.filter, "scope");
    Filter filter{.pattern = policy, .words = "filter policy"};
    filter.domain.nested =
        scope.exists() && pool[scope].kind != ValueKind::Absent &&
        as_text(pool, scope) != std::optional<std::string_view>("MessageAttributes");
    if (policy.exists()) filters.push_back(std::move(filter));
  } else if (const ValueId patterns = entry_of(pool, relation.filter, "patterns");
             patterns.exists() && pool[patterns].kind == ValueKind::List) {
    for (const ValueId pattern : pool.operands(patterns))
      filters.push_back({pattern, domain_of(project, relation, pattern), "filter"});
  }
  return filters;
}

// Several fields, and nothing in any: a form that something fills before it is deployed.
bool is_blank_form(const ValuePool& pool, ValueId pattern) {
  if (!pool.is(pattern, ValueKind::Record) || pool.operands(pattern).size() < 2) return false;
  return std::ranges::all_of(pool.operands(pattern), [&](ValueId field) {
    return pool.is(field, ValueKind::List) && pool.operands(field).empty();
  });
}

}  // namespace

void trigger_filter_never_matches(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> reported;
  for (const Relation& relation : project.stacks.relations) {
    if (relation.kind != RelationKind::Trigger && relation.kind != RelationKind::Forward) continue;
    for (const Filter& filter : filters_of(project, relation)) {
      const auto never = never_matches(*project.pool, filter.pattern, filter.domain);
      if (!never || is_blank_form(*project.pool, filter.pattern)) continue;
      const bool placed = relation.filter_where.file.exists();
      const Span where = placed ? relation.filter_where : relation.where;
      if (!reported.insert(where).second) continue;
      const bool to_function = project.stacks[relation.to].kind == ResourceKind::Function;
      findings.push_back(
          FindingBuilder("trigger-filter-never-matches", never->uncertainty | relation.uncertainty)
              .about(project, to_function ? relation.to : ResourceId{})
              .at(where)
              .says("This ", filter.words, " matches nothing that ",
                    kind_label(project.stacks[relation.from].kind), " '",
                    name_of(project, relation.from), "' sends: ", never->why, ".")
              .identified(name_of(project, relation.from), ':', name_of(project, relation.to), ':',
                          never->why));
    }
  }
}

}  // namespace fnlint
