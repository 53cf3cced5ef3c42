// A project's compiler flags are input like any other: what is not known to be harmless is left
// out.
#include "frontends/clang/compile_flags.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

using Words = std::vector<std::string>;

Words safe(const Words& words) { return safe_compile_flags(words, "/shop/build", "/shop"); }

TEST(CompileFlags, WhatSaysWhatSourcesMeanIsKeptWithAbsolutePaths) {
  EXPECT_EQ(safe({"g++", "-I../include", "-isystem", "/shop/third", "-DNAME=\"a b\"", "-D", "X",
                  "-UDEBUG", "-std=gnu++17", "-fno-exceptions", "-include", "../src/all.h"}),
            (Words{"-I", "/shop/include", "-isystem", "/shop/third", "-DNAME=\"a b\"", "-DX",
                   "-UDEBUG", "-std=gnu++17", "-fno-exceptions", "-include", "/shop/src/all.h"}));
}

TEST(CompileFlags, NothingOutsideTheRootIsRead) {
  EXPECT_EQ(safe({"-I/usr/include", "-I../../other", "-isystem", "/shopshop", "-include",
                  "/etc/passwd", "-iquote../..", "-I/shop/../etc"}),
            Words{});
}

TEST(CompileFlags, NothingIsLoadedOrRun) {
  EXPECT_EQ(safe({"ccache",
                  "clang++",
                  "-fplugin=/shop/evil.so",
                  "-Xclang",
                  "-load",
                  "-Xclang",
                  "/shop/evil.so",
                  "-B/shop/bin",
                  "-B",
                  "/shop/bin",
                  "-wrapper",
                  "/shop/run,-DX",
                  "--gcc-toolchain=/shop",
                  "-specs=/shop/specs",
                  "@/shop/flags.txt",
                  "-mllvm",
                  "-DY",
                  "-fpass-plugin=/shop/x.so",
                  "-include-pch",
                  "/shop/x.pch",
                  "-fmodule-file=/shop/m.pcm",
                  "-ivfsoverlay",
                  "/shop/o.yaml",
                  "--sysroot=/shop",
                  "-resource-dir=/shop",
                  "-cc1",
                  "-###"}),
            Words{});
}

TEST(CompileFlags, NothingIsWritten) {
  EXPECT_EQ(safe({"-o", "-DX", "-MF", "-Iinclude", "-MD", "-MJ", "x.json", "-save-temps",
                  "-serialize-diagnostics", "-ftime-trace=/shop/t", "-dumpdir", "-DZ", "-c"}),
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
  EXPECT_FALSE(is_inside(plain_path("/.."), "/shop"));
  EXPECT_FALSE(is_inside("/shopshop", "/shop"));
}

}  // namespace
}  // namespace fnlint
