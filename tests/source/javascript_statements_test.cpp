// Statements: branches, loops, switch, try, using, labels.
#include "tests/source/javascript_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(JavaScriptStatements, IfAndElseAreBranches) {
  EXPECT_EQ(lowered_javascript(R"js(
if (a) f(); else if (b) g(); else { h(); }
)js"),
            R"(
module
  #0 branch a else #2 end #5
    #1 call f()
  else
    #2 branch b else #4 end #5
      #3 call g()
    else
      #4 call h()
)");
}

TEST(JavaScriptStatements, AGuardHoldsInWhatFollows) {
  EXPECT_EQ(lowered_javascript(R"js(
for (const record of event.Records) {
  if (record.key.startsWith("out/")) continue;
  copy(record.key);
}
)js"),
            R"(
module
  #0 loop each record in event.Records end #5
    #1 call record.key.startsWith("out/")
    #2 branch r1 else #4
      #3 exit continue -> #0
    #4 call copy(record.key)
)");
}

TEST(JavaScriptStatements, CallsUnderAndLeaveABlock) {
  EXPECT_EQ(lowered_javascript(R"js(
if (a && b && check(a)) use(a);
)js"),
            R"(
module
  #0 block end #7
    #1 branch a and b else #2 end #3
    else
      #2 exit break -> #0
    #3 call check(a)
    #4 branch r3 else #5 end #6
    else
      #5 exit break -> #0
    #6 call use(a)
)");
}

TEST(JavaScriptStatements, CallsUnderOrWithElseLeaveTwoBlocks) {
  EXPECT_EQ(lowered_javascript(R"js(
if (key.startsWith("a/") || key.endsWith(".json")) skip(); else use();
)js"),
            R"(
module
  #0 block end #12
    #1 block end #11
      #2 block end #9
        #3 call key.startsWith("a/")
        #4 branch r3 else #6
          #5 exit break -> #2
        #6 call key.endsWith(".json")
        #7 branch r6 else #8 end #9
        else
          #8 exit break -> #1
      #9 call skip()
      #10 exit break -> #0
    #11 call use()
)");
}

TEST(JavaScriptStatements, NegatedTestsWithCallsSwapTheirParts) {
  EXPECT_EQ(lowered_javascript(R"js(
if (!(a && f())) return_early();
)js"),
            R"(
module
  #0 block end #8
    #1 block end #7
      #2 branch a else #3 end #4
      else
        #3 exit break -> #1
      #4 call f()
      #5 branch r4 else #7
        #6 exit break -> #0
    #7 call return_early()
)");
}

TEST(JavaScriptStatements, TestsWithoutCallsStayOperators) {
  EXPECT_EQ(lowered_javascript(R"js(
if (a && (b || !c)) f();
)js"),
            R"(
module
  #0 branch a and (b or (not c)) else #2
    #1 call f()
)");
}

TEST(JavaScriptStatements, AConditionalStatementIsABranch) {
  EXPECT_EQ(lowered_javascript(R"js(
a && f();
b || g();
c ? h() : k();
)js"),
            R"(
module
  #0 branch a else #2
    #1 call f()
  #2 branch not b else #4
    #3 call g()
  #4 branch c else #6 end #7
    #5 call h()
  else
    #6 call k()
)");
}

TEST(JavaScriptStatements, ForOfTakesEachElement) {
  EXPECT_EQ(lowered_javascript(R"js(
for (const [key, { value = 1 }] of Object.entries(o)) use(key, value);
for (target.member of xs) f();
)js"),
            R"(
module
  #0 call Object.entries(o)
  #1 loop each $5 in r0 end #5
    #2 declare key = $5[0]
    #3 declare value = choose($5[1].value == null, 1, $5[1].value)
    #4 call use(key, value)
  #5 loop each $8 in xs end #8
    #6 assign target.member = $8
    #7 call f()
)");
}

TEST(JavaScriptStatements, ForInVisitsTheKeys) {
  EXPECT_EQ(lowered_javascript(R"js(
for (const k in o) delete o[k];
)js"),
            R"(
module
  #0 loop each k in o.<keys> end #2
    #1 delete o[k]
)");
}

TEST(JavaScriptStatements, LoopsDeclareTheirVariables) {
  EXPECT_EQ(lowered_javascript(R"js(
let x = 1;
for (let x of xs) f(x);
for (let x in xs) f(x);
for (let x = 0; x < 2; x++) f(x);
for (var y of xs) f(y);
use(x, y);
)js"),
            R"(
module
  #0 declare x = 1
  #1 loop each x' in xs end #3
    #2 call f(x')
  #3 loop each x'' in xs.<keys> end #5
    #4 call f(x'')
  #5 declare x''' = 0
  #6 loop forever end #11
    #7 branch x''' < 2 else #8 end #9
    else
      #8 exit break -> #6
    #9 call f(x''')
    #10 assign x''' update Add 1
  #11 loop each y in xs end #13
    #12 call f(y)
  #13 call use(x, y)
)");
}

