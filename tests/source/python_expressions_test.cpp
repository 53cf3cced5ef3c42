// Python's expressions in the code form, in evaluation order.

#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(PythonExpressions, KeepsPureLogicAsExpressions) {
  EXPECT_EQ(lowered(R"py(
x = a and b or not c
y = a if b else c
)py"),
            R"code(
module
  #0 assign x = (a and b) or (not c)
  #1 assign y = choose(b, a, c)
)code");
}

TEST(PythonExpressions, BranchesWhereLogicHidesCalls) {
  EXPECT_EQ(lowered(R"py(
x = a and f()
y = a or f() or b
)py"),
            R"code(
module
  #0 declare $3 = a
  #1 branch $3 else #4
    #2 call f()
    #3 assign $3 = r2
  #4 assign x = $3
  #5 declare $5 = a
  #6 branch $5 else #7 end #9
  else
    #7 call f()
    #8 assign $5 = r7
  #9 assign y = $5 or b
)code");
}

TEST(PythonExpressions, BranchesWhereAChoiceHidesCalls) {
  EXPECT_EQ(lowered(R"py(
x = f() if c else 1
y = a if b else c if d() else e
)py"),
            R"code(
module
  #0 branch c else #3 end #4
    #1 call f()
    #2 assign $3 = r1
  else
    #3 assign $3 = 1
  #4 assign x = $3
  #5 branch b else #7 end #9
    #6 assign $6 = a
  else
    #7 call d()
    #8 assign $6 = choose(r7, c, e)
  #9 assign y = $6
)code");
}

TEST(PythonExpressions, ComparesChains) {
  EXPECT_EQ(lowered(R"py(
a < b <= c
a > b >= c
a is not None
a not in b
)py"),
            R"code(
module
  #0 evaluate (a < b) and (b <= c)
  #1 evaluate (b < a) and (c <= b)
  #2 evaluate a != null
  #3 evaluate not (a in b)
)code");
}

TEST(PythonExpressions, RunsLaterPartsOfAComparisonOnlyWhenNeeded) {
  EXPECT_EQ(lowered(R"py(
f() < g() < h()
)py"),
            R"code(
module
  #0 call f()
  #1 call g()
  #2 declare $2 = r0 < r1
  #3 branch $2 else #6
    #4 call h()
    #5 assign $2 = r1 < r4
)code");
}

TEST(PythonExpressions, TestsTypesWithoutACall) {
  EXPECT_EQ(lowered(R"py(
x = isinstance(e, KeyError) and e.key
y = isinstance(e, (boto.Err, list))
z = isinstance(e, int | None)
)py"),
            R"code(
module
  #0 assign x = (e is KeyError) and e.key
  #1 assign y = (e is boto.Err) or (e is list)
  #2 assign z = (e is int) or (e == null)
)code");
}

TEST(PythonExpressions, CallsIsinstanceWhereItIsNotTheBuiltin) {
  EXPECT_EQ(lowered(R"py(
def f(isinstance): return isinstance(x, int)
g = isinstance(x, type(y))
)py"),
            R"code(
module
  #0 declare f = function f
  #1 call type(y)
  #2 call isinstance(x, r1)
  #3 assign g = r2
function f(isinstance)
  #4 call isinstance(x, int)
  #5 exit return r4
)code");
}

TEST(PythonExpressions, NamesValuesInPassing) {
  EXPECT_EQ(lowered(R"py(
if (n := len(x)) > 3: print(n)
)py"),
            R"code(
module
  #0 call len(x)
  #1 assign n = r0
  #2 branch 3 < n else #4
    #3 call print(n)
feature walrus since 3.8
)code");
}

TEST(PythonExpressions, CallsWithEveryKindOfArgument) {
  EXPECT_EQ(lowered(R"py(
f(1, a=2, *xs, **kw)
g("x", *a.b(), **c.d())
h(x for x in y)
)py"),
            R"code(
module
  #0 call f(1, a: 2, ...xs, **kw)
  #1 call a.b()
  #2 call c.d()
  #3 call g("x", ...r1, **r2)
  #4 declare $8 = []
  #5 loop each x in y end #7
    #6 assign $8 update Add [x]
  #7 call h($8)
)code");
}

TEST(PythonExpressions, CallsChainsFromLeftToRight) {
  EXPECT_EQ(lowered(R"py(
a()()[0]().b
x[f()] = g()
(a and b)(c)
super().__init__(x)
)py"),
            R"code(
module
  #0 call a()
  #1 call r0()
  #2 call r1[0]()
  #3 call g()
  #4 call f()
  #5 assign x[r4] = r3
  #6 call (a and b)(c)
  #7 call super()
  #8 call r7.__init__(x)
)code");
}

TEST(PythonExpressions, SuperIsTheReceiverAsTheBaseClassHasIt) {
  EXPECT_EQ(lowered(R"py(
class A(B):
    def __init__(self):
        super().__init__(1)
    def run(self):
        return super(A, self).run()
)py"),
            R"code(
class A(B) methods A.__init__, A.run
module
  #0 define A
  #1 declare A = r0
class init A.class(receiver A)
  #2 declare A.__init__ = function A.__init__
  #3 declare A.run = function A.run
constructor A.__init__(receiver self) in A.class
  #4 call self.<super>(1)
method A.run(receiver self) in A.class
  #5 call self.<super>.run()
  #6 exit return r5
)code");
}

