#include "values/request_data.h"

#include "values/compute.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <string_view>

namespace fnlint {

namespace {

// However a language spells it: aws_request_id, awsRequestId, getAwsRequestId, AwsRequestId. All
// else of a context is of the environment, or was put there by the project's own middleware.
bool is_of_the_request(std::string_view context_path) {
  const std::string_view first = context_path.substr(0, context_path.find('.'));
  std::string name;
  for (const char letter : first)
    if (letter != '_') name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  std::string_view plain = name;
  if (plain.starts_with("get")) plain.remove_prefix(3);
  constexpr std::string_view kOfRequest[] = {
      "",           "awsrequestid",          "requestid",     "lambdarequestid",
      "identity",   "cognitoidentity",       "clientcontext", "deadline",
      "deadlinems", "remainingtimeinmillis", "remainingtime"};
  return std::ranges::find(kOfRequest, plain) != std::end(kOfRequest);
}

}  // namespace

bool is_request_data(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return false;
  if (has_origin(pool, value, Origin::Event)) return true;
  if (!has_origin(pool, value, Origin::Context)) return false;
  bool found = false;
  for_each_below(pool, value, [&](ValueId id) {
    const Value& row = pool[id];
    found = found || (row.kind == ValueKind::Hole && row.origin == Origin::Context &&
                      is_of_the_request(pool.text(id)));
  });
  return found;
}

}  // namespace fnlint
