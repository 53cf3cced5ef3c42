// Computing with holes and filling them, in either order: the results must agree.

#include "tests/values/values_test.h"

#include <random>

namespace fnlint {
namespace {

// What is computed of a text with holes has to be true of every text that the holes may hold: the
// function of the filled text is compared with the filled result.
class Soundness : public ValuesTest {
 protected:
  std::mt19937 random{3};  // NOLINT: the same cases on every run

  std::size_t below(std::size_t limit) { return random() % limit; }
  std::string letters(std::string_view alphabet, std::size_t longest, std::size_t shortest = 0) {
    std::string out;
    for (std::size_t n = shortest + below(longest + 1 - shortest); n > 0; --n)
      out += alphabet[below(alphabet.size())];
    return out;
  }
  ValueId random_pattern(std::string_view alphabet) {
    std::vector<ValueId> parts;
    const std::size_t count = 1 + below(4);
    for (std::size_t i = 0; i < count; ++i)
      parts.push_back(below(2) == 0 ? text(letters(alphabet, 4)) : hole(below(2) == 0 ? "x" : "y"));
    return pool.concat(parts);
  }
  ValueId filled(ValueId value, const std::string& x, const std::string& y) {
    const Substitution substitution{
        .leaf = [&](ValueId leaf) { return text(pool.text(leaf) == "x" ? x : y); },
        .recompute = {}};
    return Substituter(pool, substitution)(value);
  }
  // One function on one pattern, with several fillings.
  void check(std::string_view function, ValueId subject, std::vector<ValueId> others,
             std::string_view alphabet, std::size_t shortest = 0) {
    others.insert(others.begin(), subject);
    const ValueId symbolic = compute(pool, function, others);
    for (int i = 0; i < 6; ++i) {
      const std::string x = letters(alphabet, 4, shortest), y = letters(alphabet, 4, shortest);
      others[0] = filled(subject, x, y);
      const ValueId exact = compute(pool, function, others);
      const ValueId late = filled(symbolic, x, y);
      ASSERT_NE(equal(pool, late, exact), Answer::No)
          << function << " of " << show(subject) << " is " << show(symbolic) << "; with x = " << x
          << ", y = " << y << " it should be " << show(exact) << " and is " << show(late);
      if (kind(exact) != ValueKind::Text) continue;
      ASSERT_NE(equal(pool, symbolic, exact), Answer::No)
          << function << " of " << show(subject) << " is " << show(symbolic) << "; with x = " << x
          << ", y = " << y << " it should be " << show(exact);
    }
  }
};

TEST_F(Soundness, of_replacing) {
  for (int i = 0; i < 500; ++i) {
    const std::string old = letters("ab/", 3);
    check("replace", random_pattern("ab/"), {text(old), text(letters("ab/c", 3))}, "ab/");
  }
}

TEST_F(Soundness, of_stripping) {
  for (int i = 0; i < 300; ++i) {
    const ValueId some = text(letters("ab/", 3));
    for (const char* function : {"strip", "lstrip", "rstrip", "strip_prefix", "strip_suffix"})
      check(function, random_pattern("ab/"), {some}, "ab/");
  }
}

TEST_F(Soundness, of_regular_expressions_at_an_end) {
  for (int i = 0; i < 300; ++i) {
    const std::string some = letters("ab", 3);
    check("regex_replace", random_pattern("ab"), {text("^" + some), text(letters("abc", 2))}, "ab");
    check("regex_replace", random_pattern("ab"), {text(some + "$"), text(letters("abc", 2))}, "ab");
  }
}

TEST_F(Soundness, of_paths) {
  for (int i = 0; i < 500; ++i) {
    check("basename", random_pattern("ab/."), {}, "ab/.");
    // A hole is taken not to be empty where a dot or a slash behind it would begin a path.
    check("dirname", random_pattern("ab/."), {}, "ab/.", 1);
    for (const char* function : {"extension", "without_extension", "stem"})
      check(function, random_pattern("ab/."), {}, "ab", 1);
  }
}

TEST_F(Soundness, of_case) {
  for (int i = 0; i < 500; ++i)
    for (const char* function : {"lower", "upper"})
      check(function, random_pattern("aB/"), {}, "aB/");
}

TEST_F(Soundness, of_items_of_a_split) {
  for (int i = 0; i < 500; ++i) {
    const ValueId separator = text(below(4) == 0 ? "/a" : "/");
    const ValueId subject = random_pattern("ab/");
    const ValueId at = number(static_cast<std::int64_t>(below(5)) - 2);
    const bool limited = below(2) == 0;
    const char* function = below(2) == 0 ? "split" : "rsplit";
    const auto item = [&](ValueId of) {
      return index(
          pool,
          limited ? call(function, {of, separator, number(1)}) : call(function, {of, separator}),
          at);
    };
    const ValueId symbolic = item(subject);
    for (int j = 0; j < 6; ++j) {
      const std::string x = letters("ab/", 4), y = letters("ab/", 4);
      const ValueId exact = item(filled(subject, x, y));
      if (kind(exact) == ValueKind::Absent) continue;  // a program would have stopped
      ASSERT_NE(equal(pool, filled(symbolic, x, y), exact), Answer::No)
          << show(subject) << " " << function << " [" << show(at) << "] " << show(symbolic)
          << "; x = " << x << ", y = " << y << ": " << show(exact);
      ASSERT_NE(equal(pool, symbolic, exact), Answer::No)
          << show(subject) << " " << function << " [" << show(at) << "] " << show(symbolic)
          << "; x = " << x << ", y = " << y << ": " << show(exact);
    }
  }
}

TEST_F(Soundness, of_slices) {
  for (int i = 0; i < 500; ++i) {
    const ValueId subject = random_pattern("ab/");
    const auto bound = [&] { return number(static_cast<std::int64_t>(below(9)) - 4); };
    const ValueId from = below(4) == 0 ? pool.absent() : bound();
    const ValueId to = below(2) == 0 ? pool.absent() : bound();
    check("part", subject, {from, to}, "ab/");
  }
}

TEST_F(Soundness, of_tests) {
  for (int i = 0; i < 700; ++i) {
    const ValueId subject = random_pattern("ab/"), other = random_pattern("ab/");
    for (const char* test : {"starts_with", "ends_with", "contains", "equal", "not_equal"}) {
      const Answer answer = ask(test, {subject, other});
      if (answer == Answer::Unknown) continue;
      for (int j = 0; j < 8; ++j) {
        const std::string x = letters("ab/", 3), y = letters("ab/", 3);
        ASSERT_EQ(ask(test, {filled(subject, x, y), filled(other, x, y)}), answer)
            << test << " " << show(subject) << " " << show(other) << "; x = " << x << ", y = " << y;
      }
    }
  }
}

}  // namespace
}  // namespace fnlint
