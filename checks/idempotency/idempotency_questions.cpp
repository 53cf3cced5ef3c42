// What requests by POST are for: those that change nothing, as their body says, and those of which
// it is plain that a second one does something again.

#include "checks/idempotency/idempotency_view.h"
#include "checks/view/call_name.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/known.h"
#include "values/whole_text.h"

#include <re2/re2.h>

#include <algorithm>

namespace fnlint {

namespace {

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

// What measures the sender's own program: one more changes nobody's data.
bool is_measurement(std::string_view address) {
  static const RE2 kMeasures(R"((?i)metric|telemetry|analytics|usage|statsd|/track\b|/collect\b)");
  return RE2::PartialMatch(address, kMeasures);
}

// What a request of that name does stays done, or is none: settings, checks, computations, reads.
bool is_settled_by_name(std::string_view address) {
  static const RE2 kSettles(
      "(?i)(^|[/_.:-])"
      "(completion|cancel|update|upsert|set|put|delete|remove|invalidate|reset|enable|disable|"
      "refresh|sync|"
      "validate|verify|check|predict|infer|classify|analy[sz]e|embed|translate|lookup|expand|"
      "login|auth|sign-?in|session|"
      "search|quer(y|ies)|export|download|fetch|retrieve|convert|calculat|estimat|preview)"
      "[a-z]*(/|$)");
  return RE2::PartialMatch(address.substr(0, address.find('?')), kSettles);
}

// Services that compute an answer and keep nothing, models above all.
bool is_of_computer(std::string_view address) {
  static const RE2 kComputes(
      R"((?i)https?://([\w-]+\.)*(anthropic|openai|cohere|mistral|groq|replicate|huggingface|deepl|perplexity|together|deepseek|stability|elevenlabs|assemblyai|deepgram)\.(com|ai|co|net|xyz)([:/]|$)|generativelanguage\.googleapis|openrouter\.ai|\.openai\.azure\.com)");
  return RE2::PartialMatch(address, kComputes);
}

// Orders, messages and payments, by the name of the address or of the variable that has it.
bool is_for_somebody(std::string_view address) {
  static const RE2 kReaches(
      "(?i)slack|hook|discord|teams|telegram|whatsapp|twilio|sms|mail|noti(fy|fication)|alert|"
      "message|send|pay|charge|refund|transfer|order|invoice|create|submit|publish|_doc\\b|book");
  return RE2::PartialMatch(address, kReaches);
}

// What a mutation of GraphQL is called is all that is known of what it does.
bool adds_by_mutation(std::string_view query) {
  static const RE2 kAdds(
      R"((?i)\bmutation\b[^{]*\{\s*(create|add|send|insert|post|place|charge|pay)\w*)");
  return RE2::PartialMatch(query, kAdds);
}

// What its members say takes the place of what was there.
bool is_patch(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  if (operation.repeat != Repeat::ByMethod)  // "http.PatchWithBody"
    return operation.service == "http" && operation.id.find("Patch") != operation.id.npos;
  const std::vector<std::string> methods = statements_of(pool, operation, effect);
  return methods.size() == 1 && lower(methods.front()) == "patch";
}

// AppSync's address of an API in the templates: what a mutation there does, its resolvers know.
bool is_of_own_api(std::string_view address) {
  return address.find("GraphQLUrl") != address.npos || address.find("appsync-api") != address.npos;
}

// A message to people, as chats take it.
bool is_message(const ValuePool& pool, ValueId record) {
  const auto has = [&](std::string_view name) { return entry_of(pool, record, name).exists(); };
  return has("blocks") || has("attachments") || has("embeds") || (has("text") && !has("query"));
}

bool asks_in_record(const ValuePool& pool, ValueId record) {
  if (entry_of(pool, record, "grant_type").exists()) return true;
  if (entry_of(pool, record, "jsonrpc").exists())
    return is_reading_method(literal_beginning(pool, entry_of(pool, record, "method")));
  return is_reading_query(literal_beginning(pool, entry_of(pool, record, "query")));
}

}  // namespace

bool only_asks(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  if (!is_request(operation)) return false;
  const std::string_view ending = literal_ending(pool, effect.target_value);
  if (std::ranges::any_of(known::asking_paths(),
                          [&](std::string_view one) { return ending.ends_with(one); }))
    return true;
  bool asks = false;
  if (effect.arguments.exists())
    for_each_below(pool, effect.arguments, [&](ValueId id) {
      asks = asks || asks_in_record(pool, id) ||
             (pool.is(id, ValueKind::Text) && asks_in_text(pool.text(id)));
    });
  return asks;
}

bool writes_under_id(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  static const RE2 kDocument(R"([^?]*/_(doc|create)/[^/?]+(\?.*)?)");
  if (!is_request(operation) || is_fresh(pool, effect.target_value)) return false;
  const std::vector<std::string> addresses = whole_texts(pool, effect.target_value);
  return !addresses.empty() && std::ranges::all_of(addresses, [](const std::string& address) {
    return RE2::FullMatch(address, kDocument);
  });
}

bool is_clear_request(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  if (!is_request(operation)) return true;
  const std::string address =
      effect.target_value.exists() ? whole_words(pool, effect.target_value) : std::string();
  if (is_patch(pool, operation, effect) || is_of_own_api(address)) return false;
  bool queries = address.find("graphql") != std::string::npos, adds = false, tells = false;
  if (effect.arguments.exists())
    for_each_below(pool, effect.arguments, [&](ValueId id) {
      const std::string_view query = literal_beginning(pool, entry_of(pool, id, "query"));
      queries = queries || query.find("mutation") != query.npos;
      adds = adds || adds_by_mutation(query);
      tells = tells || is_message(pool, id) ||
              is_for_somebody(literal_beginning(pool, entry_of(pool, id, "method")));
    });
  if (queries) return adds;
  if (is_measurement(address) || is_of_computer(address)) return false;
  if (tells) return true;
  return !is_settled_by_name(address) && is_for_somebody(address);
}

// By what is sent alone: what an address is called is no more than a sign of it.
bool tells_what_it_adds(const ValuePool& pool, const Operation& operation, const Effect& effect) {
  if (!is_request(operation)) return true;
  bool tells = false;
  if (effect.arguments.exists())
    for_each_below(pool, effect.arguments, [&](ValueId id) {
      tells = tells || is_message(pool, id) ||
              is_for_somebody(literal_beginning(pool, entry_of(pool, id, "method"))) ||
              adds_by_mutation(literal_beginning(pool, entry_of(pool, id, "query")));
    });
  return tells;
}

}  // namespace fnlint
