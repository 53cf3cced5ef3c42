// A project's compiler flags are input like any other: what is not known to be harmless is left
// out.
#include "frontends/clang/compile_flags.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using Words = std::vector<std::string>;

Words safe(const Words& words) { return safe_compile_flags(words, "/work/build", "/work"); }

TEST(CompileFlags, WhatSaysWhatSourcesMeanIsKeptWithAbsolutePaths) {
  EXPECT_EQ(safe({"g++", "-I../include", "-isystem", "/work/third", "-DNAME=\"a b\"", "-D", "X",
                  "-UDEBUG", "-std=gnu++17", "-fno-exceptions", "-include", "../src/all.h"}),
            (Words{"-I", "/work/include", "-isystem", "/work/third", "-DNAME=\"a b\"", "-DX",
                   "-UDEBUG", "-std=gnu++17", "-fno-exceptions", "-include", "/work/src/all.h"}));
}

TEST(CompileFlags, NothingOutsideTheRootIsRead) {
  EXPECT_EQ(safe({"-I/usr/include", "-I../../other", "-isystem", "/workshop", "-include",
                  "/etc/passwd", "-iquote../..", "-I/work/../etc"}),
            Words{});
}

TEST(CompileFlags, NothingIsLoadedOrRun) {
  EXPECT_EQ(safe({"ccache",
                  "clang++",
                  "-fplugin=/work/evil.so",
                  "-Xclang",
                  "-load",
                  "-Xclang",
                  "/work/evil.so",
                  "-B/work/bin",
                  "-B",
                  "/work/bin",
                  "-wrapper",
                  "/work/run,-DX",
                  "--gcc-toolchain=/work",
                  "-specs=/work/specs",
                  "@/work/flags.txt",
                  "-mllvm",
                  "-DY",
                  "-fpass-plugin=/work/x.so",
                  "-include-pch",
                  "/work/x.pch",
                  "-fmodule-file=/work/m.pcm",
                  "-ivfsoverlay",
                  "/work/o.yaml",
                  "--sysroot=/work",
                  "-resource-dir=/work",
                  "-cc1",
                  "-###"}),
            Words{});
}

TEST(CompileFlags, NothingIsWritten) {
  EXPECT_EQ(safe({"-o", "-DX", "-MF", "-Iinclude", "-MD", "-MJ", "x.json", "-save-temps",
                  "-serialize-diagnostics", "-ftime-trace=/work/t", "-dumpdir", "-DZ", "-c"}),
            Words{});
}

TEST(CompileFlags, WhatFollowsTheInputIsNoOption) {
  EXPECT_EQ(safe({"-DA", "--", "-DB"}), Words{"-DA"});
  EXPECT_EQ(safe({"-D", "1bad", "-D", "-I", "-std=c++99", "-I"}), Words{});
}

TEST(CompileFlags, CommandsAreSplitAsAShellDoesWithoutExpandingAnything) {
  EXPECT_EQ(command_words(R"(g++ '-DA="x y"' -DB=\"z\" "-I/a b" $(rm) `x` -D'' )"),
            (Words{"g++", "-DA=\"x y\"", "-DB=\"z\"", "-I/a b", "$(rm)", "`x`", "-D"}));
  EXPECT_EQ(command_words("\"open"), Words{"open"});
  EXPECT_EQ(command_words("").size(), 0U);
}

TEST(CompileFlags, PathsThatLeaveTheDiskAreNone) {
  EXPECT_EQ(plain_path("/a/./b/../c//d"), "/a/c/d");
  EXPECT_EQ(plain_path("/.."), "");
  EXPECT_FALSE(is_inside(plain_path("/.."), "/work"));
  EXPECT_FALSE(is_inside("/workshop", "/work"));
}

}  // namespace
}  // namespace fnlint
