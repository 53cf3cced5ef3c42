// The lock files of Yarn and pnpm.

#include "core/text.h"
#include "frontends/packages/manifest_reading.h"

namespace fnlint {

using namespace manifests;

namespace {

std::string_view unquoted_key(std::string_view text) {
  text = trim(text);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  return text;
}

// "@scope/name@^1.0" in two; "name@npm:^1.0" loses its protocol.
struct Asked {
  std::string_view name = {}, range = {};
};
Asked asked_of(std::string_view text) {
  const std::size_t at = text.find('@', 1);
  if (at == text.npos) return {text, {}};
  Asked asked{text.substr(0, at), text.substr(at + 1)};
  if (asked.range.starts_with("npm:")) asked.range.remove_prefix(4);
  return asked;
}

// Yarn 1 has a form of its own:
//   "@babel/core@^7.0.0", "@babel/core@^7.1.0":
//     version "7.2.0"
//     dependencies:
//       debug "^4.1.0"
DependencyList read_classic(std::string_view text) {
  Rows rows(Registry::Npm, true);
  rows.list().complete = true;
  bool in_needs = false, any = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    const auto begin = static_cast<std::uint32_t>(at);
    at = end + 1;
    const std::string_view content = trim(line);
    if (content.empty() || content.front() == '#') continue;
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == 0) {
      std::string_view head = content;
      if (head.ends_with(':')) head.remove_suffix(1);
      const std::vector<std::string_view> parts = split(head, ',');
      const Asked first = asked_of(unquoted_key(parts.front()));
      Dependency& row =
          rows.add(first.name, {begin, begin + static_cast<std::uint32_t>(content.size())});
      row.known = VersionKnown::Locked;
      for (const std::string_view part : parts) {
        const Asked asked = asked_of(unquoted_key(part));
        row.asked.emplace_back(asked.range);
        rows.key(cat(asked.name, '@', asked.range), rows.last());
      }
      in_needs = false;
      any = true;
    } else if (any && indent == 2) {
      in_needs = content == "dependencies:" || content == "optionalDependencies:";
      if (content.starts_with("version ") && !rows.list().rows.empty())
        rows.list().rows.back().version = unquoted_key(content.substr(8));
    } else if (any && in_needs) {
      const std::size_t space = content.rfind(' ');
      if (space == content.npos) continue;
      rows.needs(rows.last(), cat(unquoted_key(content.substr(0, space)), '@',
                                  unquoted_key(content.substr(space + 1))));
    }
  }
  return rows.finish();
}

DependencyList read_berry(std::string_view text) {
  const Document document = read_yaml(text);
  const Place root(document);
  Rows rows(Registry::Npm, true);
  rows.take_problems(document);
  rows.list().complete = true;
  for (const MapEntry& entry : root.entries()) {
    if (entry.key == "__metadata") continue;
    const Place place = root.at(entry.value);
    const std::vector<std::string_view> parts = split(entry.key, ',');
    const Asked first = asked_of(trim(parts.front()));
    Dependency& row = rows.add(first.name, entry.key_range);
    row.known = VersionKnown::Locked;
    row.version = place["version"].text();
    row.elsewhere = place["linkType"].text() == "soft";
    for (const std::string_view part : parts) {
      const Asked asked = asked_of(trim(part));
      row.asked.emplace_back(asked.range);
      rows.key(cat(asked.name, '@', asked.range), rows.last());
    }
    for (const MapEntry& need : place["dependencies"].entries()) {
      std::string_view range = root.at(need.value).text();
      if (range.starts_with("npm:")) range.remove_prefix(4);
      rows.needs(rows.last(), cat(need.key, '@', range));
    }
  }
  return rows.finish();
}

