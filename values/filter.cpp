// Matches the notifications of S3: the type of the event, then the key's prefix and suffix.

#include "values/filter.h"

#include "values/answers.h"
#include "values/functions.h"
#include "values/question.h"

namespace fnlint {
namespace {

std::string_view without_service(std::string_view event_type) {
  return event_type.substr(event_type.starts_with("s3:") ? 3 : 0);
}

// "ObjectCreated:*" takes its whole family; what was sent may itself be a family.
Answer takes_type(std::string_view wanted, std::string_view sent) {
  wanted = without_service(wanted);
  sent = without_service(sent);
  if (wanted == sent || wanted == "*") return Answer::Yes;
  const auto family = [](std::string_view type) { return type.substr(0, type.find(':')); };
  if (family(wanted) != family(sent)) return Answer::No;
  if (wanted.ends_with(":*")) return Answer::Yes;
  return sent.ends_with(":*") ? Answer::Unknown : Answer::No;
}

Answer takes_any_type(const ValuePool& pool, ValueId events, std::string_view sent) {
  if (pool.is(events, ValueKind::Absent) || pool.is(events, ValueKind::Null)) return Answer::Yes;
  const bool is_list = pool.is(events, ValueKind::List);
  const auto wanted = is_list ? pool.operands(events) : Operands(&events, 1);
  Answer answer = is_list && pool[events].ref != 0 ? Answer::Unknown : Answer::No;
  for (const ValueId one : wanted) {
    const std::optional<std::string_view> type = as_text(pool, one);
    answer = either_of(answer, type ? takes_type(*type, sent) : Answer::Unknown);
  }
  return answer;
}

Answer ends_as(ValuePool& pool, std::string_view question, ValueId key, ValueId end) {
  if (pool.is(end, ValueKind::Absent) || pool.is(end, ValueKind::Null)) return Answer::Yes;
  if (is_text(pool, end) && pool.text(end).empty()) return Answer::Yes;
  return key.exists() ? truth(pool, call(pool, question, {key, end})) : Answer::Unknown;
}

}  // namespace

Answer matches_notification(ValuePool& pool, ValueId filter, std::string_view event_type,
                            ValueId key) {
  filter = finished(pool, filter);
  key = finished(pool, key);
  const Answer type = takes_any_type(pool, member(pool, filter, "events"), event_type);
  if (type == Answer::No) return type;
  const Answer prefix = ends_as(pool, "starts_with", key, member(pool, filter, "prefix"));
  const Answer suffix = ends_as(pool, "ends_with", key, member(pool, filter, "suffix"));
  return both_of(type, both_of(prefix, suffix));
}

}  // namespace fnlint
