// Adds up what a function's imports load, so that each package is counted once even where several
// statements, or another package, bring it in.

#include "checks/init/init_costs.h"

#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/quotas.h"
#include "values/pool.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

constexpr std::int64_t kLeastScaledMb = 512;  // below it the scale stays: a choice
constexpr std::int64_t kVeryHeavyMs = 300;  // of a package of that class without a figure

// A table row for every package that an import loads: the row with the longest module that begins
// it.
const HeavyImport* row_of(Ecosystem ecosystem, std::string_view path) {
  const HeavyImport* best = nullptr;
  if (path.empty()) return best;
  const char separator = ecosystem == Ecosystem::Python ? '.' : '/';
  for (const HeavyImport& row : heavy_imports()) {
    if (row.ecosystem != ecosystem || row.module.front() != path.front()) continue;
    std::string_view module = row.module;
    bool fits = path == module || (path.starts_with(module) && path.size() > module.size() &&
                                   path[module.size()] == separator);
    if (ecosystem == Ecosystem::JavaScript && path.starts_with(module) &&
        path.size() > module.size() && path[module.size()] == '.')
      fits = true;
    if (module.ends_with(".*")) {
      module.remove_suffix(1);
      fits = path.starts_with(module) && path.size() > module.size();
    }
    if (fits && (best == nullptr || row.module.size() > best->module.size())) best = &row;
  }
  return best;
}

// Already the part of the package that the table advises: `firebase-admin/app`.
bool is_narrow(const InitImport& import, const HeavyImport& row) {
  return row.lighter.starts_with(cat(row.module, '/')) &&
         import.path.starts_with(cat(row.module, '/'));
}

std::int64_t memory_of(const Project& project, const LambdaFunction& function) {
  return known_memory(project, function.resource).value_or(quotas().processor_memory);
}

InitCost cost_of(const InitImport& import, const HeavyImport& row, std::int64_t memory) {
  InitCost cost{&import, {}, {}, &row, row.ms.value_or(0), row.size_kib.value_or(0) / 1024};
  if (!row.ms && row.weight == Weight::VeryHeavy) cost.ms = kVeryHeavyMs;
  const std::int64_t whole = quotas().processor_memory;
  if (memory < whole) cost.ms = cost.ms * whole / std::max(memory, kLeastScaledMb);
  if (import.in_bundle) cost.mb = 0;  // the package's files are not deployed
  return cost;
}

std::string_view package_of_row(const HeavyImport& row) {
  return row.ecosystem == Ecosystem::Python ? package_of(row.module) : row.module;
}

// What costs most stands for the package, and of that what is used most.
void add_import(const InitCost& added, InitCost& known) {
  std::vector<const InitImport*> others = known.others;
  const bool is_more =
      added.ms > known.ms || (added.ms == known.ms && added.import->use > known.import->use);
  others.push_back(is_more ? known.import : added.import);
  if (is_more) known = added;
  std::erase_if(others, [&](const InitImport* one) { return one->where == known.import->where; });
  known.others = std::move(others);
}

ImportUse most_use(const InitCost& cost) {
  ImportUse most = cost.import->use;
  for (const InitImport* other : cost.others) most = std::max(most, other->use);
  return most;
}

// What a package loads itself is told with it. Where more of the paths use that than the package,
// only the rest is the package's own.
void take_contained(InitCost& cost, const InitCost& inner, bool adds_files) {
  if (most_use(inner) > most_use(cost)) {
    cost.ms = std::max<std::int64_t>(cost.ms - inner.ms, 0);
    return;
  }
  if (adds_files) cost.mb += inner.mb;
  cost.contained.push_back(inner.import);
  for (const auto* rows : {&inner.others, &inner.contained})
    cost.contained.insert(cost.contained.end(), rows->begin(), rows->end());
}

