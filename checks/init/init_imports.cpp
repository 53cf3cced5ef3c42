// Every cold start pays for what the handler's module loads, whether this event needs it or not.

#include "checks/event/called_seldom.h"
#include "checks/init/init_costs.h"
#include "checks/init/rules.h"
#include "checks/package/package_view.h"
#include "checks/view/deployment_functions.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "tables/languages.h"
#include "tables/packages.h"
#include "values/pool.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// Where the import stands, and how it comes to that.
void place_import(const LambdaFunction& function, const InitImport& import,
                  FindingBuilder& finding) {
  finding.about(function).at(import.where);
  if (import.chain.empty()) return;
  for (const PlacedText& link : import.chain)
    finding.step(link.where, "'", function.name, "' ", link.message, ".");
  finding.step(import.where, "'", import.path, "' is loaded.");
}

// It wraps a client or the whole SDK, whichever it is handed.
bool is_traced(const LambdaFunction& function) {
  return std::ranges::any_of(function.imports, [](const InitImport& one) {
    return one.path.starts_with("aws-xray-sdk") && one.use != ImportUse::Never;
  });
}

// Another import that something uses loads the package for itself, so that it costs nothing more:
// surely, or where `unknown` also if that is not known to need it.
bool is_loaded_by_another(const LambdaFunction& function, const InitImport& import, bool unknown);

// The imports of a whole SDK, by its package.
using WholeImports = std::map<std::string_view, std::vector<const InitImport*>>;

// The runtime has it no more, and neither has the function: it is not loaded at all, which another
// rule tells (runtime-language-feature).
bool is_lacking(const LambdaFunction& function, std::string_view package) {
  const std::vector<int> version = version_of_runtime(function.runtime);
  return std::ranges::any_of(function.versions, [&](const VersionUse& use) {
    return use.package && use.name == package && (use.uncertainty & kUncertain) == 0 &&
           !use.until.empty() && !version.empty() && !is_before(version, use.until);
  });
}

WholeImports whole_imports(const Project& project, const LambdaFunction& function) {
  WholeImports whole;
  for (const InitImport& import : function.imports)
    if (is_whole_sdk(function, import) &&
        left_out_package(project, function, import.path).empty() &&
        !is_loaded_by_another(function, import, false) &&
        !is_lacking(function, package_of(import.path)))
      whole[package_of(import.path)].push_back(&import);
  return whole;
}

// Of the import at a place: how many functions have it (less than none, so that more come first),
// and how early one of them loads it.
struct ImportUsers {
  std::ptrdiff_t fewer = 0;
  std::size_t turn = SIZE_MAX;
};
using UsersByPlace = std::map<Span, ImportUsers>;

void add_users(const std::vector<const InitImport*>& imports, UsersByPlace& users) {
  std::set<Span> places;
  for (const InitImport* import : imports) {
    if (!places.insert(import->where).second) continue;
    ImportUsers& at = users[import->where];
    --at.fewer;
    at.turn = std::min(at.turn, places.size());
  }
}

// Each keeps the whole. Functions that share imports name the one that most of them have, and load
// first, so that one cause is told at one place.
const InitImport& named_for_all(const std::vector<const InitImport*>& imports,
                                const UsersByPlace& users) {
  return **std::ranges::min_element(imports, {}, [&](const InitImport* one) {
    const ImportUsers& at = users.at(one->where);
    return std::tuple(at.fewer, at.turn, one->where);
  });
}

// What is told at one place: the functions' imports, and all of them by the place.
struct SharedImports {
  UsersByPlace users = {};
  std::map<Span, std::set<Span>> told = {};
};

bool uses_core_alone(const InitImport& import) {
  return !import.names.empty() && std::ranges::all_of(import.names, [](const std::string& name) {
    return is_one_of(known::sdk_core_names(), name);
  });
}

