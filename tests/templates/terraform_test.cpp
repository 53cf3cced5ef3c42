// HCL, its JSON syntax and plans in template form.

#include "frontends/templates/terraform.h"

#include "core/limits.h"
#include "tests/templates/support.h"

#include <array>
#include <random>

namespace fnlint {
namespace {

// What a local value of that text is.
std::string local(std::string_view value) {
  const std::string text = "locals {\n  x = " + std::string(value) + "\n}\n";
  const TemplateFacts facts = read_terraform("main.tf", text);
  return facts.mappings.size() == 1 ? show(facts, facts.mappings[0].value) : "(none)";
}

TEST(TerraformReader, NamesSayWhatTheyMean) {
  EXPECT_EQ(local("var.a"), R"(var.("a"))");
  EXPECT_EQ(local("local.a.b"), R"(local.("a").b)");
  EXPECT_EQ(local("aws_sqs_queue.jobs.arn"), R"(resource.("aws_sqs_queue", "jobs").arn)");
  EXPECT_EQ(local("aws_sqs_queue.jobs[0].arn"), R"(resource.("aws_sqs_queue", "jobs")[0].arn)");
  EXPECT_EQ(local(R"(aws_sqs_queue.jobs["a"].arn)"),
            R"(resource.("aws_sqs_queue", "jobs")["a"].arn)");
  EXPECT_EQ(local("data.aws_region.now.name"), R"(data.("aws_region", "now").name)");
  EXPECT_EQ(local("module.m.out"), R"(module.("m").out)");
  EXPECT_EQ(local("each.value.a"), R"(name.("each").value.a)");
  EXPECT_EQ(local("path.module"), R"(path.("module"))");
}

TEST(TerraformReader, ExpressionsBindAsHclBindsThem) {
  EXPECT_EQ(local("1 + 2 * 3"), "op8(1, op10(2, 3))");
  EXPECT_EQ(local("(1 + 2) * 3"), "op10(op8(1, 2), 3)");
  EXPECT_EQ(local("a.b.c == 1 && !var.x"),
            R"(op1(equals.(resource.("a", "b").c, 1), op0(var.("x"))))");
  EXPECT_EQ(local("var.a > 1 ? \"y\" : null"), R"(choose.(op5(1, var.("a")), "y", null))");
  EXPECT_EQ(local("-var.a"), R"(op9(0, var.("a")))");
}

TEST(TerraformReader, CollectionsKeepTheirKeys) {
  EXPECT_EQ(local(R"({ a = 1, "b-c" : 2, (var.k) = 3 })"), R"({a: 1, b-c: 2, (var.("k")): 3})");
  EXPECT_EQ(local("[1, [2], true]"), "[1, [2], true]");
  EXPECT_EQ(local("[for s in var.l : upper(s) if s != \"\"]"),
            R"(for s(var.("l"), upper(name.("s")), (none), op0(equals.(name.("s"), ""))))");
  EXPECT_EQ(local("{ for k, v in var.m : k => v... }"),
            R"(for k,v(var.("m"), name.("v"), name.("k"), (none)))");
  EXPECT_EQ(local("var.l[*].id"), R"(for *(var.("l"), name.("*").id, (none), (none)))");
  EXPECT_EQ(local("concat(var.a, var.b...)"), R"(concat(var.("a"), ...var.("b")))");
}

TEST(TerraformReader, TextsAreWhatStandsBetweenTheQuotes) {
  EXPECT_EQ(local(R"("a b")"), R"("a b")");
  EXPECT_EQ(local(R"("")"), R"("")");
  EXPECT_EQ(local(R"(" ${var.a} b ")"), R"(concat(" ", var.("a"), " b "))");
  EXPECT_EQ(local(R"("${var.a}")"), R"(var.("a"))");
  EXPECT_EQ(local(R"("a\tb\"c\u0041$${d}%%{e}")"), "\"a\tb\"cA${d}%{e}\"");
  EXPECT_EQ(local(R"("a %{ if var.x }yes%{ else }no%{ endif }")"),
            R"(concat("a ", choose.(var.("x"), "yes", "no")))");
  EXPECT_EQ(local(R"("%{ for i in var.l }${i};%{ endfor }")"),
            R"(concat(join("", for i(var.("l"), concat(name.("i"), ";"), (none), (none)))))");
}

TEST(TerraformReader, HeredocsKeepTheirLinesAndPlaces) {
  EXPECT_EQ(local("<<EOT\n  a\n\n  b\nEOT"), "\"  a\n\n  b\n\"");
  EXPECT_EQ(local("<<-EOT\n    a\n      ${var.b}\n    EOT"),
            "concat(\"a\n  \", var.(\"b\"), \"\n\")");
  const std::string text = "locals {\n  x = <<-EOT\n    one\n    two\n  EOT\n}\n";
  const TemplateFacts facts = read_terraform("main.tf", text);
  ASSERT_EQ(facts.mappings.size(), 1U);
  const ExprId id = facts.mappings[0].value;
  EXPECT_EQ(show(facts, id), "\"one\ntwo\n\"");
  EXPECT_EQ(place(text, facts.place_in(id, 0)), "3:5");
  EXPECT_EQ(place(text, facts.place_in(id, 4)), "4:5");
}

TEST(TerraformReader, BlocksAreListsOfWhatTheyHold) {
  const std::string text = R"(
resource "aws_lambda_function" "f" {
  count   = 2
  runtime = "python3.13"
  environment {
    variables = { A = "b" }
  }
  dynamic "tag" {
    for_each = var.tags
    content {
      key = tag.key
    }
  }
}
)";
  const TemplateFacts facts = read_terraform("main.tf", text);
  const Declaration* found = declaration(facts, "aws_lambda_function.f");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(facts.string(found->type), "aws_lambda_function");
  EXPECT_EQ(show(facts, found->attributes), "{count: 2}");
  EXPECT_EQ(show(facts, found->body),
            R"({runtime: "python3.13", environment: [{variables: {A: "b"}}], )"
            R"(tag: [...for tag(var.("tags"), {key: name.("tag").key}, (none), (none))]})");
  EXPECT_EQ(source(text, found->name_range), "\"f\"");
}

TEST(TerraformReader, JsonSyntaxSaysTheSame) {
  const TemplateFacts facts = read_terraform("main.tf.json", R"({
    "variable": {"name": {"default": "jobs", "sensitive": true}},
    "locals": {"full": "x-${var.name}"},
    "resource": {"aws_sqs_queue": {"jobs": {"name": "${local.full}", "count": 2}}},
    "module": {"m": {"source": "./m", "a": [1]}},
    "output": {"url": {"value": "${aws_sqs_queue.jobs[0].url}"}}})");
  ASSERT_EQ(facts.inputs.size(), 1U);
  EXPECT_TRUE(facts.inputs[0].secret);
  EXPECT_EQ(show(facts, facts.mappings.at(0).value), R"(concat("x-", var.("name")))");
  const Declaration* queue = declaration(facts, "aws_sqs_queue.jobs");
  ASSERT_NE(queue, nullptr);
  EXPECT_EQ(show(facts, queue->body), R"({name: local.("full")})");
  EXPECT_EQ(show(facts, queue->attributes), "{count: 2}");
  ASSERT_NE(declaration(facts, "module.m"), nullptr);
  EXPECT_EQ(show(facts, facts.outputs.at(0).value),
            R"(resource.("aws_sqs_queue", "jobs")[0].url)");
}

