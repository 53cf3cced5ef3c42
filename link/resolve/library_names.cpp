// Looks names up among models, families and namespaces.

#include "link/resolve/library_names.h"

#include "core/text.h"
#include "tables/models.h"

#include <algorithm>

namespace fnlint {

namespace {

bool has_path(Language language, std::string_view start, bool whole) {
  const auto models = library_models();
  const auto at = std::lower_bound(models.begin(), models.end(), start,
                                   [&](const LibraryModel& row, std::string_view path) {
                                     return row.language < language ||
                                            (row.language == language && row.path < path);
                                   });
  if (at == models.end() || at->language != language) return false;
  return whole ? at->path == start : at->path.starts_with(start);
}

}  // namespace

std::string_view last_part(std::string_view path) {
  const std::size_t at = path.find_last_of(".:");
  return at == path.npos ? path : path.substr(at + 1);
}

bool knows_library(Language language, std::string_view path) {
  return has_path(language, path, true) || has_path(language, cat(path, '.'), false) ||
         has_path(language, cat(path, '('), false);
}

std::string library_among(Language language, std::span<const std::string> spaces,
                          std::string_view name) {
  const auto in = [&](std::string_view space) {
    return space.empty() ? std::string(name) : cat(space, '.', name);
  };
  for (const std::string& space : spaces)
    if (std::string path = in(space); knows_library(language, path)) return path;
  for (const std::string& space : spaces)
    for (const std::string_view made : {"()", ".builder()"}) {
      const LibraryFamily* family = find_library_family(cat(in(space), made));
      if (family != nullptr && family->language == language) return in(space);
    }
  return {};
}

}  // namespace fnlint