void report_sdk(const LambdaFunction& function, const std::vector<const InitImport*>& imports,
                const SharedImports& shared, Findings& findings) {
  const InitImport& import = named_for_all(imports, shared.users);
  const bool v2 = import.path.starts_with("aws-sdk");
  const bool only_core = v2 && std::ranges::all_of(imports, [](const InitImport* one) {
                           return uses_core_alone(*one);
                         });
  std::string message =
      only_core ? "The whole of 'aws-sdk' is loaded at every cold start for what its core has: "
                  "'aws-sdk/global' is a fraction of it."
      : v2      ? "The whole of 'aws-sdk' is loaded at every cold start; a single client "
                  "('aws-sdk/clients/…', or a '@aws-sdk/client-…' package) is a fraction of it."
           : "The whole of 'googleapis' is loaded at every cold start; the package of the API that "
             "is used ('@googleapis/…') is a fraction of it.";
  if (v2 && is_traced(function))
    message +=
        " X-Ray traces a single client as well: pass it to 'captureAWSClient' instead of passing "
        "the whole SDK to 'captureAWS'.";
  auto finding = FindingBuilder("init-whole-sdk-import")
                     .says(message)
                     .identified(function.name, ':', import.path)
                     .caused_by({.key = message});
  place_import(function, import, finding);
  for (const Span other : shared.told.at(import.where))
    if (other != import.where) finding.related(other, "It is imported here too.");
  findings.push_back(std::move(finding));
}

bool loads_modules(const LambdaFunction& function, const DeploymentFunctions& of_deployments) {
  return (function.language == Language::Python || function.language == Language::JavaScript) &&
         !of_deployments.contains(function);
}

// Those whose cold starts are worth shortening: a clock that calls one every half hour at most
// makes nobody wait for it.
class StartedOften {
 public:
  explicit StartedOften(const Project& project)
      : project_(project), relations_(project.stacks), others_(project) {}
  [[nodiscard]] bool contains(const LambdaFunction& function) const {
    return !is_called_seldom(project_, relations_, others_, function.resource);
  }
  [[nodiscard]] bool nobody_waits(const LambdaFunction& function) const {
    return fnlint::nobody_waits(project_, relations_, others_, function.resource);
  }
  [[nodiscard]] bool is_doubtful(const LambdaFunction& function) const {
    return is_job_of_nobody_known(project_, relations_, others_, function.resource);
  }

 private:
  const Project& project_;
  const RelationsTo relations_;
  const OtherCallers others_;
};

void report_sdks(const Project& project, const DeploymentFunctions& of_deployments,
                 const StartedOften& often, Findings& findings) {
  std::vector<std::pair<const LambdaFunction*, std::vector<const InitImport*>>> whole;
  for (const LambdaFunction& function : project.functions)
    if (loads_modules(function, of_deployments) && often.contains(function))
      for (auto& [package, imports] : whole_imports(project, function))
        whole.emplace_back(&function, std::move(imports));
  SharedImports shared;
  for (const auto& [function, imports] : whole) add_users(imports, shared.users);
  for (const auto& [function, imports] : whole) {
    std::set<Span>& told = shared.told[named_for_all(imports, shared.users).where];
    for (const InitImport* import : imports) told.insert(import->where);
  }
  for (const auto& [function, imports] : whole) {
    report_sdk(*function, imports, shared, findings);
    if (often.is_doubtful(*function)) findings.back().confidence = Confidence::Possible;
  }
}

// Other places that load the package: one for each statement, but for those that nothing uses.
std::vector<const InitImport*> other_places(const LambdaFunction& function, const InitCost& cost) {
  std::vector<const InitImport*> places;
  for (const InitImport* other : cost.others) {
    const bool is_told = std::ranges::any_of(
        places, [&](const InitImport* one) { return one->where == other->where; });
    const bool goes = std::ranges::any_of(function.imports, [&](const InitImport& one) {
      return one.where == other->where && is_unused(function, one);
    });
    if (!is_told && !goes) places.push_back(other);
  }
  return places;
}

// "get" of the path "requests.get", or what the module reads of it.
bool is_replaced(const InitImport& import, const HeavyImport& row) {
  const auto& names = row.drop_in;
  if (std::ranges::find(names, "*") != names.end()) return true;
  const auto has = [&](std::string_view name) {
    return std::ranges::find(names, name) != names.end();
  };
  if (import.path.size() > row.module.size())
    return has(package_of(std::string_view(import.path).substr(row.module.size() + 1)));
  return !import.names.empty() && std::ranges::all_of(import.names, has);
}

// Whether what is lighter does all that the function does with it.
bool has_drop_in(const InitCost& cost, const std::vector<const InitImport*>& others) {
  return is_replaced(*cost.import, *cost.row) &&
         std::ranges::all_of(others,
                             [&](const InitImport* one) { return is_replaced(*one, *cost.row); });
}

