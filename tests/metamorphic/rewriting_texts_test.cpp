// What the rewritings make of small projects, and where the places of these are then.
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <gtest/gtest.h>

namespace fnlint::test {
namespace {

std::string rewritten(Rewrite rewrite, const std::string& path, const std::string& text) {
  const std::optional<Rewritten> out = rewrite({{path, text}});
  return out ? out->texts()[path] : "declined";
}

TEST(RewritingTexts, AFlagCarriesTheTest) {
  EXPECT_EQ(rewritten(with_flags, "a.py", "def f(x):\n    if x.y:\n        g()\n"),
            "def f(x):\n    is_so_1 = (x.y)\n    if is_so_1:\n        g()\n");
  EXPECT_EQ(
      rewritten(with_flags, "a.go", "package a\n\nfunc f() {\n\tif a == b {\n\t\tg()\n\t}\n}\n"),
      "package a\n\nfunc f() {\n\tisSo1 := (a == b)\n\tif isSo1 {\n\t\tg()\n\t}\n}\n");
  EXPECT_EQ(rewritten(with_flags, "a.rb", "def f(x)\n  return if x.nil?\n  g\nend\n"),
            "def f(x)\n  is_so_1 = (x.nil?)\n  return if is_so_1\n  g\nend\n");
}

TEST(RewritingTexts, TestsThatDeclareStay) {
  EXPECT_EQ(rewritten(with_flags, "a.rs", "fn f() {\n    if let Some(x) = y {\n    }\n}\n"),
            "declined");
  EXPECT_EQ(rewritten(with_flags, "a.go", "package a\n\nfunc f() {\n\tif x := g(); x {\n\t}\n}\n"),
            "declined");
  EXPECT_EQ(rewritten(with_flags, "A.java",
                      "class A {\n  void f() {\n    if (x instanceof B b) g(b);\n  }\n}\n"),
            "declined");
}

TEST(RewritingTexts, TestsThatOthersReadStay) {
  EXPECT_EQ(rewritten(with_flags, "a.py", "if TYPE_CHECKING:\n    import b\n"), "declined");
}

TEST(RewritingTexts, AWordCarriesTheTest) {
  EXPECT_EQ(rewritten(with_words, "a.js", "function f(x) {\n  if (x) g();\n}\n"),
            "function f(x) {\n  const way1 = (x) ? \"yes\" : \"no\";\n"
            "  if (way1 === \"yes\") g();\n}\n");
}

TEST(RewritingTexts, TheWorkIsInElse) {
  EXPECT_EQ(rewritten(with_work_in_else, "a.py", "def f(x):\n    if x:\n        g()\n"),
            "def f(x):\n    if not (x):\n        pass\n    else:\n        g()\n");
  EXPECT_EQ(rewritten(with_work_in_else, "a.js", "function f(x) {\n  if (x) { g(); }\n}\n"),
            "function f(x) {\n  if (!(x)) {\n  } else { g(); }\n}\n");
}

TEST(RewritingTexts, TheLastBranchIsAnEarlyExit) {
  EXPECT_EQ(rewritten(with_early_exits, "a.py",
                      "def f(x):\n    h()\n    if x:\n        g()\n        i()\n"),
            "def f(x):\n    h()\n    if not (x):\n        return\n    g()\n    i()\n");
  EXPECT_EQ(rewritten(with_early_exits, "a.rb", "def f(x)\n  if x\n    g(x)\n  end\nend\n"),
            "def f(x)\n  return unless (x)\n    g(x)\n  \nend\n");
}

TEST(RewritingTexts, WhatAFunctionGivesLastStays) {
  EXPECT_EQ(rewritten(with_early_exits, "a.go",
                      "package a\n\nfunc f() error {\n\tif x {\n\t\tg()\n\t}\n\treturn nil\n}\n"),
            "declined");
}

TEST(RewritingTexts, WhatFollowsAnExitIsItsElse) {
  EXPECT_EQ(rewritten(with_else_after_exits, "a.py",
                      "def f(x):\n    if x:\n        return 1\n    # then\n    return 2\n"),
            "def f(x):\n    if x:\n        return 1\n    else:\n        # then\n"
            "        return 2\n");
  EXPECT_EQ(
      rewritten(with_else_after_exits, "a.js", "function f(x) {\n  if (x) return\n  g()\n}\n"),
      "declined");
}

TEST(RewritingTexts, TernariesAndBranchesStandForEachOther) {
  const std::string ternary = "def f(x):\n    y = 1 if x else 2\n";
  const std::string branch = "def f(x):\n    if x:\n        y = 1\n    else:\n        y = 2\n";
  EXPECT_EQ(rewritten(with_ternaries_as_branches, "a.py", ternary), branch);
  EXPECT_EQ(rewritten(with_branches_as_ternaries, "a.py", branch),
            "def f(x):\n    y = (1) if (x) else (2)\n");
}

TEST(RewritingTexts, AFunctionCallsItsWork) {
  EXPECT_EQ(rewritten(with_wrapped_functions, "a.py", "def f(a, b):\n    g(a)\n"),
            "def f(a, b):\n    return inner_f(a, b)\n\n\ndef inner_f(a, b):\n    g(a)\n");
  EXPECT_EQ(rewritten(with_wrapped_functions, "A.java",
                      "class A {\n  @Override\n  public void f(B b) throws C {\n  }\n}\n"),
            "class A {\n  @Override\n  public void f(B b) throws C {\n    innerF(b);\n  }\n\n"
            "  private void innerF(B b) throws C {\n  }\n}\n");
}

TEST(RewritingTexts, VariablesHaveOtherNamesAndMembersTheirs) {
  EXPECT_EQ(rewritten(with_renamed_variables, "a.py", "def f(x):\n    y = x.y\n    g(x=y)\n"),
            "def f(x):\n    local1 = x.y\n    g(x=local1)\n");
  EXPECT_EQ(rewritten(with_renamed_variables, "a.js",
                      "const f = (x) => {\n  const key = x.key;\n  return { key };\n};\n"),
            "const f = (local1) => {\n  const key = local1.key;\n  return { key };\n};\n");
}

TEST(RewritingTexts, AMovedHandlerIsGivenAgain) {
  const std::optional<Rewritten> out = with_moved_handlers(
      {{"template.yaml", "      Handler: app.f\n"}, {"app.py", "def f(a, b):\n  g()\n"}});
  ASSERT_TRUE(out);
  EXPECT_EQ(out->texts(), (Files{{"app.py", "from app_work import f\n"},
                                 {"app_work.py", "def f(a, b):\n  g()\n"}}));
}

TEST(RewritingTexts, ResourcesStandTheOtherWayRound) {
  EXPECT_EQ(rewritten(with_resources_in_reverse, "template.yaml",
                      "Resources:\n  A:\n    Type: B\n  C:\n    Type: D\nOutputs: {}\n"),
            "Resources:\n  C:\n    Type: D\n  A:\n    Type: B\nOutputs: {}\n");
  EXPECT_EQ(rewritten(with_resources_in_reverse, "main.tf",
                      "resource \"a\" \"b\" {}\n\nresource \"c\" \"d\" {}\n"),
            "resource \"c\" \"d\" {}\n\nresource \"a\" \"b\" {}\n");
}

TEST(RewritingTexts, FunctionsOfTemplatesHaveLongNamesInJson) {
  const std::optional<Rewritten> out = with_json_templates(
      {{"template.yaml", "Resources:\n  A: {Type: B, Of: !GetAtt C.Arn, On: yes}\n"}});
  ASSERT_TRUE(out);
  EXPECT_EQ(
      out->texts()["template.json"],
      "{\n  \"Resources\": {\n    \"A\": {\n      \"Type\": \"B\",\n"
      "      \"Of\": {\"Fn::GetAtt\": [\"C\",\"Arn\"]},\n      \"On\": true\n    }\n  }\n}\n");
  EXPECT_TRUE(out->removed().contains("template.yaml"));
}

TEST(RewritingTexts, AGuardIsInverted) {
  EXPECT_EQ(rewritten(with_inverted_guards, "a.py",
                      "def f(k):\n    if k.startswith(\"a/\"):\n        return\n    g(k)\n"),
            "def f(k):\n    if not (k.startswith(\"a/\")):\n        return\n    g(k)\n");
  EXPECT_EQ(rewritten(with_late_guards, "a.py",
                      "def f(k):\n    if k.startswith(\"a/\"):\n        return\n    g(k)\n"),
            "def f(k):\n\n    g(k)\n    if k.startswith(\"a/\"):\n        return\n");
  EXPECT_EQ(rewritten(with_prefixes_dropped, "a.py", "def f(k):\n    g(\"a/\" + k)\n"),
            "def f(k):\n    g(\"\" + k)\n");
}

TEST(RewrittenPlaces, FollowWhatStandsThere) {
  const Files files{{"a.py", "def f(x):\n    if x:\n        g()\n"}};
  const std::optional<Rewritten> out = with_flags(files);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->now(files, {"a.py", 3}, 9), (std::set<Place>{{"a.py", 4}}));
  // The test stands in the flag, and what is tested now was made of it.
  EXPECT_EQ(out->now(files, {"a.py", 2}, 8), (std::set<Place>{{"a.py", 2}, {"a.py", 3}}));
}

TEST(RewrittenPlaces, GoWithAFileThatMoves) {
  const Files files{{"template.yaml", "      Handler: app.f\n"},
                    {"app.py", "def f(a, b):\n  g()\n"}};
  const std::optional<Rewritten> out = with_moved_handlers(files);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->now(files, {"app.py", 2}, 3), (std::set<Place>{{"app_work.py", 2}}));
}

TEST(RewrittenPlaces, OfWhatIsGoneAreBehindWhatStoodBeforeIt) {
  Edits edits("a", "one\ntwo\nthree\n");
  edits.replace({4, 8}, Pieces{});
  Rewritten out;
  put(out, "a", edits);
  EXPECT_EQ(out.now({{"a", "one\ntwo\nthree\n"}}, {"a", 2}, 1), (std::set<Place>{{"a", 2}}));
}

TEST(RewrittenPlaces, AreNoneWhereEditsOverlap) {
  Edits edits("a", "one two");
  edits.replace({0, 5}, std::string("x"));
  edits.replace({4, 7}, std::string("y"));
  EXPECT_FALSE(edits.pieces());
}

}  // namespace
}  // namespace fnlint::test