// A key of pnpm's packages: "/name/1.2.3_peer", "/name@1.2.3(peer@1)", "name@1.2.3".
Asked pnpm_key(std::string_view key) {
  if (key.starts_with('/')) key.remove_prefix(1);
  key = key.substr(0, key.find('('));
  std::size_t at = key.find('@', 1);
  if (at == key.npos) at = key.rfind('/');
  if (at == key.npos) return {key, {}};
  std::string_view version = key.substr(at + 1);
  return {key.substr(0, at), version.substr(0, version.find('_'))};
}

class PnpmLock {
 public:
  explicit PnpmLock(const Document& document) : root_(document) { rows_.take_problems(document); }

  DependencyList read() {
    rows_.list().complete = true;
    for (const MapEntry& entry : root_["packages"].entries()) {
      const Place place = root_.at(entry.value);
      const Asked asked = pnpm_key(entry.key);
      Dependency& row = rows_.add(asked.name, entry.key_range);
      row.version = asked.range;
      row.known = VersionKnown::Locked;
      if (place["dev"].is_true()) row.use = DependencyUse::Development;
      if (place["optional"].is_true()) row.use = DependencyUse::Optional;
      for (const char* key : {"os", "cpu", "libc"})
        for (const NodeId item : place[key].items())
          row.condition += cat(row.condition.empty() ? "" : " ", root_.at(item).text());
      rows_.key(cat(asked.name, '@', asked.range), rows_.last());
      needs(place, rows_.last());
    }
    for (const MapEntry& entry : root_["snapshots"].entries()) {  // version 9
      const Asked asked = pnpm_key(entry.key);
      if (const auto row = rows_.find(cat(asked.name, '@', asked.range)))
        needs(root_.at(entry.value), *row);
    }
    project(root_);
    const Place importers = root_["importers"];
    for (const MapEntry& entry : importers.entries()) {
      if (entry.key == ".") project(root_.at(entry.value));
      else rows_.list().workspaces.push_back(entry.key);
    }
    return rows_.finish();
  }

 private:
  void needs(const Place& place, std::uint32_t by) {
    for (const char* key : {"dependencies", "optionalDependencies"})
      for (const MapEntry& need : place[key].entries()) {
        const std::string_view version = root_.at(need.value).text();
        rows_.needs(by, key_of(need.key, version));
      }
  }
  // A version may be a whole key, where a package is installed under another name.
  static std::string key_of(std::string_view name, std::string_view version) {
    if (version.starts_with('/') || version.find('@') != version.npos) {
      const std::string_view bare = version.substr(0, version.find('('));
      if (bare.starts_with('/') || bare.find('@', 1) != bare.npos) {
        const Asked asked = pnpm_key(bare);
        return cat(asked.name, '@', asked.range);
      }
    }
    version = version.substr(0, version.find_first_of("(_"));
    return cat(name, '@', version);
  }
  void project(const Place& place) {
    constexpr std::pair<const char*, DependencyUse> kParts[] = {
        {"dependencies", DependencyUse::Runtime},
        {"devDependencies", DependencyUse::Development},
        {"optionalDependencies", DependencyUse::Optional}};
    for (const auto& [key, use] : kParts)
      for (const MapEntry& entry : place[key].entries()) {
        const Place value = root_.at(entry.value);
        const std::string_view version =
            value["version"] ? value["version"].text() : value.text();
        if (const auto row = rows_.find(key_of(entry.key, version))) {
          rows_.list().rows[*row].direct = true;
          rows_.list().rows[*row].use = use;
          if (value["specifier"])
            rows_.list().rows[*row].asked.emplace_back(value["specifier"].text());
        }
      }
  }

  Place root_;
  Rows rows_{Registry::Npm, true};
};

}  // namespace

DependencyList read_yarn_lock(std::string_view text) {
  const bool berry = text.substr(0, 4096).find("__metadata:") != text.npos;
  return berry ? read_berry(text) : read_classic(text.substr(0, kTemplateBytes));
}

DependencyList read_pnpm_lock(std::string_view text) {
  const Document document = read_yaml(text);
  return PnpmLock(document).read();
}

}  // namespace fnlint
