// Paths, likely words and versions.

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

TEST(Text, TheNewestOfAFamilyIsThatOfTheHighestVersion) {
  const std::vector<std::string_view> known{"nodejs18.x", "nodejs24.x", "python2.7", "python3.9",
                                            "python3.14", "java8.al2",  "java25",    "provided"};
  EXPECT_EQ(newest_of_family("python4", known), "python3.14");
  EXPECT_EQ(newest_of_family("python39", known), "python3.9");
  EXPECT_EQ(newest_of_family("nodejs18", known), "nodejs18.x");
  EXPECT_EQ(newest_of_family("nodejs21.x", known), "nodejs24.x");
  EXPECT_EQ(newest_of_family("java", known), "java25");
  EXPECT_EQ(newest_of_family("provided", known), "");
  EXPECT_EQ(newest_of_family("pyhton3.9", known), "");
  EXPECT_EQ(newest_of_family("", known), "");
}

}  // namespace
}  // namespace fnlint
