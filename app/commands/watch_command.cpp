// The loop of `--watch`: lint, report what has changed since the last run, wait, and abandon a run
// whose files have changed meanwhile.

#include "app/commands/watch_command.h"

#include "app/commands/check.h"
#include "app/commands/watched_files.h"
#include "app/files/parallel.h"
#include "app/run/merged_report.h"
#include "core/text.h"
#include "report/told_lines.h"
#include "report/words.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <ostream>
#include <set>
#include <system_error>
#include <thread>
#include <utility>

namespace fnlint {

namespace {

constexpr std::chrono::milliseconds kSettle{100};     // nothing has changed for so long ...
constexpr int kMostSettles = 20;                      // ... or it goes on and on
constexpr std::chrono::milliseconds kLookAgain{500};  // while a run goes on
constexpr std::size_t kTold = 20;                     // findings that came or went

// Findings and problems of a run: what each is known by, and how it is told.
using Told = std::multimap<std::string, std::string>;

Told told_of(const std::vector<ProjectRun>& runs, CommandLine line, const Console& console) {
  line.max_findings.reset();
  const Report report = merged_report(runs, line, console.working_directory);
  Told told;
  for (const ToldLine& each : told_lines(report)) {
    const std::string key = cat(each.path, '\n', each.rule, '\n',
                                each.finding == nullptr ? each.message : each.finding->fingerprint);
    told.emplace(key, cat(each.path, ':', each.region.begin.line, ':', each.region.begin.column,
                          ": ", each.message, " [", each.rule, ']'));
  }
  return told;
}

// Those of the first that the second lacks; equal ones are counted.
std::vector<std::string> without(const Told& some, Told others) {
  std::vector<std::string> left;
  for (const auto& [key, words] : some) {
    const auto found = others.find(key);
    if (found == others.end())
      left.push_back(words);
    else
      others.erase(found);
  }
  return left;
}

void say_rows(std::string_view label, const std::vector<std::string>& rows, Console& console) {
  for (std::size_t i = 0; i < std::min(rows.size(), kTold); ++i)
    say(console, cat(label, ": ", rows[i]));
  if (rows.size() > kTold) say(console, cat(label, ": and ", rows.size() - kTold, " more"));
}

void say_changes(const Told& before, const Told& now, Console& console) {
  const std::vector<std::string> fresh = without(now, before), fixed = without(before, now);
  say_rows("new", fresh, console);
  say_rows("fixed", fixed, console);
  say(console, cat(fresh.size(), " new, ", fixed.size(), " fixed since the last run"));
}

// Looks for changes while a run goes on: what it would tell is out of date then, and it is ended.
class Outdated {
 public:
  Outdated(std::function<WatchedFiles()> look, WatchedFiles before)
      : look_(std::move(look)), before_(std::move(before)), thread_([this] { watch(); }) {}
  Outdated(const Outdated&) = delete;
  Outdated& operator=(const Outdated&) = delete;
  ~Outdated() {
    {
      const std::scoped_lock lock(mutex_);
      is_over_ = true;
    }
    over_.notify_all();
    thread_.join();
  }
  [[nodiscard]] const Cancel& cancel() const { return cancel_; }

 private:
  void watch() {
    std::unique_lock lock(mutex_);
    while (!over_.wait_for(lock, kLookAgain, [this] { return is_over_; })) {
      lock.unlock();
      cancel_ = has_changed(before_, look_());
      lock.lock();
      if (cancel_) return;
    }
  }

  std::function<WatchedFiles()> look_;
  WatchedFiles before_;
  Cancel cancel_ = false;
  std::mutex mutex_;
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread thread_;  // the last: it uses the others
};

class Watch {
 public:
  Watch(const CommandLine& line, Console& console, std::unique_ptr<Wakeup> by)
      : line_(line), console_(console), wakeup_(std::move(by)) {
    options_.reads_ignore_files = !line.no_ignore;
    for (const std::string& path : {line.config, line.baseline})
      if (!path.empty()) options_.also.push_back(join_path(console.working_directory, path));
    add_own(line.log_file);
    for (const Output& output : line.outputs) add_own(output.file);
  }
  int run();

