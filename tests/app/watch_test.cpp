// A process that lints again whenever a file changes.
#include "app/commands/command_parser.h"
#include "app/commands/watch_command.h"
#include "app/commands/watched_files.h"
#include "app/files/wakeup.h"
#include "app/run/baseline.h"
#include "tests/app/program.h"

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace fnlint::watch_test {
namespace {

using test::kClean;
using test::kFound;
using test::TemporaryFolder;

constexpr std::string_view kWaiting = "waiting for changes";

class Watching {
 public:
  explicit Watching(const TemporaryFolder& project, std::vector<std::string> arguments = {},
                    std::unique_ptr<Wakeup> (*by)() = wakeup)
      : process_(::fork()) {
    if (process_ != 0) return;
    std::signal(SIGINT, SIG_DFL);  // what began the tests may ignore it
    arguments.insert(arguments.begin(), {"check", "--watch", "--output-format", "concise"});
    std::ofstream out(output_.path("out")), err(output_.path("err"));
    Console console{.out = out,
                    .err = err,
                    .version = "1.2.3",
                    .working_directory = project.path(),
                    .variable = [](std::string_view) { return std::string(); }};
    ::_exit(watch_command(parse_command_line(arguments, "1.2.3").line, console, by()));
  }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;
  ~Watching() {
    if (process_ > 0) stop(SIGKILL);
  }

  // What it said on the error stream until it has waited so many times.
  std::string until_waiting(std::size_t times) {
    constexpr int kMost = 600;  // tenths of a second: for a machine that does much else
    for (int i = 0; i < kMost; ++i) {
      std::string said = output_.read("err");
      std::size_t seen = 0;
      for (std::size_t at = said.find(kWaiting); at != said.npos; at = said.find(kWaiting, at + 1))
        ++seen;
      if (seen >= times) return said;
      if (::waitpid(process_, &status_, WNOHANG) != 0) break;
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return "it never waited: " + output_.read("err");
  }
  // How the process ended.
  int stop(int signal) {
    ::kill(process_, signal);
    ::waitpid(process_, &status_, 0);
    process_ = -1;
    return status_;
  }
  [[nodiscard]] std::string printed() const { return output_.read("out"); }

 private:
  const TemporaryFolder output_;
  int status_ = 0;
  pid_t process_;
};

TEST(Watch, SaysWhatIsNewAndWhatIsFixed) {
  TemporaryFolder project;
  project.write("template.yaml", kClean);
  Watching watching(project);
  watching.until_waiting(1);
  EXPECT_EQ(watching.printed(), "");
  project.write("template.yaml", kFound);
  EXPECT_NE(watching.until_waiting(2).find("1 new, 0 fixed since the last run"), std::string::npos)
      << watching.until_waiting(2);
  EXPECT_EQ(watching.printed().find("template.yaml:7:27: warning: "), 0U) << watching.printed();
  project.write("template.yaml", kClean);
  EXPECT_NE(watching.until_waiting(3).find("0 new, 1 fixed since the last run"), std::string::npos)
      << watching.until_waiting(3);
}

TEST(Watch, SeesNewFoldersAndFilesThatGo) {
  TemporaryFolder project;
  project.write("template.yaml", kClean);
  Watching watching(project);
  watching.until_waiting(1);
  project.write("new/deep/template.yaml", kFound);
  EXPECT_NE(watching.until_waiting(2).find("new: new/deep/template.yaml:7:27"), std::string::npos)
      << watching.until_waiting(2);
  project.write("new/deep/er/template.yaml", kFound);
  EXPECT_NE(watching.until_waiting(3).find("new: new/deep/er/template.yaml:7:27"),
            std::string::npos)
      << watching.until_waiting(3);
  std::filesystem::remove_all(project.path("new"));
  EXPECT_NE(watching.until_waiting(4).find("0 new, 2 fixed"), std::string::npos)
      << watching.until_waiting(4);
}

TEST(Watch, GoesOnWhileTheConfigurationIsBroken) {
  TemporaryFolder project;
  project.write("template.yaml", kFound);
  project.write(".fnlint.yaml", "ignor: []\n");
  Watching watching(project);
  EXPECT_NE(watching.until_waiting(1).find("unknown key"), std::string::npos);
  project.write(".fnlint.yaml", "ignore: [config]\n");
  watching.until_waiting(2);
  EXPECT_EQ(watching.printed(), "");
}

// Where the system tells nothing of changes, or has no more watches to give.
TEST(Watch, LooksForChangesWhereNobodyTellsOfThem) {
  TemporaryFolder project;
  project.write("template.yaml", kClean);
  Watching watching(project, {}, wakeup_by_clock);
  watching.until_waiting(1);
  project.write("new/template.yaml", kFound);
  EXPECT_NE(watching.until_waiting(2).find("new: new/template.yaml:7:27"), std::string::npos)
      << watching.until_waiting(2);
  std::filesystem::remove_all(project.path("new"));
  EXPECT_NE(watching.until_waiting(3).find("0 new, 1 fixed"), std::string::npos)
      << watching.until_waiting(3);
}

TEST(Watch, AFolderThatCannotBeWatchedIsLookedIntoByTheClock) {
  const std::unique_ptr<Wakeup> by = wakeup();
  by->add({"/nowhere/at/all"});
  by->wait();  // it returns
}

// It has written that itself.
TEST(Watch, ABaselineThatShrinksIsNoChange) {
  TemporaryFolder project;
  project.write("template.yaml", kFound);
  {
    std::ostringstream out, err;
    Console console{.out = out,
                    .err = err,
                    .version = "1.2.3",
                    .working_directory = project.path(),
                    .variable = [](std::string_view) { return std::string(); }};
    ASSERT_EQ(run({"baseline"}, console), 0) << err.str();
  }
  Watching watching(project, {"--baseline", std::string(kBaselineFile)});
  watching.until_waiting(1);
  project.write("template.yaml", kClean);
  EXPECT_NE(watching.until_waiting(2).find("is fixed and removed; 0 left"), std::string::npos)
      << watching.until_waiting(2);
  project.write("template.yaml", kFound);
  const std::string said = watching.until_waiting(3);
  EXPECT_NE(said.find("1 new, 0 fixed"), std::string::npos) << said;
  EXPECT_EQ(said.find("0 new, 0 fixed", said.find("removed")), said.rfind("0 new, 0 fixed"))
      << said;
}

TEST(Watch, EndsAsCtrlCEndsAnyProgram) {
  TemporaryFolder project;
  project.write("template.yaml", kClean);
  Watching watching(project);
  watching.until_waiting(1);
  const int status = watching.stop(SIGINT);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGINT);
}

TEST(Watch, APathThatIsNotThereIsNotWaitedFor) {
  test::Program program;
  EXPECT_EQ(program({"--watch", "nowhere.yaml"}), kCouldNotRun);
}

TEST(WatchedFiles, AreThoseThatMayMatter) {
  TemporaryFolder project;
  for (const std::string path :
       {"template.yaml", "src/app.py", "src/.app.py.swp", "src/app.py~", ".git/index",
        "node_modules/x/index.js", "out/made.json", ".gitignore", ".fnlint.yaml"})
    project.write(path, path == ".gitignore" ? "out/\n" : "x");
  const std::vector<Target> targets{{.root = project.path(), .folders = {""}}};
  const WatchedFiles found = watched_files(
      targets, {}, {.also = {project.path("out/made.json")}, .own = {project.path("src/app.py")}});
  std::set<std::string> files;
  for (const auto& [path, state] : found.files) files.insert(path);
  EXPECT_EQ(files,
            (std::set<std::string>{project.path("template.yaml"), project.path(".gitignore"),
                                   project.path(".fnlint.yaml"), project.path("out/made.json")}));
  EXPECT_EQ(found.folders.contains(project.path("src")), true);
  EXPECT_EQ(found.folders.contains(project.path("node_modules")), false);
  EXPECT_EQ(found.folders.contains(project.path(".git")), false);
}

TEST(WatchedFiles, AreNotThoseThatIgnoreFilesName) {
  TemporaryFolder project;
  for (const std::string path : {".git/HEAD", "a/.fnlint.yaml", "a/template.yaml", "a/old/t.yaml",
                                 "a/deep/made/t.yaml", "a/deep/kept/t.yaml"})
    project.write(path, "");
  project.write(".fnlintignore", "/a/old/\n");
  project.write("a/deep/.fnlintignore", "made\n");
  const std::vector<Target> targets{{.root = project.path("a"), .folders = {""}}};
  const auto watched = [&](const WatchOptions& options) {
    std::set<std::string> files;
    for (const auto& [path, state] : watched_files(targets, {}, options).files)
      files.insert(path.substr(project.path().size() + 1));
    return files;
  };
  const std::set<std::string> files{".fnlintignore", "a/.fnlint.yaml", "a/template.yaml",
                                    "a/deep/.fnlintignore", "a/deep/kept/t.yaml"};
  EXPECT_EQ(watched({}), files) << "the ignore file above the root, too";
  std::set<std::string> all = files;
  all.insert({"a/old/t.yaml", "a/deep/made/t.yaml"});
  EXPECT_EQ(watched({.reads_ignore_files = false}), all);
}

TEST(WatchedFiles, HaveChangedWhereOneIsOtherNewOrGone) {
  const WatchedFiles before{.files = {{"/p/a", {1, 2, 3, 4}}}, .folders = {"/p"}};
  WatchedFiles now = before;
  EXPECT_FALSE(has_changed(before, now));
  now.files["/p/a"].bytes = 9;
  EXPECT_TRUE(has_changed(before, now));
  now.files = {};
  EXPECT_TRUE(has_changed(before, now));
  now.files = before.files;
  now.files["/p/new/b"] = {};
  EXPECT_TRUE(has_changed(before, now));
  now.files = before.files;
  now.files["/elsewhere/c"] = {};  // it was read by the last run, and not looked at before
  EXPECT_FALSE(has_changed(before, now));
}

}  // namespace
}  // namespace fnlint::watch_test