// Each after what it contains.
std::vector<InitCost> without_contained(std::vector<InitCost> costs, Ecosystem ecosystem) {
  std::ranges::stable_sort(costs, {}, &InitCost::ms);
  std::vector<InitCost> told;
  for (InitCost& cost : costs) {
    std::erase_if(told, [&](const InitCost& inner) {
      if (std::ranges::find(cost.row->contains, package_of_row(*inner.row)) ==
          cost.row->contains.end())
        return false;
      take_contained(cost, inner, ecosystem == Ecosystem::Python);
      return most_use(inner) <= most_use(cost);
    });
    told.push_back(std::move(cost));
  }
  return told;
}

}  // namespace

std::string_view package_of(std::string_view module) { return module.substr(0, module.find('.')); }

std::optional<std::int64_t> known_memory(const Project& project, ResourceId function) {
  const Property* memory = property_of(project, function, "MemorySize");
  if (memory == nullptr) return quotas().default_memory;
  return as_integer(*project.pool, memory->value);
}

bool is_whole_sdk(const LambdaFunction& function, const InitImport& import) {
  if (function.language != Language::JavaScript) return false;
  return import.path == "aws-sdk" || import.path.starts_with("aws-sdk.") ||
         import.path == "googleapis" || import.path.starts_with("googleapis.");
}

std::vector<InitCost> init_costs(const Project& project, const LambdaFunction& function) {
  const Ecosystem ecosystem =
      function.language == Language::Python ? Ecosystem::Python : Ecosystem::JavaScript;
  const std::int64_t memory = memory_of(project, function);
  std::map<std::string_view, InitCost> by_package;
  for (const InitImport& import : function.imports) {
    if (is_whole_sdk(function, import)) continue;
    const HeavyImport* row = row_of(ecosystem, import.path);
    if (row == nullptr || row->weight == Weight::Exempt || is_narrow(import, *row)) continue;
    if (row->shaken && import.by_name) continue;
    const InitCost cost = cost_of(import, *row, memory);
    const auto [found, added] = by_package.try_emplace(package_of_row(*row), cost);
    if (!added) add_import(cost, found->second);
  }
  std::vector<InitCost> costs;
  for (const auto& [package, cost] : by_package) costs.push_back(cost);
  costs = without_contained(std::move(costs), ecosystem);
  std::ranges::sort(costs, {}, [](const InitCost& cost) { return package_of_row(*cost.row); });
  return costs;
}

bool is_heavy(const InitCost& cost, const Settings& settings) {
  return cost.ms >= settings.init_import_ms || cost.mb >= settings.init_import_mb;
}

std::string cost_words(const InitCost& cost) {
  if (cost.ms > 0 && !cost.row->ms)  // a class that is known of it, and no figure
    return cost.mb > 0 ? cat("hundreds of milliseconds (an estimate; ", cost.mb, " MB of files)")
                       : std::string("hundreds of milliseconds (an estimate)");
  if (cost.ms == 0) return cat("the time for about ", cost.mb, " MB of files");
  // The figures are of loose files. Of one file a runtime loads the same in a part of the time.
  const std::string_view about = cost.import->may_be_in_bundle ? "up to about " : "about ";
  if (cost.mb == 0) return cat(about, cost.ms, " ms");
  return cat(about, cost.ms, " ms (", cost.mb, " MB of files",
             cost.import->may_be_in_bundle ? ", unless they are bundled)" : ")");
}

bool is_measured(const InitCost& cost) {
  return !cost.row->estimated && !cost.import->may_be_in_bundle;
}

namespace {

// Named after another package that is loaded, it may add to that: agateremote to agate.
bool may_extend(const LambdaFunction& function, const InitImport& import) {
  constexpr std::size_t kShortest = 5;
  const auto package_of = [](const InitImport& one) {
    return std::string_view(one.path).substr(0, one.path.find_first_of("./"));
  };
  const std::string_view own = package_of(import);
  return std::ranges::any_of(function.imports, [&](const InitImport& other) {
    const std::string_view package = package_of(other);
    return package.size() >= kShortest && package.size() < own.size() && own.starts_with(package);
  });
}

}  // namespace

bool is_unused(const LambdaFunction& function, const InitImport& import) {
  return import.use == ImportUse::Never && !import.effect_only && !is_whole_sdk(function, import) &&
         import.path != "__future__" && !import.path.starts_with("__future__.") &&
         !may_extend(function, import);
}

}  // namespace fnlint
