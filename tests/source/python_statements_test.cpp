// Python's loops, branches, try and with in the code form.

#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(PythonStatements, LoopsOverRecordsAndLeavesThemEarly) {
  EXPECT_EQ(lowered(R"py(
for rec in event["Records"]:
    key = unquote_plus(rec["s3"]["object"]["key"])
    if key.startswith(P):
        continue
    s3.put_object(Bucket=B, Key=f"{P}{key}")
)py"),
            R"code(
module
  #0 loop each rec in event["Records"] end #7
    #1 call unquote_plus(rec["s3"]["object"]["key"])
    #2 assign key = r1
    #3 call key.startswith(P)
    #4 branch r3 else #6
      #5 exit continue -> #0
    #6 call s3.put_object(Bucket: B, Key: concat(P, key))
)code");
}

TEST(PythonStatements, TestsConditionsOneAfterAnother) {
  EXPECT_EQ(lowered(R"py(
if a and f():
    g()
elif h():
    k()
else:
    m()
)py"),
            R"code(
module
  #0 declare $1 = a
  #1 branch $1 else #4
    #2 call f()
    #3 assign $1 = r2
  #4 branch $1 else #6 end #10
    #5 call g()
  else
    #6 call h()
    #7 branch r6 else #9 end #10
      #8 call k()
    else
      #9 call m()
)code");
}

TEST(PythonStatements, LeavesAWhileLoopByItsCondition) {
  EXPECT_EQ(lowered(R"py(
while ready():
    step()
    if done: break
    continue
)py"),
            R"code(
module
  #0 loop forever end #8
    #1 call ready()
    #2 branch r1 else #3 end #4
    else
      #3 exit break -> #0
    #4 call step()
    #5 branch done else #7
      #6 exit break -> #0
    #7 exit continue -> #0
)code");
}

TEST(PythonStatements, LeavesAnEndlessLoopOnlyByBreak) {
  EXPECT_EQ(lowered(R"py(
while True:
    f()
)py"),
            R"code(
module
  #0 loop forever end #2
    #1 call f()
)code");
}

TEST(PythonStatements, RunsTheElsePartOfALoopUnlessItWasLeft) {
  EXPECT_EQ(lowered(R"py(
for x in xs:
    if x: break
else:
    g()
while y: pass
else: h()
)py"),
            R"code(
module
  #0 block for end #5
    #1 loop each x in xs end #4
      #2 branch x else #4
        #3 exit break -> #0
    #4 call g()
  #5 block while end #10
    #6 loop forever end #9
      #7 branch y else #8 end #9
      else
        #8 exit break -> #6
    #9 call h()
)code");
}

TEST(PythonStatements, ContinuesTheOuterLoopFromAnElsePart) {
  EXPECT_EQ(lowered(R"py(
for x in y:
    for z in x:
        if z: continue
        break
    else: continue
)py"),
            R"code(
module
  #0 loop each x in y end #7
    #1 block for end #7
      #2 loop each z in x end #6
        #3 branch z else #5
          #4 exit continue -> #2
        #5 exit break -> #1
      #6 exit continue -> #0
)code");
}

TEST(PythonStatements, TakesLoopElementsApart) {
  EXPECT_EQ(lowered(R"py(
for i, (k, v) in enumerate(d.items()):
    use(k)
)py"),
            R"code(
module
  #0 call d.items()
  #1 call enumerate(r0)
  #2 loop each $5 in r1 end #7
    #3 assign i = $5[0]
    #4 assign k = $5[1][0]
    #5 assign v = $5[1][1]
    #6 call use(k)
)code");
}

TEST(PythonStatements, LoopsIntoAnyPlace) {
  EXPECT_EQ(lowered(R"py(
for self.x in xs: pass
for a[i] in xs: pass
for (b) in 1, 2: pass
)py"),
            R"code(
module
  #0 loop each self.x in xs end #1
  #1 loop each a[i] in xs end #2
  #2 loop each b in [1, 2] end #3
)code");
}

TEST(PythonStatements, AwaitsEachElementOfAnAsyncLoop) {
  EXPECT_EQ(lowered(R"py(
async def f():
    async for x in xs:
        await g(x)
)py"),
            R"code(
module
  #0 declare f = function f
function f() async locals x
  #1 loop each x in xs awaits_each end #4
    #2 call g(x)
    #3 await r2
)code");
}

TEST(PythonStatements, CatchesByTypeAndFinishes) {
  EXPECT_EQ(lowered(R"py(
try:
    a()
except ValueError as e:
    log(e)
    raise
except (KeyError, m.Err):
    b()
except:
    d()
finally:
    c()
)py"),
            R"code(
module
  #0 try end #7
    #1 call a()
  catch ValueError as e
    #2 call log(e)
    #3 exit raise
  catch KeyError, m.Err
    #4 call b()
  catch
    #5 call d()
  finally
    #6 call c()
)code");
}

TEST(PythonStatements, KeepsTheElsePartOutOfTheCatchesReach) {
  EXPECT_EQ(lowered(R"py(
try:
    a()
except ValueError:
    b()
else:
    c()
finally:
    d()
)py"),
            R"code(
module
  #0 try end #8
    #1 block try end #7
      #2 try end #6
        #3 call a()
      catch ValueError
        #4 call b()
        #5 exit break -> #1
      #6 call c()
  finally
    #7 call d()
)code");
}

TEST(PythonStatements, FinishesWithoutCatches) {
  EXPECT_EQ(lowered(R"py(
try:
    a()
finally:
    b()
)py"),
            R"code(
module
  #0 try end #3
    #1 call a()
  finally
    #2 call b()
)code");
}

