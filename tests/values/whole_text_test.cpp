// Full words for values, where messages may cut.

#include "values/whole_text.h"

#include "values/type_names.h"
#include "values/yes_no.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace fnlint {
namespace {

TEST(WholeWords, TellApartWhatMessagesCut) {
  ValuePool pool;
  const std::string same(300, 'x');
  const ValueId one = pool.text_value(same + "1"), other = pool.text_value(same + "2");
  EXPECT_EQ(describe(pool, one), describe(pool, other));
  EXPECT_EQ(whole_words(pool, one), same + "1");
  EXPECT_NE(whole_words(pool, one), whole_words(pool, other));
  EXPECT_EQ(whole_words(pool, pool.number(5)), describe(pool, pool.number(5)));
}

TEST(WholeWords, EndWhereEqualPartsMakeThemGrow) {
  ValuePool pool;
  ValueId value = pool.hole(Origin::Outside, "x");
  for (int i = 0; i < 64; ++i) value = pool.list(std::array{value, value});
  const ValueId other = pool.list(std::array{value, pool.null()});
  EXPECT_LT(whole_words(pool, value).size(), 10'000U);
  EXPECT_NE(whole_words(pool, value), whole_words(pool, other));
}

TEST(YesNo, AreWrittenAsLiteralsOrTexts) {
  ValuePool pool;
  EXPECT_TRUE(is_yes(pool, pool.boolean(true)) && is_yes(pool, pool.text_value("True")));
  EXPECT_TRUE(is_no(pool, pool.boolean(false)) && is_no(pool, pool.text_value("false")));
  const ValueId some = pool.hole(Origin::TemplateInput, "false");
  for (const ValueId neither : {some, pool.text_value("0"), pool.null(), ValueId{}})
    EXPECT_FALSE(is_yes(pool, neither) || is_no(pool, neither));
}

TEST(TypeNames, AreWhole) {
  for (const char* number :
       {"int", "decimal.Decimal", "float64", "java.math.BigInteger", "Integer"})
    EXPECT_TRUE(is_number_type(number)) << number;
  for (const char* other : {"shapely.geometry.Point", "Blueprint", "str", "numbering.Rule", ""})
    EXPECT_FALSE(is_number_type(other)) << other;
}

}  // namespace
}  // namespace fnlint
