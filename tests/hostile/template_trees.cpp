// Hostile templates, dialect by dialect, and hostile manifests.

#include "tests/hostile/trees.h"

#include <string_view>
#include <utility>

namespace fnlint::hostile {

namespace {

// The trees of one size.
struct TemplateMaker {
  Size size = {};
  [[nodiscard]] std::string many(const std::string& text) const { return times(size.many, text); }
  [[nodiscard]] std::string around(const std::string& open, const std::string& middle,
                                   const std::string& close) const {
    return many(open) + middle + many(close);
  }
  // What is made of the last level of a doubling.
  [[nodiscard]] std::string last() const { return std::to_string(size.levels); }
  void add_cloudformation(std::vector<Tree>& trees) const;
  void add_terraform(std::vector<Tree>& trees) const;
  void add_serverless(std::vector<Tree>& trees) const;
  void add_manifests(std::vector<Tree>& trees) const;
};

// One of `count` lines: the number of the line and that of the one before stand for # and @.
std::string lines(std::size_t count, std::string_view line) {
  std::string text;
  for (std::size_t i = 1; i <= count; ++i)
    for (const char each : line) {
      if (each == '#')
        text += std::to_string(i);
      else if (each == '@')
        text += std::to_string(i - 1);
      else
        text += each;
    }
  return text;
}

const std::string kSam =
    "Transform: AWS::Serverless-2016-10-31\nResources:\n  Odd: {Type: AWS::Serverless::Function, "
    "Properties: {Runtime: python3.13, Handler: a.h, InlineCode: \"def h(e, c): return 1\"}}\n";

void add(std::vector<Tree>& trees, std::string name, std::string path, std::string text) {
  trees.push_back({std::move(name), {{std::move(path), std::move(text)}}});
}

void TemplateMaker::add_cloudformation(std::vector<Tree>& trees) const {
  const auto yaml = [&](const std::string& name, const std::string& text) {
    add(trees, "yaml-" + name, "template.yaml", kSam + text);
  };
  yaml("lists", "Metadata: " + around("[", "", "]"));
  yaml("maps", "Metadata: " + around("{a: ", "1", "}"));
  yaml("open", "Metadata: " + many("["));
  yaml("block-lists", "Metadata:\n  " + many("- ") + "a\n");
  yaml("tags", "Outputs: {A: {Value: " + many("!Sub ") + "a}}\n");
  yaml("aliases-in-a-chain", "Metadata:\n  a0: &a0 x\n" + lines(size.many, "  a#: &a# [*a@]\n"));
  yaml("aliases-that-double",
       "Metadata:\n  a0: &a0 x\n" + lines(size.levels, "  a#: &a# [*a@, *a@]\n"));
  yaml("alias-of-itself", "Metadata: &a\n  x: *a\n  y: [*a, *a]\n");
  yaml("join-in-join",
       "Outputs: {A: {Value: " + around("{\"Fn::Join\": [\"\", [", "1", "]]}") + "}}\n");
  yaml("conditions-that-double",
       "Parameters: {P: {Type: String, Default: a}}\nConditions:\n  C0: !Equals [!Ref P, a]\n" +
           lines(size.levels * 6,
                 "  C#: !And [!Or [!Condition C@, !Not [!Condition C@]], !Condition C@]\n"));
  yaml("stack-of-itself",
       "  Me: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: template.yaml}}\n");
  const std::string function =
      "{\"Resources\": {\"Odd\": {\"Type\": \"AWS::Lambda::Function\", \"Properties\": ";
  add(trees, "json-lists", "template.json", function + "{\"X\": " + around("[", "", "]") + "}}}}");
  add(trees, "json-open", "template.json", function + many("{\"a\":"));
  add(trees, "json-plan-cut-off", "plan.json",
      "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"planned_values\":"
      "{\"root_module\":{\"resources\":[{\"address\":\"aws_lambda_function.f\",\"values\":{");
  add(trees, "json-plan-modules", "plan.json",
      "{\"format_version\":\"1.2\",\"terraform_version\":\"1.9.0\",\"planned_values\":"
      "{\"root_module\":" +
          around("{\"child_modules\":[", "", "]}") + "},\"configuration\":{}}");
}

void TemplateMaker::add_terraform(std::vector<Tree>& trees) const {
  const std::string function =
      "resource \"aws_lambda_function\" \"odd\" {\n  function_name = \"odd\"\n"
      "  runtime = \"python3.13\"\n  handler = \"a.h\"\n  filename = \"a.zip\"\n";
  const auto hcl = [&](const std::string& name, const std::string& locals,
                       const std::string& arguments) {
    add(trees, "hcl-" + name, "main.tf", locals + function + arguments + "}\n");
  };
  const auto value = [&](const std::string& name, const std::string& text) {
    hcl(name, "", "  description = " + text + "\n");
  };
  value("lists", around("[", "", "]"));
  value("parens", around("(", "1", ")"));
  value("ternaries", many("true ? 1 : ") + "1");
  value("plus", "1" + many("+1"));
  value("members", "a" + many(".b"));
  value("indexes", "a" + many("[0]"));
  value("splats", "a" + many("[*]"));
  value("attribute-splats", "a" + many(".*"));
  value("calls", around("f(", "", ")"));
  value("templates", around("\"${", "1", "}\""));
  value("quotes", many("\""));
  add(trees, "hcl-blocks", "main.tf", around("a {\n", "", "}\n"));
  hcl("local-in-itself", "locals { d = {x = local.d} }\n",
      "  environment { variables = local.d }\n");
  hcl("maps-that-double",
      "locals {\n  m0 = {a = 1}\n" + lines(size.levels, "  m# = {a = local.m@, b = local.m@}\n") +
          "}\n",
      "  environment { variables = local.m" + last() + " }\n  tags = { x = jsonencode(local.m" +
          last() + ") }\n");
  hcl("texts-that-double",
      "locals {\n  a0 = \"xxxxxxxxxx\"\n" +
          lines(size.levels, "  a# = \"${local.a@}${local.a@}\"\n") + "}\n",
      "  description = local.a" + last() + "\n");
  hcl("count-of-a-billion", "", "  count = 1000000000\n");
  hcl("loops-in-loops", "",
      "  for_each = toset(flatten([for a in range(1000) : [for b in range(1000) : [for c in "
      "range(1000) : \"${a}-${b}-${c}\"]]]))\n");
  add(trees, "hcl-many-counts", "main.tf",
      lines(size.many / 20,
            "resource \"aws_lambda_function\" \"odd#\" {\n  function_name = \"odd\"\n"
            "  runtime = \"python3.7\"\n  handler = \"a.h\"\n  count = 100000\n}\n"));
  trees.push_back({"hcl-template-of-itself",
                   {{"main.tf", function + "  description = templatefile(\"t.tpl\", {})\n}\n"},
                    {"t.tpl", times(size.many / 100, "${templatefile(\"t.tpl\", {})}")}}});
  trees.push_back(
      {"hcl-values-of-ten-megabytes",
       {{"main.tf", "variable \"v\" {}\n" + function + "  for_each = toset(var.v)\n}\n"},
        {"terraform.tfvars", "v = [" + lines(size.many * 9, "\"x#\",") + "]\n"}}});
  trees.push_back({"hcl-module-of-itself",
                   {{"main.tf",
                     "module \"me\" {\n  source = \"./\"\n}\nmodule \"two\" {\n"
                     "  source = \"./\"\n}\n" +
                         function + "}\n"}}});
}

void TemplateMaker::add_serverless(std::vector<Tree>& trees) const {
  const std::string service =
      "service: a\nprovider: {name: aws, runtime: python3.7}\nfunctions:\n"
      "  a: {handler: a.h, environment: {A: \"${self:custom.x}\"}}\ncustom:\n";
  const auto sls = [&](const std::string& name, const std::string& custom) {
    add(trees, "serverless-" + name, "serverless.yml", service + custom);
  };
  sls("self", "  x: ${self:}\n  y: ${self:custom}\n");
  sls("file-of-itself", "  x: ${file(./serverless.yml)}\n  y: ${file(./serverless.yml):custom}\n");
  sls("variable-of-itself", "  x: ${self:custom.x}\n");
  sls("lists-that-double",
      "  x0: a\n" + lines(size.levels, "  x#: [\"${self:custom.x@}\", \"${self:custom.x@}\"]\n") +
          "  x: ${self:custom.x" + last() + "}\n");
  sls("texts-that-double",
      "  x0: aaaaaaaaaa\n" + lines(size.levels, "  x#: \"${self:custom.x@}${self:custom.x@}\"\n") +
          "  x: ${self:custom.x" + last() + "}\n");
  sls("names-in-names", "  x: " + around("${self:custom.", "x", "}") + "\n");
}

void TemplateMaker::add_manifests(std::vector<Tree>& trees) const {
  const auto beside = [&](const std::string& name, const std::string& path,
                          const std::string& text) {
    Tree tree = function_tree(name, "nodejs22.x", "app.handler", "app.js",
                              "exports.handler = async () => 1;\n");
    tree.files["src/" + path] = text;
    trees.push_back(std::move(tree));
  };
  beside("package-json", "package.json",
         "{\"name\":\"a\",\"dependencies\":" + around("{\"a\":", "1", "}") + "}");
  beside("package-lock", "package-lock.json",
         "{\"name\":\"a\",\"lockfileVersion\":1,\"dependencies\":" +
             times(size.many / 3, "{\"a\":{\"version\":\"1.0.0\",\"dependencies\":") + "{}" +
             times(size.many / 3, "}}") + "}");
  beside("tsconfig", "tsconfig.json", "{\"extends\":" + around("[", "", "]") + "}");
  beside("pyproject", "pyproject.toml",
         "[project]\nname=\"a\"\n[tool.x]\nx = " + around("[", "", "]") + "\n");
  beside("pom", "pom.xml", "<project>" + around("<a>", "", "</a>") + "</project>");
  beside("dockerfile", "Dockerfile",
         "FROM a\nARG a=" + times(size.many / 10, "${a:-") + "\nRUN a" + many(" \\\n") + "\n");
}

}  // namespace

std::vector<Tree> template_trees(Size size) {
  std::vector<Tree> trees;
  const TemplateMaker maker{size};
  maker.add_cloudformation(trees);
  maker.add_terraform(trees);
  maker.add_serverless(trees);
  maker.add_manifests(trees);
  return trees;
}

}  // namespace fnlint::hostile
