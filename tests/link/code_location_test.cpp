// Where the code of functions and layers lies, by each way of naming it.

#include "tests/link/stacks.h"

#include <gtest/gtest.h>

namespace fnlint::test::code_location_test {
namespace {

// Where the code of a function of app/template.yaml lies.
StackProject project_with(std::string_view type, std::string_view properties,
                          std::string_view attributes = "") {
  StackProject project;
  project.file("app/template.yaml",
               cat(StackProject::kSam,
                   "Parameters: {P: {Type: String}, D: {Type: String, Default: src}}\n"
                   "Resources:\n"
                   "  F:\n"
                   "    Type: ",
                   type, "\n", attributes, "    Properties: ", properties, "\n"));
  project.file("app/src/app.py", "").file("app/built.zip", "").file("app/one.py", "");
  project.file("shared/app.py", "").file("app/image/Dockerfile", "");
  return project;
}

std::string code(std::string_view type, std::string_view properties,
                 std::string_view attributes = "") {
  StackProject project = project_with(type, properties, attributes);
  const std::string line = project.lines("function F");
  const std::size_t at = line.find("complete by default, ");
  const std::string found =
      at == line.npos ? line.substr(line.rfind("no role, ") + 9) : line.substr(at + 21);
  return found.substr(0, found.find('\n'));
}
std::string sam(std::string_view properties, std::string_view attributes = "") {
  return code("AWS::Serverless::Function", properties, attributes);
}
std::string cfn(std::string_view value, std::string_view attributes = "") {
  return code("AWS::Lambda::Function", cat("{Code: ", value, "}"), attributes);
}

TEST(CodeLocation, FoldersFilesAndArchives) {
  EXPECT_EQ(sam("{CodeUri: src/}"), "folder app/src, built");
  EXPECT_EQ(sam("{CodeUri: ./src}"), "folder app/src, built");
  EXPECT_EQ(sam("{CodeUri: built.zip}"), "zip app/built.zip");
  EXPECT_EQ(cfn("src"), "folder app/src");
  EXPECT_EQ(cfn("one.py"), "file app/one.py");
}

TEST(CodeLocation, TheTemplatesOwnFolder) {
  for (const std::string_view properties : {"{CodeUri: .}", "{CodeUri: ''}", "{Timeout: 3}"})
    EXPECT_EQ(sam(properties), "folder app, built") << properties;
}

TEST(CodeLocation, AFolderAboveStaysBelowTheRoot) {
  EXPECT_EQ(sam("{CodeUri: ../shared}"), "folder shared, built");
  EXPECT_EQ(sam("{CodeUri: ../../out}"), "unknown ../out: ../../out lies outside of the root");
}

TEST(CodeLocation, WhatABuildMakesLaterIsUnknownButNamed) {
  EXPECT_EQ(sam("{CodeUri: dist/}"), "unknown app/dist: dist/ is not there; a build may make it");
}

TEST(CodeLocation, S3IsRemote) {
  EXPECT_EQ(sam("{CodeUri: 's3://b/k.zip'}"), "remote: the code is at s3://b/k.zip");
  EXPECT_EQ(sam("{CodeUri: {Bucket: b, Key: !Ref P}}"), "remote: the code is in S3: b/parameter P");
  EXPECT_EQ(cfn("{S3Bucket: b, S3Key: k}"), "remote: the code is in S3: b/k");
}

TEST(CodeLocation, ParametersAreFollowedAsFarAsTheyGo) {
  EXPECT_EQ(sam("{CodeUri: !Ref D}"), "folder app/src, built");
  EXPECT_EQ(sam("{CodeUri: !Ref P}"), "unknown: the code's place is parameter P");
}

// What the template has where a text stands in a function's inline code.
std::string template_at(StackProject& project, std::string_view text) {
  const CodeLocation& code = project.function("F")->code;
  const std::size_t at = code.inline_text.find(text);
  std::uint32_t place = 0;
  for (const TextPlace& row : code.places)
    if (row.text_begin <= at)
      place = row.file_begin + static_cast<std::uint32_t>(at) - row.text_begin;
  return std::string(project.text_at(
      {code.inline_file, {place, place + static_cast<std::uint32_t>(text.size())}}));
}

constexpr std::string_view kInlineFunction =
    "Resources:\n"
    "  F:\n"
    "    Type: AWS::Lambda::Function\n"
    "    Properties:\n"
    "      Code:\n";

TEST(CodeLocation, InlineCodeHasItsPlacesInTheTemplate) {
  StackProject project;
  project.file("template.yaml", cat(kInlineFunction,
                                    "        ZipFile: |\n"
                                    "          import os\n"
                                    "          x = 1\n"));
  EXPECT_EQ(project.function("F")->code.inline_text, "import os\nx = 1\n");
  EXPECT_EQ(template_at(project, "x = 1"), "x = 1");
}

TEST(CodeLocation, InlineCodeHasItsPlacesBehindWhatADeploymentGives) {
  StackProject project;
  project.file("template.yaml", cat(kInlineFunction,
                                    "        ZipFile: !Sub |\n"
                                    "          a = ${AWS::AccountId}\n"
                                    "          b = '${AWS::Region}'; x = 1\n"
                                    "          y = 2\n"));
  EXPECT_EQ(project.function("F")->code.inline_text,
            "a = unknown_value\nb = '${AWS::Region}'; x = 1\ny = 2\n");
  EXPECT_EQ(template_at(project, "b = "), "b = ");
  EXPECT_EQ(template_at(project, "x = 1"), "x = 1");
  EXPECT_EQ(template_at(project, "y = 2"), "y = 2");
}

TEST(CodeLocation, InlineCodeThatIsPutTogether) {
  EXPECT_EQ(cfn("{ZipFile: !Sub 'bucket = \"${D}\"; region = \"${AWS::Region}\"'}"),
            R"(inline "bucket = \"src\"; region = \"${AWS::Region}\"")");
  EXPECT_EQ(cfn("{ZipFile: !Join [\"\\n\", ['import os', 'x = 1']]}"),
            R"(inline "import os\nx = 1")");
  EXPECT_EQ(sam("{InlineCode: 'x = 1'}"), R"(inline "x = 1")");
}

// What stands outside of quotes would be no program as it is written.
TEST(CodeLocation, InlineCodeWithWhatADeploymentGives) {
  EXPECT_EQ(cfn("{ZipFile: !Sub \"days = ${AWS::AccountId}; r = '${AWS::Region}'\"}"),
            R"(inline "days = unknown_value; r = '${AWS::Region}'")");
  EXPECT_EQ(cfn("{ZipFile: !Sub 'const s = `${AWS::Region}`'}"),
            R"(inline "const s = `unknown_value`")");
  EXPECT_EQ(cfn("{ZipFile: !Sub 'x = ${Nothing}'}"),
            "unknown: a part of the inline code cannot be determined: nothing is named Nothing");
}

TEST(CodeLocation, Images) {
  EXPECT_EQ(sam("{PackageType: Image}",
                "    Metadata: {Dockerfile: Dockerfile, DockerContext: ./image}\n"),
            "image app/image, built");
  EXPECT_EQ(sam("{PackageType: Image, ImageUri: 'a/b:1'}"),
            "image: no Dockerfile is known to make the image");
  EXPECT_TRUE(
      project_with("AWS::Serverless::Function", "{PackageType: Image}").function("F")->image);
  EXPECT_EQ(cfn("{ImageUri: 'a/b:1'}"), "image: no Dockerfile is known to make the image");
}

TEST(CodeLocation, BuildMetadata) {
  EXPECT_EQ(sam("{CodeUri: src}",
                "    Metadata: {BuildMethod: esbuild, BuildProperties: {EntryPoints: [app.ts], "
                "External: ['@aws-sdk/*']}}\n"),
            "folder app/src, built, by esbuild, entry app.ts, external @aws-sdk/*");
  EXPECT_EQ(sam("{CodeUri: src}", "    Metadata: {SkipBuild: true}\n"), "folder app/src");
}

TEST(CodeLocation, CdkAssets) {
  EXPECT_EQ(cfn("{S3Bucket: b, S3Key: k}",
                "    Metadata: {'aws:asset:path': src, 'aws:asset:property': Code}\n"),
            "folder app/src");
}

TEST(CodeLocation, Layers) {
  StackProject project;
  project.file("template.yaml",
               cat(StackProject::kSam,
                   "Resources:\n"
                   "  A: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: deps/}}\n"
                   "  B: {Type: AWS::Lambda::LayerVersion, Properties: {Content: {S3Bucket: b, "
                   "S3Key: k}}}\n"));
  project.file("deps/python/x.py", "");
  EXPECT_EQ(project.lines("layer"),
            "layer A: folder deps, built\nlayer B: remote: the code is in S3: b/k\n");
}

}  // namespace
}  // namespace fnlint::test::code_location_test
