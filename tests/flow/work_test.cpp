// What calls make, take their time with, leave running and wait for.
#include "support.h"

#include <gtest/gtest.h>

namespace fnlint::testing {
namespace {

TEST(Work, ATaskThatNothingTakesIsLeftRunning) {
  auto program = LittleProgram::javascript({{"app", R"(
const save = async (x) => { await fetch(x); };
const wrap = (x) => save(x);
export const handler = async (event) => {
  save(1);
  wrap(2);
  const unread = save(3);
  true && save(4);
};
)"}});
  EXPECT_EQ(program.work("app", "handler"), "start\nstart\nstart\nstart\n");
}

TEST(Work, ATaskThatIsTakenIsNot) {
  auto program = LittleProgram::javascript({{"app", R"(
const save = async (x) => { await fetch(x); };
const quick = async (x) => { x.done = true; };
export const handler = async (event) => {
  await save(1);
  const all = [save(2)];
  all.push(save(3));
  await Promise.all(all);
  const p = save(4);
  p.catch(() => {});
  await p;
  quick(event);
  return save(5);
};
)"}});
  EXPECT_EQ(program.work("app", "handler"), "");
}

TEST(Work, WhatACallbackGivesIsTakenByMapAndLostByForEach) {
  auto program = LittleProgram::javascript({{"app", R"(
const save = async (x) => { await fetch(x); };
export const each = async (event) => { event.items.forEach((x) => save(x)); };
export const map = async (event) => { await Promise.all(event.items.map((x) => save(x))); };
)"}});
  EXPECT_EQ(program.work("app", "each"), "start\n");
  EXPECT_EQ(program.work("app", "map"), "");
}

TEST(Work, APromisesExecutorSettlesWhatItStarts) {
  auto program = LittleProgram::javascript({{"app", R"(
const log = (x) => fetch(x);
export const handler = async (event) => {
  await new Promise((resolve) => setTimeout(() => { log(1); resolve(); }, 10));
  await new Promise((resolve) => { log(2).then(resolve); });
};
export const timer = async (event) => { setTimeout(() => { event.x.y = 1; log(1); }, 10); };
)"}});
  // A timer takes its time; whether anybody waits for that, is asked of the two steps together.
  EXPECT_EQ(program.work("app", "handler"), "work -\n");
  EXPECT_EQ(program.work("app", "timer"), "start with a callback\nwork -\n");
}

TEST(Work, ACallOfAParameterIsSettledOnceTheFunctionIsKnown) {
  auto program = LittleProgram::javascript({{"app", R"(
const save = async (x) => { await fetch(x); };
const run = (f) => { f(1); };
export const handler = async (event) => { run(save); };
)"}});
  EXPECT_EQ(program.work("app", "handler"), "start\n");
}

TEST(Work, AColdTaskHasNotEvenBegun) {
  auto program = LittleProgram::python({{"app", R"(
async def notify(user):
    print(user)
def handler(event, context):
    notify(event["user"])
)"}});
  EXPECT_EQ(program.work("app", "handler"), "start\n");
}

TEST(Work, ThreadsStartAndAreWaitedFor) {
  auto program = LittleProgram::python({{"app", R"(
import threading
def handler(event, context):
    one = threading.Thread(target=print)
    one.start()
    one.join()
)"}});
  EXPECT_EQ(program.work("app", "handler"), "start\nwait\n");
}

TEST(Work, AFunctionThatRemembersMakesOnce) {
  auto program = LittleProgram::python({{"app", R"(
import functools
import boto3
@functools.lru_cache
def client():
    return boto3.client("athena")
def handler(event, context):
    client().list_work_groups()
)"}});
  const std::string text = program.work("app", "handler");
  EXPECT_NE(text.find("make boto3.client(athena)"), std::string::npos) << text;
  EXPECT_NE(text.find(" if guarded("), std::string::npos) << text;
  EXPECT_NE(text.find("work boto3.client(athena)"), std::string::npos) << text;
}

TEST(Work, PausesAndProcessesAreWork) {
  auto program = LittleProgram::python({{"app", R"(
import subprocess
import time
def handler(event, context):
    time.sleep(1)
    subprocess.run(["ls"])
)"}});
  EXPECT_EQ(program.work("app", "handler"), "work -\nwork -\n");
}

}  // namespace
}  // namespace fnlint::testing
