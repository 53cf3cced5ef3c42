// An alias may send a share of its calls to a second version. Lambda refuses weights out of range,
// and routing that $LATEST takes part in.

#include "checks/alias/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "tables/quotas.h"

#include <algorithm>
#include <charconv>

namespace fnlint {

namespace {

constexpr std::string_view kWeights = "RoutingConfig.AdditionalVersionWeights";

// A version that the alias routes to besides its own. CloudFormation has a list of them; the API
// and Terraform a map from the version to its weight.
struct Route {
  ValueId version = {};  // no id: it is `name`
  std::string_view name = {};
  const Property* item = nullptr;  // its entry, or its version's
  const Property* weight = nullptr;
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
      if (!pool.is(row.value, ValueKind::Record) && !pool.is(row.value, ValueKind::OneOf)) {
        route.name = path;
        route.weight = &row;
      }
      routes.push_back(route);
    } else if (!routes.empty()) {
      const std::string_view member = path.substr(dot + 1);
      if (member == "FunctionVersion") {
        routes.back().version = row.value;
        routes.back().item = &row;
      }
      if (member == "FunctionWeight") routes.back().weight = &row;
    }
  }
  return routes;
}

std::optional<double> weight_in(const ValuePool& pool, ValueId value) {
  const auto text = as_text(pool, value);
  double number = 0;
  if (!text) return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return number;
}

ResourceId function_of(const Project& project, ResourceId version) {
  for (const Relation& relation : project.stacks.relations)
    if (relation.kind == RelationKind::Refines && relation.from == version) return relation.to;
  return {};
}

class Alias {
 public:
  Alias(const Project& project, ResourceId id, Findings& findings)
      : project_(project), id_(id), findings_(findings), routes_(routes_of(project, id)) {
    own_ = property_of(project, id, "FunctionVersion");
  }
  void check() {
    if (routes_.empty()) return;
    check_weights();
    check_count();
    check_latest();
    check_versions();
  }

 private:
  void check_weights();
  void check_count();
  void check_latest();
  void check_versions();
  [[nodiscard]] ResourceId version_of(ValueId value, std::string_view name) const;
  [[nodiscard]] std::optional<std::uint8_t> is_own(const Route& route) const;
  void report(std::string_view rule, std::uint8_t evidence, Span where, std::string_view identity,
              std::string message);

  const Project& project_;
  ResourceId id_ = {};
  Findings& findings_;
  std::vector<Route> routes_ = {};
  const Property* own_ = nullptr;
};

void Alias::report(std::string_view rule, std::uint8_t evidence, Span where,
                   std::string_view identity, std::string message) {
  findings_.push_back(FindingBuilder(rule, evidence)
                          .about(project_, function_of(project_, id_))
                          .at(where)
                          .says(message)
                          .identified(name_of(project_, id_), ':', identity));
}

std::optional<std::uint8_t> Alias::is_own(const Route& route) const {
  const ValuePool& pool = *project_.pool;
  if (own_ == nullptr) return std::nullopt;
  for (const ValueCase& own : cases_of(pool, own_->value)) {
    const auto text = as_text(pool, own.value);
    if (!route.version.exists()) {
      if (text && *text == route.name) return own.evidence;
      continue;
    }
    for (const ValueCase& other : cases_of(pool, route.version)) {
      if (!both(own.tests, other.tests)) continue;
      const bool same_text = text && text == as_text(pool, other.value);
      const bool same_reference = pool.is(own.value, ValueKind::Reference) &&
                                  pool.is(other.value, ValueKind::Reference) &&
                                  pool[own.value].ref == pool[other.value].ref &&
                                  pool.text(own.value) == pool.text(other.value);
      if (same_text || same_reference)
        return static_cast<std::uint8_t>(own.evidence | other.evidence);
    }
  }
  return std::nullopt;
}

void Alias::check_weights() {
  const ValuePool& pool = *project_.pool;
  for (const Route& route : routes_) {
    const std::string name = name_of(project_, id_);
    if (const auto evidence = is_own(route))
      report("alias-invalid-weights", *evidence, anchor_of(*route.item), "own",
             cat("'", name,
                 "' routes to its own version twice; the weight must be for a different version."));
    if (route.weight == nullptr) continue;
    const auto wrong = wrong_case(cases_of(pool, route.weight->value), [&](ValueId value) {
      const auto number = weight_in(pool, value);
      return number && (*number < 0 || *number > 1);
    });
    if (wrong)
      report("alias-invalid-weights", wrong->evidence, anchor_of(*route.weight), "weight",
             cat("The weight ", pool.text(wrong->value), " of '", name,
                 "' is not a fraction from 0 to 1."));
  }
}

void Alias::check_count() {
  const auto most = static_cast<std::size_t>(quotas().alias_versions);
  if (routes_.size() <= most) return;
  std::uint8_t evidence = 0;  // an entry may be left out
  for (const Route& route : routes_)
    if (project_.pool->is(route.item->value, ValueKind::OneOf)) evidence |= kConditional;
  report("alias-invalid-weights", evidence, anchor_of(*routes_[most].item), "count",
         cat("'", name_of(project_, id_), "' routes to ", routes_.size(),
             " versions in addition to its own; Lambda allows ", most, "."));
}

void Alias::check_latest() {
  const ValuePool& pool = *project_.pool;
  const auto is_latest = [&](ValueId value) { return as_text(pool, value) == kLatest; };
  std::optional<WrongCase> wrong;
  const Property* at = own_;
  if (own_ != nullptr) wrong = wrong_case(cases_of(pool, own_->value), is_latest);
  for (const Route& route : routes_) {
    if (wrong) break;
    at = route.item;
    if (route.version.exists()) wrong = wrong_case(cases_of(pool, route.version), is_latest);
    if (!route.version.exists() && route.name == kLatest) wrong = WrongCase{};
  }
  if (wrong)
    report("alias-weighted-latest", wrong->evidence, anchor_of(*at), "latest",
           cat("'", name_of(project_, id_),
               "' splits its invocations between versions, and one of them is $LATEST: weights "
               "work only between published versions."));
}

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

void Alias::check_versions() {
  if (own_ == nullptr) return;
  const ResourceId own = version_of(own_->value, {});
  for (const Route& route : routes_) {
    const ResourceId other = version_of(route.version, route.name);
    if (!own.exists() || !other.exists() || own == other) continue;
    const std::string difference = difference_of(project_, own, other);
    if (difference.empty()) continue;
    const auto evidence = static_cast<std::uint8_t>(
        (*project_.pool)[own_->value].evidence |
        (route.version.exists() ? (*project_.pool)[route.version].evidence : 0));
    report("alias-version-mismatch", evidence, anchor_of(*route.item), "versions",
           cat("The versions between which '", name_of(project_, id_), "' splits its invocations ",
               difference,
               "; Lambda requires both to have the same function, role and dead-letter queue."));
  }
}

}  // namespace

void alias_weights(const Project& project, const Settings&, Findings& findings) {
  for (std::uint32_t i = 0; i < project.stacks.resources.size(); ++i)
    if (project.stacks.resources[i].kind == ResourceKind::Alias)
      Alias(project, ResourceId{i}, findings).check();
}

}  // namespace fnlint
