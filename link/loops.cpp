#include "link/loops.h"

#include "core/text.h"
#include "link/caused_event.h"
#include "link/chain_ends.h"
#include "link/event_graph.h"
#include "link/loop_evidence.h"
#include "values/confidence.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kHops = 12;           // edges of one cycle
constexpr std::size_t kVisits = 4096;       // edges that one search goes along ...
constexpr std::size_t kAllVisits = 200'000;  // ... and all searches of a run

// Where a cycle is taken to begin: a function and what starts it, or a resource that acts on its
// own (a state machine, a pipe).
struct Start {
  ResourceId at = {};
  const Relation* by = nullptr;  // none: code calls the function
  bool by_anything = false;
};

// One edge that an event went along.
struct Hop {
  CycleStep step = {};
  const Relation* relation = nullptr;  // none: an effect
  std::size_t entry = 0;               // which of the events that the effect causes
  CausedEvent before = {};
  Caused after = {};
};
struct Place {
  ResourceId at = {};
  CausedEvent event = {};
  std::uint8_t evidence = 0;
  std::vector<Hop> hops = {};
};

class LoopSearch {
 public:
  LoopSearch(Engine& engine, const Project& project, const CycleQuestions& questions)
      : engine_(engine),
        pool_(engine.pool()),
        project_(project),
        stacks_(project.stacks),
        graph_(project),
        ends_(project, questions.chain_ends) {}
  FoundCycles run(bool possible);

 private:
  void begin_at_function(std::uint32_t row);
  void begin_at_resource(ResourceId at);
  void search(const Start& start, std::vector<Place> open);
  void expand(const Place& place, std::vector<Place>& next);
  void along_effect(const Place& place, std::uint32_t function, std::uint32_t effect,
                    std::vector<Place>& next);
  void along_relation(const Place& place, const Relation& relation, std::vector<Place>& next);
  [[nodiscard]] bool closes(const Start& start, const Place& place) const;
  bool goes_on(Place& place);
  void ends(const Place& place, ResourceId at, std::string why, Span where);
  bool ends_here(std::string why) {
    why_ = std::move(why);
    return false;
  }
  [[nodiscard]] std::string* asked_why() { return ends_.asked() ? &why_ : nullptr; }
  bool deletes_the_last(Place& place, const Start& start);
  void finish(const Place& place);
  void keep(Cycle cycle);

  Engine& engine_;
  ValuePool& pool_;
  const Project& project_;
  const Stacks& stacks_;
  EventGraph graph_;
  ChainEnds ends_;
  std::string why_ = {};  // what ended the last chain, where that is asked for
  std::map<std::vector<std::uint64_t>, std::size_t> known_;  // edges to the row of cycles_
  std::vector<Cycle> cycles_;
  std::size_t visits_ = 0;
};

FoundCycles LoopSearch::run(bool possible) {
  for (std::uint32_t row = 0; row < project_.functions.size(); ++row)
    if (graph_.on_cycle(project_.functions[row].resource)) begin_at_function(row);
  for (std::uint32_t i = 0; i < stacks_.resources.size(); ++i) {
    const ResourceKind kind = stacks_.resources[i].kind;
    const bool acts = kind == ResourceKind::StateMachine || kind == ResourceKind::Pipe;
    if (acts && graph_.on_cycle(ResourceId{i})) begin_at_resource(ResourceId{i});
  }
  if (possible)
    for (Cycle& cycle : cycles_by_permission(engine_, project_, graph_, cycles_))
      keep(std::move(cycle));
  return {std::move(cycles_), ends_.take(), visits_ < kAllVisits};
}

void LoopSearch::begin_at_function(std::uint32_t row) {
  const LambdaFunction& function = project_.functions[row];
  const ResourceId at = function.resource;
  std::vector<Start> starts;
  for (const Relation* by : graph_.entering(at))
    if (graph_.together(by->from, at)) starts.push_back({at, by});
  if (graph_.is_called(at)) starts.push_back({at});
  for (const Start& start : starts) {
    Place place{.at = at, .event = first_event(pool_, stacks_, start.by)};
    for (std::uint32_t e = 0; e < function.effects.size(); ++e) {
      std::vector<Place> open;
      ends_.begin(row, e);
      along_effect(place, row, e, open);
      search(start, std::move(open));
    }
    for (const Relation* relation : graph_.leaving(at)) {
      std::vector<Place> open;
      ends_.begin(row, UINT32_MAX);
      along_relation(place, *relation, open);
      search(start, std::move(open));
    }
  }
}

