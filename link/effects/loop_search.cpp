// A breadth-first search from each edge that leaves a function, which goes the shortest way back a
// second time; bounded for each search and each component.

#include "link/effects/loop_search.h"

#include "core/text.h"
#include "link/effects/caused_event.h"
#include "link/effects/loop_uncertainty.h"
#include "link/effects/stored_guards.h"
#include "values/confidence.h"

#include <algorithm>
#include <optional>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kHops = 12;      // edges of one cycle
constexpr std::size_t kVisits = 4096;  // edges that one search goes along ...
// ... and all searches of one strongly connected component.
constexpr std::size_t kVisitsOfComponent = 1'000'000;
constexpr std::size_t kKeptSteps = 100'000;      // of EventSteps that are kept ...
constexpr std::size_t kKeptStepsBefore = 4'096;  // ... from components before: few fit into caches

}  // namespace

void CyclesByEdges::keep(Cycle cycle) {
  std::vector<std::uint64_t> edges;
  for (const CycleStep& step : cycle.steps) {
    std::uint64_t edge = (static_cast<std::uint64_t>(step.from.index) << 32U) | step.to.index;
    if (step.kind == EdgeKind::Effect)
      edge = (std::uint64_t{1} << 63U) | (std::uint64_t{step.function} << 32U) | step.effect;
    edges.push_back(edge);
  }
  std::sort(edges.begin(), edges.end());
  const auto [known, is_new] = rows_.emplace(std::move(edges), cycles_.size());
  if (is_new)
    cycles_.push_back(std::move(cycle));
  else if (confidence_of(cycle.uncertainty) > confidence_of(cycles_[known->second].uncertainty))
    cycles_[known->second] = std::move(cycle);
}

FoundInComponent LoopSearch::run(const CyclicComponent& component) {
  steps_.forget_above(kKeptStepsBefore);
  visits_ = 0;
  cut_ = {};
  for (const std::uint32_t row : component.functions) begin_at_function(row);
  for (const ResourceId at : component.acting) begin_at_resource(at);
  return {.cycles = found_.take(), .cut = cut_};
}

void LoopSearch::begin_at_function(std::uint32_t row) {
  const LambdaFunction& function = project_.functions[row];
  const ResourceId at = function.resource;
  std::vector<Start> starts;
  for (const Relation* by : graph_.entering(at))
    if (graph_.together(by->from, at)) starts.push_back({at, by});
  if (graph_.is_called(at)) starts.push_back({at});
  for (const Start& start : starts) {
    const CausedEvent first = first_event(pool_, stacks_, start.by);
    for (std::uint32_t effect = 0; effect < function.effects.size(); ++effect) {
      ends_.begin(row, effect);
      search(start, first,
             [&](std::vector<PlaceRow>& next) { along_effect(0, row, effect, next); });
    }
    ends_.begin(row, kNone);
    for (const Relation* relation : graph_.leaving(at))
      search(start, first,
             [&](std::vector<PlaceRow>& next) { along_relation(0, *relation, next); });
  }
}

void LoopSearch::begin_at_resource(ResourceId at) {
  const CausedEvent first{.round = kFirstEvent};
  ends_.begin(kNone, kNone);
  for (const Relation* relation : graph_.leaving(at))
    search({.at = at, .by_anything = true}, first,
           [&](std::vector<PlaceRow>& next) { along_relation(0, *relation, next); });
}

// The places on the way, without the first.
std::vector<LoopSearch::PlaceRow> LoopSearch::way_to(PlaceRow row) const {
  std::vector<PlaceRow> way;
  for (; places_[row].before != kNone; row = places_[row].before) way.push_back(row);
  std::ranges::reverse(way);
  return way;
}

Span LoopSearch::where(const Place& place) const {
  return place.relation != nullptr ? place.relation->where
                                   : project_.functions[place.function].effects[place.effect].where;
}

void LoopSearch::ends(PlaceRow from, ResourceId at, std::string why, Span where) {
  if (!ends_.asked()) return;
  std::vector<ResourceId> path;
  for (const PlaceRow row : way_to(from)) path.push_back(places_[row].at);
  if (path.empty() || path.back() != at) path.push_back(at);
  ends_.add(std::move(path), std::move(why), where);
}

