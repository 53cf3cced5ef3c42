// Prints expressions, and finds declarations and properties.
#pragma once

#include "core/lines.h"
#include "frontends/templates/cloudformation.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace fnlint {

// An expression in one line: "text", 5, true, null, [list], {key: value, ...spread}, Ref("X"),
// Fn::Join("-", [...]), concat("a", Ref("B")), unknown(why).
inline std::string show(const TemplateFacts& facts, ExprId id) {
  if (!id.exists()) return "(none)";
  const Expr& expr = facts[id];
  const std::string name(facts.string(expr.name));
  std::string parts;
  for (const Operand& operand : facts.operands_of(expr.operands)) {
    if (!parts.empty()) parts += ", ";
    if (operand.spread != 0) parts += "...";
    if (operand.name.exists()) parts += std::string(facts.string(operand.name)) + ": ";
    if (operand.key.exists()) parts += "(" + show(facts, operand.key) + "): ";
    parts += show(facts, operand.value);
  }
  switch (expr.kind) {
    case ExprKind::Unknown: return "unknown(" + name + ")";
    case ExprKind::Null: return "null";
    case ExprKind::Bool: return expr.detail != 0 ? "true" : "false";
    case ExprKind::Number: return name;
    case ExprKind::Text: return "\"" + name + "\"";
    case ExprKind::List: return "[" + parts + "]";
    case ExprKind::Record: return "{" + parts + "}";
    case ExprKind::Concat: return "concat(" + parts + ")";
    case ExprKind::Apply: return name + "(" + parts + ")";
    case ExprKind::Member: return show(facts, ExprId{expr.ref}) + "." + name;
    case ExprKind::Index: return show(facts, ExprId{expr.ref}) + "[" + parts + "]";
    case ExprKind::Operator: return "op" + std::to_string(expr.detail) + "(" + parts + ")";
    case ExprKind::Comprehend: return "for " + name + "(" + parts + ")";
    default: return "(another kind)";
  }
}

inline const Declaration* declaration(const TemplateFacts& facts, std::string_view address) {
  for (const Declaration& each : facts.declarations) {
    if (facts.string(each.address) == address) return &each;
  }
  return nullptr;
}

// The value of one property of a resource; no id when there is none.
inline ExprId property(const TemplateFacts& facts, std::string_view address,
                       std::string_view name) {
  const Declaration* found = declaration(facts, address);
  if (found == nullptr) return {};
  for (const Operand& operand : facts.operands_of(facts[found->body].operands)) {
    if (facts.string(operand.name) == name) return operand.value;
  }
  return {};
}

// A template with one resource that has one property X, indented by four.
inline std::string with_property(std::string_view value) {
  return "Resources:\n  R:\n    Type: AWS::S3::Bucket\n    Properties:\n      X: " +
         std::string(value) + "\n";
}
// What the X of such a template is.
inline std::string shown(std::string_view value) {
  const TemplateFacts facts = read_cloudformation(with_property(value));
  return show(facts, property(facts, "R", "X"));
}

inline std::string_view source(std::string_view text, Range range) {
  return text.substr(range.begin, range.end - range.begin);
}
inline std::string_view source(std::string_view text, const TemplateFacts& facts, ExprId id) {
  return source(text, facts.expr_ranges[id.index]);
}

inline std::string place(std::string_view text, std::uint32_t offset) {
  const Place found = Lines(text).place(offset);
  return std::to_string(found.line) + ":" + std::to_string(found.column);
}

// "line:column message" of every problem, one a line.
inline std::string problems(const TemplateFacts& facts, std::string_view text) {
  std::string all;
  for (const Problem& problem : facts.problems) {
    all += place(text, problem.where.begin) + " " + problem.message + "\n";
  }
  return all;
}

}  // namespace fnlint
