// The variables that a function finds set: the block of its template, and whoever else may add to
// it.

#include "values/environment_block.h"

#include "core/text.h"
#include "values/compute.h"
#include "values/properties.h"

#include <algorithm>

namespace fnlint {

EnvironmentBlock environment_block(const ValuePool& pool, const Stacks& stacks,
                                   ResourceId function) {
  EnvironmentBlock found;
  found.known = find_property(pool, stacks, function, kRest) == nullptr;
  for (const std::string_view path : {std::string_view("Environment"), kEnvironmentVariables}) {
    const Property* block = find_property(pool, stacks, function, path);
    if (block == nullptr) continue;
    const Value& value = pool[block->value];
    const bool none = value.kind == ValueKind::Absent || value.kind == ValueKind::Null;
    if ((value.kind != ValueKind::Record || value.ref == 1) && !none) found.known = false;
    found.uncertainty |=
        static_cast<std::uint8_t>(value.uncertainty & (kCut | kUncertain | kBrokenSource));
    if (path == "Environment" || value.kind != ValueKind::Record) continue;
    for (const StringId name : pool.names(block->value)) found.named.insert(pool[name]);
    // A block that holds nothing: its values are known to a deployment alone.
    if (pool.names(block->value).empty()) found.known = false;
  }
  return found;
}

namespace {

constexpr std::string_view kChangesConfigurations = "lambda:updatefunctionconfiguration";

std::span<const ValueId> values_of(const Stacks& stacks, Slice<ValueId> rows) {
  return std::span(stacks.statement_values).subspan(rows.first, rows.count);
}

bool changes_configurations(const ValuePool& pool, const Stacks& stacks, const Statement& row) {
  return std::ranges::any_of(values_of(stacks, row.actions), [&](ValueId action) {
    const auto text = as_text(pool, action);
    return text && text->size() == kChangesConfigurations.size() &&
           lower(*text) == kChangesConfigurations;
  });
}

// A plan leaves out what is known after it is applied.
bool leaves_out_values(const Stacks& stacks, ResourceId function) {
  const std::uint16_t dialect = stacks.scopes[stacks[function].scope].dialect;
  return static_cast<TemplateDialect>(dialect) == TemplateDialect::TerraformPlan;
}

}  // namespace

OtherSetters::OtherSetters(const ValuePool& pool, const Stacks& stacks) {
  for (const Statement& row : stacks.statements)
    if (row.allows && changes_configurations(pool, stacks, row))
      add_resources(pool, values_of(stacks, row.resources));
  for (const Unresolved& one : stacks.unresolved)
    if (one.kind == UnresolvedKind::Intrinsic && one.reason.starts_with("nothing is named"))
      parts_.insert(one.where.file);
}

void OtherSetters::add_resources(const ValuePool& pool, std::span<const ValueId> resources) {
  for (const ValueId resource : resources) {
    if (pool.is(resource, ValueKind::Reference))
      functions_.insert(pool[resource].ref);
    else if (!pool.is(resource, ValueKind::Text) || pool.text(resource) == "*")
      any_ = true;
  }
}

bool OtherSetters::may_set(const Stacks& stacks, ResourceId function) const {
  return any_ || functions_.contains(function.index) || parts_.contains(stacks[function].name.file);
}

EnvironmentBlock deployed_environment(const ValuePool& pool, const Stacks& stacks,
                                      const DeclaredFunction& function, const ImageVariables& image,
                                      const OtherSetters& others) {
  EnvironmentBlock found = environment_block(pool, stacks, function.resource);
  if (leaves_out_values(stacks, function.resource)) found.known = false;
  for (const std::string& name : image.names) found.named.insert(name);
  found.open_beside = (function.image && !image.known) || function.variables_by_scripts ||
                      others.may_set(stacks, function.resource);
  return found;
}

}  // namespace fnlint