TEST(TerraformReader, ABrokenBlockLeavesTheOthersWhole) {
  const std::string text = R"(
resource "aws_sqs_queue" "a" {
  name = "a"
}

resource "aws_sqs_queue" "b" {
  name = "b
}
)";
  const TemplateFacts facts = read_terraform("main.tf", text);
  EXPECT_FALSE(facts.complete);
  EXPECT_FALSE(facts.problems.empty());
  EXPECT_NE(declaration(facts, "aws_sqs_queue.a"), nullptr);
}

TEST(TerraformReader, ValuesOfFilesAreRows) {
  const TemplateFacts facts = read_terraform("prod.tfvars", "size = 3\nnames = [\"a\"]\n");
  ASSERT_EQ(facts.mappings.size(), 2U);
  EXPECT_EQ(show(facts, facts.mappings[1].value), R"(["a"])");
}

TEST(TerraformReader, ByteOrderMarksAndLineEndsAreNoMatter) {
  const std::string text = "\xEF\xBB\xBFlocals {\r\n  x = \"a\"\r\n}\r\n";
  const TemplateFacts facts = read_terraform("main.tf", text);
  ASSERT_EQ(facts.mappings.size(), 1U);
  EXPECT_EQ(source(text, facts.mappings[0].where), "x");
  EXPECT_EQ(show(facts, facts.mappings[0].value), "\"a\"");
}

