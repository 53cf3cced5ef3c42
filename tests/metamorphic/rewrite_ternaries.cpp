#include "core/text.h"
#include "tests/metamorphic/rewritings.h"
#include "tests/metamorphic/syntax_tree.h"

#include <array>

// `x = a if c else b` is a branch that assigns x, and back.
namespace fnlint::test {
namespace {

struct Ternary {
  TSNode condition = {}, then = {}, otherwise = {};
};

std::optional<Ternary> ternary_of(const Source& source, TSNode node) {
  if (!is(node, {"conditional_expression", "ternary_expression", "conditional"})) return {};
  const std::vector<TSNode> parts = named_children(node);
  if (parts.size() != 3 || source.of(node).find('\n') != std::string_view::npos) return {};
  if (source.language == Language::Python) return Ternary{parts[1], parts[0], parts[2]};
  return Ternary{parts[0], parts[1], parts[2]};
}

TSNode only_child(TSNode node) {
  const std::vector<TSNode> children = named_children(node);
  return children.size() == 1 ? children.front() : TSNode{};
}

// What a statement does with a ternary: "return " or "x = ", after "let x;" or nothing.
struct Use {
  TSNode value = {};
  std::string before = {}, does = {};
};

std::optional<Use> use_in_declaration(const Source& source, TSNode statement) {
  const TSNode declaration =
      is(statement, {"local_declaration_statement"}) ? only_child(statement) : statement;
  TSNode variable = {};
  for (const TSNode child : named_children(declaration))
    if (is(child, {"variable_declarator"})) {
      if (is_there(variable)) return {};
      variable = child;
    }
  if (!is_there(variable) || !is(field(variable, "name"), {"identifier"})) return {};
  const std::string name(source.of(field(variable, "name")));
  if (source.language == Language::JavaScript || source.language == Language::TypeScript) {
    const TSNode type = field(variable, "type");
    return Use{field(variable, "value"),
               cat("let ", name, is_there(type) ? source.of(type) : std::string_view(), ";"),
               cat(name, " = ")};
  }
  const std::string type(source.of(field(declaration, "type")));
  if (type == "var" || source.language != Language::Java) return {};
  return Use{field(variable, "value"), cat(type, " ", name, ";"), cat(name, " = ")};
}

std::optional<Use> use_in(const Source& source, TSNode statement) {
  if (is(statement, {"return_statement", "return"})) {
    TSNode value = only_child(statement);
    if (is_there(value) && is(value, {"argument_list"})) value = only_child(value);
    if (is_there(value)) return Use{value, {}, "return "};
    return {};
  }
  if (is(statement, {"lexical_declaration", "local_variable_declaration"}))
    return use_in_declaration(source, statement);
  TSNode assignment = is(statement, {"expression_statement"}) ? only_child(statement) : statement;
  if (!is_there(assignment) || !is(assignment, {"assignment", "assignment_expression"}) ||
      !is(field(assignment, "left"), {"identifier"}) || is_there(field(assignment, "type")))
    return {};
  const std::string between(source.text.substr(
      range_of(field(assignment, "left")).end,
      range_of(field(assignment, "right")).begin - range_of(field(assignment, "left")).end));
  if (between != " = ") return {};
  return Use{field(assignment, "right"), {}, cat(source.of(field(assignment, "left")), " = ")};
}

struct Words {
  std::string_view open, otherwise, close, end;
};
Words label_of(Language language) {
  if (language == Language::Python) return {":", "else:", "", ""};
  if (language == Language::Ruby) return {"", "else", "end", ""};
  return {" {", "} else {", "}", ";"};
}

Pieces as_branch(const Source& source, const Use& use, const Ternary& ternary, const Edits& edits,
                 const std::string& indent) {
  const Words words = label_of(source.language);
  const bool has_braces = !words.end.empty();
  const std::string deeper = indent + (source.language == Language::Python ? "    " : "  ");
  Pieces out;
  const auto add = [&](std::string text) { out.push_back({.text = std::move(text)}); };
  if (!use.before.empty()) add(cat(use.before, "\n", indent));
  add(has_braces ? "if (" : "if ");
  out.push_back(edits.copy(range_of(ternary.condition)));
  add(cat(has_braces ? ")" : "", words.open, "\n", deeper, use.does));
  out.push_back(edits.copy(range_of(ternary.then)));
  add(cat(words.end, "\n", indent, words.otherwise, "\n", deeper, use.does));
  out.push_back(edits.copy(range_of(ternary.otherwise)));
  add(std::string(words.end));
  if (!words.close.empty()) add(cat("\n", indent, words.close));
  return out;
}

bool has_ternaries(Language language) {
  return language == Language::Python || language == Language::JavaScript ||
         language == Language::TypeScript || language == Language::Java ||
         language == Language::CSharp || language == Language::Ruby || language == Language::Cpp;
}

void make_branches(const Source& source, Edits& edits) {
  for_each_node(source.root(), [&](TSNode statement) {
    const TSNode parent = ts_node_parent(statement);
    if (!is_there(parent) || !is_block(source, parent) || !ts_node_is_named(statement)) return;
    const std::optional<std::string> indent = indent_of(source, statement);
    const std::optional<Use> use = indent ? use_in(source, statement) : std::nullopt;
    if (!use || !is_there(use->value)) return;
    const std::optional<Ternary> ternary = ternary_of(source, use->value);
    if (ternary)
      edits.replace(range_of(statement), as_branch(source, *use, *ternary, edits, *indent));
  });
}

// --- Back.

TSNode only_statement(TSNode body) {
  if (is(body, {"else_clause"}))
    body = is_there(field(body, "body")) ? field(body, "body") : only_child(body);
  if (!is_there(body)) return body;
  if (is(body, {"block", "statement_block", "compound_statement", "then", "else"}))
    return only_child(body);
  return body;
}

Pieces as_ternary(const Source& source, const Branch& branch, const Use& then, const Use& otherwise,
                  const Edits& edits) {
  const Piece a = edits.copy(range_of(then.value)), b = edits.copy(range_of(otherwise.value)),
              c = edits.copy(range_of(branch.condition));
  const auto text = [](std::string words) { return Piece{.text = std::move(words)}; };
  if (source.language == Language::Python)
    return {text(then.does + "("), a, text(") if ("), c, text(") else ("), b, text(")")};
  return {text(then.does + "("),
          c,
          text(") ? ("),
          a,
          text(") : ("),
          b,
          text(cat(")", label_of(source.language).end))};
}

void make_ternaries(const Source& source, Edits& edits) {
  for (const Branch& branch : branches_of(source)) {
    if (branch.is_modifier || branch.is_negated || !is_there(branch.otherwise)) continue;
    const TSNode first = only_statement(branch.body), second = only_statement(branch.otherwise);
    if (!is_there(first) || !is_there(second)) continue;
    const std::optional<Use> then = use_in(source, first), otherwise = use_in(source, second);
    if (!then || !otherwise || then->does != otherwise->does || !then->before.empty() ||
        !otherwise->before.empty() || !is_there(then->value) || !is_there(otherwise->value))
      continue;
    edits.replace(range_of(branch.node), as_ternary(source, branch, *then, *otherwise, edits));
  }
}

std::optional<Rewritten> rewritten_texts(const Files& files,
                                         void (*rewrite)(const Source&, Edits&)) {
  Rewritten out;
  for (const Source& source : plain_sources_of(files)) {
    if (!has_ternaries(source.language)) continue;
    Edits edits(source.path, source.text);
    rewrite(source, edits);
    put(out, source.path, edits);
  }
  if (out.is_empty()) return std::nullopt;
  return out;
}

}  // namespace

std::optional<Rewritten> with_ternaries_as_branches(const Files& files) {
  return rewritten_texts(files, make_branches);
}
std::optional<Rewritten> with_branches_as_ternaries(const Files& files) {
  return rewritten_texts(files, make_ternaries);
}

}  // namespace fnlint::test
