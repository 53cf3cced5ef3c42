// Compares names without versions, endings and kinds ("-lambda"), part by part of their paths, and
// prefers what is near.

#include "link/resolve/archive_names.h"

#include "core/text.h"
#include "tables/known.h"
#include "tables/packages.h"

#include <algorithm>
#include <set>

namespace fnlint {

namespace {

std::string plain(std::string_view name) {
  std::string text;
  for (const char c : lower(name))
    if (c != '-' && c != '_' && c != '.' && c != ' ') text += c;
  return text;
}

// "orders/" of "orders/.zip", too, where only a deployment knows the archive's name.
std::string_view without_ending(std::string_view archive) {
  std::string_view ending = extension_of(archive);
  if (is_archive_name(file_name_of(archive))) ending = archive.substr(archive.rfind('.'));
  archive.remove_suffix(ending.size());
  return archive;
}

// Without its ending, and without a version: "hec_auto_v0.2.zip".
std::string_view unversioned_stem(std::string_view archive) {
  const std::string_view stem = file_name_of(without_ending(archive));
  const std::size_t last = stem.find_last_not_of("0123456789.");
  if (last == stem.npos || last + 1 == stem.size()) return stem;
  const bool dotted = stem.find('.', last) != stem.npos;
  std::size_t end = last + 1;
  if ((stem[last] == 'v' || stem[last] == 'V') && last > 0) end = last;
  if (!dotted && end == last + 1) return stem;
  while (end > 0 && (stem[end - 1] == '-' || stem[end - 1] == '_')) --end;
  return end > 0 ? stem.substr(0, end) : stem;
}

bool is_test_folder(std::string_view folder) {
  for (const std::string_view part : split(folder, '/'))
    if (is_one_of(test_folder_names(), part)) return true;
  return false;
}

bool is_plain(std::string_view name) { return is_one_of(plain_folder_names(), lower(name)); }

// The last folders of a path are called so, one after another.
bool ends_with_name(const std::vector<std::string_view>& parts, std::string_view wanted) {
  std::string joined;
  for (std::size_t i = parts.size(); i-- > 0 && joined.size() < wanted.size();) {
    joined = plain(parts[i]) + joined;
    if (joined == wanted) return true;
  }
  return false;
}

// Folders whose names say nothing may stand at the end, or in between.
bool is_named(std::string_view folder, std::string_view wanted) {
  std::vector<std::string_view> parts = split(folder, '/'), telling = parts;
  std::erase_if(telling, is_plain);
  if (ends_with_name(telling, wanted)) return true;
  for (bool trimmed = false;; trimmed = true) {
    if (ends_with_name(parts, wanted)) return true;
    if (parts.empty() || !is_plain(parts.back()) || (trimmed && parts.size() < 2)) return false;
    parts.pop_back();
  }
}

std::size_t shared_parts(std::string_view a, std::string_view b) {
  const std::vector<std::string_view> one = split(a, '/'), other = split(b, '/');
  std::size_t shared = 0;
  while (shared < one.size() && shared < other.size() && one[shared] == other[shared]) ++shared;
  return shared;
}

// How many names that say anything two paths have in common at their ends.
std::size_t shared_at_end(std::string_view a, std::string_view b) {
  std::vector<std::string_view> one = split(a, '/'), other = split(b, '/');
  for (auto* parts : {&one, &other}) {
    std::erase_if(*parts, is_plain);
    std::ranges::reverse(*parts);
  }
  std::size_t shared = 0;
  while (shared < one.size() && shared < other.size() && is_same_name(one[shared], other[shared]))
    ++shared;
  return shared;
}

// "orders-lambda.zip" is made of what is called orders.
std::string without_kind(std::string_view name) {
  for (const std::string_view ending : known::function_name_endings())
    if (const std::string kind = lower(ending); name.size() > kind.size() && name.ends_with(kind))
      return std::string(name.substr(0, name.size() - kind.size()));
  return {};
}

// Below which folders the handler's file lies; tests' are no functions.
std::set<std::string> folders_that_hold(std::span<const std::string> files,
                                        std::span<const std::string> modules) {
  std::set<std::string> holding;
  for (const std::string& file : files)
    for (const std::string& module : modules) {
      if (file.size() > module.size() && file.ends_with(cat("/", module)))
        holding.insert(file.substr(0, file.size() - module.size() - 1));
      if (file == module) holding.insert("");
    }
  std::erase_if(holding, [](const std::string& folder) { return is_test_folder(folder); });
  return holding;
}

}  // namespace

bool is_archive_name(std::string_view path) {
  const std::string name = lower(path);
  return name.ends_with(".zip") || name.ends_with(".jar");
}

bool is_same_name(std::string_view a, std::string_view b) { return plain(a) == plain(b); }

std::vector<std::string> nearest(std::vector<std::string> folders, std::string_view near) {
  std::size_t most = 0;
  for (const std::string& one : folders) most = std::max(most, shared_parts(one, near));
  std::erase_if(folders, [&](const std::string& one) { return shared_parts(one, near) < most; });
  return folders;
}

std::vector<std::string> ending_like(std::vector<std::string> paths, std::string_view path,
                                     std::size_t least) {
  std::size_t most = least;
  for (const std::string& one : paths) most = std::max(most, shared_at_end(one, path));
  std::erase_if(paths, [&](const std::string& one) { return shared_at_end(one, path) < most; });
  return paths;
}

bool says_nothing(std::string_view folder) { return is_plain(file_name_of(folder)); }

bool is_telling_module(std::string_view module, std::string_view archive) {
  std::string name(file_name_of(module));
  name.resize(name.size() - extension_of(name).size());
  const std::string own = plain(unversioned_stem(archive)), called = plain(name);
  if (own == called || without_kind(own) == called) return true;
  return !is_plain(name) && !is_plain(without_kind(called)) && called.size() > 3;
}

std::vector<std::string> folders_with_module(std::span<const std::string> files,
                                             std::span<const std::string> modules,
                                             std::string_view near) {
  const std::set<std::string> holding = folders_that_hold(files, modules);
  return nearest({holding.begin(), holding.end()}, near);
}

std::vector<std::string> folders_named_after(std::span<const std::string> files,
                                             std::span<const std::string> modules,
                                             std::string_view archive, std::string_view near) {
  const std::set<std::string> holding = folders_that_hold(files, modules);
  const std::string own = plain(unversioned_stem(archive));
  const std::string_view place = folder_of(archive), last = file_name_of(place);
  const bool says = !own.empty() && !is_plain(unversioned_stem(archive));
  // "key_maker/lambda.zip" of a bucket is made of what is called key_maker, not of any folder lambda.
  // A folder of the project is where a build puts its archives, and no name.
  const bool is_place = std::ranges::any_of(
      files, [&](const std::string& file) { return file.starts_with(cat(place, "/")); });
  const bool by_folder = !says && !last.empty() && !is_plain(last) && !is_place;
  const std::string above = says ? std::string() : plain(last);
  for (const std::string& wanted : {by_folder ? std::string() : own,
                                    by_folder ? std::string() : without_kind(own), above}) {
    std::vector<std::string> named;
    for (const std::string& folder : holding)
      if (!wanted.empty() && is_named(folder, wanted)) named.push_back(folder);
    if (named.empty()) continue;
    std::vector<std::string> alike = ending_like(named, without_ending(archive), 2);
    return nearest(alike.empty() ? std::move(named) : std::move(alike), near);
  }
  return {};
}

}  // namespace fnlint
