// The least number of bytes that a value can have.

#include "values/size.h"

#include "values/compute.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace fnlint {
namespace {

TEST(LeastBytes, CountOnlyWhatIsKnown) {
  ValuePool pool;
  const ValueId hole = pool.hole(Origin::Event, "body");
  const std::array parts{pool.text_value("four"), hole, pool.text_value("seven!!")};
  EXPECT_EQ(least_bytes(pool, pool.concat(parts)), 11U);
  EXPECT_EQ(least_bytes(pool, hole), 0U);
}

TEST(LeastBytes, OfALongTextAreKnownThoughItIsNeverMade) {
  ValuePool pool;
  const std::array operands{pool.text_value("ab"), pool.number(std::int64_t{5'000'000})};
  for (const std::string_view name : {"repeat", "multiply"})
    EXPECT_EQ(least_bytes(pool, compute(pool, name, operands)), 10'000'000U) << name;
}

TEST(LeastBytes, OfARecordAreThoseOfItsJson) {
  ValuePool pool;
  const std::array entries{NamedValue{pool.string("id"), pool.text_value("a1")}};
  EXPECT_EQ(least_bytes(pool, pool.record(entries)), std::string_view(R"({"id":"a1"})").size());
}

// 2^100 texts, were they written out.
TEST(LeastBytes, OfPartsThatStandInManyPlacesAreMeasuredOnce) {
  ValuePool pool;
  ValueId shared = pool.text_value("a");
  for (int i = 0; i < 100; ++i) shared = pool.list(std::array{shared, shared});
  EXPECT_GT(least_bytes(pool, shared), std::uint64_t{1} << 40);
  EXPECT_GT(least_bytes(pool, pool.concat(std::array{shared, shared})), std::uint64_t{1} << 40);
}

TEST(LeastBytes, OfAlternativesAreTheLeast) {
  ValuePool pool;
  EXPECT_EQ(least_bytes(pool, pool.join(pool.text_value("a"), pool.text_value("bcd"))), 1U);
}

// A text that grows too long is kept without its middle, again and again, and no byte is forgotten.
TEST(LeastBytes, OfATextThatIsCutAreThoseOfTheWhole) {
  ValuePool pool;
  const std::string words(300, 'w');
  ValueId text = pool.text_value("");
  for (int i = 0; i < 40; ++i)
    text = pool.concat(std::array{text, pool.text_value(words), pool.hole(Origin::Event, "body")});
  EXPECT_EQ(least_bytes(pool, text), 40U * words.size());
  const std::string long_words(3000, 'w');
  text = pool.text_value("");
  for (int i = 0; i < 4; ++i) text = pool.concat(std::array{text, pool.text_value(long_words)});
  EXPECT_EQ(least_bytes(pool, text), 4U * long_words.size());
}

}  // namespace
}  // namespace fnlint
