// How a resource comes to the others of a build, by the types of its tool.

#include "link/stacks/dialects.h"
#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

ResourceId LinkContext::add_resource(ScopeId scope, std::string_view name, std::string_view type,
                               const Resource& row, const ResourceBuilder& of) {
  const StringId stored = pool.string(name);
  const ResourceId id{static_cast<std::uint32_t>(stacks.resources.size())};
  const auto [place, is_new] = scopes[scope.index].resources.emplace(pool[stored], id);
  if (!is_new) return place->second;
  stacks.resources.push_back(row);
  Resource& added = stacks.resources.back();
  added.scope = scope.index;
  added.address = stored;
  const Dialect& dialect = dialect_of(*this, of.text);
  const std::string_view canonical = dialect.type != nullptr ? dialect.type(type) : type;
  added.native_type = pool.string(type);
  added.type = pool.string(canonical);
  const ResourceType* known = find_resource_type(canonical);
  added.kind = known != nullptr ? known->kind : ResourceKind::Other;
  added.physical_name = pool.absent();
  drafts.push_back(of);
  drafts.back().scope = scope;
  pool.name_resource(id, name);
  return id;
}

ResourceId LinkContext::generate(ResourceId maker, std::string_view name, std::string_view type,
                           Span where) {
  Resource row;
  row.generated = true;
  row.exists = resource(maker).exists;
  row.name = resource(maker).name;
  row.where = where;
  const ResourceBuilder of{.text = draft(maker).text, .bindings = draft(maker).bindings};
  return add_resource(draft(maker).scope, name, type, row, of);
}

}  // namespace fnlint::stacks
