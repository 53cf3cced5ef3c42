// Relations between resources by their target, so that nobody goes through all of them for each
// function.
#pragma once

#include "model/resources.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace fnlint {

// Of a state machine's task that is tried again where it fails: an entry of the relation's filter.
inline constexpr std::string_view kRetriedTask = "retried";
// ... where its definition may ask for a status that the function answers.
inline constexpr std::string_view kAsksStatus = "asks status";
// ... what its choices ask for, and what is taken out of answers for them: a Text of paths.
inline constexpr std::string_view kAsksFor = "asks for";

// The row of Stacks::relations that one of them is.
inline std::uint32_t relation_row(const Stacks& stacks, const Relation& relation) {
  return static_cast<std::uint32_t>(&relation - stacks.relations.data());
}

// The relations that lead to each resource, in their order.
class RelationsTo {
 public:
  explicit RelationsTo(const Stacks& stacks) {
    rows_.reserve(stacks.relations.size());
    for (const Relation& relation : stacks.relations) rows_.push_back(&relation);
    std::ranges::stable_sort(rows_, {}, target_of);
  }
  [[nodiscard]] std::span<const Relation* const> operator[](ResourceId resource) const {
    const auto found = std::ranges::equal_range(rows_, resource.index, {}, target_of);
    return {found.begin(), found.end()};
  }

 private:
  static std::uint32_t target_of(const Relation* relation) { return relation->to.index; }

  std::vector<const Relation*> rows_;
};

}  // namespace fnlint
