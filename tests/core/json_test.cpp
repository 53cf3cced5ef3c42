// The limit on nesting, before the parser sees a text.

#include "core/json.h"

#include "core/limits.h"

#include <gtest/gtest.h>

#include <string>

namespace fnlint {
namespace {

std::string lists(std::size_t depth) {
  return std::string(depth, '[') + "1" + std::string(depth, ']');
}

TEST(Json, IsReadAsDeepAsTheLimitAndNoDeeper) {
  EXPECT_TRUE(parse_json(lists(kNestingDepth)).is_array());
  EXPECT_TRUE(parse_json(lists(kNestingDepth + 1)).is_discarded());
  EXPECT_TRUE(parse_json(lists(1'000'000)).is_discarded());
}

// What looks like a quote in a comment hides nothing.
TEST(Json, CommentsDoNotHideHowDeepItIs) {
  EXPECT_EQ(parse_json("/* \" */ {\"a\": 1}", true)["a"], 1);
  EXPECT_TRUE(parse_json("/* \" */ " + lists(100'000), true).is_discarded());
  EXPECT_TRUE(parse_json("{\"a\": 1} // b").is_discarded());
}

TEST(Json, BracketsInTextsAreNoDepth) {
  const std::string text(100'000, '[');
  EXPECT_EQ(parse_json("{\"a\": \"" + text + "\"}")["a"], text);
}

}  // namespace
}  // namespace fnlint