bool LoopSearch::closes(const Start& start, const Place& place) const {
  return place.at == start.at && (start.by_anything || place.relation == start.by);
}

std::uint64_t LoopSearch::edge_of(const Place& place) const {
  if (place.relation != nullptr) return relation_row(stacks_, *place.relation);
  return (std::uint64_t{1} << 63U) | (std::uint64_t{place.function} << 32U) |
         (std::uint64_t{place.effect} << 8U) | place.entry;
}

// False: the search has come to its limit.
bool LoopSearch::may_go_on(const Start& start, std::size_t visits) {
  if (visits < kVisits && visits_++ < kVisitsOfComponent) return true;
  if (!cut_.exists()) cut_ = start.at;
  return false;
}

// Breadth first, so that the first proof is the shortest; one that is not certain may still give
// way to one that is.
template <class FirstEdge>
void LoopSearch::search(const Start& start, const CausedEvent& first, const FirstEdge& along) {
  std::vector<PlaceRow> open, next;
  // What closes a cycle is met once for each edge that leads to it: another effect of the function
  // may have sent what comes back.
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen;
  std::optional<PlaceRow> best;
  const auto go_farther = [&](PlaceRow row) {
    if (places_[row].hops < kHops)
      open.push_back(row);
    else
      ends(row, places_[row].at, "the search goes no farther", where(places_[row]));
  };
  const auto take = [&] {
    for (const PlaceRow row : next) {
      Place& place = places_[row];
      const bool closed = closes(start, place);
      const std::uint64_t led_here =
          closed && place.before != 0 ? edge_of(places_[place.before]) : 0;
      if (!seen.insert({edge_of(place), led_here}).second) continue;
      if (!closed) {
        go_farther(row);
      } else if (!is_feasible(row) || deletes_the_last(place, start)) {
        ends(row, place.at, why_, where(place));
        if (stacks_.function_at(place.at) != kNone) go_farther(row);
      } else if (!best ||
                 confidence_of(place.uncertainty) > confidence_of(places_[*best].uncertainty)) {
        best = row;
      }
    }
    next.clear();
  };
  const auto is_certain = [&] {
    return best && confidence_of(places_[*best].uncertainty) == Confidence::Certain;
  };
  steps_.forget_above(kKeptSteps);
  open_.clear();
  places_.assign(1, {.at = start.at, .event = steps_.row_of(first)});
  along(next);
  take();
  for (std::size_t i = 0; i < open.size() && !is_certain() && may_go_on(start, i); ++i) {
    expand(open[i], next);
    take();
  }
  if (best) finish(*best);
}

void LoopSearch::expand(PlaceRow from, std::vector<PlaceRow>& next) {
  const ResourceId at = places_[from].at;
  for (const Relation* relation : graph_.leaving(at)) along_relation(from, *relation, next);
  const std::uint32_t row = stacks_.function_at(at);
  if (row == kNone) return;
  for (std::uint32_t effect = 0; effect < project_.functions[row].effects.size(); ++effect)
    along_effect(from, row, effect, next);
}

void LoopSearch::arrive(Place place, std::vector<PlaceRow>& next) {
  const Place& before = places_[place.before];
  place.hops = static_cast<std::uint8_t>(before.hops + 1);
  place.uncertainty |= before.uncertainty;
  next.push_back(static_cast<PlaceRow>(places_.size()));
  places_.push_back(place);
}

void LoopSearch::along_effect(PlaceRow from, std::uint32_t function, std::uint32_t effect,
                              std::vector<PlaceRow>& next) {
  const Effect& row = project_.functions[function].effects[effect];
  if (!causes_events(row) || !graph_.together(places_[from].at, row.target)) return;
  const EventSteps::Done& done =
      steps_.done(function, effect, places_[from].event, places_[from].hops == 0);
  if (!done.happens) return ends(from, row.target, done.why, row.where);
  for (std::uint32_t i = 0; i < done.sent.size(); ++i) {
    const EventSteps::Sent& sent = done.sent[i];
    arrive({.at = row.target,
            .event = sent.event,
            .uncertainty =
                static_cast<std::uint8_t>(done.uncertainty | row.uncertainty | sent.uncertainty),
            .before = from,
            .function = function,
            .effect = effect,
            .entry = i,
            .write = &sent.write},
           next);
  }
}

