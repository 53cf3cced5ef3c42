// Terraform takes the rule away that lets a new security group send to everywhere. A function all
// of whose groups have no rule for what goes out reaches nothing, whatever its subnets' routes say.

#include "checks/network/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/models.h"
#include "tables/network.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

constexpr std::string_view kGroup = "aws_security_group";

// The security groups of a run that nothing may leave.
class ClosedGroups {
 public:
  explicit ClosedGroups(const Project& project) : project_(project) {
    for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i) add({i});
    unread_ = std::ranges::any_of(project.stacks.unresolved, [](const Unresolved& row) {
      return row.kind == UnresolvedKind::Include;
    });
  }

  [[nodiscard]] bool contains(ResourceId group) const {
    return !any_ && group.exists() && type_of(project_, group) == kGroup &&
           property_of(project_, group, "Egress") == nullptr &&
           properties_below(project_, group, "Egress").empty() &&
           std::ranges::find(opened_, group) == opened_.end();
  }
  // A module that is not in the run may have rules.
  [[nodiscard]] bool may_be_opened_elsewhere() const { return unread_; }

 private:
  void add(ResourceId rule) {
    const auto rows = known::egress_rules();
    const auto row = std::ranges::find_if(
        rows, [&](const auto& one) { return one[0] == type_of(project_, rule); });
    if (row == rows.end() || project_.stacks[rule].superseded) return;
    const auto& [type, names_group, says_way] = *row;
    const Property* way = says_way.empty() ? nullptr : property_of(project_, rule, says_way);
    const auto is = way != nullptr ? as_text(*project_.pool, way->value) : std::nullopt;
    if (is && *is != "egress") return;
    const Property* of = property_of(project_, rule, names_group);
    const ResourceId group = of != nullptr ? resource_meant(project_, of->value) : ResourceId{};
    any_ = any_ || !group.exists();
    opened_.push_back(group);
  }

  const Project& project_;
  std::vector<ResourceId> opened_;
  bool any_ = false;  // a rule of a group that is not known which it is
  bool unread_ = false;
};

// The first call of each service that is sent over the network.
std::map<std::string_view, const Effect*> calls_out(const LambdaFunction& function) {
  std::map<std::string_view, const Effect*> found;
  for (const auto* effects : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *effects) {
      const Operation& operation = operations()[effect.operation];
      if (is_request(operation) || find_service_endpoint(operation.service) != nullptr)
        found.emplace(operation.service, &effect);
    }
  return found;
}

}  // namespace

void network_egress_closed(const Project& project, const Settings&, Findings& findings) {
  const ClosedGroups closed(project);
  for (const LambdaFunction& function : project.functions) {
    const std::vector<ResourceId> groups =
        all_referenced(project, function.resource, "VpcConfig.SecurityGroupIds");
    const auto is_closed = [&](ResourceId group) { return closed.contains(group); };
    if (groups.empty() || !std::ranges::all_of(groups, is_closed)) continue;
    const auto calls = calls_out(function);
    if (calls.empty()) continue;
    std::uint8_t uncertainty = kConditional | kOfHappening;  // one sure call is enough
    for (const auto& [service, effect] : calls) uncertainty &= effect->uncertainty;
    if (closed.may_be_opened_elsewhere()) uncertainty |= kUncertain;
    std::string words;
    for (const auto& [service, effect] : calls)
      words += cat(words.empty() ? "" : ", ", call_name(*effect));
    const std::string group = name_of(project, groups.front());
    auto finding =
        FindingBuilder("network-egress-closed", uncertainty)
            .about(function)
            .says("'", function.name, "' reaches nothing of what it calls (", words,
                  "): its security group '", group,
                  "' has no rule for what goes out, and Terraform removes the one that AWS makes.")
            .at(project.stacks[groups.front()].name);
    for (const auto& [service, effect] : calls)
      finding.related(effect->where, call_name(*effect), " is called here.");
    findings.push_back(finding.caused_by({.key = group, .subject = function.name, .apart = 1}));
  }
}

}  // namespace fnlint
