// The output of `cdk synth`: stacks, notes, assets, stack traces.

#include "frontends/templates/cloud_assembly.h"

#include <gtest/gtest.h>

namespace fnlint::cloud_assembly_test {
namespace {

constexpr std::string_view kManifest = R"json({"version": "38.0.0", "artifacts": {
  "Media": {"type": "aws:cloudformation:stack", "displayName": "Media",
            "properties": {"templateFile": "Media.template.json"},
            "metadata": {"/Media/Tag/Resource": [
              {"type": "aws:cdk:logicalId", "data": "Tag94437B57",
               "trace": ["new Function (/app/node_modules/aws-cdk-lib/x.js:1:2)",
                         "new Media (/app/lib/media.ts:26:17)"]}]}},
  "Prod-Media": {"type": "aws:cloudformation:stack", "displayName": "Prod/Media (Prod-Media)",
                 "properties": {"templateFile": "sub/Media.template.json"},
                 "additionalMetadataFile": "Media.metadata.json"},
  "assembly-Prod": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "assembly-Prod"}},
  "Tree": {"type": "cdk:tree", "properties": {"file": "tree.json"}}}})json";

TEST(CloudAssembly, AManifestNamesTemplatesStagesAndWhereConstructsWereMade) {
  const CloudAssembly assembly = read_cloud_assembly(kManifest);
  EXPECT_TRUE(assembly.valid);
  ASSERT_EQ(assembly.stacks.size(), 2U);
  EXPECT_EQ(assembly.stacks[0].template_file, "Media.template.json");
  EXPECT_EQ(assembly.stacks[1].path, "Prod/Media");
  EXPECT_EQ(assembly.assemblies, std::vector<std::string>{"assembly-Prod"});
  EXPECT_EQ(assembly.metadata_files, std::vector<std::string>{"Media.metadata.json"});
  ASSERT_EQ(assembly.notes.size(), 1U);
  EXPECT_EQ(assembly.notes[0].path, "Media/Tag/Resource");
  EXPECT_EQ(assembly.notes[0].logical_id, "Tag94437B57");
  ASSERT_EQ(assembly.notes[0].frames.size(), 2U);
  EXPECT_EQ(assembly.notes[0].frames[1].file, "/app/lib/media.ts");
  EXPECT_EQ(assembly.notes[0].frames[1].line, 26U);
  EXPECT_EQ(assembly.notes[0].frames[1].column, 17U);
}

TEST(CloudAssembly, NotesOfAFileOfItsOwnTellWhatNestedStacksAreCalled) {
  const auto notes = read_construct_notes(R"json({
    "/Media/Inner": [{"type": "aws:cdk:templateFile", "data": "MediaInner.nested.template.json"}],
    "/Media/Inner/Worker/Resource": [
      {"type": "aws:cdk:logicalId", "data": "Worker11F36D0F"},
      {"type": "aws:cdk:creationStack", "data": ["...new Function2 in aws-cdk-lib...",
        "new Inner (/app/lib/media.ts:14:20)", "(no user code in 10 frames)"]}],
    "/Media/Tag": [{"type": "aws:cdk:warning", "data": "x"}]})json");
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].template_file, "MediaInner.nested.template.json");
  EXPECT_EQ(notes[1].logical_id, "Worker11F36D0F");
  ASSERT_EQ(notes[1].frames.size(), 1U);
  EXPECT_EQ(notes[1].frames[0].line, 14U);
}

TEST(CloudAssembly, AssetsNameTheTemplatesOfNestedStacks) {
  EXPECT_EQ(read_nested_templates(R"json({"version": "38.0.0", "files": {
    "96ab": {"source": {"path": "MediaInner.nested.template.json", "packaging": "file"}},
    "77cd": {"source": {"path": "asset.77cd", "packaging": "zip"}},
    "11ef": {"source": {"path": "../Other.nested.template.json"}}, "x": 1}})json"),
            std::vector<std::string>{"MediaInner.nested.template.json"});
  EXPECT_TRUE(read_nested_templates("[]").empty());
  EXPECT_TRUE(read_nested_templates("{\"files\": {\"a\": []}}").empty());
}

TEST(CloudAssembly, OtherManifestsAreNone) {
  for (const std::string_view text :
       {"", "{}", "[]", "null", "{\"version\": \"1\"", R"({"version": "1", "artifacts": []})",
        R"({"manifest_version": 3, "name": "extension", "version": "1.0"})",
        R"({"version": "1", "artifacts": {"a": {"type": "docker"}}})",
        R"({"version": 3, "artifacts": {"a": {"type": "aws:cloudformation:stack"}}})"})
    EXPECT_FALSE(read_cloud_assembly(text).valid) << text;
}

TEST(CloudAssembly, NothingThatItNamesLiesOutsideOfIt) {
  const auto stack = [](const std::string& file) {
    return read_cloud_assembly(R"({"version": "1", "artifacts": {"a": {"type":
      "aws:cloudformation:stack", "properties": {"templateFile": ")" + file + "\"}}}}");
  };
  for (const char* file : {"../a.json", "/etc/passwd", "a/../../b.json", "", "."})
    EXPECT_TRUE(stack(file).stacks.empty()) << file;
  EXPECT_EQ(stack("a/../b.json").stacks.size(), 1U);
  const auto nested = read_cloud_assembly(R"({"version": "1", "artifacts": {"a": {"type":
      "cdk:cloud-assembly", "properties": {"directoryName": "../.."}}}})");
  EXPECT_TRUE(nested.assemblies.empty());
}

TEST(CloudAssembly, ShapesThatAreWrongAreLeftOut) {
  const CloudAssembly assembly = read_cloud_assembly(R"({"version": "1", "artifacts": {
    "a": {"type": "aws:cloudformation:stack", "properties": 5, "metadata": {"/x": {}, "/y": [1],
          "/z": [{"type": "aws:cdk:logicalId", "data": 7, "trace": "no"}]}},
    "b": 3, "c": {"type": ["x"]}}})");
  EXPECT_TRUE(assembly.valid);
  EXPECT_TRUE(assembly.stacks.empty());
  EXPECT_TRUE(assembly.notes.empty());
  const std::string deep(100'000, '[');
  EXPECT_FALSE(read_cloud_assembly(deep).valid);
  EXPECT_TRUE(read_construct_notes(deep).empty());
}

TEST(TraceLine, HasAFileALineAndAColumn) {
  const auto text = [](std::string_view line) {
    const TraceFrame frame = read_trace_line(line);
    return frame.file + "|" + std::to_string(frame.line) + "|" + std::to_string(frame.column);
  };
  EXPECT_EQ(text("new A (/app/lib/a.ts:12:5)"), "/app/lib/a.ts|12|5");
  EXPECT_EQ(text("    at /app/a b.js:1:2"), "/app/a b.js|1|2");
  EXPECT_EQ(text("f (file:///app/a.mjs:3:4)"), "/app/a.mjs|3|4");
  EXPECT_EQ(text("f (C:\\app\\a.ts:3:4)"), "C:\\app\\a.ts|3|4");
  EXPECT_EQ(read_trace_line("...node internals...").line, 0U);
  EXPECT_EQ(read_trace_line("a:b").line, 0U);
  EXPECT_EQ(read_trace_line("(a:1:99999999999999)").line, 0U);
  EXPECT_EQ(read_trace_line(":").line, 0U);
}

}  // namespace
}  // namespace fnlint::cloud_assembly_test