TEST(PythonStatements, CatchesExceptionGroups) {
  EXPECT_EQ(lowered(R"py(
try: f()
except* (A, B) as e: pass
)py"),
            R"code(
module
  #0 try end #2
    #1 call f()
  catch A, B as e
feature except-star since 3.11
)code");
}

TEST(PythonStatements, CatchesTypesWithoutParentheses) {
  EXPECT_EQ(lowered(R"py(
try: f()
except A, m.B: pass
)py"),
            R"code(
module
  #0 try end #2
    #1 call f()
  catch A, m.B
feature unparenthesized-except since 3.14
)code");
}

TEST(PythonStatements, CatchesComputedTypesNotEverything) {
  EXPECT_EQ(lowered(R"py(
try: f()
except errors(): pass
except errors: pass
)py"),
            R"code(
module
  #0 try end #3
    #1 call f()
  catch <computed>
    #2 call errors()
  catch errors
)code");
}

TEST(PythonStatements, EntersAndLeavesContextManagers) {
  EXPECT_EQ(lowered(R"py(
with open(p) as f, lock:
    f.read()
)py"),
            R"code(
module
  #0 call open(p)
  #1 implicit r0.__enter__()
  #2 assign f = r1
  #3 try end #9
    #4 implicit lock.__enter__()
    #5 try end #8
      #6 call f.read()
    finally
      #7 implicit lock.__exit__()
  finally
    #8 implicit r0.__exit__()
)code");
}

TEST(PythonStatements, TakesTheEnteredValueApart) {
  EXPECT_EQ(lowered(R"py(
with a() as (b, c): pass
with (d() as e.f, g() as h[0]): pass
)py"),
            R"code(
module
  #0 call a()
  #1 implicit r0.__enter__()
  #2 assign b = r1[0]
  #3 assign c = r1[1]
  #4 try end #6
  finally
    #5 implicit r0.__exit__()
  #6 call d()
  #7 implicit r6.__enter__()
  #8 assign e.f = r7
  #9 try end #16
    #10 call g()
    #11 implicit r10.__enter__()
    #12 assign h[0] = r11
    #13 try end #15
    finally
      #14 implicit r10.__exit__()
  finally
    #15 implicit r6.__exit__()
feature parenthesized-with since 3.9
)code");
}

TEST(PythonStatements, LeavesTheManagerThatItsOwnNameHides) {
  EXPECT_EQ(lowered(R"py(
with f as f: pass
)py"),
            R"code(
module
  #0 declare $1 = f
  #1 implicit $1.__enter__()
  #2 assign f = r1
  #3 try end #5
  finally
    #4 implicit $1.__exit__()
)code");
}

TEST(PythonStatements, AwaitsAsyncContextManagers) {
  EXPECT_EQ(lowered(R"py(
async def f():
    async with s.client("s3") as c:
        await c.put()
)py"),
            R"code(
module
  #0 declare f = function f
function f() async locals c
  #1 call s.client("s3")
  #2 implicit r1.__aenter__()
  #3 await r2
  #4 assign c = r3
  #5 try end #10
    #6 call c.put()
    #7 await r6
  finally
    #8 implicit r1.__aexit__()
    #9 await r8
)code");
}

TEST(PythonStatements, RaisesAndReturns) {
  EXPECT_EQ(lowered(R"py(
def f():
    if a: return
    if b: return 1, 2
    if c: raise
    raise X("a") from e
)py"),
            R"code(
module
  #0 declare f = function f
function f()
  #1 branch a else #3
    #2 exit return null
  #3 branch b else #5
    #4 exit return [1, 2]
  #5 branch c else #7
    #6 exit raise
  #7 call X("a")
  #8 exit raise r7
)code");
}

TEST(PythonStatements, ReadsValuesThatAreOnlyMentioned) {
  EXPECT_EQ(lowered(R"py(
os.environ["A"]
event
"a docstring is none"
...
)py"),
            R"code(
module
  #0 evaluate os.environ["A"]
  #1 evaluate event
)code");
}

TEST(PythonStatements, ToleratesPython2) {
  EXPECT_EQ(lowered(R"py(
print "x", y
print >>sys.stderr, z
exec "code" in d
raise E, "v"
try: pass
except E, e: pass
if a <> b: pass
)py"),
            R"code(
module
  #0 call print("x", y)
  #1 call print(file: sys.stderr, z)
  #2 call exec("code", d)
  #3 exit raise E
  #4 try end #5
  catch E
  #5 branch a != b else #6
problem at 0: Python 2 print statement
problem at 35: Python 2 exec statement
problem at 52: Python 2 raise statement
problem at 85: Python 2 except clause
problem at 98: Python 2 operator <>
)code");
}

TEST(PythonStatements, ReadsAssignmentsThatTheGrammarTakesForTypeAliases) {
  EXPECT_EQ(lowered(R"py(
type(mock).x = 3
type(a, b).y[0] = f()
)py"),
            R"code(
module
  #0 call type(mock)
  #1 assign r0.x = 3
  #2 call f()
  #3 call type(a, b)
  #4 assign r3.y[0] = r2
)code");
}

TEST(PythonStatements, DefinesTypeAliases) {
  EXPECT_EQ(lowered(R"py(
type X[T] = list[T]
)py"),
            R"code(
module
  #0 assign X = unknown(type alias)
feature type-alias since 3.12
)code");
}

TEST(PythonStatements, BreaksOutsideLoopsAreOpaque) {
  EXPECT_EQ(lowered(R"py(
break
)py"),
            R"code(
module
  #0 opaque break_statement
)code");
}

}  // namespace
}  // namespace fnlint
