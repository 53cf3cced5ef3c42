// The disk as a run sees it: the same all along, and nothing outside of the root.

#include "app/files/disk_file_system.h"

#include "app/files/paths.h"
#include "tests/app/temporary_folder.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

namespace fnlint {
namespace {

using test::TemporaryFolder;

TEST(Disk, AnswersWhatLiesBelowTheRoot) {
  TemporaryFolder folder;
  folder.write("a/b.txt", "text");
  const DiskFileSystem disk(folder.path());
  EXPECT_EQ(disk.kind(""), EntryKind::Folder);
  EXPECT_EQ(disk.kind("a"), EntryKind::Folder);
  EXPECT_EQ(disk.kind("a/b.txt"), EntryKind::File);
  EXPECT_EQ(disk.kind("a/../a/./b.txt"), EntryKind::File);
  EXPECT_EQ(disk.kind("a/c.txt"), EntryKind::Missing);
  EXPECT_EQ(disk.read("a/b.txt", 100).value(), "text");
  EXPECT_FALSE(disk.read("a/b.txt", 3));
  EXPECT_FALSE(disk.read("a", 100));
  EXPECT_EQ(disk.read_start("a/b.txt", 2).value(), "te");
}

TEST(Disk, ListsByNameWithSizes) {
  TemporaryFolder folder;
  folder.write("b", "12345");
  folder.write("a/x", "");
  const std::vector<Entry> entries = DiskFileSystem(folder.path()).list("");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].name, "a");
  EXPECT_EQ(entries[0].kind, EntryKind::Folder);
  EXPECT_EQ(entries[1].bytes, 5U);
}

TEST(Disk, AnswersNothingOutsideTheRoot) {
  TemporaryFolder folder;
  folder.write("secret", "text");
  folder.write("root/x", "");
  const DiskFileSystem disk(folder.path("root"));
  EXPECT_EQ(disk.kind("../secret"), EntryKind::Missing);
  EXPECT_EQ(disk.kind(folder.path("secret")), EntryKind::Missing);
  EXPECT_EQ(disk.kind(".."), EntryKind::Missing);
  EXPECT_TRUE(disk.list("..").empty());
  EXPECT_FALSE(disk.read("../secret", 100));
}

TEST(Disk, AnswersBelowFoldersThatTheUserNamed) {
  TemporaryFolder folder;
  folder.write("shared/x", "text");
  folder.write("root/y", "");
  const DiskFileSystem disk(folder.path("root"), {folder.path("shared")});
  EXPECT_EQ(disk.read("../shared/x", 100).value(), "text");
  EXPECT_EQ(disk.kind("../other"), EntryKind::Missing);
}

TEST(Disk, FollowsOneLinkInsideTheRoot) {
  TemporaryFolder folder;
  folder.write("real/x", "text");
  folder.link("link", "real");
  folder.link("real/again", "../real");
  const DiskFileSystem disk(folder.path());
  EXPECT_EQ(disk.read("link/x", 100).value(), "text");
  EXPECT_EQ(disk.resolved("link/x"), "real/x");
  EXPECT_EQ(disk.kind("real/again/x"), EntryKind::File);
  EXPECT_EQ(disk.kind("real/again/again/x"), EntryKind::Missing);
  EXPECT_EQ(disk.kind("link/again"), EntryKind::Missing);
}

TEST(Disk, FollowsNoLinkOutOfTheRoot) {
  TemporaryFolder folder;
  folder.write("secret/x", "text");
  folder.write("root/y", "");
  folder.link("root/out", "../secret");
  folder.link("root/file", "../secret/x");
  folder.link("root/loop", "loop");
  const DiskFileSystem disk(folder.path("root"));
  for (const char* path : {"out", "out/x", "file", "loop"})
    EXPECT_EQ(disk.kind(path), EntryKind::Missing) << path;
  EXPECT_EQ(disk.list("").size(), 1U);
}

// What a folder holds is asked once: afterwards no answer is another.
TEST(Disk, AnswersAlikeOnceAFolderWasListed) {
  TemporaryFolder folder;
  folder.write("root/real/x", "text");
  folder.write("root/y", "");
  folder.write("secret/x", "text");
  folder.link("root/link", "real");
  folder.link("root/out", "../secret");
  folder.link("root/real/again", "../real");
  folder.link("root/nowhere", "gone");
  ASSERT_EQ(::mkfifo(folder.path("root/pipe").c_str(), 0600), 0);
  const DiskFileSystem fresh(folder.path("root")), asked(folder.path("root"));
  for (const char* path : {"", "real", "link", "real/again"}) asked.list(path);
  for (const char* path : {"real", "y", "x", "link", "link/x", "link/again", "out", "out/x",
                           "nowhere", "pipe", "real/again", "real/again/x", "real/x/x"}) {
    EXPECT_EQ(asked.kind(path), fresh.kind(path)) << path;
    EXPECT_EQ(asked.resolved(path), fresh.resolved(path)) << path;
    EXPECT_EQ(bool(asked.read(path, 100)), bool(fresh.read(path, 100))) << path;
  }
  EXPECT_EQ(asked.list("link").size(), fresh.list("link").size());
  EXPECT_EQ(asked.list("real").size(), 2U);
  EXPECT_EQ(asked.list("").size(), 3U);
}

// Too many open files for a moment: what is in the folder is there all the same.
TEST(Disk, AFolderThatCouldNotBeListedIsAskedAgain) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "the sanitizer itself needs files to look at memory";
#endif
  TemporaryFolder folder;
  folder.write("real/x", "text");
  const DiskFileSystem disk(folder.path());
  rlimit before = {};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none{.rlim_cur = 0, .rlim_max = before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
  const std::size_t listed = disk.list("real").size();
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(listed, 0U);
  EXPECT_EQ(disk.kind("real/x"), EntryKind::File);
  EXPECT_EQ(disk.list("real").size(), 1U);
}

TEST(Disk, PipesAndStrangeNamesDoNotExist) {
  TemporaryFolder folder;
  ASSERT_EQ(::mkfifo(folder.path("pipe.yaml").c_str(), 0600), 0);
  const DiskFileSystem disk(folder.path());
  EXPECT_EQ(disk.kind("pipe.yaml"), EntryKind::Missing);
  EXPECT_FALSE(disk.read("pipe.yaml", 100));
  EXPECT_TRUE(disk.list("").empty());
  EXPECT_EQ(disk.kind(std::string("a\0b", 3)), EntryKind::Missing);
  EXPECT_EQ(disk.kind(std::string(100'000, 'a')), EntryKind::Missing);
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "a/";
  EXPECT_EQ(disk.kind(deep), EntryKind::Missing);
}

TEST(Paths, AreRelativeToAFolder) {
  EXPECT_EQ(relative_path("/a/b/c", "/a/b"), "c");
  EXPECT_EQ(relative_path("/a/b", "/a/b"), "");
  EXPECT_EQ(relative_path("/a/x/y", "/a/b"), "../x/y");
  EXPECT_EQ(relative_path("/a", "/a/b/c"), "../..");
  EXPECT_EQ(relative_path("/a/b", "/"), "a/b");
  EXPECT_TRUE(is_below("/a/b", "/a"));
  EXPECT_FALSE(is_below("/ab", "/a"));
}

}  // namespace
}  // namespace fnlint
