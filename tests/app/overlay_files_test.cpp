// Files that are other than the disk has them.
#include "app/files/overlay_files.h"

#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

namespace fnlint::overlay_files_test {
namespace {

using test::MemoryFileSystem;

std::string text_of(const FileSystem& files, std::string_view path) {
  Result<std::string> text = files.read(path, 100);
  return text ? text.value() : text.error();
}

TEST(OverlayFiles, GoBeforeTheOthersAndLeaveThemAsTheyAre) {
  const MemoryFileSystem disk({{"a.py", "old"}, {"b.py", "other"}});
  const Overlays overlays{{"a.py", "new one"}};
  const OverlayFiles files(disk, overlays);
  EXPECT_EQ(text_of(files, "a.py"), "new one");
  EXPECT_EQ(text_of(files, "b.py"), "other");
  EXPECT_EQ(files.read_start("a.py", 3).value(), "new");
  EXPECT_EQ(files.read_part("a.py", 4, 2).value(), "on");
  EXPECT_EQ(files.list("")[0].bytes, 7U);
  EXPECT_EQ(files.list("").size(), 2U);
}

TEST(OverlayFiles, BringTheirFolders) {
  const MemoryFileSystem disk({{"src/z.py", ""}});
  const Overlays overlays{{"src/new/deep/a.py", "text"}};
  const OverlayFiles files(disk, overlays);
  EXPECT_EQ(files.kind("src/new"), EntryKind::Folder);
  EXPECT_EQ(files.kind("src/new/deep/a.py"), EntryKind::File);
  EXPECT_EQ(files.kind("src/new/a.py"), EntryKind::Missing);
  const std::vector<Entry> entries = files.list("src");
  ASSERT_EQ(entries.size(), 2U);  // by name
  EXPECT_EQ(entries[0].name, "new");
  EXPECT_EQ(entries[0].kind, EntryKind::Folder);
  EXPECT_EQ(entries[1].name, "z.py");
  EXPECT_EQ(files.list("src/new/deep")[0].name, "a.py");
}

TEST(OverlayFiles, HaveTheLimitsOfFiles) {
  const MemoryFileSystem disk({});
  const Overlays overlays{{"a.py", std::string(200, 'x')}};
  EXPECT_EQ(text_of(OverlayFiles(disk, overlays), "a.py"), "is larger than 100 bytes");
}

}  // namespace
}  // namespace fnlint::overlay_files_test
