// What a call is given, does and gives.
#pragma once

#include "flow/state/facts.h"
#include "flow/state/project_object.h"
#include "flow/syntax/program.h"
#include "model/summary.h"
#include "values/compute.h"
#include "values/pool.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fnlint {

// What a call is given.
struct CallInput {
  ValueId callee = {};
  ValueId arguments = {};  // Record: "0", "1", ... and names
  ValueId places =
      {};  // Record, parallel names: where an argument's object lives, where that outlives the call
  ValueId receiver_place = {};
  CallMode mode{};
  CallSite at = {};
  bool in_init = false;  // stands in a module's initialiser
  FunctionId from = {};  // the function of `at` in which it stands
  bool by_runtime = false;  // for an event: it has these arguments each time
  bool in_event = false;  // by what the runtime calls: no caller is left that may be an initialiser
};
// A change of an object that the caller may hold: of the receiver, or of an argument.
struct Update {
  bool into_receiver = true;
  std::string argument = {};
  StoreKind how{};
  ValueId key = {}, value = {};
};
// What a call does and gives. `steps` are in the caller's terms.
struct CallResult {
  ValueId value = {};
  std::vector<Step> steps = {};
  std::vector<Update> changes = {};
  ValueId place = {};    // of the value, where that lives longer than the call
  ValueId invoked = {};  // what the callbacks that it ran gave
  FactSet on_return = {};
  std::vector<ValueId> sets = {};  // variables and fields that are assigned when it returns
  bool returns = true;
  bool understood = true;  // false: nothing is known of the callee
  bool returns_receiver = false;  // the value is the receiver, changed
  bool task = false;       // the value must be awaited, or work is left running
  FactSet task_holds = {};  // hold if any is
  // The call leaves something running that its value is not awaited for: the row that says so.
  std::uint32_t started = UINT32_MAX;
  bool told_by_callback = false;  // `started`: a callback is told of the end
  bool guessed_task = false;      // a task by the method's name alone
  bool task_of_callback = false;  // a callback's own, beside the one that it follows
  // The value is a list of tasks, which nobody waits for by waiting for the list: the row.
  std::uint32_t task_list = UINT32_MAX;
  std::vector<ValueId> asked = {}, needed = {};  // given values: may be missing, must be there
};

// What the walk of one function's body comes to.
struct BodyResult {
  Summary summary = {};
  std::vector<std::pair<VariableId, ValueId>> variables = {};  // at the end of the body
  ValueId place = {};  // where what it returns lives, if that is longer than the call
};

// The name under which a bound method captures its receiver.
inline constexpr std::string_view kThis = "<this>";
// A function of the project with the object that it is called of.
ValueId with_this(ValuePool& pool, ValueId function, ValueId object);

// A method that is called, by its receiver and name: kept apart from the member, which for an
// event's field is a path.
ValueId method_value(ValuePool& pool, ValueId receiver, ValueId name);
// A receiver as the base class has it, in a method of this class.
ValueId super_of(ValuePool& pool, ValueId receiver, ProjectObject type);
// What a call that waits for its callee gives.
ValueId given_by(ValuePool& pool, const CallInput& call);
// That it has come back.
ValueId returned_test(ValuePool& pool, const CallInput& call);
// What holds once a call has come back; false: it never does.
ValueId promise_of(ValuePool& pool, const CallResult& outcome);
// A call that is kept until its callee, or what it depends on, is known.
CallResult unknown_call(ValuePool& pool, const CallInput& call);
// The value with what stands in its leaves; one that is none stays so.
ValueId substituted(ValuePool& pool, ValueId value, const Substitution& substitution);
// Whether a value could still turn into something of the project once it is substituted.
bool is_open(const ValuePool& pool, ValueId value);
// Nothing is known of it, and no caller will tell more.
bool is_unsettled(const ValuePool& pool, ValueId value);
// A value with the declared type that says what it is where nothing else does.
inline constexpr std::string_view kDeclared = "declared";

bool is_method(const ValuePool& pool, ValueId callee);
// Whether a method of functions calls them with a receiver that it is given: `f.call(object, a)`,
// `f.apply(object, [a])`.
bool hands_receiver(Language language, std::string_view method);
// Whether it is a receiver as its base class has it.
bool is_super(const ValuePool& pool, ValueId value);

// The place of a positional argument in a record of arguments: of "0", "1", ... None: it is named.
std::optional<std::size_t> position_of(std::string_view name);

// The position of the parameter that a hole stands for: its text is "0:name".
std::size_t position_of_hole(std::string_view text);

}  // namespace fnlint
