// Hostile handlers: the same shapes in every language's syntax.

#include "tests/hostile/trees.h"

#include <algorithm>
#include <utility>

namespace fnlint::hostile {

namespace {

struct Shape {
  std::string name = {}, text = {};
};
using Shapes = std::vector<Shape>;

// A file of one language: what stands before and after the hostile part.
struct Host {
  std::string language = {}, runtime = {}, handler = {}, path = {}, before = {}, after = {};
};

void add(std::vector<Tree>& trees, const Host& host, const Shapes& shapes) {
  for (const Shape& shape : shapes)
    trees.push_back(function_tree(host.language + "-" + shape.name, host.runtime, host.handler,
                                  host.path, host.before + shape.text + host.after));
}

// The trees of one size.
struct SourceMaker {
  std::size_t size = 0;
  [[nodiscard]] std::string many(const std::string& text) const { return times(size, text); }
  [[nodiscard]] std::string around(const std::string& open, const std::string& middle,
                                   const std::string& close) const {
    return many(open) + middle + many(close);
  }
  [[nodiscard]] Shapes braces() const;
  void add_python(std::vector<Tree>& trees) const;
  void add_javascript(std::vector<Tree>& trees) const;
  void add_jvm(std::vector<Tree>& trees) const;
  void add_others(std::vector<Tree>& trees) const;
};

// What languages with braces have in common.
Shapes SourceMaker::braces() const {
  return {{"parens", "x = " + around("(", "1", ")")},
          {"blocks", around("{", "", "}")},
          {"plus", "x = 1" + many(" + 1")},
          {"members", "x = a" + many(".b")},
          {"calls", "x = a" + many(".b()")},
          {"nested-calls", "x = " + around("f(", "", ")")},
          {"nots", "x = " + many("!") + "a"},
          {"ands", "x = a" + many(" && a")},
          {"indexes", "x = a" + many("[0]")},
          {"opens", "x = " + many("([{")},
          {"quotes", many("\"")},
          {"less-than", "x = " + many("a<")}};
}

Shapes with(Shapes shapes, Shapes more) {
  for (Shape& shape : more) shapes.push_back(std::move(shape));
  return shapes;
}

std::string indented(std::size_t depth, const std::string& line, const std::string& last) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += times(i, " ") + line + "\n";
  return text + times(depth, " ") + last + "\n";
}

std::string numbered(std::size_t count, const std::string& before, const std::string& after) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += before + std::to_string(i) + after;
  return text;
}

void SourceMaker::add_python(std::vector<Tree>& trees) const {
  add(trees,
      {"python", "python3.13", "app.handler", "app.py", "",
       "\ndef handler(event, context):\n    return x\n"},
      {{"parens", "x = " + around("(", "1", ")")},
       {"lists", "x = " + around("[", "", "]")},
       {"open-parens", "x = " + many("(")},
       {"lambdas", "x = " + many("lambda:") + "1"},
       {"nots", "x = " + many("not ") + "1"},
       {"members", "x = a" + many(".b")},
       {"indexes", "x = a" + many("[0]")},
       {"calls", "x = a" + many("()")},
       {"members-behind-an-index-of-a-call", "x = f(1)[0]" + many(".b")},
       {"nested-calls", "x = " + around("f(", "", ")")},
       {"plus", "x = 1" + many("+1")},
       {"ands", "x = a" + many(" and a")},
       {"ternaries", "x = " + many("1 if a else ") + "1"},
       {"elifs", "if a: x = 1\n" + many("elif a: x = 1\n")},
       {"nested-ifs", indented(std::min<std::size_t>(size, 1800), "if a:", "x = 1")},
       {"nested-functions", indented(std::min<std::size_t>(size, 1800), "def f():", "x = 1")},
       {"decorators", many("@a\n") + "def x(): pass"},
       {"continued-lines", "x = 1 " + many("\\\n") + "\nx = 1"},
       {"f-strings", "x = " + times(size / 20, "f\"{") + "1" + times(size / 20, "}\"")},
       {"comparisons", "x = a" + many(" < a")},
       {"comprehensions", "x = " + times(size / 5, "[y for y in ") + "[]" + times(size / 5, "]")},
       {"assignments", "x = " + many("x = ") + "1"},
       {"patterns", "match x:\n case " + around("[", "", "]") + ": x = 1"},
       {"imports", "import a" + many(".a") + "\nx = 1"},
       {"calls-at-init", "x = 1\n" + numbered(size, "f", "(0);") + "\n"},
       {"functions-in-a-chain", numbered(size / 3, "def f", "(): return g()\n") + "x = f0()"},
       {"base-of-itself", "class Order(Order.Model): pass\nx = Order.objects"}});
}

