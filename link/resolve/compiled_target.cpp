// Reads compiler settings of Maven, Gradle and .NET projects, and of what they inherit from.

#include "link/resolve/compiled_target.h"

#include "core/text.h"
#include "link/resolve/nearest_folder.h"

#include <re2/re2.h>

#include <array>
#include <map>
#include <set>
#include <vector>

namespace fnlint {

namespace {

std::set<std::string> all_of(const std::string& text, const RE2& pattern) {
  std::set<std::string> found;
  re2::StringPiece rest(text);
  std::string value;
  while (RE2::FindAndConsume(&rest, pattern, &value)) found.insert(value);
  return found;
}

// "1.8" and "VERSION_17" are 8 and 17; empty: no version.
std::string java_version(std::string_view written) {
  if (written.starts_with("VERSION_")) written.remove_prefix(8);
  if (written.starts_with("JVM_")) written.remove_prefix(4);
  if (written.starts_with("1.") || written.starts_with("1_")) written.remove_prefix(2);
  const bool is_number = !written.empty() && written.size() <= 2 &&
                         written.find_first_not_of("0123456789") == std::string_view::npos;
  return is_number ? std::string(written) : std::string();
}

// The properties of a pom.xml, one in terms of another; the first of these ways of saying it.
std::string version_in_pom(std::string text) {
  static const RE2 kComment(R"((?s)<!--.*?-->)"), kProfiles(R"((?s)<profiles>.*?</profiles>)"),
      kProperties(R"((?s)<properties>(.*?)</properties>)"),
      kProperty(R"(<([\w.\-]+)>\s*([^<\s]+)\s*</)"),
      kCompiler(R"((?s)<artifactId>\s*maven-compiler-plugin\s*</artifactId>(.*?)</plugin>)"),
      kRelease(R"(<release>\s*([^<\s]+)\s*</release>)"),
      kTarget(R"(<target>\s*([^<\s]+)\s*</target>)");
  RE2::GlobalReplace(&text, kComment, "");
  RE2::GlobalReplace(&text, kProfiles, "");
  std::map<std::string, std::string> properties;
  std::string block, name, value;
  if (RE2::PartialMatch(text, kProperties, &block)) {
    re2::StringPiece rest(block);
    while (RE2::FindAndConsume(&rest, kProperty, &name, &value)) properties[name] = value;
  }
  const auto settled = [&](std::string one) {
    for (int depth = 0; depth < 4 && one.starts_with("${") && one.ends_with("}"); ++depth)
      one = properties[one.substr(2, one.size() - 3)];
    return java_version(one);
  };
  std::string plugin;
  RE2::PartialMatch(text, kCompiler, &plugin);
  for (const RE2* pattern : {&kRelease, &kTarget})
    if (RE2::PartialMatch(plugin, *pattern, &value)) return settled(value);
  for (const char* key : {"maven.compiler.release", "maven.compiler.target", "java.version"})
    if (const auto found = properties.find(key); found != properties.end())
      return settled(found->second);
  return {};
}

// Of the compilers, that of the handler's language.
std::string version_in_gradle(const std::string& text, bool is_kotlin) {
  static const RE2 kRelease(R"x(\brelease\s*(?:=|\.set\()\s*["']?(\d+))x"),
      kTarget(R"x(targetCompatibility\s*=?\s*["']?(?:JavaVersion\.)?(VERSION_\w+|[\d.]+))x"),
      kSource(R"x(sourceCompatibility\s*=?\s*["']?(?:JavaVersion\.)?(VERSION_\w+|[\d.]+))x"),
      kToolchain(R"x((?:JavaLanguageVersion\.of|jvmToolchain)\(\s*["']?(\d+))x"),
      kKotlin(R"x(jvmTarget\s*(?:=|\.set\()\s*["']?(?:JvmTarget\.)?(JVM_\w+|[\d.]+))x");
  const std::vector<const RE2*> ways =
      is_kotlin ? std::vector<const RE2*>{&kKotlin, &kToolchain}
                : std::vector<const RE2*>{&kRelease, &kTarget, &kSource, &kToolchain};
  for (const RE2* pattern : ways) {
    const std::set<std::string> found = all_of(text, *pattern);
    if (found.size() == 1) return java_version(*found.begin());
    if (!found.empty()) return {};
  }
  return {};
}

// "net8.0", "net8.0-linux", "netcoreapp3.1" -> "8.0", "3.1"; what is no version of .NET: empty.
std::string dotnet_version(std::string_view framework) {
  static const RE2 kFramework(R"(net(?:coreapp)?(\d+\.\d+)(?:-.*)?)");
  std::string version;
  const re2::StringPiece text(framework.data(), framework.size());
  return RE2::FullMatch(text, kFramework, &version) ? version : std::string();
}

}  // namespace

CompiledTarget java_target(BuildFacts& builds, std::string_view module,
                           std::string_view handler_file) {
  CompiledTarget found;
  nearest_above(module, [&](const std::string& folder) {
    for (const std::string_view name : {"pom.xml", "build.gradle.kts", "build.gradle"}) {
      const std::string path = join_path(folder, name);
      const std::string* text = builds.text(path);
      if (text == nullptr) continue;
      const std::string version = name == "pom.xml"
                                      ? version_in_pom(*text)
                                      : version_in_gradle(*text, handler_file.ends_with(".kt"));
      if (!version.empty()) found = {cat("Java ", version), version, path};
      if (!version.empty()) return true;
    }
    return false;
  });
  return found;
}

CompiledTarget dotnet_target(BuildFacts& builds, std::string_view folder,
                             std::string_view /*handler_file*/) {
  static const RE2 kFramework(R"(<TargetFramework>\s*([^<\s]+)\s*</TargetFramework>)");
  std::vector<std::string> projects;
  for (const Entry& entry : builds.files().list(folder))
    if (entry.kind == EntryKind::File && entry.name.ends_with("proj"))
      projects.push_back(join_path(folder, entry.name));
  if (projects.size() != 1) return {};
  std::string path = projects.front();
  const std::string* text = builds.text(path);
  if (text == nullptr || text->find("<TargetFrameworks>") != std::string::npos) return {};
  std::set<std::string> said = all_of(*text, kFramework);
  if (said.empty())
    nearest_above(folder, [&](const std::string& at) {
      path = join_path(at, "Directory.Build.props");
      text = builds.text(path);
      if (text != nullptr) said = all_of(*text, kFramework);
      return text != nullptr;
    });
  if (said.size() != 1) return {};
  const std::string version = dotnet_version(*said.begin());
  if (version.empty()) return {};
  return {cat(".NET ", version), version, path};
}

}  // namespace fnlint
