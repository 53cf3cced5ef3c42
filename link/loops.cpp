#include "link/loops.h"

#include "link/caused_event.h"
#include "link/function_scope.h"
#include "link/permissions.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace fnlint {

namespace {

constexpr std::size_t kHops = 12;      // edges of one cycle
constexpr std::size_t kVisits = 4096;  // states of one search

class LoopSearch {
 public:
  LoopSearch(Engine& engine, const Project& project)
      : engine_(engine), pool_(engine.pool()), project_(project) {
    for (const Relation& relation : project.stacks.relations) {
      const bool carries = relation.kind == RelationKind::Trigger ||
                           relation.kind == RelationKind::Forward ||
                           relation.kind == RelationKind::FailureForward;
      if (carries && relation.from.exists() && relation.to.exists())
        leaving_[relation.from].push_back(&relation);
      if (relation.kind == RelationKind::Trigger && relation.from.exists() && relation.to.exists())
        triggers_[relation.to].push_back(&relation);
    }
    for (std::uint32_t i = 0; i < project.functions.size(); ++i)
      rows_[project.functions[i].resource] = i;
  }
  std::vector<Cycle> run(bool possible);

 private:
  struct Place {
    ResourceId at = {};
    CausedEvent event = {};
    std::uint8_t evidence = 0;
    std::vector<CycleStep> steps = {};
  };
  void search(std::uint32_t function, const Relation& start, std::uint32_t effect);
  void arrive(std::uint32_t start_function, const Place& place, const Relation& relation,
              std::deque<Place>& open, bool& found);
  void close(std::uint32_t function, Place place, const Relation& trigger, bool& found);
  void by_permission(std::uint32_t function, const Relation& trigger);
  void finish(Cycle cycle);
  [[nodiscard]] bool denied(std::uint32_t function, const Effect& effect);
  [[nodiscard]] bool allows_recursion(std::uint32_t function) const;

