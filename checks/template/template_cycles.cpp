// CloudFormation makes a resource after what its declaration refers to. Resources that refer to
// each other are made by no order: the stack is refused, and the error names all of them.

#include "checks/template/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/template.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <vector>

namespace fnlint {

namespace {

constexpr std::string_view kSamFunction = "AWS::Serverless::Function";

struct CreationEdge {
  ResourceId to = {};
  Span where = {};
};
using CreationGraph = std::map<ResourceId, std::vector<CreationEdge>>;

bool is_sam_api(std::string_view type) {
  return type == "AWS::Serverless::Api" || type == "AWS::Serverless::HttpApi";
}

bool is_edge(const Project& project, const MadeAfter& row) {
  if (!row.to.exists() || project.stacks[row.from].scope != project.stacks[row.to].scope)
    return false;
  const std::string_view type = (*project.pool)[project.stacks[row.from].native_type];
  const std::string_view property =
      row.property.exists() ? (*project.pool)[row.property] : std::string_view{};
  if (property.empty()) return true;
  if (type == kSamFunction) {
    if (property == "Policies") return property_of(project, row.from, "Role") == nullptr;
    return !is_one_of(known::sam_parts_of_others(), property);
  }
  if (is_sam_api(type)) return is_one_of(known::sam_parts_of_apis(), property);
  return !type.starts_with("AWS::Serverless::") || type == "AWS::Serverless::StateMachine";
}

// The resources of each template by their addresses: what SAM makes by itself is found by its own.
class Addresses {
 public:
  explicit Addresses(const Project& project) {
    for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
      const Resource& row = project.stacks.resources[i];
      rows_.try_emplace({row.scope, (*project.pool)[row.address]}, ResourceId{i});
    }
  }
  [[nodiscard]] ResourceId at(std::uint32_t scope, std::string_view address) const {
    const auto found = rows_.find({scope, address});
    return found == rows_.end() ? ResourceId{} : found->second;
  }

