#include "core/text.h"
#include "link/stacks/arn.h"
#include "link/stacks/dialects.h"
#include "link/stacks/parameter_store.h"
#include "link/terraform/terraform_evaluation.h"
#include "link/terraform/terraform_state.h"
#include "tables/known.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>

// An attribute of a resource of Terraform: what is set, what the provider makes of it, or a hole.
namespace fnlint::stacks {

namespace {

constexpr std::string_view kInstance = "terraform_instance";

std::string_view renamed(std::span<const Rename> rows, std::string_view name, bool& known) {
  const auto row = std::ranges::find(rows, name, &Rename::native);
  known = row != rows.end();
  return known ? row->canonical : std::string_view{};
}

// The argument that gives a resource of this type its name.
std::string name_argument(const TerraformResource& row, const ResourceType& type) {
  for (const TerraformProperty& property : row.properties)
    if (property.canonical == type.name) return std::string(property.native);
  std::string name;
  for (const char c : type.name) {
    if (c >= 'A' && c <= 'Z' && !name.empty()) name += '_';
    name += lower({&c, 1});
  }
  return name;
}

// A policy of AWS's own is found by its name as well.
ValueId managed_policy_arn(ValuePool& pool, ValueId name) {
  const auto text = as_text(pool, name);
  if (!text || find_managed_policy(*text) == nullptr) return {};
  // Its path, such as "/service-role", the name does not say.
  const std::array parts{pool.text_value("arn:"), pool.hole(Origin::Pseudo, "AWS::Partition"),
                         pool.text_value(":iam::aws:policy"), pool.hole(Origin::Outside, "path"),
                         pool.text_value(cat("/", *text))};
  return pool.concat(parts);
}

// A resource that lives elsewhere, and is looked up by its name.
ValueId looked_up(LinkContext& build, const TerraformResource& row, const ScopedExpr& body,
                  std::string_view attribute) {
  ValuePool& pool = build.pool;
  const ResourceType* type = find_resource_type(row.is);
  if (type == nullptr || type->name.empty()) return {};
  const ExprClosure argument = build.entry(body.written, name_argument(row, *type));
  if (!argument.exists()) return {};
  const ValueId name = value_of(build, body.scope, argument);
  bool known = false;
  std::string_view canonical = renamed(row.attributes, attribute, known);
  if (known ? !canonical.empty() && canonical != "Arn" : attribute != "id") return {};
  const bool arn = canonical == "Arn" || (canonical.empty() && type->ref == RefGives::Arn);
  if (!arn || type->arn.empty()) return name;
  if (type->kind == ResourceKind::Policy)
    if (const ValueId managed = managed_policy_arn(pool, name); managed.exists()) return managed;
  return filled_pattern(pool, type->arn, [&](std::string_view part) {
    return part == "name" ? name : pool.hole(Origin::Pseudo, part);
  });
}

}  // namespace

ValueId module_output(LinkContext& build, ScopeId scope, std::string_view name) {
  const std::string_view key = build.pool[build.pool.string(name)];
  auto& values = build[scope].output_values;
  if (const auto known = values.find(key); known != values.end()) return known->second;
  const ScopedExpr found = definition_of(build, scope, "output", name);
  if (!found.exists()) {
    if (!module_of(build, scope).stand_in) return build.pool.absent();
    return build.pool.unknown(cat("the module's output ", name));
  }
  values.emplace(key, build.pool.unknown(cat("the output ", name, " depends on itself")));
  const ValueId value = placed_value(build, found);
  build[scope].output_values[key] = value;
  return value;
}

bool has_no_members(const ValuePool& pool, ValueId value) {
  const ValueKind kind = pool[value].kind;
  // What the provider fills in under a name of its own may be a block: `master_user_secret[0]`.
  const auto is_canonical = [](std::string_view name) {
    return !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
  };
  return kind == ValueKind::Text || kind == ValueKind::Pattern || kind == ValueKind::Number ||
         kind == ValueKind::Bool || kind == ValueKind::List ||
         (kind == ValueKind::Reference && is_canonical(pool.text(value)));
}

ValueId stand_for(ValuePool& pool, ScopeId scope, std::string_view address, std::size_t row) {
  const std::array parts{pool.number(static_cast<std::int64_t>(scope.index)),
                         pool.text_value(address), pool.number(static_cast<std::int64_t>(row))};
  return pool.computed(kInstance, parts);
}

std::optional<StandFor> stood_for(LinkContext& build, ValueId value) {
  ValuePool& pool = build.pool;
  if (!value.exists() || !pool.is(value, ValueKind::Computed) || pool.text(value) != kInstance)
    return std::nullopt;
  const auto parts = pool.operands(value);
  const auto scope = as_integer(pool, parts[0]), row = as_integer(pool, parts[2]);
  if (!scope || !row) return std::nullopt;
  StandFor found{.scope = ScopeId{static_cast<std::uint32_t>(*scope)}};
  found.address = as_text(pool, parts[1]).value_or("");
  const Instances* of = instances_of(build, found.scope, found.address);
  if (of == nullptr || static_cast<std::size_t>(*row) >= of->rows.size()) return std::nullopt;
  found.instance = &of->rows[static_cast<std::size_t>(*row)];
  return found;
}

ValueId attribute_of(LinkContext& build, ValueId base, std::string_view name) {
  ValuePool& pool = build.pool;
  if (pool.is(base, ValueKind::OneOf)) {
    std::vector<Alternative> ways;
    const std::size_t count = pool.operands(base).size();
    for (std::size_t i = 0; i < count; ++i)
      ways.push_back({attribute_of(build, pool.operands(base)[i], name), pool.guards(base)[i]});
    return pool.one_of(ways);
  }
  if (pool.is(base, ValueKind::Reference) && pool.text(base).empty()) {
    const ResourceId id{static_cast<std::uint32_t>(pool[base].ref)};
    return pool.with_uncertainty(resource_attribute(build, id, name), pool[base].uncertainty);
  }
  if (const auto found = stood_for(build, base)) {
    if (!found->address.starts_with("module."))
      return data_attribute(build, found->scope, found->address, *found->instance, name);
    if (found->instance->scope.exists()) return module_output(build, found->instance->scope, name);
    return pool.hole(Origin::Outside, cat(found->address, ".", name), found->scope.index);
  }
  if (is_state(pool, base)) return state_output(build, base, name);
  if (has_no_members(pool, base)) return pool.absent();
  return member(pool, base, name);
}

ValueId resource_attribute(LinkContext& build, ResourceId id, std::string_view name) {
  ValuePool& pool = build.pool;
  const ResourceBuilder draft = build.draft(id);
  const TerraformResource* row =
      find_terraform_resource(pool[build.resource(id).native_type]);
  bool known = false;
  if (row != nullptr) {
    const std::string_view canonical = renamed(row->attributes, name, known);
    if (known) return pool.reference(id, canonical);
  }
  if (name == "id") return pool.reference(id, "");
  if (name == "arn") return pool.reference(id, "Arn");
  if (draft.declaration == nullptr) return pool.reference(id, name);
  const ExprClosure argument = build.entry(build.body(draft), name);
  if (argument.exists()) return value_of(build, draft.scope, argument);
  return pool.reference(id, name);
}

ValueId data_attribute(LinkContext& build, ScopeId scope, std::string_view address,
                       const Instance& instance, std::string_view name) {
  ValuePool& pool = build.pool;
  const Instances* of = instances_of(build, scope, address);
  const std::string_view type = build.facts(of->text).string(of->declaration->type).substr(
      std::size("data.") - 1);
  for (const auto& [data, attribute, pseudo] : known::pseudo_attributes())
    if (data == type && attribute == name) return pool.hole(Origin::Pseudo, pseudo);
  const ScopedExpr body{scope, {of->text, of->declaration->body, instance.bindings}};
  if (const TerraformResource* row = find_terraform_resource(type)) {
    const ValueId found = looked_up(build, *row, body, name);
    if (found.exists()) return found;
  }
  const bool stored = type == "aws_ssm_parameter" && (name == "value" || name == "insecure_value");
  if (stored)
    return parameter_store_value(build, value_of(build, scope, build.entry(body.written, "name")));
  if (type == "terraform_remote_state" && name == "outputs")
    return state_of(build, body, address);
  if (type.starts_with("aws_secretsmanager_secret_version"))
    return pool.hole(Origin::Secret, cat(address, ".", name), scope.index);
  const bool rendered = type == "template_file" && name == "rendered";
  if (rendered) {
    const LongText text = terraform_text(build, {scope, build.entry(body.written, "template")});
    return unmarked(pool, text.text, text.holes);
  }
  const ExprClosure argument = build.entry(body.written, name);
  if (argument.exists()) return value_of(build, scope, argument);
  return pool.hole(Origin::Outside, cat(address, ".", name), scope.index);
}

}  // namespace fnlint::stacks
