// Names and values of all environment variables together have a limit: the deployment fails above.

#include "checks/limits/rules.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "tables/quotas.h"
#include "values/size.h"

namespace fnlint {

namespace {

// The bytes that a value has at least: of a text of which parts are not known, those of the others.
std::optional<std::int64_t> bytes_of(const ValuePool& pool, ValueId value) {
  const auto text = as_text(pool, value);
  if (text) return static_cast<std::int64_t>(text->size());
  if (!pool.is(value, ValueKind::Pattern) && !pool.is(value, ValueKind::Computed)) return 0;
  return static_cast<std::int64_t>(least_bytes(pool, value));
}

struct EnvEntry {
  std::string_view name = {};
  ValueId value = {};
};

std::vector<EnvEntry> entries_of(const Project& project, ResourceId function) {
  const ValuePool& pool = *project.pool;
  std::vector<EnvEntry> variables;
  for (const NamedProperty& row : properties_below(project, function, kEnvironmentVariables))
    variables.push_back({row.name, row.property->value});
  if (!variables.empty()) return variables;
  const Property* whole = property_of(project, function, kEnvironmentVariables);
  if (whole == nullptr || !pool.is(whole->value, ValueKind::Record)) return variables;
  for (std::size_t i = 0; i < pool.names(whole->value).size(); ++i)
    if (pool[pool.names(whole->value)[i]] != kRest)
      variables.push_back({pool[pool.names(whole->value)[i]], pool.operands(whole->value)[i]});
  return variables;
}

std::optional<Total> too_much(const ValuePool& pool, std::span<const EnvEntry> variables) {
  std::vector<Term> terms;
  for (const EnvEntry& variable : variables)
    terms.push_back(
        {.value = variable.value, .besides = static_cast<std::int64_t>(variable.name.size())});
  return wrong_total(totals_of(pool, terms, bytes_of),
                     [](const Total& total) { return total.number > quotas().environment_bytes; });
}

}  // namespace

void limits_env_size(const Project& project, const Settings&, Findings& out) {
  const ValuePool& pool = *project.pool;
  PlacedFindings findings(project);
  for (const DeclaredFunction& function : project.stacks.functions) {
    const Property* block = property_of(project, function.resource, "Environment");
    if (block == nullptr) continue;
    const std::vector<EnvEntry> variables = entries_of(project, function.resource);
    // What is sure to be there may be too much already.
    std::vector<EnvEntry> sure = variables;
    std::erase_if(
        sure, [&](const EnvEntry& each) { return (pool[each.value].uncertainty & ~kCut) != 0; });
    std::optional<Total> total = too_much(pool, sure);
    if (!total) total = too_much(pool, variables);
    if (!total) continue;
    const std::string name = name_of(project, function.resource);
    findings.add(
        function.resource, *block,
        FindingBuilder("limits-env-size", total->uncertainty & ~kCut)
            .about(name)
            .at(block->key.file.exists() ? block->key : block->where)
            .says("The environment variables of '", name, "' take at least ", total->number,
                  " bytes with their names; Lambda allows ", quotas().environment_bytes, "."));
  }
  findings.move_to(out);
}

}  // namespace fnlint
