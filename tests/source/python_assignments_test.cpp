// Python's assignments, deletions and assertions in the code form.

#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(PythonStatements, AssignsToEveryTarget) {
  EXPECT_EQ(lowered(R"py(
a = b = f()
c = d = e.g
h = i = []
)py"),
            R"code(
module
  #0 call f()
  #1 assign a = r0
  #2 assign b = r0
  #3 declare $8 = e.g
  #4 assign c = $8
  #5 assign d = $8
  #6 declare $9 = []
  #7 assign h = $9
  #8 assign i = $9
)code");
}

TEST(PythonStatements, AssignsSideBySide) {
  EXPECT_EQ(lowered(R"py(
a, b = b, a
c, d = x["c"], x["d"]
self.e, g = e, f
)py"),
            R"code(
module
  #0 declare $5 = a
  #1 assign a = b
  #2 assign b = $5
  #3 assign c = x["c"]
  #4 assign d = x["d"]
  #5 declare $9 = f
  #6 assign self.e = e
  #7 assign g = $9
)code");
}

TEST(PythonStatements, TakesValuesApart) {
  EXPECT_EQ(lowered(R"py(
c, *d, e = xs
(f, g), h = pair()
i, (j, *k) = i
(b,) = x
)py"),
            R"code(
module
  #0 assign c = xs[0]
  #1 assign d = xs[1:-1]
  #2 assign e = xs[-1]
  #3 call pair()
  #4 assign f = r3[0][0]
  #5 assign g = r3[0][1]
  #6 assign h = r3[1]
  #7 declare $12 = i
  #8 assign i = $12[0]
  #9 assign j = $12[1][0]
  #10 assign k = $12[1][1:]
  #11 assign b = x[0]
)code");
}

TEST(PythonStatements, UpdatesInPlace) {
  EXPECT_EQ(lowered(R"py(
x += 1
x.y -= f()
x["k"] |= 3
x //= 2
x @= m
)py"),
            R"code(
module
  #0 assign x update Add 1
  #1 call f()
  #2 assign x.y update Subtract r1
  #3 assign x["k"] update BitOr 3
  #4 assign x update FloorDivide 2
  #5 assign x = unknown(@=)
)code");
}

TEST(PythonStatements, AnnotationsAloneAssignNothing) {
  EXPECT_EQ(lowered(R"py(
x: int
y: Final = 3
)py"),
            R"code(
module
  #0 assign y = 3
)code");
}

TEST(PythonStatements, DeletesPlaces) {
  EXPECT_EQ(lowered(R"py(
del x, y[0], z.a
del (a, b), [c]
)py"),
            R"code(
module
  #0 delete x
  #1 delete y[0]
  #2 delete z.a
  #3 delete a
  #4 delete b
  #5 delete c
)code");
}

TEST(PythonStatements, AssertsByRaising) {
  EXPECT_EQ(lowered(R"py(
assert isinstance(x, (str, bytes)), msg()
assert y
)py"),
            R"code(
module
  #0 branch not ((x is str) or (x is bytes)) else #4
    #1 call msg()
    #2 implicit AssertionError(r1)
    #3 exit raise r2
  #4 branch not y else #7
    #5 implicit AssertionError()
    #6 exit raise r5
)code");
}

}  // namespace
}  // namespace fnlint