void LoopSearch::ends(const Place& place, ResourceId at, std::string why, Span where) {
  if (!ends_.asked()) return;
  std::vector<ResourceId> path;
  for (const Hop& hop : place.hops) path.push_back(hop.step.to);
  if (path.empty() || path.back() != at) path.push_back(at);
  ends_.add(std::move(path), std::move(why), where);
}

void LoopSearch::begin_at_resource(ResourceId at) {
  const Place place{.at = at, .event = {.round = kFirstEvent}};
  ends_.begin(UINT32_MAX, UINT32_MAX);
  for (const Relation* relation : graph_.leaving(at)) {
    std::vector<Place> open;
    along_relation(place, *relation, open);
    search({.at = at, .by_anything = true}, std::move(open));
  }
}

bool LoopSearch::closes(const Start& start, const Place& place) const {
  return place.at == start.at &&
         (start.by_anything || place.hops.back().relation == start.by);
}

std::uint64_t edge_of(const Hop& hop) {
  if (hop.relation != nullptr) return std::bit_cast<std::uintptr_t>(hop.relation);
  return (std::uint64_t{1} << 63U) | (std::uint64_t{hop.step.function} << 32U) |
         (std::uint64_t{hop.step.effect} << 8U) | hop.entry;
}

// Breadth first, so that the first proof is the shortest; one that is not certain may still give
// way to one that is.
void LoopSearch::search(const Start& start, std::vector<Place> first) {
  std::deque<Place> open;
  std::set<std::uint64_t> seen;
  std::optional<Place> best;
  const auto arrive = [&](std::vector<Place>& places) {
    for (Place& place : places) {
      if (!seen.insert(edge_of(place.hops.back())).second) continue;
      if (!closes(start, place)) {
        if (place.hops.size() < kHops)
          open.push_back(std::move(place));
        else
          ends(place, place.at, "the search goes no farther", place.hops.back().step.where);
        continue;
      }
      if (!goes_on(place) || deletes_the_last(place, start)) {
        ends(place, place.at, why_, place.hops.back().step.where);
        continue;
      }
      if (!best || confidence_of(place.evidence) > confidence_of(best->evidence))
        best = std::move(place);
    }
  };
  arrive(first);
  const auto is_certain = [&] {
    return best && confidence_of(best->evidence) == Confidence::Certain;
  };
  for (std::size_t visits = 0; !open.empty() && !is_certain(); ++visits, ++visits_) {
    if (visits >= kVisits || visits_ >= kAllVisits) break;
    const Place place = std::move(open.front());
    open.pop_front();
    std::vector<Place> next;
    expand(place, next);
    arrive(next);
  }
  if (best) finish(*best);
}

void LoopSearch::expand(const Place& place, std::vector<Place>& next) {
  for (const Relation* relation : graph_.leaving(place.at)) along_relation(place, *relation, next);
  const std::uint32_t row = graph_.function_at(place.at);
  if (row == UINT32_MAX) return;
  for (std::uint32_t e = 0; e < project_.functions[row].effects.size(); ++e)
    along_effect(place, row, e, next);
}

void LoopSearch::along_effect(const Place& place, std::uint32_t function, std::uint32_t effect,
                              std::vector<Place>& next) {
  const Effect& row = project_.functions[function].effects[effect];
  if (!causes_events(row) || !graph_.together(place.at, row.target)) return;
  std::uint8_t evidence = place.evidence;
  if (!place.hops.empty() &&
      !happens_again(engine_, row, nullptr, place.event, evidence, asked_why()))
    return ends(place, row.target, why_, row.where);
  std::vector<Caused> all = caused_by(engine_, stacks_, row, place.event);
  for (std::size_t i = 0; i < all.size(); ++i) {
    Place after{.at = row.target, .event = all[i].event, .hops = place.hops};
    after.evidence = static_cast<std::uint8_t>(evidence | row.evidence | all[i].evidence);
    const CycleStep step{.kind = EdgeKind::Effect,
                         .from = place.at,
                         .to = row.target,
                         .function = function,
                         .effect = effect,
                         .where = row.where};
    after.hops.push_back({step, nullptr, i, place.event, std::move(all[i])});
    next.push_back(std::move(after));
  }
}

