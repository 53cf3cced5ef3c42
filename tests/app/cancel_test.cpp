// A run that nobody wants ends at the next place where it asks, and says nothing.
#include "app/commands/check.h"
#include "app/commands/command_parser.h"
#include "app/run/pipeline.h"
#include "tests/app/memory_file_system.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

namespace fnlint::cancel_test {
namespace {

using test::kFound;
using test::TemporaryFolder;

PipelineOptions options_with(const Cancel& cancel) {
  PipelineOptions options{.search = {.folders = {""}}};
  options.workers.cancel = &cancel;
  return options;
}

TEST(Cancel, EndsARunAfterTheStageThatGoesOn) {
  Cancel cancel = false;
  const test::MemoryFileSystem files({{"template.yaml", std::string(kFound)}});
  PipelineOptions options = options_with(cancel);
  bool is_linked = false;
  options.inspect = [&](const LinkedModel&) { is_linked = true; };
  EXPECT_FALSE(run_pipeline(options, files).cancelled);
  EXPECT_TRUE(is_linked);

  is_linked = false;
  options.amend = [&](PipelineOptions&) { cancel = true; };  // once the templates are found
  EXPECT_TRUE(run_pipeline(options, files).cancelled);
  EXPECT_FALSE(is_linked);
}

TEST(Cancel, TellsNothing) {
  TemporaryFolder project;
  project.write("template.yaml", kFound);
  const Cancel cancel = true;
  std::ostringstream out, err;
  Console console{.out = out,
                  .err = err,
                  .version = "1.2.3",
                  .working_directory = project.path(),
                  .variable = [](std::string_view) { return std::string(); }};
  console.cancel = &cancel;
  EXPECT_EQ(run({"check", "--no-cache", "."}, console), kCouldNotRun);
  EXPECT_EQ(out.str() + err.str(), "");
}

// What a run that was ended says of itself, so that whoever ended it can begin another.
TEST(Cancel, IsNoError) {
  TemporaryFolder project;
  project.write("template.yaml", kFound);
  std::ostringstream out, err;
  Console console{.out = out,
                  .err = err,
                  .version = "1.2.3",
                  .working_directory = project.path(),
                  .variable = [](std::string_view) { return std::string(); }};
  Cancel cancel = true;
  console.cancel = &cancel;
  const CommandLine line = parse_command_line({"check", "--no-cache", "."}, "1.2.3").line;
  EXPECT_TRUE(check(line, console).cancelled);

  cancel = false;
  EXPECT_FALSE(check(line, console).cancelled);
  project.write(".fnlint.yaml", "ignor: []\n");
  const Checked failed = check(line, console);
  EXPECT_FALSE(failed.cancelled);
  EXPECT_TRUE(failed.runs.empty());
  EXPECT_NE(err.str().find("unknown key"), std::string::npos) << err.str();
}

}  // namespace
}  // namespace fnlint::cancel_test
