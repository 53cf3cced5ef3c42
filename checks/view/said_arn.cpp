// Puts an ARN together from literals, pseudo parameters and the ARN form of the type it refers to.

#include "checks/view/said_arn.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/templates.h"

#include <algorithm>

namespace fnlint {

namespace {

// Nothing will be put in any more, by the tool or a plugin of it.
bool is_whole(std::string_view text) {
  return text.find("${") == text.npos && text.find("#{") == text.npos;
}

bool is_pseudo(const ValuePool& pool, ValueId part) {
  return pool.is(part, ValueKind::Hole) && pool[part].origin == Origin::Pseudo;
}

// "{name}" of an ARN's form: `name`, the others `unknown`.
std::string filled(std::string_view form, std::string_view name, char unknown) {
  std::string arn;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (form[at] != '{') {
      arn += form[at];
      continue;
    }
    const std::size_t end = std::min(form.find('}', at), form.size() - 1);
    if (form.substr(at, end - at + 1) == "{name}")
      arn += name;
    else
      arn += unknown;
    at = end;
  }
  return arn;
}

}  // namespace

SaidArn::SaidArn(const Project& project) : project_(project), pool_(*project.pool) {}

std::string SaidArn::of(ValueId value) const {
  if (const auto text = as_text(pool_, value)) {
    const bool is_arn = text->starts_with("arn:") || *text == "*";
    return is_arn && is_whole(*text) ? std::string(*text) : std::string();
  }
  if (!pool_.is(value, ValueKind::Pattern)) return reference(value);
  std::string all;
  for (const ValueId part : pool_.operands(value)) {
    const auto text = as_text(pool_, part);
    const std::string one = text          ? std::string(*text)
                            : all.empty() ? reference(part)
                                          : pseudo(part);
    if ((one.empty() && !text) || !is_whole(one)) return {};
    all += one;
  }
  return all.starts_with("arn:") ? all : std::string();
}

// Region, account and partition, and names of resources.
std::string SaidArn::pseudo(ValueId part) const {
  if (is_pseudo(pool_, part)) return std::string(1, kUnknownName);
  if (!pool_.is(part, ValueKind::Reference) || !pool_.text(part).empty()) return {};
  // Names of these are paths: "/shop/prod/key".
  const Stacks& stacks = project_.stacks;
  const bool is_known = pool_[part].ref < stacks.resources.size();
  const ResourceKind kind =
      is_known ? stacks[ResourceId{static_cast<std::uint32_t>(pool_[part].ref)}].kind
               : ResourceKind::Other;
  const bool is_path = kind == ResourceKind::Parameter || kind == ResourceKind::LogGroup;
  return {is_path ? '*' : kUnknownName};
}

std::string SaidArn::reference(ValueId value) const {
  const Stacks& stacks = project_.stacks;
  if (!pool_.is(value, ValueKind::Reference) || lower(pool_.text(value)) != "arn" ||
      pool_[value].ref >= stacks.resources.size())
    return {};
  const Resource& resource = stacks[ResourceId{static_cast<std::uint32_t>(pool_[value].ref)}];
  const ResourceType* const type = find_resource_type(pool_[resource.type]);
  if (type == nullptr || resource.external) return {};
  return filled(type->arn, std::string(1, kUnknownName), kUnknownName);
}

std::string arn_by_name(const Project& project, ResourceId resource) {
  const ValuePool& pool = *project.pool;
  const ValueId given = project.stacks[resource].physical_name;
  const ResourceType* const type = find_resource_type(type_of(project, resource));
  // A default may be another one where it is deployed.
  if (!given.exists() || pool[given].uncertainty != 0 || type == nullptr || type->arn.empty())
    return {};
  const bool in_parts = pool.is(given, ValueKind::Pattern);
  std::string name;
  for (const ValueId part : in_parts ? pool.operands(given) : std::span(&given, 1)) {
    const auto text = as_text(pool, part);
    if (!text && !(in_parts && is_pseudo(pool, part))) return {};
    if (text && !is_whole(*text)) return {};
    name += text ? *text : std::string_view("+");
  }
  return name.empty() ? std::string() : filled(type->arn, name, '+');
}

}  // namespace fnlint
