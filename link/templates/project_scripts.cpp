// Lists what is run near a folder, reads each file once, and compares the names in scripts with
// resources.

#include "link/templates/project_scripts.h"

#include "core/text.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint::stacks {

namespace {

constexpr std::size_t kScriptBytes = 128 * 1024;
constexpr std::size_t kScripts = 200;  // near one template

bool is_program(std::string_view name) {
  return is_one_of(known::program_extensions(), extension_of(name));
}

bool is_script(std::string_view name) {
  return name.ends_with("akefile") || name.ends_with("justfile") || name == "package.json" ||
         is_one_of(known::script_extensions(), extension_of(name)) || is_program(name);
}

std::string_view unquoted(std::string_view word) {
  while (!word.empty() && (word.front() == '"' || word.front() == '\'')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '"' || word.back() == '\'' || word.back() == ','))
    word.remove_suffix(1);
  return word;
}

std::set<std::string> paths_near(const FileSystem& files, const std::string& folder) {
  std::set<std::string> paths;
  for (const std::string& path : files_below(files, folder, known::script_extensions(),
                                             [](std::string_view) { return false; }))
    paths.insert(path);
  for (std::string at = folder;; at = std::string(folder_of(at))) {
    for (const std::string_view place : known::script_folders()) {
      const std::string inner = place.empty() ? at : join_path(at, place);
      for (const Entry& entry : files.list(inner))
        if (entry.kind == EntryKind::File && is_script(entry.name))
          paths.insert(join_path(inner, entry.name));
    }
    if (at.empty()) break;
  }
  return paths;
}

}  // namespace

const Script* ProjectScripts::read(const std::string& path) {
  const auto [row, added] = read_.try_emplace(path);
  if (added) {
    Result<std::string> text = files_.read_start(path, kScriptBytes);
    const bool is_one =
        text && std::ranges::any_of(known::deploying_calls(), [&](std::string_view call) {
          return text.value().find(call) != std::string::npos;
        });
    if (is_one) row->second = Script{.text = std::move(text.value()), .program = is_program(path)};
  }
  return row->second ? &*row->second : nullptr;
}

const std::vector<const Script*>& ProjectScripts::near(const std::string& folder) {
  const auto [row, added] = near_.try_emplace(folder);
  if (!added) return row->second;
  std::size_t looked = 0;
  for (const std::string& path : paths_near(files_, folder)) {
    if (++looked > kScripts) break;
    if (const Script* const script = read(path); script != nullptr) row->second.push_back(script);
  }
  return row->second;
}

bool may_name(const LinkContext& build, const std::set<std::string>& names, ResourceId resource,
              bool made_up) {
  const Resource& row = build.stacks[resource];
  const auto own =
      row.physical_name.exists() ? as_text(build.pool, row.physical_name) : std::nullopt;
  const std::string_view id = build.pool[row.address];
  return std::ranges::any_of(names, [&](std::string_view name) {
    if (name.empty()) return true;
    if (name.front() == '}') {
      name.remove_prefix(std::min(name.find_first_not_of("}-_"), name.size()));
      return (own ? *own : id).find(name) != name.npos;
    }
    name.remove_prefix(name.rfind(':') + 1);  // of an ARN
    return own ? name == *own : !made_up || name.find(id) != name.npos;
  });
}

std::string_view command_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] != ';' && text[end] != '|' && text[end] != '&') {
    const bool goes_on = end > 0 && (text[end - 1] == '\\' || text[end - 1] == '`');
    if (text[end] == '\n' && !goes_on) break;
    ++end;
  }
  return text.substr(at, end - at);
}

std::string_view option_of(std::string_view command, std::string_view option) {
  const std::size_t found = command.find(option);
  if (found == command.npos) return {};
  std::string_view rest = command.substr(found + option.size());
  rest.remove_prefix(std::min(rest.find_first_not_of("= \t\\\n"), rest.size()));
  if (rest.starts_with("${{")) return rest.substr(0, rest.find("}}"));
  return unquoted(rest.substr(0, rest.find_first_of(" \t\n\\")));
}

bool is_literal(std::string_view word) {
  return !word.empty() && word.find_first_of("$%<{}`(") == word.npos;
}

std::string_view assigned(std::string_view text, std::string_view word) {
  std::string_view name = word.substr(std::min(word.find_first_not_of("${("), word.size()));
  name = name.substr(0, name.find_first_of("})"));
  if (name.empty()) return {};
  const std::string begin = cat(name, '=');
  for (std::size_t at = text.find(begin); at != text.npos; at = text.find(begin, at + 1)) {
    const bool is_whole = at == 0 || std::string_view(" \t\n").find(text[at - 1]) != text.npos;
    const std::string_view rest = text.substr(at + begin.size());
    const std::string_view value = unquoted(rest.substr(0, rest.find_first_of(" \t\n;")));
    if (is_whole && is_literal(value)) return value;
  }
  return {};
}

}  // namespace fnlint::stacks
