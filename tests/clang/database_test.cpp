// Which compile database a run takes, and which of its rows a file has.
#include "frontends/clang/compile_database.h"
#include "tests/app/memory_file_system.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

constexpr std::string_view kRows = R"([
  {"directory": "/shop/build", "file": "../src/main.cpp", "command": "g++ -DMAIN -I../include -c ../src/main.cpp"},
  {"directory": "/shop/build", "file": "/shop/src/store.cpp", "arguments": ["g++", "-DSTORE"]}])";

std::vector<std::string> flags_of(const CompileDatabase& database, std::string_view path) {
  const std::vector<std::string>* flags = database.flags(path);
  return flags == nullptr ? std::vector<std::string>{"none"} : *flags;
}
using Words = std::vector<std::string>;

TEST(CompileDatabase, IsWhereCMakePutsIt) {
  for (const std::string path :
       {"compile_commands.json", "build/compile_commands.json", "out/compile_commands.json",
        "cmake-build-debug/compile_commands.json", "out/build/x64/compile_commands.json"}) {
    const MemoryFileSystem files{{path, std::string(kRows)}, {"src/main.cpp", ""}};
    EXPECT_EQ(CompileDatabase::find(files, "/shop", "").path(), path);
  }
}

TEST(CompileDatabase, IsWhatTheConfigurationNames) {
  const MemoryFileSystem files{{"build/compile_commands.json", "[]"},
                               {"ci/db/compile_commands.json", std::string(kRows)}};
  for (const std::string_view named : {"ci/db", "./ci/db/", "ci/db/compile_commands.json"}) {
    const CompileDatabase database = CompileDatabase::find(files, "/shop", named);
    EXPECT_EQ(database.path(), "ci/db/compile_commands.json") << named;
    EXPECT_EQ(flags_of(database, "src/store.cpp"), Words{"-DSTORE"});
  }
  EXPECT_EQ(CompileDatabase::find(files, "/shop", "nowhere").problem(),
            "a compile database that does not exist");
}

TEST(CompileDatabase, AHeaderIsCompiledAsTheSourceOfItsNameOrTheNearest) {
  const MemoryFileSystem files{{"compile_commands.json", std::string(kRows)}};
  const CompileDatabase database = CompileDatabase::find(files, "/shop", "");
  EXPECT_EQ(flags_of(database, "src/main.cpp"), (Words{"-DMAIN", "-I", "/shop/include"}));
  EXPECT_EQ(flags_of(database, "include/shop/store.h"), Words{"-DSTORE"});
  EXPECT_EQ(flags_of(database, "src/other.h"), (Words{"-DMAIN", "-I", "/shop/include"}));
}

TEST(CompileDatabase, OneMadeElsewhereIsReadAsIfItWereHere) {
  const MemoryFileSystem files{{"compile_commands.json",
                                R"([{"directory": "/ci/job/build", "file": "/ci/job/src/main.cpp",
            "command": "g++ -I/ci/job/include -I../gen -I/ci/other -c x"}])"},
                               {"src/main.cpp", ""}};
  EXPECT_EQ(flags_of(CompileDatabase::find(files, "/shop", ""), "src/main.cpp"),
            (Words{"-I", "/shop/include", "-I", "/shop/gen"}));
}

TEST(CompileDatabase, WhatIsNoneIsAProblemOrNothing) {
  const MemoryFileSystem none{{"src/main.cpp", ""}};
  const CompileDatabase missing = CompileDatabase::find(none, "/shop", "");
  EXPECT_EQ(missing.path(), "");
  EXPECT_EQ(missing.problem(), "");
  EXPECT_EQ(missing.flags("src/main.cpp"), nullptr);
  for (const std::string text :
       {"{}", "", "[", "[1, {}, {\"file\": 3}, {\"directory\": \"..\"}]"}) {
    const MemoryFileSystem files{{"compile_commands.json", text}};
    EXPECT_EQ(CompileDatabase::find(files, "/shop", "").flags("main.cpp"), nullptr) << text;
  }
}

}  // namespace
}  // namespace fnlint::test