TEST(TerraformReader, DeepNestingIsCutAndSaid) {
  for (const auto& [open, close] :
       {std::pair{"[", "]"}, {"(", ")"}, {"\"${", "}\""}, {"f(", ")"}, {"!", ""}, {"{ a = ", "}"}}) {
    std::string text = "locals {\n  x = ";
    for (int i = 0; i < 5000; ++i) text += open;
    text += "1";
    for (int i = 0; i < 5000; ++i) text += close;
    const TemplateFacts facts = read_terraform("main.tf", text + "\n}\n");
    EXPECT_LE(facts.exprs.size(), 50'000U) << open;
  }
}

TEST(TerraformPlan, PlannedResourcesAreDeclarations) {
  const TemplateFacts facts = read_terraform_plan(R"({"format_version": "1.2",
    "variables": {"size": {"value": 3}},
    "planned_values": {"root_module": {"resources": [
      {"address": "aws_sqs_queue.jobs", "mode": "managed", "type": "aws_sqs_queue", "name": "jobs",
       "values": {"name": "jobs", "tags": null}}],
      "child_modules": [{"address": "module.m", "resources": [
      {"address": "module.m.aws_lambda_function.f[0]", "mode": "managed",
       "type": "aws_lambda_function", "name": "f", "index": 0,
       "values": {"runtime": "python3.13", "environment": [{"variables": {"A": "b"}}]}}]}]}},
    "configuration": {"root_module": {"module_calls": {"m": {
      "expressions": {"queue": {"references": ["aws_sqs_queue.jobs.arn", "aws_sqs_queue.jobs"]}},
      "module": {"resources": [{"type": "aws_lambda_function", "name": "f", "expressions": {
        "role": {"references": ["var.queue"]}}}]}}}}}})");
  ASSERT_EQ(facts.declarations.size(), 2U);
  EXPECT_EQ(facts.string(facts.declarations[1].address), "module.m.aws_lambda_function.f[0]");
  EXPECT_EQ(show(facts, facts.declarations[1].body),
            R"({runtime: "python3.13", environment: [{variables: {A: "b"}}], )"
            R"(role: resource.("aws_sqs_queue", "jobs").arn})");
  EXPECT_EQ(show(facts, facts.mappings.at(0).value), "3");
}

// Whatever the bytes are, the tables hold together: operands come before what they are operands of.
void expect_sound(const TemplateFacts& facts) {
  for (const Expr& expr : facts.exprs) {
    ASSERT_LE(expr.operands.first + expr.operands.count, facts.operands.size());
    const bool has_base = expr.kind == ExprKind::Member || expr.kind == ExprKind::Index;
    if (has_base) {
      ASSERT_LT(expr.ref, facts.exprs.size());
    }
    for (const Operand& operand : facts.operands_of(expr.operands)) {
      if (operand.value.exists()) {
        ASSERT_LT(operand.value.index, facts.exprs.size());
      }
    }
  }
  ASSERT_EQ(facts.exprs.size(), facts.expr_ranges.size());
  ASSERT_EQ(facts.operands.size(), facts.operand_ranges.size());
}

