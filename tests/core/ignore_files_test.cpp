// Which paths .gitignore files leave out, in and above a folder.

#include "core/ignore_files.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(IgnoreFiles, TheLastLineThatMatchesDecides) {
  IgnoreFiles files;
  const auto root = files.add(0, "", "*.json\n!template.json\n");
  EXPECT_TRUE(files.ignores(root, "event.json", false));
  EXPECT_FALSE(files.ignores(root, "x/template.json", false));
  EXPECT_FALSE(files.ignores(root, "a.yaml", false));
}

TEST(IgnoreFiles, AnInnerFileGoesBeforeAnOuterOne) {
  IgnoreFiles files;
  const auto root = files.add(0, "", "*.json\n");
  const auto inner = files.add(root, "keep", "!*.json\n/only-here\n");
  EXPECT_TRUE(files.ignores(root, "keep/a.json", false));
  EXPECT_FALSE(files.ignores(inner, "keep/a.json", false));
  EXPECT_TRUE(files.ignores(inner, "keep/only-here", false));
  EXPECT_FALSE(files.ignores(inner, "keep/x/only-here", false));
}

TEST(IgnoreFiles, CommentsBlanksAndEndsOfLinesDoNotCount) {
  IgnoreFiles files;
  const auto root =
      files.add(0, "", "\xEF\xBB\xBF# all\r\n\r\nout  \r\n\\#odd\n\\!loud\nkept\\ \n");
  EXPECT_TRUE(files.ignores(root, "out", true));
  EXPECT_TRUE(files.ignores(root, "#odd", false));
  EXPECT_TRUE(files.ignores(root, "!loud", false));
  EXPECT_TRUE(files.ignores(root, "kept ", false));
  EXPECT_FALSE(files.ignores(root, "# all", false));
}

TEST(IgnoreFiles, ALineWithADotForAFolderMatchesNothing) {
  IgnoreFiles files;
  const auto root = files.add(0, "", ".\n./\n./build\n../dist\n.cache\n");
  EXPECT_FALSE(files.ignores(root, "template.yaml", false));
  EXPECT_FALSE(files.ignores(root, "build", true));
  EXPECT_FALSE(files.ignores(root, "dist", true));
  EXPECT_TRUE(files.ignores(root, ".cache", true));
}

TEST(IgnoreFiles, AFileThatSaysNothingIsNoLevel) {
  IgnoreFiles files;
  EXPECT_EQ(files.add(0, "", "# nothing\n"), 0U);
}

}  // namespace
}  // namespace fnlint
