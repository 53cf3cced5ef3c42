#include "values/request_data.h"

#include "core/text.h"
#include "values/compute.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <string_view>

namespace fnlint {

std::string context_field(std::string_view path) {
  const std::string_view first = path.substr(0, path.find('.'));
  std::string name;
  for (const char letter : first)
    if (letter != '_') name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  return name.starts_with("get") ? name.substr(3) : name;
}

namespace {

// All else of a context is of the environment, or was put there by the project's own middleware.
bool is_of_the_request(std::string_view context_path) {
  const std::string plain = context_field(context_path);
  constexpr std::string_view kOfRequest[] = {
      "",           "awsrequestid",          "requestid",     "lambdarequestid",
      "identity",   "cognitoidentity",       "clientcontext", "deadline",
      "deadlinems", "remainingtimeinmillis", "remainingtime"};
  return std::ranges::find(kOfRequest, plain) != std::end(kOfRequest);
}

// The partition, service, region or account in an ARN that the event names: the same in all events
// of a source. `event["methodArn"].split(":")[3]`
bool is_of_the_deployment(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Computed) || pool.text(value) != "index") return false;
  const ValueId parts = pool.operands(value)[0], at = pool.operands(value)[1];
  constexpr std::string_view kSame[] = {"0", "1", "2", "3", "4"};
  if (!pool.is(parts, ValueKind::Computed) || pool.text(parts) != "split" ||
      !pool.is(at, ValueKind::Number) ||
      std::ranges::find(kSame, pool.text(at)) == std::end(kSame))
    return false;
  const ValueId whole = pool.operands(parts)[0], separator = pool.operands(parts)[1];
  return pool.is(separator, ValueKind::Text) && pool.text(separator) == ":" &&
         pool.is(whole, ValueKind::Hole) && lower(pool.text(whole)).ends_with("arn");
}

bool is_of_a_request(const ValuePool& pool, ValueId value, ValueMemo& others) {
  const Value& row = pool[value];
  if (row.kind == ValueKind::Hole)
    return row.origin == Origin::Event ||
           (row.origin == Origin::Context && is_of_the_request(pool.text(value)));
  if (!has_origin(pool, value, Origin::Event) && !has_origin(pool, value, Origin::Context))
    return false;
  if (others.find(value) != nullptr || is_of_the_deployment(pool, value)) return false;
  others.add(value, value);
  return std::ranges::any_of(pool.operands(value), [&](ValueId below) {
    return is_of_a_request(pool, below, others);
  });
}

}  // namespace

bool is_request_data(const ValuePool& pool, ValueId value) {
  ValueMemo others;
  return value.exists() && is_of_a_request(pool, value, others);
}

}  // namespace fnlint
