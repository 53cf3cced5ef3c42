// Input that is broken, deep, huge or hostile, for the languages that share the scoped lowering.
#include "core/limits.h"
#include "core/text.h"
#include "frontends/source/common/code_text.h"
#include "frontends/source/common/validate.h"
#include "frontends/source/cpp/cpp.h"
#include "frontends/source/csharp/csharp.h"
#include "frontends/source/go/go.h"
#include "frontends/source/java/java.h"
#include "frontends/source/kotlin/kotlin.h"
#include "frontends/source/ruby/ruby.h"
#include "frontends/source/rust/rust.h"
#include "model/code_bytes.h"
#include "tests/source/cpp_sample.h"
#include "tests/source/hostile.h"
#include "tests/source/java_sample.h"
#include "tests/source/language_samples.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {
namespace {

struct Sample {
  std::string_view name;
  CodeFacts (*lower)(std::string_view) = nullptr;
  std::string_view text = {};                   // a sound file that uses most of the syntax
  std::string_view around[2] = {};              // what makes a file of a statement
  std::vector<Deep> nested = {};                // expressions and statements that nest
  std::vector<std::string_view> chains = {};    // links of an expression that begins with `a`
  // A variable of a type: what stands before and after types that nest.
  std::string_view declared[2] = {};
  std::vector<Deep> types = {};
};
void PrintTo(const Sample& sample, std::ostream* out) { *out << sample.name; }

class Languages : public testing::TestWithParam<Sample> {
 protected:
  CodeFacts facts_of(std::string_view source) const {
    CodeFacts facts = GetParam().lower(source);
    for (const std::string& fault : validate(facts)) ADD_FAILURE() << fault << " in\n" << source;
    return facts;
  }
  std::string file(std::string_view statement) const {
    return cat(GetParam().around[0], statement, GetParam().around[1]);
  }
};

TEST_P(Languages, ASoundFileHasNoProblems) {
  const CodeFacts facts = facts_of(GetParam().text);
  for (const Problem& problem : facts.problems)
    ADD_FAILURE() << problem.message << " at "
                  << GetParam().text.substr(problem.where.begin, 40);
  EXPECT_TRUE(facts.opaques.empty()) << code_text(facts);
}

TEST_P(Languages, AnEmptyFileIsAnEmptyModule) {
  for (const std::string_view empty : {"", "\n", "\n\n  \n"})
    EXPECT_EQ(facts_of(empty).functions.size(), 1U);
}

// Every prefix is a file that is half written.
TEST_P(Languages, ReadsCodeThatIsBeingTyped) {
  const std::string_view text = GetParam().text;
  for (std::size_t end = 0; end < text.size(); end += 5) facts_of(text.substr(0, end));
}

TEST_P(Languages, MutatedCodeKeepsTheFormsInvariants) {
  constexpr std::string_view kPieces[] = {"(",  ")",  "[",  "]",  "{", "}",  ":",  ";",   "\n",
                                          "->", "=>", "=",  "\"", "'", ",",  ".",  "::",  "<",
                                          ">",  "&",  "*",  "@",  "#", "\\", "//", "/*",  "\xff",
                                          "if", "for", "new ", "return ", "class ", "fn ", "|"};
  std::mt19937 random(20261120);
  for (int round = 0; round < 250; ++round) {
    std::string source(GetParam().text);
    for (auto edits = 1 + random() % 6; edits > 0; --edits) {
      const std::size_t at = random() % source.size();
      switch (random() % 4) {
        case 0: source.erase(at, 1 + random() % 20); break;
        case 1: source.insert(at, kPieces[random() % std::size(kPieces)]); break;
        case 2: source.insert(at, source.substr(random() % source.size(), random() % 40)); break;
        default: source[at] = static_cast<char>(random() % 256);
      }
      if (source.empty()) source = " ";
    }
    facts_of(source);
  }
}

TEST_P(Languages, CutsDeepNesting) {
  for (const Deep& deep : GetParam().nested) {
    const CodeFacts facts =
        facts_of(file(cat(repeated(deep.before, 3000), deep.inside, repeated(deep.after, 3000))));
    EXPECT_LT(deepest_expression(facts), 2 * kNestingDepth) << deep.before;
    EXPECT_LE(most_nested_ops(facts), kNestingDepth + 10) << deep.before;
  }
}

TEST_P(Languages, CutsDeepTypes) {
  for (const Deep& deep : GetParam().types) {
    const std::string type =
        cat(repeated(deep.before, 20'000), deep.inside, repeated(deep.after, 20'000));
    facts_of(file(cat(GetParam().declared[0], type, GetParam().declared[1])));
  }
}

// Twice the links are twice the rows: no link repeats what those before it have.
TEST_P(Languages, LongChainsGrowInProportion) {
  for (const std::string_view link : GetParam().chains) {
    const auto bytes = [&](std::size_t links) {
      return code_bytes(facts_of(file(cat("x = a", repeated(link, links), ";")))).size();
    };
    const std::size_t once = bytes(1000), twice = bytes(2000), fourfold = bytes(4000);
    EXPECT_LE(fourfold - twice, 3 * (twice - once)) << link;
  }
}

// What is no place is not written, however broken the code around it.
TEST_P(Languages, AssignmentsToNoPlaceAreValues) {
  for (const std::string_view code :
       {"f()++;", "++f();", "f() = 1;", "f() += 1;", "1 = a;", "(a, 1) = f();", "_c++return++return x",
        "++Last()", "-f() -= g();", "a ? b : c = 1;", "f()?.b = 1;", "!a = 1;",
        "{a: 1} = b;", "a++ ++;", "delete f();", "\"x\" += 1;"}) {
    facts_of(file(code));
    facts_of(code);
  }
}

TEST_P(Languages, LongChainsStayShallow) {
  for (const std::string_view link : GetParam().chains) {
    const CodeFacts facts = facts_of(file(cat("x = a", repeated(link, 3000), ";")));
    for (const Problem& one : facts.problems)
      EXPECT_NE(one.message.find("a chain of more than"), std::string::npos) << link;
    EXPECT_LT(deepest_expression(facts), 300U) << link;
    EXPECT_LE(most_nested_ops(facts), 4U) << link;
  }
}

TEST_P(Languages, RefusesFilesAboveTheLimit) {
  const CodeFacts facts = facts_of(repeated("a = b;\n", kSourceBytes / 7 + 1));
  EXPECT_TRUE(says(facts, "larger than"));
  EXPECT_NE(facts.functions[0].flags & kBroken, 0);
}

// The parser would take minutes or gigabytes: it is stopped by what it has done, at the same place
// on every machine.
TEST_P(Languages, StopsParsingWhatCostsTooMuch) {
  for (const std::string_view piece : {"\"", "a<", "([{", "&", "a b ", "{[<"})
    facts_of(file(cat("x = ", repeated(piece, 20'000))));
}

TEST_P(Languages, ReadsBytesThatAreNotUtf8) {
  facts_of(file("x = \"\xff\xfe\" + y\xc3;"));
  facts_of(std::string_view("x = '\0'\n\0f()\n", 14));
}

INSTANTIATE_TEST_SUITE_P(
    Source, Languages,
    testing::Values(
        Sample{.name = "CSharp",
               .lower = lower_csharp,
               .text = kCSharp,
               .around = {"class A { void F() { ", " } }"},
               .nested = {{"x = (", "1", ");"},
                          {"f(", "1", ")"},
                          {"{", "g();", "}"},
                          {"if (a) ", "g();", ""},
                          {"a[", "0", "]"},
                          {"x => ", "1", ""},
                          {"!", "a", ""},
                          {"a?.b", "", ""},
                          {"$\"{", "a", "}\""},
                          {"new A { B = ", "1", "}"},
                          {"using var x = f(); ", "g();", ""},
                          {"x switch { ", "_ => 1", "}"},
                          {"#if A\n", "g();", "\n#endif"},
                          {"switch (a) { case 1: ", "g();", "}"},
                          {"if (a is { B: ", "1", " }) g();"},
                          {"if (a is not (", "1", ")) g();"},
                          {"lock (a) ", "g();", ""},
                          {"using (f()) ", "g();", ""},
                          {"try { ", "g();", "} finally { }"},
                          {"foreach (var x in f()) ", "g();", ""},
                          {"l: ", "g();", ""},
                          {"await ", "f()", ""},
                          {"throw ", "a", ""},
                          {"[", "1", "]"},
                          {"(a, ", "b", ") = c;"},
                          {"void G() { ", "", "}"},
                          {"from x in ", "a", " select x"},
                          {"while (f()) ", "g();", ""},
                          {"class B { void G() { ", "", "} }"}},
               .chains = {" + b", " && b", " || f()", ".b", ".b()", " + \"b\"", " * b"},
               .declared = {"", " x;"},
               .types = {{"A<", "B", ">"}, {"", "int", "[]"}, {"(A, ", "B", ")"}, {"delegate*<", "A", ">"}, {"", "A", "?"}}},
        Sample{
        .name = "Java",
        .lower = lower_java,
        .text = kJavaSample,
        .around = {"class A { void f() { ", " } }"},
        .nested = {{"x = (", "1", ");"},
                   {"f(", "1", ")"},
                   {"{", "g();", "}"},
                   {"if (a) ", "g();", ""},
                   {"a[", "0", "]"},
                   {"x -> ", "1", ""},
                   {"!", "a", ""},
                   {"while (f()) ", "g();", ""},
                   {"switch (a) { case 1: ", "g();", "}"},
                   {"switch (a) { case 1 -> ", "g();", "}"},
                   {"x = switch (a) { default -> ", "1", "; };"},
                   {"if (a) { } else { ", "g();", "}"},
                   {"synchronized (a) { ", "g();", "}"},
                   {"l: ", "g();", ""},
                   {"try { ", "g();", "} finally { }"},
                   {"try { } finally { ", "g();", "}"},
                   {"new A() { void g() { ", "", "} };"},
                   {"(A) ", "a", ""},
                   {"new int[] { f(", "1", ") }"},
                   {"do ", "g();", " while (f());"},
                   {"for (;;) ", "g();", ""},
                   {"class B { void g() { ", "", "} }"}},
        .chains = {" + b", " && b", " || f()", ".b", ".b()", " + \"b\"", " * b", " < b"},
               .declared = {"", " x;"},
               .types = {{"A<", "B", ">"}, {"", "int", "[]"}, {"A<? extends ", "B", ">"}, {"@A(", "1", ") B"}}},
        Sample{.name = "Kotlin",
               .lower = lower_kotlin,
               .text = kKotlin,
               .around = {"class A { fun f() { ", " } }"},
               .nested = {{"x = (", "1", ")"},
                          {"f(", "1", ")"},
                          {"f {", "g()", "}"},
                          {"if (a) ", "g()", ""},
                          {"x = if (a) ", "b", " else c"},
                          {"try { ", "g()", " } finally { }"},
                          {"for (x in ", "a", ") { }"},
                          {"\"${", "a", "}\""},
                          {"while (f()) ", "g()", ""},
                          {"fun g() { ", "", " }"},
                          {"object : A { fun g() { ", "", " } }"},
                          {"a[", "0", "]"},
                          {"!", "a", ""},
                          {"when (a) { 1 -> ", "2", "}"},
                          {"class B { fun g() { ", "", "} }"}},
               .chains = {" + b", " && b", " || f()", ".b", ".b()", " + \"b\"", " * b", " ?: b"},
               .declared = {"val x: ", " = y"},
               .types = {{"A<", "B", ">"}, {"(", "A", ")"}, {"(A) -> ", "B", ""}, {"A<in ", "B", ">"}}},
                    Sample{
                        .name = "Go",
                        .lower = lower_go,
                        .text = kGo,
                        .around = {"package p\nfunc f() {\n", "\n}\n"},
                        .nested = {{"x = (", "1", ")\n"},
                                   {"f(", "1", ")"},
                                   {"{\n", "g()\n", "}\n"},
                                   {"if a {\n", "g()\n", "}\n"},
                                   {"a[", "0", "]"},
                                   {"func() {\n", "g()\n", "}()\n"},
                                   {"!", "a", ""},
                                   {"x := []T{", "1", "}\n"},
                                   {"switch {\ncase f():\n", "g()\n", "}\n"},
                                   {"defer f()\n", "g()\n", ""},
                                   {"for x := range f() {\n", "g()\n", "}\n"}},
                        .chains = {" + b", " && b", " || f()", ".b", ".b()", " * b"},
               .declared = {"var x ", "\n"},
               .types = {{"map[string]", "int", ""}, {"*", "A", ""}, {"[]", "A", ""}, {"func(", "A", ")"}, {"struct { a ", "int", " }"}, {"A[", "B", "]"}, {"chan ", "A", ""}}},
        Sample{.name = "Rust",
               .lower = lower_rust,
               .text = kRust,
               .around = {"fn f() { ", " }"},
               .nested = {{"x = (", "1", ");"},
                          {"f(", "1", ");"},
                          {"{", "g();", "}"},
                          {"if a { ", "g();", " }"},
                          {"if let Some(x) = a { ", "g();", " }"},
                          {"match a { 1 => ", "2", ", _ => 3 }"},
                          {"a[", "0", "];"},
                          {"|x| ", "1", ";"},
                          {"!", "a", ";"},
                          {"&", "a", ";"},
                          {"async { ", "g();", " };"},
                          {"while f() { ", "g();", " }"},
                          {"loop { ", "break;", " }"},
                          {"vec![", "1", "];"},
                          {"json!({ \"a\": [", "1", "] });"},
                          {"let Some(", "x", ") = y else { return };"},
                          {"mod m { ", "", " }"},
                          {"fn g() { ", "", " }"}},
               .chains = {" + b", " && b", " || f()", ".b", ".b()", "?", ".await", " + \"b\"",
                          " * b", "(1)", "[0].b()"},
               .declared = {"let x: ", " = y;"},
               .types = {{"A<", "B", ">"}, {"&", "A", ""}, {"(", "A", ",)"}, {"[", "A", "; 1]"}, {"fn(", "A", ")"}, {"dyn A<", "B", ">"}, {"impl Fn(", "A", ")"}, {"<A as ", "B", ">::C"}}},
        Sample{.name = "Ruby",
               .lower = lower_ruby,
               .text = kRuby,
               .around = {"def f\n", "\nend\n"},
               .nested = {{"x = (", "1", ")"},
                          {"f(", "1", ")"},
                          {"f { ", "g", " }"},
                          {"if a\n", "g", "\nend"},
                          {"a[", "0", "]"},
                          {"-> { ", "g", " }"},
                          {"!", "a", ""},
                          {"begin\n", "g", "\nrescue\nend"},
                          {"case a when 1 then ", "2", " end"},
                          {"class B; def g; ", "", "; end; end"}},
               .chains = {" + b", " && b", " || f()", ".b", ".b()", " + \"b\"", " * b", "[0]"}},
                    Sample{.name = "Cpp",
                           .lower = [](std::string_view text) { return lower_cpp(text); },
                           .text = kCppSample,
                           .around = {"void f() { ", " }"}, .nested = {{"x = (", "1", ");"}, {"f(", "1", ")"}, {"{", "g();", "}"},
                                      {"if (a) ", "g();", ""}, {"a[", "0", "]"}, {"!", "a", ""},
                                      {"[] { ", "g();", " }();"}, {"*", "a", ""},
                                      {"while (f()) ", "g();", ""}, {"T x{", "1", "};"},
                                      {"namespace b { ", "int x;", "}"}, {"a ? b : ", "c", ""},
                                      {"struct B { ", "", " };"}},
                           .chains = {" + b", " && b", " || f()", ".b", ".b()", "->b()", " << b",
                                      " * b", " < b"},
               .declared = {"", " x;"},
               .types = {{"A<", "B", ">"}, {"a::", "B", ""}, {"const ", "A", ""}, {"decltype(", "a", ")"}}}),
    [](const testing::TestParamInfo<Sample>& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace fnlint
