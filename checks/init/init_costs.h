// The cost model of imports: which packages a cold start pays for, and which could be avoided.
#pragma once

#include "model/project.h"
#include "model/settings.h"
#include "tables/tables.h"

#include <optional>
#include <string>
#include <vector>

namespace fnlint {

// What loading a package costs a function's cold starts: milliseconds as scaled to its memory, and
// megabytes of the installed package. Figures: data/heavy_imports.yaml.
struct InitCost {
  const InitImport* import = nullptr;  // the one that is used most
  std::vector<const InitImport*> others = {};  // statements that load the same package
  // Statements that load what the package loads itself, and are used no more than it is: their cost
  // is in its own.
  std::vector<const InitImport*> contained = {};
  const HeavyImport* row = nullptr;
  std::int64_t ms = 0, mb = 0;
};
// "googleapis" of "googleapis.drive".
std::string_view package_of(std::string_view module);
// A function's memory in MB where it is known; the platform's own where none is set.
std::optional<std::int64_t> known_memory(const Project& project, ResourceId function);
// One for each package that the table knows; of a whole SDK none.
std::vector<InitCost> init_costs(const Project& project, const LambdaFunction& function);
bool is_heavy(const InitCost& cost, const Settings& settings);
// The figure is of what will be deployed: neither an estimate, nor of files that may be bundled.
bool is_measured(const InitCost& cost);
// "about 535 ms (80 MB of files)"
std::string cost_words(const InitCost& cost);
// A whole SDK: v2's root in any form, googleapis' root.
bool is_whole_sdk(const LambdaFunction& function, const InitImport& import);
// Nothing uses it, and nothing says that it is there for what loading it does.
bool is_unused(const LambdaFunction& function, const InitImport& import);

}  // namespace fnlint
