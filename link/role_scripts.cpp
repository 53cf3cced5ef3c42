#include "link/role_scripts.h"

#include "core/text.h"
#include "link/source_index.h"

#include <algorithm>
#include <array>

namespace fnlint::stacks {

namespace {

constexpr std::size_t kScriptBytes = 128 * 1024;
constexpr std::size_t kScripts = 200;  // near one template
constexpr std::array<std::string_view, 7> kExtensions{".sh",  ".ps1", ".mk",  ".bat",
                                                      ".cmd", ".yml", ".yaml"};
constexpr std::array<std::string_view, 8> kPlaces{
    "", "scripts", "script", "bin", "ci", "deploy", "deployment", ".github/workflows"};

bool is_script(std::string_view name) {
  return name.ends_with("akefile") || name.ends_with("justfile") || name == "package.json" ||
         std::ranges::find(kExtensions, extension_of(name)) != kExtensions.end();
}

// Of a command from there on: it goes on behind a backslash.
std::string_view command_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] != ';' && text[end] != '|' && text[end] != '&') {
    const bool goes_on = end > 0 && (text[end - 1] == '\\' || text[end - 1] == '`');
    if (text[end] == '\n' && !goes_on) break;
    ++end;
  }
  return text.substr(at, end - at);
}

std::string_view unquoted(std::string_view word) {
  while (!word.empty() && (word.front() == '"' || word.front() == '\'')) word.remove_prefix(1);
  while (!word.empty() && (word.back() == '"' || word.back() == '\'' || word.back() == ','))
    word.remove_suffix(1);
  return word;
}

// The word behind an option.
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

// What a script says that a variable is; nothing: it works that out.
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

template <class Visit>
void for_each_role(std::string_view text, std::string_view verb, const Visit& visit) {
  for (std::size_t at = text.find(verb); at != text.npos; at = text.find(verb, at + 1))
    if (const std::string_view role = option_of(command_at(text, at), "--role-name"); !role.empty())
      visit(role);
}

}  // namespace

void RoleScripts::read(const std::string& path, std::set<std::string>& names) const {
  const Result<std::string> read = build_.files.read_start(path, kScriptBytes);
  if (!read || read.value().find("-role-policy") == std::string::npos) return;
  const std::string& text = read.value();
  std::set<std::string_view> made;  // roles of the script's own
  for_each_role(text, "create-role", [&](std::string_view role) { made.insert(role); });
  for (const std::string_view verb : {"attach-role-policy", "put-role-policy"})
    for_each_role(text, verb, [&](std::string_view role) {
      if (made.contains(role)) return;
      names.emplace(is_literal(role) ? role : assigned(text, role));
    });
}

const std::set<std::string>& RoleScripts::names_near(const std::string& folder) {
  const auto [row, added] = near_.try_emplace(folder);
  if (!added) return row->second;
  std::set<std::string> paths;
  for (const std::string& path :
       files_below(build_.files, folder, kExtensions, [](std::string_view) { return false; }))
    paths.insert(path);
  for (std::string at = folder;; at = std::string(folder_of(at))) {
    for (const std::string_view place : kPlaces) {
      const std::string inner = place.empty() ? at : join_path(at, place);
      for (const Entry& entry : build_.files.list(inner))
        if (entry.kind == EntryKind::File && is_script(entry.name))
          paths.insert(join_path(inner, entry.name));
    }
    if (at.empty()) break;
  }
  std::size_t looked = 0;
  for (const std::string& path : paths)
    if (++looked <= kScripts) read(path, row->second);
  return row->second;
}

bool RoleScripts::may_add(ResourceId function, ResourceId role) {
  const std::string folder(folder_of(build_[build_.draft(function).text].source->path));
  const std::set<std::string>& names = names_near(folder);
  if (names.empty()) return false;
  const Resource& row = build_.resource(role);
  const auto own =
      row.physical_name.exists() ? as_text(build_.pool, row.physical_name) : std::nullopt;
  const bool is_made_up = !row.physical_name.exists() ||
                          build_.pool.is(row.physical_name, ValueKind::Absent);
  const std::string_view id = build_.pool[row.address];
  return std::ranges::any_of(names, [&](const std::string& name) {
    if (name.empty()) return true;
    if (own) return name == *own;
    return !is_made_up || name.find(id) != std::string::npos;
  });
}

}  // namespace fnlint::stacks
