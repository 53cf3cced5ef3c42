#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace fnlint {

// What a check reads of the project that a run makes only where something reads it.
using Needs = unsigned;
inline constexpr Needs kNeedsPackages = 1;     // what functions and layers hold: add_packages()
inline constexpr Needs kNeedsLostModules = 3;  // modules that packages lack; of packages
inline constexpr Needs kNeedsSecretFiles = 4;  // what builds and deploys: add_repository_secrets()
inline constexpr Needs kNeedsCycles = 8;       // what events lead to: Project::cycles
inline constexpr Needs kNeedsAll = 15;

// A check reads the linked project and reports findings of the rules that its line in the list
// names. It opens nothing, prints nothing and keeps nothing.
struct Check {
  void (*run)(const Project&, const Settings&, Findings&) = nullptr;
  std::array<std::string_view, 8> ids = {};
  Needs needs = 0;
  [[nodiscard]] std::span<const std::string_view> rules() const {
    return {ids.begin(), std::ranges::find(ids, std::string_view{})};
  }
};

std::span<const Check> all_checks();

}  // namespace fnlint