// Every statement that loads it can go to where it is used, and no event pays for it elsewhere.
bool is_movable(const InitCost& cost, const std::vector<const InitImport*>& others) {
  const auto is_of_some_paths = [](const InitImport* one) {
    return one->use == ImportUse::SomePaths;
  };
  return is_of_some_paths(cost.import) && std::ranges::all_of(others, is_of_some_paths);
}

// "'matplotlib' and 'pandas'": what is to be moved with it.
std::string moved_with(const LambdaFunction& function, const InitCost& cost) {
  std::vector<std::string> names;
  for (const InitImport* one : cost.contained)
    if (!is_unused(function, *one) && std::ranges::find(names, one->path) == names.end())
      names.push_back(one->path);
  std::ranges::sort(names);
  std::string words;
  for (std::size_t i = 0; i < names.size(); ++i)
    words += cat(i == 0 ? "" : i + 1 == names.size() ? " and " : ", ", "'", names[i], "'");
  return words;
}

Registry registry_of(const LambdaFunction& function) {
  return function.language == Language::Python ? Registry::Python : Registry::Npm;
}

std::string package_name(Registry registry, const InitImport& import) {
  std::string name = package_of_import(registry, import.path);
  if (registry == Registry::Npm) name.resize(std::min(name.find('.'), name.size()));
  return name;
}

// Named after a package, it is an extension of that, and loads it: httpx_aws_auth, pandas_gbq.
bool is_extension_of(Registry registry, std::string_view name, std::string_view wanted) {
  return registry == Registry::Python && name.starts_with(wanted) && name.size() > wanted.size() &&
         (name[wanted.size()] == '-' || name[wanted.size()] == '_');
}

// Whether loading a package loads another one: by what it needs; of what is not known, `unknown`.
bool loads(Registry registry, std::string_view name, std::string_view wanted, bool unknown,
           std::set<std::string_view>& seen) {
  if (!seen.insert(name).second || is_standard_module(registry, name)) return false;
  const PackageFact* const fact = find_package(registry, name);
  if (fact == nullptr && is_extension_of(registry, name, wanted)) return true;
  if (unknown && (fact == nullptr || !fact->needs_known)) return true;
  return fact != nullptr && std::ranges::any_of(fact->needs, [&](std::string_view needed) {
           return needed == wanted || loads(registry, needed, wanted, unknown, seen);
         });
}

// Whether a table names a package of that name: elsewhere nothing is known of what it loads.
bool is_in_tables(Registry registry, std::string_view name) {
  return is_standard_module(registry, name) || find_package(registry, name) != nullptr ||
         !packages_of_module(registry, name).empty() ||
         std::ranges::any_of(runtime_packages(), [&](const RuntimePackage& row) {
           return row.registry == registry && is_named(row.name, name);
         });
}

bool is_loaded_by_another(const LambdaFunction& function, const InitImport& import, bool unknown) {
  const Registry registry = registry_of(function);
  const std::string wanted = package_name(registry, import);
  std::set<std::string_view> seen;
  std::deque<std::string> names;  // that `seen` points to
  return std::ranges::any_of(function.imports, [&](const InitImport& other) {
    if (&other == &import || other.use == ImportUse::Never) return false;
    const std::string& name = names.emplace_back(package_name(registry, other));
    return loads(registry, name, wanted, unknown, seen);
  });
}

// Another import is of a package that may be built upon this one, as a company's own library is: no
// table names it.
bool may_be_loaded_by_another(const LambdaFunction& function, const InitImport& import) {
  const Registry registry = registry_of(function);
  return std::ranges::any_of(function.imports, [&](const InitImport& other) {
    if (&other == &import || other.use == ImportUse::Never) return false;
    const bool is_timed = std::ranges::any_of(heavy_imports(), [&](const HeavyImport& row) {
      return (row.ecosystem == Ecosystem::Python) == (registry == Registry::Python) &&
             package_of(row.module) == package_of(other.path);
    });
    return !is_timed && !is_in_tables(registry, package_name(registry, other));
  });
}

