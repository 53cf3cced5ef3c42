// A crash says what was being read, on every thread and with a stack of its own.

#include "app/files/crash_report.h"

#include "app/files/parallel.h"
#include "app/files/process.h"

#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdlib>
#include <new>
#include <vector>

namespace fnlint {
namespace {

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

TEST(CrashReportDeathTest, SaysWhatWasBeingRead) {
  EXPECT_EXIT(
      {
        report_crashes();
        note_reading("shop/template.yaml");
        std::raise(SIGSEGV);
      },
      ::testing::ExitedWithCode(2),
      "crashed \\(SIGSEGV\\) while reading shop/template.yaml\n.*--exclude");
}

TEST(CrashReportDeathTest, SaysSoWhereTheProgramGivesUp) {
  EXPECT_EXIT(
      {
        report_crashes();
        note_reading("a\x1b[2Jb");
        std::abort();
      },
      ::testing::ExitedWithCode(2), "crashed \\(SIGABRT\\) while reading a.\\[2Jb\n");
}

// Uses up its stack, whatever the compiler makes of it.
int endless(const volatile int* above) {
  const volatile int row[256] = {*above};
  int (*volatile next)(const volatile int*) = endless;
  return next(row) + row[0];
}

TEST(CrashReportDeathTest, HasAStackOfItsOwnInEachThread) {
  EXPECT_EXIT(
      {
        report_crashes();
        Helpers helpers;
        const bool started = helpers.start([] {
          note_reading("deep.py");
          const volatile int zero = 0;
          std::exit(endless(&zero));
        });
        helpers.join();
        std::exit(started ? 3 : 4);
      },
      ::testing::ExitedWithCode(2), "crashed \\(SIG(SEGV|BUS)\\) while reading deep.py");
}

#endif

TEST(EnsureStackDeathTest, GivesBackWhatTheUserHasTaken) {
  constexpr rlim_t kLittle = 64U << 10U, kUsual = 8U << 20U;
  EXPECT_EXIT(
      {
        rlimit row{};
        ::getrlimit(RLIMIT_STACK, &row);
        row.rlim_cur = kLittle;
        ::setrlimit(RLIMIT_STACK, &row);
        ensure_stack();
        ::getrlimit(RLIMIT_STACK, &row);
        pthread_attr_t threads;
        std::size_t bytes = 0;
        ::pthread_getattr_default_np(&threads);
        ::pthread_attr_getstacksize(&threads, &bytes);
        std::exit(row.rlim_cur == kUsual && bytes == kUsual ? 0 : 1);
      },
      ::testing::ExitedWithCode(0), "");
}

TEST(Parallel, WhatAHelperThrowsIsThrownByWhoeverAskedForHelp) {
  const auto fails = [](std::size_t i) {
    if (i % 2 == 1) throw std::bad_alloc();
  };
  EXPECT_THROW(in_parallel({}, 64, fails, 1), std::bad_alloc);
}

TEST(Parallel, EachIsDoneOnce) {
  std::vector<int> done(1000);
  in_parallel({}, done.size(), [&done](std::size_t i) { ++done[i]; }, 1);
  EXPECT_EQ(done, std::vector<int>(1000, 1));
}

}  // namespace
}  // namespace fnlint
