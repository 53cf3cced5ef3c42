// Takes the repository's name from addresses, parameters, declarations or modules.

#include "link/stacks/image_names.h"

#include "core/text.h"
#include "link/resolve/image_code.h"
#include "link/stacks/arn.h"
#include "link/stacks/code_sources.h"
#include "link/stacks/run_folders.h"
#include "tables/known.h"

#include <algorithm>

namespace fnlint::stacks {

namespace {

// What a template calls the repository that a value refers to; empty: it is none.
std::string declared_repository(const LinkContext& build, ValueId value) {
  const Value& row = build.pool[value];
  const bool refers = row.kind == ValueKind::Reference ||
                      (row.kind == ValueKind::Hole && row.origin == Origin::Attribute);
  if (!refers || row.ref >= build.stacks.resources.size()) return {};
  const ResourceId id{static_cast<std::uint32_t>(row.ref)};
  const std::string_view type = build.pool[build.resource(id).native_type];
  if (type != "aws_ecr_repository" && type != "AWS::ECR::Repository") return {};
  const Node properties = build.draft(id).properties;
  return std::string(properties[type.starts_with("aws_") ? "Name" : "RepositoryName"].text());
}

// What the program calls the repository that it looks up: its own name is that of the place where
// the repository is declared.
std::string looked_up_repository(ValuePool& pool, ValueId value) {
  const Value& row = pool[value];
  constexpr std::string_view kLookedUp = "data.aws_ecr_repository.";
  if (row.kind != ValueKind::Hole || row.origin != Origin::Outside) return {};
  std::string_view name = pool.text(value);
  if (!name.starts_with(kLookedUp)) return {};
  name.remove_prefix(kLookedUp.size());
  return std::string(name.substr(0, name.find_first_of(".[")));
}

// The address with a mark in the place of what is not known.
std::string address_of(const LinkContext& build, ValueId uri) {
  const ValuePool& pool = build.pool;
  const auto part = [&](ValueId one) {
    if (const auto text = as_text(pool, one)) return std::string(*text);
    std::string repository = declared_repository(build, one);
    if (repository.empty()) repository = looked_up_repository(build.pool, one);
    return repository.empty() ? std::string(1, kSkeletonHole) : cat("/", repository);
  };
  if (!pool.is(uri, ValueKind::Pattern)) return part(uri);
  std::string address;
  for (const ValueId one : pool.operands(uri)) address += part(one);
  return address;
}

// "orders" of ".../orders:latest".
std::string repository_of(std::string_view address) {
  const std::size_t slash = address.rfind('/');
  if (slash == std::string_view::npos) return {};
  const std::string_view last = address.substr(slash + 1);
  std::string name(last.substr(0, last.find_first_of(":@")));
  return name.find(kSkeletonHole) == std::string::npos ? name : std::string();
}

// "orders" of a parameter "orders_image_uri", or "OrdersImageUri", that a deployment gives.
std::string repository_of_parameter(std::string_view parameter) {
  std::string name = lower(parameter);
  for (const std::string_view word : known::image_parameter_endings()) {
    if (!name.ends_with(word)) continue;
    name.erase(name.size() - word.size());
    while (name.ends_with('_') || name.ends_with('-')) name.pop_back();
  }
  return name.size() < parameter.size() ? name : std::string();
}

// "loader" of "module.shop.module.loader[0].aws_lambda_function.this".
std::string module_around(std::string_view address) {
  constexpr std::string_view kModule = "module.";
  const std::size_t at = address.rfind(kModule);
  if (at == std::string_view::npos) return {};
  const std::string_view name = address.substr(at + kModule.size());
  return std::string(name.substr(0, name.find_first_of(".[")));
}

std::string repository_of(const LinkContext& build, ValueId uri) {
  const Value& row = build.pool[uri];
  if (row.kind == ValueKind::Hole && row.origin == Origin::TemplateInput)
    return repository_of_parameter(build.pool.text(uri));
  return repository_of(address_of(build, uri));
}

}  // namespace

void find_image_sources(LinkContext& build, ResourceId id, ValueId uri, CodeLocation& code) {
  if (!uri.exists()) return;
  std::vector<ValueId> ways{uri};
  if (build.pool.is(uri, ValueKind::OneOf))
    ways.assign(build.pool.operands(uri).begin(), build.pool.operands(uri).end());
  const std::string_view folder_of_template = folder_of(build[build.draft(id).text].source->path);
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (!name.empty()) names.push_back(std::move(name));
  };
  for (const ValueId way : ways) add(repository_of(build, way));
  // A repository of the project's own, or one that is looked up, is not known to be another's.
  const bool is_address_known =
      std::ranges::any_of(ways, [&](ValueId way) { return as_text(build.pool, way).has_value(); });
  const Node properties = build.draft(id).properties;
  add(std::string(properties["FunctionName"].text()));
  const std::string address(build.address(id));
  add(address.substr(address.rfind('.') + 1));
  add(module_around(address));
  ImageCandidate found = code_sources(build).images.find(names, folder_of_template);
  if (!found) {
    const std::vector<Node> command = properties["ImageConfig"]["Command"].children();
    const std::string_view handler = command.empty() ? std::string_view() : command.front().text();
    // What another repository is known to hold is not what is built here.
    if (!handler.empty() || !is_address_known)
      found = code_sources(build).images.find_with(handler, folder_of_template);
  }
  if (!found || !is_of_the_run(build, found->thing->context)) return;
  code.path = found->thing->context;
  code.docker_file = found->thing->path;
  code.guess = std::move(found->guess);
}

}  // namespace fnlint::stacks
