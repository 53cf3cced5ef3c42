// Templates of handlers that no template names: open in all that is not said.

#include "frontends/templates/handler_code.h"

#include <gtest/gtest.h>

#include <vector>

namespace fnlint {
namespace {

TEST(HandlerCode, LeavesOpenWhatItDoesNotSay) {
  const DeployedHandler row{.address = "app.handler", .handler = "app.handler", .code = "."};
  const TemplateFacts facts = template_of_handlers(std::vector{row});
  EXPECT_EQ(facts.dialect, TemplateDialect::HandlerCode);
  EXPECT_FALSE(facts.complete);
  ASSERT_EQ(facts.declarations.size(), 1U);
  EXPECT_EQ(facts.string(facts.declarations[0].address), "app.handler");
}

}  // namespace
}  // namespace fnlint