TEST(PythonExpressions, TakesPartsAndIndexes) {
  EXPECT_EQ(lowered(R"py(
x = y[1:2], y[::3], y[:-1], y[a, b], y[a:b, *c]
)py"),
            R"code(
module
  #0 assign x = [y[1:2], y[::3], y[:-1], y[[a, b]], y[[y[a:b], ...c]]]
feature star-index since 3.11
)code");
}

TEST(PythonExpressions, BuildsListsAndRecords) {
  EXPECT_EQ(lowered(R"py(
x = [a, *b, (c, d)]
y = {1, 2}
z = {"a": 1, b: 2, **c, 3: 4}
)py"),
            R"code(
module
  #0 assign x = [a, ...b, [c, d]]
  #1 assign y = [1, 2]
  #2 assign z = {a: 1, [b]: 2, **c, [3]: 4}
)code");
}

TEST(PythonExpressions, AppendsInComprehensions) {
  EXPECT_EQ(lowered(R"py(
x = [f(y) for y in ys if y > 1]
z = {k: v for k, v in d}
s = sum(n for n in ns)
)py"),
            R"code(
module
  #0 declare $7 = []
  #1 loop each y in ys end #5
    #2 branch 1 < y else #5
      #3 call f(y)
      #4 assign $7 update Add [r3]
  #5 assign x = $7
  #6 declare $10 = {}
  #7 loop each $12 in d end #11
    #8 assign k = $12[0]
    #9 assign v = $12[1]
    #10 assign $10[k] = v
  #11 assign z = $10
  #12 declare $14 = []
  #13 loop each n in ns end #15
    #14 assign $14 update Add [n]
  #15 call sum($14)
  #16 assign s = r15
)code");
}

TEST(PythonExpressions, NestsComprehensionClauses) {
  EXPECT_EQ(lowered(R"py(
[f(x) for x in g(y) for z in x if p(z) if q]
)py"),
            R"code(
module
  #0 declare $2 = []
  #1 call g(y)
  #2 loop each x in r1 end #9
    #3 loop each z in x end #9
      #4 call p(z)
      #5 branch r4 else #9
        #6 branch q else #9
          #7 call f(x)
          #8 assign $2 update Add [r7]
)code");
}

TEST(PythonExpressions, AwaitsEachInAsyncComprehensions) {
  EXPECT_EQ(lowered(R"py(
async def f(): return [x async for x in y]
)py"),
            R"code(
module
  #0 declare f = function f
function f() async locals x
  #1 declare $2 = []
  #2 loop each x in y awaits_each end #4
    #3 assign $2 update Add [x]
  #4 exit return $2
)code");
}

TEST(PythonExpressions, CalculatesWithEveryOperator) {
  EXPECT_EQ(lowered(R"py(
x = -1; y = -a; z = ~a; w = +a
v = a ** 2 | b & c ^ d << 1 >> 2
u = a % b // c / d * e - f
t = a @ b
)py"),
            R"code(
module
  #0 assign x = -1
  #1 assign y = 0 - a
  #2 assign z = a ^ -1
  #3 assign w = a
  #4 assign v = (a ** 2) | (b & (c ^ ((d << 1) >> 2)))
  #5 assign u = ((((a % b) // c) / d) * e) - f
  #6 assign t = unknown(@)
)code");
}

TEST(PythonExpressions, ReadsNumbers) {
  EXPECT_EQ(lowered(R"py(
x = 0x1F, 1_000, 0b11, 0o17, 1e3, 2j, 10L, 0xFFFFFFFFFFFFFFFFFF
)py"),
            R"code(
module
  #0 assign x = [31, 1000, 3, 15, 1e3, 2j, 10, 0xFFFFFFFFFFFFFFFFFF]
)code");
}

TEST(PythonExpressions, MakesFunctionsOfLambdas) {
  EXPECT_EQ(lowered(R"py(
g = lambda e, c=d(): e.x
)py"),
            R"code(
module
  #0 call d()
  #1 assign g = function L1
function L1(e, c = r0)
  #2 exit return e.x
)code");
}

TEST(PythonExpressions, YieldsAndReceives) {
  EXPECT_EQ(lowered(R"py(
def gen():
    x = yield 1
    yield
    yield from other()
)py"),
            R"code(
module
  #0 declare gen = function gen
function gen() generator locals x
  #1 yield 1
  #2 assign x = r1
  #3 yield null
  #4 call other()
  #5 loop each $3 in r4 end #7
    #6 yield $3
)code");
}

TEST(PythonExpressions, AwaitsResults) {
  EXPECT_EQ(lowered(R"py(
async def f(): return await g()
)py"),
            R"code(
module
  #0 declare f = function f
function f() async
  #1 call g()
  #2 await r1
  #3 exit return r2
)code");
}

}  // namespace
}  // namespace fnlint
