// What scripts/setup.sh says while something takes long. The script is sourced, as scripts/fnlint
// does it, and given a command that ends when the line is there.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace fnlint {
namespace {

namespace fs = std::filesystem;

struct Ran {
  int code = -1;
  std::string said = {};
};

// Runs bash in a folder of its own, with the functions of setup.sh; what is said is in said.txt.
Ran run(const std::string& commands) {
  std::string folder = (fs::temp_directory_path() / "fnlint-scripts-XXXXXX").string();
  EXPECT_NE(::mkdtemp(folder.data()), nullptr);
  std::ofstream(fs::path(folder) / "run.sh")
      << "set -euo pipefail\ncd '" << folder << "'\nroot=.\nlog=log.txt\n: >log.txt\n"
      << "source '" << FNLINT_SOURCE_DIR << "/scripts/setup.sh'\nprogress_seconds=1\n"
      << commands;
  const std::string call = "bash '" + folder + "/run.sh' 2>'" + folder + "/said.txt'";
  const int status = std::system(call.c_str());
  Ran ran{.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1};
  std::ifstream said(fs::path(folder) / "said.txt");
  ran.said.assign(std::istreambuf_iterator<char>(said), {});
  fs::remove_all(folder);
  return ran;
}

TEST(Scripts, SayHowFarABuildIs) {
  const Ran ran = run(
      "must 'the build' bash -c 'echo \"[12/688] Building x\"; "
      "until grep -q \"12 of 688\" said.txt; do sleep 0.05; done'\n");
  EXPECT_EQ(ran.code, 0) << ran.said;
  EXPECT_NE(ran.said.find("fnlint: the build: 12 of 688, "), std::string::npos) << ran.said;
}

TEST(Scripts, SayThatAnInstallationIsAtWork) {
  const Ran ran = run(
      "slowly installing bash -c 'until grep -q \"installing: \" said.txt; do sleep 0.05; done'\n");
  EXPECT_EQ(ran.code, 0) << ran.said;
}

TEST(Scripts, WhatFailsIsShownWithTheEndOfItsLog) {
  const Ran ran = run("must 'the build' bash -c 'echo no such header; exit 3'\n");
  EXPECT_EQ(ran.code, 2);
  EXPECT_NE(ran.said.find("no such header"), std::string::npos);
  EXPECT_NE(ran.said.find("the build failed"), std::string::npos);
}

}  // namespace
}  // namespace fnlint
