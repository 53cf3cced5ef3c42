// Expressions: literals, operators, calls, assignments, patterns.
#include "tests/source/javascript_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(JavaScriptExpressions, LiteralsAreReadAsTheirValues) {
  EXPECT_EQ(lowered_javascript(R"js(
use("a\n\x41\u{1F600}\uD83D\uDE00\
b", 'it\'s', 0xff, 1_000, 10n, 0b11, 0o17, .5, -1, true, null, undefined, void 0);
)js"),
            R"(
module
  #0 call use("a\nA😀😀b", "it's", 255, 1000, 10, 3, 15, .5, -1, true, null, null, null)
feature numeric-separators since 12.5
feature bigint since 10.4
)");
}

TEST(JavaScriptExpressions, TemplatesAndSumsWithTextAreConcats) {
  EXPECT_EQ(lowered_javascript(R"js(
use(`a${b}c`, "x" + a + 1, a + b + "z", `${a}`, `plain`, ``);
)js"),
            R"(
module
  #0 call use(concat("a", b, "c"), concat("x", a, 1), concat(a + b, "z"), concat(a), "plain", "")
)");
}

TEST(JavaScriptExpressions, SumsWithoutTextAreAdditions) {
  EXPECT_EQ(lowered_javascript(R"js(
use(a + b, a + (b + "c"));
)js"),
            R"(
module
  #0 call use(a + b, concat(a, b, "c"))
)");
}

TEST(JavaScriptExpressions, OperatorsKeepTheirMeaning) {
  EXPECT_EQ(lowered_javascript(R"js(
use(a > b, a >= b, a != b, a === b, a ** b, a & b);
use(~a, -a, +a, !a, a % b, a >>> 1, a in b);
)js"),
            R"(
module
  #0 call use(b < a, b <= a, a != b, a == b, a ** b, a & b)
  #1 call use(a ^ -1, 0 - a, a * 1, not a, a % b, a >> 1, a in b)
feature exponentiation since 7.0
)");
}

TEST(JavaScriptExpressions, LogicWithoutCallsIsPure) {
  EXPECT_EQ(lowered_javascript(R"js(
use(a && b, a || "x", a ?? b, c ? a : b);
)js"),
            R"(
module
  #0 call use(a and b, a or "x", a ?? b, choose(c, a, b))
feature nullish-coalescing since 14.0
)");
}

TEST(JavaScriptExpressions, LogicWithCallsAssignsATemporary) {
  EXPECT_EQ(lowered_javascript(R"js(
x = a && f();
y = a || g();
z = a ?? h();
w = c ? f() : b;
)js"),
            R"(
module
  #0 branch a else #3 end #4
    #1 call f()
    #2 assign $3 = r1
  else
    #3 assign $3 = a
  #4 assign x = $3
  #5 branch a else #7 end #9
    #6 assign $6 = a
  else
    #7 call g()
    #8 assign $6 = r7
  #9 assign y = $6
  #10 branch a != null else #12 end #14
    #11 assign $9 = a
  else
    #12 call h()
    #13 assign $9 = r12
  #14 assign z = $9
  #15 branch c else #18 end #19
    #16 call f()
    #17 assign $13 = r16
  else
    #18 assign $13 = b
  #19 assign w = $13
feature nullish-coalescing since 14.0
)");
}

TEST(JavaScriptExpressions, TypeTestsAreNoCalls) {
  EXPECT_EQ(lowered_javascript(R"js(
import { Failure } from "./errors";
if (error instanceof Failure || typeof x === "string") f();
)js"),
            R"(
import ./errors Failure as Failure
module
  #0 branch (error is ./errors.Failure) or (x.<typeof> == "string") else #2
    #1 call f()
feature modules since 12.17
)");
}

TEST(JavaScriptExpressions, OptionalChainsAreMembersAndPlainCalls) {
  EXPECT_EQ(lowered_javascript(R"js(
use(a?.b.c?.[d], a?.f?.(1));
)js"),
            R"(
module
  #0 call a?.f(1)
  #1 call use(a?.b.c[d], r0)
feature optional-chaining since 14.0
)");
}

TEST(JavaScriptExpressions, AMemberByALiteralNameIsAMember) {
  EXPECT_EQ(lowered_javascript(R"js(
use(event["Records"][0]["a b"], process.env["X"], o[k]);
)js"),
            R"(
module
  #0 call use(event.Records[0]."a b", process.env.X, o[k])
)");
}

TEST(JavaScriptExpressions, CallsStandInEvaluationOrder) {
  EXPECT_EQ(lowered_javascript(R"js(
f(g(1), ...h(), k()).then(m());
)js"),
            R"(
module
  #0 call g(1)
  #1 call h()
  #2 call k()
  #3 call f(r0, ...r1, r2)
  #4 call m()
  #5 call r3.then(r4)
)");
}

