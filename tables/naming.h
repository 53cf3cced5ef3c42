// Names and selectors in the rows of library models: how they are spelled, expanded and checked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fnlint::tables {

// How SDKs spell an operation: "PutObject" is put_object in boto3, putObject in JavaScript.
std::string snake_case(std::string_view operation);
std::string lower_first(std::string_view operation);
// "Bucket_name" and "bucketName" are "bucketname": how members are compared (tables/models.h).
std::string member_form(std::string_view name);
std::vector<std::string> split(std::string_view text, char separator);
// "{a.{b,c},d}.{e,f}" to a.b.e, a.b.f, a.c.e and so on. Nothing: a brace is not closed.
std::vector<std::string> expand_braces(std::string_view text);

// The grammar of tables/models.h: selectors, lists of them separated by commas, and what a call
// returns (a selector, or "=path" with selectors in braces). Each says what is wrong; empty:
// nothing.
std::string objection_to_selector(std::string_view text);
std::string objection_to_selectors(std::string_view text);
std::string objection_to_arguments(std::string_view text);        // "selector,name=selector,..."
std::string objection_to_named_selectors(std::string_view text);  // "name=selector,..."
std::string objection_to_hooks(std::string_view text);  // "startup=selector when selector is word"
// "selector is word|word"
std::string objection_to_condition(std::string_view text);
std::string objection_to_sinks(std::string_view text);  // "sql=selector when selector is word"
std::string objection_to_returns(std::string_view text);

}  // namespace fnlint::tables
