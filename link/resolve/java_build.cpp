// Scans build files by patterns. One that cannot be read may generate any class.

#include "link/resolve/java_build.h"

#include "core/text.h"
#include "link/resolve/source_index.h"
#include "tables/known.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

std::string without_comments(std::string text) {
  static const RE2 kXml(R"((?s)<!--.*?-->)");
  RE2::GlobalReplace(&text, kXml, "");
  return text;
}

// Names of the modules that are built in the folder.
std::set<std::string> modules_below(BuildFacts& builds, const std::string& build) {
  static const RE2 kParent(R"((?s)<parent>.*?</parent>)");
  static const RE2 kArtifact(R"(<artifactId>\s*([^<\s]+)\s*</artifactId>)");
  constexpr std::array<std::string_view, 2> kKinds{".xml", ".gradle"};
  std::set<std::string> modules;
  const auto skips = [](std::string_view folder) {
    const std::string_view name = file_name_of(folder);
    return name == "target" || name == "src" || name == "build";
  };
  for (const std::string& file : files_below(builds.files(), build, kKinds, skips)) {
    modules.emplace(file_name_of(folder_of(file)));
    if (file_name_of(file) != "pom.xml") continue;
    const std::string* text = builds.text(file);
    if (text == nullptr) continue;
    std::string own = *text, name;
    RE2::Replace(&own, kParent, "");
    if (RE2::PartialMatch(own, kArtifact, &name)) modules.insert(name);
  }
  return modules;
}

void add_groups(const std::string& text, const std::set<std::string>& modules,
                std::vector<std::string>& groups) {
  static const RE2 kPom(
      R"((?s)<(?:dependency|parent)>\s*<groupId>\s*([^<\s]+)\s*</groupId>\s*)"
      R"(<artifactId>\s*([^<\s]+)\s*</artifactId>(.*?)</(?:dependency|parent)>)");
  static const RE2 kGradle(R"x(["']([\w.\-]+):([\w.\-]+)(?::[^"']*)?["'])x");
  static const RE2 kNamed(R"x(group\s*[:=]\s*["']([\w.\-]+)["']\s*,\s*name\s*[:=]\s*["']([\w.\-]+))x");
  std::string group, artifact, rest;
  const auto add = [&] {
    if (!modules.contains(artifact)) groups.push_back(group);
  };
  re2::StringPiece pom(text);
  while (RE2::FindAndConsume(&pom, kPom, &group, &artifact, &rest))
    if (rest.find(">test<") == std::string::npos && rest.find(">import<") == std::string::npos)
      add();
  for (const RE2* pattern : {&kGradle, &kNamed}) {
    re2::StringPiece gradle(text);
    while (RE2::FindAndConsume(&gradle, *pattern, &group, &artifact)) add();
  }
}

}  // namespace

JavaBuild read_java_build(BuildFacts& builds, const std::string& module,
                          const std::string& build) {
  JavaBuild found;
  const std::set<std::string> modules = modules_below(builds, build);
  for (std::string at = module;; at = std::string(folder_of(at))) {
    for (const std::string_view name : known::java_build_texts()) {
      const std::string path = join_path(at, name);
      if (builds.files().kind(path) != EntryKind::File) continue;
      const std::string* read = builds.text(path);
      if (read == nullptr) {
        found.generates = true;  // it may say anything
        continue;
      }
      const std::string text = without_comments(*read);
      add_groups(text, modules, found.groups);
      found.generates =
          found.generates ||
          std::ranges::any_of(known::java_source_generators(), [&](std::string_view word) {
            return text.find(word) != std::string::npos;
          });
    }
    if (at == build || at.empty()) return found;
  }
}

bool is_made_of(std::string_view name, std::string_view of) {
  if (of.empty() || name.size() <= of.size()) return false;
  if (name.ends_with(of))
    return is_one_of(known::java_made_prefixes(), name.substr(0, name.size() - of.size()));
  return name.starts_with(of) && is_one_of(known::java_made_suffixes(), name.substr(of.size()));
}

}  // namespace fnlint
