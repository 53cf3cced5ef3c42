// Recognises loggers and their keys, and the resets, middleware options and unconditional
// assignments that keep a key from staying.

#include "checks/state/state_loggers.h"

#include "checks/state/state_view.h"
#include "checks/view/project_view.h"
#include "tables/models.h"
#include "values/request_data.h"
#include "values/sites.h"
#include "values/yes_no.h"

#include <algorithm>

namespace fnlint {

namespace {

// What a layer around the handler was told of removing keys; an option whose value is not known is
// there to remove them.
bool clears(const ValuePool& pool, ValueId told) {
  const ValueId option = entry_of(pool, told, "clears");
  return option.exists() && !is_no(pool, option);
}

bool is_cleared_by_layer(const ValuePool& pool, const LambdaFunction& function,
                         const StateChange& change) {
  const bool around = std::ranges::any_of(change.holds, [&](const Fact& fact) {
    return pool.opcode(fact.test) == Opcode::Guarded && clears(pool, pool.operands(fact.test)[1]);
  });
  // Middleware stands beside such a layer.
  return around || std::ranges::any_of(function.safeguards, [&](const Safeguard& guard) {
           return library_models()[guard.library].guard == "log-context" &&
                  clears(pool, guard.told);
         });
}

// One logger has many names: what was handed to an object that keeps it is made by the same call.
bool is_same_logger(const ValuePool& pool, const StateChange& one, const StateChange& other) {
  if (one.place == other.place) return true;
  const auto is_made = [&](ValueId value) {
    return value.exists() && pool.is(value, ValueKind::Object) && pool[value].ref < kOutsideSite;
  };
  return is_made(one.initial) && is_made(other.initial) && pool[one.initial].ref == pool[other.initial].ref &&
         pool.text(one.initial) == pool.text(other.initial);
}

bool depends_on_request(const ValuePool& pool, const StateChange& change) {
  return std::ranges::any_of(change.holds,
                             [&](const Fact& fact) { return is_request_data(pool, fact.test); });
}

// All that comes to its end has met what must hold for it: who does not ends with an error.
bool is_set_by_all(const ValuePool& pool, const LambdaFunction& function,
                   const StateChange& change) {
  return !function.returns.empty() &&
         std::ranges::all_of(function.returns, [&](const ReturnedValue& returned) {
           return std::ranges::all_of(change.holds, [&](const Fact& fact) {
             return !is_request_data(pool, fact.test) ||
                    std::ranges::find(returned.holds, fact) != returned.holds.end();
           });
         });
}

}  // namespace

bool is_of_logger(const ValuePool& pool, const StateChange& change) {
  if (change.of_logger || class_of(pool, change.initial) == LibraryClass::Logger) return true;
  if (change.library == UINT32_MAX) return false;
  const std::string_view method = library_models()[change.library].path;
  return library_class(method.substr(0, method.rfind('.'))) == LibraryClass::Logger;
}

bool is_left_log_key(const ValuePool& pool, const LambdaFunction& function,
                     const StateChange& change) {
  const bool sets_one =
      change.how == StoreKind::Update || (change.of_logger && change.how == StoreKind::PutKey);
  if (!is_of_logger(pool, change) || !sets_one || is_set_by_all(pool, function, change) ||
      !is_request_data(pool, change.value))
    return false;
  if (!depends_on_request(pool, change) || is_cleared_by_layer(pool, function, change))
    return false;
  return std::ranges::none_of(function.changes, [&](const StateChange& other) {
    return other.how == StoreKind::Clear && is_same_logger(pool, other, change);
  });
}

bool is_left_logger(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change) {
  if (class_of(pool, change.initial) != LibraryClass::Logger || change.how != StoreKind::Assign ||
      !holds_request_data(pool, change.value) || !depends_on_request(pool, change))
    return false;
  return std::ranges::none_of(function.changes, [&](const StateChange& other) {
    return other.place == change.place && other.how == StoreKind::Assign &&
           !holds_request_data(pool, other.value);
  });
}

}  // namespace fnlint
