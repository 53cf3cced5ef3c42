#include "core/text.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(Paths, NothingIsAboveTheRoot) {
  EXPECT_EQ(folder_of("/"), "");
  EXPECT_EQ(folder_of("/a"), "/");
  EXPECT_EQ(folder_of("a/b"), "a");
  EXPECT_EQ(folder_of("a"), "");
}

TEST(Paths, AreNormalWithoutLeavingWhereTheyBegin) {
  EXPECT_EQ(normal_path("a/./b/../c"), "a/c");
  EXPECT_EQ(normal_path("../a"), "../a");
  EXPECT_EQ(normal_path("/../a"), "/a");
  EXPECT_EQ(join_path("src", "../lib/x"), "lib/x");
  EXPECT_EQ(join_path("src", "/opt/x"), "/opt/x");
}

TEST(Nearest, NamesTheLikelyWordAndNoOther) {
  EXPECT_EQ(nearest("python3.31", {"python3.13", "nodejs22.x"}), "python3.13");
  EXPECT_EQ(nearest("nodejs10", {"nodejs", "nodejs10.x"}), "nodejs10.x");
  EXPECT_EQ(nearest("zzzzzz", {"python3.13"}), "");
}

}  // namespace
}  // namespace fnlint
