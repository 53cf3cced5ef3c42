// Writes each table in its order; values as JSON if they are literals, else as an object that says
// what is known.

#include "link/templates/stacks_json.h"

#include "link/templates/stacks_text.h"
#include "values/compute.h"

namespace fnlint {

namespace {

using Json = nlohmann::ordered_json;

class StackWriter {
 public:
  StackWriter(const ValuePool& pool, const Stacks& stacks, const PlaceJson& place)
      : pool_(pool), stacks_(stacks), place_(place) {}
  Json write();

 private:
  Json resource(ResourceId id);
  Json relation(const Relation& row);
  Json statement(const Statement& row);
  Json function(const DeclaredFunction& row);
  Json code(const CodeLocation& row);
  [[nodiscard]] Json name(ResourceId id) const {
    return id.exists() ? Json(full_address(pool_, stacks_, id)) : Json(nullptr);
  }
  void where(Json& to, Span at) const {
    if (place_ && at.file.exists()) to["place"] = place_(at);
  }
  void when(Json& to, GuardId guard) const {
    if (const std::string text = guard_text(pool_, guard); !text.empty()) to["when"] = text;
  }
  Json values(Slice<ValueId> slice) const {
    Json list = Json::array();
    for (std::uint32_t i = 0; i < slice.count; ++i)
      list.push_back(value_json(pool_, stacks_.statement_values[slice.first + i]));
    return list;
  }

