// Names as a compiler resolved them go before what the text alone says.
#include "frontends/source/common/code_text.h"
#include "frontends/source/common/validate.h"
#include "frontends/source/cpp/cpp.h"

#include <gtest/gtest.h>

namespace fnlint::cpp_known_test {
namespace {

std::string lowered(std::string_view source, std::vector<CppName> names) {
  const CodeFacts facts = lower_cpp(source, CppKnown(std::move(names)));
  EXPECT_TRUE(validate(facts).empty());
  return code_text(facts);
}
CppName named(std::string_view source, std::string_view what, CppName::Kind kind,
              std::string_view path) {
  return {static_cast<std::uint32_t>(source.find(what)), kind, std::string(path)};
}

TEST(CppKnown, CalleesHaveTheirWholePath) {
  constexpr std::string_view kSource = "using namespace a; void f() { put(1); }";
  EXPECT_NE(lowered(kSource, {named(kSource, "put", CppName::Kind::Path, "a::b::put")})
                .find("call a.b.put(1)"),
            std::string::npos);
}

TEST(CppKnown, FieldsOfAHeaderAreTheReceivers) {
  constexpr std::string_view kSource = "void Store::put() { run(client); }";
  EXPECT_NE(lowered(kSource, {}).find("call run(client)"), std::string::npos);
  EXPECT_NE(lowered(kSource, {named(kSource, "client", CppName::Kind::Field, "")})
                .find("call run(this.client)"),
            std::string::npos);
}

TEST(CppKnown, VariablesHaveTheClassThatACompilerFound) {
  constexpr std::string_view kSource = "void f() { auto store = make(); store.put(); }";
  EXPECT_NE(lowered(kSource, {named(kSource, "store", CppName::Kind::Type, "a::long_name::Store")})
                .find("a.long_name.Store"),
            std::string::npos);
}

TEST(CppKnown, ATemplatesParameterIsWhatAllItsInstancesHave) {
  constexpr std::string_view kSource = "template <class T> struct Keeper { T client; };";
  EXPECT_NE(lowered(kSource, {named(kSource, "T client", CppName::Kind::Path, "a::Client")})
                .find("a.Client()"),
            std::string::npos);
}

}  // namespace
}  // namespace fnlint::cpp_known_test
