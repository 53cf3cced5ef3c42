// Settings of Amazon's .NET tools in template form.

#include "frontends/templates/lambda_tools.h"

#include <gtest/gtest.h>

#include <string>

namespace fnlint {
namespace {

TEST(LambdaTools, NamesTheHandlerOfAFunctionAlone) {
  EXPECT_EQ(handler_of_lambda_tools(R"({"function-handler": "A::A.F::Run"})"), "A::A.F::Run");
  EXPECT_EQ(handler_of_lambda_tools(R"({"function-handler": "A", "template": "t.yaml"})"),
            std::nullopt);
  EXPECT_EQ(handler_of_lambda_tools(R"({"framework": "net8.0"})"), std::nullopt);
  EXPECT_EQ(handler_of_lambda_tools("[1"), std::nullopt);
}

TEST(LambdaTools, BrokenTextIsReadAsFarAsItGoes) {
  const std::string text =
      R"({"function-handler": "A::A.F::Run", "function-timeout": 30, "function-architecture": "arm64"})";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const TemplateFacts facts =
        template_of_lambda_tools(std::string_view(text).substr(0, length), {.address = "F"});
    EXPECT_EQ(facts.dialect, TemplateDialect::HandlerCode);
    EXPECT_FALSE(facts.complete);
    EXPECT_EQ(facts.declarations.size(), 1U);
  }
}

}  // namespace
}  // namespace fnlint
