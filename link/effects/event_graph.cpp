// Takes edges from relations and effects, and finds components by Tarjan's algorithm.

#include "link/effects/event_graph.h"

#include "tables/models.h"

#include <algorithm>

namespace fnlint {

namespace {

bool carries_events(const Relation& relation) {
  const bool carries = relation.kind == RelationKind::Trigger ||
                       relation.kind == RelationKind::Forward ||
                       relation.kind == RelationKind::FailureForward;
  return carries && relation.from.exists() && relation.to.exists();
}

}  // namespace

bool causes_events(const Effect& effect) {
  return effect.target.exists() && !operations()[effect.operation].events.empty();
}

EventGraph::EventGraph(const Project& project) {
  const std::size_t count = project.stacks.resources.size();
  leaving_.resize(count);
  entering_.resize(count);
  called_.assign(count, false);
  std::vector<std::vector<std::uint32_t>> next(count);
  for (const Relation& relation : project.stacks.relations) {
    if (!carries_events(relation)) continue;
    leaving_[relation.from.index].push_back(&relation);
    entering_[relation.to.index].push_back(&relation);
    next[relation.from.index].push_back(relation.to.index);
  }
  for (const LambdaFunction& function : project.functions) {
    if (!function.resource.exists()) continue;
    for (const Effect& effect : function.effects) {
      if (!causes_events(effect)) continue;
      next[function.resource.index].push_back(effect.target.index);
      if (project.stacks[effect.target].kind == ResourceKind::Function)
        called_[effect.target.index] = true;
    }
  }
  find_components(next);
}

// Tarjan's algorithm, with a stack of its own.
void EventGraph::find_components(const std::vector<std::vector<std::uint32_t>>& next) {
  const auto count = static_cast<std::uint32_t>(next.size());
  struct Frame {
    std::uint32_t node = 0;
    std::size_t edge = 0;
  };
  std::vector<std::uint32_t> order(count, 0), low(count, 0), path;
  std::vector<bool> on_path(count, false);
  components_.assign(count, 0);
  std::uint32_t visited = 0;
  for (std::uint32_t root = 0; root < count; ++root) {
    if (order[root] != 0) continue;
    std::vector<Frame> frames;
    const auto enter = [&](std::uint32_t node) {
      order[node] = low[node] = ++visited;
      path.push_back(node);
      on_path[node] = true;
      frames.push_back({node, 0});
    };
    enter(root);
    while (!frames.empty()) {
      const std::uint32_t node = frames.back().node;
      if (frames.back().edge < next[node].size()) {
        const std::uint32_t to = next[node][frames.back().edge++];
        if (order[to] == 0)
          enter(to);
        else if (on_path[to])
          low[node] = std::min(low[node], order[to]);
        continue;
      }
      frames.pop_back();
      if (!frames.empty())
        low[frames.back().node] = std::min(low[frames.back().node], low[node]);
      if (low[node] != order[node]) continue;
      const auto component = static_cast<std::uint32_t>(cyclic_.size());
      std::size_t size = 0;
      for (std::uint32_t member = UINT32_MAX; member != node; ++size) {
        member = path.back();
        path.pop_back();
        on_path[member] = false;
        components_[member] = component;
      }
      cyclic_.push_back(size > 1 || std::ranges::find(next[node], node) != next[node].end());
    }
  }
}

}  // namespace fnlint
