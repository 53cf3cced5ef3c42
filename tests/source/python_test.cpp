// What a file's facts hold beside its ops: names, places, features, problems.
#include "frontends/source/python/python.h"

#include "core/limits.h"
#include "core/text.h"
#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace fnlint::python_test {
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

TEST(Python, AnEmptyFileIsAnEmptyModule) {
  EXPECT_EQ(lowered(""), "\nmodule\n");
  EXPECT_EQ(lowered("# only a comment\n"), "\nmodule\n");
  EXPECT_EQ(lowered("\n\n\n"), "\nmodule\n");
}

TEST(Python, FlagsTheNamesThatAllListsAsExported) {
  const CodeFacts facts =
      python_facts("__all__ = ['a']\n__all__ += ['b']\n__all__.extend(['c'])\na = b = c = d = 1\n");
  EXPECT_NE(variable(facts, "a").flags & kExported, 0);
  EXPECT_NE(variable(facts, "b").flags & kExported, 0);
  EXPECT_NE(variable(facts, "c").flags & kExported, 0);
  EXPECT_EQ(variable(facts, "d").flags & kExported, 0);
}

TEST(Python, FlagsVariablesThatInnerFunctionsWrite) {
  const CodeFacts facts = python_facts(
      "count = 0\nread = 0\n"
      "def h():\n  global count\n  count = read\n"
      "def outer():\n  n = 0\n  def inner():\n    nonlocal n\n    n = 1\n");
  EXPECT_NE(variable(facts, "count").flags & kWrittenByInner, 0);
  EXPECT_NE(variable(facts, "n").flags & kWrittenByInner, 0);
  EXPECT_EQ(variable(facts, "read").flags & kWrittenByInner, 0);
}

TEST(Python, FlagsImportsThatTypesName) {
  const CodeFacts facts = python_facts("import a\nimport b\ndef f(x: a.T): pass\n");
  EXPECT_NE(variable(facts, "a").flags & kNamedInTypes, 0);
  EXPECT_EQ(variable(facts, "b").flags & kNamedInTypes, 0);
}

TEST(Python, TellsTheKindsOfVariablesApart) {
  const CodeFacts facts = python_facts(
      "import imported\nmodule = 1\n"
      "class C:\n  def m(self, parameter):\n    local = [element for element in parameter]\n"
      "    try: pass\n    except E as caught: print(caught)\n");
  EXPECT_EQ(variable(facts, "imported").kind, VariableKind::Import);
  EXPECT_EQ(variable(facts, "module").kind, VariableKind::Module);
  EXPECT_EQ(variable(facts, "self").kind, VariableKind::Receiver);
  EXPECT_EQ(variable(facts, "parameter").kind, VariableKind::Parameter);
  EXPECT_EQ(variable(facts, "local").kind, VariableKind::Local);
  EXPECT_EQ(variable(facts, "element").kind, VariableKind::Element);
  EXPECT_EQ(variable(facts, "caught").kind, VariableKind::Caught);
  EXPECT_EQ(variable(facts, "print").kind, VariableKind::Import);
}

TEST(Python, DeclaresEachBuiltinOnce) {
  const CodeFacts facts = python_facts("print(print)\ndef f(): print(1)\n");
  ASSERT_EQ(facts.imports.size(), 1U);
  EXPECT_EQ(facts.string(facts.imports[0].module), "<builtins>");
  EXPECT_EQ(facts.string(facts.imports[0].name), "print");
}

TEST(Python, AnAliasMakesFinalNamesConstant) {
  const CodeFacts facts =
      python_facts("from typing import Final as F\nx: F = 1\ny: F[int] = 2\nz: int = 3\n");
  EXPECT_NE(variable(facts, "x").flags & kConstant, 0);
  EXPECT_NE(variable(facts, "y").flags & kConstant, 0);
  EXPECT_EQ(variable(facts, "z").flags & kConstant, 0);
}

TEST(Python, PlacesAreTheBytesOfTheSyntax) {
  const std::string_view source = "x = 1\ns3.put(Key = 'é',\n  Body = b)  # rest\n";
  const CodeFacts facts = python_facts(source);
  const auto call = std::find_if(facts.ops.begin(), facts.ops.end(),
                                 [](const Op& op) { return op.kind == OpKind::Call; });
  ASSERT_NE(call, facts.ops.end());
  const auto at = static_cast<std::size_t>(call - facts.ops.begin());
  EXPECT_EQ(covered(source, facts.op_ranges[at]), "s3.put(Key = 'é',\n  Body = b)");
  const Slice<Operand> arguments = facts.calls[call->detail].arguments;
  const ExprId key = facts.operands[arguments.first].value;
  EXPECT_EQ(covered(source, facts.expr_ranges[key.index]), "'é'");
}

