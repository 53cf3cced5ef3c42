// What becomes of what a call gives: closed, given on, kept by somebody else, or left.

#include "flow/syntax/closed_results.h"

#include "frontends/source/javascript/javascript.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fnlint {

namespace {

// Of the first call in the body of a function.
ResultEnd end_in(std::string_view body) {
  const CodeFacts code = lower_javascript(
      std::string("async function f(sink) {\n") + std::string(body) + "\n}\n",
      JavaScriptDialect::TypeScript);
  for (OpId at{0}; at.index < code.ops.size(); ++at.index)
    if (code.ops[at.index].kind == OpKind::Call) return result_end(code, at);
  return ResultEnd::Unknown;
}

TEST(ClosedResults, WhatIsClosedByAnyOfItsNamesIsClosed) {
  EXPECT_EQ(end_in("const c = open(); await c.end();"), ResultEnd::Closed);
  EXPECT_EQ(end_in("const c = await open(); const d = c; d.close();"), ResultEnd::Closed);
  EXPECT_EQ(end_in("const c = open(); later(() => c.end());"), ResultEnd::Closed);
}

TEST(ClosedResults, WhatIsOnlyAskedIsDropped) {
  EXPECT_EQ(end_in("const c = open(); await c.query('x');"), ResultEnd::Dropped);
  EXPECT_EQ(end_in("const c = open(); const s = c.cursor(); s.close();"), ResultEnd::Dropped);
}

TEST(ClosedResults, WhatIsReturnedIsGivenOn) {
  EXPECT_EQ(end_in("const c = open(); await c.connect(); return c;"), ResultEnd::Returned);
}

TEST(ClosedResults, WhatSomebodyElseMayCloseIsUnknown) {
  EXPECT_EQ(end_in("const c = open(); sink(c);"), ResultEnd::Unknown);
  EXPECT_EQ(end_in("sink.kept = open();"), ResultEnd::Unknown);
  EXPECT_EQ(end_in("open().then((c) => c.end());"), ResultEnd::Unknown);
  EXPECT_EQ(end_in("const c = open(); sink(c.end);"), ResultEnd::Unknown);
}

TEST(ClosedResults, AFormOfItThatIsClosedLeavesItUnknown) {
  EXPECT_EQ(end_in("const c = open().promise(); await c.end();"), ResultEnd::Unknown);
}

}  // namespace

}  // namespace fnlint