  Engine& engine_;
  ValuePool& pool_;
  const Project& project_;
  std::map<ResourceId, std::vector<const Relation*>> leaving_, triggers_;
  std::map<ResourceId, std::uint32_t> rows_;
  std::set<std::vector<std::uint64_t>> known_;
  std::vector<Cycle> cycles_;
  std::set<std::pair<std::uint32_t, ResourceId>> looping_;
};

std::vector<Cycle> LoopSearch::run(bool possible) {
  for (std::uint32_t f = 0; f < project_.functions.size(); ++f)
    for (const Relation* trigger : triggers_[project_.functions[f].resource])
      for (std::uint32_t e = 0; e < project_.functions[f].effects.size(); ++e)
        search(f, *trigger, e);
  if (possible)
    for (std::uint32_t f = 0; f < project_.functions.size(); ++f)
      for (const Relation* trigger : triggers_[project_.functions[f].resource])
        by_permission(f, *trigger);
  return std::move(cycles_);
}

void LoopSearch::search(std::uint32_t function, const Relation& start, std::uint32_t effect) {
  const Effect& first = project_.functions[function].effects[effect];
  if (!first.target.exists() || operations()[first.operation].events.empty()) return;
  if (!leaving_.contains(first.target)) return;
  Place begin;
  begin.at = first.target;
  begin.event = caused_by(engine_, first, key_of_trigger(pool_, project_.stacks, start));
  begin.evidence = first.evidence;
  begin.steps.push_back({EdgeKind::Effect, project_.functions[function].resource, first.target,
                         function, effect, first.where});
  std::deque<Place> open{std::move(begin)};
  std::set<ResourceId> seen{first.target};
  bool found = false;
  for (std::size_t visits = 0; !open.empty() && !found && visits < kVisits; ++visits) {
    const Place place = std::move(open.front());
    open.pop_front();
    if (place.steps.size() >= kHops) continue;
    for (const Relation* relation : leaving_[place.at]) {
      const std::size_t before = open.size();
      arrive(function, place, *relation, open, found);
      while (open.size() > before && !seen.insert(open.back().at).second) open.pop_back();
      if (found) break;
    }
  }
}

void LoopSearch::arrive(std::uint32_t start_function, const Place& place, const Relation& relation,
                        std::deque<Place>& open, bool& found) {
  const Answer answer = passes(pool_, project_.stacks, relation, place.event);
  if (answer == Answer::No) return;
  Place next = place;
  next.at = relation.to;
  next.evidence = static_cast<std::uint8_t>(next.evidence | relation.evidence);
  if (answer == Answer::Unknown) next.evidence |= kUncertain;
  if (!pool_.always(relation.when)) next.evidence |= kConditional;
  const auto function = rows_.find(relation.to);
  if (function == rows_.end()) {
    const bool fails = relation.kind == RelationKind::FailureForward;
    if (fails) next.evidence |= kConditional;
    next.steps.push_back({fails ? EdgeKind::FailureForward : EdgeKind::Forward, relation.from,
                          relation.to, UINT32_MAX, UINT32_MAX, relation.where});
    open.push_back(std::move(next));
    return;
  }
  next.steps.push_back({EdgeKind::Trigger, relation.from, relation.to, function->second, UINT32_MAX,
                        relation.where});
  if (function->second == start_function) {
    close(start_function, std::move(next), relation, found);
    return;
  }
  const LambdaFunction& other = project_.functions[function->second];
  for (std::uint32_t e = 0; e < other.effects.size(); ++e) {
    const Effect& effect = other.effects[e];
    if (!effect.target.exists() || operations()[effect.operation].events.empty()) continue;
    Place after = next;
    if (!happens_again(engine_, effect, place.event, after.evidence)) continue;
    after.evidence = static_cast<std::uint8_t>(after.evidence | effect.evidence);
    after.event = caused_by(engine_, effect, place.event.key);
    after.at = effect.target;
    after.steps.push_back(
        {EdgeKind::Effect, other.resource, effect.target, function->second, e, effect.where});
    open.push_back(std::move(after));
  }
}

// Removal: deleting another object goes on only until there is none left; deleting the same one
// again does nothing.
bool is_removal(const CausedEvent& event) {
  return !event.types.empty() &&
         std::all_of(event.types.begin(), event.types.end(),
                     [](std::string_view type) { return type.starts_with("s3:ObjectRemoved"); });
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

void LoopSearch::close(std::uint32_t function, Place place, const Relation& trigger, bool& found) {
  const CycleStep first = place.steps.front();
  const Effect& effect = project_.functions[function].effects[first.effect];
  if (!happens_again(engine_, effect, place.event, place.evidence)) return;
  if (place.steps.size() == 2 && is_copy_onto_itself(pool_, operations()[effect.operation], effect))
    return;
  if (is_removal(place.event)) {
    const ValueId own = pool_.hole(Origin::Event, "Records[].s3.object.key", 1);
    bool same = false;
    if (place.event.key.exists())
      for_each_below(pool_, place.event.key, [&](ValueId id) { same = same || id == own; });
    if (same && equal(pool_, place.event.key, key_of_trigger(pool_, project_.stacks, trigger)) ==
                    Answer::Yes)
      return;
    place.evidence |= kUncertain;
  }
  found = true;
  std::rotate(place.steps.begin(), place.steps.end() - 1,
              place.steps.end());  // begin with the trigger
  Cycle cycle;
  cycle.steps = std::move(place.steps);
  cycle.evidence = place.evidence;
  finish(std::move(cycle));
}

bool LoopSearch::denied(std::uint32_t function, const Effect& effect) {
  const DeclaredFunction& declared =
      project_.stacks.functions[project_.functions[function].declared];
  if (!effect.target.exists()) return false;
  const auto actions = operations()[effect.operation].actions;
  return std::ranges::any_of(actions, [&](std::string_view action) {
    return action.find('|') == std::string_view::npos &&  // of alternatives one suffices
           role_allows(pool_, project_.stacks, declared, action, effect.target) == Answer::No;
  });
}

bool LoopSearch::allows_recursion(std::uint32_t function) const {
  const Property* property =
      find_property(pool_, project_.stacks, project_.functions[function].resource, "RecursiveLoop");
  return property != nullptr &&
         as_text(pool_, property->value) == std::optional<std::string_view>("Allow");
}

void LoopSearch::finish(Cycle cycle) {
  std::vector<std::uint64_t> edges;
  std::set<ResourceKind> services;
  cycle.stopped_by_platform = true;
  for (const CycleStep& step : cycle.steps) {
    std::uint64_t edge = (static_cast<std::uint64_t>(step.from.index) << 32U) | step.to.index;
    if (step.kind == EdgeKind::Effect) {
      edge = (std::uint64_t{1} << 63U) | (static_cast<std::uint64_t>(step.function) << 32U) |
             step.effect;
      if (step.effect != UINT32_MAX)
        cycle.denied =
            cycle.denied ||
            denied(step.function, project_.functions[step.function].effects[step.effect]);
      cycle.allowed = cycle.allowed || allows_recursion(step.function);
    }
    edges.push_back(edge);
    for (const ResourceId node : {step.from, step.to}) {
      const ResourceKind kind = project_.stacks[node].kind;
      const bool counted = kind != ResourceKind::Function && kind != ResourceKind::Bus &&
                           kind != ResourceKind::Rule && kind != ResourceKind::Pipe;
      if (counted) services.insert(kind);
      const bool covered = kind == ResourceKind::Function || kind == ResourceKind::Bucket ||
                           kind == ResourceKind::Queue || kind == ResourceKind::Topic;
      if (!covered) cycle.stopped_by_platform = false;
    }
  }
  std::sort(edges.begin(), edges.end());
  if (!known_.insert(edges).second) return;
  cycle.services.assign(services.begin(), services.end());
  if (cycle.denied) cycle.evidence |= kUncertain;
  for (const CycleStep& step : cycle.steps)
    if (step.kind == EdgeKind::Effect) looping_.insert({step.function, step.to});
  cycles_.push_back(std::move(cycle));
}

// What only the role suggests: a write that could not be resolved, or code that could not be read,
// and a right to write what triggers the function.
void LoopSearch::by_permission(std::uint32_t row, const Relation& trigger) {
  const LambdaFunction& function = project_.functions[row];
  if (project_.stacks[trigger.from].kind != ResourceKind::Bucket ||
      looping_.contains({row, trigger.from}))
    return;
  const DeclaredFunction& declared = project_.stacks.functions[function.declared];
  CausedEvent event;
  event.types = {"s3:ObjectCreated:Put"};
  event.source = trigger.from;
  const Effect* call = nullptr;
  std::uint32_t call_row = UINT32_MAX;
  for (std::uint32_t i = 0; i < function.unknown_calls.size(); ++i) {
    const Effect& one = function.unknown_calls[i];
    if (operations()[one.operation].target_kind != ResourceKind::Bucket ||
        operations()[one.operation].events.empty())
      continue;
    event = caused_by(engine_, one, key_of_trigger(pool_, project_.stacks, trigger));
    event.source = trigger.from;
    std::uint8_t evidence = 0;
    if (passes(pool_, project_.stacks, trigger, event) == Answer::No ||
        !happens_again(engine_, one, event, evidence))
      continue;
    call = &one;
    call_row = i;
    break;
  }
  if (call == nullptr && function.resolved) return;
  if (call == nullptr && passes(pool_, project_.stacks, trigger, event) == Answer::No) return;
  if (role_allows(pool_, project_.stacks, declared, "s3:PutObject", trigger.from) != Answer::Yes)
    return;
  Cycle cycle;
  cycle.by_permission = true;
  cycle.evidence = kUncertain;
  cycle.steps.push_back(
      {EdgeKind::Trigger, trigger.from, trigger.to, row, UINT32_MAX, trigger.where});
  cycle.steps.push_back({EdgeKind::Effect, trigger.to, trigger.from, row, UINT32_MAX,
                         call != nullptr ? call->where : trigger.where});
  static_cast<void>(call_row);
  finish(std::move(cycle));
}

}  // namespace

std::vector<Cycle> find_cycles(Engine& engine, const Project& project, bool possible) {
  return LoopSearch(engine, project).run(possible);
}

}  // namespace fnlint
