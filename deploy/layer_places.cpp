#include "deploy/layer_places.h"

#include <array>

namespace fnlint {

namespace {

// Of a layer, all that something of the platform looks into.
constexpr std::array kLayerFolders{
    std::string_view("python"), std::string_view("nodejs"),     std::string_view("ruby"),
    std::string_view("java"),   std::string_view("dotnet"),     std::string_view("lib"),
    std::string_view("bin"),    std::string_view("extensions"), std::string_view("node_modules")};

}  // namespace

LayerPlace layer_place(std::string_view path) {
  for (const std::string_view holder : {"node_modules/", "site-packages/"})
    if (const std::size_t at = path.find(holder); at != path.npos &&
                                                  (at == 0 || path[at - 1] == '/') &&
                                                  path.find("node_modules/", at + 1) == path.npos) {
      const bool found = path.starts_with(holder[0] == 'n' ? "nodejs/" : "python/");
      return {path.substr(at + holder.size()), found};
    }
  for (const std::string_view name : kLayerFolders)
    if (path == name || (path.starts_with(name) && path[name.size()] == '/'))
      return path.starts_with("python/") ? LayerPlace{path.substr(7), true} : LayerPlace{};
  return {path, false};
}

}  // namespace fnlint