TEST(Python, PlacesOfFunctionsAreTheirDefinitionsAndNames) {
  const std::string_view source = "@d\ndef handler(event):\n  return lambda x: x\n";
  const CodeFacts facts = python_facts(source);
  ASSERT_EQ(facts.functions.size(), 3U);
  EXPECT_EQ(covered(source, facts.function_ranges[1]), "def handler(event):\n  return lambda x: x");
  EXPECT_EQ(covered(source, facts.function_name_ranges[1]), "handler");
  EXPECT_EQ(covered(source, facts.function_ranges[2]), "lambda x: x");
  EXPECT_EQ(covered(source, facts.function_name_ranges[2]), "lambda");
}

TEST(Python, PlacesOfRecordKeysAreKept) {
  const std::string_view source = "x = {'a': 1, b: 2}\n";
  const CodeFacts facts = python_facts(source);
  const auto record = std::find_if(facts.exprs.begin(), facts.exprs.end(),
                                   [](const Expr& expr) { return expr.kind == ExprKind::Record; });
  ASSERT_NE(record, facts.exprs.end());
  EXPECT_EQ(covered(source, facts.operand_ranges[record->operands.first]), "'a'");
  EXPECT_EQ(covered(source, facts.operand_ranges[record->operands.first + 1]), "b");
}

TEST(Python, PlacesOfImportsAreTheirStatements) {
  const std::string_view source = "if x:\n  from a import (b,\n    c)\n";
  const CodeFacts facts = python_facts(source);
  ASSERT_GE(facts.imports.size(), 2U);
  for (const Import& row : facts.imports)
    if (facts.string(row.module) == "a") {
      EXPECT_EQ(covered(source, row.where), "from a import (b,\n    c)");
    }
}

TEST(Python, ImportsKnowThePartOfABranchThatTheyStandIn) {
  const CodeFacts facts = python_facts(
      "import a\nif x:\n  import b\nelif y:\n  import c\nelse:\n  import d\nimport e\n");
  const auto import = [&](std::string_view module) {
    return *std::ranges::find(facts.imports, module,
                              [&](const Import& row) { return facts.string(row.module); });
  };
  EXPECT_FALSE(import("a").branch.exists());
  EXPECT_FALSE(import("e").branch.exists());
  EXPECT_FALSE(import("b").otherwise);
  EXPECT_TRUE(import("b").branch < import("c").branch);
  EXPECT_FALSE(import("c").otherwise);
  EXPECT_EQ(import("d").branch, import("c").branch);
  EXPECT_TRUE(import("d").otherwise);
}

TEST(Python, AByteOrderMarkAndWindowsLineEndsChangeNothing) {
  EXPECT_EQ(lowered("\xEF\xBB\xBFx = 1\r\nif x:\r\n  f('''a\r\nb''')\r\n"),
            lowered("x = 1\nif x:\n  f('''a\nb''')\n"));
}

TEST(Python, SuppressionsCoverTheirLineOrTheNextStatement) {
  const std::string_view source =
      "x = 1  # fnlint: ignore[a]\n"
      "# fnlint: ignore[b] a reason\n"
      "# more\n"
      "@d\n"
      "def f():\n"
      "  # fnlint: ignore[c]\n"
      "  y = 1; z = 2\n"
      "# fnlint: ignore-file[d]\n";
  const CodeFacts facts = python_facts(source);
  ASSERT_EQ(facts.suppressions.size(), 4U);
  EXPECT_EQ(covered(source, facts.suppressions[0].covers), "x = 1  # fnlint: ignore[a]");
  EXPECT_EQ(facts.suppressions[1].reason, "a reason");
  EXPECT_TRUE(covered(source, facts.suppressions[1].covers).starts_with("@d\ndef f():"));
  EXPECT_EQ(covered(source, facts.suppressions[2].covers), "y = 1");
  EXPECT_EQ(facts.suppressions[3].reach, SuppressionReach::File);
}

