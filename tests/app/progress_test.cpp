// The line that a terminal shows while a run goes on.
#include "app/files/parallel.h"
#include "tests/app/program.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace fnlint::progress_test {
namespace {

using std::chrono::milliseconds;

// What goes to a terminal, from another thread.
class Terminal {
 public:
  Progress::Write write() {
    return [this](std::string_view text) {
      const std::scoped_lock lock(mutex_);
      shown_ += text;
      changed_.notify_all();
    };
  }
  // Until it has been shown: for ever, if it never is.
  void await(std::string_view text) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return shown_.find(text) != std::string::npos; });
  }
  std::string shown() {
    const std::scoped_lock lock(mutex_);
    return shown_;
  }

 private:
  std::mutex mutex_ = {};
  std::condition_variable changed_ = {};
  std::string shown_ = {};
};

TEST(Progress, SaysTheStageAndHowFarItIsAndClearsTheLine) {
  Terminal terminal;
  {
    Progress progress(terminal.write(), 0, milliseconds(0));
    progress.begin("reading code", "files");
    terminal.await("\r\x1b[Kfnlint: reading code");
    in_parallel({.progress = &progress}, 12, [](std::size_t) {});
    progress.expect(28);
    terminal.await("\r\x1b[Kfnlint: reading code: 12 of 40 files");
    progress.begin("following events");
    terminal.await("\r\x1b[Kfnlint: following events");
  }
  EXPECT_TRUE(terminal.shown().ends_with("fnlint: following events\r\x1b[K")) << terminal.shown();
}

TEST(Workers, AreNoMoreThanMayBe) {
  std::mutex mutex;
  std::set<std::thread::id> threads;
  const auto note = [&](std::size_t) {
    const std::scoped_lock lock(mutex);
    threads.insert(std::this_thread::get_id());
  };
  in_parallel({.most = 1}, 64, note, 1);
  EXPECT_EQ(threads, std::set{std::this_thread::get_id()});
  EXPECT_EQ(threads_of({.most = 1}), 1U);
}

TEST(Progress, IsSilentAboutARunThatIsOverSoon) {
  Terminal terminal;
  {
    Progress progress(terminal.write(), 0, std::chrono::hours(1));
    progress.begin("reading code", "files");
  }
  EXPECT_EQ(terminal.shown(), "");
}

TEST(Progress, IsNoWiderThanTheTerminal) {
  Terminal terminal;
  {
    Progress progress(terminal.write(), 20, milliseconds(0));
    progress.begin("looking for templates", "files");
    terminal.await("fnlint: looking for");
  }
  EXPECT_EQ(terminal.shown(), "\r\x1b[Kfnlint: looking for\r\x1b[K");
}

TEST(Progress, IsOfNoCaseWhereNobodyLooks) {
  test::Program program;
  program.folder.write("template.yaml", test::kFound);
  program.err_is_terminal = true;
  using Variables = std::map<std::string, std::string>;
  for (const Variables& variables :
       {Variables{{"TERM", "dumb"}}, {{"NO_COLOR", "1"}}, {{"CI", "true"}}}) {
    program.variables = variables;
    program({});
    EXPECT_EQ(program.err.str().find('\x1b'), std::string::npos);
  }
}

}  // namespace
}  // namespace fnlint::progress_test