void LoopSearch::along_relation(PlaceRow from, const Relation& relation,
                                std::vector<PlaceRow>& next) {
  if (!graph_.together(relation.from, relation.to)) return;
  const EventRow event = places_[from].event;
  const EventSteps::Passed& passed = steps_.passed(relation, event);
  if (passed.leaves == Answer::No)
    return ends(from, relation.to, "it does not pass on the kind of event that starts the function",
                relation.where);
  if (passed.passes == Answer::No) {
    if (ends_.asked())
      ends(from, relation.to, ends_.refusal(relation, steps_[event]), relation.where);
    return;
  }
  std::uint8_t uncertainty = relation.uncertainty | passed.uncertainty;
  if (passed.passes == Answer::Unknown) uncertainty |= kUncertain;
  const bool branches = stacks_[relation.from].kind == ResourceKind::StateMachine;
  if (relation.kind == RelationKind::FailureForward || branches ||
      passed.leaves == Answer::Unknown || !pool_.always(relation.when))
    uncertainty |= kConditional;
  arrive({.at = relation.to,
          .event = passed.event,
          .uncertainty = uncertainty,
          .before = from,
          .relation = &relation,
          .passes = passed.passes},
         next);
}

namespace {

std::string_view label_of(Answer answer, bool filtered) {
  if (!filtered) return "It matches every event.";
  return answer == Answer::Yes ? "Its filter matches the event."
                               : "Whether its filter matches the event is unknown.";
}

}  // namespace

CycleStep LoopSearch::step_to(PlaceRow row) const {
  const Place& place = places_[row];
  const auto open = open_.find(row);
  if (place.relation == nullptr)
    return {.kind = EdgeKind::Effect,
            .from = places_[place.before].at,
            .to = place.at,
            .function = place.function,
            .effect = place.effect,
            .where = where(place),
            .why = open == open_.end() ? std::string() : open->second};
  const Relation& relation = *place.relation;
  const bool fails = relation.kind == RelationKind::FailureForward;
  CycleStep step{.kind = fails ? EdgeKind::FailureForward : EdgeKind::Forward,
                 .from = relation.from,
                 .to = relation.to,
                 .relation = relation_row(stacks_, relation),
                 .where = relation.where};
  if (stacks_.function_at(relation.to) != kNone && !fails) {
    step.kind = EdgeKind::Trigger;
    step.function = stacks_.function_at(relation.to);
  }
  const bool filtered =
      relation.filter.exists() && stacks_[relation.from].kind != ResourceKind::StateMachine &&
      pool_.is(relation.filter, ValueKind::Record) && !pool_.names(relation.filter).empty();
  step.why = label_of(place.passes, filtered);
  return step;
}

namespace {

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

}  // namespace

std::vector<const LambdaFunction*> LoopSearch::functions_on(
    const std::vector<PlaceRow>& way) const {
  std::vector<const LambdaFunction*> functions;
  for (const PlaceRow row : way)
    if (places_[row].relation == nullptr)
      functions.push_back(&project_.functions[places_[row].function]);
  return functions;
}

// The second round: does the event that came back go the same way again? What it has become may
// no longer pass, a counter may reach its bound, a write may change nothing. Further rounds are
// gone while the event is another each time: a chain of steps may come to its end.
bool LoopSearch::is_feasible(PlaceRow row) {
  constexpr int kFurtherRounds = 4;
  const std::vector<PlaceRow> way = way_to(row);
  EventRow event = places_[row].event, before = event;
  if (!closes_cycle(row, way, event)) return false;
  const std::uint8_t found = places_[row].uncertainty;
  for (int round = 0; round < kFurtherRounds && event != before; ++round) {
    before = event;
    if (!closes_cycle(row, way, event)) return false;
  }
  places_[row].uncertainty = found;
  return true;
}

