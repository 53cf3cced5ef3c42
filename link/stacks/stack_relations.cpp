// Intersects the guards of both ends, adds rows for external ends, and reads switches.

#include "link/stacks/stack_relations.h"

#include "core/text.h"
#include "link/stacks/arn.h"
#include "link/stacks/external_resources.h"
#include "values/functions.h"

#include <algorithm>
#include <initializer_list>
#include <optional>

namespace fnlint::stacks {

namespace {

std::optional<GuardId> all_of(ValuePool& pool, std::initializer_list<GuardId> guards) {
  GuardId result;
  for (const GuardId guard : guards) {
    const auto next = pool.both(result, guard);
    if (!next) return std::nullopt;
    result = *next;
  }
  return result;
}

void add_external(LinkContext& build, ValueId value, GuardId when, ResourceKind kind, Span where,
                  std::vector<End>& out) {
  if (build.pool.is(value, ValueKind::OneOf)) {
    for (std::size_t i = 0; i < build.pool.operands(value).size(); ++i) {
      const auto both_hold = build.pool.both(when, build.pool.guards(value)[i]);
      if (!both_hold) continue;
      const ValueId one = build.pool.operands(value)[i];
      const auto known = find_resource(build.pool, build.stacks, one, kind);
      if (known.empty()) add_external(build, one, *both_hold, kind, where, out);
    }
    return;
  }
  if (kind == ResourceKind::Other) kind = kind_of_arn(build.pool, value);
  if (kind == ResourceKind::Other) return;
  const ResourceId resource = external_resource(build, kind, value, where);
  if (resource.exists()) out.push_back({resource, when, build.pool[value].uncertainty, {}});
}

// One of several things, of which nothing in the template says which it is: `coalesce(var.role,
// aws_iam_role.own.arn)`.
bool is_undecided(const LinkContext& build, ValueId value, const Match& match, ResourceKind kind) {
  if (!build.pool.is(value, ValueKind::OneOf) || !build.pool.always(match.when)) return false;
  const std::vector<ValueId> ways(build.pool.operands(value).begin(),
                                  build.pool.operands(value).end());
  return std::ranges::any_of(ways, [&](ValueId way) {
    return std::ranges::none_of(
        find_resource(build.pool, build.stacks, way, kind),
        [&](const Match& other) { return other.resource == match.resource; });
  });
}

}  // namespace

std::vector<End> ends(LinkContext& build, ValueId value, ResourceKind kind, Span where,
                      Outside outside) {
  std::vector<End> found;
  if (!value.exists()) return found;
  for (const Match& match : find_resource(build.pool, build.stacks, value, kind)) {
    const bool undecided = is_undecided(build, value, match, kind);
    found.push_back({match.resource, match.when,
                     static_cast<std::uint8_t>(match.uncertainty | (undecided ? kConditional : 0)),
                     match.qualifier});
  }
  if (outside == Outside::Kept && (found.empty() || build.pool.is(value, ValueKind::OneOf)))
    add_external(build, value, {}, kind, where, found);
  return found;
}

void relate(LinkContext& build, Relation relation) {
  const auto exists = [&](ResourceId id) {
    return id.exists() ? build.resource(id).exists : GuardId{};
  };
  const auto when = all_of(build.pool, {relation.when, exists(relation.from), exists(relation.to),
                                        exists(relation.declared_by)});
  if (!when) return;
  relation.when = *when;
  build.stacks.relations.push_back(relation);
}

void relate_all(LinkContext& build, Relation relation, const std::vector<End>& from,
                const std::vector<End>& to) {
  for (const End& source : from) {
    for (const End& target : to) {
      const auto when = all_of(build.pool, {relation.when, source.when, target.when});
      if (!when) continue;
      Relation row = relation;
      row.from = source.resource;
      row.to = target.resource;
      row.when = *when;
      row.uncertainty =
          static_cast<std::uint8_t>(row.uncertainty | source.uncertainty | target.uncertainty);
      if (target.qualifier.exists()) row.qualifier = target.qualifier;
      relate(build, row);
    }
  }
}

End itself(const LinkContext&, ResourceId resource) { return {.resource = resource}; }

Switch read_switch(ValuePool& pool, const Node& node, std::string_view off) {
  Switch result;
  if (!node) return result;
  const ValueId value = node.value();
  const auto is_off = [&](ValueId one) {
    const auto text = as_text(pool, one);
    return text && lower(*text) == off;
  };
  if (pool.is(value, ValueKind::OneOf)) {
    std::vector<GuardId> on;
    for (std::size_t i = 0; i < pool.operands(value).size(); ++i)
      if (!is_off(pool.operands(value)[i])) on.push_back(pool.guards(value)[i]);
    result.ever = !on.empty();
    if (on.size() == 1) result.when = on.front();
    return result;
  }
  result.uncertainty = pool[value].uncertainty & kOverridable;
  // What decides is not known, or only in parts.
  const ValueKind kind = pool[value].kind;
  if (is_text_like(kind) && kind != ValueKind::Text) result.uncertainty |= kConditional;
  // A default that a deployment may replace does not rule it out.
  result.ever = !is_off(value) || (result.uncertainty & kOverridable) != 0;
  return result;
}

ValueId filter_record(ValuePool& pool,
                      std::span<const std::pair<std::string_view, ValueId>> entries) {
  std::vector<NamedValue> values;
  for (const auto& [name, value] : entries)
    if (value.exists() && !pool.is(value, ValueKind::Absent))
      values.push_back({pool.string(name), value});
  return pool.record(values);
}

void note_source(LinkContext& build, ValueId value, Span where, ResourceId function) {
  const std::string words = value.exists() ? describe(build.pool, value) : "nothing";
  build.unresolved(UnresolvedKind::TriggerSource,
                   cat("the source ", words, " is not one that a template of this run declares"),
                   where, function.exists() ? build.address(function) : std::string_view{});
}

}  // namespace fnlint::stacks
