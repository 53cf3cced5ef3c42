// Whether a script of the user's that sets Clang up may be run, and what becomes of one that fails.

#include "app/stages/clang_setup.h"

#include "tests/app/temporary_folder.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

namespace fs = std::filesystem;

// A script that the user names, beside the folder that is linted.
class ClangSetup : public testing::Test {
 protected:
  ClangSetup() { folder.write("linted/app.cpp", ""); }

  std::string script(const std::string& name, std::string_view commands) {
    folder.write(name, std::string("#!/bin/sh\n").append(commands));
    fs::permissions(folder.path(name), fs::perms::owner_all);
    return folder.path(name);
  }
  // Empty: it may be run.
  std::string refusal(const std::string& setup) {
    return clang_setup_refusal(setup, folder.path("linted"), path);
  }

  test::TemporaryFolder folder;
  std::string path;
};

TEST_F(ClangSetup, IsAProgramOfTheUsers) {
  const std::string setup = script("setup", "exit 0\n");
  EXPECT_EQ(refusal(setup), "");
  EXPECT_EQ(path, setup);
  EXPECT_EQ(run_clang_setup(path, std::chrono::minutes(5)), "");
}

// A relative path would be looked for in the folder that is linted.
TEST_F(ClangSetup, IsNotRunByARelativePath) {
  EXPECT_NE(refusal("setup.sh"), "");
  EXPECT_NE(refusal("./setup.sh"), "");
  EXPECT_NE(refusal("linted/../setup.sh"), "");
}

TEST_F(ClangSetup, IsNotRunFromWhatIsLinted) {
  const std::string setup = script("linted/tools/setup.sh", "exit 0\n");
  EXPECT_NE(refusal(setup), "");
  EXPECT_NE(refusal(folder.path("elsewhere/../linted/tools/setup.sh")), "");
  folder.link("link", setup);
  EXPECT_NE(refusal(folder.path("link")), "") << "where it really lies counts";
}

TEST_F(ClangSetup, ThatIsNotThereIsSaidToBe) {
  EXPECT_NE(refusal(folder.path("missing")), "");
  folder.write("text", "");
  EXPECT_NE(refusal(folder.path("text")), "");
}

TEST_F(ClangSetup, ThatFailsIsSaidTo) {
  const std::string setup = script("setup", "exit 3\n");
  EXPECT_EQ(run_clang_setup(setup, std::chrono::minutes(5)), "ended with exit code 3");
}

TEST_F(ClangSetup, ThatTakesTooLongIsEndedWithAllThatItHasStarted) {
  const std::string setup = script("setup", "sleep 1000 & sleep 1000\n");
  EXPECT_EQ(run_clang_setup(setup, std::chrono::seconds(1)), "ran longer than 1 seconds");
}

}  // namespace
}  // namespace fnlint
