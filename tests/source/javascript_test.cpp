// What a file's facts hold beside its ops: names, places, features, suppressions.
#include "frontends/source/javascript/javascript.h"

#include "tests/source/javascript_lowered.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace fnlint::javascript_test {
namespace {

const Variable& variable(const CodeFacts& facts, std::string_view name) {
  const auto row =
      std::find_if(facts.variables.begin(), facts.variables.end(),
                   [&](const Variable& entry) { return facts.string(entry.name) == name; });
  EXPECT_NE(row, facts.variables.end()) << name;
  return *row;
}
std::string_view covered(std::string_view text, Range where) {
  return text.substr(where.begin, where.end - where.begin);
}
bool is_exported(const CodeFacts& facts, std::string_view name) {
  return (variable(facts, name).flags & kExported) != 0;
}

TEST(JavaScript, AnEmptyFileIsAnEmptyModule) {
  EXPECT_EQ(lowered_javascript(""), "\nmodule\n");
  EXPECT_EQ(lowered_javascript("// only a comment"), "\nmodule\n");
  EXPECT_EQ(lowered_javascript("#!/usr/bin/env node\n"), "\nmodule\n");
}

TEST(JavaScript, EveryDialectIsJavaScript) {
  for (const JavaScriptDialect dialect :
       {JavaScriptDialect::JavaScript, JavaScriptDialect::TypeScript, JavaScriptDialect::Tsx})
    EXPECT_EQ(javascript_facts("f();", dialect).language, Language::JavaScript);
}

TEST(JavaScript, TellsTheKindsOfVariablesApart) {
  const CodeFacts facts = javascript_facts(
      "import imported from 'x'; const module_level = 1;"
      "class C { m(parameter) { let local; try {} catch (caught) { this.x = local; } } }"
      "implicit = console;");
  EXPECT_EQ(variable(facts, "exports").kind, VariableKind::Module);
  EXPECT_EQ(variable(facts, "imported").kind, VariableKind::Import);
  EXPECT_EQ(variable(facts, "module_level").kind, VariableKind::Module);
  EXPECT_EQ(variable(facts, "parameter").kind, VariableKind::Parameter);
  EXPECT_EQ(variable(facts, "local").kind, VariableKind::Local);
  EXPECT_EQ(variable(facts, "caught").kind, VariableKind::Caught);
  EXPECT_EQ(variable(facts, "this").kind, VariableKind::Receiver);
  EXPECT_EQ(variable(facts, "implicit").kind, VariableKind::Module);
  EXPECT_EQ(variable(facts, "console").kind, VariableKind::Import);
}

TEST(JavaScript, DeclaresEachBuiltinOnce) {
  const CodeFacts facts = javascript_facts("console.log(console); function f() { console.log(); }");
  ASSERT_EQ(facts.imports.size(), 1U);
  EXPECT_EQ(facts.string(facts.imports[0].module), "<builtins>");
  EXPECT_EQ(facts.string(facts.imports[0].name), "console");
}

TEST(JavaScript, AGlobalThatIsWrittenIsNoBuiltin) {
  const CodeFacts facts = javascript_facts("use(count); function f() { count = 1; }");
  ASSERT_EQ(facts.imports.size(), 1U);
  EXPECT_EQ(facts.string(facts.imports[0].name), "use");
  EXPECT_NE(variable(facts, "count").flags & kWrittenByInner, 0);
}

TEST(JavaScript, FlagsVariablesThatInnerFunctionsWrite) {
  const CodeFacts facts = javascript_facts(
      "let count = 0, read = 0, own = 0; own = 1;"
      "const f = () => { count += read; };"
      "function outer() { let n = 0; return () => n++; }");
  EXPECT_NE(variable(facts, "count").flags & kWrittenByInner, 0);
  EXPECT_NE(variable(facts, "n").flags & kWrittenByInner, 0);
  EXPECT_EQ(variable(facts, "read").flags & kWrittenByInner, 0);
  EXPECT_EQ(variable(facts, "own").flags & kWrittenByInner, 0);
}

TEST(JavaScript, FlagsConstantsAndExports) {
  const CodeFacts facts = javascript_facts("export const a = 1; let b; export { b }; let c;");
  EXPECT_NE(variable(facts, "a").flags & kConstant, 0);
  EXPECT_EQ(variable(facts, "b").flags & kConstant, 0);
  EXPECT_TRUE(is_exported(facts, "a"));
  EXPECT_TRUE(is_exported(facts, "b"));
  EXPECT_FALSE(is_exported(facts, "c"));
}

TEST(JavaScript, CommonJsExportsFlagTheirVariables) {
  const CodeFacts facts = javascript_facts("const a = 1, b = 2; exports.a = a; use(b);");
  EXPECT_TRUE(is_exported(facts, "a"));
  EXPECT_FALSE(is_exported(facts, "b"));
}

TEST(JavaScript, FlagsImportsThatTypesName) {
  const CodeFacts facts = javascript_facts("import { A, B } from 'x'; let a: Array<A.C> = new B();",
                                           JavaScriptDialect::TypeScript);
  EXPECT_NE(variable(facts, "A").flags & kNamedInTypes, 0);
  EXPECT_EQ(variable(facts, "B").flags & kNamedInTypes, 0);
}

TEST(JavaScript, ImportsThatJsxOrReexportsNeedAreKept) {
  const CodeFacts facts =
      javascript_facts("import React from 'react'; import { a } from './a'; export { a }; f(<b/>);",
                       JavaScriptDialect::Tsx);
  for (const Import& row : facts.imports) EXPECT_EQ(row.flags & kTypeOnly, 0U);
}

TEST(JavaScript, UnusedImportsOfPlainJavaScriptAreLoadedAllTheSame) {
  const CodeFacts facts = javascript_facts("import unused from 'x';");
  ASSERT_EQ(facts.imports.size(), 1U);
  EXPECT_EQ(facts.imports[0].flags & kTypeOnly, 0U);
}

TEST(JavaScript, PlacesAreTheBytesOfTheSyntax) {
  const std::string_view source = "const x = 1;\nclient\n  .send({ Key: 'é' }, b); // rest\n";
  const CodeFacts facts = javascript_facts(source);
  const auto call = std::find_if(facts.ops.begin(), facts.ops.end(),
                                 [](const Op& op) { return op.kind == OpKind::Call; });
  ASSERT_NE(call, facts.ops.end());
  const auto at = static_cast<std::size_t>(call - facts.ops.begin());
  EXPECT_EQ(covered(source, facts.op_ranges[at]), "client\n  .send({ Key: 'é' }, b)");
  const ExprId record = facts.operands[facts.calls[call->detail].arguments.first].value;
  EXPECT_EQ(covered(source, facts.expr_ranges[record.index]), "{ Key: 'é' }");
  const std::uint32_t entry = facts.exprs[record.index].operands.first;
  EXPECT_EQ(covered(source, facts.operand_ranges[entry]), "Key");
  EXPECT_EQ(covered(source, facts.expr_ranges[facts.operands[entry].value.index]), "'é'");
}

TEST(JavaScript, PlacesOfMendedOperandsAreTheirOwn) {
  const std::string_view source = "const x = await load<T>(a);";
  const CodeFacts facts = javascript_facts(source, JavaScriptDialect::TypeScript);
  ASSERT_EQ(facts.calls.size(), 1U);
  EXPECT_EQ(covered(source, facts.op_ranges[0]), "load<T>(a)");
  EXPECT_EQ(covered(source, facts.op_ranges[1]), "await load<T>(a)");
}

TEST(JavaScript, PlacesOfFunctionsAreTheirDefinitionsAndNames) {
  const std::string_view source =
      "exports.handler = async (e) => { f(function () {}); };\nclass A { run() {} }";
  const CodeFacts facts = javascript_facts(source);
  ASSERT_EQ(facts.functions.size(), 5U);
  EXPECT_EQ(covered(source, facts.function_ranges[1]), "async (e) => { f(function () {}); }");
  EXPECT_EQ(covered(source, facts.function_name_ranges[1]), "handler");
  EXPECT_EQ(covered(source, facts.function_ranges[2]), "run() {}");
  EXPECT_EQ(covered(source, facts.function_name_ranges[2]), "run");
  EXPECT_EQ(covered(source, facts.function_ranges[4]), "function () {}");
  EXPECT_EQ(covered(source, facts.function_name_ranges[4]), "function");
}

TEST(JavaScript, PlacesOfImportsAreTheirStatements) {
  const std::string_view source =
      "import { a,\n  b } from 'x';\nconst c = require('y');\nf(require('z'));";
  const CodeFacts facts = javascript_facts(source);
  std::vector<std::string_view> places;
  for (const Import& row : facts.imports)
    if (facts.string(row.module) != "<builtins>") places.push_back(covered(source, row.where));
  const std::string_view statement = "import { a,\n  b } from 'x';";
  EXPECT_EQ(places, (std::vector<std::string_view>{statement, statement, "const c = require('y');",
                                                   "require('z')"}));
}

TEST(JavaScript, AByteOrderMarkAndWindowsLineEndsChangeNothing) {
  EXPECT_EQ(lowered_javascript("\xEF\xBB\xBFlet x = 1\r\nif (x)\r\n  f(x)\r\n"),
            lowered_javascript("let x = 1\nif (x)\n  f(x)\n"));
}

TEST(JavaScript, SuppressionsCoverTheirLineOrTheNextNode) {
  const std::string_view source =
      "let x = 1; // fnlint: ignore[a]\n"
      "/* fnlint: ignore[b] a reason */\n"
      "function f() {\n"
      "  // fnlint: ignore[c]\n"
      "  g(1); h(2);\n"
      "}\n"
      "// fnlint: ignore-file[d]\n"
      "k(a,\n  // fnlint: ignore[e]\n  { b: 1 });\n";
  const CodeFacts facts = javascript_facts(source);
  ASSERT_EQ(facts.suppressions.size(), 5U);
  EXPECT_EQ(covered(source, facts.suppressions[0].covers), "let x = 1; // fnlint: ignore[a]");
  EXPECT_EQ(facts.suppressions[1].reason, "a reason");
  EXPECT_TRUE(covered(source, facts.suppressions[1].covers).starts_with("function f() {"));
  EXPECT_EQ(covered(source, facts.suppressions[2].covers), "g(1);");
  EXPECT_EQ(facts.suppressions[3].reach, SuppressionReach::File);
  EXPECT_EQ(covered(source, facts.suppressions[4].covers), "{ b: 1 }");
}

struct FeatureCase {
  std::string_view source, feature, since;
};
TEST(JavaScript, RecordsFeaturesThatOlderRuntimesLack) {
  const std::vector<FeatureCase> cases = {
      {"async () => {};", "async-function", "7.6"},
      {"async function* f() {}", "async-iteration", "10.0"},
      {"async () => { await using a = b; };", "await-using", "24.0"},
      {"f(1n);", "bigint", "10.4"},
      {"class A { #a; m() { return #a in this; } }", "private-name-in", "16.4"},
      {"class A { a = 1; }", "class-fields", "12.0"},
      {"import('x');", "dynamic-import", "12.17"},
      {"export * as a from 'x';", "export-namespace", "12.17"},
      {"import a from 'x' with { type: 'json' };", "import-attributes", "18.20"},
      {"a ||= b;", "logical-assignment", "15.0"},
      {"import 'x';", "modules", "12.17"},
      {"f(a ?? b);", "nullish-coalescing", "14.0"},
      {"f(1_000);", "numeric-separators", "12.5"},
      {"f({ ...a });", "object-spread", "8.3"},
      {"const { a, ...b } = c;", "object-spread", "8.3"},
      {"try {} catch {}", "optional-catch-binding", "10.0"},
      {"f(a?.b);", "optional-chaining", "14.0"},
      {"f(a?.[b]);", "optional-chaining", "14.0"},
      {"a?.();", "optional-chaining", "14.0"},
      {"f(a ** b);", "exponentiation", "7.0"},
      {"class A { #a = 1; }", "private-fields", "12.0"},
      {"class A { #a() {} }", "private-methods", "14.6"},
      {"f(/./s);", "regex-dot-all", "8.10"},
      {"f(/./d);", "regex-indices", "16.0"},
      {"f(/(?<!a)b/);", "regex-lookbehind", "8.10"},
      {"f(/(?i:a)b/);", "regex-modifiers", "23.0"},
      {"f(/(?<a>b)/);", "regex-named-groups", "10.0"},
      {"f(/[a&&b]/v);", "regex-sets", "20.0"},
      {"class A { static {} }", "static-block", "16.11"},
      {"await f();", "top-level-await", "14.8"},
      {"{ using a = b; }", "using", "24.0"},
  };
  for (const FeatureCase& entry : cases) {
    const CodeFacts facts = javascript_facts(entry.source);
    const auto row = std::find_if(
        facts.features.begin(), facts.features.end(),
        [&](const FeatureUse& use) { return facts.string(use.feature) == entry.feature; });
    ASSERT_NE(row, facts.features.end()) << entry.source;
    EXPECT_EQ(facts.string(row->since), entry.since) << entry.source;
    EXPECT_TRUE(facts.problems.empty()) << entry.source;
  }
}

TEST(JavaScript, AFeatureIsRecordedOnceWhereItFirstStands) {
  const std::string_view source = "f(a?.b, a?.c); g(a?.d);";
  const CodeFacts facts = javascript_facts(source);
  ASSERT_EQ(facts.features.size(), 1U);
  EXPECT_EQ(covered(source, facts.features[0].where), "a?.b");
}

TEST(JavaScript, OrdinaryCodeUsesNoNewFeature) {
  const CodeFacts facts = javascript_facts(
      "'use strict'; const { a, b = 1 } = require('x'); class A { static m() { return /[(?<a>]/; } "
      "}"
      "for (const c of [...a]) { `${c}`; } try { f(); } catch (e) { throw e; } (x) => x.y[0];");
  EXPECT_TRUE(facts.features.empty());
}

TEST(JavaScript, TypeScriptIsCompiledBeforeItRuns) {
  const CodeFacts facts = javascript_facts("f(a?.b ?? 1_000);", JavaScriptDialect::TypeScript);
  EXPECT_TRUE(facts.features.empty());
}

}  // namespace
}  // namespace fnlint::javascript_test
