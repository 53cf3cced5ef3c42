// Numbers of holes: distinct, however large the program.

#include "model/hole_at.h"

#include <gtest/gtest.h>

#include <set>

namespace fnlint {
namespace {

constexpr std::uint32_t kFar = 4096;  // as many modules, ops or variables as a large program has

HoleAt hole(std::uint32_t module, std::uint32_t op, std::uint32_t variable) {
  return {{ModuleId{module}, OpId{op}}, VariableId{variable}};
}

TEST(HoleAt, TheModuleWithTheNumber4096IsNotTheNextVariable) {
  EXPECT_NE(pack(hole(kFar, 7, 0)), pack(hole(0, 7, 1)));
  EXPECT_NE(pack(hole(kFar + 1, 7, 1)), pack(hole(1, 7, 0)));
}

TEST(HoleAt, PlacesOfLargeProgramsAreToldApart) {
  std::set<std::uint64_t> numbers;
  std::size_t count = 0;
  for (const std::uint32_t module : {0U, 1U, kFar, kFar + 1, kFar << 8U})
    for (const std::uint32_t op : {0U, 1U, kFar, 1U << 20U})
      for (const std::uint32_t variable : {0U, 1U, 2U, kFar, 1U << 20U}) {
        numbers.insert(pack(hole(module, op, variable)));
        ++count;
      }
  EXPECT_EQ(numbers.size(), count);
}

TEST(HoleAt, TwoPartsAreExact) {
  EXPECT_EQ(pack(ModuleId{kFar}, VariableId{3}), (std::uint64_t{kFar} << 32U) + 3);
  EXPECT_NE(pack(ModuleId{kFar}, VariableId{0}), pack(ModuleId{0}, VariableId{kFar}));
}

}  // namespace
}  // namespace fnlint
