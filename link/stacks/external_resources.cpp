// Finds the row of an equal value, or of the same name in another account or region.

#include "link/stacks/external_resources.h"

#include "core/text.h"
#include "link/stacks/arn.h"
#include "link/stacks/names.h"

namespace fnlint::stacks {

struct ExternalResources {
  std::unordered_map<std::uint64_t, ResourceId> known = {};  // by kind and value
  ResourceId default_bus = {};
};

namespace {

// Of an ARN that only a deployment completes, the name: the account and the region say nothing, and
// tools have words of their own for them.
std::string told_name(ValuePool& pool, ResourceKind kind, ValueId value) {
  const ValueId name = as_text(pool, value) ? ValueId{} : name_in(pool, pool.plain(value), kind);
  const auto known = name.exists() ? as_text(pool, name) : std::nullopt;
  return known && !known->empty() ? std::string(*known) : describe(pool, value);
}

}  // namespace

ResourceId external_resource(LinkContext& build, ResourceKind kind, ValueId value, Span where) {
  ValuePool& pool = build.pool;
  if (!value.exists() || !pool.identified(value) || pool.is(value, ValueKind::Absent)) return {};
  if (pool.is(value, ValueKind::OneOf) || pool.is(value, ValueKind::Reference)) return {};
  if (as_text(pool, value) == "") return {};
  const ValueId plain = pool.plain(value);
  const std::uint64_t key =
      (static_cast<std::uint64_t>(kind) << 32U) | static_cast<std::uint64_t>(plain.index);
  const auto known = build.external->known.find(key);
  if (known != build.external->known.end()) return known->second;
  const ResourceId id{static_cast<std::uint32_t>(build.stacks.resources.size())};
  Resource row{.kind = kind, .generated = true, .external = true};
  const bool has_name = pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Outside &&
                        !pool.text(value).empty();  // "ssm:BusName", "import:shop-Orders"
  row.address =
      pool.string(has_name ? std::string(pool.text(value)) : told_name(pool, kind, value));
  row.physical_name = value;
  row.name = row.where = where;
  for (const ResourceType& type : resource_types())
    if (type.kind == kind && !row.type.exists())
      row.type = row.native_type = pool.string(type.type);
  build.stacks.resources.push_back(row);
  build.drafts.push_back({.scope = ScopeId{0}});
  pool.name_resource(id, pool[row.address]);
  build.external->known.emplace(key, id);
  add_name(pool, build.stacks, kind, value, id);
  add_name(pool, build.stacks, kind, name_in(pool, plain, kind), id);
  return id;
}

ResourceId default_bus(LinkContext& build) {
  ResourceId& bus = build.external->default_bus;
  if (!bus.exists())
    bus = external_resource(build, ResourceKind::Bus, build.pool.text_value("default"), {});
  return bus;
}

}  // namespace fnlint::stacks
