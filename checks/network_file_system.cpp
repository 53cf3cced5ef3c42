// A file system is mounted below /mnt, over the function's network: without a network, or where the
// file system has no address there, every invocation fails before the handler is called.

#include "checks/list.h"
#include "checks/project_view.h"
#include "checks/value_cases.h"
#include "core/text.h"
#include "tables/quotas.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kSystems = "FileSystemConfigs";

bool is_mount_path(std::string_view path) {
  const std::string_view root = quotas().mount_root;
  if (!path.starts_with(root) || path.size() == root.size()) return false;
  return std::ranges::all_of(path.substr(root.size()), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_' || c == '.';
  });
}

// The properties of the file systems whose paths end so: "FileSystemConfigs.0.Arn".
std::vector<const Property*> members(const Project& project, ResourceId function,
                                     std::string_view name) {
  std::vector<const Property*> found;
  const Slice<Property> rows = project.stacks[function].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Property& row = project.stacks.properties[rows.first + i];
    const std::string_view path = (*project.pool)[row.path];
    if (path.starts_with(kSystems) && path.ends_with(name) &&
        std::ranges::count(path, '.') == 2)
      found.push_back(&row);
  }
  return found;
}

Finding finding_of(const Project& project, ResourceId function, std::uint8_t evidence, Span where,
                   std::string_view identity) {
  Finding finding;
  finding.rule = "network-file-system-unreachable";
  finding.confidence = confidence_of(evidence);
  finding.function = name_of(project, function);
  finding.where = where;
  finding.identity = cat(finding.function, ':', identity);
  return finding;
}

void check_network(const Project& project, ResourceId function, PlacedFindings& findings) {
  const ValuePool& pool = *project.pool;
  const Property* systems = property_of(project, function, kSystems);
  std::optional<WrongCase> mounted;
  for (const Property* const arn : members(project, function, ".Arn")) {
    const auto is_arn = [&](ValueId value) { return is_given(pool, value); };
    mounted = wrong_case(cases_of(pool, arn->value), is_arn);
    if (mounted) break;
  }
  if (!mounted || is_set(project, function, "VpcConfig") != Answer::No) return;
  Finding finding = finding_of(project, function, mounted->evidence,
                               systems->key.file.exists() ? systems->key : systems->where, "vpc");
  finding.message = cat("'", finding.function, "' mounts a file system, but has no VpcConfig: a "
                        "file system is reached over the function's network alone.");
  findings.add(function, *systems, std::move(finding));
}

void check_paths(const Project& project, ResourceId function, PlacedFindings& findings) {
  const ValuePool& pool = *project.pool;
  for (const Property* const path : members(project, function, ".LocalMountPath")) {
    const auto wrong = wrong_case(cases_of(pool, path->value), [&](ValueId value) {
      const auto text = as_text(pool, value);
      return text && !is_mount_path(*text);
    });
    if (!wrong) continue;
    Finding finding =
        finding_of(project, function, wrong->evidence, anchor_of(*path), pool[path->path]);
    finding.message = cat("'", finding.function, "' is to mount a file system at '",
                          pool.text(wrong->value), "'; Lambda mounts at one name below ",
                          quotas().mount_root, " alone.");
    findings.add(function, *path, std::move(finding));
  }
}

}  // namespace

void network_file_system(const Project& project, const Settings&, Findings& out) {
  PlacedFindings findings(project);
  for (const DeclaredFunction& function : project.stacks.functions) {
    if (property_of(project, function.resource, kSystems) == nullptr) continue;
    check_network(project, function.resource, findings);
    check_paths(project, function.resource, findings);
  }
  findings.move_to(out);
}

}  // namespace fnlint
