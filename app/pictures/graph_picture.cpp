// Draws functions, the resources around them and the edges between them, and marks the cycles.

#include "app/pictures/graph_picture.h"

#include "checks/view/project_view.h"
#include "core/lines.h"
#include "core/text.h"
#include "report/words.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace fnlint {

namespace {

// The picture of a linked project; which findings its nodes have is known later.
class Painter {
 public:
  explicit Painter(const LinkedModel& model)
      : model_(model), project_(model.project), pool_(*project_.pool) {}

  GraphPicture picture() {
    for (const Cycle& cycle : project_.cycles)
      for (const CycleStep& step : cycle.steps) on_cycle_.insert({step.from, step.to, step.where});
    for (const LambdaFunction& function : project_.functions) node(function.resource);
    for (const Relation& relation : project_.stacks.relations) add(relation);
    for (const LambdaFunction& function : project_.functions)
      for (const Effect& effect : function.effects) add(function, effect);
    return std::move(picture_);
  }

 private:
  std::size_t node(ResourceId id) {
    const auto [found, is_new] = rows_.emplace(id, picture_.nodes.size());
    if (!is_new) return found->second;
    const Resource& resource = project_.stacks[id];
    GraphNode node{.name = std::string(resource.shown.exists() ? pool_[resource.shown]
                                                               : pool_[resource.address]),
                   .kind = std::string(kind_label(resource.kind))};
    std::tie(node.path, node.line) = place(resource.name);
    picture_.nodes.push_back(std::move(node));
    return found->second;
  }

  std::pair<std::string, std::size_t> place(const Span& where) {
    if (!where.file.exists()) return {};
    const Lines& lines =
        lines_.try_emplace(where.file, model_.files.text(where.file)).first->second;
    return {std::string(model_.files.path(where.file)), lines.place(where.range.begin).line};
  }

  void add(ResourceId from, ResourceId to, GraphEdgeKind kind, std::string label,
           const Span& where) {
    const std::size_t a = node(from), b = node(to);
    if (!known_.emplace(a, b, label).second) return;
    GraphEdge edge{.from = a, .to = b, .kind = kind, .label = std::move(label)};
    std::tie(edge.path, edge.line) = place(where);
    edge.in_loop = on_cycle_.contains({from, to, where});
    picture_.edges.push_back(std::move(edge));
  }

  void add(const Relation& relation) {
    const bool trigger = relation.kind == RelationKind::Trigger;
    const bool failure = relation.kind == RelationKind::FailureForward;
    if (!trigger && !failure && relation.kind != RelationKind::Forward) return;
    if (!relation.from.exists() || !relation.to.exists()) return;
    const bool filtered = relation.filter.exists() &&
                          pool_.is(relation.filter, ValueKind::Record) &&
                          !pool_.names(relation.filter).empty();
    add(relation.from, relation.to,
        trigger   ? GraphEdgeKind::Trigger
        : failure ? GraphEdgeKind::Failure
                  : GraphEdgeKind::Forward,
        filtered ? describe(pool_, relation.filter) : std::string(), relation.where);
  }

  void add(const LambdaFunction& function, const Effect& effect) {
    const Operation& operation = operations()[effect.operation];
    if (effect.target.exists() && !operation.events.empty())
      add(function.resource, effect.target, GraphEdgeKind::Effect, std::string(operation.id),
          effect.where);
  }

  const LinkedModel& model_;
  const Project& project_;
  const ValuePool& pool_;
  GraphPicture picture_;
  std::map<ResourceId, std::size_t> rows_;
  std::map<FileId, Lines> lines_;
  std::set<std::tuple<std::size_t, std::size_t, std::string>> known_;
  std::set<std::tuple<ResourceId, ResourceId, Span>> on_cycle_;
};

std::size_t folders_in_common(std::string_view a, std::string_view b) {
  const auto [end, other] = std::ranges::mismatch(a, b);
  return static_cast<std::size_t>(std::count(a.begin(), end, '/'));
}

// The services of a project may name their functions alike: the one that is declared nearest to the
// place.
GraphNode& nearest_node(const std::vector<GraphNode*>& nodes, std::string_view path) {
  return **std::ranges::max_element(
      nodes, {}, [&](const GraphNode* node) { return folders_in_common(node->path, path); });
}

}  // namespace

GraphPicture graph_picture(const LinkedModel& model) { return Painter(model).picture(); }

void add_findings(const std::vector<ReportedFinding>& findings, const PathOfFile& path_of,
                  GraphPicture& picture) {
  std::map<std::string_view, std::vector<GraphNode*>> functions;
  for (GraphNode& node : picture.nodes)
    if (node.kind == "function") functions[node.name].push_back(&node);
  std::map<const GraphNode*, Severity> worst;
  for (const ReportedFinding& each : findings) {
    const auto found = functions.find(each.finding.function);
    if (found == functions.end()) continue;
    const FileId file = each.finding.where.file;
    GraphNode& node = nearest_node(found->second, file.exists() ? path_of(file) : std::string());
    node.findings.push_back(
        cat(word_of(each.level), ": ", each.finding.message, " [", each.finding.rule, ']'));
    const auto [level, is_first] = worst.emplace(&node, each.level);
    if (!is_first) level->second = std::max(level->second, each.level);
    node.level = word_of(level->second);
  }
}

}  // namespace fnlint