  const ValuePool& pool_;
  const Stacks& stacks_;
  const PlaceJson& place_;
};

Json StackWriter::resource(ResourceId id) {
  const Resource& row = stacks_[id];
  Json out{{"address", name(id)},
           {"kind", kind_name(row.kind)},
           {"type", pool_[row.native_type]},
           {"stack", row.scope}};
  if (row.generated) out["generated"] = true;
  if (row.external) out["external"] = true;
  if (row.physical_name.exists() && !pool_.is(row.physical_name, ValueKind::Absent))
    out["name"] = value_json(pool_, row.physical_name);
  when(out, row.exists);
  where(out, row.name);
  Json properties = Json::object();
  const auto rows =
      std::span(stacks_.properties).subspan(row.properties.first, row.properties.count);
  for (const Property& property : rows) {
    Json entry{{"value", value_json(pool_, property.value)}};
    if (property.native_path.exists()) entry["native"] = pool_[property.native_path];
    if (property.inherited) entry["inherited"] = true;
    where(entry, property.where);
    properties[std::string(pool_[property.path])] = std::move(entry);
  }
  if (!properties.empty()) out["properties"] = std::move(properties);
  return out;
}

Json StackWriter::relation(const Relation& row) {
  Json out{{"kind", relation_name(row.kind)}, {"from", name(row.from)}, {"to", name(row.to)}};
  if (row.declared_by.exists()) out["declaredBy"] = name(row.declared_by);
  if (row.qualifier.exists()) out["qualifier"] = pool_[row.qualifier];
  if (row.filter.exists()) out["filter"] = value_json(pool_, row.filter);
  if (row.amount.exists()) out["amount"] = value_json(pool_, row.amount);
  constexpr std::array<std::string_view, 4> kInvocations{"", "synchronous", "asynchronous",
                                                         "polled"};
  if (row.invocation != Invocation::Unknown)
    out["invocation"] = kInvocations[static_cast<std::size_t>(row.invocation)];
  if (row.batch_failures) out["reportsBatchItemFailures"] = true;
  if (row.uncertainty != 0) out["evidence"] = row.uncertainty;
  when(out, row.when);
  where(out, row.where);
  return out;
}

Json StackWriter::statement(const Statement& row) {
  Json out{{"role", name(row.role)}, {"effect", row.allows ? "Allow" : "Deny"}};
  out[row.inverted ? "otherThan" : "actions"] = values(row.actions);
  out["resources"] = values(row.resources);
  if (row.conditional) out["conditional"] = true;
  where(out, row.where);
  return out;
}

Json StackWriter::code(const CodeLocation& row) {
  constexpr std::array<std::string_view, 7> kKinds{"unknown", "folder", "file",  "zip",
                                                   "inline",  "image",  "remote"};
  Json out{{"kind", kKinds[static_cast<std::size_t>(row.kind)]}};
  if (!row.path.empty() || row.kind == CodeKind::Folder) out["path"] = row.path;
  if (row.kind == CodeKind::Inline) out["text"] = row.inline_text;
  if (!row.reason.empty()) out["reason"] = row.reason;
  if (row.built) out["built"] = true;
  if (!row.build_method.empty()) out["buildMethod"] = row.build_method;
  if (!row.entry_points.empty()) out["entryPoints"] = row.entry_points;
  if (!row.external.empty()) out["external"] = row.external;
  where(out, row.where);
  return out;
}

Json StackWriter::function(const DeclaredFunction& row) {
  Json out{{"resource", name(row.resource)},
           {"handler", value_json(pool_, row.handler)},
           {"runtime", value_json(pool_, row.runtime)},
           {"role", name(row.role)},
           {"roleComplete", row.role_complete},
           {"defaultRole", row.default_role},
           {"image", row.image}};
  if (!row.publishes_alias.empty()) out["publishesAlias"] = row.publishes_alias;
  out["code"] = code(row.code);
  return out;
}

Json StackWriter::write() {
  Json out{{"stacks", Json::array()},     {"resources", Json::array()},
           {"relations", Json::array()},  {"statements", Json::array()},
           {"functions", Json::array()},  {"layers", Json::array()},
           {"unresolved", Json::array()}, {"problems", Json::array()}};
  for (const Scope& scope : stacks_.scopes) {
    Json row{{"name", scope.name}, {"complete", scope.complete}};
    if (scope.parent != UINT32_MAX) row["parent"] = scope.parent;
    where(row, {scope.file, {}});
    out["stacks"].push_back(std::move(row));
  }
  for (std::uint32_t i = 0; i < stacks_.resources.size(); ++i)
    out["resources"].push_back(resource(ResourceId{i}));
  for (const Relation& row : stacks_.relations) out["relations"].push_back(relation(row));
  for (const Statement& row : stacks_.statements) out["statements"].push_back(statement(row));
  for (const DeclaredFunction& row : stacks_.functions) out["functions"].push_back(function(row));
  for (const DeclaredLayer& row : stacks_.layers)
    out["layers"].push_back({{"resource", name(row.resource)}, {"code", code(row.code)}});
  for (const Unresolved& row : stacks_.unresolved) {
    Json entry{{"reason", row.reason}};
    if (!row.function.empty()) entry["function"] = row.function;
    where(entry, row.where);
    out["unresolved"].push_back(std::move(entry));
  }
  for (const LocatedProblem& row : stacks_.problems) {
    Json entry{{"message", row.message}};
    where(entry, row.where);
    out["problems"].push_back(std::move(entry));
  }
  return out;
}

Json bare_json(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Null: return nullptr;
    case ValueKind::Bool: return as_text(pool, value) == "true";
    case ValueKind::Number: {
      const Json number = Json::parse(as_text(pool, value).value_or("null"), nullptr, false);
      return number.is_number() ? number : Json(as_text(pool, value).value_or(""));
    }
    case ValueKind::Text: return pool[row.text];
    case ValueKind::List: {
      Json list = Json::array();
      for (const ValueId item : pool.operands(value)) list.push_back(value_json(pool, item));
      return list;
    }
    case ValueKind::Record: {
      Json record = Json::object();
      for (std::size_t i = 0; i < pool.operands(value).size(); ++i)
        record[std::string(pool[pool.names(value)[i]])] = value_json(pool, pool.operands(value)[i]);
      return record;
    }
    case ValueKind::Reference: {
      const ResourceId id{static_cast<std::uint32_t>(row.ref)};
      return {{"resource", pool.resource_name(id)}, {"attribute", pool[row.text]}};
    }
    case ValueKind::OneOf: {
      Json list = Json::array();
      for (std::size_t i = 0; i < pool.operands(value).size(); ++i) {
        Json entry{{"value", value_json(pool, pool.operands(value)[i])}};
        const std::string when = guard_text(pool, pool.guards(value)[i]);
        if (!when.empty()) entry["when"] = when;
        list.push_back(std::move(entry));
      }
      return {{"oneOf", std::move(list)}};
    }
    case ValueKind::Absent: return {{"absent", true}};
    case ValueKind::Unknown: return {{"unknown", pool[row.text]}};
    default: return {{"pattern", describe(pool, value)}};
  }
}

}  // namespace

Json value_json(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return nullptr;
  Json out = bare_json(pool, value);
  const bool leaf = pool.operands(value).empty() || pool.is(value, ValueKind::Pattern);
  if (leaf && (pool[value].uncertainty & kOverridable) != 0)
    return {{"overridable", std::move(out)}};
  return out;
}

Json stacks_json(const ValuePool& pool, const Stacks& stacks, const PlaceJson& place) {
  return StackWriter(pool, stacks, place).write();
}

}  // namespace fnlint
