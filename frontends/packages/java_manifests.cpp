// Maven and Gradle. A name is "group:artifact".

#include "core/text.h"
#include "frontends/packages/manifest_reading.h"
#include "frontends/packages/xml.h"

#include <array>
#include <map>

namespace fnlint {

using namespace manifests;

namespace {

using Properties = std::map<std::string, std::string, std::less<>>;

// "${jackson.version}" replaced, a few times over.
std::string filled(std::string_view text, const Properties& properties) {
  std::string result(text);
  for (int round = 0; round < 8; ++round) {
    const std::size_t at = result.find("${");
    const std::size_t end = result.find('}', at == result.npos ? 0 : at);
    if (at == result.npos || end == result.npos) return result;
    const auto found = properties.find(std::string_view(result).substr(at + 2, end - at - 2));
    if (found == properties.end()) return result;
    result.replace(at, end + 1 - at, found->second);
    if (result.size() > kTextBytes) return result;
  }
  return result;
}

Range range_of(const XmlDocument& document, const pugi::xml_node& node) {
  return document.range(node);
}

DependencyUse use_of_scope(std::string_view scope) {
  if (scope == "test") return DependencyUse::Development;
  if (scope == "provided") return DependencyUse::Provided;
  return DependencyUse::Runtime;
}

// What a configuration of Gradle is for.
DependencyUse use_of_configuration(std::string_view name) {
  const std::string word = lower(name);
  if (word.find("test") != word.npos || word.find("detekt") != word.npos ||
      word.find("lint") != word.npos)
    return DependencyUse::Development;
  if (word.starts_with("compileonly") || word.starts_with("annotationprocessor") ||
      word.starts_with("kapt") || word.starts_with("ksp") || word.starts_with("provided"))
    return DependencyUse::Provided;
  return DependencyUse::Runtime;
}

bool is_configuration(std::string_view word) {
  constexpr std::array kEnds{std::string_view("implementation"), std::string_view("api"),
                             std::string_view("compileonly"), std::string_view("runtimeonly"),
                             std::string_view("compile"), std::string_view("runtime"),
                             std::string_view("annotationprocessor"), std::string_view("kapt"),
                             std::string_view("ksp")};
  const std::string small = lower(word);
  for (const std::string_view end : kEnds)
    if (small.ends_with(end)) return true;
  return false;
}

// The texts between quotes on one line, with where they begin.
std::vector<std::pair<std::string_view, std::size_t>> quoted(std::string_view line) {
  std::vector<std::pair<std::string_view, std::size_t>> texts;
  for (std::size_t at = 0; (at = line.find_first_of("'\"", at)) != line.npos;) {
    const std::size_t end = line.find(line[at], at + 1);
    if (end == line.npos) break;
    texts.emplace_back(line.substr(at + 1, end - at - 1), at + 1);
    at = end + 1;
  }
  return texts;
}

}  // namespace

DependencyList read_pom(std::string_view text) {
  Rows rows(Registry::Maven, false);
  const XmlDocument document(text, rows.list().problems);
  rows.list().readable = document.complete();
  const pugi::xml_node project = document.root().child("project");
  Properties properties;
  for (const pugi::xml_node property : project.child("properties").children())
    properties.emplace(property.name(), trim(property.child_value()));
  for (const char* own : {"version", "groupId"}) {
    std::string_view value = trim(project.child(own).child_value());
    if (value.empty()) value = trim(project.child("parent").child(own).child_value());
    properties.emplace(cat("project.", own), value);
  }
  Properties managed;
  for (const pugi::xml_node row :
       project.child("dependencyManagement").child("dependencies").children("dependency"))
    managed.emplace(cat(trim(row.child_value("groupId")), ':', trim(row.child_value("artifactId"))),
                    filled(trim(row.child_value("version")), properties));
  for (const pugi::xml_node row : project.child("dependencies").children("dependency")) {
    const std::string name = cat(filled(trim(row.child_value("groupId")), properties), ':',
                                 filled(trim(row.child_value("artifactId")), properties));
    Dependency& added = rows.add(name, range_of(document, row.child("artifactId")));
    added.direct = true;
    const std::string_view scope = trim(row.child_value("scope"));
    added.use = use_of_scope(scope);
    added.elsewhere = scope == "system";
    std::string version = filled(trim(row.child_value("version")), properties);
    if (const auto found = managed.find(name); version.empty() && found != managed.end())
      version = found->second;
    set_version(added, version);
    if (version.find("${") != version.npos) added.known = VersionKnown::None;
  }
  for (const pugi::xml_node module : project.child("modules").children("module"))
    rows.list().workspaces.emplace_back(trim(module.child_value()));
  return rows.finish();
}

// group:artifact:version=configuration,configuration
DependencyList read_gradle_lock(std::string_view text) {
  Rows rows(Registry::Maven, true);
  rows.list().complete = true;
  std::size_t at = 0;
  for (const std::string_view line : split(text.substr(0, kTemplateBytes), '\n')) {
    const auto begin = static_cast<std::uint32_t>(at);
    at += line.size() + 1;
    const std::string_view row = trim(line);
    const std::size_t equals = row.find('='), colon = row.rfind(':', equals);
    if (row.empty() || row.front() == '#' || row.starts_with("empty=") || equals == row.npos ||
        colon == row.npos)
      continue;
    Dependency& added =
        rows.add(row.substr(0, colon), {begin, begin + static_cast<std::uint32_t>(row.size())});
    added.version = row.substr(colon + 1, equals - colon - 1);
    added.known = VersionKnown::Locked;
    added.use = DependencyUse::Development;
    for (const std::string_view name : split(row.substr(equals + 1), ',')) {
      const std::string small = lower(name);
      if (small.find("runtimeclasspath") != small.npos && small.find("test") == small.npos)
        added.use = DependencyUse::Runtime;
    }
  }
  return rows.finish();
}

// The declarations that stand on a line of their own, as nearly all do.
DependencyList read_gradle_build(std::string_view text) {
  Rows rows(Registry::Maven, false);
  std::size_t at = 0;
  for (const std::string_view whole : split(text.substr(0, kSourceBytes), '\n')) {
    const std::size_t begin = at;
    at += whole.size() + 1;
    const std::string_view line = trim(whole);
    const std::string_view word = line.substr(0, line.find_first_of(" (\t"));
    if (line.starts_with("//") || !is_configuration(word)) continue;
    const auto texts = quoted(whole);
    if (texts.empty()) {
      rows.list().readable = rows.list().readable && line.find("libs.") == line.npos;
      continue;
    }
    if (line.find("project(") != line.npos || line.find("files(") != line.npos ||
        line.find("platform(") != line.npos)
      continue;
    std::string name(texts[0].first), version;
    if (line.find("group") != line.npos && texts.size() >= 2) {
      name = cat(texts[0].first, ':', texts[1].first);
      if (texts.size() > 2) version = texts[2].first;
    } else if (line.find("kotlin(") != line.npos) {
      name = cat("org.jetbrains.kotlin:kotlin-", texts[0].first);
    } else {
      const std::vector<std::string_view> parts = split(texts[0].first, ':');
      if (parts.size() < 2) continue;
      name = cat(parts[0], ':', parts[1]);
      if (parts.size() > 2) version = parts[2];
    }
    const auto first = static_cast<std::uint32_t>(begin + texts[0].second);
    Dependency& added =
        rows.add(name, {first, first + static_cast<std::uint32_t>(texts[0].first.size())});
    added.direct = true;
    added.use = use_of_configuration(word);
    set_version(added, version);
    if (version.find('$') != version.npos) added.known = VersionKnown::None;
  }
  return rows.finish();
}

}  // namespace fnlint
