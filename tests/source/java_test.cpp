// Java in the code form.
#include "frontends/source/java/java.h"

#include "tests/source/lowered.h"

namespace fnlint::java_test {
namespace {

std::string lowered(std::string_view source) { return lowered_by(lower_java, source); }
bool has(const std::string& text, std::string_view line) {
  return text.find(line) != std::string::npos;
}

TEST(Java, ImportsNameClassesPackagesAndMembers) {
  const std::string text = lowered(R"(
package com.example;
import a.b.C;
import a.c.*;
import static a.D.make;
class H { Object f() { return make(new C(), E.x, java.util.UUID.randomUUID()); } }
)");
  EXPECT_TRUE(has(text, "import a.b C as C\n"));
  EXPECT_TRUE(has(text, "import a.c star\n"));
  EXPECT_TRUE(has(text, "import a D as a.D\n"));
  EXPECT_TRUE(has(text, "import java.util UUID as util.UUID\n"));
  EXPECT_TRUE(has(text, "import  E as E\n")) << "of the package, or of a.c";
  EXPECT_TRUE(has(text, "construct C()"));
  EXPECT_TRUE(has(text, "call util.UUID.randomUUID()"));
  EXPECT_TRUE(has(text, "call a.D.make("));
}

TEST(Java, FieldsAreReachedByTheirBareNames) {
  const std::string text = lowered(R"(
class H {
  static int total = 1;
  int mine = 2;
  void f(int given) { total = given; mine++; helper(mine); }
  void helper(int mine) { total = mine; }
}
)");
  EXPECT_TRUE(has(text, R"(
method H.f(receiver this, given: int): void
  #2 assign H.total = given
  #3 assign this.mine update Add 1
  #4 call this.helper(this.mine)
method H.helper(receiver this, mine: int): void
  #5 assign H.total = mine
)")) << text;
  EXPECT_TRUE(has(text, "assign this.total = 1"));
  EXPECT_TRUE(has(text, "instance init H.instance(receiver this)"));
}

TEST(Java, TestsThatRunCodeBecomeBranches) {
  const std::string text = lowered(
      "class H { static void f(String k) { if (k.isEmpty() || !ok(k)) return; g(k); } }\n");
  EXPECT_TRUE(has(text, R"(
  #2 block end #11
    #3 block end #10
      #4 call k.isEmpty()
      #5 branch r4 else #7
        #6 exit break -> #3
      #7 call H.ok(k)
      #8 branch not r7 else #9 end #10
      else
        #9 exit break -> #2
    #10 exit return
  #11 call H.g(k)
)")) << text;
}

TEST(Java, LambdasAndAnonymousClassesAreFunctions) {
  const std::string text = lowered(R"(
class H {
  int count;
  void f(List<String> names) {
    names.forEach(n -> count += n.length());
    run(new Task() { public void run() { names.clear(); } });
  }
}
)");
  EXPECT_TRUE(has(text, "call names.forEach(function H.L")) << text;
  EXPECT_TRUE(has(text, "assign this@H.f.count update Add")) << text;
  EXPECT_TRUE(has(text, "call names@H.f.clear()")) << text;
}

TEST(Java, AnnotationsAreCallsThatRunNothing) {
  const std::string text =
      lowered("class H { @Idempotent(key = \"id\") void f(@Key String k) {} }\n");
  EXPECT_TRUE(has(text, "annotate Idempotent(function H.f, key: \"id\")")) << text;
}

TEST(Java, OverloadsAreAlsoKnownByTheirArity) {
  const std::string text = lowered("class H { int a(int x) { return x; } int a() { return 1; } }\n");
  EXPECT_TRUE(has(text, "assign this.a = function H.a\n")) << text;
  EXPECT_TRUE(has(text, "assign this.\"a/1\" = function H.a\n")) << text;
  EXPECT_TRUE(has(text, "assign this.\"a/0\" = function H.a~")) << text;
}

TEST(Java, AHalfWrittenClassKeepsItsMembers) {
  const std::string text = lowered(R"(
public class H {
  private static final java.util.List<String> SEEN = new java.util.ArrayList<>();
  public String handle(String key) {
    SEEN.add(key);
    return key;
  }
  public void next(String key) {
    if (key.
)");
  EXPECT_TRUE(has(text, "class H methods H.handle")) << text;
  EXPECT_TRUE(has(text, "call H.SEEN.add(key)")) << text;
}

TEST(Java, SuppressionsAreRead) {
  const CodeFacts facts =
      lower_java("class H {\n  // fnlint: ignore[state-mutable-global] a cache\n  static int a;\n}");
  ASSERT_EQ(facts.suppressions.size(), 1U);
  EXPECT_EQ(facts.suppressions[0].rules, std::vector<std::string>{"state-mutable-global"});
}

}  // namespace
}  // namespace fnlint::java_test
