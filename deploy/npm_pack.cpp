// Turns `files` of a package.json, or its ignore file, into patterns of a code location.

#include "deploy/npm_pack.h"

#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"
#include "tables/known.h"

#include <array>

namespace fnlint {

namespace {

using nlohmann::json;

void add(CodeLocation& code, std::string_view glob, bool includes) {
  while (glob.starts_with("./")) glob.remove_prefix(2);
  if (glob.ends_with('/')) glob.remove_suffix(1);
  if (!glob.empty()) code.patterns.push_back({std::string(glob), includes});
}

void add_ignore_file(std::string_view text, CodeLocation& code) {
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    const bool negated = line.starts_with('!');
    if (negated) line.remove_prefix(1);
    std::string_view bare = line;
    if (bare.ends_with('/')) bare.remove_suffix(1);
    const bool anchored = bare.find('/') != bare.npos;
    add(code, anchored ? std::string(bare) : cat("**/", bare), negated);
  }
}

}  // namespace

void add_npm_patterns(const FileSystem& files, const std::string& folder, CodeLocation& code) {
  const Result<std::string> text = files.read(join_path(folder, "package.json"), kSourceBytes);
  const json manifest = text ? parse_json(text.value()) : json();
  const auto listed = manifest.is_object() ? manifest.find("files") : manifest.end();
  if (manifest.is_object() && listed != manifest.end() && listed->is_array() && !listed->empty()) {
    code.only_included = true;
    for (const json& item : *listed) {
      if (!item.is_string()) continue;
      const std::string one = item.get<std::string>();
      const bool negated = one.starts_with('!');
      add(code, negated ? std::string_view(one).substr(1) : std::string_view(one), !negated);
    }
    for (const std::string_view name : known::npm_always_packed()) add(code, name, true);
    for (const char* key : {"main", "bin"})
      if (manifest.contains(key) && manifest[key].is_string())
        add(code, manifest[key].get<std::string>(), true);
  } else {
    for (const char* name : {".npmignore", ".gitignore"}) {
      const Result<std::string> ignored = files.read(join_path(folder, name), kSourceBytes);
      if (!ignored) continue;
      add_ignore_file(ignored.value(), code);
      break;
    }
    for (const std::string_view name : known::npm_always_packed()) add(code, name, true);
  }
  for (const std::string_view name : known::npm_never_packed()) add(code, name, false);
}

}  // namespace fnlint
