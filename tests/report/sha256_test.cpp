// Vectors of FIPS 180-4, and lengths at which the padding changes.
#include "report/sha256.h"

#include <gtest/gtest.h>

#include <utility>

namespace fnlint::sha256_test {
namespace {

TEST(Sha256, GivesWhatTheStandardGives) {
  EXPECT_EQ(sha256_base64(""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(sha256_base64("abc"), "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  EXPECT_EQ(sha256_base64("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "JI1qYdIGOLjlwCaTDD5gOaM85Flk/yFn9uzt1BnbBsE=");
}

TEST(Sha256, PadsTextsOfEveryLength) {
  const std::pair<std::size_t, std::string_view> rows[] = {
      {55U, "n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg="},
      {56U, "s1Q5pKxvCUi21vnjxq8PX1kM4g8b3nCQ73lwaG7Gc4o="},
      {63U, "fT50oF19sVvOStnsBljqmOPwbu7PFrTG//LaRX3cLzQ="},
      {64U, "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs="},
      {65U, "Y1NhxIu56rFBmOduqKt/GkFoXWrWKqkUbTAdTxfrCuA="},
      {1000U, "Qe3s5C1j6Nm/UVqbppMuHCDLyfWl0TRkWttdsblzfqM="},
  };
  for (const auto& [length, expected] : rows)
    EXPECT_EQ(sha256_base64(std::string(length, 'a')), expected) << length;
}

}  // namespace
}  // namespace fnlint::sha256_test