void SourceMaker::add_javascript(std::vector<Tree>& trees) const {
  add(trees,
      {"javascript", "nodejs22.x", "app.handler", "app.js",
       "exports.handler = async (event, context, callback) => {\n", "};\n"},
      {{"answers", numbered(size, "if (event.a", ") callback(null, 1);\n")},
       {"answers-in-tries",
        many("try { callback(null, 1); } catch { callback(1); } finally { f(); }\n")}});
  const Host host{"javascript", "nodejs22.x", "app.handler",
                  "app.js",     "",           "\nexports.handler = async (event) => x;\n"};
  add(trees, host,
      {{"parens", "const x = " + around("(", "1", ")")},
       {"objects", "const x = " + around("{a:", "1", "}")},
       {"arrows", "const x = " + many("()=>") + "1"},
       {"functions", around("function f(){", "", "}") + "const x=1"},
       {"finally-in-finally", "function g() { let y; " +
                                  around("try { y = f(); } finally { ", "y.a;", " }") +
                                  " }\nconst x = 1;"},
       {"templates", "const x = " + around("`${", "1", "}`")},
       {"ternaries", "const x = " + many("a?1:") + "1"},
       {"members", "const x = a" + many(".b")},
       {"members-behind-an-index", "const x = process.argv[1]" + many(".b")},
       {"optional", "const x = a" + many("?.b")},
       {"calls", "const x = a" + many("()")},
       {"plus", "const x = 1" + many("+1")},
       {"elses", "let x = 1; if (a) {x=1}" + many(" else if (a) {x=1}")},
       {"jsx", "const x = " + around("<a>", "", "</a>")},
       {"then", "const x = p" + times(size / 2, ".then(r => r)")},
       {"destructuring", "const " + around("{a:", "x", "}") + " = 1"},
       {"less-than", "const x = " + many("a<") + "a"},
       {"tries", "let x = 1; " + around("try{", "", "}catch(e){}")},
       {"switches", "let x = 1; " + around("switch(a){case 1:", "", "}")},
       {"classes", "const x = 1; " + times(size / 2, "class A{m(){") + times(size / 2, "}}")},
       {"base-of-itself", "class Order extends Order.Model {}\nconst x = Order.objects"}});
  Host typescript = host;
  typescript.language = "typescript";
  typescript.path = "app.ts";
  add(trees, typescript,
      {{"generics", "let x: " + around("A<", "B", ">") + ";"},
       {"unions", "let x: " + around("(A|", "B", ")") + ";"},
       {"as", "let x = a" + many(" as A") + ";"},
       {"namespaces", around("namespace A {", "", "}") + " let x = 1;"}});
}

void SourceMaker::add_jvm(std::vector<Tree>& trees) const {
  const std::string head = "package app;\npublic class Odd {\n";
  const std::string method = "  public Object handle(Object x) {\n";
  const Host java{"java",
                  "java21",
                  "app.Odd::handle",
                  "src/main/java/app/Odd.java",
                  head + method,
                  "\n return x; }\n}\n"};
  add(trees, java,
      {{"parens", "int y = " + around("(", "1", ")") + ";"},
       {"casts", "Object y = " + many("(Object)") + "x;"},
       {"blocks", around("{", "", "}")},
       {"elses", "if (a) {}" + many(" else if (a) {}")},
       {"lambdas", "Object y = " + many("()->") + "1;"},
       {"members", "Object y = a" + many(".b") + ";"},
       {"calls", "Object y = a" + many(".b()") + ";"},
       {"news", "Object y = " + around("new A(", "", ")") + ";"},
       {"tries", around("try{", "", "}finally{}")},
       {"switches", around("switch(a){case 1:", "", "}")}});
  Host members = java;
  members.before = head;
  members.after = method + java.after;
  add(trees, members,
      {{"generics", around("A<", "B", ">") + " f;"},
       {"classes", around("class A{", "", "}")},
       {"annotations", around("@A(", "", ")") + " int f;"}});
  add(trees,
      {"kotlin", "java21", "app.Odd::handle", "src/main/kotlin/app/Odd.kt",
       "package app\nclass Odd { fun handle(x: Any): Any {\n", "\n return x } }\n"},
      with(braces(), {{"lambdas", "x = " + around("{", "", "}")},
                      {"elvis", "x = a" + many(" ?: a")},
                      {"whens", around("when(a) { 1 -> ", "1", "}")},
                      {"generics", "val y: " + around("A<", "B", ">")}}));
}

