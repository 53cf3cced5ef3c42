// Go, Rust, Ruby and .NET.

#include "core/text.h"
#include "frontends/packages/manifest_reading.h"
#include "frontends/packages/xml.h"

namespace fnlint {

using namespace manifests;

namespace {

// Lines with the offset at which each begins.
template <class Take>
void each_line(std::string_view text, const Take& take) {
  text = text.substr(0, kTemplateBytes);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    take(line, at);
    at = end + 1;
  }
}

Range range_in(std::string_view text, std::string_view part) {
  const auto begin = static_cast<std::uint32_t>(part.data() - text.data());
  return {begin, begin + static_cast<std::uint32_t>(part.size())};
}

std::vector<std::string_view> words_between_blanks(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; (at = line.find_first_not_of(" \t", at)) != line.npos;) {
    const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
    words.push_back(line.substr(at, end - at));
    at = end;
  }
  return words;
}

}  // namespace

DependencyList read_go_mod(std::string_view text) {
  Rows rows(Registry::Go, false);
  rows.list().complete = true;  // indirect ones stand there since Go 1.17
  std::string_view block;
  each_line(text, [&](std::string_view line, std::size_t) {
    const std::size_t comment = line.find("//");
    const bool indirect = comment != line.npos && line.find("indirect", comment) != line.npos;
    std::vector<std::string_view> words = words_between_blanks(line.substr(0, comment));
    if (words.empty()) return;
    if (words.back() == "(") {
      block = words.front();
      return;
    }
    if (words.front() == ")") {
      block = {};
      return;
    }
    std::string_view verb = block;
    if (verb.empty()) {
      verb = words.front();
      words.erase(words.begin());
    }
    if (verb != "require" || words.size() < 2) return;
    Dependency& row = rows.add(words[0], range_in(text, words[0]));
    row.version = words[1];
    row.known = VersionKnown::Exact;
    row.direct = !indirect;
  });
  return rows.finish();
}

DependencyList read_go_sum(std::string_view text) {
  Rows rows(Registry::Go, true);
  rows.list().complete = true;
  each_line(text, [&](std::string_view line, std::size_t) {
    const std::vector<std::string_view> words = words_between_blanks(line);
    if (words.size() != 3 || words[1].ends_with("/go.mod")) return;  // only asked for its needs
    Dependency& row = rows.add(words[0], range_in(text, words[0]));
    row.version = words[1];
    row.known = VersionKnown::Locked;
  });
  return rows.finish();
}

DependencyList read_cargo_manifest(std::string_view text) {
  const Document document = read_toml(text);
  const Place root(document);
  Rows rows(Registry::Cargo, false);
  rows.take_problems(document);
  constexpr std::pair<const char*, DependencyUse> kTables[] = {
      {"dependencies", DependencyUse::Runtime},
      {"dev-dependencies", DependencyUse::Development},
      {"build-dependencies", DependencyUse::Development}};
  const auto read = [&](const Place& place, std::string_view condition) {
    for (const auto& [key, use] : kTables)
      for (const MapEntry& entry : place[key].entries()) {
        const Place value = root.at(entry.value);
        const std::string_view renamed = value["package"].text();
        Dependency& row = rows.add(renamed.empty() ? entry.key : renamed, entry.key_range);
        row.direct = true;
        row.condition = condition;
        row.use = value["optional"].is_true() ? DependencyUse::Optional : use;
        row.elsewhere = bool(value["path"]) || bool(value["git"]);
        const std::string_view version =
            value["version"] ? value["version"].text() : value.text();
        row.version = version;  // "1.2" is a range in Cargo
        row.known = version.starts_with('=') ? VersionKnown::Exact : VersionKnown::Range;
      }
  };
  read(root, {});
  for (const MapEntry& target : root["target"].entries()) read(root.at(target.value), target.key);
  for (const NodeId member : root["workspace"]["members"].items())
    rows.list().workspaces.emplace_back(root.at(member).text());
  return rows.finish();
}

DependencyList read_cargo_lock(std::string_view text) {
  const Document document = read_toml(text);
  const Place root(document);
  Rows rows(Registry::Cargo, true);
  rows.take_problems(document);
  rows.list().complete = true;
  for (const NodeId item : root["package"].items()) {
    const Place place = root.at(item);
    Dependency& row = rows.add(place["name"].text(), place["name"].range());
    row.version = place["version"].text();
    row.known = VersionKnown::Locked;
    row.elsewhere = !place["source"];  // the project's own
    rows.key(row.name, rows.last());
    rows.key(cat(row.name, ' ', row.version), rows.last());
    for (const NodeId need : place["dependencies"].items()) {
      const std::string_view words = root.at(need).text();  // "name", "name 1.0 (registry+...)"
      rows.needs(rows.last(), std::string(words.substr(0, words.find(" ("))));
    }
  }
  return rows.finish();
}

