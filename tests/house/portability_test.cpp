// What is Linux's own stands in files that say so, behind functions that another system can have as
// well.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

namespace fnlint::portability_test {
namespace {

namespace fs = std::filesystem;

// Headers, functions, flags and paths that macOS lacks.
constexpr std::array<std::string_view, 24> kOfLinux{
    "<sys/prctl.h>",  "<sys/inotify.h>",   "<sys/epoll.h>", "<sys/eventfd.h>", "<sys/signalfd.h>",
    "<sys/random.h>", "<sys/sendfile.h>",  "<linux/",       "<malloc.h>",      "<features.h>",
    "<endian.h>",     "<byteswap.h>",      "<error.h>",     "\"/proc/self",    "::sigtimedwait(",
    "::pipe2(",       "::accept4(",        "memfd_create(", "O_TMPFILE",       "O_PATH",
    "SOCK_CLOEXEC",   "__rlimit_resource", "_np(",          "malloc_trim("};

bool is_of_linux(const std::string& line) {
  return std::ranges::any_of(kOfLinux,
                             [&line](auto each) { return line.find(each) != std::string::npos; });
}

TEST(Portability, WhatIsOfLinuxAloneHasSomethingBesideIt) {
  const fs::path root = FNLINT_SOURCE_DIR;
  std::set<std::string> users;
  for (const char* folder : {"core", "model", "values", "flow", "frontends", "link", "deploy",
                             "checks", "report", "app", "tables"})
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".h") continue;
      std::ifstream stream(entry.path());
      bool uses = false, tells = false;
      for (std::string line; std::getline(stream, line);) {
        uses = uses || is_of_linux(line);
        tells = tells || line == "#ifdef __linux__";
      }
      if (uses && tells) users.insert(fs::relative(entry.path(), root).string());
      EXPECT_TRUE(!uses || tells) << entry.path() << ": put it behind a function of app/files/system.h";
    }
  EXPECT_TRUE(users.contains("app/files/system.cpp"));
}

}  // namespace
}  // namespace fnlint::portability_test
