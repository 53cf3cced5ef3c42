#include "app/graph_command.h"

#include "app/model_json.h"
#include "app/output_file.h"
#include "app/paths.h"
#include "app/project_run.h"
#include "app/run.h"
#include "app/targets.h"
#include "checks/project_view.h"
#include "core/lines.h"
#include "core/text.h"
#include "report/graph.h"
#include "report/words.h"
#include "tables/models.h"
#include "values/pool.h"

#include <algorithm>
#include <map>
#include <ostream>
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
      for (const CycleStep& step : cycle.steps)
        on_cycle_.insert({step.from, step.to, step.where});
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
                   .kind = std::string(kind_words(resource.kind))};
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
    const bool filtered =
        relation.filter.exists() && pool_.is(relation.filter, ValueKind::Record) &&
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

void add_findings(const Run& run, const std::vector<ReportedFinding>& findings,
                  GraphPicture& picture) {
  std::map<std::string_view, std::vector<GraphNode*>> functions;
  for (GraphNode& node : picture.nodes)
    if (node.kind == "function") functions[node.name].push_back(&node);
  std::map<const GraphNode*, Severity> worst;
  for (const ReportedFinding& each : findings) {
    const auto found = functions.find(each.finding.function);
    if (found == functions.end()) continue;
    GraphNode& node = nearest_node(found->second, run.files.path(each.finding.where.file));
    node.findings.push_back(
        cat(word_of(each.level), ": ", each.finding.message, " [", each.finding.rule, ']'));
    const auto [level, is_first] = worst.emplace(&node, each.level);
    if (!is_first) level->second = std::max(level->second, each.level);
    node.level = word_of(level->second);
  }
}

std::string written(const GraphPicture& picture, GraphFormat format) {
  switch (format) {
    case GraphFormat::Dot: return dot_graph(picture);
    case GraphFormat::Mermaid: return mermaid_graph(picture);
    case GraphFormat::Html: return html_graph(picture);
  }
  return {};
}

// What leads from the page, which is taken to be kept in the current folder where it is printed, to
// the root that paths are told from.
std::string way_to_root(const std::string& root, const CommandLine& line,
                        const std::string& working_directory) {
  const std::string page = join_path(working_directory, line.output_file);
  const std::string folder =
      line.output_file.empty() ? working_directory : page.substr(0, page.rfind('/'));
  const std::string way = relative_path(root, normal_path(folder));
  return way == "." ? std::string() : way;
}

int print(const std::string& text, const CommandLine& line, Console& console) {
  if (line.output_file.empty()) {
    console.out << text;
    return kNothingFound;
  }
  const std::string error =
      write_file(join_path(console.working_directory, line.output_file), text);
  if (error.empty()) return kNothingFound;
  say(console, cat("cannot write ", line.output_file, ": ", error));
  return kCouldNotRun;
}

}  // namespace

int graph_command(const CommandLine& line, Console& console) {
  const Result<std::vector<Target>> targets = targets_of(line.paths, console.working_directory);
  if (!targets || targets.value().size() > 1) {
    say(console, targets ? "graph draws one project: the paths belong to several roots"
                         : targets.error());
    return kCouldNotRun;
  }
  GraphPicture picture;
  const Inspect paint = [&](const LinkedModel& model) { picture = Painter(model).picture(); };
  const Result<ProjectRun> run =
      run_project(targets.value().front(), targets.value(), line, console, paint);
  if (!run) {
    say(console, run.error());
    return kCouldNotRun;
  }
  picture.title = cat(counted(run.value().run.functions, "function"), ", ",
                      counted(picture.edges.size(), "connection"));
  picture.base = way_to_root(targets.value().front().root, line, console.working_directory);
  add_findings(run.value().run, run.value().findings, picture);
  return print(written(picture, line.graph_format), line, console);
}

}  // namespace fnlint
