#include "link/stacks/asset_users.h"

#include "core/text.h"

namespace fnlint::stacks {

AssetUser asset_user(Build& build, ResourceId id) {
  const Node properties = build.draft(id).properties;
  return {properties["Handler"].text(), properties["Runtime"].text(),
          folder_of(build[build.draft(id).text].source->path)};
}

std::vector<std::string> texts_of(const Node& list) {
  std::vector<std::string> texts;
  for (const Node& item : list.children())
    if (!item.text().empty()) texts.emplace_back(item.text());
  return texts;
}

}  // namespace fnlint::stacks
