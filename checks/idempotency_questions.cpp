// Requests by POST that change nothing: what they ask stands in their body.

#include "checks/idempotency_view.h"
#include "checks/project_view.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint {

namespace {

// OAuth's tokens; searches of OpenSearch, Elasticsearch and others.
constexpr std::string_view kAskingPaths[] = {"/token",  "/_search", "/_msearch",  "/_count",
                                             "/_mget",  "/search",  ":search",    "/query",
                                             ":runQuery", ":batchGet", "/batchGet"};

// The last of a text that is literal, without a query.
std::string_view literal_ending(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return {};
  if (pool.is(value, ValueKind::Pattern) && !pool.operands(value).empty())
    value = pool.operands(value).back();
  if (!pool.is(value, ValueKind::Text)) return {};
  const std::string_view text = pool.text(value);
  return text.substr(0, text.find('?'));
}

// The text itself, or the literal that it begins with.
std::string_view literal_beginning(const ValuePool& pool, ValueId value) {
  if (value.exists() && pool.is(value, ValueKind::Pattern) && !pool.operands(value).empty())
    value = pool.operands(value).front();
  return value.exists() && pool.is(value, ValueKind::Text) ? pool.text(value) : std::string_view();
}

// Methods of JSON-RPC: of Ethereum's nodes all that neither send nor sign, else what is named so.
bool is_reading_method(std::string_view method) {
  static const RE2 kNodes("(eth|net|web3|txpool|debug|trace)_[a-zA-Z]+"),
      kChanges("_(send|sign|submit|set|new|uninstall|start|stop)"),
      kReads("(?i)(.*[._])?(get|list|find|search|query|fetch|read|describe|count)[a-z]*");
  return RE2::FullMatch(method, kReads) ||
         (RE2::FullMatch(method, kNodes) && !RE2::PartialMatch(method, kChanges));
}

// A query of GraphQL, or of a database that takes them by POST.
bool is_reading_query(std::string_view text) {
  static const RE2 kReads(R"((?is)^\s*(#[^\n]*\n\s*)*(\{|query\b|fragment\b|select\s))"),
      kChanges(R"((?i)\b(mutation|subscription)\b\s*[\w({])");
  return RE2::PartialMatch(text, kReads) && !RE2::PartialMatch(text, kChanges);
}

// A body that is a literal text.
bool asks_in_text(std::string_view text) {
  static const RE2 kMethod(R"re("method"\s*:\s*"([^"]+)")re");
  if (text.find("grant_type=") != text.npos) return true;
  std::string method;
  return text.find("\"jsonrpc\"") != text.npos && RE2::PartialMatch(text, kMethod, &method) &&
         is_reading_method(method);
}

bool asks_in_record(const ValuePool& pool, ValueId record) {
  if (entry_of(pool, record, "grant_type").exists()) return true;
  if (entry_of(pool, record, "jsonrpc").exists())
    return is_reading_method(literal_beginning(pool, entry_of(pool, record, "method")));
  return is_reading_query(literal_beginning(pool, entry_of(pool, record, "query")));
}

}  // namespace

bool only_asks(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  if (operation.service != "http") return false;
  const std::string_view ending = literal_ending(pool, effect.target_value);
  if (std::ranges::any_of(kAskingPaths, [&](std::string_view one) { return ending.ends_with(one); }))
    return true;
  bool asks = false;
  if (effect.arguments.exists())
    for_each_below(pool, effect.arguments, [&](ValueId id) {
      asks = asks || asks_in_record(pool, id) ||
             (pool.is(id, ValueKind::Text) && asks_in_text(pool.text(id)));
    });
  return asks;
}

}  // namespace fnlint
