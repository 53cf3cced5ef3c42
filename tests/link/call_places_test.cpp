// Call sites whose module number has no room in the site.

#include "link/handler/call_places.h"

#include <gtest/gtest.h>

#include <array>

namespace fnlint {
namespace {

// Beyond 4,096 modules the number of a site says less than which module it is of.
TEST(CallPlaces, OfAnOperationThatTheModuleDoesNotHaveIsNone) {
  CodeFacts facts;
  const std::array modules{ModuleInfo{.file = FileId{0}, .facts = &facts}};
  EXPECT_FALSE(span_of_call(modules, {ModuleId{0}, OpId{7}}).file.exists());
  Step step;
  step.via.push_back({ModuleId{0}, OpId{7}});
  EXPECT_EQ(path_of_step(modules, step).front().message, "goes on");
}

}  // namespace
}  // namespace fnlint
