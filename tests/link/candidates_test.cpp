// Which of several signs is believed, and what it says.

#include "link/resolve/candidates.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

using Things = std::vector<std::string>;

constexpr GuessRow kWeak{.sign = "weak", .score = 20, .reason = "it is near"};
constexpr GuessRow kStrong{.sign = "strong", .score = 80, .reason = "it is called '@'"};

Sign<std::string> sign(const GuessRow& row, Things things, std::string name = {}) {
  return {&row, std::move(name), [things = std::move(things)] { return things; }};
}

std::string picked(const PathCandidate& candidate) {
  return candidate ? candidate->thing + ": " + candidate->guess.reason : "none";
}

TEST(Candidates, TheBestSignIsBelievedInWhateverOrderTheyStand) {
  EXPECT_EQ(picked(likeliest<std::string>({sign(kWeak, {"a"}), sign(kStrong, {"b"}, "shop")})),
            "b: it is called 'shop'");
}

TEST(Candidates, WhereOnePointsToSeveralTheNextIsAsked) {
  EXPECT_EQ(picked(likeliest<std::string>({sign(kStrong, {"a", "b"}), sign(kWeak, {"c"})})),
            "c: it is near");
  EXPECT_EQ(picked(likeliest<std::string>({sign(kStrong, {"a", "b"})})), "none");
}

TEST(Candidates, WhatIsNamedTwiceIsOne) {
  EXPECT_EQ(picked(likeliest<std::string>({sign(kWeak, {"a", "a"})})), "a: it is near");
}

TEST(Candidates, WhatDoesNotFitDoesNotCount) {
  const auto fits = [](const std::string& thing) { return thing != "a"; };
  EXPECT_EQ(picked(likeliest<std::string>({sign(kStrong, {"a"}), sign(kWeak, {"a", "b"})}, fits)),
            "b: it is near");
}

TEST(Candidates, NoWeakerSignThanTheOneThatDecidesIsAsked) {
  int asked = 0;
  const Sign<std::string> other{&kWeak, {}, [&] {
                                  ++asked;
                                  return Things{"b"};
                                }};
  EXPECT_EQ(picked(likeliest<std::string>({other, sign(kStrong, {"a"}, "a")})),
            "a: it is called 'a'");
  EXPECT_EQ(asked, 0);
}

}  // namespace
}  // namespace fnlint::test
