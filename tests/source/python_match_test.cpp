// Python's match statement in the code form.

#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(PythonMatch, TriesCasesInOrder) {
  EXPECT_EQ(lowered(R"py(
match event["action"]:
    case "put" | 1 | -2 | Color.RED: f()
    case None: g()
    case other if other: h()
    case _: k()
)py"),
            R"code(
module
  #0 declare $2 = event["action"]
  #1 block match end #14
    #2 branch ((($2 == "put") or ($2 == 1)) or ($2 == -2)) or ($2 == Color.RED) else #5
      #3 call f()
      #4 exit break -> #1
    #5 branch $2 == null else #8
      #6 call g()
      #7 exit break -> #1
    #8 assign other = $2
    #9 branch other else #12
      #10 call h()
      #11 exit break -> #1
    #12 call k()
    #13 exit break -> #1
feature match since 3.10
)code");
}

TEST(PythonMatch, TakesMappingsApart) {
  EXPECT_EQ(lowered(R"py(
match event:
    case {"action": "x", "id": i, **rest}: f(i)
    case {}: g()
)py"),
            R"code(
module
  #0 block match end #9
    #1 branch (("action" in event) and (event["action"] == "x")) and ("id" in event) else #6
      #2 assign i = event["id"]
      #3 assign rest = {**event}
      #4 call f(i)
      #5 exit break -> #0
    #6 branch event is dict else #9
      #7 call g()
      #8 exit break -> #0
feature match since 3.10
)code");
}

TEST(PythonMatch, TakesSequencesApart) {
  EXPECT_EQ(lowered(R"py(
match cmd:
    case [a, *rest, b]: f()
    case "go", (direction): g()
)py"),
            R"code(
module
  #0 block match end #11
    #1 branch unknown(sequence pattern) else #7
      #2 assign a = cmd[0]
      #3 assign rest = cmd[1:-1]
      #4 assign b = cmd[-1]
      #5 call f()
      #6 exit break -> #0
    #7 branch unknown(sequence pattern) and (cmd[0] == "go") else #11
      #8 assign direction = cmd[1]
      #9 call g()
      #10 exit break -> #0
feature match since 3.10
)code");
}

TEST(PythonMatch, TestsClasses) {
  EXPECT_EQ(lowered(R"py(
match x:
    case Point(x=0, y=yy): f()
    case str() as s: g()
    case int(n): h()
    case mod.Pair(1, z): k()
)py"),
            R"code(
module
  #0 block match end #17
    #1 branch (x is Point) and (x.x == 0) else #5
      #2 assign yy = x.y
      #3 call f()
      #4 exit break -> #0
    #5 branch x is str else #9
      #6 assign s = x
      #7 call g()
      #8 exit break -> #0
    #9 branch x is int else #13
      #10 assign n = x
      #11 call h()
      #12 exit break -> #0
    #13 branch (x is mod.Pair) and (unknown(positional pattern) == 1) else #17
      #14 assign z = unknown(positional pattern)
      #15 call k()
      #16 exit break -> #0
feature match since 3.10
)code");
}

TEST(PythonMatch, BindsNamesOfAlternatives) {
  EXPECT_EQ(lowered(R"py(
match x:
    case [a, 1] | {"a": a}: f()
)py"),
            R"code(
module
  #0 block match end #5
    #1 branch (unknown(sequence pattern) and (x[1] == 1)) or ("a" in x) else #5
      #2 assign a = unknown(pattern)
      #3 call f()
      #4 exit break -> #0
feature match since 3.10
)code");
}

}  // namespace
}  // namespace fnlint
