// Looks below a value for holes of the event, and for those fields of the context that differ with
// each invocation.

#include "values/request_data.h"

#include "core/text.h"
#include "values/compute.h"

#include <algorithm>
#include <cctype>
#include <functional>
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
bool is_of_the_request(std::string_view context_path, bool handed) {
  const std::string plain = context_field(context_path);
  constexpr std::string_view kOfRequest[] = {"awsrequestid", "requestid",       "lambdarequestid",
                                             "identity",     "cognitoidentity", "clientcontext"};
  if (std::ranges::find(kOfRequest, plain) != std::end(kOfRequest)) return true;
  constexpr std::string_view kDeadline[] = {"", "deadline", "deadlinems", "remainingtimeinmillis",
                                            "remainingtime"};
  return !handed && std::ranges::find(kDeadline, plain) != std::end(kDeadline);
}

// The partition, service, region or account in an ARN that the event names: the same in all events
// of a source. `event["methodArn"].split(":")[3]`
bool is_of_the_deployment(const ValuePool& pool, ValueId value) {
  if (pool.opcode(value) != Opcode::Index) return false;
  const ValueId parts = pool.operands(value)[0], at = pool.operands(value)[1];
  constexpr std::string_view kSame[] = {"0", "1", "2", "3", "4"};
  if (pool.opcode(parts) != Opcode::Split || !pool.is(at, ValueKind::Number) ||
      std::ranges::find(kSame, pool.text(at)) == std::end(kSame))
    return false;
  const ValueId whole = pool.operands(parts)[0], separator = pool.operands(parts)[1];
  return pool.is(separator, ValueKind::Text) && pool.text(separator) == ":" &&
         pool.is(whole, ValueKind::Hole) && lower(pool.text(whole)).ends_with("arn");
}

class RequestData {
 public:
  // `left_out`: what counts as none of it, whatever it is made of.
  explicit RequestData(const ValuePool& pool, const std::function<bool(ValueId)>& left_out)
      : pool_(pool), left_out_(left_out) {}

  bool is_in(ValueId value, bool handed) {
    const Value& row = pool_[value];
    if (row.kind == ValueKind::Hole) return is_request_hole(pool_, value, handed);
    if (!has_origin(pool_, value, Origin::Event) && !has_origin(pool_, value, Origin::Context))
      return false;
    ValueMemo& others = handed ? handed_ : plain_;
    if (others.find(value) != nullptr || is_of_the_deployment(pool_, value)) return false;
    others.add(value, value);
    if (left_out_ && left_out_(value)) return false;
    for (std::size_t i = 0; i < pool_.operands(value).size(); ++i)
      if (is_in(pool_.operands(value)[i], handed || is_argument(pool_, value, i))) return true;
    return false;
  }

 private:
  const ValuePool& pool_;
  const std::function<bool(ValueId)>& left_out_;
  ValueMemo plain_ = {}, handed_ = {};  // others than the request's
};

}  // namespace

bool is_request_hole(const ValuePool& pool, ValueId hole, bool handed) {
  if (pool[hole].origin != Origin::Context) return pool[hole].origin == Origin::Event;
  return is_of_the_request(pool.text(hole), handed);
}

bool is_request_data(const ValuePool& pool, ValueId value) {
  return is_request_data(pool, value, {});
}

bool is_request_data(const ValuePool& pool, ValueId value,
                     const std::function<bool(ValueId)>& left_out) {
  return value.exists() && RequestData(pool, left_out).is_in(value, false);
}

bool is_argument(const ValuePool& pool, ValueId value, std::size_t operand) {
  if (pool.is(value, ValueKind::Computed)) return pool.opcode(value) == Opcode::Call && operand > 0;
  return pool.is(value, ValueKind::Object) && pool.text(value).find(':') == std::string_view::npos;
}

}  // namespace fnlint