// What an asynchronous invocation, or a mapping's batch, hands on.
Answer leaves_function(const Stacks& stacks, const Relation& relation, Invocation invocation) {
  if (stacks[relation.from].kind != ResourceKind::Function) return Answer::Yes;
  if (invocation == Invocation::Unknown) return Answer::Unknown;
  const bool of_batch = relation.declared_by.exists() &&
                        stacks[relation.declared_by].kind == ResourceKind::EventSourceMapping;
  const Invocation needed = of_batch ? Invocation::Polled : Invocation::Asynchronous;
  return invocation == needed ? Answer::Yes : Answer::No;
}

std::string_view words_of(Answer answer, bool filtered) {
  if (!filtered) return "It takes every event.";
  return answer == Answer::Yes ? "Its filter takes the event."
                               : "Whether its filter takes the event is not known.";
}

void LoopSearch::along_relation(const Place& place, const Relation& relation,
                                std::vector<Place>& next) {
  if (!graph_.together(relation.from, relation.to)) return;
  const Answer leaves = leaves_function(stacks_, relation, place.event.invocation);
  const Answer answer = passes(pool_, stacks_, relation, place.event);
  if (leaves == Answer::No)
    return ends(place, relation.to, "what starts the function is not of the kind that it hands on",
                relation.where);
  if (answer == Answer::No) {
    if (ends_.asked())
      ends(place, relation.to, ends_.refusal(relation, place.event), relation.where);
    return;
  }
  Place after = place;
  after.at = relation.to;
  after.event = carried(pool_, stacks_, relation, place.event);
  if (after.event.round == kFirstEvent) after.event.round = kFirstEvent + 1;
  after.evidence = static_cast<std::uint8_t>(after.evidence | relation.evidence);
  if (answer == Answer::Unknown) after.evidence |= kUncertain;
  const bool fails = relation.kind == RelationKind::FailureForward;
  const bool branches = stacks_[relation.from].kind == ResourceKind::StateMachine;
  if (fails || branches || leaves == Answer::Unknown || !pool_.always(relation.when))
    after.evidence |= kConditional;
  CycleStep step{.kind = fails ? EdgeKind::FailureForward : EdgeKind::Forward,
                 .from = relation.from,
                 .to = relation.to,
                 .where = relation.where};
  if (graph_.function_at(relation.to) != UINT32_MAX && !fails) {
    step.kind = EdgeKind::Trigger;
    step.function = graph_.function_at(relation.to);
  }
  const bool filtered = relation.filter.exists() &&
                        pool_.is(relation.filter, ValueKind::Record) &&
                        !pool_.names(relation.filter).empty();
  step.why = words_of(answer, filtered);
  after.hops.push_back({std::move(step), &relation, 0, place.event, {.event = after.event}});
  next.push_back(std::move(after));
}

bool is_copy_onto_itself(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  if (operation.id != "s3.CopyObject" || !effect.arguments.exists() ||
      pool[effect.arguments].kind != ValueKind::Record)
    return false;
  bool changes = false, same_source = false;
  for (std::size_t i = 0; i < pool.names(effect.arguments).size(); ++i) {
    const std::string_view name = pool[pool.names(effect.arguments)[i]];
    const ValueId value = pool.operands(effect.arguments)[i];
    if (name == "StorageClass" || name == "ServerSideEncryption" || name == "SSEKMSKeyId" ||
        name == "WebsiteRedirectLocation")
      changes = true;
    if (name == "MetadataDirective" || name == "TaggingDirective")
      changes = changes || as_text(pool, value) != std::optional<std::string_view>("COPY");
    if (name == "CopySource" && effect.key.exists())
      for_each_below(pool, value,
                     [&](ValueId id) { same_source = same_source || id == effect.key; });
  }
  return same_source && !changes;
}

