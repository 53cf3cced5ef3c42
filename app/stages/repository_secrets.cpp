// Reads pipelines, scripts and settings for known forms of credentials, but nothing that git
// ignores.

#include "app/stages/repository_secrets.h"

#include "app/files/discovery.h"
#include "core/glob.h"
#include "core/ignore_files.h"
#include "core/text.h"
#include "deploy/secret_files.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"
#include "tables/secrets.h"
#include "values/secret_text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kKeyBytes = 4096;  // of a key that spans several lines
// Alone, the id of a key opens nothing.
constexpr std::string_view kOnlyAnId = "aws-access-key-id";

bool is_any(std::span<const std::string_view> patterns, std::string_view name) {
  const std::string small = lower(name);
  return std::ranges::any_of(
      patterns, [&](std::string_view pattern) { return matches_name(pattern, small); });
}

// What git is told to leave out is in no repository, whatever the run searches.
bool is_left_out(IgnoredPaths& ignored, std::string_view path) {
  for (std::size_t end = path.find('/'); end != path.npos; end = path.find('/', end + 1))
    if (ignored.ignores(path.substr(0, end), true)) return true;
  return ignored.ignores(path, false);
}

// A key of a service that browsers ask as well, in what they are given: `VITE_MAPS_KEY=...`, or
// beside the service's other settings.
bool is_public(const SecretForm& form, std::string_view line, std::string_view text) {
  if (form.public_beside.empty()) return false;
  const std::string_view name = trim(line);
  const std::string all = flat_name(text);
  return std::ranges::any_of(known::browser_prefixes(),
                             [&](std::string_view prefix) { return name.starts_with(prefix); }) ||
         std::ranges::any_of(form.public_beside, [&](std::string_view word) {
           return all.find(flat_name(word)) != all.npos;
         });
}

std::optional<std::pair<SecretSign, Range>> first_in(const SecretReader& reader,
                                                     std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const bool begins_key = line.find("-----BEGIN ") != line.npos;
    const auto sign = reader.by_form(begins_key ? text.substr(at, kKeyBytes) : line);
    if (sign && !sign->form->likely && sign->form->id != kOnlyAnId && sign->uncertainty == 0 &&
        !is_public(*sign->form, line, text))
      return std::pair{*sign,
                       Range{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}};
    at = end + 1;
  }
  return std::nullopt;
}

std::vector<std::string> candidates(const FileSystem& files) {
  const auto takes = [](std::string_view name) {
    return is_any(known::files_beside_code(), name) && !is_any(secret_tables().spared_files, name);
  };
  std::vector<std::string> paths =
      files_called(files, "", takes, [](std::string_view) { return false; });
  for (const std::string_view folder : known::workflow_folders())
    for (const Entry& one : files.list(std::string(folder)))
      if (one.kind == EntryKind::File) paths.push_back(join_path(folder, one.name));
  std::erase_if(paths, [](const std::string& path) { return is_of_tests(path); });
  return paths;
}

}  // namespace

void add_repository_secrets(Project& project, const FileSystem& files, const KeepFile& keep) {
  if (project.functions.empty()) return;
  const SecretReader reader(secret_tables());
  IgnoredPaths ignored(files, kGitIgnore);
  for (const std::string& path : candidates(files)) {
    Result<std::string> read = files.read(path, kSecretFileBytes);
    if (!read) continue;
    std::string text = std::move(read.value());
    const auto found = first_in(reader, text);
    if (!found || is_left_out(ignored, path)) continue;
    const auto& [sign, range] = *found;
    project.secret_literals.push_back(
        {.kind = std::string(sign.form->id),
         .last_day = sign.last_day,
         .beside_code = true,
         .where = {keep(files.resolved(path), std::move(text)), range}});
  }
}

}  // namespace fnlint
