// Computes the way from one folder to another, and resolves links by the system.

#include "app/files/paths.h"

#include "core/text.h"

#include <climits>
#include <cstdlib>
#include <vector>

namespace fnlint {

bool is_below(std::string_view path, std::string_view folder) {
  if (folder == "/") return path.starts_with('/');
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

std::string relative_path(std::string_view path, std::string_view folder) {
  const std::string to = normal_path(path), from = normal_path(folder);
  if (to == from) return {};
  std::vector<std::string_view> a = split(from, '/'), b = split(to, '/');
  if (from == "/") a = {""};
  std::size_t common = 0;
  while (common < a.size() && common < b.size() && a[common] == b[common]) ++common;
  std::string out;
  for (std::size_t i = common; i < a.size(); ++i) out += out.empty() ? ".." : "/..";
  for (std::size_t i = common; i < b.size(); ++i) out += cat(out.empty() ? "" : "/", b[i]);
  return out;
}

std::string real_path(const std::string& path) {
  char buffer[PATH_MAX];
  return ::realpath(path.c_str(), buffer) == nullptr ? std::string() : std::string(buffer);
}

}  // namespace fnlint