// The second round: does the event that came back go the same way again? What it has become may
// no longer pass, a counter may reach its bound, a write may change nothing.
bool LoopSearch::goes_on(Place& place) {
  CausedEvent event = place.event;
  const auto later = [&](CausedEvent next) {
    event = std::move(next);
    event.round = kFirstEvent + 2;
  };
  for (const Hop& hop : place.hops) {
    if (hop.relation != nullptr) {
      const bool ends =
          leaves_function(stacks_, *hop.relation, event.invocation) == Answer::No ||
          passes(pool_, stacks_, *hop.relation, event) == Answer::No;
      if (ends && ends_.asked())
        why_ = cat("in the second round ", ends_.refusal(*hop.relation, event));
      if (ends) return false;
      later(carried(pool_, stacks_, *hop.relation, event));
      continue;
    }
    const Effect& effect = project_.functions[hop.step.function].effects[hop.step.effect];
    if (place.hops.size() == 2 &&
        is_copy_onto_itself(pool_, operations()[effect.operation], effect))
      return ends_here("S3 refuses a copy of an object onto itself that changes nothing");
    std::uint8_t evidence = 0;
    if (!happens_again(engine_, effect, &hop.before, event, evidence, asked_why())) return false;
    if (&hop == &place.hops.front()) place.evidence |= evidence;
    std::vector<Caused> again = caused_by(engine_, stacks_, effect, event);
    if (hop.entry >= again.size()) return true;
    if (stacks_[effect.target].kind == ResourceKind::Table) {
      const Answer changes = changes_again(pool_, hop.after.write, again[hop.entry].write);
      if (changes == Answer::No)
        return ends_here("written once more, it changes nothing, or its own condition fails");
      if (changes == Answer::Unknown) place.evidence |= kUncertain;
      if (hop.after.write.conditional) place.evidence |= kConditional;
    }
    later(std::move(again[hop.entry].event));
  }
  return true;
}

// Deleting another object goes on only until there is none left; deleting the same one again does
// nothing.
bool LoopSearch::deletes_the_last(Place& place, const Start& start) {
  const auto is_removal = [](std::string_view type) {
    return type.starts_with("s3:ObjectRemoved");
  };
  const CausedEvent& event = place.event;
  if (event.types.empty() || !std::ranges::all_of(event.types, is_removal)) return false;
  const ValueId own = pool_.hole(Origin::Event, "Records[].s3.object.key", kFirstEvent);
  bool same = false;
  if (event.key.exists())
    for_each_below(pool_, event.key, [&](ValueId id) { same = same || id == own; });
  const CausedEvent first = first_event(pool_, stacks_, start.by);
  why_ = "deleting the same object again does nothing";
  if (same && equal(pool_, event.key, first.key) == Answer::Yes) return true;
  place.evidence |= kUncertain;
  return false;
}

void LoopSearch::finish(const Place& place) {
  Cycle cycle;
  for (const Hop& hop : place.hops) cycle.steps.push_back(hop.step);
  if (cycle.steps.back().kind != EdgeKind::Effect)  // begin with the trigger
    std::rotate(cycle.steps.begin(), cycle.steps.end() - 1, cycle.steps.end());
  cycle.evidence = place.evidence;
  keep(std::move(cycle));
}

// Of cycles over the same edges the surest is kept.
void LoopSearch::keep(Cycle cycle) {
  describe_cycle(pool_, project_, cycle);
  std::vector<std::uint64_t> edges;
  for (const CycleStep& step : cycle.steps) {
    std::uint64_t edge = (static_cast<std::uint64_t>(step.from.index) << 32U) | step.to.index;
    if (step.kind == EdgeKind::Effect)
      edge = (std::uint64_t{1} << 63U) | (std::uint64_t{step.function} << 32U) | step.effect;
    edges.push_back(edge);
  }
  std::sort(edges.begin(), edges.end());
  const auto [known, is_new] = known_.emplace(std::move(edges), cycles_.size());
  if (is_new)
    cycles_.push_back(std::move(cycle));
  else if (confidence_of(cycle.evidence) > confidence_of(cycles_[known->second].evidence))
    cycles_[known->second] = std::move(cycle);
}

}  // namespace

FoundCycles find_cycles(Engine& engine, const Project& project, const CycleQuestions& questions) {
  return LoopSearch(engine, project, questions).run(questions.possible);
}

}  // namespace fnlint