TEST(JavaScriptExpressions, AwaitOfParenthesesIsNoCall) {
  EXPECT_EQ(lowered_javascript(R"js(
async () => { const body = await (await fetch(url)).json(); await (lazy ?? load)(); };
)js"),
            R"(
module
  #0 evaluate function L1
function L1() async arrow locals body
  #1 call fetch(url)
  #2 await r1
  #3 call r2.json()
  #4 await r3
  #5 declare body = r4
  #6 call (lazy ?? load)()
  #7 await r6
feature async-function since 7.6
feature nullish-coalescing since 14.0
)");
}

TEST(JavaScriptExpressions, NewIsAConstruction) {
  EXPECT_EQ(lowered_javascript(R"js(
new Client({ region: "x" });
new Client;
new (pick())(1);
new a.B(2).run();
)js"),
            R"(
module
  #0 construct Client({region: "x"})
  #1 construct Client()
  #2 call pick()
  #3 construct r2(1)
  #4 construct a.B(2)
  #5 call r4.run()
)");
}

TEST(JavaScriptExpressions, TaggedTemplatesAreCalls) {
  EXPECT_EQ(lowered_javascript(R"js(
sql`select ${id}`;
)js"),
            R"(
module
  #0 call sql(concat("select ", id))
)");
}

TEST(JavaScriptExpressions, RecordsHoldNamesKeysSpreadsAndMethods) {
  EXPECT_EQ(lowered_javascript(R"js(
use({ a, "b c": 1, 2: x, [k]: y, ["d"]: z, ...rest });
use({ m() { return this.a; }, get g() { return 1; }, set g(v) {}, async *n() {} });
)js"),
            R"(
module
  #0 call use({a: a, "b c": 1, 2: x, [k]: y, d: z, **rest})
  #1 call use({m: function m, g: function g, "<set g>": function g~3, n: function n})
method m(receiver this)
  #2 exit return this.a
accessor g(receiver this)
  #3 exit return 1
accessor g~3(receiver this, v)
method n(receiver this) async generator
feature object-spread since 8.3
feature async-iteration since 10.0
)");
}

TEST(JavaScriptExpressions, ListsHoldHolesAndSpreads) {
  EXPECT_EQ(lowered_javascript(R"js(
use([1, , ...rest, , 2]);
)js"),
            R"(
module
  #0 call use([1, null, ...rest, null, 2])
)");
}

TEST(JavaScriptExpressions, RegularExpressionsKeepTheirText) {
  EXPECT_EQ(lowered_javascript(R"js(
use(/a[/]b/gi);
)js"),
            R"(
module
  #0 call use(unknown(regex /a[/]b/gi))
)");
}

TEST(JavaScriptExpressions, AssignmentsUpdateAndSetIfAbsent) {
  EXPECT_EQ(lowered_javascript(R"js(
a += 1; a -= b; s += "x"; a ??= 1; b ||= o; c &&= d; i++; --o.count; a <<= 2;
)js"),
            R"(
module
  #0 assign a update Add 1
  #1 assign a update Subtract b
  #2 assign s update Add "x"
  #3 assign a if absent = 1
  #4 assign b if absent = o
  #5 branch c else #7
    #6 assign c = d
  #7 assign i update Add 1
  #8 assign o.count update Subtract 1
  #9 assign a update ShiftLeft 2
feature logical-assignment since 15.0
)");
}

TEST(JavaScriptExpressions, LogicalAssignmentsWithCallsAreBranches) {
  EXPECT_EQ(lowered_javascript(R"js(
client ??= new Client();
a ||= f();
c &&= g();
)js"),
            R"(
module
  #0 branch client == null else #3
    #1 construct Client()
    #2 assign client = r1
  #3 branch not a else #6
    #4 call f()
    #5 assign a = r4
  #6 branch c else #9
    #7 call g()
    #8 assign c = r7
feature logical-assignment since 15.0
)");
}

TEST(JavaScriptExpressions, AnIncrementGivesTheValueBefore) {
  EXPECT_EQ(lowered_javascript(R"js(
x = i++;
y = ++i;
f(i, i++);
)js"),
            R"(
module
  #0 declare $3 = i
  #1 assign i update Add 1
  #2 assign x = $3
  #3 assign i update Add 1
  #4 assign y = i
  #5 declare $6 = i
  #6 assign i update Add 1
  #7 call f(i, $6)
)");
}

TEST(JavaScriptExpressions, ChainsOfAssignmentsShareTheirValue) {
  EXPECT_EQ(lowered_javascript(R"js(
exports.a = exports.b = void 0;
a = b = { x: 1 };
a = i = i + 1;
)js"),
            R"(
module
  #0 assign exports.b = null
  #1 assign exports.a = null
  #2 assign b = {x: 1}
  #3 assign a = b
  #4 assign i = i + 1
  #5 assign a = i
)");
}

