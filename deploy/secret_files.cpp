// Picks files by their names, and reads them line by line as settings, keys or plain text.

#include "deploy/secret_files.h"

#include "core/glob.h"
#include "core/text.h"
#include "tables/packages.h"
#include "tables/secrets.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::size_t kKeyBytes = 4096;  // of a key that spans several lines

bool is_any(std::span<const std::string_view> patterns, std::string_view name) {
  const std::string small = lower(name);
  return std::ranges::any_of(
      patterns, [&](std::string_view pattern) { return matches_name(pattern, small); });
}

// Of a folder, or by a word in the name, that says that nobody relies on what it holds.
bool is_aside(std::string_view path) {
  for (const std::string_view part : split(folder_of(path), '/'))
    if (is_one_of(aside_folder_names(), lower(part))) return true;
  return false;
}
bool is_for_trying(std::string_view path) {
  const std::string small = lower(path);
  for (const std::string_view word : {"local", "test", "dev", "sandbox", "snakeoil", "self"})
    if (small.find(word) != small.npos) return true;
  return false;
}

// "NAME=value" without quotes; empty: it is no such line.
std::pair<std::string_view, std::string_view> setting_of(std::string_view line) {
  line = trim(line);
  if (line.starts_with("export ")) line.remove_prefix(7);
  const std::size_t equals = line.find('=');
  if (equals == line.npos || line.starts_with('#') || line.starts_with(';')) return {};
  std::string_view value = trim(line.substr(equals + 1));
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') &&
      value.back() == value.front())
    value = value.substr(1, value.size() - 2);
  return {trim(line.substr(0, equals)), value};
}

}  // namespace

bool may_hold_secret(std::string_view path) {
  const SecretTables& tables = secret_tables();
  const std::string_view name = file_name_of(path);
  return (is_any(tables.setting_files, name) || is_any(tables.text_files, name)) &&
         !is_any(tables.spared_files, name) && !is_aside(path);
}

SecretFinder::SecretFinder() : reader_(secret_tables()) {}

std::optional<SecretSign> SecretFinder::read(std::string_view window, std::string_view line,
                                             bool settings) const {
  // Of data, such a form may be a sample: a token in an event to try a handler with.
  if (auto sign = reader_.by_form(window); sign && (settings || !sign->form->likely)) return sign;
  const auto [name, value] = settings ? setting_of(line) : setting_of({});
  return name.empty() ? std::nullopt : reader_.read(name, value);
}

std::optional<FoundSecret> SecretFinder::find(std::string_view path, std::string_view text) const {
  const bool settings = is_any(secret_tables().setting_files, file_name_of(path));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const bool begins_key = line.find("-----BEGIN ") != line.npos;
    const std::string_view window = begins_key ? text.substr(at, kKeyBytes) : line;
    const auto sign = read(window, line, settings);
    if (sign && (sign->uncertainty & kUncertain) == 0) {
      // A key that a phrase protects is of no use alone.
      const bool locked = line.find("ENCRYPTED") != line.npos;
      return FoundSecret{
          .words = std::string(sign->form != nullptr ? sign->form->words : sign->name->words),
          .sure =
              sign->form != nullptr && sign->uncertainty == 0 && !locked && !is_for_trying(path),
          .where = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}};
    }
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace fnlint
