// Literals for kinds of resources, statements of policies and ARN patterns, which many tables
// contain.

#include "tables/template_rows.h"

#include "tables/generate.h"

#include <algorithm>
#include <array>

namespace fnlint::tables {

namespace {

constexpr std::array<std::string_view, 37> kResourceKinds{"alias",
                                                          "api",
                                                          "broker",
                                                          "bucket",
                                                          "bus",
                                                          "capacity-provider",
                                                          "cluster",
                                                          "code-signing-config",
                                                          "delivery-stream",
                                                          "event-invoke-config",
                                                          "event-source-mapping",
                                                          "function",
                                                          "function-url",
                                                          "layer",
                                                          "layer-permission",
                                                          "log-group",
                                                          "other",
                                                          "parameter",
                                                          "permission",
                                                          "pipe",
                                                          "policy",
                                                          "queue",
                                                          "role",
                                                          "rule",
                                                          "scalable-target",
                                                          "scaling-policy",
                                                          "schedule",
                                                          "secret",
                                                          "stack",
                                                          "state-machine",
                                                          "stream",
                                                          "subscription",
                                                          "table",
                                                          "topic",
                                                          "topic-rule",
                                                          "user-pool",
                                                          "version"};

std::string pascal(std::string_view kebab) {
  std::string out;
  bool upper = true;
  for (const char c : kebab) {
    if (c == '-') {
      upper = true;
    } else {
      out += upper ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  return out;
}

std::string statement_literal(Entry& row, const std::string& id, std::string& definitions) {
  std::vector<std::string> resources = row.texts("resources");
  for (std::string& resource : resources) resource = arn_pattern(resource);
  if (resources.empty()) resources.emplace_back("*");
  std::string text = "KnownStatement{.actions = ";
  const std::vector<std::string> actions = row.texts("actions");
  if (actions.empty()) row.object("a statement needs actions");
  text += list_literal(actions, id + "Actions", definitions);
  text += ", .resources = " + list_literal(resources, id + "Resources", definitions);
  text += ", .conditional = " + literal(row.flag("conditional"));
  text += ", .denies = " + literal(row.flag("denies"));
  text += ", .inverted = " + literal(row.flag("inverted")) + "}";
  row.finish();
  return text;
}

}  // namespace

std::string kind_literal(Entry& row, std::string_view key) {
  static const std::vector<std::string_view> kWords(kResourceKinds.begin(), kResourceKinds.end());
  return "ResourceKind::" + pascal(kWords[row.word(key, kWords)]);
}

std::string invocation_literal(Entry& row, std::string_view key) {
  static const std::vector<std::string_view> kWords{"synchronous", "asynchronous", "polled"};
  return "Invocation::" + pascal(kWords[row.word(key, kWords)]);
}

std::string arn_pattern(const std::string& text) {
  const std::size_t colon = text.find(':');
  const std::size_t brace = text.find('{');
  if (text == "*" || colon == text.npos || brace < colon || text.starts_with("arn:")) return text;
  return "arn:{AWS::Partition}:" + text.substr(0, colon) + ":{AWS::Region}:{AWS::AccountId}" +
         text.substr(colon);
}

std::string statements_literal(Entry& row, std::string_view key, const std::string& id,
                               std::string& definitions) {
  std::string rows;
  std::size_t count = 0;
  for (Entry& statement : row.entries(key)) {
    const std::string name = id + "Statement" + std::to_string(count++);
    rows += "    " + statement_literal(statement, name, definitions) + ",\n";
  }
  if (count == 0) return "{}";
  definitions += "constexpr std::array<KnownStatement, " + std::to_string(count) + "> " + id +
                 "Statements{{\n" + rows + "}};\n";
  return id + "Statements";
}

std::string finder_definition(std::string_view type, std::string_view finder,
                              std::string_view array, std::string_view field) {
  const std::string t(type), a(array), f(field);
  return "const " + t + "* " + std::string(finder) +
         "(std::string_view wanted) {\n  const auto found = std::ranges::lower_bound(" + a +
         ", wanted, {}, &" + t + "::" + f + ");\n  return found != " + a + ".end() && found->" + f +
         " == wanted ? &*found : nullptr;\n}\n";
}

}  // namespace fnlint::tables
