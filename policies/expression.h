#pragma once

#include "core/result.h"
#include "policies/item_path.h"
#include "policies/known_names.h"

#include <string>
#include <string_view>
#include <vector>

// The small language of a policy's values, attributes and messages: paths, numbers, texts, the four
// operations, and a few functions of them.
namespace fnlint {

enum class ExpressionKind : std::uint8_t {
  Number,
  Text,
  Path,
  Add,
  Subtract,
  Multiply,
  Divide,
  Count,  // of what the path leads to
  Sum,
  Least,
  Most,
  Lower,
  Length,   // characters of a text
  Part,     // of a text, between two of a separator; the first is 0
  Without,  // items of the first path or setting that the second has not
  Setting,  // what the configuration says; its key is the text
};
struct Expression {
  ExpressionKind kind{};
  double number = 0;
  std::string text = {};
  ItemPath path = {};
  std::vector<Expression> operands = {};
};

// What a path begins at, for the names that are allowed there.
struct PathTypes {
  ItemType subject = ItemType::Resource, item = ItemType::Resource;
  KnownNames of_subject = {}, of_item = {};
};

// An error says what is wrong and, for a mistyped name, what was meant.
Result<Expression> parse_expression(std::string_view text, const PathTypes& types);
Result<ItemPath> parse_path(std::string_view text, const PathTypes& types);
// What the end of a path is; Value where the path has no steps of another kind.
ItemType type_at(const ItemPath& path, const PathTypes& types);
KnownNames names_at(const ItemPath& path, const PathTypes& types);

// "The batch size of '{name}' is {BatchSize}"; a brace is written twice.
struct TextTemplate {
  std::vector<std::string> texts = {};  // one more than parts
  std::vector<Expression> parts = {};
};
Result<TextTemplate> parse_template(std::string_view text, const PathTypes& types);
// A template as it is written, with single braces, where nothing is known that it may name.
std::string text_written(std::string_view text);

}  // namespace fnlint
