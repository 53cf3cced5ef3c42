// data/resource_schemas.yaml is made by a script: what it says has to be usable as it stands.
#include "tables/schemas.h"

#include <gtest/gtest.h>
#include <re2/re2.h>

namespace fnlint {
namespace {

TEST(ResourceSchemas, PatternsAreRegularExpressions) {
  std::size_t patterns = 0;
  for (const SchemaShape& shape : schema_shapes()) {
    if (shape.pattern.empty()) continue;
    ++patterns;
    const re2::RE2 form(re2::StringPiece(shape.pattern.data(), shape.pattern.size()));
    EXPECT_TRUE(form.ok()) << shape.pattern << ": " << form.error();
  }
  EXPECT_GT(patterns, 50U);
}

TEST(ResourceSchemas, RangesAreNotEmpty) {
  for (const SchemaShape& shape : schema_shapes()) EXPECT_LE(shape.least, shape.most);
}

TEST(ResourceSchemas, AFunctionNeedsItsCodeAndRole) {
  const ResourceSchema* function = find_resource_schema("AWS::Lambda::Function");
  ASSERT_NE(function, nullptr);
  std::vector<std::string_view> required;
  for (const SchemaProperty& property : schema_shape(function->shape).properties)
    if (property.required) required.push_back(property.name);
  EXPECT_EQ(required, (std::vector<std::string_view>{"Code", "Role"}));
  EXPECT_EQ(find_resource_schema("AWS::Lambda::Functions"), nullptr);
}

}  // namespace
}  // namespace fnlint
