// The JSON form of linked stacks.

#include "link/templates/stacks_json.h"

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

TEST(StacksJson, ShowsWhatIsKnownAsItIsAndTheRestInWords) {
  StackProject project;
  project.file("template.yaml",
               "Parameters: {P: {Type: String, Default: x}}\n"
               "Conditions: {C: !Equals [!Ref P, y]}\n"
               "Resources:\n"
               "  Q:\n"
               "    Type: AWS::SQS::Queue\n"
               "    Properties: {A: 1, B: !Ref P, C: !If [C, 1, 2], D: !Sub 'a-${AWS::Region}', E: "
               "!Ref Q}\n");
  const auto json = stacks_json(project.pool(), project.stacks());
  const auto& properties = json["resources"][0]["properties"];
  EXPECT_EQ(properties["A"].dump(), R"({"value":1})");
  EXPECT_EQ(properties["B"].dump(), R"({"value":{"overridable":"x"}})");
  EXPECT_EQ(properties["C"].dump(), R"({"value":{"oneOf":[{"value":1,"when":"if P is y"},)"
                                    R"({"value":2,"when":"if P is not y"}]}})");
  EXPECT_EQ(properties["D"].dump(), R"({"value":{"pattern":"a-${AWS::Region}"}})");
  EXPECT_EQ(properties["E"].dump(), R"({"value":{"resource":"Q","attribute":""}})");
}

TEST(StacksJson, HasPlacesWhereTheyAreAskedFor) {
  StackProject project("  Q: {Type: AWS::SQS::Queue}\n");
  const auto json = stacks_json(project.pool(), project.stacks(), [](Span at) {
    return nlohmann::ordered_json(at.range.end - at.range.begin);
  });
  EXPECT_EQ(json["resources"][0]["place"].dump(), "1");
}

}  // namespace
}  // namespace fnlint::test
