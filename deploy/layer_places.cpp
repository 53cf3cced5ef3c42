// Splits a path inside a layer at the folder that holds the modules.

#include "deploy/layer_places.h"

#include "tables/known.h"

#include <array>

namespace fnlint {

namespace {


}  // namespace

LayerPlace layer_place(std::string_view path) {
  for (const std::string_view holder : {"node_modules/", "site-packages/"})
    if (const std::size_t at = path.find(holder); at != path.npos &&
                                                  (at == 0 || path[at - 1] == '/') &&
                                                  path.find("node_modules/", at + 1) == path.npos) {
      const bool found = path.starts_with(holder[0] == 'n' ? "nodejs/" : "python/");
      return {path.substr(at + holder.size()), found};
    }
  for (const std::string_view name : known::layer_folders())
    if (path == name || (path.starts_with(name) && path[name.size()] == '/'))
      return path.starts_with("python/") ? LayerPlace{path.substr(7), true} : LayerPlace{};
  return {path, false};
}

}  // namespace fnlint
