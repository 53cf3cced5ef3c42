// What functions read of module variables, and whether the same invocation has assigned them
// before.
#include "support.h"

#include <gtest/gtest.h>

namespace fnlint::testing {
namespace {

std::string finds(const std::string& text) {
  auto program = LittleProgram::javascript({{"app", text}});
  return program.finds("app", "handler");
}

TEST(ResidualReads, AReadBehindAnAssignmentFindsWhatTheInvocationSet) {
  const std::string found = finds(R"(
let user;
export const handler = (event) => { user = event.user; return user; };
)");
  EXPECT_NE(found.find("set before"), std::string::npos) << found;
}

TEST(ResidualReads, AReadBeforeAnAssignmentFindsWhatWasThere) {
  const std::string found = finds(R"(
let user;
export const handler = (event) => { const before = user; user = event.user; return before; };
)");
  EXPECT_EQ(found.find("set before"), std::string::npos) << found;
  EXPECT_NE(found, "");
}

TEST(ResidualReads, OfTwoWaysBothMustAssign) {
  const std::string one = finds(R"(
let user;
export const handler = (event) => { if (event.user) { user = event.user; } return user; };
)");
  EXPECT_EQ(one.find("set before"), std::string::npos) << one;
  const std::string both = finds(R"(
let user;
export const handler = (event) => {
  if (event.user) { user = event.user; } else { user = "nobody"; }
  return user;
};
)");
  EXPECT_NE(both.find("set before"), std::string::npos) << both;
}

TEST(ResidualReads, AHelperThatRaisesOrAssignsHasAssigned) {
  const std::string found = finds(R"(
let key;
async function load(source) {
  const value = await source();
  if (!value) { throw new Error("no key"); }
  key = value;
}
export const handler = async (event) => { await load(event.source); return sign(event.text); };
const sign = (text) => text + key;
)");
  EXPECT_NE(found.find("set before"), std::string::npos) << found;
}

TEST(ResidualReads, AHelperThatMayReturnBeforeHasNot) {
  const std::string found = finds(R"(
let key;
async function load(value) {
  if (!value) { return; }
  key = value;
}
export const handler = async (event) => { await load(event.key); return event.text + key; };
)");
  EXPECT_EQ(found.find("set before"), std::string::npos) << found;
}

TEST(ResidualReads, WhatIsLeftRunningHasAssignedNothing) {
  const std::string found = finds(R"(
let key;
async function load(source) { key = await source(); }
export const handler = async (event) => { load(event.source); return event.text + key; };
)");
  EXPECT_EQ(found.find("set before"), std::string::npos) << found;
}

TEST(ResidualReads, AHandlerOfErrorsBeginsWithWhatWasThereBeforeTheTry) {
  const std::string found = finds(R"(
let user;
export const handler = async (event) => {
  try { user = JSON.parse(event.body).user; } catch (error) { return user; }
  return "";
};
)");
  EXPECT_EQ(found.find("set before"), std::string::npos) << found;
}

std::string finds_in_go(const std::string& after_call) {
  auto program = LittleProgram::go({{"app", R"(
package main

import "errors"

type run struct{ owner string }

var current run

func take(event map[string]string) error {
	if event["owner"] != "" {
		current.owner = event["owner"]
	} else {
		return errors.New("no owner")
	}
	return nil
}

func handler(event map[string]string) (string, error) {
)" + after_call + R"(
	return current.owner, nil
}
)"}});
  return program.finds("app", "handler");
}

TEST(ResidualReads, AFieldIsAssignedWhereTheHelpersErrorIsNil) {
  const std::string found = finds_in_go(R"(
	err := take(event)
	if err != nil {
		return "", err
	})");
  EXPECT_NE(found.find("owner set before"), std::string::npos) << found;
}

TEST(ResidualReads, AFieldMayBeLeftWhereTheHelpersErrorIsNoEnd) {
  const std::string found = finds_in_go(R"(
	err := take(event)
	if err != nil {
		println(err)
	})");
  EXPECT_NE(found.find("owner"), std::string::npos) << found;
  EXPECT_EQ(found.find("owner set before"), std::string::npos) << found;
}

TEST(ResidualReads, OnlyVariablesThatFunctionsAssignAreTold) {
  EXPECT_EQ(finds(R"(
const table = "orders";
export const handler = (event) => table + event.id;
)"),
            "");
}

}  // namespace
}  // namespace fnlint::testing
