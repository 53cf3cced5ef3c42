// Reads file and image assets of the *.assets.json in a folder.

#include "link/resolve/asset_manifests.h"

#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"

namespace fnlint {

namespace {

using nlohmann::json;

std::string json_text(const json& object, const char* key) {
  if (!object.is_object()) return {};
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

const json& member(const json& object, const char* key) {
  static const json none;
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

}  // namespace

void AssetManifests::read(const std::string& path, Assets& assets) const {
  const Result<std::string> text = files_.read(path, kTemplateBytes);
  if (!text) return;
  const json manifest = parse_json(text.value());
  const auto add = [&](const json& rows, const char* place, const char* name, bool image) {
    if (!rows.is_object()) return;
    for (const auto& [id, row] : rows.items()) {
      const json& source = member(row, "source");
      const Asset asset{json_text(source, place), image, json_text(source, "dockerFile"),
                        json_text(source, "dockerBuildTarget")};
      const json& destinations = member(row, "destinations");
      if (asset.path.empty() || !destinations.is_object()) continue;
      for (const auto& [region, destination] : destinations.items())
        if (const std::string key = json_text(destination, name); !key.empty())
          assets.emplace(key, asset);
    }
  };
  add(member(manifest, "files"), "path", "objectKey", false);
  add(member(manifest, "dockerImages"), "directory", "imageTag", true);
}

const Asset* AssetManifests::find(std::string_view folder, std::string_view name) {
  const auto [row, is_new] = folders_.try_emplace(std::string(folder));
  if (is_new)
    for (const Entry& entry : files_.list(folder))
      if (entry.kind == EntryKind::File && entry.name.ends_with(".assets.json"))
        read(join_path(folder, entry.name), row->second);
  const auto found = row->second.find(name);
  return found == row->second.end() ? nullptr : &found->second;
}

}  // namespace fnlint
