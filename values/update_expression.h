// Which attributes a DynamoDB update sets, adds to or removes.
#pragma once

#include <string_view>
#include <vector>

namespace fnlint {

// What an update expression of DynamoDB does, as far as its text says it. The parts are views of
// that text.
// Source: DynamoDB Developer Guide, "Using update expressions in DynamoDB".
struct UpdateExpression {
  // "a = :v" of a clause SET.
  struct Field {
    std::string_view name = {}, value = {};
  };
  std::vector<Field> fields = {};
  std::vector<std::string_view> added = {};       // "a" of a clause "ADD a :v"
  std::vector<std::string_view> removed = {};     // "a" of a clause "REMOVE a"
  std::vector<std::string_view> taken_from = {};  // "a" of a clause "DELETE a :v"
  bool understood = false;  // has clauses, and all that they set is in `fields`
};
UpdateExpression update_expression(std::string_view text);

// A character of an attribute's name, of "#name" and of ":value".
bool is_expression_word(char c);
// ":value" and nothing else.
bool is_placeholder(std::string_view text);

}  // namespace fnlint
