// What an invocation puts into the headers of a session or the fields of a logger, every later call
// of that object sends or writes, whoever it is made for.

#include "checks/state/state_sent.h"

#include "checks/state/state_loggers.h"
#include "checks/state/state_resets.h"
#include "checks/state/state_view.h"
#include "checks/view/call_name.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "tables/models.h"

#include <algorithm>
#include <string>
#include <vector>

namespace fnlint {

namespace {

// The path of a library's object or module; empty: it is none.
std::string library_path(const ValuePool& pool, ValueId value) {
  if (!value.exists()) return {};
  const bool is_made = pool.is(value, ValueKind::Object);
  const bool is_module = pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Library;
  if (pool.is(value, ValueKind::OneOf))
    for (const ValueId one : pool.operands(value))
      if (std::string path = library_path(pool, one); !path.empty()) return path;
  return is_made || is_module ? std::string(pool.text(value)) : std::string();
}

// The names on the way from the root of a place to itself.
std::vector<std::string_view> names_of(const ValuePool& pool, ValueId place) {
  std::vector<std::string_view> names;
  for (; pool.is(place, ValueKind::Computed) && !pool.operands(place).empty();
       place = pool.operands(place)[0])
    names.push_back(pool.opcode(place) == Opcode::Member ? pool.text(pool.operands(place)[1])
                                                         : std::string_view());
  std::ranges::reverse(names);
  return names;
}

// Whether a place is a part that is sent, or stands in one.
bool is_sent(const ValuePool& pool, const StateChange& change) {
  const std::string object =
      library_path(pool, change.initial.exists() ? change.initial : base_of(pool, change.place));
  if (object.empty() || object.find(':') != object.npos) return false;
  const std::vector<std::string_view> names = names_of(pool, change.place);
  return std::ranges::any_of(names, [&](std::string_view name) {
    const LibraryModel* row =
        name.empty() ? nullptr : find_library_model(Language::Unknown, cat(object, '.', name));
    return row != nullptr && row->sent;
  });
}

// Something of the same function takes it out again.
bool is_taken_out(const ValuePool& pool, const LambdaFunction& function,
                  const StateChange& change) {
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    if (&other == &change || !mentions(pool, change.place, other.place)) return false;
    return other.how == StoreKind::Remove || other.how == StoreKind::Clear ||
           other.how == StoreKind::Delete ||
           (other.order > change.order && !holds_request_data(pool, other.value));
  });
}

// Nothing is asked of another service but where this was set before.
bool is_before_requests(const LambdaFunction& function, const StateChange& change) {
  bool asks = false;
  for (const std::vector<Effect>* list : {&function.effects, &function.unknown_calls})
    for (const Effect& effect : *list) {
      if (!is_request(operations()[effect.operation])) continue;
      asks = true;
      for (const Fact& fact : change.holds)
        if (std::ranges::find(effect.holds, fact) == effect.holds.end()) return false;
    }
  return asks;
}

bool sets_always(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  const bool whole = change.how == StoreKind::Update && is_unconditional(pool, change) &&
                     pool.is(change.value, ValueKind::Record);
  return whole || is_replaced_first(pool, function, change);
}

}  // namespace

std::optional<StateVerdict> judge_sent(const ValuePool& pool, const LambdaFunction& function,
                                       const StateChange& change) {
  if (!is_sent(pool, change) || !holds_request_data(pool, change.value)) return std::nullopt;
  const bool is_logger = class_of(pool, change.initial) == LibraryClass::Logger;
  if (is_taken_out(pool, function, change)) return StateVerdict::Fine;
  if (sets_always(pool, function, change) || is_before_requests(function, change))
    return is_logger ? StateVerdict::Fine : StateVerdict::RequestDataReplaced;
  return StateVerdict::RequestData;
}

}  // namespace fnlint
