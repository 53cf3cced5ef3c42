// The order in which a call finds out whose it is: a contract, for what an earlier step takes no
// later one sees.
#include "flow/calls/dispatch.h"

#include "support.h"

#include <gtest/gtest.h>

namespace fnlint::testing {
namespace {

TEST(Dispatch, AMethodIsTriedInThisOrder) {
  using enum MethodStep;
  const std::vector<MethodStep> expected{
      QuestionOfNothing,
      Conditions,
      EntryByKey,
      Alternatives,
      DeclaredOwn,
      Event,
      Function,
      OpenFunction,
      Component,
      LookUp,
      Attribute,
      Accessor,
      Promoted,
      Own,
      BaseConstructor,
      CallableObject,
      KeptLibrary,
      Super,
      Generated,
      Extension,
      ComputingBase,
  };
  EXPECT_EQ(steps_of_method_call(), expected);
}

TEST(Dispatch, ACallOfALibraryIsTriedInThisOrder) {
  using enum LibraryStep;
  const std::vector<LibraryStep> expected{
      Reference,
      Row,
      Fluent,
      LookUp,
      Declared,
      PerhapsOwn,
      RowByName,
      DeclaredOfLibrary,
      UnknownLibrary,
  };
  EXPECT_EQ(steps_of_library_call(), expected);
}

// The project's own method goes before the row of its name, which would store something.
TEST(Dispatch, AnOwnMethodIsNotTakenForACollectionsOfItsName) {
  auto program = LittleProgram::python({{"app", R"(
import boto3
s3 = boto3.client("s3")
class Box:
    def append(self, key):
        s3.put_object(Bucket="b", Key=key)
def handler(event, context):
    Box().append(event["key"])
)"}});
  EXPECT_EQ(program.run("app", "handler"),
            "effect s3.PutObject target b key event key\nreturns null\n");
}

// An entry that an object holds as a function goes before the method that all functions have.
TEST(Dispatch, AFunctionIsCalledByItsOwnMethodBeforeItsMembersAreLookedUp) {
  auto program = LittleProgram::javascript({{"app", R"(
const { S3 } = require("@aws-sdk/client-s3");
const s3 = new S3({});
function save(key) { return s3.putObject({ Bucket: "b", Key: key }); }
exports.handler = async (event) => { await save.call(null, event.key); };
)"}});
  const std::string text = program.run("app", "handler");
  EXPECT_NE(text.find("effect s3.PutObject target b key event key"), std::string::npos) << text;
}

}  // namespace
}  // namespace fnlint::testing