 private:
  // What a run writes itself, as it is named and where links lead: it is no change.
  void add_own(const std::string& named) {
    const std::string path = join_path(console_.working_directory, named);
    options_.own.insert(path);
    std::error_code none;
    if (const auto real = std::filesystem::weakly_canonical(path, none); !none)
      options_.own.insert(real.string());
  }
  enum class Outcome : std::uint8_t { Reported, NothingToLint, OutOfDate };
  Outcome lint_once();
  // Until a run is not out of date when it ends.
  Outcome lint();
  void wait();
  // Until nothing has changed for a moment, or it goes on and on.
  void settle(WatchedFiles now);
  WatchedFiles look() {
    if (Result<std::vector<Target>> targets = targets_of(line_.paths, console_.working_directory))
      targets_ = std::move(targets.value());
    for (const Target& target : targets_) workspaces_.try_emplace(target.root);
    return watched_files(targets_, workspaces_, options_);
  }
  void clear_screen() {
    if (console_.out_is_terminal && console_.variable("TERM") != "dumb")
      console_.out << "\x1b[2J\x1b[3J\x1b[H";
  }

  const CommandLine& line_;
  Console& console_;
  WatchOptions options_ = {};
  std::vector<Target> targets_ = {};
  // Of the targets, and of what the last runs that could be done were of. No run adds one: it goes
  // on while somebody looks here.
  Workspaces workspaces_ = {};
  std::optional<Told> told_ = {};
  WatchedFiles seen_ = {};  // by the last run, or before it
  std::unique_ptr<Wakeup> wakeup_;
};

Watch::Outcome Watch::lint() {
  Outcome outcome = lint_once();
  while (outcome == Outcome::OutOfDate) {
    settle(look());
    outcome = lint_once();
  }
  return outcome;
}

Watch::Outcome Watch::lint_once() {
  wakeup_->add(look().folders);
  seen_ = look();
  Checked checked;
  {
    const Outdated outdated([this] { return watched_files(targets_, workspaces_, options_); },
                            seen_);
    console_.cancel = &outdated.cancel();
    checked = check(line_, console_, &workspaces_);
    console_.cancel = nullptr;
  }
  if (checked.cancelled) return Outcome::OutOfDate;
  if (checked.runs.empty() && targets_.empty()) return Outcome::NothingToLint;
  if (!checked.runs.empty()) {
    Workspaces reported;
    for (const ProjectRun& each : checked.runs) {
      reported[each.target.root].note_reported(each.run);
      for (const BaselineUse& use : each.baselines)
        if (use.fixed > 0) look_again(use.path, seen_);  // the run has written it
    }
    workspaces_ = std::move(reported);
    Told told = told_of(checked.runs, line_, console_);
    if (told_) say_changes(*told_, told, console_);
    told_ = std::move(told);
  }
  if (!line_.quiet) say(console_, "waiting for changes; Ctrl-C ends it");
  console_.out.flush();
  console_.err.flush();
  return Outcome::Reported;
}

// What a run has read may lie where nobody had looked.
void Watch::wait() {
  WatchedFiles now = look();
  for (; !has_changed(seen_, now); now = look()) {
    if (now.folders == seen_.folders) {
      wakeup_->wait();
      continue;
    }
    // A file may come to be in a folder before anyone is told of it: it is looked for again.
    seen_ = std::move(now);
    wakeup_->add(seen_.folders);
  }
  settle(std::move(now));
}

void Watch::settle(WatchedFiles now) {
  for (int i = 0; i < kMostSettles; ++i) {
    std::this_thread::sleep_for(kSettle);
    WatchedFiles then = look();
    const bool is_settled = !has_changed(now, then);
    now = std::move(then);
    if (is_settled) return;
  }
}

int Watch::run() {
  if (lint() == Outcome::NothingToLint) return kCouldNotRun;
  for (;;) {
    wait();
    clear_screen();
    lint();
  }
}

}  // namespace

int watch_command(const CommandLine& line, Console& console, std::unique_ptr<Wakeup> by) {
  return Watch(line, console, std::move(by)).run();
}

}  // namespace fnlint
