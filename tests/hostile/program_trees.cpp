// Hostile CDK programs, in TypeScript and Python.

#include "tests/hostile/trees.h"

#include <utility>

namespace fnlint::hostile {

namespace {

void add_typescript(std::vector<Tree>& trees, const std::string& name, const std::string& body) {
  trees.push_back(
      {"cdk-typescript-" + name,
       {{"cdk.json", "{\"app\": \"npx ts-node bin/app.ts\"}"},
        {"package.json", "{\"dependencies\":{\"aws-cdk-lib\":\"2.170.0\"}}"},
        {"bin/app.ts",
         "import * as cdk from 'aws-cdk-lib';\nimport * as lambda from 'aws-cdk-lib/aws-lambda';\n"
         "const app = new cdk.App();\nconst stack = new cdk.Stack(app, 'S');\n"
         "const fn = (id: string) => new lambda.Function(stack, id, {runtime: "
         "lambda.Runtime.PYTHON_3_7, handler: 'a.h', code: lambda.Code.fromInline('x')});\n" +
             body + "\n"}}});
}

void add_python(std::vector<Tree>& trees, const std::string& name, const std::string& body) {
  trees.push_back(
      {"cdk-python-" + name,
       {{"cdk.json", "{\"app\": \"python3 app.py\"}"},
        {"requirements.txt", "aws-cdk-lib==2.170.0\n"},
        {"app.py",
         "import aws_cdk as cdk\nfrom aws_cdk import aws_lambda as lambda_\napp = cdk.App()\n"
         "stack = cdk.Stack(app, \"S\")\ndef fn(id):\n    return lambda_.Function(stack, id, "
         "runtime=lambda_.Runtime.PYTHON_3_7, handler=\"a.h\", "
         "code=lambda_.Code.from_inline(\"x\"))\n" +
             body + "\n"}}});
}

}  // namespace

std::vector<Tree> program_trees(Size size) {
  std::vector<Tree> trees;
  const std::string levels = std::to_string(size.levels), many = std::to_string(size.many);
  add_typescript(trees, "endless-loop", "while (true) {}");
  add_typescript(trees, "endless-functions", "let i = 0; while (true) { fn('F' + i++); }");
  add_typescript(trees, "recursion", "const f = (n: number): number => f(n + 1) + f(n + 2); f(0);");
  add_typescript(trees, "memoised-helper",
                 "const seen: any = {};\nfunction unique(id: string): string {\n"
                 "  if (!seen[id]) { seen[id] = 1; return id; }\n  seen[id]++;\n"
                 "  return unique(id + seen[id]);\n}\nfor (let i = 0; i < " +
                     levels + "; i++) fn(unique('F'));");
  add_typescript(trees, "texts-that-double",
                 "let s = 'x'; for (let i = 0; i < " + levels + "; i++) s = s + s; fn(s);");
  add_typescript(trees, "lists-that-double",
                 "let a = [1]; for (let i = 0; i < " + levels +
                     "; i++) a = [...a, ...a]; a.forEach(x => fn('F' + x));");
  add_typescript(trees, "objects-that-double",
                 "let o: any = {a: 1}; for (let i = 0; i < " + levels +
                     "; i++) o = {...o, [i]: o, ['x' + i]: "
                     "JSON.stringify(o)}; fn(JSON.stringify(o));");
  add_typescript(trees, "object-in-itself",
                 "const o: any = {}; o.o = o; o.a = [o, o]; fn(JSON.stringify(o));");
  add_typescript(trees, "loops-in-loops",
                 "for (let a = 0; a < 1e6; a++) for (let b = 0; b < 1e6; b++) fn(`F${a}${b}`);");
  add_typescript(trees, "functions-of-functions",
                 "const two = (f: any) => (x: any) => f(f(x)); let g: any = (x: any) => x; "
                 "for (let i = 0; i < " +
                     levels + "; i++) g = two(g); g(1);");
  add_typescript(trees, "construct-in-itself",
                 "class C extends cdk.Stack { constructor(s: any, id: string) { super(s, id); new "
                 "C(this, id + 'x'); new C(this, id + 'y'); } } new C(app, 'C');");
  add_typescript(
      trees, "deep-data",
      "let d: any = 1; for (let i = 0; i < " + many + "; i++) d = [d]; fn(JSON.stringify(d));");
  add_python(trees, "endless-loop", "while True:\n    pass");
  add_python(trees, "recursion", "def f(n): return f(n + 1) + f(n + 2)\nf(0)");
  add_python(trees, "huge-numbers", "s = 'x' * 4000000000\nn = 10 ** 10 ** 10\nfn(s + str(n))");
  add_python(trees, "loops-in-loops",
             "[fn(f'{a}{b}') for a in range(100000) for b in range(100000)]");
  add_python(trees, "dict-in-itself", "d = {}\nd['d'] = d\nd.update(**d)\nfn(str(d))");
  trees.push_back({"sst-unknown-names-in-recursion",
                   {{"sst.config.ts",
                     "const f = () => { new sst.aws.Function('F' + Math.random(), {handler: "
                     "'a.h'}); f(); f(); };\n"
                     "export default $config({ app() { return {name: 'a', home: 'aws'}; }, async "
                     "run() { f(); } });\n"}}});
  return trees;
}

}  // namespace fnlint::hostile
