#include "link/terraform/terraform_versions.h"

#include "core/limits.h"
#include "core/text.h"
#include "link/stacks/dialects.h"
#include "link/terraform/terraform_evaluation.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

// Which version of a provider a root module takes: what its lock file says, else what it asks for.
namespace fnlint::stacks {

namespace {

using Version = std::vector<int>;
// terraform-provider-aws: since then its Read leaves source_code_hash as the configuration has it.
const Version& comparing_argument() {
  static const Version kSince{5, 51, 0};
  return kSince;
}

Version version_of(std::string_view text) {
  Version version;
  for (const std::string_view part : split(text, '.')) {
    int number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc()) return {};
    version.push_back(number);
    if (end != part.data() + part.size()) break;  // "0-beta1"
  }
  return version;
}

bool is_before(Version one, Version other) {
  one.resize(3);
  other.resize(3);
  return one < other;
}

// What may follow the last of them that "~> 4.2" and "~> 4.2.1" let through.
Version after_all(Version version) {
  if (version.size() > 1) version.pop_back();
  ++version.back();
  return version;
}

HashCompared of_exact(const Version& version) {
  return is_before(version, comparing_argument()) ? HashCompared::WithCode
                                                  : HashCompared::WithArgument;
}

// ">= 4.0, < 5.0"
HashCompared of_constraints(std::string_view text) {
  static const RE2 kOne(R"(\s*(=|!=|>=|<=|>|<|~>)?\s*v?([0-9][0-9A-Za-z.+-]*)\s*)");
  for (const std::string_view one : split(text, ',')) {
    std::string how, number;
    if (!RE2::FullMatch(one, kOne, &how, &number)) continue;
    const Version version = version_of(number);
    if (version.empty() || how == "!=") continue;
    if (how.empty() || how == "=") return of_exact(version);
    const bool is_least = how == ">=" || how == ">" || how == "~>";
    if (is_least && !is_before(version, comparing_argument())) return HashCompared::WithArgument;
    const bool is_most = how == "<" || how == "<=" || how == "~>";
    const Version end = how == "~>" ? after_all(version) : version;
    const bool is_old = is_before(end, comparing_argument()) ||
                        (how != "<=" && !is_before(comparing_argument(), end));
    if (is_most && is_old) return HashCompared::WithCode;
  }
  return HashCompared::Unknown;
}

std::string without_comments(const std::string& text) {
  static const RE2 kComment(R"((?m)^\s*(#|//).*$)");
  std::string plain = text;
  RE2::GlobalReplace(&plain, kComment, "");
  return plain;
}

// What `required_providers`, or as before Terraform 0.13 the provider's own block, asks for.
std::optional<std::string> asked_in(const std::string& text) {
  static const RE2 kRequired(R"((?s)\brequired_providers\s*\{(.*))"),
      kSource(R"re((?s)\baws"?\s*=\s*\{[^{}]*?\bversion"?\s*=\s*"([^"]+)")re"),
      kShort(R"re(\baws"?\s*=\s*"([^"]+)")re"),
      kOwn(R"re((?s)\bprovider\s+"?aws"?\s*\{[^{}]*?\bversion\s*=\s*"([^"]+)")re");
  std::string below, version;
  if (RE2::PartialMatch(text, kRequired, &below)) {
    if (const std::size_t end = below.find("\n}"); end != below.npos) below.resize(end);
    if (RE2::PartialMatch(below, kSource, &version) || RE2::PartialMatch(below, kShort, &version))
      return version;
  }
  return RE2::PartialMatch(text, kOwn, &version) ? std::optional(version) : std::nullopt;
}

HashCompared compared_in(const LinkContext& build, const std::string& root) {
  if (const Result<std::string> lock =
          build.files.read(join_path(root, ".terraform.lock.hcl"), kSourceBytes)) {
    static const RE2 kLocked(
        R"re((?s)provider\s+"[^"]*hashicorp/aws"\s*\{[^{}]*?\bversion\s*=\s*"([^"]+)")re");
    std::string version;
    if (RE2::PartialMatch(lock.value(), kLocked, &version))
      if (const Version exact = version_of(version); !exact.empty()) return of_exact(exact);
  }
  for (const Entry& entry : build.files.list(root)) {
    if (entry.kind != EntryKind::File || extension_of(entry.name) != ".tf") continue;
    const Result<std::string> text = build.files.read(join_path(root, entry.name), kSourceBytes);
    if (!text || text.value().find("version") == std::string::npos) continue;
    if (const auto asked = asked_in(without_comments(text.value()))) return of_constraints(*asked);
  }
  return HashCompared::Unknown;
}

}  // namespace

HashCompared hash_compared(LinkContext& build, ScopeId scope) {
  const std::string& root = module_of(build, scope).root;
  const auto [known, is_new] = build.terraform->hashes.try_emplace(root, HashCompared::Unknown);
  if (is_new) known->second = compared_in(build, root);
  return known->second;
}

}  // namespace fnlint::stacks