TEST(Python, SuppressionsReachIntoArguments) {
  const std::string_view source = "f(a,\n  # fnlint: ignore[x]\n  Key=g(b))\n";
  const CodeFacts facts = python_facts(source);
  ASSERT_EQ(facts.suppressions.size(), 1U);
  EXPECT_EQ(covered(source, facts.suppressions[0].covers), "Key=g(b)");
}

// Every form of statement and expression has a lowering. A new one may not be left out silently.
TEST(Python, LeavesNoSyntaxOpaque) {
  const CodeFacts facts = python_facts(R"py(
from __future__ import annotations
import os, a.b as c
from .m import *
@dec(1)
class C(Base, *bases, metaclass=M, **kw):
    """Words."""
    x: int = 1
    async def m(self, a, /, b=[], *args, k: "T" = None, **kw) -> str:
        global g
        async with open(a) as h, (b as i, c): pass
        async for i, (j, *l) in z, *y: continue
        else: return f"{a!r:>{w}} {b=}" "x" % (i, j), *k
        try: x = y = await z
        except* (E, F) as e: raise X(e) from None
        else: del x, y[0], (a, [b])
        finally: assert a, b
        return {k: v async for k, v in kw if k}, {s for s in t}, (g for g in h), [*a, not b]
    def n(): nonlocal_ = yield; yield from (yield 1)
type T[U] = U
match e, f:
    case {"a": [1, *r], **q} | C(x=0) | -1 | 1 + 2j | None | a.b if r: type(a).b = 1
    case (x, y) as p: pass
    case _: pass
while (n := g()) < 3 <= 4 != 5 in s is not t: break
else: x[1:2, ...] @= y ** -z // ~w << 1 >> 2 & 3 ^ 4 | +5
if a if b else c and d or e: lambda x, *y, z=1: x
elif "{}".format(a)[::2]: b"x", 0x1F, 1.5, True, t"{a}"
else: exec("x"); print("y")
)py");
  EXPECT_TRUE(facts.problems.empty());
  for (const Opaque& row : facts.opaques) ADD_FAILURE() << facts.string(row.syntax);
  for (const Expr& row : facts.exprs)
    if (row.kind == ExprKind::Unknown) {  // a node's name: nothing was made of it
      EXPECT_EQ(facts.string(row.name).find('_'), std::string::npos) << facts.string(row.name);
    }
}

struct FeatureCase {
  std::string_view source, feature, since;
};
TEST(Python, RecordsFeaturesOfLaterVersions) {
  const std::vector<FeatureCase> cases = {
      {"(a := 1)", "walrus", "3.8"},
      {"f'{x=}'", "f-string-equals", "3.8"},
      {"def f(a, /): pass", "positional-only-parameters", "3.8"},
      {"lambda a, /: a", "positional-only-parameters", "3.8"},
      {"with (a as b, c as d): pass", "parenthesized-with", "3.9"},
      {"@a[0]\ndef f(): pass", "decorator-expression", "3.9"},
      {"match a:\n  case 1: pass", "match", "3.10"},
      {"try: pass\nexcept* A: pass", "except-star", "3.11"},
      {"a[*b]", "star-index", "3.11"},
      {"type X = int", "type-alias", "3.12"},
      {"class A[T]: pass", "type-parameters", "3.12"},
      {"def f[T = int](): pass", "type-parameter-defaults", "3.13"},
      {"t'{a}'", "template-string", "3.14"},
      {"try: pass\nexcept A, B: pass", "unparenthesized-except", "3.14"},
  };
  for (const FeatureCase& entry : cases) {
    const CodeFacts facts = python_facts(entry.source);
    const auto row = std::find_if(
        facts.features.begin(), facts.features.end(),
        [&](const FeatureUse& use) { return facts.string(use.feature) == entry.feature; });
    ASSERT_NE(row, facts.features.end()) << entry.source;
    EXPECT_EQ(facts.string(row->since), entry.since) << entry.source;
    EXPECT_TRUE(facts.problems.empty()) << entry.source;
  }
}

TEST(Python, OrdinaryCodeUsesNoNewFeature) {
  const CodeFacts facts = python_facts(
      "with (a): pass\nwith (a).b as c: pass\nmatch = type = 1\nmatch.group(1)\nf'{x!r}'\n"
      "try: pass\nexcept (A, B): pass\n@a.b(c)\ndef f(*, a): pass\nx: int = 1\n");
  EXPECT_TRUE(facts.features.empty());
}

}  // namespace
}  // namespace fnlint::python_test
