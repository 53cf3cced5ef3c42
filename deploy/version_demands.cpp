// The keys of manifests and the tools' own files in which projects ask for a version of their
// language.

#include "deploy/version_demands.h"

#include "core/limits.h"
#include "core/text.h"
#include "frontends/packages/manifest_reading.h"

#include <algorithm>
#include <array>
#include <optional>

namespace fnlint {

namespace {

using manifests::Place;

// The node of a document at a path of keys.
VersionDemand demand_at(const Document& document, std::string_view path) {
  Place at(document);
  for (const std::string_view key : split(path, '/')) at = at[key];
  VersionDemand found;
  found.range = std::string(trim(at.text()));
  found.where.range = at.range();
  return found;
}

// A file with one version in it, or with a tool and its versions on each line.
VersionDemand pin_in(std::string_view text, std::string_view tool) {
  VersionDemand found{.pinned = true};
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    line = trim(line.substr(0, line.find('#')));
    if (!tool.empty()) {
      const bool is_it =
          line.starts_with(tool) && line.size() > tool.size() && line[tool.size()] == ' ';
      line = is_it ? trim(line.substr(tool.size())) : std::string_view{};
    }
    if (!line.empty()) {
      found.range = std::string(line);
      found.where.range = {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
      return found;
    }
    at = end + 1;
  }
  return found;
}

// Where versions of a language are asked for: a key of a manifest, or a file of tools.
struct Demanding {
  std::string_view language, file, key, words;
  bool pinned = false;
};
constexpr std::array kDemanding{
    Demanding{"nodejs", "package.json", "engines/node", "engines.node"},
    Demanding{"nodejs", ".tool-versions", "nodejs", ".tool-versions", true},
    Demanding{"nodejs", ".nvmrc", "", ".nvmrc", true},
    Demanding{"nodejs", ".node-version", "", ".node-version", true},
    Demanding{"python", "pyproject.toml", "project/requires-python", "requires-python"},
    Demanding{"python", "pyproject.toml", "tool/poetry/dependencies/python", "python of Poetry"},
    Demanding{"python", ".tool-versions", "python", ".tool-versions", true},
    Demanding{"python", ".python-version", "", ".python-version", true},
};

std::string language_of(std::string_view runtime) {
  for (const std::string_view language : {"nodejs", "python"})
    if (runtime.starts_with(language)) return std::string(language);
  return {};
}

}  // namespace

const std::vector<VersionDemand>& VersionDemands::in(const std::string& folder,
                                                     std::string_view language) {
  const auto [known, added] = known_.try_emplace({folder, std::string(language)});
  if (!added) return known->second;
  for (const Demanding& row : kDemanding) {
    const std::string path = join_path(folder, row.file);
    if (row.language != language || files_.kind(path) != EntryKind::File) continue;
    Result<std::string> text = files_.read(path, kSourceBytes);
    if (!text) continue;
    VersionDemand found = row.pinned ? pin_in(text.value(), row.key)
                          : row.file.ends_with(".toml")
                              ? demand_at(read_toml(text.value()), row.key)
                              : demand_at(read_json(text.value()), row.key);
    if (found.range.empty()) continue;
    found.words = row.words;
    found.where.file = keep_(files_.resolved(path), std::move(text.value()));
    known->second.push_back(std::move(found));
  }
  return known->second;
}

std::vector<VersionDemand> VersionDemands::of(const CodeLocation& code, std::string_view runtime,
                                              std::string_view handler_folder) {
  const std::string language = language_of(runtime);
  if (language.empty() || code.guess ||
      (code.kind != CodeKind::Folder && code.kind != CodeKind::File))
    return {};
  const std::string root =
      code.kind == CodeKind::File ? std::string(folder_of(code.path)) : code.path;
  std::vector<VersionDemand> found;
  bool has_range = false, has_pin = false;
  for (std::string at = join_path(root, handler_folder);; at = std::string(folder_of(at))) {
    bool range_here = false, pin_here = false;
    for (const VersionDemand& one : in(at, language)) {
      if (one.pinned ? has_pin : has_range) continue;
      (one.pinned ? pin_here : range_here) = true;
      found.push_back(one);
      found.back().own = at.size() >= root.size();
    }
    has_range = has_range || range_here;
    has_pin = has_pin || pin_here;
    if (at.empty() || at.starts_with("..")) return found;
  }
}

}  // namespace fnlint
