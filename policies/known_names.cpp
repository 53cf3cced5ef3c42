// Names of properties and of types, where the schemas of resources know them.

#include "policies/known_names.h"

#include "core/text.h"
#include "model/words.h"
#include "policies/item_path.h"
#include "tables/schemas.h"
#include "tables/templates.h"

#include <algorithm>
#include <array>
#include <set>

namespace fnlint {

namespace {

struct LeadsTo {
  std::string_view attribute = {};
  ResourceKind kind{};
};
constexpr std::array kLeads{
    LeadsTo{"function", ResourceKind::Function},
    LeadsTo{"functions", ResourceKind::Function},
    LeadsTo{"role", ResourceKind::Role},
    LeadsTo{"aliases", ResourceKind::Alias},
    LeadsTo{"versions", ResourceKind::Version},
    LeadsTo{"urls", ResourceKind::FunctionUrl},
    LeadsTo{"invoke_configs", ResourceKind::EventInvokeConfig},
    LeadsTo{"mappings", ResourceKind::EventSourceMapping},
    LeadsTo{"permissions", ResourceKind::Permission},
    LeadsTo{"log_groups", ResourceKind::LogGroup},
};

// Another tool's name for it, where CloudFormation has none: Terraform's, SAM's.
bool is_name_of_tool(const NameHolder& holder, std::string_view name) {
  const std::string path = holder.path.empty() ? std::string(name) : cat(holder.path, '.', name);
  const auto leads_there = [&](std::string_view canonical) {
    const std::string_view rest = canonical.substr(std::min(canonical.size(), path.size()));
    return canonical.starts_with(path) &&
           (rest.empty() || rest.starts_with('.') || rest.starts_with('['));
  };
  return std::ranges::any_of(terraform_resources(), [&](const TerraformResource& row) {
    return row.is == holder.type && (std::ranges::any_of(row.properties,
                                                         [&](const TerraformProperty& one) {
                                                           return leads_there(one.canonical);
                                                         }) ||
                                     std::ranges::any_of(row.attributes, [&](const Rename& one) {
                                       return one.canonical == path;
                                     }));
  });
}

bool is_open(const NameHolder& holder) {
  const SchemaShape& shape = schema_shape(holder.shape);
  return shape.kind != SchemaKind::Object || shape.open || !shape.by_type.empty();
}

const SchemaProperty* property_in(const NameHolder& holder, std::string_view name) {
  const auto properties = schema_shape(holder.shape).properties;
  const auto found = std::ranges::find(properties, name, &SchemaProperty::name);
  return found == properties.end() ? nullptr : &*found;
}

// What only Terraform has, in its own name with capitals, is known to nobody here: the word has to
// be nearly another one.
bool is_slip_of(std::string_view word, std::string_view meant) {
  return word != meant &&
         edit_distance(word, meant) <= std::clamp<std::size_t>(word.size() / 4, 1, 2);
}

std::set<std::string_view> known_types() {
  std::set<std::string_view> known;
  for (const ResourceType& row : resource_types()) known.insert(row.type);
  for (const ResourceSchema& row : resource_schemas()) known.insert(row.type);
  for (const TerraformResource& row : terraform_resources()) known.insert(row.is);
  return known;
}

// Whether it is one of them, without making them.
bool is_known_type(std::string_view type) {
  return find_resource_type(type) != nullptr || find_resource_schema(type) != nullptr ||
         std::ranges::find(terraform_resources(), type, &TerraformResource::is) !=
             terraform_resources().end();
}

// Not every type of Terraform's is known here, and short ones are alike (`aws_lb`, `aws_elb`).
std::string wrong_terraform_type(std::string_view type) {
  constexpr std::size_t kLong = 16;
  if (type.size() < kLong) return {};
  for (const TerraformResource& one : terraform_resources())
    if (edit_distance(type, one.type) == 1)
      return cat("Terraform has no '", type, "'; did you mean '",
                 one.is.starts_with("AWS::") ? one.is : one.type, "'?");
  return {};
}

}  // namespace

KnownNames names_of(std::span<const ResourceKind> kinds, std::span<const std::string> types) {
  std::set<std::string_view> all;
  std::set<ResourceKind> wanted(kinds.begin(), kinds.end());
  for (const std::string& type : types) {
    if (find_resource_schema(type) == nullptr) return {};
    all.insert(find_resource_schema(type)->type);
    // SAM's own of the same kind is made into it.
    if (const ResourceType* const row = find_resource_type(type)) wanted.insert(row->kind);
  }
  for (const ResourceType& row : resource_types())
    if (wanted.contains(row.kind)) all.insert(row.type);
  // Anything may be of no kind.
  if (wanted.contains(ResourceKind::Other)) return {};
  KnownNames names;
  for (const std::string_view type : all) {
    const ResourceSchema* const schema = find_resource_schema(type);
    if (schema == nullptr) return {};
    names.push_back({.type = type, .shape = schema->shape});
  }
  return names;
}

KnownNames names_below(const KnownNames& names, const PathStep& step) {
  if (step.attribute != nullptr) {
    const auto row = std::ranges::find(kLeads, step.attribute->name, &LeadsTo::attribute);
    const bool leads = row != kLeads.end() && step.attribute->gives == ItemType::Resource;
    return leads ? names_of(std::array{row->kind}, {}) : KnownNames{};
  }
  KnownNames below;
  for (const NameHolder& holder : names) {
    if (is_open(holder)) return {};
    const SchemaProperty* const property = property_in(holder, step.name);
    if (property == nullptr) continue;
    NameHolder made{.type = holder.type,
                    .path = holder.path.empty() ? step.name : cat(holder.path, '.', step.name),
                    .shape = property->shape};
    const SchemaShape& shape = schema_shape(made.shape);
    if (step.each && (shape.kind == SchemaKind::List || shape.kind == SchemaKind::Map)) {
      made.shape = shape.of;
    } else if (step.each) {
      return {};  // each entry of a map, or what stands for a list of one
    }
    below.push_back(std::move(made));
  }
  return below;
}

std::string wrong_name(const KnownNames& names, const PathStep& step) {
  if (names.empty() || step.quoted || step.attribute != nullptr) return {};
  std::vector<std::string_view> known;
  for (const NameHolder& holder : names) {
    if (is_open(holder) || property_in(holder, step.name) != nullptr ||
        is_name_of_tool(holder, step.name))
      return {};
    for (const SchemaProperty& one : schema_shape(holder.shape).properties)
      known.push_back(one.name);
  }
  const NameHolder& first = names.front();
  const std::string_view close = nearest(step.name, known);
  return cat(first.path.empty() ? std::string(first.type) : cat('\'', first.path, '\''),
             " has no '", step.name, "'",
             close.empty() ? std::string() : cat("; did you mean '", close, "'?"),
             " (in double quotes any name may stand)");
}

std::string wrong_type(std::string_view type) {
  if (const TerraformResource* const row = find_terraform_resource(type))
    return row->is.starts_with("AWS::")
               ? cat("'", type, "' of Terraform is '", row->is, "' here, as in every tool")
               : std::string();
  if (!type.starts_with("AWS::")) return wrong_terraform_type(type);
  if (type.ends_with('*') || is_known_type(type)) return {};
  // One slip, in the name of the service or in the last part.
  const std::size_t last = type.rfind("::");
  for (const std::string_view one : known_types()) {
    const std::size_t at = one.rfind("::");
    if (at == one.npos) continue;
    const bool same_service = type.substr(0, last) == one.substr(0, at);
    const bool same_name = type.substr(last) == one.substr(at);
    if ((same_service && is_slip_of(type.substr(last + 2), one.substr(at + 2))) ||
        (same_name && is_slip_of(type.substr(5, last - 5), one.substr(5, at - 5))))
      return cat("there is no type of resource '", type, "'; did you mean '", one, "'?");
  }
  return {};
}

}  // namespace fnlint