TEST(JavaScriptStatements, ForAwaitSaysThatItAwaits) {
  EXPECT_EQ(lowered_javascript(R"js(
async function f(pages) { for await (const page of pages) use(page); }
)js"),
            R"(
module
  #0 declare f = function f
function f(pages) async locals page
  #1 loop each page in pages awaits_each end #3
    #2 call use(page)
feature async-function since 7.6
feature async-iteration since 10.0
)");
}

TEST(JavaScriptStatements, CountingLoopsEndByABranch) {
  EXPECT_EQ(lowered_javascript(R"js(
for (let i = 0; i < n; i++) f(i);
)js"),
            R"(
module
  #0 declare i = 0
  #1 loop forever end #6
    #2 branch i < n else #3 end #4
    else
      #3 exit break -> #1
    #4 call f(i)
    #5 assign i update Add 1
)");
}

TEST(JavaScriptStatements, ContinueReachesTheUpdateOfALoop) {
  EXPECT_EQ(lowered_javascript(R"js(
for (let i = 0; i < n; i++) { if (skip) continue; f(i); }
)js"),
            R"(
module
  #0 declare i = 0
  #1 loop forever end #9
    #2 branch i < n else #3 end #4
    else
      #3 exit break -> #1
    #4 block end #8
      #5 branch skip else #7
        #6 exit break -> #4
      #7 call f(i)
    #8 assign i update Add 1
)");
}

TEST(JavaScriptStatements, WhileTestsBeforeAndDoTestsAfter) {
  EXPECT_EQ(lowered_javascript(R"js(
while (more()) f();
do g(); while (x < 3);
while (true) { if (done()) break; }
for (;;) break;
)js"),
            R"(
module
  #0 loop forever end #5
    #1 call more()
    #2 branch r1 else #3 end #4
    else
      #3 exit break -> #0
    #4 call f()
  #5 loop forever end #9
    #6 call g()
    #7 branch x < 3 else #8 end #9
    else
      #8 exit break -> #5
  #9 loop forever end #13
    #10 call done()
    #11 branch r10 else #13
      #12 exit break -> #9
  #13 loop forever end #15
    #14 exit break -> #13
)");
}

TEST(JavaScriptStatements, ATestThatAssignsIsWrittenBeforeItsBranch) {
  EXPECT_EQ(lowered_javascript(R"js(
while ((m = re.exec(s)) !== null) use(m);
)js"),
            R"(
module
  #0 loop forever end #6
    #1 call re.exec(s)
    #2 assign m = r1
    #3 branch r1 != null else #4 end #5
    else
      #4 exit break -> #0
    #5 call use(m)
)");
}

TEST(JavaScriptStatements, ContinueInDoReachesTheTest) {
  EXPECT_EQ(lowered_javascript(R"js(
do { if (a) continue; f(); } while (g());
)js"),
            R"(
module
  #0 loop forever end #8
    #1 block end #5
      #2 branch a else #4
        #3 exit break -> #1
      #4 call f()
    #5 call g()
    #6 branch r5 else #7 end #8
    else
      #7 exit break -> #0
)");
}

TEST(JavaScriptStatements, LabelsNameTheLoopOrBlockThatIsLeft) {
  EXPECT_EQ(lowered_javascript(R"js(
outer: for (const a of xs) {
  for (const b of a) { if (b) continue outer; else break outer; }
}
part: { if (x) break part; f(); }
)js"),
            R"(
module
  #0 loop each a in xs end #5
    #1 loop each b in a end #5
      #2 branch b else #4 end #5
        #3 exit continue -> #0
      else
        #4 exit break -> #0
  #5 block part end #9
    #6 branch x else #8
      #7 exit break -> #5
    #8 call f()
)");
}

TEST(JavaScriptStatements, SwitchIsOneBranchAfterAnother) {
  EXPECT_EQ(lowered_javascript(R"js(
switch (event.type) {
  case "a":
  case "b": f(); break;
  case "c": return_it(); break;
  default: g();
}
)js"),
            R"(
module
  #0 block end #8
    #1 branch (event.type == "a") or (event.type == "b") else #4
      #2 call f()
      #3 exit break -> #0
    #4 branch event.type == "c" else #7
      #5 call return_it()
      #6 exit break -> #0
    #7 call g()
)");
}