DependencyList read_gemfile(std::string_view text) {
  Rows rows(Registry::RubyGems, false);
  std::vector<bool> groups;  // each open block: whether it is for development
  each_line(text, [&](std::string_view whole, std::size_t) {
    const std::string_view line = trim(whole);
    const auto develops = [](std::string_view part) {
      return part.find(":development") != part.npos || part.find(":test") != part.npos;
    };
    if (line.starts_with("group ") && line.ends_with("do")) {
      groups.push_back(develops(line));
    } else if (line.ends_with(" do") || line.starts_with("if ") || line.starts_with("unless ")) {
      groups.push_back(!groups.empty() && groups.back());
    } else if (line == "end" && !groups.empty()) {
      groups.pop_back();
    } else if (line.starts_with("gemspec")) {
      rows.list().readable = false;  // another file names more
    } else if (line.starts_with("gem ") || line.starts_with("gem(")) {
      const std::size_t open = line.find_first_of("'\"");
      const std::size_t close = open == line.npos ? open : line.find(line[open], open + 1);
      if (close == line.npos) return;
      const std::string_view name = line.substr(open + 1, close - open - 1);
      Dependency& row = rows.add(name, range_in(text, name));
      row.direct = true;
      const std::string_view rest = line.substr(close + 1);
      const bool grouped = !groups.empty() && groups.back();
      if (grouped || (rest.find("group") != rest.npos && develops(rest)))
        row.use = DependencyUse::Development;
      row.elsewhere = rest.find("path:") != rest.npos || rest.find("git:") != rest.npos ||
                      rest.find("github:") != rest.npos;
      const std::size_t first = rest.find_first_of("'\"");
      const std::size_t last = first == rest.npos ? first : rest.find(rest[first], first + 1);
      if (last != rest.npos && first < 4) set_version(row, rest.substr(first + 1, last - first - 1));
    }
  });
  return rows.finish();
}

DependencyList read_gemfile_lock(std::string_view text) {
  Rows rows(Registry::RubyGems, true);
  rows.list().complete = true;
  std::string_view section;
  std::vector<std::string> direct;
  each_line(text, [&](std::string_view line, std::size_t) {
    const std::size_t indent = line.find_first_not_of(' ');
    if (indent == line.npos) return;
    const std::string_view content = trim(line);
    if (indent == 0) {
      section = content;
      return;
    }
    const std::string_view name = content.substr(0, content.find_first_of(" (!"));
    if (section == "DEPENDENCIES") {
      direct.emplace_back(name);
    } else if (indent == 4 && (section == "GEM" || section == "PATH" || section == "GIT")) {
      Dependency& row = rows.add(name, range_in(text, name));
      row.known = VersionKnown::Locked;
      row.elsewhere = section != "GEM";
      const std::size_t open = content.find('('), close = content.find(')');
      if (open != content.npos && close != content.npos && open < close)
        row.version = content.substr(open + 1, close - open - 1);
      rows.key(row.name, rows.last());
    } else if (indent == 6 && !rows.list().rows.empty()) {
      rows.needs(rows.last(), std::string(name));
    }
  });
  for (const std::string& name : direct)
    if (const auto row = rows.find(name)) rows.list().rows[*row].direct = true;
  return rows.finish();
}

DependencyList read_nuget_lock(std::string_view text) {
  const Document document = read_json(text);
  const Place root(document);
  Rows rows(Registry::NuGet, true);
  rows.take_problems(document);
  rows.list().complete = true;
  for (const MapEntry& framework : root["dependencies"].entries()) {
    for (const MapEntry& entry : root.at(framework.value).entries()) {
      const Place value = root.at(entry.value);
      const std::string_view type = value["type"].text();
      if (type == "Project") continue;
      Dependency& row = rows.add(entry.key, entry.key_range);
      row.version = value["resolved"].text();
      row.known = VersionKnown::Locked;
      row.direct = type == "Direct";
      row.condition = framework.key;
      rows.key(cat(framework.key, '/', row.name), rows.last());
      for (const MapEntry& need : value["dependencies"].entries())
        rows.needs(rows.last(),
                   cat(framework.key, '/', registry_name(Registry::NuGet, need.key)));
    }
  }
  return rows.finish();
}

DependencyList read_csproj(std::string_view text) {
  Rows rows(Registry::NuGet, false);
  const XmlDocument document(text, rows.list().problems);
  rows.list().readable = document.complete();
  for (const pugi::xml_node group : document.root().child("Project").children("ItemGroup")) {
    for (const pugi::xml_node item : group.children("PackageReference")) {
      const std::string_view name = trim(item.attribute("Include").value());
      if (name.empty()) continue;
      Dependency& row = rows.add(name, document.range(item));
      row.direct = true;
      std::string_view version = trim(item.attribute("Version").value());
      if (version.empty()) version = trim(item.child_value("Version"));
      set_version(row, version);
      if (version.find("$(") != version.npos) row.known = VersionKnown::None;
      std::string_view kept = item.attribute("PrivateAssets").value();
      if (kept.empty()) kept = item.child_value("PrivateAssets");
      if (lower(kept).find("all") != std::string::npos) row.use = DependencyUse::Development;
      row.condition = item.attribute("Condition").value();
      if (row.condition.empty()) row.condition = group.attribute("Condition").value();
    }
    for (const pugi::xml_node item : group.children("ProjectReference"))
      rows.list().workspaces.emplace_back(
          replace_all(item.attribute("Include").value(), "\\", "/"));
  }
  return rows.finish();
}

DependencyList read_packages_config(std::string_view text) {
  Rows rows(Registry::NuGet, false);
  const XmlDocument document(text, rows.list().problems);
  rows.list().readable = document.complete();
  rows.list().complete = true;
  for (const pugi::xml_node item : document.root().child("packages").children("package")) {
    Dependency& row = rows.add(item.attribute("id").value(), document.range(item));
    row.direct = true;
    set_version(row, item.attribute("version").value());
    if (std::string_view(item.attribute("developmentDependency").value()) == "true")
      row.use = DependencyUse::Development;
  }
  return rows.finish();
}

}  // namespace fnlint
