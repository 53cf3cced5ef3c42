// A file system is mounted below /mnt, over the function's network: without a network, or where the
// file system has no address there, every invocation fails before the handler is called.

#include "checks/network/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "model/template.h"
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

FindingBuilder finding_of(const Project& project, ResourceId function, std::uint8_t uncertainty,
                          Span where, std::string_view identity) {
  const std::string name = name_of(project, function);
  return FindingBuilder("network-file-system-unreachable", uncertainty)
      .about(name)
      .at(where)
      .identified(name, ':', identity);
}

void check_network(const Project& project, ResourceId function, PlacedFindings& findings) {
  const ValuePool& pool = *project.pool;
  const Property* systems = property_of(project, function, kSystems);
  std::optional<WrongCase> mounted;
  const std::vector<const Property*> arns = members(project, function, ".Arn");
  for (const Property* const arn : arns) {
    const auto is_arn = [&](ValueId value) { return is_given(pool, value); };
    mounted = wrong_case(cases_of(pool, arn->value), is_arn);
    if (mounted) break;
  }
  if (!mounted || is_set(project, function, "VpcConfig") != Answer::No) return;
  Span where = systems->key.file.exists() ? systems->key : systems->where;
  if (!where.file.exists())
    where = anchor_of(*arns.front());  // of a list that a tool puts together
  findings.add(function, *systems,
               finding_of(project, function, mounted->uncertainty, where, "vpc")
                   .says("'", name_of(project, function),
                         "' mounts a file system, but has no VpcConfig: a file system can be "
                         "reached only through the function's VPC."));
}

void check_paths(const Project& project, ResourceId function, PlacedFindings& findings) {
  const ValuePool& pool = *project.pool;
  for (const Property* const path : members(project, function, ".LocalMountPath")) {
    const auto wrong = wrong_case(cases_of(pool, path->value), [&](ValueId value) {
      const auto text = as_text(pool, value);
      return text && !is_mount_path(*text);
    });
    if (!wrong) continue;
    findings.add(
        function, *path,
        finding_of(project, function, wrong->uncertainty, anchor_of(*path), pool[path->path])
            .says("'", name_of(project, function), "' mounts a file system at '",
                  pool.text(wrong->value), "'; Lambda mounts only at a single name below ",
                  quotas().mount_root, " alone."));
  }
}

// The resource that a value refers to, alone or inside of an ARN.
ResourceId referred(const Project& project, ValueId value) {
  ResourceId found;
  for_each_below(*project.pool, value, [&](ValueId id) {
    const Value& row = (*project.pool)[id];
    if (row.kind == ValueKind::Reference) found = ResourceId{static_cast<std::uint32_t>(row.ref)};
  });
  return found;
}

ResourceId referred(const Project& project, ResourceId from, std::string_view path) {
  const Property* property = from.exists() ? property_of(project, from, path) : nullptr;
  return property != nullptr ? referred(project, property->value) : ResourceId{};
}

// Where a file system has its addresses, by what the project's mount targets say.
struct MountTargets {
  bool known = true;  // each says of which file system and in which subnet it is
  std::vector<ResourceId> subnets = {};
};

MountTargets mount_targets(const Project& project, ResourceId system) {
  MountTargets targets;
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) {
    const ResourceId id{i};
    if (type_of(project, id) != "AWS::EFS::MountTarget") continue;
    const ResourceId of = referred(project, id, "FileSystemId");
    if (of.exists() && of != system) continue;
    const ResourceId subnet = referred(project, id, "SubnetId");
    targets.known = targets.known && of.exists() &&
                    type_of(project, subnet) == "AWS::EC2::Subnet";
    targets.subnets.push_back(subnet);
  }
  return targets;
}

// The zones of subnets that the templates declare; nothing where one of them does not say.
std::optional<std::vector<std::string_view>> zones_of(const Project& project,
                                                      std::span<const ResourceId> subnets) {
  std::vector<std::string_view> zones;
  for (const ResourceId subnet : subnets) {
    const Property* zone = property_of(project, subnet, "AvailabilityZone");
    const auto name = zone != nullptr ? as_text(*project.pool, zone->value) : std::nullopt;
    if (!name) return std::nullopt;
    zones.push_back(*name);
  }
  return zones;
}

std::optional<std::vector<ResourceId>> subnets_of(const Project& project, ResourceId function) {
  const Property* list = property_of(project, function, "VpcConfig.SubnetIds");
  if (list == nullptr || !project.pool->is(list->value, ValueKind::List)) return std::nullopt;
  std::vector<ResourceId> subnets;
  for (const ValueId item : project.pool->operands(list->value)) {
    const ResourceId subnet = referred(project, item);
    if (type_of(project, subnet) != "AWS::EC2::Subnet") return std::nullopt;
    subnets.push_back(subnet);
  }
  return subnets;
}

// Whether one of the function's subnets may be in the zone of a mount target.
bool may_meet(const Project& project, ResourceId function, const MountTargets& targets) {
  const auto inside = subnets_of(project, function);
  if (!inside) return true;
  const auto here = zones_of(project, *inside), there = zones_of(project, targets.subnets);
  return !here || !there || std::ranges::any_of(*here, [&](std::string_view zone) {
    return std::ranges::find(*there, zone) != there->end();
  });
}

// A file system of the templates that has no address where the function is.
void check_targets(const Project& project, ResourceId function, PlacedFindings& findings) {
  for (const Property* const arn : members(project, function, ".Arn")) {
    const ResourceId point = referred(project, arn->value);
    const ResourceId system = referred(project, point, "FileSystemId");
    if (type_of(project, system) != "AWS::EFS::FileSystem") continue;
    const auto dialect =
        static_cast<TemplateDialect>(project.stacks.scopes[project.stacks[system].scope].dialect);
    if (dialect == TemplateDialect::CdkProgram) continue;  // its construct makes them
    const MountTargets targets = mount_targets(project, system);
    const bool none = targets.subnets.empty();
    if (!targets.known || (!none && may_meet(project, function, targets))) continue;
    findings.add(
        function, *arn,
        finding_of(project, function, none ? kHeuristic : 0, anchor_of(*arn), "zones")
            .says("'", name_of(project, function), "' mounts '", name_of(project, system),
                  "', which ",
                  none ? "has no mount target in any subnet"
                       : "has no mount target in the Availability Zones of the function's subnets",
                  ": it cannot be reached from there.")
            .related(project.stacks[system].name, "This is the file system."));
  }
}

}  // namespace

void network_file_system(const Project& project, const Settings&, Findings& out) {
  PlacedFindings findings(project);
  for (const DeclaredFunction& function : project.stacks.functions) {
    if (property_of(project, function.resource, kSystems) == nullptr) continue;
    check_network(project, function.resource, findings);
    check_paths(project, function.resource, findings);
    check_targets(project, function.resource, findings);
  }
  findings.move_to(out);
}

}  // namespace fnlint
