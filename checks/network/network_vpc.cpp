// A function in a network has interfaces there: it takes subnets and security groups to make them,
// and the right to do so. Without, the function cannot be created.

#include "checks/network/rules.h"
#include "checks/role/role_rights.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "values/answers.h"

#include <algorithm>
#include <array>

namespace fnlint {

namespace {

constexpr std::string_view kSubnets = "VpcConfig.SubnetIds";
constexpr std::string_view kGroups = "VpcConfig.SecurityGroupIds";
// What Lambda wants of the role before it creates a function in a network.
constexpr std::array<std::string_view, 3> kNeeded{
    "ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"};

// Whether a list has entries: Yes with how sure that is, No, or not known.
struct Entries {
  Answer any = Answer::Unknown;
  std::uint8_t uncertainty = 0;
};

Entries entries_of(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  switch (row.kind) {
    case ValueKind::Absent:
    case ValueKind::Null: return {Answer::No, row.uncertainty};
    case ValueKind::Unknown: return {};
    case ValueKind::Text:
      return {answer_of(!trim(pool.text(value)).empty()), row.uncertainty};
    case ValueKind::Hole:  // an input without a default may be given as an empty list
      return {Answer::Yes,
              static_cast<std::uint8_t>(row.uncertainty |
                                        (row.origin == Origin::TemplateInput ? kHeuristic : 0))};
    case ValueKind::List: break;
    default: return {Answer::Yes, row.uncertainty};
  }
  Entries found{row.ref == 1 ? Answer::Unknown : Answer::No, row.uncertainty};
  for (const ValueId item : pool.operands(value)) {
    if (pool.is(item, ValueKind::OneOf)) {
      found.any = Answer::Unknown;
      continue;
    }
    const Entries one = entries_of(pool, item);
    if (one.any == Answer::Yes) return {Answer::Yes, pool[item].uncertainty};
    if (one.any == Answer::Unknown) found.any = Answer::Unknown;
  }
  return found;
}

std::vector<ValueCase> list_cases(const Project& project, ResourceId function,
                                  std::string_view path) {
  const Property* property = property_of(project, function, path);
  if (property == nullptr) return {ValueCase{}};
  return cases_of(*project.pool, property->value);
}

// What an attribute gives (of a custom resource, of another stack) may be a list without entries.
bool is_attribute(const ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  return row.kind == ValueKind::Reference ||
         (row.kind == ValueKind::Hole && row.origin == Origin::Attribute);
}

Entries entries_of(const ValuePool& pool, const ValueCase& one) {
  if (!one.value.exists()) return {Answer::No, 0};
  Entries entries = is_attribute(pool, one.value) ? Entries{} : entries_of(pool, one.value);
  entries.uncertainty |= one.uncertainty;
  return entries;
}

// Terraform refuses a function whose lists are null or not there; a default that says so, or has no
// entries, is what a deployment is to replace. Neither says what is missing.
bool has_none(const Project& project, ResourceId function, ValueId list, const Entries& entries) {
  const ValuePool& pool = *project.pool;
  const bool left_out = !list.exists() || pool.is(list, ValueKind::Null);
  if (left_out && pool[project.stacks[function].native_type].starts_with("aws_")) return false;
  return entries.any == Answer::No && (entries.uncertainty & kOverridable) == 0;
}

// The branches in which there is a value at all.
std::vector<std::vector<Test>> branches_of(const ValuePool& pool, ValueId value) {
  std::vector<std::vector<Test>> branches;
  for (ValueCase& one : cases_of(pool, value))
    if (!pool.is(one.value, ValueKind::Absent)) branches.push_back(std::move(one.tests));
  return branches;
}

// In which branches one of the two lists has entries and the other surely has none.
struct NetworkLack {
  bool groups = false;  // no security groups; else no subnets
  std::uint8_t uncertainty = 0;
};

std::optional<NetworkLack> lack_of(const Project& project, ResourceId function,
                                   const Property& network) {
  const ValuePool& pool = *project.pool;
  std::optional<NetworkLack> lack;
  bool all = true;
  const std::vector<std::vector<Test>> given = branches_of(pool, network.value);
  for (const ValueCase& subnets : list_cases(project, function, kSubnets))
    for (const ValueCase& groups : list_cases(project, function, kGroups)) {
      const auto at_once = both(subnets.tests, groups.tests);
      if (!at_once || std::ranges::none_of(given, [&](const auto& tests) {
            return both(*at_once, tests).has_value();
          }))
        continue;
      const Entries a = entries_of(pool, subnets), b = entries_of(pool, groups);
      const bool wrong = (a.any == Answer::Yes && has_none(project, function, groups.value, b)) ||
                         (b.any == Answer::Yes && has_none(project, function, subnets.value, a));
      all = all && wrong;
      if (!wrong) continue;
      const auto uncertainty = static_cast<std::uint8_t>(a.uncertainty | b.uncertainty);
      if (!lack || confidence_of(uncertainty) > confidence_of(lack->uncertainty))
        lack = NetworkLack{b.any == Answer::No, uncertainty};
    }
  if (lack && !all) lack->uncertainty |= kConditional;
  return lack;
}

// How sure it is that the function is in a network.
std::optional<std::uint8_t> in_network(const Project& project, ResourceId function) {
  const ValuePool& pool = *project.pool;
  std::optional<std::uint8_t> found;
  bool all = true;
  for (const ValueCase& subnets : list_cases(project, function, kSubnets)) {
    const Entries entries = entries_of(pool, subnets);
    // What is computed, by a construct or a module, is there.
    const bool given = entries.any != Answer::No;
    all = all && given;
    if (given && (!found || confidence_of(entries.uncertainty) > confidence_of(*found)))
      found = entries.uncertainty;
  }
  if (found && !all) found = static_cast<std::uint8_t>(*found | kConditional);
  return found;
}

// Which of the needed actions no statement of the role allows.
std::string missing_in_network(const RoleRights& rights, ResourceId role) {
  std::string words;
  for (const std::string_view action : kNeeded)
    if (rights.allows(role, action) == Answer::No) words += cat(words.empty() ? "" : ", ", action);
  return words;
}

FindingBuilder network_finding(const Project& project, ResourceId function, const Property& network,
                               std::string_view rule, std::uint8_t uncertainty) {
  return FindingBuilder(rule, uncertainty)
      .about(project, function)
      .at(network.key.file.exists() ? network.key : network.where);
}

// What the Serverless Framework drops: of one function, or of all that a service says nothing for.
Finding dropped(const Project& project, const TemplateFault& fault) {
  const bool of_one = fault.resource.exists();
  const std::string name = of_one ? name_of(project, fault.resource) : std::string();
  FindingBuilder finding("network-vpc-incomplete", fault.uncertainty);
  finding.grade(Severity::Warning)
      .at(fault.where)
      .identified(name, ':', fault.what)
      .says("The framework drops this setting, because it has no ", fault.what, ": ",
            of_one ? cat("'", name, "' is") : std::string("the functions are"),
            " deployed outside of the VPC.");
  if (of_one) finding.about(project, fault.resource);
  return finding;
}

}  // namespace

void network_vpc(const Project& project, const Settings&, Findings& out) {
  PlacedFindings findings(project);
  const RoleRights rights(project);
  for (const DeclaredFunction& function : project.stacks.functions) {
    const ResourceId id = function.resource;
    const Property* network = property_of(project, id, "VpcConfig");
    if (network == nullptr || !is_given(*project.pool, network->value) ||
        project.pool->is(network->value, ValueKind::Unknown))  // it may not be there at all
      continue;
    if (const auto lack = lack_of(project, id, *network)) {
      findings.add(
          id, *network,
          network_finding(project, id, *network, "network-vpc-incomplete", lack->uncertainty)
              .says("'", name_of(project, id), "' has ",
                    lack->groups ? "subnets without a security group"
                                 : "security groups without a subnet",
                    "; Lambda requires both, or neither."));
    }
    const auto inside = in_network(project, id);
    if (!inside || !function.role.exists() || !function.role_complete || function.default_role)
      continue;
    const std::string missing = missing_in_network(rights, function.role);
    if (missing.empty()) continue;
    const std::string name = name_of(project, id);
    findings.add(
        id, *network,
        network_finding(project, id, *network, "role-missing-eni-permissions", *inside)
            .says("'", name, "' is in a VPC, but its role '", name_of(project, function.role),
                  "' does not allow ", missing,
                  ": Lambda cannot create the function's network interfaces.")
            .related(project.stacks[function.role].name, "This is its role.")
            // One role is mended once, for however many functions.
            .caused_by(
                {.key = cat(function.role.index, ' ', missing), .subject = name, .apart = 1}));
  }
  for (const TemplateFault& fault : project.stacks.faults)
    if (fault.kind == TemplateFaultKind::NetworkDropped) out.push_back(dropped(project, fault));
  findings.move_to(out);
}

}  // namespace fnlint