 private:
  std::map<std::pair<std::uint32_t, std::string_view>, ResourceId> rows_ = {};
};

void add_event_edges(const Project& project, const Addresses& addresses, ResourceId function,
                     CreationGraph& graph) {
  const ValuePool& pool = *project.pool;
  for (const NamedProperty& event : properties_below(project, function, "Events")) {
    const std::string path = cat("Events.", event.name);
    const Property* const type = property_of(project, function, cat(path, ".Type"));
    const auto word = type != nullptr ? as_text(pool, type->value) : std::nullopt;
    const auto* const row = known::row_of(known::sam_event_sources(), word.value_or(""));
    if (row == nullptr) continue;
    const auto& [event_type, source_name, made] = *row;
    const Property* const source =
        property_of(project, function, cat(path, ".Properties.", source_name));
    ResourceId from;
    if (source == nullptr && !made.empty())
      from = addresses.at(project.stacks[function].scope, made);
    else if (source != nullptr && pool.is(source->value, ValueKind::Reference))
      from = ResourceId{static_cast<std::uint32_t>(pool[source->value].ref)};
    if (!from.exists() || project.stacks[from].scope != project.stacks[function].scope) continue;
    // Its own document says what it calls.
    if (property_of(project, from, "DefinitionBody") != nullptr ||
        property_of(project, from, "DefinitionUri") != nullptr)
      continue;
    graph[from].push_back({function, source != nullptr ? anchor_of(*source) : event.property->key});
  }
}

// The role that SAM makes of a function's Policies, and the function after it.
ResourceId made_role(const Project& project, const Addresses& addresses, const MadeAfter& row) {
  const ValuePool& pool = *project.pool;
  if (pool[project.stacks[row.from].native_type] != kSamFunction || !row.property.exists() ||
      pool[row.property] != "Policies")
    return {};
  return addresses.at(project.stacks[row.from].scope,
                      cat(pool[project.stacks[row.from].address], "Role"));
}

CreationGraph creation_graph(const Project& project) {
  CreationGraph graph;
  const Addresses addresses(project);
  for (const MadeAfter& row : project.stacks.dependencies) {
    const auto dialect =
        static_cast<TemplateDialect>(project.stacks.scopes[project.stacks[row.from].scope].dialect);
    if (dialect != TemplateDialect::CloudFormation && dialect != TemplateDialect::Sam) continue;
    if (!is_edge(project, row)) continue;
    const ResourceId role = made_role(project, addresses, row);
    graph[role.exists() ? role : row.from].push_back({row.to, row.where});
    if (role.exists()) graph[row.from].push_back({role, row.where});
  }
  for (const DeclaredFunction& function : project.stacks.functions)
    if ((*project.pool)[project.stacks[function.resource].native_type] == kSamFunction &&
        !project.stacks[function.resource].superseded)
      add_event_edges(project, addresses, function.resource, graph);
  return graph;
}

// The shortest way from one back to itself, as the resources on it with the edge that leaves each.
std::vector<std::pair<ResourceId, CreationEdge>> cycle_from(const CreationGraph& graph,
                                                            ResourceId start) {
  std::map<ResourceId, std::pair<ResourceId, CreationEdge>> before;
  std::deque<ResourceId> open{start};
  while (!open.empty()) {
    const ResourceId at = open.front();
    open.pop_front();
    const auto edges = graph.find(at);
    if (edges == graph.end()) continue;
    for (const CreationEdge& edge : edges->second) {
      if (!before.try_emplace(edge.to, at, edge).second) continue;
      if (edge.to == start) {
        std::vector<std::pair<ResourceId, CreationEdge>> way;
        ResourceId here = start;
        do {
          way.push_back(before.at(here));
          here = way.back().first;
        } while (here != start);
        std::ranges::reverse(way);
        return way;
      }
      open.push_back(edge.to);
    }
  }
  return {};
}

using CreationCycle = std::vector<std::pair<ResourceId, CreationEdge>>;

Finding cycle_finding(const Project& project, const CreationCycle& cycle) {
  std::uint8_t uncertainty = 0;
  std::string words, identity;
  const auto& [first, first_edge] = cycle.front();
  const bool is_function = project.stacks[first].kind == ResourceKind::Function;
  auto finding = FindingBuilder("config-circular-dependency")
                     .about(project, is_function ? first : ResourceId{})
                     .at(first_edge.where);
  for (const auto& [from, edge] : cycle) {
    if (!project.pool->always(project.stacks[from].exists)) uncertainty |= kConditional;
    words += cat(words.empty() ? "" : ", ", "'", name_of(project, from), "' ",
                 words.empty() ? "refers to " : "to ", "'", name_of(project, edge.to), "'");
    identity += cat(name_of(project, from), ' ');
    if (edge.where != first_edge.where)
      finding.related(edge.where, "'", name_of(project, from), "' needs '",
                      name_of(project, edge.to), "' here.");
  }
  return finding.with(uncertainty)
      .says("CloudFormation can make none of these first: ", words, ".")
      .identified(identity);
}

}  // namespace

void template_cycles(const Project& project, const Settings&, Findings& findings) {
  const CreationGraph graph = creation_graph(project);
  std::map<ResourceId, bool> told;
  // From functions first: what is theirs is what can be changed.
  std::vector<ResourceId> starts;
  for (const auto& [from, edges] : graph) starts.push_back(from);
  std::ranges::stable_partition(
      starts, [&](ResourceId id) { return project.stacks[id].kind == ResourceKind::Function; });
  for (const ResourceId start : starts) {
    if (told.contains(start)) continue;
    const CreationCycle cycle = cycle_from(graph, start);
    if (cycle.empty()) continue;
    for (const auto& [from, edge] : cycle) told.emplace(from, true);
    findings.push_back(cycle_finding(project, cycle));
  }
}

}  // namespace fnlint
