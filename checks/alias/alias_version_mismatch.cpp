// An alias may send a share of its calls to a second version, which has to be one of the same
// function, with the same role and dead-letter queue.

#include "checks/alias/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"

#include <algorithm>

namespace fnlint {

namespace {

constexpr std::string_view kWeights = "RoutingConfig.AdditionalVersionWeights";

// A version that the alias routes to besides its own. CloudFormation has a list of them; the API
// and Terraform a map from the version to its weight.
struct Route {
  ValueId version = {};  // no id: it is `name`
  std::string_view name = {};
  const Property* item = nullptr;  // its entry, or its version's
};

std::vector<Route> routes_of(const Project& project, ResourceId alias) {
  const ValuePool& pool = *project.pool;
  std::vector<Route> routes;
  const Slice<Property> rows = project.stacks[alias].properties;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const Property& row = project.stacks.properties[rows.first + i];
    std::string_view path = pool[row.path];
    if (!path.starts_with(kWeights) || path.size() <= kWeights.size()) continue;
    path.remove_prefix(kWeights.size() + 1);
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos) {
      Route route{.item = &row};
      if (pool.is(row.value, ValueKind::Absent) || pool.is(row.value, ValueKind::Null)) continue;
      if (!pool.is(row.value, ValueKind::Record) && !pool.is(row.value, ValueKind::OneOf))
        route.name = path;
      routes.push_back(route);
    } else if (!routes.empty() && path.substr(dot + 1) == "FunctionVersion") {
      routes.back().version = row.value;
      routes.back().item = &row;
    }
  }
  return routes;
}

ResourceId function_of(const Project& project, ResourceId version) {
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::Refines && relation.from == version) return relation.to;
  return {};
}

class Alias {
 public:
  Alias(const Project& project, ResourceId id)
      : project_(project), id_(id), own_(property_of(project, id, "FunctionVersion")) {}
  void check(Findings& findings) const;

 private:
  [[nodiscard]] ResourceId version_of(ValueId value, std::string_view name) const;

  const Project& project_;
  ResourceId id_ = {};
  const Property* own_ = nullptr;
};

// The version that a value names: a resource of a template, or one of an account's versions.
ResourceId Alias::version_of(ValueId value, std::string_view name) const {
  const ValuePool& pool = *project_.pool;
  if (value.exists() && pool.is(value, ValueKind::Reference)) {
    const ResourceId id{static_cast<std::uint32_t>(pool[value].ref)};
    return project_.stacks[id].kind == ResourceKind::Version ? id : ResourceId{};
  }
  if (value.exists()) name = as_text(pool, value).value_or("");
  const ResourceId function = function_of(project_, id_);
  if (name.empty() || !function.exists()) return {};
  for (const Relation& relation : project_.stacks.relations) {
    const bool of_it = relation.kind == RelationKind::Refines && relation.to == function &&
                       relation.from.exists() &&
                       project_.stacks[relation.from].kind == ResourceKind::Version;
    if (!of_it) continue;
    const Property* number = property_of(project_, relation.from, "Version");
    if (number != nullptr && as_text(pool, number->value) == name) return relation.from;
  }
  return {};
}

// What Lambda wants to be equal of both. A template's version has none of it but its function; an
// account's has its role and its dead-letter queue as well.
std::string difference_of(const Project& project, ResourceId a, ResourceId b) {
  const ValuePool& pool = *project.pool;
  const ResourceId of_a = function_of(project, a), of_b = function_of(project, b);
  if (of_a.exists() && of_b.exists() && of_a != of_b)
    return cat("belong to two functions, '", name_of(project, of_a), "' and '",
               name_of(project, of_b), "'");
  const auto text_of = [&](ResourceId version, std::string_view path) {
    const Property* property = property_of(project, version, path);
    return property == nullptr ? std::string_view() : as_text(pool, property->value).value_or("");
  };
  if (text_of(a, "Version").empty() || text_of(b, "Version").empty()) return {};
  const std::string_view role = text_of(a, "Role"), other = text_of(b, "Role");
  if (!role.empty() && !other.empty() && role != other) return "have different roles";
  if (text_of(a, "DeadLetterConfig.TargetArn") != text_of(b, "DeadLetterConfig.TargetArn"))
    return "have different dead-letter queues";
  return {};
}

void Alias::check(Findings& findings) const {
  if (own_ == nullptr) return;
  const ResourceId own = version_of(own_->value, {});
  for (const Route& route : routes_of(project_, id_)) {
    const ResourceId other = version_of(route.version, route.name);
    if (!own.exists() || !other.exists() || own == other) continue;
    const std::string difference = difference_of(project_, own, other);
    if (difference.empty()) continue;
    const auto uncertainty = static_cast<std::uint8_t>(
        (*project_.pool)[own_->value].uncertainty |
        (route.version.exists() ? (*project_.pool)[route.version].uncertainty : 0));
    const std::string name = name_of(project_, id_);
    findings.push_back(
        FindingBuilder("alias-version-mismatch", uncertainty)
            .about(project_, function_of(project_, id_))
            .at(anchor_of(*route.item))
            .says("The versions between which '", name, "' splits its invocations ", difference,
                  "; Lambda requires both to have the same function, role and dead-letter queue.")
            .identified(name, ":versions"));
  }
}

}  // namespace

void alias_version_mismatch(const Project& project, const Settings&, Findings& findings) {
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i)
    if (project.stacks.resources[i].kind == ResourceKind::Alias)
      Alias(project, ResourceId{i}).check(findings);
}

}  // namespace fnlint
