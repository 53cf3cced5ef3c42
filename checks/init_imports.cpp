// Every cold start pays for what the handler's module loads, whether this event needs it or not.

#include "checks/list.h"
#include "checks/project_view.h"
#include "core/text.h"
#include "tables/tables.h"
#include "values/pool.h"

#include <algorithm>
#include <map>

namespace fnlint {

namespace {

constexpr std::int64_t kFullProcessorMb =
    1769;                                     // memory at which a function has one whole processor
constexpr std::int64_t kLeastScaledMb = 512;  // below it the scale stays: a choice
constexpr std::int64_t kDefaultMemoryMb = 128;
constexpr std::int64_t kVeryHeavyMs = 300;  // of a package of that class without a figure

// A table row for every package that an import loads: the row with the longest module that begins
// it.
const HeavyImport* row_of(Ecosystem ecosystem, std::string_view path) {
  const HeavyImport* best = nullptr;
  const char separator = ecosystem == Ecosystem::Python ? '.' : '/';
  for (const HeavyImport& row : heavy_imports()) {
    if (row.ecosystem != ecosystem) continue;
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

std::string_view package_of(std::string_view module) { return module.substr(0, module.find('.')); }

struct Cost {
  const InitImport* import = nullptr;
  const HeavyImport* row = nullptr;
  std::int64_t ms = 0, mb = 0;
};

std::int64_t memory_of(const Project& project, const LambdaFunction& function) {
  const Property* memory = property_of(project, function.resource, "MemorySize");
  if (memory == nullptr) return kDefaultMemoryMb;
  return as_integer(*project.pool, memory->value).value_or(kFullProcessorMb);
}

Cost cost_of(const InitImport& import, const HeavyImport& row, std::int64_t memory) {
  Cost cost{&import, &row, row.ms.value_or(0), row.size_kib.value_or(0) / 1024};
  if (!row.ms && row.weight == Weight::VeryHeavy) cost.ms = kVeryHeavyMs;
  if (memory < kFullProcessorMb)
    cost.ms = cost.ms * kFullProcessorMb / std::max(memory, kLeastScaledMb);
  return cost;
}

// A whole SDK: v2's root in any form, googleapis' root.
bool is_whole_sdk(const LambdaFunction& function, const InitImport& import) {
  if (function.language != Language::JavaScript) return false;
  return import.path == "aws-sdk" || import.path.starts_with("aws-sdk.") ||
         import.path == "googleapis" || import.path.starts_with("googleapis.");
}

void add_chain(const LambdaFunction& function, const InitImport& import, Finding& finding) {
  if (import.chain.empty()) return;
  for (const PlacedText& link : import.chain)
    finding.flow.push_back({link.where, cat("'", function.name, "' ", link.message, ".")});
  finding.flow.push_back({import.where, cat("'", import.path, "' is loaded.")});
}

void report_sdk(const LambdaFunction& function, const InitImport& import, Findings& findings) {
  const bool v2 = import.path.starts_with("aws-sdk");
  Finding finding;
  finding.rule = "init-whole-sdk-import";
  finding.message =
      v2 ? "The whole of 'aws-sdk' is loaded at every cold start; the client alone "
           "('aws-sdk/clients/…', or a '@aws-sdk/client-…' package) is a fraction of it."
         : "The whole of 'googleapis' is loaded at every cold start; the package of the one API "
           "('@googleapis/…') is a fraction of it.";
  const std::string_view version = std::string_view(function.runtime).starts_with("nodejs")
                                       ? std::string_view(function.runtime).substr(6)
                                       : std::string_view{};
  const bool bundled_by_runtime = version == "4.3" || version == "6.10" || version == "8.10" ||
                                  version.starts_with("10") || version.starts_with("12") ||
                                  version.starts_with("14") || version.starts_with("16");
  if (v2 && !version.empty() && !bundled_by_runtime)
    finding.message += cat(" The runtime ", function.runtime, " does not bring it along.");
  finding.where = import.where;
  finding.function = function.name;
  finding.identity = cat(function.name, ':', import.path);
  add_chain(function, import, finding);
  findings.push_back(std::move(finding));
}

std::string cost_words(const Cost& cost) {
  std::string words;
  if (cost.ms > 0) words = cat("about ", cost.ms, " ms");
  if (cost.mb > 0) words += cat(words.empty() ? "" : " and ", cost.mb, " MB");
  return words;
}

void report_heavy(const LambdaFunction& function, const Cost& cost, std::int64_t total,
                  Findings& findings) {
  const InitImport& import = *cost.import;
  Finding finding;
  finding.rule = "init-heavy-import";
  finding.confidence = cost.row->estimated ? Confidence::Likely : Confidence::Certain;
  finding.message =
      cat("Loading '",
          function.language == Language::Python ? std::string_view(import.path) : cost.row->module,
          "' costs every cold start ", cost_words(cost));
  if (total > 0) finding.message += cat(" of ", total, " ms in all");
  if (import.use == ImportUse::EveryPath) {
    finding.severity = Severity::Note;
    finding.message += ".";
  } else {
    finding.message += ", and only some of the paths use it: import it where it is used.";
  }
  if (!cost.row->lighter.empty()) finding.message += cat(" Lighter: ", cost.row->lighter, ".");
  finding.where = import.where;
  finding.function = function.name;
  finding.identity = cat(function.name, ':', cost.row->module);
  add_chain(function, import, finding);
  findings.push_back(std::move(finding));
}

// Whether another import that something uses loads the same package.
bool is_loaded_anyway(const LambdaFunction& function, const InitImport& import) {
  const std::string_view package = package_of(import.path);
  return std::ranges::any_of(function.imports, [&](const InitImport& other) {
    return &other != &import && other.use != ImportUse::Never &&
           package_of(other.path) == package;
  });
}

void report_unused(const LambdaFunction& function, const InitImport& import, const Cost* cost,
                   Findings& findings) {
  const bool costs = cost != nullptr && !is_loaded_anyway(function, import);
  Finding finding;
  finding.rule = "init-unused-import";
  if (!costs) finding.severity = Severity::Note;
  if (costs && cost->row->estimated) finding.confidence = Confidence::Likely;
  const std::string& name = import.path;
  finding.message = costs ? cat("Nothing uses '", name, "', and loading it costs every cold start ",
                                cost_words(*cost), ": remove the import.")
                          : cat("Nothing uses '", name, "': remove the import.");
  finding.where = import.where;
  finding.function = function.name;
  finding.identity = cat(function.name, ':', name);
  add_chain(function, import, finding);
  findings.push_back(std::move(finding));
}

// Nothing uses it, and nothing says that it is there for what loading it does.
bool is_unused(const LambdaFunction& function, const InitImport& import) {
  return import.use == ImportUse::Never && !import.effect_only && !import.in_bundle &&
         !is_whole_sdk(function, import) && import.path != "__future__" &&
         !import.path.starts_with("__future__.");
}

// One cost for each package: its costliest row, at the import that is used least.
std::vector<Cost> costs_of(const Project& project, const LambdaFunction& function) {
  const Ecosystem ecosystem =
      function.language == Language::Python ? Ecosystem::Python : Ecosystem::JavaScript;
  const std::int64_t memory = memory_of(project, function);
  std::map<std::string_view, Cost> by_package;
  for (const InitImport& import : function.imports) {
    if (is_whole_sdk(function, import) ||
        (import.in_bundle && !import.effect_only && import.symbol != "*"))
      continue;
    const HeavyImport* row = row_of(ecosystem, import.path);
    if (row == nullptr || row->weight == Weight::Exempt) continue;
    const Cost cost = cost_of(import, *row, memory);
    const std::string_view package =
        ecosystem == Ecosystem::Python ? package_of(row->module) : row->module;
    const auto [found, added] = by_package.try_emplace(package, cost);
    if (!added && (cost.ms > found->second.ms ||
                   (cost.ms == found->second.ms && cost.import->use > found->second.import->use)))
      found->second = cost;
  }
  if (by_package.contains("pandas")) by_package.erase("numpy");  // counted once, inside pandas
  std::vector<Cost> costs;
  for (const auto& [package, cost] : by_package) costs.push_back(cost);
  return costs;
}

bool is_heavy(const Cost& cost, const Settings& settings) {
  return cost.ms >= settings.init_import_ms || cost.mb >= settings.init_import_mb;
}

void report_unused_imports(const LambdaFunction& function, const std::vector<Cost>& costs,
                           const Settings& settings, Findings& findings) {
  for (const InitImport& import : function.imports) {
    if (!is_unused(function, import)) continue;
    const auto cost = std::ranges::find_if(costs, [&](const Cost& one) {
      return one.import == &import && is_heavy(one, settings);
    });
    report_unused(function, import, cost == costs.end() ? nullptr : &*cost, findings);
  }
}

}  // namespace

void init_imports(const Project& project, const Settings& settings, Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    if (function.language != Language::Python && function.language != Language::JavaScript)
      continue;
    for (const InitImport& import : function.imports)
      if (is_whole_sdk(function, import)) report_sdk(function, import, findings);
    const std::vector<Cost> costs = costs_of(project, function);
    report_unused_imports(function, costs, settings, findings);
    std::int64_t total = 0;
    bool reported = false;
    for (const Cost& cost : costs) {
      total += cost.ms;
      if (!is_heavy(cost, settings) || is_unused(function, *cost.import)) continue;
      report_heavy(function, cost, 0, findings);
      reported = true;
    }
    if (reported || total < settings.init_total_ms || costs.empty()) continue;
    const Cost& worst = *std::ranges::max_element(costs, {}, &Cost::ms);
    report_heavy(function, worst, total, findings);
  }
}

}  // namespace fnlint
