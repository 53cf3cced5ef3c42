#include "values/size.h"

#include "values/compute.h"

#include <array>
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace fnlint
