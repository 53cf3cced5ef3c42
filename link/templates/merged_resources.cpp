// What Terraform's provider splits off a resource, put back: the redrive policy of a queue.

#include "link/templates/merged_resources.h"

#include "tables/known.h"

namespace fnlint::stacks {

namespace {

void copy_rows(LinkContext& build, const Node& node, std::uint8_t uncertainty) {
  LocatedTree& tree = build.properties;
  const std::uint32_t row =
      tree.open(node.name(), Property(build.stacks.properties[node.row()]), node.when());
  for (const Node& below : node.children()) copy_rows(build, below, uncertainty);
  tree.close(row, build.pool.with_uncertainty(node.value(), uncertainty));
}

// The properties of `whole` once more, and one of another resource.
void add_part(LinkContext& build, ResourceId whole, const Node& part, std::uint8_t uncertainty) {
  const std::uint32_t row = build.properties.size();
  const Node known = build.draft(whole).properties;
  build.properties.open("", Property(build.stacks.properties[known.row()]), known.when());
  for (const Node& one : known.children()) copy_rows(build, one, 0);
  copy_rows(build, part, uncertainty);
  build.properties.close(row, known.value());
  build.draft(whole).properties = build.properties.node(row);
  build.resource(whole).properties = {row + 1, build.properties.size() - row - 1};
}

}  // namespace

void merge_parts_of_resources(LinkContext& build) {
  const auto count = static_cast<std::uint32_t>(build.stacks.resources.size());
  for (std::uint32_t i = 0; i < count; ++i) {
    const ResourceId id{i};
    const auto* const row =
        known::row_of(known::parts_of_resources(), build.pool[build.resource(id).native_type]);
    if (row == nullptr) continue;
    const Node properties = build.draft(id).properties;
    const ValueId named = properties[(*row)[1]].value();
    const Node part = properties[(*row)[2]];
    if (!part || !named.exists() || !build.pool.is(named, ValueKind::Reference)) continue;
    const ResourceId whole{static_cast<std::uint32_t>(build.pool[named].ref)};
    if (!whole.exists() || whole.index >= count || whole == id || build.superseded(whole) ||
        !build.draft(whole).properties || build.draft(whole).properties[(*row)[2]])
      continue;
    const bool always = build.pool.always(build.resource(id).exists);
    add_part(build, whole, part, always ? 0 : kConditional);
  }
}

}  // namespace fnlint::stacks
