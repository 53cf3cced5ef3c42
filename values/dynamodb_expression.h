// DynamoDB expressions checked for syntax, and for the names and values that they refer to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a request to DynamoDB gives as text, read by the service's own grammar.
// Source: Amazon DynamoDB Developer Guide, "Using update expressions", "Condition and filter
// expressions, operators, and functions", "Key condition expressions", "Using projection
// expressions", "Expression attribute names (aliases)".
enum class ExpressionKind : std::uint8_t { Update, Condition, KeyCondition, Projection };

struct DynamoExpression {
  std::string fault =
      {};  // where the grammar is left: "'==' cannot stand here"; empty: it is sound
  // As written, each once: attributes by their names, wherever they stand in a path; "#name";
  // ":value".
  std::vector<std::string_view> attributes = {}, names = {}, values = {};
  // Of a key condition, the first of each path.
  std::vector<std::string_view> keys = {};
};
// Views of the text.
DynamoExpression dynamo_expression(std::string_view text, ExpressionKind kind);
// What stands at the beginning of an update expression of which the rest is not known: no clause
// of one begins like that.
bool begins_no_clause(std::string_view text);

}  // namespace fnlint
