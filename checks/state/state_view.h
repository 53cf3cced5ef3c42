#pragma once

#include "checks/view/finding_builder.h"
#include "model/project.h"
#include "values/places.h"
#include "values/value_memo.h"

namespace fnlint {

// Questions that the checks of state ask of a change.

// Whether a value stands anywhere in another.
bool mentions(const ValuePool& pool, ValueId value, ValueId wanted);
// An entry of a map whose key is known.
bool has_fixed_key(const ValuePool& pool, const StateChange& change);
// Whether `other` gives another value to what is changed, or to what that is a part of: to a
// variable, a field, an entry of a map (`STATE["rows"] = []`).
bool is_set_by(const ValuePool& pool, const StateChange& change, const StateChange& other);
// ... to just that.
bool is_itself_set_by(const ValuePool& pool, const StateChange& change, const StateChange& other);
// Whether the field that a place is stands in a test. Of an object that is not the handler's own, a
// field is known by its class: "Cache.items".
bool mentions_field(const ValuePool& pool, ValueId test, ValueId place);
// The same of one value and many places.
class Mentioned {
 public:
  Mentioned(const ValuePool& pool, ValueId value);
  [[nodiscard]] bool has(ValueId place) const;  // the place, or the field that it is

 private:
  const ValuePool& pool_;
  ValueMemo below_;
  std::vector<std::string_view> fields_ = {};
};
// Set on an object that a library made: what it means is the library's.
bool is_part_of_library(const ValuePool& pool, const StateChange& change);
// The same of one that an invocation keeps in a variable: `client = client ?? google.calendar()`.
bool is_part_of_kept_library(const ValuePool& pool, const LambdaFunction& function,
                             const StateChange& change);
// Changed only where a test of the same state (or of the clock) says so: a lazy singleton, a cache
// that expires.
bool is_guarded_by_itself(const ValuePool& pool, const StateChange& change);
// Changed where the same test lets another place be set that it asks for: what a lazy value brings
// along, what is put in order once.
bool is_brought_by_guarded(const ValuePool& pool, const LambdaFunction& function,
                           const StateChange& change);
// Made to be shared: clients, pools, loggers, compiled expressions, caches with a bound.
bool is_shared_by_design(const ValuePool& pool, const StateChange& change);
// A part of the variables of the process.
bool is_environment(const ValuePool& pool, ValueId place);
// The name of such a variable that is set; no id: it is not known.
ValueId variable_set_by(const ValuePool& pool, const StateChange& change);
// Such a variable is set to what it was and more: `PATH = PATH + ":/opt/bin"`.
bool adds_to_variable(const ValuePool& pool, const StateChange& change);
// Whether a value takes ever new values with the requests: not what an event tells of its source or
// kind alone.
bool is_of_many_values(const ValuePool& pool, ValueId value);
// The content of a file that is deployed with the code, or what a module there gives: of a request
// is at most which one.
bool is_content_of_package(const ValuePool& pool, ValueId value);
// What a server says of itself in a header of its answer to the code's own call: limits, times.
bool is_told_beside_answer(const ValuePool& pool, ValueId value);
// Whether data of a request itself stands in a value: how much of it there was is a count.
bool holds_request_data(const ValuePool& pool, ValueId value);
// Whether that is more than what names the source or the kind of a request, as the host that an API
// is called by does.
bool holds_callers_data(const ValuePool& pool, ValueId value);
// Whether an entry of a map is set, also to what is made of the one before.
bool puts_entry(const StateChange& change);
// The finding of a change: where it is, and the way there from the handler.
FindingBuilder finding_at(const ValuePool& pool, std::string_view rule,
                          const LambdaFunction& function, const StateChange& change);

// A variable of the process that the function's own code sets: it outlives the invocation.
bool is_own_variable(const ValuePool& pool, const LambdaFunction& function, ValueId value);

}  // namespace fnlint
