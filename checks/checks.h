// What a check is, and the list of all of them for the run to go through.
#pragma once

#include "model/finding.h"
#include "model/needs.h"
#include "model/project.h"
#include "model/settings.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

namespace fnlint {

// A check reads the linked project and reports findings of the rules that its line in the list
// names. It opens nothing, prints nothing and keeps nothing.
struct Check {
  void (*run)(const Project&, const Settings&, Findings&) = nullptr;
  std::array<std::string_view, 10> ids = {};
  Needs needs = 0;
  [[nodiscard]] std::span<const std::string_view> rules() const {
    return {ids.begin(), std::ranges::find(ids, std::string_view{})};
  }
};

std::span<const Check> all_checks();

}  // namespace fnlint