// `total`: of all heavy imports, where none is heavy by itself.
void report_heavy(const LambdaFunction& function, const InitCost& cost, std::int64_t total,
                  const StartedOften& often, Findings& findings) {
  const InitImport& import = *cost.import;
  auto finding =
      FindingBuilder("init-heavy-import").identified(function.name, ':', cost.row->module);
  Confidence confidence = is_measured(cost) ? Confidence::Certain : Confidence::Likely;
  std::string message =
      cat("Loading '",
          function.language == Language::Python ? std::string_view(import.path) : cost.row->module,
          "' costs every cold start ", cost_words(cost));
  if (total > 0) message += cat(" of ", total, " ms in total");
  std::string places = ".";
  const std::vector<const InitImport*> others = other_places(function, cost);
  if (!is_movable(cost, others)) {
    // Every path needs it, and nothing does the same for less: there is nothing to do about it.
    if (total == 0 && cost.row->lighter.empty()) return;
    finding.grade(Severity::Note);
    // Whether what is lighter would do is the program's to say.
    if (!has_drop_in(cost, others)) confidence = Confidence::Possible;
  } else {
    if (is_loaded_by_another(function, import, false)) return;
    // Where nobody waits, a time that was never measured is hardly worth it.
    if (may_be_loaded_by_another(function, import) ||
        (!is_measured(cost) && often.nobody_waits(function)))
      confidence = Confidence::Possible;
    message += ", and only some of the paths use it: import it where it is used";
    places =
        others.empty() ? "." : cat(", in each of the ", others.size() + 1, " places that load it.");
    if (const std::string with = moved_with(function, cost); !with.empty())
      places = cat(", and with it ", with, ", which it loads", places);
  }
  for (const InitImport* other : others) finding.related(other->where, "It is loaded here, too.");
  for (const InitImport* inner : cost.contained)
    finding.related(inner->where, "It loads '", inner->path, "', too.");
  finding.with(confidence)
      .says(message, places)
      .caused_by({.key = cat(message, confidence == Confidence::Possible ? " possibly" : ""),
                  .apart = 1,
                  .also = "It is loaded here, too, for other functions."});
  if (!cost.row->lighter.empty()) finding.adds(" Lighter: ", cost.row->lighter, ".");
  place_import(function, import, finding);
  findings.push_back(std::move(finding));
}

// Whether code asks for the package by its name, or may. A gem that nothing requires is not loaded;
// Java looks into every archive of its path.
bool is_loaded(const PackageUsers& users, const NamedDependency& dependency) {
  if (dependency.registry != Registry::RubyGems) return true;
  return std::ranges::any_of(users.functions, [&](const LambdaFunction* function) {
    if (function->libraries == nullptr) return true;
    const CodeImports& imports = *function->libraries;
    return imports.by_name || !imports.complete ||
           std::ranges::find(imports.rows, dependency.row.name, &LibraryImport::module) !=
               imports.rows.end();
  });
}

// Where packages are what a manifest names, and not what the code imports.
void report_sdk_packages(const PackageUsers& users, Findings& findings) {
  for (const NamedDependency& row : users.package->named) {
    const PackageFact* fact = find_package(row.registry, row.row.name);
    if (fact == nullptr || fact->client.empty() || row.row.use != DependencyUse::Runtime) continue;
    const bool loaded = is_loaded(users, row);
    if (!loaded && users.package->assumed) continue;
    findings.push_back(
        FindingBuilder("init-whole-sdk-import",
                       users.package->assumed ? Confidence::Likely : Confidence::Certain)
            .about(*users.functions.front())
            .at(row.where)
            .says(
                "'", row.row.name,
                "' contains the clients of all services; a package for each client that is used ('",
                fact->client, "') is a fraction of it, to deploy", loaded ? " and to load." : ".")
            .identified(users.functions.front()->name, ':', row.row.name)
            .grade_if(!loaded, Severity::Note));
  }
}

// Whether another import that something uses loads the same package.
bool is_loaded_anyway(const LambdaFunction& function, const InitImport& import) {
  const std::string_view package = package_of(import.path);
  return std::ranges::any_of(function.imports, [&](const InitImport& other) {
    return &other != &import && other.use != ImportUse::Never && package_of(other.path) == package;
  });
}

// Too little for a line: what is loaded anyway, what the language brings along and is light.
bool is_cheap(const LambdaFunction& function, const InitImport& import, const InitCost* cost,
              const Settings& settings) {
  if (settings.init_unused_ms == 0) return false;
  if (is_loaded_anyway(function, import) || is_loaded_by_another(function, import, false))
    return true;
  if (cost != nullptr)
    return cost->ms < settings.init_unused_ms &&
           (cost->row->ms || cost->row->weight == Weight::Light);
  const Registry registry = registry_of(function);
  return is_standard_module(registry, package_name(registry, import));
}

