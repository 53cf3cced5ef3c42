// The walk over a tree finds what the parser's own cursor finds, of sound files and of broken ones.
#include "frontends/source/common/tree_walk.h"

#include "core/text.h"
#include "frontends/source/common/syntax.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

extern "C" {
const TSLanguage* tree_sitter_cpp();
const TSLanguage* tree_sitter_c_sharp();
const TSLanguage* tree_sitter_go();
const TSLanguage* tree_sitter_java();
const TSLanguage* tree_sitter_javascript();
const TSLanguage* tree_sitter_kotlin();
const TSLanguage* tree_sitter_python();
const TSLanguage* tree_sitter_ruby();
const TSLanguage* tree_sitter_rust();
const TSLanguage* tree_sitter_typescript();
}

namespace fnlint::tree_walk_test {
namespace {

// Begin, end, symbol, field, whether the parser supplied it, and how deep it stands.
using Row = std::tuple<std::uint32_t, std::uint32_t, TSSymbol, TSFieldId, bool, std::size_t>;

struct Walked {
  std::vector<Row> rows = {};
  std::size_t depth = 0;
};

std::vector<Row> walked(const TSTree* tree) {
  Walked all;
  const auto enter = [](void* self, const WalkedNode* node) {
    auto* const to = static_cast<Walked*>(self);
    to->rows.emplace_back(node->begin, node->end, node->symbol, node->field, node->is_missing,
                          to->depth++);
    return true;
  };
  walk_tree(tree, &all, enter, [](void* self) { --static_cast<Walked*>(self)->depth; });
  EXPECT_EQ(all.depth, 0U);
  return all.rows;
}

std::vector<Row> by_cursor(const TSTree* tree) {
  std::vector<Row> rows;
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  std::size_t depth = 0;
  for (bool is_new = true;;) {
    if (is_new) {
      const TSNode node = ts_tree_cursor_current_node(&cursor);
      rows.emplace_back(ts_node_start_byte(node), ts_node_end_byte(node), ts_node_symbol(node),
                        ts_tree_cursor_current_field_id(&cursor), ts_node_is_missing(node), depth);
      if (ts_tree_cursor_goto_first_child(&cursor)) {
        ++depth;
        continue;
      }
    }
    is_new = ts_tree_cursor_goto_next_sibling(&cursor);
    if (is_new) continue;
    if (!ts_tree_cursor_goto_parent(&cursor)) break;
    --depth;
  }
  ts_tree_cursor_delete(&cursor);
  return rows;
}

const std::map<std::string_view, const TSLanguage*>& languages() {
  static const std::map<std::string_view, const TSLanguage*> kLanguages{
      {".cpp", tree_sitter_cpp()},       {".cs", tree_sitter_c_sharp()},
      {".go", tree_sitter_go()},         {".java", tree_sitter_java()},
      {".js", tree_sitter_javascript()}, {".kt", tree_sitter_kotlin()},
      {".py", tree_sitter_python()},     {".rb", tree_sitter_ruby()},
      {".rs", tree_sitter_rust()},       {".ts", tree_sitter_typescript()}};
  return kLanguages;
}

TEST(TreeWalk, FindsWhatTheCursorFinds) {
  std::set<std::string_view> found;
  const std::filesystem::path folder =
      std::filesystem::path(FNLINT_SOURCE_DIR) / "fixtures/languages";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto language = languages().find(extension_of(entry.path().filename().string()));
    if (language == languages().end()) continue;
    found.insert(language->first);
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    for (const std::size_t part : {1, 2, 3}) {
      const SyntaxTree tree =
          parse_syntax(language->second, std::string_view(text).substr(0, text.size() / part));
      ASSERT_NE(tree, nullptr) << entry.path();
      ASSERT_EQ(walked(tree.get()), by_cursor(tree.get())) << entry.path();
    }
  }
  EXPECT_EQ(found.size(), languages().size());
}

TEST(TreeWalk, GoesNowhereWhereNothingIsWanted) {
  const SyntaxTree tree = parse_syntax(tree_sitter_python(), "a = b(c)\n");
  std::size_t count = 0;
  walk_tree(
      tree.get(), &count,
      [](void* self, const WalkedNode*) { return ++*static_cast<std::size_t*>(self) == 9; },
      [](void*) { FAIL(); });
  EXPECT_EQ(count, 1U);
}

}  // namespace
}  // namespace fnlint::tree_walk_test
