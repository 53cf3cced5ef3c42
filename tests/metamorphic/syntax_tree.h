// Syntax trees of all languages in common terms, for rewritings.
#pragma once

#include "frontends/source/common/syntax.h"
#include "tests/metamorphic/rewritten.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::test {

enum class Language : std::uint8_t {
  Python,
  JavaScript,
  TypeScript,
  Java,
  Kotlin,
  CSharp,
  Go,
  Ruby,
  Rust,
  Cpp
};

// A source file of a project, parsed without an error.
struct Source {
  Language language = Language::Python;
  std::string path = {};
  std::string_view text = {};
  SyntaxTree tree = {};

  [[nodiscard]] TSNode root() const { return ts_tree_root_node(tree.get()); }
  [[nodiscard]] std::string_view of(TSNode node) const { return fnlint::text_of(node, text); }
};

// All of them, but for what is no work of the project's authors (packages, what a build left). None
// where a source map would have to be rewritten with them.
std::vector<Source> sources_of(const Files& files);
// Of these, those in which no comment speaks to the program: such comments hold for lines.
std::vector<Source> plain_sources_of(const Files& files);

// "# " or "// "; empty for what has no comments.
std::string_view comment_of(std::string_view path);

// --- What the languages' trees have in common.

std::string_view kind(TSNode node);
bool is(TSNode node, std::initializer_list<std::string_view> kinds);
TSNode field(TSNode node, std::string_view name);  // null where it has none
inline bool is_there(TSNode node) { return !ts_node_is_null(node); }
// The expression statement that an expression is all of; else the node itself.
TSNode statement_of(TSNode node);
std::vector<TSNode> named_children(TSNode node);  // without comments
bool contains(TSNode node, std::initializer_list<std::string_view> kinds);
// The node and all below it, in the order of the text.
template <class Visit>
void for_each_node(TSNode node, Visit visit) {
  visit(node);
  for_each_child(node, [&](TSNode child) { for_each_node(child, visit); });
}

bool is_function(TSNode node);
bool is_loop(TSNode node);
// Its children are statements that are executed in turn.
bool is_block(const Source& source, TSNode node);
// A branch whose test comes first of all that it does, on lines of its own.
struct Branch {
  TSNode node = {};       // the whole statement
  TSNode condition = {};  // without the parentheses that belong to the statement
  TSNode body = {};
  TSNode otherwise = {};     // what follows else, or null
  bool is_modifier = false;  // Ruby: `body if condition`
  bool is_negated = false;   // Ruby: unless
  std::string indent = {};
};
std::vector<Branch> branches_of(const Source& source);

// The blanks before a node that begins its line; nothing where it does not.
std::optional<std::string> indent_of(const Source& source, TSNode node);
// The end of the line that an offset is in, before its line break.
std::uint32_t line_end(std::string_view text, std::uint32_t offset);
std::uint32_t line_begin(std::string_view text, std::uint32_t offset);
// Whether texts, or what else the blanks of lines belong to, go over several lines there.
bool has_long_text(const Source& source, Range range);

std::string negated(const Source& source, TSNode condition);

}  // namespace fnlint::test