TEST(JavaScriptExpressions, PatternsTakeTheirSourceApart) {
  EXPECT_EQ(lowered_javascript(R"js(
const { a, b: { c }, "d-e": d = 1, [k]: e, ...rest } = source;
const [first, , third = 3, ...others] = await load();
)js"),
            R"(
module
  #0 declare a = source.a
  #1 declare c = source.b.c
  #2 declare d = choose(source."d-e" == null, 1, source."d-e")
  #3 declare e = source[k]
  #4 declare rest = {**source, without a, without b, without "d-e", without [k]}
  #5 call load()
  #6 await r5
  #7 declare first = r6[0]
  #8 declare third = choose(r6[2] == null, 3, r6[2])
  #9 declare others = r6[3:]
feature object-spread since 8.3
feature top-level-await since 14.8
)");
}

TEST(JavaScriptExpressions, PatternsWithCallsInDefaultsBranch) {
  EXPECT_EQ(lowered_javascript(R"js(
const { a = f() } = o;
)js"),
            R"(
module
  #0 branch o.a == null else #3 end #4
    #1 call f()
    #2 assign $3 = r1
  else
    #3 assign $3 = o.a
  #4 declare a = $3
)");
}

TEST(JavaScriptExpressions, SwappingReadsBeforeItWrites) {
  EXPECT_EQ(lowered_javascript(R"js(
[a, b] = [b, a];
({ a, b: o.x } = b);
)js"),
            R"(
module
  #0 declare $3 = [b, a]
  #1 assign a = $3[0]
  #2 assign b = $3[1]
  #3 assign a = b.a
  #4 assign o.x = b.b
)");
}

TEST(JavaScriptExpressions, DeleteAndVoidAndCommas) {
  EXPECT_EQ(lowered_javascript(R"js(
delete o.k; delete o[k]; void f(); a = (f(), g(), 1);
)js"),
            R"(
module
  #0 delete o.k
  #1 delete o[k]
  #2 call f()
  #3 call f()
  #4 call g()
  #5 assign a = 1
)");
}

TEST(JavaScriptExpressions, AwaitAndYieldAreOps) {
  EXPECT_EQ(lowered_javascript(R"js(
async function* f() { const x = await a; yield x; yield* inner(); return await b(x); }
)js"),
            R"(
module
  #0 declare f = function f
function f() async generator locals x
  #1 await a
  #2 declare x = r1
  #3 yield x
  #4 call inner()
  #5 loop each $5 in r4 end #7
    #6 yield $5
  #7 call b(x)
  #8 await r7
  #9 exit return r8
feature async-iteration since 10.0
)");
}

TEST(JavaScriptExpressions, ThisIsTheReceiverOfTheNearestFunction) {
  EXPECT_EQ(lowered_javascript(R"js(
function F() { this.x = 1; const g = () => this.x; return g; }
)js"),
            R"(
module
  #0 declare F = function F
function F(receiver this) locals g
  #1 assign this.x = 1
  #2 declare g = function g
  #3 exit return g
function g() arrow in F
  #4 exit return this@F.x
)");
}

TEST(JavaScriptExpressions, ArgumentsAreUnknown) {
  EXPECT_EQ(lowered_javascript(R"js(
function f() { return g.apply(this, arguments); }
)js"),
            R"(
module
  #0 declare f = function f
function f(receiver this)
  #1 call g.apply(this, unknown(arguments))
  #2 exit return r1
)");
}

TEST(JavaScriptExpressions, NamesThatNothingDeclaresAreBuiltins) {
  EXPECT_EQ(lowered_javascript(R"js(
function f() { console.log(process.env.X); }
)js"),
            R"(
module
  #0 declare f = function f
function f()
  #1 call console.log(process.env.X)
)");
}

TEST(JavaScriptExpressions, NamesThatOnlyAreWrittenAreGlobals) {
  EXPECT_EQ(lowered_javascript(R"js(
function f() { count = 1; }
use(count);
)js"),
            R"(
module
  #0 declare f = function f
  #1 call use(count)
function f()
  #2 assign count = 1
)");
}

TEST(JavaScriptExpressions, ImportMetaAndNewTarget) {
  EXPECT_EQ(lowered_javascript(R"js(
use(import.meta.url); function F() { return new.target; }
)js"),
            R"(
module
  #0 declare F = function F
  #1 call use(import.meta.url)
function F()
  #2 exit return unknown(new.target)
)");
}

TEST(JavaScriptExpressions, JsxIsTheObjectThatItMakes) {
  EXPECT_EQ(lowered_tsx(R"js(
const view = <Page title="a" n={f(x)} {...rest} open><b>{y}</b></Page>;
const text = <>some {text}</>;
)js"),
            R"(
module
  #0 call f(x)
  #1 declare view = {type: Page, props: {title: "a", n: r0, **rest, open: true, children: [{type: "b", props: {children: [y]}}]}}
  #2 declare text = {type: null, props: {children: ["some", text]}}
)");
}

}  // namespace
}  // namespace fnlint
