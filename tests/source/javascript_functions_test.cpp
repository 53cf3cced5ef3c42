// Functions and classes.
#include "tests/source/javascript_lowered.h"

#include <gtest/gtest.h>

namespace fnlint {
namespace {

TEST(JavaScriptFunctions, ParametersHaveDefaultsPatternsAndRest) {
  EXPECT_EQ(lowered_javascript(R"js(
function f(a, b = 1, { c, d: [e] } = {}, ...rest) { return a; }
)js"),
            R"(
module
  #0 declare f = function f
function f(a, b = 1, $7 = {}, *rest)
  #1 declare c = $7.c
  #2 declare e = $7.d[0]
  #3 exit return a
)");
}

TEST(JavaScriptFunctions, DefaultsDoNotSeeTheBody) {
  EXPECT_EQ(lowered_javascript(R"js(
const a = 1;
function f(b = a) { const a = 2; return a + b; }
)js"),
            R"(
module
  #0 declare f = function f
  #1 declare a = 1
function f(b = a@module) locals a
  #2 declare a = 2
  #3 exit return a + b
)");
}

TEST(JavaScriptFunctions, ADefaultWithACallIsABranch) {
  EXPECT_EQ(lowered_javascript(R"js(
function f(a = g()) { return a; }
)js"),
            R"(
module
  #0 declare f = function f
function f(a)
  #1 branch a == null else #4
    #2 call g()
    #3 assign a = r2
  #4 exit return a
)");
}

TEST(JavaScriptFunctions, ArrowsReturnTheirExpression) {
  EXPECT_EQ(lowered_javascript(R"js(
const f = (x) => x.y;
const g = async x => { await x; };
const h = () => ({ a: 1 });
)js"),
            R"(
module
  #0 declare f = function f
  #1 declare g = function g
  #2 declare h = function h
function f(x) arrow
  #3 exit return x.y
function g(x) async arrow
  #4 await x
function h() arrow
  #5 exit return {a: 1}
feature async-function since 7.6
)");
}

TEST(JavaScriptFunctions, FunctionsAreNamedAfterWhatTheyAreAssignedTo) {
  EXPECT_EQ(lowered_javascript(R"js(
exports.handler = async () => {};
const o = { run: function () {}, go: () => {} };
let later;
later = () => {};
)js"),
            R"(
module
  #0 assign exports.handler = function handler
  #1 declare o = {run: function run, go: function go}
  #2 declare later
  #3 assign later = function later
function handler() async arrow
function run()
function go() arrow
function later() arrow
feature async-function since 7.6
)");
}

TEST(JavaScriptFunctions, AFunctionKnowsItsOwnName) {
  EXPECT_EQ(lowered_javascript(R"js(
const outer = function again(n) { return n ? again(n - 1) : 0; };
)js"),
            R"(
module
  #0 declare outer = function again
function again(n) locals again
  #1 declare again = function again
  #2 branch n else #5 end #6
    #3 call again(n - 1)
    #4 assign $4 = r3
  else
    #5 assign $4 = 0
  #6 exit return $4
)");
}

TEST(JavaScriptFunctions, InnerFunctionsCaptureVariables) {
  EXPECT_EQ(lowered_javascript(R"js(
function outer() { let n = 0; return () => { n += 1; return n; }; }
)js"),
            R"(
module
  #0 declare outer = function outer
function outer() locals n
  #1 declare n = 0
  #2 exit return function L2
function L2() arrow in outer
  #3 assign n@outer update Add 1
  #4 exit return n@outer
)");
}

TEST(JavaScriptFunctions, ClassesAreDefinedThenAssigned) {
  EXPECT_EQ(lowered_javascript(R"js(
class A extends B { constructor(x) { super(x); this.x = x; } run() { return super.run(); } }
)js"),
            R"(
class A(B) methods A.constructor, A.run
module
  #0 define A
  #1 declare A = r0
constructor A.constructor(receiver this, x)
  #2 call this.<super>(x)
  #3 assign this.x = x
method A.run(receiver this)
  #4 call this.<super>.run()
  #5 exit return r4
class init A.class(receiver this)
  #6 assign this.run = function A.run
)");
}

TEST(JavaScriptFunctions, FieldsAreSetWhereTheyBelong) {
  EXPECT_EQ(lowered_javascript(R"js(
class A {
  static count = 0;
  #secret = make();
  handle = async () => this.#secret;
  plain;
  static { A.count = f(); }
}
)js"),
            R"(
class A
  static field count
  field #secret
  field handle
  field plain
module
  #0 define A
  #1 declare A = r0
class init A.class(receiver this)
  #2 assign this.count = 0
  #3 call f()
  #4 assign A.count = r3
instance init A.instance(receiver this)
  #5 call make()
  #6 assign this."#secret" = r5
  #7 assign this.handle = function handle
function handle() async arrow in A.instance
  #8 exit return this@A.instance."#secret"
feature class-fields since 12.0
feature private-fields since 12.0
feature static-block since 16.11
feature async-function since 7.6
)");
}

TEST(JavaScriptFunctions, MethodsOfEveryKind) {
  EXPECT_EQ(lowered_javascript(R"js(
class A {
  static of() {}
  get size() { return 1; }
  set size(v) {}
  async *list() {}
  #hidden() {}
  [Symbol.iterator]() {}
}
)js"),
            R"(
class A methods A.of, A.size, A.size~3, A.list, A.#hidden, A.[Symbol.iterator]
module
  #0 define A
  #1 declare A = r0
static method A.of(receiver this)
accessor A.size(receiver this)
  #2 exit return 1
accessor A.size~3(receiver this, v)
method A.list(receiver this) async generator
method A.#hidden(receiver this)
method A.[Symbol.iterator](receiver this)
class init A.class(receiver this)
  #3 assign this.of = function A.of
  #4 assign this.size = function A.size
  #5 assign this.<set size> = function A.size~3
  #6 assign this.list = function A.list
  #7 assign this."#hidden" = function A.#hidden
  #8 assign this[Symbol.iterator] = function A.[Symbol.iterator]
feature async-iteration since 10.0
feature private-methods since 14.6
)");
}

TEST(JavaScriptFunctions, ThisOfAStaticMethodIsItsClass) {
  EXPECT_EQ(lowered_javascript(R"js(
class A {
  static get() { return () => this.one; }
  find() { return this.one; }
}
)js"),
            R"(
class A methods A.get, A.find
module
  #0 define A
  #1 declare A = r0
static method A.get(receiver this)
  #2 exit return function L4
method A.find(receiver this)
  #3 exit return this.one
class init A.class(receiver this)
  #4 assign this.get = function A.get
  #5 assign this.find = function A.find
function L4() arrow in A.get
  #6 exit return A.one
)");
}

TEST(JavaScriptFunctions, ThisOfAStaticMethodMayBeAnotherClass) {
  EXPECT_NE(lowered_javascript(R"js(
class A {
  static get() { return this.one; }
}
class B extends A {}
)js")
                .find("return this.one"),
            std::string::npos);
}

TEST(JavaScriptFunctions, ClassExpressionsAreValues) {
  EXPECT_EQ(lowered_javascript(R"js(
const A = class Inner { copy() { return new Inner(); } };
module.exports = class extends A {};
)js"),
            R"(
class Inner methods Inner.copy
class exports(A)
module
  #0 define Inner
  #1 declare Inner = r0
  #2 declare A = r0
  #3 define exports
  #4 assign exports = r3
method Inner.copy(receiver this)
  #5 construct Inner()
  #6 exit return r5
class init Inner.class(receiver this)
  #7 assign this.copy = function Inner.copy
)");
}

TEST(JavaScriptFunctions, ObjectsThatBecomeClasses) {
  EXPECT_EQ(lowered_javascript(R"js(
function Service(client) { this.client = client; }
Service.prototype.run = function () { return this.client.send(); };
)js"),
            R"(
class Service methods Service.Service, Service.run
module
  #0 define Service
  #1 declare Service = r0
constructor Service.Service(receiver this, client)
  #2 assign this.client = client
method Service.run(receiver this)
  #3 call this.client.send()
  #4 exit return r3
class init Service.class(receiver this)
  #5 assign this.run = function Service.run
)");
}

TEST(JavaScriptFunctions, DecoratorsApplyFromTheBottom) {
  EXPECT_EQ(lowered_javascript(R"js(
@first @second(1) class A { @logged run() {} @bound handle = 1; }
)js"),
            R"(
class A methods A.run
  field handle
module
  #0 call second(1)
  #1 define A
  #2 decorate r0(r1)
  #3 decorate first(r2)
  #4 declare A = r3
method A.run(receiver this)
class init A.class(receiver this)
  #5 decorate logged(function A.run)
  #6 assign this.run = r5
  #7 decorate bound(null)
instance init A.instance(receiver this)
  #8 assign this.handle = 1
feature class-fields since 12.0
)");
}

}  // namespace
}  // namespace fnlint
