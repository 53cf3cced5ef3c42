// Which texts look like credentials, by form and by name.

#include "values/secret_text.h"

#include <gtest/gtest.h>

#include <array>

namespace fnlint {
namespace {

constexpr std::array<std::string_view, 1> kNeedles{"tok_"};
constexpr std::array<SecretForm, 1> kForms{
    {{.id = "shop-token", .words = "a token", .regex = R"(\btok_([a-z0-9]{16})\b)",
      .needles = kNeedles, .group = 1}}};
constexpr std::array<SecretName, 3> kNames{
    {{.ends = "password", .words = "a password", .chosen = true},
     {.ends = "secret", .words = "a secret", .random = true},
     {.ends = "api_key", .words = "a key"}}};
constexpr std::array<std::string_view, 1> kQualifiers{"prod"};
constexpr std::array<std::string_view, 1> kDeeds{"reset"};
constexpr std::array<std::string_view, 1> kSafe{"^arn:"};
constexpr std::array<std::string_view, 1> kSamples{"(?i)^changeme"};
const SecretTables kTables{.forms = kForms,
                           .names = kNames,
                           .deeds = kDeeds,
                           .qualifiers = kQualifiers,
                           .safe = kSafe,
                           .samples = kSamples};

bool is_secret(std::string_view name, std::string_view text) {
  const auto sign = SecretReader(kTables).read(name, text);
  return sign && (sign->uncertainty & kUncertain) == 0;
}
bool may_be_secret(std::string_view name, std::string_view text) {
  const auto sign = SecretReader(kTables).read(name, text);
  return sign && (sign->uncertainty & kUncertain) != 0;
}

TEST(SecretText, KnowsAFormWhateverTakesIt) {
  EXPECT_TRUE(is_secret("", "sent with tok_q8zr2lxv7mtn4kcj today"));
  EXPECT_FALSE(is_secret("", "tok_xxxxxxxxxxxxxxxx"));  // a placeholder has no entropy
  EXPECT_FALSE(is_secret("", "tok_short"));
}

TEST(SecretText, ReadsNamesInEverySpelling) {
  const SecretReader reader(kTables);
  for (const char* name : {"password", "DB_PASSWORD", "dbPassword", "db-password", "Db.Password",
                           "DB_PASSWORD_PROD"})
    EXPECT_NE(reader.named(name), nullptr) << name;
  for (const char* name : {"passwordless", "PASSWORD_HINT", "nopassword", "", "_"})
    EXPECT_EQ(reader.named(name), nullptr) << name;
}

TEST(SecretText, TakesPasswordsThatPeopleChoose) {
  EXPECT_TRUE(is_secret("password", "Vq7!pLz93hQm"));
  EXPECT_FALSE(is_secret("password", "postgres"));
  EXPECT_FALSE(is_secret("password", "changeme-1"));
  EXPECT_FALSE(is_secret("password", "at least 8 characters, 1 digit"));
  EXPECT_FALSE(is_secret("password", "begin-${}-9"));  // known in part
}

TEST(SecretText, AWordUnderThatNameMayBeThePassword) {
  for (const char* text :
       {"correct-horse-battery", "changeme", "changeme123", "postgres", "123456"})
    EXPECT_TRUE(may_be_secret("ADMIN_PASSWORD", text)) << text;
  EXPECT_TRUE(may_be_secret("resetPassword", "Vq7!pLz93hQm"));  // what is done with one
  for (const char* text : {"12", "arn:aws:ssm:x", "at least eight", ""})
    EXPECT_FALSE(may_be_secret("password", text)) << text;
  EXPECT_FALSE(may_be_secret("secret", "orders"));
}

TEST(SecretText, PathsRoutesAndKeysOfMessagesAreNoPasswords) {
  for (const char* text :
       {"content/resetPassword.hbs", "users/{id}/password", "/auth/reset-password2",
        "auth:password", "errors.password.tooShort", "form.password2", "#password", ":password",
        "@Password", "input[name='password']", "Passwort:", "src\\pages\\Password.tsx"}) {
    EXPECT_FALSE(is_secret("password", text)) << text;
    EXPECT_FALSE(may_be_secret("password", text)) << text;
  }
  for (const char* text : {"Winter2024!", "s3cr3tPass99", "hunter2", "P@ssw0rd", "P@ssword",
                           "Summer.2024", "admin#2024", "Zk/8rT2qL", "g7Kd:92mVxQ"})
    EXPECT_TRUE(is_secret("password", text)) << text;
}

TEST(SecretText, OfWhatMayBeANameTakesOnlyWhatMachinesMake) {
  EXPECT_TRUE(is_secret("secret", "q8Zr2LxV7mTn4KcJ9wPs1BdY"));
  EXPECT_FALSE(is_secret("secret", "acme-prod-OrdersDatabase1"));
  EXPECT_FALSE(is_secret("secret", "ProductionDatabase2024"));
  EXPECT_TRUE(is_secret("apiKey", "DavidsDelightfulDonuts2023"));
  EXPECT_FALSE(is_secret("apiKey", "acme-partner-key-of-2024"));
}

TEST(SecretText, MeasuresEntropyAndOrder) {
  EXPECT_DOUBLE_EQ(entropy_of("aaaa"), 0);
  EXPECT_DOUBLE_EQ(entropy_of("abcd"), 2);
  EXPECT_TRUE(looks_random("9f86d081884c7d659a2feaa0c55ad015"));
  EXPECT_FALSE(looks_random("user-session-token-table-2024"));
  EXPECT_FALSE(looks_random(""));
}

}  // namespace
}  // namespace fnlint
