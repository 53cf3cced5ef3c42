// Visits every field of a function's rows that holds a value.

#include "link/join/moved_values.h"

#include <algorithm>

namespace fnlint {

namespace {

// Each of these names every field of its row, so that a new one does not compile before it is
// thought of here.
class Mover {
 public:
  explicit Mover(ValueTransfer& to) : to_(to) {}

  void move(LambdaFunction& row) {
    auto& [declared, resource, name, language, runtime, resolved, guesses, handler, unresolved,
           lack, looked_for, looked_in, handler_where, event_types, effects, unknown_calls,
           requests, changes, imports, deferred_in_vain, cut, not_followed, handler_problem, called,
           completion, made, left, waits, init_work, work, exits, answers, gives_task,
           called_back_by, wrapper_version, may_leave_loop, made_at_init, sinks, variables_set,
           all_clients, init_values, reads, image_variables, image_known, never_loads, reads_known,
           returns, dropped_returns, left_records, returns_known, safeguards, value_sites, versions,
           demands, code_faults, lost_runs, size, layers, libraries, package, lost_modules,
           around] = row;
    each(effects);
    each(unknown_calls);
    each(requests);
    each(changes);
    each(made);
    each(left);
    each(init_work);
    each(work);
    each(exits);
    each(made_at_init);
    each(sinks);
    each(variables_set);
    each(init_values);
    each(reads);
    each(returns);
    each(dropped_returns);
    each(safeguards);
    each(layers);
  }

 private:
  template <class Row>
  void each(std::vector<Row>& rows) {
    for (Row& row : rows) move(row);
  }
  void move(ValueId& value) { value = to_(value); }
  void move(std::vector<Fact>& facts) {
    for (Fact& fact : facts) move(fact.test);
    std::ranges::sort(facts);
  }

  void move(Effect& row) {
    auto& [operation, target, target_value, key, arguments, chosen_key, chosen_arguments, rounds,
           holds, uncertainty, flags, receiver, object, object_lasts, key_lasts, library, result,
           members_whole, parameters, entries, permission, missing_action, missing_on, order,
           lost_in, taken_away_by, lost_on_purpose, lost_unseen, unchecked, error_asked, ends_loop,
           missing_used, misread, never_by, where, path] = row;
    for (ValueId* value : {&target_value, &key, &arguments, &chosen_key, &chosen_arguments, &rounds,
                           &object, &result})
      move(*value);
    move(holds);
  }
  void move(StateChange& row) {
    auto& [how, place, key, value, initial, holds_client, of_logger, library, name, holds,
           unsettled, of_request, left, read_by_pending, read_before, found_new, flags, uncertainty,
           order, where, path] = row;
    for (ValueId* one : {&place, &key, &value, &initial}) move(*one);
    move(holds);
  }
  void move(CodeCall& row) {
    auto& [phase, closing, library, operation, name, value, key, arguments, rounds, holds,
           uncertainty, flags, left_at, target, permission, missing_action, where, path,
           of_handler] = row;
    for (ValueId* one : {&value, &key, &arguments, &rounds}) move(*one);
    move(holds);
  }
  void move(Safeguard& row) {
    auto& [library, told, layer, arguments, table, missing_rights, uncertainty, by_library, holds,
           where, called, path] = row;
    for (ValueId* value : {&told, &layer, &arguments}) move(*value);
    move(holds);
  }
  void move(InputRead& row) {
    auto& [phase, value, absence_expected, given_by_code, holds, uncertainty, flags, where, path,
           left_at, null_used] = row;
    move(value);
    move(holds);
  }
  void move(ReturnedValue& row) {
    auto& [value, holds, uncertainty, beside_error, where, unserializable, goes_on_after,
           skips_rest_of, behind_caught_rounds, never_by] = row;
    move(value);
    move(holds);
  }
  void move(InitValue& row) {
    auto& [origin, name, value, read_later, where, path] = row;
    move(value);
  }
  void move(LayerUse& row) {
    auto& [layer, value, size, package] = row;
    move(value);
  }

  ValueTransfer& to_;
};

}  // namespace

void move_values(LambdaFunction& function, ValueTransfer& to) { Mover(to).move(function); }

}  // namespace fnlint
