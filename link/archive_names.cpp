#include "link/archive_names.h"

#include "core/text.h"
#include "tables/packages.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

// "es-loader", "ES_Loader" and "esLoader" are one name.
std::string plain(std::string_view name) {
  std::string text;
  for (const char c : lower(name))
    if (c != '-' && c != '_' && c != '.' && c != ' ') text += c;
  return text;
}

// Without its ending, and without a version: "hec_auto_v0.2.zip".
std::string_view stem_of(std::string_view archive) {
  std::string_view stem = file_name_of(archive);
  stem.remove_suffix(extension_of(stem).size());
  const std::size_t last = stem.find_last_not_of("0123456789.");
  if (last == stem.npos || last + 1 == stem.size()) return stem;
  const bool dotted = stem.find('.', last) != stem.npos;
  std::size_t end = last + 1;
  if (stem[last] == 'v' && last > 0) end = last;
  if (!dotted && end == last + 1) return stem;
  while (end > 0 && (stem[end - 1] == '-' || stem[end - 1] == '_')) --end;
  return end > 0 ? stem.substr(0, end) : stem;
}

bool is_test(std::string_view folder) {
  for (const std::string_view part : split(folder, '/'))
    if (is_one_of(test_folder_names(), part)) return true;
  return false;
}

bool is_named(std::string_view folder, std::string_view wanted) {
  std::vector<std::string_view> parts = split(folder, '/');
  for (bool trimmed = false;; trimmed = true) {
    std::string joined;
    for (std::size_t i = parts.size(); i-- > 0 && joined.size() < wanted.size();) {
      joined = plain(parts[i]) + joined;
      if (joined == wanted) return true;
    }
    if (parts.empty() || !is_one_of(plain_folder_names(), lower(parts.back())) ||
        (trimmed && parts.size() < 2))
      return false;
    parts.pop_back();
  }
}

std::size_t shared_parts(std::string_view a, std::string_view b) {
  const std::vector<std::string_view> one = split(a, '/'), other = split(b, '/');
  std::size_t shared = 0;
  while (shared < one.size() && shared < other.size() && one[shared] == other[shared]) ++shared;
  return shared;
}

std::vector<std::string> nearest(std::vector<std::string> folders, std::string_view near) {
  std::size_t most = 0;
  for (const std::string& one : folders) most = std::max(most, shared_parts(one, near));
  std::erase_if(folders,
                [&](const std::string& one) { return shared_parts(one, near) < most; });
  return folders;
}

}  // namespace

std::vector<std::string> folders_named_after(std::span<const std::string> files,
                                             std::span<const std::string> modules,
                                             std::string_view archive, std::string_view near) {
  std::set<std::string> holding;
  for (const std::string& file : files)
    for (const std::string& module : modules) {
      if (file.size() > module.size() && file.ends_with(cat("/", module)))
        holding.insert(file.substr(0, file.size() - module.size() - 1));
    }
  std::erase_if(holding, [](const std::string& folder) { return is_test(folder); });
  const std::string own = plain(stem_of(archive));
  const std::string above = plain(file_name_of(folder_of(archive)));
  for (const std::string& wanted :
       {own, is_one_of(plain_folder_names(), own) ? above : std::string()}) {
    std::vector<std::string> named;
    for (const std::string& folder : holding)
      if (!wanted.empty() && is_named(folder, wanted)) named.push_back(folder);
    if (!named.empty()) return nearest(std::move(named), near);
  }
  return {};
}

}  // namespace fnlint
