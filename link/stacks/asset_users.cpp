// Takes the first alternative that says anything, where a property is a choice.

#include "link/stacks/asset_users.h"

#include "core/text.h"

namespace fnlint::stacks {

AssetUser asset_user(const LinkContext& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  // Of several ways, the first that says anything.
  const auto text = [&](std::string_view name) -> std::string_view {
    const Node node = properties[name];
    if (!node || !build.pool.is(node.value(), ValueKind::OneOf)) return node.text();
    for (const ValueId one : build.pool.operands(node.value()))
      if (const auto said = as_text(build.pool, one)) return *said;
    return {};
  };
  return {text("Handler"), text("Runtime"), folder_of(build[build.draft(id).text].source->path)};
}

std::vector<std::string> texts_of(const Node& list) {
  std::vector<std::string> texts;
  for (const Node& item : list.children())
    if (!item.text().empty()) texts.emplace_back(item.text());
  return texts;
}

}  // namespace fnlint::stacks