bool LoopSearch::closes_cycle(PlaceRow row, const std::vector<PlaceRow>& way, EventRow& event) {
  const auto later = [&](CausedEvent next) {
    next.round = kFirstEvent + 2;
    event = steps_.row_of(next);
  };
  for (const PlaceRow at : way) {
    const Place& hop = places_[at];
    if (hop.relation != nullptr) {
      const EventSteps::Passed& passed = steps_.passed(*hop.relation, event);
      const bool ends = passed.leaves == Answer::No || passed.passes == Answer::No;
      if (ends && ends_.asked())
        why_ = cat("in the second round ", ends_.refusal(*hop.relation, steps_[event]));
      if (ends) return false;
      later(steps_[passed.event]);
      continue;
    }
    const Effect& effect = project_.functions[hop.function].effects[hop.effect];
    if (way.size() == 2 && is_copy_onto_itself(pool_, operations()[effect.operation], effect))
      return ends_here("S3 refuses a copy of an object onto itself that changes nothing");
    std::uint8_t uncertainty = 0;
    const CausedEvent& first = steps_[places_[hop.before].event];
    std::string why;
    if (!replay_is_feasible(engine_, effect, &first, steps_[event], uncertainty,
                       ends_.asked() ? &why : nullptr))
      return ends_here(std::move(why));
    if (!why.empty())
      open_.insert_or_assign(at, cat("Whether this happens again is undecided: ", why, '.'));
    if (at == way.front()) places_[row].uncertainty |= uncertainty;
    const LambdaFunction& function = project_.functions[hop.function];
    if (may_be_settled_in_a_table(pool_, project_, effect, function, functions_on(way)))
      places_[row].uncertainty |= kUncertain;
    const EventSteps::Done& again = steps_.done(hop.function, hop.effect, event, true);
    if (again.sent.empty()) return true;
    // Of what it may send, the event that came back may leave one alone.
    if (again.sent.size() > 1 && hop.entry >= again.sent.size()) return true;
    const EventSteps::Sent& sent = again.sent[again.sent.size() == 1 ? 0 : hop.entry];
    if (stacks_[effect.target].kind == ResourceKind::Table) {
      const Answer changes = changes_again(pool_, *hop.write, sent.write);
      if (changes == Answer::No)
        return ends_here("written again, it changes nothing, or its own condition fails");
      if (changes == Answer::Unknown) places_[row].uncertainty |= kUncertain;
      if (hop.write->conditional) places_[row].uncertainty |= kConditional;
    }
    later(steps_[sent.event]);
  }
  return true;
}

// Deleting another object goes on only until there is none left; deleting the same one again does
// nothing.
bool LoopSearch::deletes_the_last(Place& place, const Start& start) {
  const auto is_removal = [](std::string_view type) {
    return type.starts_with("s3:ObjectRemoved");
  };
  const CausedEvent& event = steps_[place.event];
  if (event.types.empty() || !std::ranges::all_of(event.types, is_removal)) return false;
  const ValueId own = pool_.hole(Origin::Event, "Records[].s3.object.key", kFirstEvent);
  bool same = false;
  if (event.key.exists())
    for_each_below(pool_, event.key, [&](ValueId id) { same = same || id == own; });
  const CausedEvent first = first_event(pool_, stacks_, start.by);
  why_ = "deleting the same object again does nothing";
  if (same && equal(pool_, event.key, first.key) == Answer::Yes) return true;
  place.uncertainty |= kUncertain;
  return false;
}

void LoopSearch::finish(PlaceRow row) {
  Cycle cycle;
  for (const PlaceRow at : way_to(row)) cycle.steps.push_back(step_to(at));
  if (cycle.steps.back().kind != EdgeKind::Effect)  // begin with the trigger
    std::rotate(cycle.steps.begin(), cycle.steps.end() - 1, cycle.steps.end());
  cycle.uncertainty = places_[row].uncertainty;
  keep(std::move(cycle));
}

void LoopSearch::keep(Cycle cycle) {
  describe_cycle(pool_, project_, relations_, cycle);
  found_.keep(std::move(cycle));
}

}  // namespace fnlint