void SourceMaker::add_others(std::vector<Tree>& trees) const {
  add(trees,
      {"go", "provided.al2023", "bootstrap", "main.go",
       "package main\nimport \"github.com/aws/aws-lambda-go/lambda\"\nfunc h(x int) {\n",
       "\n}\nfunc main() { lambda.Start(h) }\n"},
      with(braces(), {{"elses", "if a {}" + many(" else if a {}")},
                      {"functions", "x = " + around("func() {", "", "}")},
                      {"maps", "var y " + many("map[string]") + "int"}}));
  add(trees,
      {"csharp", "dotnet8", "Odd::Odd.Odd::Handle", "Odd.cs",
       "namespace Odd;\npublic class Odd { public object Handle(object x) {\n",
       "; return x; } }\n"},
      with(braces(), {{"elses", "if (a) {}" + many(" else if (a) {}")},
                      {"lambdas", "x = " + many("()=>") + "1"},
                      {"switches", "x = " + around("a switch { 1 => ", "1", "}")},
                      {"generics", around("A<", "B", ">") + " y"}}));
  add(trees,
      {"ruby", "ruby3.3", "app.handler", "app.rb", "def handler(event:, context:)\n", "\nx\nend\n"},
      with(braces(), {{"ifs", around("if a\n", "", "end\n")},
                      {"elses", "if a\n" + many("elsif a\n") + "end\n"},
                      {"arrays", "x = " + around("[", "", "]")},
                      {"modifiers", "x = 1" + many(" if a")}}));
  add(trees,
      {"rust", "provided.al2023", "bootstrap", "src/main.rs",
       "use lambda_runtime::{run, service_fn};\nasync fn h(x: i32) {\n",
       ";\n}\n#[tokio::main]\nasync fn main() { run(service_fn(h)).await }\n"},
      with(braces(), {{"elses", "if a {}" + many(" else if a {}")},
                      {"closures", "x = " + many("|| ") + "1"},
                      {"tries", "x = a" + many("?")},
                      {"generics", "let y: " + around("A<", "B", ">")},
                      {"matches", around("match a { _ => ", "1", "}")}}));
  add(trees,
      {"cpp", "provided.al2023", "bootstrap", "main.cpp",
       "#include <aws/lambda-runtime/runtime.h>\nusing namespace aws::lambda_runtime;\n"
       "static invocation_response h(invocation_request const& x) {\n",
       ";\nreturn invocation_response::success(\"\", \"\"); }\nint main() { run_handler(h); }\n"},
      with(braces(), {{"lambdas", "x = " + around("[](){", "", "}")},
                      {"templates", around("A<", "B", ">") + " y"}}));
}

}  // namespace

std::string times(std::size_t count, const std::string& text) {
  std::string all;
  all.reserve(count * text.size());
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

Tree function_tree(std::string name, const std::string& runtime, const std::string& handler,
                   const std::string& path, std::string text) {
  return {std::move(name),
          {{"template.yaml",
            "Transform: AWS::Serverless-2016-10-31\nResources:\n  Odd:\n"
            "    Type: AWS::Serverless::Function\n    Properties: {CodeUri: src/, Runtime: " +
                runtime + ", Handler: \"" + handler + "\"}\n"},
           {"src/" + path, std::move(text)}}};
}

std::vector<Tree> source_trees(Size size) {
  std::vector<Tree> trees;
  const SourceMaker maker{size.many};
  maker.add_python(trees);
  maker.add_javascript(trees);
  maker.add_jvm(trees);
  maker.add_others(trees);
  return trees;
}

}  // namespace fnlint::hostile
