// What a function costs besides its work. Prices differ by region and change: the arithmetic is in
// what is billed, gigabytes of memory times seconds.

#include "checks/cost/rules.h"
#include "checks/init/init_costs.h"
#include "checks/package/package_view.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "checks/view/value_cases.h"
#include "core/text.h"
#include "tables/quotas.h"
#include "values/pool.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <span>

namespace fnlint {

namespace {

constexpr std::int64_t kMonthSeconds = 30LL * 24 * 3600;

// "13,140,000"
std::string grouped(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string tenths(std::int64_t number) { return fmt::format("{}.{}", number / 10, number % 10); }

void check_provisioned(const Project& project, const RelationsTo& relations, ResourceId function,
                       Findings& findings) {
  const ValuePool& pool = *project.pool;
  const std::span<const Relation* const> rows = relations[function];
  const auto scales = [](const Relation* row) { return row->kind == RelationKind::Scales; };
  if (std::ranges::any_of(rows, scales)) return;
  for (const Relation* const row : rows) {
    if (row->kind != RelationKind::Provisions || !row->amount.exists()) continue;
    const auto some = wrong_case(cases_of(pool, row->amount, row->when), [&](ValueId value) {
      return as_integer(pool, value).value_or(0) > 0;
    });
    const auto memory = known_memory(project, function);
    if (!some) continue;
    const std::int64_t amount = *as_integer(pool, some->value);
    const std::string name = name_of(project, function);
    constexpr std::int64_t kMost = 1'000'000;  // of either, so that the product stays in its type
    auto finding =
        FindingBuilder("cost-provisioned-concurrency", some->uncertainty | row->uncertainty)
            .about(name)
            .at(row->where)
            .says("'", name, "' keeps ", amount, amount == 1 ? " environment" : " environments",
                  " ready round the clock, and nothing scales ", amount == 1 ? "it" : "them")
            .identified(name, ':', name_of(project, row->from));
    if (memory && amount <= kMost && *memory <= kMost)
      finding.adds(": ", amount, " × ", *memory, " MB × 30 days are ",
                   grouped(amount * *memory * kMonthSeconds / 1024),
                   " GB-seconds a month, whether it is invoked or not");
    findings.push_back(finding.adds("."));
  }
}

// The processor's share grows with the memory, so that the same work takes the same GB-seconds: a
// small function pays for its imports with nothing but time.
void check_memory(const Project& project, const LambdaFunction& function,
                  const Settings& settings, Findings& findings) {
  const auto memory = known_memory(project, function.resource);
  const std::int64_t whole = quotas().processor_memory;
  if (!memory || *memory <= 0 || *memory >= whole) return;
  const InitCost* worst = nullptr;
  const std::vector<InitCost> costs = init_costs(project, function);
  for (const InitCost& cost : costs)
    if (cost.row->ms && (worst == nullptr || *cost.row->ms > *worst->row->ms)) worst = &cost;
  if (worst == nullptr || worst->row->estimated) return;
  const std::int64_t ms = *worst->row->ms, slow = ms * whole / *memory;
  if (slow < settings.init_total_ms || ms >= settings.init_total_ms) return;
  const Property* property = property_of(project, function.resource, "MemorySize");
  const std::string billed = tenths((ms * whole / 1024 + 50) / 100);
  findings.push_back(
      FindingBuilder("cost-memory-too-small", Confidence::Likely)
          .about(function)
          .at(property != nullptr ? anchor_of(*property) : project.stacks[function.resource].name)
          .says("Loading '", worst->import->path, "' takes about ", ms, " ms on a full vCPU (",
                whole, " MB); with ", *memory, " MB '", function.name, "' has ",
                *memory * 100 / whole, " % of one, and every cold start takes about ",
                tenths((slow + 50) / 100), " s for it. The billed amount is the same: ", ms,
                " ms × ", whole, " MB = ", slow, " ms × ", *memory, " MB = ", billed,
                " GB-seconds.")
          .identified(function.name, ':', worst->import->path)
          .related(worst->import->where, "It is loaded here."));
}

bool has_machine_code(const Package& package) { return !package.natives.empty(); }

// CloudFront takes no others: a distribution invokes them, or refers to them.
std::set<ResourceId> functions_at_edge(const Project& project, const RelationsTo& relations) {
  const auto is_distribution = [&](ResourceId one) {
    const std::string_view type = one.exists() ? type_of(project, one) : std::string_view();
    return type == "AWS::CloudFront::Distribution" || type == "aws_cloudfront_distribution";
  };
  std::set<ResourceId> found;
  for (const LambdaFunction& function : project.functions)
    if (std::ranges::any_of(relations[function.resource],
                            [&](const Relation* row) { return is_distribution(row->from); }))
      found.insert(function.resource);
  const Stacks& stacks = project.stacks;
  for (std::uint32_t i = 0; i < stacks.resources.size(); ++i) {
    if (!is_distribution(ResourceId{i})) continue;
    const Slice<Property> own = stacks.resources[i].properties;
    for (const Property& row : std::span(stacks.properties).subspan(own.first, own.count))
      for_each_below(*project.pool, row.value, [&](ValueId id) {
        const Value& one = (*project.pool)[id];
        if (one.kind == ValueKind::Reference)
          found.insert(ResourceId{static_cast<std::uint32_t>(one.ref)});
      });
  }
  return found;
}

void check_architecture(const Project& project, const std::set<ResourceId>& at_edge,
                        const LambdaFunction& function, const Settings& settings,
                        Findings& findings) {
  const DeclaredFunction& declared = project.stacks.functions[function.declared];
  const Runtime* runtime = find_runtime(function.runtime);
  // Every runtime that still gets updates exists for both. What runs on a custom one is machine
  // code, wherever it is built.
  const bool supported = runtime != nullptr && !runtime->image_only && !runtime->preview &&
                         runtime->language != "custom" &&
                         runtime->deprecated && *runtime->deprecated > settings.today;
  if (declared.image || !supported || architecture_of(project, function) != "x86_64") return;
  if (!function.package || has_machine_code(*function.package) ||
      at_edge.contains(function.resource))
    return;
  for (const LayerUse& layer : function.layers)
    if (!layer.package || has_machine_code(*layer.package)) return;
  const Property* property = property_of(project, function.resource, "Architectures");
  findings.push_back(FindingBuilder("cost-x86-architecture", Confidence::Likely)
                         .about(function)
                         .at(property != nullptr && property->key.file.exists()
                                 ? property->key
                                 : project.stacks[function.resource].name)
                         .says("'", function.name, "' runs on x86_64",
                               property == nullptr ? ", the default" : "", "; the runtime ",
                               runtime->id,
                               " is available on arm64, where a GB-second costs less, and no "
                               "native code is packaged with the function."));
}

}  // namespace

void cost_notes(const Project& project, const Settings& settings, Findings& findings) {
  const RelationsTo relations(project.stacks);
  const std::set<ResourceId> at_edge = functions_at_edge(project, relations);
  for (const DeclaredFunction& function : project.stacks.functions)
    check_provisioned(project, relations, function.resource, findings);
  for (const LambdaFunction& function : project.functions) {
    check_memory(project, function, settings, findings);
    check_architecture(project, at_edge, function, settings, findings);
  }
}

}  // namespace fnlint
