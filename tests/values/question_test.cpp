// Questions about texts with holes, compared with brute force.

#include "values/question.h"

#include "tests/values/values_test.h"
#include "values/alignment.h"

#include <random>

namespace fnlint {
namespace {

Piece literal(std::string_view text) { return {text, {}, false}; }
Piece any(std::string_view excludes = {}) { return {{}, excludes, true}; }

Answer ask(std::initializer_list<Piece> pieces, std::string_view glob) {
  return matches(std::span(pieces.begin(), pieces.size()), glob);
}

TEST(Question, of_a_literal_is_the_glob) {
  EXPECT_EQ(ask({literal("uploads/a.jpg")}, "uploads/*"), Answer::Yes);
  EXPECT_EQ(ask({literal("uploads/a.jpg")}, "*.jpg"), Answer::Yes);
  EXPECT_EQ(ask({literal("uploads/a.jpg")}, "*.png"), Answer::No);
  EXPECT_EQ(ask({literal("a")}, "?"), Answer::Yes);
  EXPECT_EQ(ask({literal("")}, "?"), Answer::No);
  EXPECT_EQ(ask({}, "*"), Answer::Yes);
}

TEST(Question, is_settled_by_literal_ends) {
  EXPECT_EQ(ask({literal("uploads/"), any()}, "uploads/*"), Answer::Yes);
  EXPECT_EQ(ask({literal("uploads/"), any()}, "thumbs/*"), Answer::No);
  EXPECT_EQ(ask({literal("up"), any()}, "uploads/*"), Answer::Unknown);
  EXPECT_EQ(ask({any(), literal(".jpg")}, "*.jpg"), Answer::Yes);
  EXPECT_EQ(ask({any(), literal(".png")}, "*.jpg"), Answer::No);
  EXPECT_EQ(ask({any()}, "*"), Answer::Yes);
}

TEST(Question, of_a_glob_without_a_star_is_equality) {
  EXPECT_EQ(ask({literal("a-"), any(), literal("-b")}, "a-x-b"), Answer::Unknown);
  EXPECT_EQ(ask({literal("a-"), any(), literal("-b")}, "a-b"), Answer::No);
  EXPECT_EQ(ask({literal("a-"), any()}, "b-x"), Answer::No);
}

TEST(Question, knows_what_a_hole_cannot_hold) {
  EXPECT_EQ(ask({any("/"), literal(".jpg")}, "uploads/*"), Answer::No);
  EXPECT_EQ(ask({any("/"), literal("/x")}, "uploads/*"), Answer::Unknown);
}

TEST(Question, walks_where_stars_stand_between_literals) {
  const Piece account = any("/:.*_ ");
  EXPECT_EQ(ask({literal("arn:aws:dynamodb:eu-west-1:"), account, literal(":table/orders")},
                "arn:aws:dynamodb:*:*:table/orders"),
            Answer::Yes);
  EXPECT_EQ(ask({literal("arn:aws:dynamodb:eu-west-1:"), account, literal(":table/orders")},
                "arn:aws:dynamodb:*:*:table/carts*"),
            Answer::No);
  EXPECT_EQ(ask({literal("a"), any(), literal("b")}, "a*c*b"), Answer::Unknown);
}

TEST(Question, gives_up_over_its_budget) {
  const std::string glob = "*a?????????????????????????b*";
  EXPECT_EQ(matches(std::array{any(), literal("aaab")}, glob, 16), Answer::Unknown);
}

TEST(Question, of_a_part_is_contains) {
  const std::array pieces{literal("in/"), any("/"), literal(".jpg")};
  EXPECT_EQ(contains(pieces, "in"), Answer::Yes);
  EXPECT_EQ(contains(pieces, "raw/"), Answer::No);
  EXPECT_EQ(contains(pieces, "raw"), Answer::Unknown);
  EXPECT_EQ(contains(pieces, ""), Answer::Yes);
}

TEST(Question, of_equality_takes_stars_as_they_are) {
  EXPECT_EQ(equals(std::array{literal("a*")}, "a*"), Answer::Yes);
  EXPECT_EQ(equals(std::array{literal("ab")}, "a*"), Answer::No);
}

TEST(Question, of_a_wildcard_reads_escapes) {
  EXPECT_EQ(matches_wildcard(std::array{literal("a*b")}, "a\\*b"), Answer::Yes);
  EXPECT_EQ(matches_wildcard(std::array{literal("axb")}, "a\\*b"), Answer::No);
  EXPECT_EQ(matches_wildcard(std::array{literal("a\\b")}, "a\\\\*"), Answer::Yes);
  EXPECT_EQ(matches_wildcard(std::array{literal("a?b")}, "a?b"), Answer::Yes);
  EXPECT_EQ(matches_wildcard(std::array{literal("axb")}, "a?b"), Answer::No);
}

class Pieces : public ValuesTest {};

TEST_F(Pieces, of_a_value_are_its_texts_and_holes) {
  const std::vector<Piece> pieces =
      pieces_of(pool, concat({text("a/"), call("basename", {hole("h")}), text(".b")}));
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[0].text, "a/");
  EXPECT_TRUE(pieces[1].hole);
  EXPECT_EQ(pieces[1].excludes, "/");
  EXPECT_EQ(pieces[2].text, ".b");
}

// --- Against brute force: every text of up to four letters in each hole.

bool glob_matches(std::string_view text, std::string_view glob) {
  if (glob.empty()) return text.empty();
  if (glob[0] == '*') {
    for (std::size_t i = 0; i <= text.size(); ++i)
      if (glob_matches(text.substr(i), glob.substr(1))) return true;
    return false;
  }
  return !text.empty() && (glob[0] == '?' || glob[0] == text[0]) &&
         glob_matches(text.substr(1), glob.substr(1));
}

std::vector<std::string> all_texts(std::size_t longest) {
  std::vector<std::string> all{""};
  std::size_t begin = 0;
  for (std::size_t length = 0; length < longest; ++length) {
    const std::size_t end = all.size();
    for (; begin < end; ++begin)
      for (const char c : {'a', 'b', '/', 'z'}) all.push_back(all[begin] + c);
  }
  return all;
}

struct Case {
  std::vector<std::string> texts = {};
  std::vector<Piece> pieces = {};
  std::size_t holes = 0;
};

// Whether some text of the pieces matches, and whether some does not.
struct Outcomes {
  bool yes = false, no = false;
};
template <class Match>
void try_all(const Case& one, const std::vector<std::string>& fillings, std::size_t at,
             const std::string& text, const Match& match, Outcomes& outcomes) {
  if (outcomes.yes && outcomes.no) return;
  if (at == one.pieces.size()) {
    (match(text) ? outcomes.yes : outcomes.no) = true;
    return;
  }
  const Piece& piece = one.pieces[at];
  if (!piece.hole)
    return try_all(one, fillings, at + 1, text + std::string(piece.text), match, outcomes);
  for (const std::string& filling : fillings) {
    if (one.holes > 1 && filling.size() > 3) break;
    if (filling.find_first_of(piece.excludes) != std::string::npos) continue;
    try_all(one, fillings, at + 1, text + filling, match, outcomes);
  }
}

Case random_case(std::mt19937& random) {
  constexpr std::string_view kLetters = "ab/";
  Case one;
  one.texts.reserve(8);  // views of them are taken
  const std::size_t pieces = 1 + random() % 3;
  for (std::size_t i = 0; i < pieces; ++i) {
    if (random() % 2 == 0 && one.holes < 2) {
      one.pieces.push_back(any(random() % 2 == 0 ? "" : "/"));
      ++one.holes;
      continue;
    }
    std::string text;
    for (std::size_t j = random() % 3; j > 0; --j) text += kLetters[random() % 3];
    one.texts.push_back(text);
    one.pieces.push_back(literal(one.texts.back()));
  }
  return one;
}

void expect_exact(const Case& one, const Outcomes& outcomes, Answer answer, std::string_view what) {
  const Answer expected = outcomes.yes && outcomes.no ? Answer::Unknown
                          : outcomes.yes              ? Answer::Yes
                                                      : Answer::No;
  std::string shown;
  for (const Piece& piece : one.pieces)
    shown += piece.hole ? "{" + std::string(piece.excludes) + "}" : std::string(piece.text);
  ASSERT_EQ(answer, expected) << shown << " against " << what;
}

TEST(QuestionProperty, agrees_with_brute_force) {
  std::mt19937 random(7);  // NOLINT: the same cases on every run
  const std::vector<std::string> fillings = all_texts(4);
  constexpr std::string_view kGlob = "ab/*?";
  for (int trial = 0; trial < 3000; ++trial) {
    const Case one = random_case(random);
    std::string glob;
    const std::size_t longest = one.holes > 1 ? 3 : 4;  // as far as two short fillings reach
    for (std::size_t j = random() % (longest + 1); j > 0; --j) glob += kGlob[random() % 5];
    Outcomes outcomes;
    try_all(
        one, fillings, 0, "", [&](const std::string& text) { return glob_matches(text, glob); },
        outcomes);
    expect_exact(one, outcomes, matches(one.pieces, glob), glob);
  }
}

TEST(QuestionProperty, agrees_with_brute_force_on_the_simple_questions) {
  std::mt19937 random(11);  // NOLINT: the same cases on every run
  const std::vector<std::string> fillings = all_texts(4);
  for (int trial = 0; trial < 1000; ++trial) {
    const Case one = random_case(random);
    std::string part;
    for (std::size_t j = random() % 4; j > 0; --j) part += "ab/"[random() % 3];
    Outcomes starts, ends, holds, same;
    try_all(
        one, fillings, 0, "", [&](const std::string& t) { return t.starts_with(part); }, starts);
    try_all(
        one, fillings, 0, "", [&](const std::string& t) { return t.ends_with(part); }, ends);
    try_all(
        one, fillings, 0, "",
        [&](const std::string& t) { return t.find(part) != std::string::npos; }, holds);
    try_all(
        one, fillings, 0, "", [&](const std::string& t) { return t == part; }, same);
    expect_exact(one, starts, starts_with(one.pieces, part), "start " + part);
    expect_exact(one, ends, ends_with(one.pieces, part), "end " + part);
    expect_exact(one, holds, contains(one.pieces, part), "part " + part);
    expect_exact(one, same, equals(one.pieces, part), "whole " + part);
  }
}

}  // namespace
}  // namespace fnlint
