// That the table of languages has a row for each.

#include "link/resolve/languages.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(Languages, OfAnUnknownOneNothingIsSaid) {
  const LanguageRow& row = language_row(Language::Unknown);
  EXPECT_TRUE(row.words.empty());
  EXPECT_TRUE(row.layer_folder.empty());
  EXPECT_EQ(row.files, nullptr);
}

TEST(Languages, EachHasItsRow) {
  for (const LanguageRow& row : language_rows()) EXPECT_EQ(&language_row(row.language), &row);
}

}  // namespace
}  // namespace fnlint
