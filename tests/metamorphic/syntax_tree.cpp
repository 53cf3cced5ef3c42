// A row of node names for each grammar, and which files are the project's own.

#include "tests/metamorphic/syntax_tree.h"

#include "core/text.h"

#include <algorithm>
#include <array>

extern "C" {
const TSLanguage* tree_sitter_c_sharp();
const TSLanguage* tree_sitter_cpp();
const TSLanguage* tree_sitter_go();
const TSLanguage* tree_sitter_java();
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_kotlin();
const TSLanguage* tree_sitter_python();
const TSLanguage* tree_sitter_ruby();
const TSLanguage* tree_sitter_rust();
const TSLanguage* tree_sitter_typescript();
}

namespace fnlint::test {
namespace {

struct Row {
  std::string_view ending;
  Language language;
  const TSLanguage* (*grammar)();
};
constexpr std::array kRows{
    Row{".py", Language::Python, tree_sitter_python},
    Row{".js", Language::JavaScript, tree_sitter_javascript},
    Row{".mjs", Language::JavaScript, tree_sitter_javascript},
    Row{".cjs", Language::JavaScript, tree_sitter_javascript},
    Row{".ts", Language::TypeScript, tree_sitter_typescript},
    Row{".mts", Language::TypeScript, tree_sitter_typescript},
    Row{".java", Language::Java, tree_sitter_java},
    Row{".kt", Language::Kotlin, tree_sitter_kotlin},
    Row{".cs", Language::CSharp, tree_sitter_c_sharp},
    Row{".go", Language::Go, tree_sitter_go},
    Row{".rb", Language::Ruby, tree_sitter_ruby},
    Row{".rs", Language::Rust, tree_sitter_rust},
    Row{".cpp", Language::Cpp, tree_sitter_cpp},
};

bool is_others(std::string_view path) {
  constexpr std::array kFolders{"node_modules/", "site-packages/", "vendor/", ".aws-sam/",
                                "cdk.out/",      "dist/",          ".build/", "python/"};
  return std::ranges::any_of(kFolders, [&](std::string_view folder) {
    return path.starts_with(folder) || path.find(cat("/", folder)) != path.npos;
  });
}

TSNode without_parentheses(TSNode node) {
  if (is(node, {"condition_clause"}))  // a declaration in it is none of our conditions
    return is_there(field(node, "initializer")) ? TSNode{} : field(node, "value");
  if (!is(node, {"parenthesized_expression"})) return node;
  const std::vector<TSNode> inner = named_children(node);
  return inner.size() == 1 ? inner.front() : TSNode{};
}

// What is after the condition, and after that.
void take_arms(Branch& branch) {
  branch.body = field(branch.node, branch.is_modifier ? "body" : "consequence");
  branch.otherwise = field(branch.node, "alternative");
  if (is_there(branch.body) || !is(branch.node, {"if_expression"})) return;
  std::vector<TSNode> children = named_children(branch.node);  // Kotlin names no fields
  if (children.size() > 1) branch.body = children[1];
  if (children.size() > 2) branch.otherwise = children[2];
}

bool is_branch(TSNode node) {
  return is(node,
            {"if_statement", "if_expression", "if", "unless", "if_modifier", "unless_modifier"}) &&
         ts_node_is_named(node);
}

bool decides_by_a_value(TSNode condition) {
  bool names_anything = false;  // Java: `x instanceof T t`
  for_each_node(condition, [&](TSNode node) {
    names_anything =
        names_anything || (is(node, {"instanceof_expression"}) && is_there(field(node, "name")));
  });
  return !names_anything &&
         !contains(condition,
                   {"declaration", "let_condition", "let_chain", "declaration_pattern",
                    "var_pattern", "declaration_expression", "named_expression", "type_pattern",
                    "record_pattern", "recursive_pattern", "is_expression", "ERROR"});
}

// Tools look for these tests by their text.
bool is_read_as_written(const Source& source, TSNode condition) {
  const std::string_view text = source.of(condition);
  return text.find("TYPE_CHECKING") != text.npos || text.find("__name__") != text.npos;
}

}  // namespace

std::string_view kind(TSNode node) { return ts_node_type(node); }

bool is(TSNode node, std::initializer_list<std::string_view> kinds) {
  return is_there(node) && std::ranges::find(kinds, kind(node)) != kinds.end();
}

TSNode statement_of(TSNode node) {
  const TSNode parent = ts_node_parent(node);
  return is(parent, {"expression_statement"}) ? parent : node;
}

TSNode field(TSNode node, std::string_view name) {
  return ts_node_child_by_field_name(node, name.data(), static_cast<std::uint32_t>(name.size()));
}

std::vector<TSNode> named_children(TSNode node) {
  std::vector<TSNode> children;
  for_each_child(node, [&](TSNode child) {
    if (ts_node_is_named(child) && !is(child, {"comment", "line_comment", "block_comment"}))
      children.push_back(child);
  });
  return children;
}

bool contains(TSNode node, std::initializer_list<std::string_view> kinds) {
  bool found = false;
  for_each_node(node, [&](TSNode each) { found = found || is(each, kinds); });
  return found;
}

std::vector<Source> sources_of(const Files& files) {
  std::vector<Source> sources;
  for (const auto& [path, text] : files) {
    if (path.ends_with(".map")) return {};
    const auto row =
        std::ranges::find_if(kRows, [&](const Row& one) { return path.ends_with(one.ending); });
    if (row == kRows.end() || is_others(path) || path.ends_with(".d.ts")) continue;
    Source source{row->language, path, text, parse_syntax(row->grammar(), text)};
    if (source.tree && !ts_node_has_error(source.root())) sources.push_back(std::move(source));
  }
  return sources;
}

std::vector<Source> plain_sources_of(const Files& files) {
  std::vector<Source> sources = sources_of(files);
  std::erase_if(sources, [](const Source& source) {
    return source.text.find("fnlint:") != std::string_view::npos ||
           source.text.find("\r\n") != std::string_view::npos;
  });
  return sources;
}

std::string_view comment_of(std::string_view path) {
  for (const std::string_view ending : {".py", ".rb", ".yaml", ".yml", ".tf", ".toml", ".tfvars"})
    if (path.ends_with(ending)) return "# ";
  for (const Row& row : kRows)
    if (path.ends_with(row.ending)) return "// ";
  return {};
}

bool is_function(TSNode node) {
  return is(node, {"function_definition",  "lambda",
                   "function_declaration", "function_expression",
                   "arrow_function",       "method_definition",
                   "method_declaration",   "constructor_declaration",
                   "lambda_expression",    "local_function_statement",
                   "func_literal",         "lambda_literal",
                   "anonymous_function",   "function_item",
                   "closure_expression",   "method",
                   "singleton_method",     "do_block",
                   "block_argument",       "generator_function_declaration",
                   "generator_function"});
}

bool is_loop(TSNode node) {
  return is(node, {"for_statement", "while_statement", "for_in_statement", "enhanced_for_statement",
                   "foreach_statement", "for_range_loop", "for_expression", "while_expression",
                   "loop_expression"});
}

bool is_block(const Source& source, TSNode node) {
  if (source.language == Language::Ruby)
    return is(node, {"program", "body_statement", "then", "else", "block_body"});
  return is(node, {"block", "module", "statement_block", "program", "constructor_body",
                   "statement_list", "compound_statement"}) &&
         !(source.language == Language::Java && is(node, {"program"}));
}

std::vector<Branch> branches_of(const Source& source) {
  std::vector<Branch> branches;
  for_each_node(source.root(), [&](TSNode node) {
    if (!is_branch(node) || is_there(field(node, "initializer"))) return;
    Branch branch{.node = statement_of(node)};
    const std::optional<std::string> indent = indent_of(source, branch.node);
    if (!indent || !is_block(source, ts_node_parent(branch.node))) return;
    branch.indent = *indent;
    branch.node = node;
    branch.is_modifier = is(node, {"if_modifier", "unless_modifier"});
    branch.is_negated = is(node, {"unless", "unless_modifier"});
    branch.condition = field(node, "condition");
    if (is_there(branch.condition)) branch.condition = without_parentheses(branch.condition);
    if (!is_there(branch.condition) || !decides_by_a_value(branch.condition) ||
        is_read_as_written(source, branch.condition))
      return;
    take_arms(branch);
    if (is_there(branch.body)) branches.push_back(std::move(branch));
  });
  return branches;
}

std::optional<std::string> indent_of(const Source& source, TSNode node) {
  const std::uint32_t begin = range_of(node).begin, line = line_begin(source.text, begin);
  const std::string_view before = source.text.substr(line, begin - line);
  if (before.find_first_not_of(" \t") != before.npos) return std::nullopt;
  return std::string(before);
}

std::uint32_t line_end(std::string_view text, std::uint32_t offset) {
  return static_cast<std::uint32_t>(std::min(text.find('\n', offset), text.size()));
}

std::uint32_t line_begin(std::string_view text, std::uint32_t offset) {
  const std::size_t end = offset == 0 ? text.npos : text.rfind('\n', offset - 1);
  return end == text.npos ? 0 : static_cast<std::uint32_t>(end + 1);
}

bool has_long_text(const Source& source, Range range) {
  bool found = false;
  for_each_node(source.root(), [&](TSNode node) {
    const Range at = range_of(node);
    if (found || at.end <= range.begin || at.begin >= range.end) return;
    const std::string_view name = kind(node);
    const bool is_text = name.find("string") != name.npos || name.find("heredoc") != name.npos ||
                         name.find("template") != name.npos ||
                         name.find("char_literal") != name.npos || name == "jsx_text" ||
                         name == "block_comment" || name == "raw_text";
    found = is_text && source.of(node).find('\n') != std::string_view::npos;
  });
  return found;
}

std::string negated(const Source& source, TSNode condition) {
  const std::string_view word = source.language == Language::Python ? "not (" : "!(";
  return cat(word, source.of(condition), ")");
}

}  // namespace fnlint::test
