// Input that is broken, deep, huge or hostile.
#include "core/limits.h"
#include "core/text.h"
#include "tests/source/hostile.h"
#include "tests/source/python_lowered.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace fnlint {
namespace {

TEST(PythonRobustness, KeepsWhatStandsAroundAMistake) {
  const CodeFacts facts = python_facts("a = f()\nx = = 3\ndef g(): return h()\nb = k()\n");
  EXPECT_TRUE(says(facts, "syntax error"));
  EXPECT_GE(facts.problems[0].where.begin, 8U);
  EXPECT_LE(facts.problems[0].where.begin, 14U);
  EXPECT_NE(facts.functions[0].flags & kBroken, 0);
  ASSERT_EQ(facts.functions.size(), 2U);
  EXPECT_EQ(facts.functions[1].flags & kBroken, 0);
  EXPECT_EQ(facts.calls.size(), 3U);
}

TEST(PythonRobustness, SaysThatAwaitStandsOutsideOfAnAsyncFunction) {
  constexpr std::string_view kSaid = "'await' outside of an async function";
  for (const char* text : {"def f():\n  await g()\n", "x = await g()\n",
                           "async def f():\n  return lambda: (await g())\n"})
    EXPECT_TRUE(says(python_facts(text), kSaid)) << text;
  for (const char* text : {"async def f():\n  return [await g(x) for x in y]\n",
                           "def f():\n  async def g():\n    await h()\n  return g\n"})
    EXPECT_FALSE(says(python_facts(text), kSaid)) << text;
}

TEST(PythonRobustness, MarksOnlyTheFunctionThatIsBroken) {
  const CodeFacts facts = python_facts("def f():\n  x = = 3\n  g()\ndef h():\n  g()\n");
  ASSERT_EQ(facts.functions.size(), 3U);
  EXPECT_EQ(facts.functions[0].flags & kBroken, 0);
  EXPECT_NE(facts.functions[1].flags & kBroken, 0);
  EXPECT_EQ(facts.functions[2].flags & kBroken, 0);
}

TEST(PythonRobustness, MarksAFunctionWithABrokenFirstLine) {
  const CodeFacts facts = python_facts("def f(a: 'x': , b):\n  g()\n");
  ASSERT_GE(facts.functions.size(), 2U);
  EXPECT_NE(facts.functions[1].flags & kBroken, 0);
}

TEST(PythonRobustness, ReportsFewOfManyMistakes) {
  const CodeFacts facts = python_facts(repeated("x = = 3\n", 50));
  EXPECT_FALSE(facts.problems.empty());
  EXPECT_LE(facts.problems.size(), 3U);
}

TEST(PythonRobustness, LowersCodeThatIsBeingTyped) {
  for (const std::string_view source : {"s3.",
                                        "s3.put_object(",
                                        "def",
                                        "def f",
                                        "def f(",
                                        "class",
                                        "class A(",
                                        "for x in",
                                        "for x",
                                        "if",
                                        "if x",
                                        "with",
                                        "with open(",
                                        "x = ",
                                        "x[",
                                        "x[1:",
                                        "lambda",
                                        "try:",
                                        "try:\n  f()\nexcept",
                                        "import",
                                        "from",
                                        "from a import",
                                        "@",
                                        "@a\n",
                                        "return (",
                                        "f'{",
                                        "f'{x",
                                        "'''",
                                        "\"",
                                        "match x:\n",
                                        "match x:\n  case",
                                        "x = [y for",
                                        "async",
                                        "await",
                                        "del",
                                        "global",
                                        "x +",
                                        "not",
                                        "a if",
                                        "{",
                                        "{'a'",
                                        "{'a':",
                                        "*",
                                        "**",
                                        "print",
                                        "\\",
                                        "type",
                                        "type X",
                                        "type X =",
                                        "(",
                                        ")",
                                        "]",
                                        ":",
                                        "=",
                                        ","})
    python_facts(source);
}

TEST(PythonRobustness, RefusesFilesAboveTheLimit) {
  const CodeFacts facts = python_facts(repeated("# 34567\n", kSourceBytes / 8 + 1));
  EXPECT_TRUE(says(facts, "larger than"));
  EXPECT_TRUE(facts.ops.empty());
  EXPECT_NE(facts.functions[0].flags & kBroken, 0);
}

TEST(PythonRobustness, GivesUpOnTextThatIsNoCode) {
  const CodeFacts facts = python_facts(repeated(")]}{[(:", 20'000));
  EXPECT_TRUE(says(facts, "too many syntax errors"));
  EXPECT_NE(facts.functions[0].flags & kBroken, 0);
}

TEST(PythonRobustness, CutsDeepNestingWithAProblem) {
  const std::vector<Deep> cases = {
      {"(", "x", ")"},
      {"[", "x", "]"},
      {"f(", "x", ")"},
      {"{0: ", "x", "}"},
      {"not ", "x", ""},
      {"-", "x", ""},
      {"lambda: ", "x", ""},
      {"x if (", "x", ") else y"},
      {"a[", "x", "]"},
      {"await ", "x", ""},
      {"[x for x in ", "x", "]"},
  };
  for (const Deep& deep : cases) {
    const std::string source = cat("y = ", repeated(deep.before, 3000), deep.inside,
                                   repeated(deep.after, 3000), "\nz()\n");
    const CodeFacts facts = python_facts(source);
    EXPECT_TRUE(says(facts, "nested deeper")) << deep.before;
    EXPECT_EQ(code_text(facts).find("call z()") == std::string::npos, false) << deep.before;
    EXPECT_LT(deepest_expression(facts), 2 * kNestingDepth);
  }
}

TEST(PythonRobustness, CutsDeepStatementsWithAProblem) {
  std::string source;
  for (std::size_t i = 0; i < 400; ++i) source += cat(std::string(i, ' '), "if x:\n");
  source += cat(std::string(400, ' '), "y = 1\n");
  const CodeFacts facts = python_facts(source);
  EXPECT_TRUE(says(facts, "nested deeper"));
  EXPECT_LE(most_nested_ops(facts), kNestingDepth);
}

TEST(PythonRobustness, LongChainsStayShallow) {
  for (const std::string_view link : {" + a", " and a", " or f()", ".a", ".a()", "[0]", " + 'a'",
                                      " * a", " < a", " < f()", " | a"}) {
    const CodeFacts facts = python_facts(cat("x = a", repeated(link, 5000), "\n"));
    for (const Problem& one : facts.problems)
      EXPECT_NE(one.message.find("a chain of more than"), std::string::npos) << link;
    EXPECT_LT(deepest_expression(facts), 150U) << link;
    EXPECT_LE(most_nested_ops(facts), 1U) << link;
  }
}

TEST(PythonRobustness, LongElifChainsStayFlat) {
  std::string source = "if a == 0: f()\n";
  for (std::size_t i = 1; i < 500; ++i) source += cat("elif a == ", i, ": f()\n");
  const CodeFacts facts = python_facts(source + "else: g()\n");
  EXPECT_TRUE(facts.problems.empty());
  EXPECT_LE(most_nested_ops(facts), 2U);
}

TEST(PythonRobustness, ManyManagersInOneWithAreCutOff) {
  const CodeFacts facts = python_facts(cat("with a", repeated(", a", 1000), ": f()\n"));
  EXPECT_TRUE(says(facts, "nested deeper"));
  EXPECT_LE(most_nested_ops(facts), kNestingDepth);
}

TEST(PythonRobustness, ReadsBytesThatAreNotUtf8AsQuestionMarks) {
  const CodeFacts facts = python_facts("x = 'é\xff\xed\xa0\x80'\n");
  EXPECT_NE(code_text(facts).find("assign x = \"é????\""), std::string::npos);
  ASSERT_EQ(facts.problems.size(), 1U);
  EXPECT_EQ(facts.problems[0].where, (Range{7, 8}));
  python_facts("x = '\xff\xfe' + y\xc3\nf(\x80)\n");
}

TEST(PythonRobustness, ReadsZeroBytes) { python_facts(std::string_view("x = '\0'\n\0f()\n", 14)); }

// Whatever the bytes, the tables hold to the code form.
TEST(PythonRobustness, MutatedCodeKeepsTheFormsInvariants) {
  constexpr std::string_view kSample = R"py(
import os, a.b as c
from .m import (d, e as f, *)
@dec(1)
class C(Base, metaclass=M):
    x: int = 1
    def m(self, a, /, b=[], *args, k: "T" = None, **kw) -> str:
        global g
        with open(a) as h, (yield): pass
        for i, (j, *l) in enumerate(b[1:2]): continue
        else: return f"{a!r:>{w}} {b=}" "x" % (i, j)
        try: x = await y
        except* (E, F) as e: raise X(e) from None
        else: del x, y[0]
        finally: assert a, b
        return {k: v for k, v in kw if k} or [*a, not b] and lambda z=1: z
match e, f:
    case {"a": [1, *r], **q} | C(x=0) if r: type(a).b = 1
    case _: pass
while (n := g()) < 3 <= 4: break
if __name__ == "__main__": print("%s" % n, "{}".format(*n), a if b else c())
)py";
  constexpr std::array<std::string_view, 24> kPieces = {
      "(",       ")",      "[",      "]",      "{",       "}",     ":",    "\n",
      "    ",    "*",      "**",     "@",      "=",       ":=",    "\"",   "f'{",
      "lambda ", "async ", "await ", "yield ", "except ", "case ", "\xff", "#"};
  std::mt19937 random(20261120);
  for (int round = 0; round < 600; ++round) {
    std::string source(kSample);
    for (auto edits = 1 + random() % 6; edits > 0; --edits) {
      const std::size_t at = random() % source.size();
      switch (random() % 4) {
        case 0: source.erase(at, 1 + random() % 20); break;
        case 1: source.insert(at, kPieces[random() % kPieces.size()]); break;
        case 2: source.insert(at, source.substr(random() % source.size(), random() % 40)); break;
        default: source[at] = static_cast<char>(random() % 256);
      }
      if (source.empty()) source = "x";
    }
    code_text(python_facts(source));
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace fnlint