TEST(JavaScriptStatements, FallingThroughSetsAFlag) {
  EXPECT_EQ(lowered_javascript(R"js(
switch (x) { case 1: f(); case 2: g(); break; case 3: h(); }
)js"),
            R"(
module
  #0 block end #10
    #1 declare $2 = false
    #2 branch x == 1 else #5
      #3 assign $2 = true
      #4 call f()
    #5 branch $2 or (x == 2) else #8
      #6 call g()
      #7 exit break -> #0
    #8 branch x == 3 else #10
      #9 call h()
)");
}

TEST(JavaScriptStatements, ADefaultInTheMiddleAsksWhatComesLater) {
  EXPECT_EQ(lowered_javascript(R"js(
switch (x) { case 1: f(); break; default: g(); break; case 2: h(); }
)js"),
            R"(
module
  #0 block end #9
    #1 branch x == 1 else #4
      #2 call f()
      #3 exit break -> #0
    #4 branch not (x == 2) else #7
      #5 call g()
      #6 exit break -> #0
    #7 branch x == 2 else #9
      #8 call h()
)");
}

TEST(JavaScriptStatements, SwitchOfTrueBranchesOnItsTests) {
  EXPECT_EQ(lowered_javascript(R"js(
switch (true) { case a > 1: f(); break; case b: g(); }
)js"),
            R"(
module
  #0 block end #6
    #1 branch 1 < a else #4
      #2 call f()
      #3 exit break -> #0
    #4 branch b else #6
      #5 call g()
)");
}

TEST(JavaScriptStatements, TryHasCatchAndFinally) {
  EXPECT_EQ(lowered_javascript(R"js(
try { f(); } catch (error) { log(error.message); throw error; } finally { g(); }
)js"),
            R"(
module
  #0 try end #5
    #1 call f()
  catch as error
    #2 call log(error.message)
    #3 exit raise error
  finally
    #4 call g()
)");
}

TEST(JavaScriptStatements, CatchMayTakeItsErrorApartOrLeaveItOut) {
  EXPECT_EQ(lowered_javascript(R"js(
try { f(); } catch ({ code, message: text }) { log(code, text); }
try { f(); } catch { g(); }
)js"),
            R"(
module
  #0 try end #5
    #1 call f()
  catch as $2
    #2 declare code = $2.code
    #3 declare text = $2.message
    #4 call log(code, text)
  #5 try end #8
    #6 call f()
  catch
    #7 call g()
feature optional-catch-binding since 10.0
)");
}

TEST(JavaScriptStatements, UsingGivesBackAtTheEndOfItsBlock) {
  EXPECT_EQ(lowered_javascript(R"js(
{ using file = open(); read(file); }
async function f() { await using db = connect(); query(db); }
)js"),
            R"(
module
  #0 declare f = function f
  #1 call open()
  #2 declare file = r1
  #3 try end #6
    #4 call read(file)
  finally
    #5 implicit file."Symbol.dispose"()
function f() async locals db
  #6 call connect()
  #7 declare db = r6
  #8 try end #12
    #9 call query(db)
  finally
    #10 implicit db."Symbol.asyncDispose"()
    #11 await r10
feature async-function since 7.6
feature using since 24.0
feature await-using since 24.0
)");
}

TEST(JavaScriptStatements, WithIsOpaque) {
  EXPECT_EQ(lowered_javascript(R"js(
with (object) f();
)js"),
            R"(
module
  #0 evaluate object
  #1 opaque with_statement
  #2 call f()
)");
}

TEST(JavaScriptStatements, ExpressionsWithoutCallsAreEvaluated) {
  EXPECT_EQ(lowered_javascript(R"js(
"use strict";
a.b;
f;
)js"),
            R"(
module
  #0 evaluate a.b
  #1 evaluate f
)");
}

TEST(JavaScriptStatements, FunctionsAreHoisted) {
  EXPECT_EQ(lowered_javascript(R"js(
f();
function f() { return 1; }
)js"),
            R"(
module
  #0 declare f = function f
  #1 call f()
function f()
  #2 exit return 1
)");
}

TEST(JavaScriptStatements, VarBelongsToTheFunctionAndLetToItsBlock) {
  EXPECT_EQ(lowered_javascript(R"js(
var x = 1;
{ var x = 2; let y = x; { let y = 3; use(y); } use(y); }
let y = 4;
use(x, y);
)js"),
            R"(
module
  #0 declare x = 1
  #1 declare x = 2
  #2 declare y' = x
  #3 declare y'' = 3
  #4 call use(y'')
  #5 call use(y')
  #6 declare y = 4
  #7 call use(x, y)
)");
}

TEST(JavaScriptStatements, ASecondVarSetsNothing) {
  EXPECT_EQ(lowered_javascript(R"js(
var a = 1;
var a;
let b;
)js"),
            R"(
module
  #0 declare a = 1
  #1 declare b
)");
}

}  // namespace
}  // namespace fnlint
