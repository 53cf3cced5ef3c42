// The input of the walk: code forms linked into units, with every import resolved.
#pragma once

#include "model/code.h"
#include "model/summary.h"

#include <functional>
#include <ranges>
#include <string>
#include <unordered_map>
#include <vector>

namespace fnlint {

// The member of a receiver that is it as its base class has it. As a value its name goes on with
// the class in whose method that stands.
inline constexpr std::string_view kSuper = "<super>";
// The member that `for (const name in value)` goes over.
inline constexpr std::string_view kKeys = "<keys>";

// Where one import row leads.
struct ImportTarget {
  ModuleId module = {};   // a module of the project ...
  bool whole = false;     // ... itself, not the symbol that the row names
  std::string path = {};  // otherwise the library path: "boto3", "aws-sdk.S3"
  std::string symbol = {};  // what of the module, where that is not the row's name: "Outer.Inner"
  bool aside = false;       // a module that is not deployed, as far as that is known
  bool generated = false;   // what is made of the symbol as it is built
  friend bool operator==(const ImportTarget&, const ImportTarget&) = default;
};

struct ProgramModule {
  const CodeFacts* facts = nullptr;        // none: freed, see Program::again
  std::uint32_t unit = 0;                  // row of Program::units
  std::vector<ImportTarget> imports = {};  // parallel to facts->imports
};

// The modules that one or more functions with the same search folders reach. A Python folder
// without an __init__.py is the library path "<folder>path".
struct ProgramUnit {
  Language language{};
  std::unordered_map<std::string, ModuleId> modules = {};  // by path
  std::uint32_t first = 0, end = 0;                        // the same, as rows of Program::modules
};

// All code that is linked together; imports are resolved, nothing is evaluated.
struct Program {
  std::vector<ProgramModule> modules = {};
  std::vector<ProgramUnit> units = {};
  // Code forms are freed unit by unit, as soon as the unit's functions are joined. The few that
  // are asked for later are made anew by this.
  std::function<const CodeFacts&(ModuleId)> again = {};

  // The modules of a unit: a program may have tens of thousands of units.
  [[nodiscard]] auto modules_of(std::uint32_t unit) const {
    return std::views::iota(units[unit].first, units[unit].end) |
           std::views::transform([](std::uint32_t row) { return ModuleId{row}; });
  }
  [[nodiscard]] const CodeFacts& facts(ModuleId id) const {
    const CodeFacts* facts = modules[id.index].facts;
    return facts != nullptr ? *facts : again(id);
  }
};

}  // namespace fnlint