const std::string kWhole = R"(
variable "names" { default = ["a", "b"] }
locals {
  all  = { for k, v in var.names : k => "${v}-%{ if k > 1 }x%{ else }y%{ endif }" if v != "" }
  text = <<-EOT
    one ${local.all[0].b}
      %{ for n in var.names ~}
      ${n}
      %{ endfor ~}
    EOT
}
resource "aws_lambda_function" "f" {
  for_each = toset(var.names)
  filename = "${path.module}/a.zip"
  dynamic "environment" {
    for_each = [1]
    content { variables = merge({ A = each.key }, { "B-c" : f(1, 2...) }) }
  }
}
)";

// An interrupted `terraform show -json > plan.json` leaves any beginning of it.
TEST(TerraformPlan, EveryBeginningOfAPlanIsRead) {
  constexpr std::string_view kPlan =
      R"({"terraform_version": "1.9.0", "variables": {"size": {"value": [1, {"a": 2}]}},
    "planned_values": {"root_module": {"resources": [
      {"address": "aws_sqs_queue.orders[0]", "mode": "managed", "type": "aws_sqs_queue",
       "name": "orders", "values": {"name": "orders", "tags": {"a": "b"}, "redrive": [{"c": 1}]}}],
      "child_modules": [{"address": "module.a", "resources": [{"address": "module.a.b.c",
        "type": "b", "name": "c", "values": {}}]}]}},
    "configuration": {"root_module": {"resources": [{"address": "aws_sqs_queue.orders",
      "type": "aws_sqs_queue", "name": "orders", "expressions": {"name": {"constant_value": 1}}}],
      "module_calls": {"a": {"module": {"resources": []}}}}}})";
  for (std::size_t length = 0; length <= kPlan.size(); ++length) {
    const TemplateFacts facts = read_terraform_plan(kPlan.substr(0, length));
    EXPECT_LE(facts.declarations.size(), 2U) << length;
  }
  const TemplateFacts untyped = read_terraform_plan(
      R"({"planned_values": {"root_module": {"resources": [{"address": "a.b", "values": {}}]}}})");
  EXPECT_TRUE(untyped.declarations.empty());
}

// Chains hold each link inside of the next: they are cut like what is nested, and cost what they
// are long.
TEST(TerraformReader, LongChainsAreCutAndSaid) {
  for (const std::string_view link : {".b", "[0]", "[*]", ".*", "[*].b", ".*.b"}) {
    const auto read = [&](std::size_t links) {
      std::string text = "locals {\n  a = var.x";
      for (std::size_t i = 0; i < links; ++i) text += link;
      return read_terraform("main.tf", text + "\n}\n");
    };
    EXPECT_TRUE(read(50).problems.empty()) << link;
    const TemplateFacts facts = read(20'000);
    ASSERT_FALSE(facts.problems.empty()) << link;
    EXPECT_NE(facts.problems.front().message.find("nested too deeply"), std::string::npos) << link;
    EXPECT_LT(facts.exprs.size(), 5 * kNestingDepth) << link;
  }
}

TEST(TerraformReader, SurvivesTruncationAndMutation) {
  for (std::size_t cut = 0; cut < kWhole.size(); cut += 3)
    expect_sound(read_terraform("main.tf", kWhole.substr(0, cut)));
  constexpr std::array<std::string_view, 14> kPieces{"${", "}", "%{", "<<-E\n", "\"", "[", "]",
                                                     "(",  "{", "\n", "for",    "...", "\\", "\0"};
  std::mt19937 random(20261120);
  for (int round = 0; round < 600; ++round) {
    std::string text = kWhole;
    for (int i = 0; i < 4; ++i) {
      const std::size_t at = random() % text.size();
      if (random() % 2 == 0)
        text.insert(at, kPieces[random() % kPieces.size()]);
      else
        text.erase(at, random() % 8);
    }
    expect_sound(read_terraform("main.tf", text));
    expect_sound(read_terraform_text(text));
    expect_sound(read_terraform("main.tf.json", text));
  }
}

}  // namespace
}  // namespace fnlint
