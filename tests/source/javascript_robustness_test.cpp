// Input that is broken, deep, huge or hostile.
#include "core/limits.h"
#include "core/text.h"
#include "tests/source/hostile.h"
#include "tests/source/javascript_lowered.h"

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

namespace fnlint {
namespace {

constexpr std::array kDialects = {JavaScriptDialect::JavaScript, JavaScriptDialect::TypeScript,
                                  JavaScriptDialect::Tsx};

TEST(JavaScriptRobustness, KeepsWhatStandsAroundAMistake) {
  const CodeFacts facts =
      javascript_facts("a = f();\nlet x = = 3;\nfunction g() { return h(); }\nb = k();\n");
  EXPECT_TRUE(says(facts, "syntax error"));
  EXPECT_GE(facts.problems[0].where.begin, 9U);
  EXPECT_LE(facts.problems[0].where.begin, 22U);
  EXPECT_NE(facts.functions[0].flags & kBroken, 0);
  ASSERT_EQ(facts.functions.size(), 2U);
  EXPECT_EQ(facts.functions[1].flags & kBroken, 0);
  EXPECT_EQ(facts.calls.size(), 3U);
}

TEST(JavaScriptRobustness, MarksOnlyTheFunctionThatIsBroken) {
  const CodeFacts facts =
      javascript_facts("function f() { let x = = 3; g(); }\nfunction h() { g(); }\n");
  ASSERT_EQ(facts.functions.size(), 3U);
  EXPECT_EQ(facts.functions[0].flags & kBroken, 0);
  EXPECT_NE(facts.functions[1].flags & kBroken, 0);
  EXPECT_EQ(facts.functions[2].flags & kBroken, 0);
}

TEST(JavaScriptRobustness, ReportsFewOfManyMistakes) {
  const CodeFacts facts = javascript_facts(repeated("let x = = 3;\n", 50));
  EXPECT_FALSE(facts.problems.empty());
  EXPECT_LE(facts.problems.size(), 3U);
}

TEST(JavaScriptRobustness, ReadsSyntaxThatOnlyTheOtherGrammarKnows) {
  const CodeFacts facts = javascript_facts("import data from './x.json' assert { type: 'json' };");
  EXPECT_TRUE(facts.problems.empty());
  EXPECT_EQ(facts.imports.size(), 1U);
}

TEST(JavaScriptRobustness, ImportsOfABrokenFileAreNotTakenForTypes) {
  const CodeFacts facts =
      javascript_facts("import { a } from 'x';\nlet y = = a;\n", JavaScriptDialect::TypeScript);
  ASSERT_FALSE(facts.imports.empty());
  EXPECT_EQ(facts.imports[0].flags & kTypeOnly, 0U);
}

TEST(JavaScriptRobustness, LowersCodeThatIsBeingTyped) {
  for (const std::string_view source : {"s3.",
                                        "s3.send(",
                                        "function",
                                        "function f",
                                        "function f(",
                                        "class",
                                        "class A {",
                                        "class A {x",
                                        "for (",
                                        "for (const x of",
                                        "if",
                                        "if (x",
                                        "const x = ",
                                        "const {",
                                        "const { a: ",
                                        "x[",
                                        "x?.",
                                        "x => ",
                                        "async",
                                        "await",
                                        "try {",
                                        "try {} catch",
                                        "import",
                                        "import {",
                                        "import x from",
                                        "export",
                                        "export {",
                                        "export *",
                                        "export default",
                                        "@",
                                        "@a",
                                        "return (",
                                        "`${",
                                        "`${x",
                                        "'",
                                        "\"",
                                        "`",
                                        "switch (x) {",
                                        "switch (x) { case",
                                        "new",
                                        "new X(",
                                        "a ? b",
                                        "a ? b :",
                                        "a &&",
                                        "!",
                                        "delete",
                                        "typeof",
                                        "...",
                                        "{ ...",
                                        "({ get",
                                        "({ async *",
                                        "label:",
                                        "break",
                                        "continue x",
                                        "throw",
                                        "yield",
                                        "super",
                                        "/",
                                        "/a",
                                        "<",
                                        "<a",
                                        "<a>",
                                        "<a b=",
                                        "enum",
                                        "enum A {",
                                        "namespace",
                                        "declare",
                                        "interface A {",
                                        "type A =",
                                        "let x: ",
                                        "f<",
                                        "f<T>(",
                                        "x as",
                                        "x!",
                                        "import x = ",
                                        "export =",
                                        "abstract class",
                                        "class A { constructor(private",
                                        "module.",
                                        "exports",
                                        "exports.",
                                        "require(",
                                        "import(",
                                        "(",
                                        ")",
                                        "]",
                                        "}",
                                        "=",
                                        ",",
                                        ";",
                                        "#!",
                                        "/*",
                                        "//",
                                        "0x",
                                        "1n",
                                        "import.meta",
                                        "new.target",
                                        "using",
                                        "await using",
                                        "a ?\?="})
    for (const JavaScriptDialect dialect : kDialects) javascript_facts(source, dialect);
}

TEST(JavaScriptRobustness, RefusesFilesAboveTheLimit) {
  const CodeFacts facts = javascript_facts(repeated("// 4567\n", kSourceBytes / 8 + 1));
  EXPECT_TRUE(says(facts, "larger than"));
  EXPECT_TRUE(facts.ops.empty());
  EXPECT_NE(facts.functions[0].flags & kBroken, 0);
}

TEST(JavaScriptRobustness, GivesUpOnTextThatIsNoCode) {
  const CodeFacts facts = javascript_facts(std::string(40'000, '"'));
  EXPECT_TRUE(says(facts, "too complex"));
}

TEST(JavaScriptRobustness, CutsDeepNestingWithAProblem) {
  const std::vector<Deep> cases = {
      {"[", "x", "]"},
      {"{ a: ", "x", "}"},
      {"f(", "x", ")"},
      {"!", "x", ""},
      {"-", "x", ""},
      {"a[", "x", "]"},
      {"x ? y : ", "x", ""},
      {"x ? f() : ", "x", ""},
      {"a = ", "x", ""},
      {"`${", "x", "}`"},
      {"a && (b || f(", "x", "))"},
      {"new (", "x", ")"},
  };
  for (const Deep& deep : cases) {
    const std::string source = cat("y = ", repeated(deep.before, 2000), deep.inside,
                                   repeated(deep.after, 2000), ";\nz();\n");
    const CodeFacts facts = javascript_facts(source);
    EXPECT_TRUE(says(facts, "nested too deeply")) << deep.before;
    EXPECT_NE(code_text(facts).find("call z()"), std::string::npos) << deep.before;
    EXPECT_LT(deepest_expression(facts), 2 * kNestingDepth) << deep.before;
    EXPECT_NE(facts.functions[0].flags & kBroken, 0) << deep.before;
  }
}

TEST(JavaScriptRobustness, CutsDeepStatementsWithAProblem) {
  for (const Deep& deep : std::vector<Deep>{{"{", "f();", "}"},
                                            {"if (x) {", "f();", "}"},
                                            {"for (;;) {", "f();", "}"},
                                            {"try {", "f();", "} finally {}"},
                                            {"switch (x) { case 1: ", "f();", "}"},
                                            {"if (x && f()) ", "f();", ""},
                                            {"{ using a = b; ", "f();", "}"}}) {
    const CodeFacts facts =
        javascript_facts(cat(repeated(deep.before, 500), deep.inside, repeated(deep.after, 500)));
    EXPECT_TRUE(says(facts, "nested too deeply")) << deep.before;
    EXPECT_LE(most_nested_ops(facts), 2 * kNestingDepth) << deep.before;
  }
}

TEST(JavaScriptRobustness, DeepFunctionsAndPatternsAndTypesEnd) {
  javascript_facts(cat(repeated("function f() {", 2000), repeated("}", 2000)));
  javascript_facts(cat("x = ", repeated("() => ", 2000), "1"));
  javascript_facts(cat("x = ", repeated("class { a = ", 2000), "1", repeated("}", 2000)));
  javascript_facts(cat("const ", repeated("{ a: ", 2000), "b", repeated("}", 2000), " = x;"));
  javascript_facts(cat("let x: ", repeated("A<", 2000), "B", repeated(">", 2000), ";"),
                   JavaScriptDialect::TypeScript);
  javascript_facts(cat("x = ", repeated("<a>", 2000), repeated("</a>", 2000)),
                   JavaScriptDialect::Tsx);
}

TEST(JavaScriptRobustness, LongChainsStayShallow) {
  for (const std::string_view link : {" + a", " && a", " || f()", ".a", ".a()", "[0]", " + 'a'",
                                      " * a", " < a", " ?? f()", " instanceof a", "?.a", " , a"}) {
    const CodeFacts facts = javascript_facts(cat("x = a", repeated(link, 5000), ";"));
    for (const Problem& one : facts.problems)
      EXPECT_NE(one.message.find("a chain of more than"), std::string::npos) << link;
    EXPECT_LT(deepest_expression(facts), 300U) << link;
    EXPECT_LE(most_nested_ops(facts), 1U) << link;
  }
}

TEST(JavaScriptRobustness, LongTestsAndElseIfsStayFlat) {
  const CodeFacts test = javascript_facts(cat("if (a", repeated(" || f()", 3000), ") g();"));
  EXPECT_TRUE(test.problems.empty());
  EXPECT_LE(most_nested_ops(test), 4U);
  const CodeFacts arms =
      javascript_facts(cat("if (a) f();", repeated(" else if (b && g()) f();", 500)));
  EXPECT_TRUE(arms.problems.empty());
  EXPECT_LE(most_nested_ops(arms), 4U);
}

TEST(JavaScriptRobustness, ReadsInvalidUtf8AndZeroBytes) {
  javascript_facts("x = '\xff\xfe' + y\xc3;\nf(\x80);\n");
  javascript_facts(std::string_view("x = '\0';\n\0f();\n", 15));
}

constexpr std::string_view kEverySyntax = R"js(#!/usr/bin/env node
import d, { a as b, default as c } from "x"; import * as n from 'y' with { type: "json" };
export * from "z"; export { b as q, c }; export default class K extends n.B {
  static #p = 1; f = async () => { await this.m?.(...a); }; get g() { return `a${b}c`; }
  constructor(x, { y = f(), ...z } = {}) { super(x); } static { using r = s(); } async *[k]() {}
}
var v = require("m"), { w: [u, , ...t] } = v; module.exports = { h() {}, i: v, ["j"]: 1, ...t };
label: for (let i = 0, j; i < 3 && j(); i++) { if (a && b()) continue label; else break; }
for await (const [e, l] of o) switch (e) { case 1: case f(): g(); default: h(); break; }
try { x ??= y(); } catch ({ code }) { throw new E(code); } finally { do { delete a.b; } while (!c); }
const fn = function again(p = 1) { return p ? again(--p) : arguments; }, re = /a[/]b(?<n>c)/gi;
Object.defineProperty(exports, "k", { get: () => v.k }); (0, v.w)(i++, i, void 0, typeof q === 'x');
)js";
constexpr std::string_view kTypedSample = R"ts(
import type { T } from "t"; import fs = require("fs"); import Q = A.B;
@D({ a: 1 }) export abstract class S<U> extends R<U> implements I {
  constructor(private readonly a: T, @J() protected b?: U[]) { super(); }
  @M() async m<V>(this: S<U>, x!: V): Promise<V | undefined> { return await this.a!.b<V>(x)!.c; }
  declare y: string; abstract z(): void; [key: string]: any;
}
enum E { A, B = 1 << 2, C = A, D = "d".length } declare module "q" { class C {} }
namespace N.O { export const p = 1; export function r(): asserts x is T {} }
function over(a: string): void; function over(a: any) { return <any>a as unknown as T satisfies U; }
const k = !f<T>(x) && a!.b + c!.d; type W = typeof import("w"); export = { k, over };
)ts";
constexpr std::array<std::string_view, 32> kJavaScriptPieces = {
    "(",      ")",      "[",       "]",       "{",    "}", ";",  "\n", "`",    "${",     "'",
    "\"",     "=>",     "?.",      "...",     "=",    "<", ">",  "/",  "/*",   "async ", "await ",
    "yield ", "class ", "import ", "export ", "new ", "!", "&&", ":",  "\xff", "#"};

// Whatever the bytes, the tables hold to the code form.
TEST(JavaScriptRobustness, MutatedCodeKeepsTheFormsInvariants) {
  std::mt19937 random(20261120);
  for (std::size_t round = 0; round < 600; ++round) {
    const JavaScriptDialect dialect = kDialects[round % kDialects.size()];
    std::string source(dialect == JavaScriptDialect::JavaScript ? kEverySyntax : kTypedSample);
    for (auto edits = 1 + random() % 6; edits > 0; --edits) {
      const std::size_t at = random() % source.size();
      switch (random() % 4) {
        case 0: source.erase(at, 1 + random() % 20); break;
        case 1: source.insert(at, kJavaScriptPieces[random() % kJavaScriptPieces.size()]); break;
        case 2: source.insert(at, source.substr(random() % source.size(), random() % 40)); break;
        default: source[at] = static_cast<char>(random() % 256);
      }
      if (source.empty()) source = "x";
    }
    code_text(javascript_facts(source, dialect));
    if (HasFailure()) return;
  }
}

TEST(JavaScriptRobustness, TheSamplesThemselvesParse) {
  EXPECT_TRUE(javascript_facts(kEverySyntax).problems.empty());
  EXPECT_EQ(code_text(javascript_facts(kEverySyntax)).find("opaque"), std::string::npos);
  const CodeFacts typed = javascript_facts(kTypedSample, JavaScriptDialect::TypeScript);
  EXPECT_TRUE(typed.problems.empty());
  EXPECT_EQ(code_text(typed).find("opaque"), std::string::npos);
}

}  // namespace
}  // namespace fnlint
