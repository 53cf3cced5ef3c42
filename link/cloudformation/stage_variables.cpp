// API Gateway puts a stage's variables into the URIs of its integrations: which function, or which
// alias of it, is invoked, is decided by the stage.

#include "link/cloudformation/stage_variables.h"

#include "core/text.h"
#include "link/cloudformation/cloudformation_state.h"
#include "link/stacks/stack_properties.h"
#include "link/stacks/stack_relations.h"
#include "tables/known.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

constexpr std::string_view kBegin = "${stageVariables.";

using StagesByApi = std::map<std::uint32_t, std::vector<Stage>>;

void add_stage(LinkContext& build, ResourceId id, std::string_view api_property,
               std::string_view path, StagesByApi& stages) {
  const Node properties = build.draft(id).properties;
  for (const Node& variables : all_at_path(properties, path)) {
    if (!variables.has_children()) continue;
    const Node api = api_property.empty() ? Node{} : properties[api_property];
    const std::vector<End> apis = api_property.empty() ? std::vector{itself(build, id)}
                                                       : ends(build, api.value(), ResourceKind::Api,
                                                              api.where(), Outside::Kept);
    for (const End& end : apis) {
      const auto when = build.pool.both(build.resource(id).exists, end.when);
      if (when) stages[end.resource.index].push_back({variables, *when});
    }
  }
}

const std::vector<Stage>& stages_of(LinkContext& build, ResourceId api) {
  std::optional<StagesByApi>& stages = build.cloudformation->stages;
  if (!stages) {
    stages.emplace();
    const auto count = static_cast<std::uint32_t>(build.stacks.resources.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!build.drafts[i].is_whole() || build.superseded(ResourceId{i})) continue;
      const std::string_view type = build.pool[build.stacks.resources[i].type];
      if (const auto* const row = known::row_of(known::stages(), type))
        add_stage(build, ResourceId{i}, (*row)[1], (*row)[2], *stages);
    }
  }
  return (*stages)[api.index];
}

std::vector<ValueId> pieces_of_uri(const ValuePool& pool, ValueId uri) {
  if (!pool.is(uri, ValueKind::Pattern)) return {uri};
  return {pool.operands(uri).begin(), pool.operands(uri).end()};
}

// A literal cut at the variables that it asks for: every second piece is the name of one.
std::vector<std::string> pieces_of(std::string_view literal) {
  std::vector<std::string> pieces;
  while (true) {
    const std::size_t begin = literal.find(kBegin);
    const std::size_t end = begin == literal.npos ? begin : literal.find('}', begin);
    pieces.emplace_back(literal.substr(0, end == literal.npos ? end : begin));
    if (end == literal.npos) return pieces;
    pieces.emplace_back(literal.substr(begin + kBegin.size(), end - begin - kBegin.size()));
    literal.remove_prefix(end + 1);
  }
}

// The first variable that a URI asks for; empty: none.
std::string variable_in(const ValuePool& pool, ValueId uri) {
  for (const ValueId part : pieces_of_uri(pool, uri))
    if (pool.is(part, ValueKind::Text))
      if (const auto pieces = pieces_of(pool.text(part)); pieces.size() > 1) return pieces[1];
  return {};
}

// With the stage's variables; no id where it does not set one of them.
StageValue for_stage(ValuePool& pool, const Stage& stage, ValueId uri) {
  StageValue result{.when = stage.when};
  std::vector<ValueId> filled;
  for (const ValueId part : pieces_of_uri(pool, uri)) {
    if (!pool.is(part, ValueKind::Text)) {
      filled.push_back(part);
      continue;
    }
    const std::vector<std::string> pieces = pieces_of(pool.text(part));
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const Node given = i % 2 == 1 ? stage.variables[pieces[i]] : Node{};
      const auto when = pool.both(result.when, given.when());
      if (!when || (i % 2 == 1 && !given)) return {};
      result.when = *when;
      if (given)
        filled.push_back(given.value());
      else if (!pieces[i].empty())
        filled.push_back(pool.text_value(pieces[i]));
    }
  }
  result.value = pool.concat(filled);
  return result;
}

}  // namespace

std::vector<StageValue> with_stage_variables(LinkContext& build, ResourceId api, ValueId uri,
                                             Span where) {
  ValuePool& pool = build.pool;
  if (pool.is(uri, ValueKind::OneOf)) {
    const std::vector<ValueId> all(pool.operands(uri).begin(), pool.operands(uri).end());
    const std::vector<GuardId> guards(pool.guards(uri).begin(), pool.guards(uri).end());
    std::vector<StageValue> found;
    for (std::size_t i = 0; i < all.size(); ++i)
      for (const StageValue& one : with_stage_variables(build, api, all[i], where))
        if (const auto when = pool.both(guards[i], one.when)) found.push_back({one.value, *when});
    return found;
  }
  const std::string name(variable_in(pool, uri));
  if (name.empty()) return {{uri, {}}};
  std::vector<StageValue> found;
  for (const Stage& stage : stages_of(build, api)) {
    const StageValue one = for_stage(pool, stage, uri);
    const auto same = [&](const StageValue& other) {
      return other.value == one.value && other.when == one.when;
    };
    if (one.value.exists() && std::ranges::none_of(found, same)) found.push_back(one);
  }
  if (!found.empty()) return found;
  build.unresolved(UnresolvedKind::TriggerSource,
                   cat("the URI asks for the stage variable '", name,
                       "', which no stage of these templates sets"),
                   where);
  return {{uri, {}}};
}

}  // namespace fnlint::stacks
