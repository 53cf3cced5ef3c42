// Shares the components out to threads by how much there is to search, the same in every run, and
// puts the results in order.

#include "link/effects/loops.h"

#include "core/helpers.h"
#include "core/worthwhile_threads.h"
#include "link/effects/loop_search.h"
#include "link/effects/loop_uncertainty.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace fnlint {

namespace {

// In the order of what they begin with.
std::vector<CyclicComponent> components_of(const Project& project, const EventGraph& graph) {
  std::vector<CyclicComponent> components;
  std::map<std::uint32_t, std::size_t> rows;  // of those
  const auto component_of = [&](ResourceId at) -> CyclicComponent& {
    const auto [row, is_new] = rows.try_emplace(graph.component_of(at), components.size());
    if (is_new) components.emplace_back();
    return components[row->second];
  };
  for (std::uint32_t row = 0; row < project.functions.size(); ++row)
    if (const ResourceId at = project.functions[row].resource; graph.on_cycle(at))
      component_of(at).functions.push_back(row);
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceKind kind = project.stacks.resources[i].kind;
    const bool acts = kind == ResourceKind::StateMachine || kind == ResourceKind::Pipe;
    if (acts && graph.on_cycle(ResourceId{i})) component_of(ResourceId{i}).acting.push_back({i});
  }
  return components;
}

// About how much there is to search: from each that begins, through all of the component.
std::size_t work_of(const CyclicComponent& component) {
  const std::size_t begins = component.functions.size() + component.acting.size();
  return begins * begins;
}

// Rows of components for each thread, about as much to search in each. The same in each run.
std::vector<std::vector<std::size_t>> shares_of(const std::vector<CyclicComponent>& components,
                                                std::size_t threads) {
  std::vector<std::vector<std::size_t>> shares(threads);
  std::vector<std::size_t> work(threads, 0);
  for (std::size_t i = 0; i < components.size(); ++i) {
    const auto least = static_cast<std::size_t>(std::ranges::min_element(work) - work.begin());
    shares[least].push_back(i);
    work[least] += work_of(components[i]);
  }
  return shares;
}

// One component is searched by one thread: others are worth what is beside the largest.
std::size_t threads_for(const std::vector<CyclicComponent>& components, const ValuePool& pool,
                        const CycleQuestions& questions) {
  constexpr std::size_t kLeast = 256;   // below that a thread itself costs more than it brings
  constexpr std::size_t kValues = 256;  // of a pool, whose copy costs what one unit of work does
  if (questions.chain_ends) return 1;   // which are told in the order in which they are found
  if (questions.threads != 0) return questions.threads;
  std::size_t work = 0, largest = 0;
  for (const CyclicComponent& component : components) {
    work += work_of(component);
    largest = std::max(largest, work_of(component));
  }
  const std::size_t least = std::max(kLeast, pool.size() / kValues);
  return worthwhile_threads(least + work - largest, least, questions.most_threads);
}

// What a thread searches with where there are several.
struct Searcher {
  explicit Searcher(const Engine& whole)
      : pool(whole.pool().copy()), engine(*pool, whole.program()) {
    engine.keep_stored(whole);
  }
  std::unique_ptr<ValuePool> pool;
  Engine engine;
};

template <class Search>
void search_shares(Engine& whole, const std::vector<std::vector<std::size_t>>& shares,
                   const Search& search) {
  if (shares.size() == 1) return search(whole, shares[0]);
  const auto one = [&](std::size_t i) {
    Searcher searcher(whole);
    search(searcher.engine, shares[i]);
  };
  Helpers helpers;
  for (std::size_t i = 1; i < shares.size(); ++i)
    if (!helpers.start([&one, i] { one(i); })) one(i);
  one(0);
  helpers.join();
}

}  // namespace

FoundCycles find_cycles(Engine& engine, const Project& project, const CycleQuestions& questions) {
  const RelationsTo relations(project.stacks);
  const EventGraph graph(project);
  const std::vector<CyclicComponent> components = components_of(project, graph);
  std::vector<FoundInComponent> parts(components.size());
  FoundCycles found;
  search_shares(engine, shares_of(components, threads_for(components, engine.pool(), questions)),
                [&](Engine& own, const std::vector<std::size_t>& share) {
                  LoopSearch loops(own, project, relations, graph, questions.chain_ends);
                  for (const std::size_t i : share) parts[i] = loops.run(components[i]);
                  if (questions.chain_ends) found.ends = loops.take_ends();  // of the only share
                });
  CyclesByEdges all;
  for (FoundInComponent& part : parts) {
    for (Cycle& cycle : part.cycles) all.keep(std::move(cycle));
    if (part.cut.exists()) found.cut.push_back(part.cut);
  }
  if (questions.possible)
    for (Cycle& cycle : cycles_by_permission(engine, project, graph, all.cycles())) {
      describe_cycle(engine.pool(), project, relations, cycle);
      all.keep(std::move(cycle));
    }
  found.cycles = all.take();
  return found;
}

}  // namespace fnlint