// Whether a package of that name is known: by the tables, or since one is deployed or named in a
// manifest. Else it may be a module of the project that was not found (a build puts it into a
// layer), and loading it may do anything: declare tables, register handlers.
bool is_known_package(const LambdaFunction& function, const InitImport& import) {
  const Registry registry = registry_of(function);
  const std::string name = package_name(registry, import);
  if (is_in_tables(registry, name)) return true;
  const auto is_in = [&](const std::shared_ptr<const Package>& package) {
    return package && std::ranges::any_of(package->dependencies, [&](const auto& dependency) {
             return dependency.registry == registry &&
                    brings(registry, dependency.name, name).value_or(dependency.name == name);
           });
  };
  return is_in(function.package) ||
         std::ranges::any_of(function.layers,
                             [&](const LayerUse& layer) { return is_in(layer.package); });
}

// Drivers, engines, file systems: what others load by its name may be imported to say that it is
// needed (`import s3fs` for pandas).
bool is_loaded_by_name(const LambdaFunction& function, const InitImport& import) {
  const Registry registry = registry_of(function);
  const PackageFact* const fact = find_package(registry, package_name(registry, import));
  return fact != nullptr && fact->by_name;
}

void report_unused(const LambdaFunction& function, const InitImport& import, const InitCost* cost,
                   const Settings& settings, Findings& findings) {
  const bool costs =
      cost != nullptr && cost->ms > 0 && !is_loaded_by_another(function, import, true);
  Confidence confidence = costs && !is_measured(*cost) ? Confidence::Likely : Confidence::Certain;
  if (cost == nullptr && !is_known_package(function, import)) confidence = Confidence::Possible;
  const std::string& name = import.path;
  // `const { error } = require("console")`: of the module more may be used without it.
  const bool of_whole = function.language == Language::JavaScript && import.symbol == "*";
  const std::string message =
      costs ? cat("Nothing uses '", name, "', but loading it costs every cold start ",
                  cost_words(*cost), ": remove the import.")
            : cat("Nothing uses ", of_whole ? "what is imported here from '" : "'", name,
                  of_whole ? "': remove it." : "': remove the import.");
  auto finding = FindingBuilder("init-unused-import", confidence)
                     .says(message)
                     .identified(function.name, ':', name)
                     .grade_if(!costs || !is_heavy(*cost, settings), Severity::Note)
                     .caused_by({.key = message});
  place_import(function, import, finding);
  findings.push_back(std::move(finding));
}

void report_unused_imports(const LambdaFunction& function, const std::vector<InitCost>& costs,
                           const Settings& settings, Findings& findings) {
  for (const InitImport& import : function.imports) {
    if (!is_unused(function, import) || is_loaded_by_name(function, import)) continue;
    const auto row = std::ranges::find(costs, &import, &InitCost::import);
    const InitCost* cost = row == costs.end() ? nullptr : &*row;
    if (!is_cheap(function, import, cost, settings))
      report_unused(function, import, cost, settings, findings);
  }
}

}  // namespace

void init_imports(const Project& project, const Settings& settings, Findings& findings) {
  for (const PackageUsers& users : package_users(project)) report_sdk_packages(users, findings);
  const DeploymentFunctions of_deployments(project);
  const StartedOften often(project);
  report_sdks(project, of_deployments, often, findings);
  for (const LambdaFunction& function : project.functions) {
    if (!loads_modules(function, of_deployments)) continue;
    std::vector<InitCost> costs = init_costs(project, function);
    // Of several packages in one statement the first stands for all.
    std::ranges::stable_sort(costs, std::ranges::greater{}, &InitCost::ms);
    report_unused_imports(function, costs, settings, findings);
    if (!often.contains(function)) continue;
    std::int64_t total = 0;
    bool reported = false;
    const InitCost* worst = nullptr;
    for (const InitCost& cost : costs) {
      if (is_unused(function, *cost.import)) continue;  // which has its own finding
      total += cost.ms;
      const auto can_change = [&](const InitCost& one) {
        return std::pair(is_movable(one, other_places(function, one)), one.ms);
      };
      if (worst == nullptr || can_change(cost) > can_change(*worst)) worst = &cost;
      if (!is_heavy(cost, settings)) continue;
      report_heavy(function, cost, 0, often, findings);
      reported = true;
    }
    if (reported || total < settings.init_total_ms || worst == nullptr) continue;
    report_heavy(function, *worst, total, often, findings);
  }
}

}  // namespace fnlint
