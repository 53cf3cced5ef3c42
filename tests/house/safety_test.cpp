// SECURITY.md promises that nothing of a project is run, and nothing is fetched or sent. Sources that
// start processes or open connections stand here by name, and there are no others.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::safety_test {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = FNLINT_SOURCE_DIR;

// Whether a line calls the function, and no member or other function whose name ends so.
bool calls(std::string_view line, std::string_view function) {
  const std::string call = std::string(function) + "(";
  for (std::size_t at = line.find(call); at != std::string_view::npos; at = line.find(call, at + 1)) {
    const char before = at == 0 ? ' ' : line[at - 1];
    if (std::isalnum(static_cast<unsigned char>(before)) == 0 &&
        std::string_view("_.>:").find(before) == std::string_view::npos)
      return true;
  }
  return false;
}

// Sources of the program in which a call of one of these functions stands.
std::set<std::string> callers_of(const std::vector<std::string_view>& functions) {
  std::set<std::string> callers;
  for (const char* folder : {"core", "model", "values", "flow", "frontends", "link", "deploy",
                             "checks", "report", "app", "tables"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".h") continue;
      std::ifstream stream(entry.path());
      for (std::string line; std::getline(stream, line);) {
        if (line.find('(') == std::string::npos) continue;
        const std::string_view code = std::string_view(line).substr(0, line.find("//"));
        if (std::ranges::any_of(functions, [&](auto each) { return calls(code, each); }))
          callers.insert(fs::relative(entry.path(), kRoot).string());
      }
    }
  }
  return callers;
}

using Files = std::set<std::string>;

TEST(Safety, ProcessesAreStartedInTwoPlaces) {
  EXPECT_EQ(callers_of({"::fork", "::vfork", "::execv", "::execve", "::execvp", "::execl", "::execlp",
                        "::posix_spawn", "::posix_spawnp", "::popen", "::system", "::dlopen"}),
            (Files{"app/stages/clang_setup.cpp", "app/files/process.cpp"}));
  EXPECT_EQ(callers_of({"fork", "vfork", "execv", "execve", "execvp", "execl", "posix_spawn",
                        "popen", "std::system", "dlopen"}),
            Files{"frontends/clang/stub_standard.cpp"})  // the text of a header
      << "functions of the system are written with ::";
}

TEST(Safety, NoConnectionIsOpened) {
  EXPECT_EQ(callers_of({"::socket", "::connect", "::getaddrinfo", "::gethostbyname", "getaddrinfo",
                        "gethostbyname", "inet_addr", "::inet_addr"}),
            Files{});
}

}  // namespace
}  // namespace fnlint::safety_test
