// Writing reports to files, links and devices, whole or not at all.

#include "app/files/output_file.h"

#include "tests/app/temporary_folder.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using test::TemporaryFolder;

std::size_t files_in(const TemporaryFolder& folder) {
  const std::filesystem::directory_iterator entries(folder.path());
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

TEST(OutputFile, IsReplacedWhole) {
  TemporaryFolder folder;
  folder.write("out.json", "a longer text than the new one");
  EXPECT_EQ(write_file(folder.path("out.json"), "new"), "");
  EXPECT_EQ(folder.read("out.json"), "new");
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(OutputFile, ThatIsALinkStaysOne) {
  TemporaryFolder folder;
  folder.write("real", "old");
  folder.link("link", "real");
  EXPECT_EQ(write_file(folder.path("link"), "new"), "");
  EXPECT_EQ(folder.read("real"), "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder.path("link")));
}

TEST(OutputFile, ThatIsADeviceIsWrittenTo) {
  EXPECT_EQ(write_file("/dev/null", "text"), "");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_NE(write_file("/dev/full", "text"), "");
}

TEST(OutputFile, ThatCannotBeWrittenIsAnErrorAndLeavesNothing) {
  TemporaryFolder folder;
  EXPECT_NE(write_file(folder.path(), "text"), "");
  EXPECT_NE(write_file(folder.path("missing/out"), "text"), "");
  EXPECT_EQ(files_in(folder), 0U);
}

}  // namespace
}  // namespace fnlint
