// Matches each change of kept state with other changes of the same place that replace, empty or
// restore it, by place, order and path condition.

#include "checks/state/state_resets.h"

#include "checks/state/state_view.h"
#include "checks/view/project_view.h"
#include "values/compute.h"
#include "values/functions.h"
#include "values/request_data.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace fnlint {

namespace {

// A list or map without entries, nothing, the first none of a list (`rows[:0]`); a library's
// container is new.
bool is_empty_container(const ValuePool& pool, ValueId id) {
  if (!id.exists()) return false;
  const Value& value = pool[id];
  const auto operands = pool.operands(id);
  if (value.kind == ValueKind::OneOf)
    return std::ranges::all_of(operands,
                               [&](ValueId one) { return is_empty_container(pool, one); });
  if (value.kind == ValueKind::Computed)
    return pool.opcode(id) == Opcode::Part && operands.size() > 2 &&
           pool.is(operands[2], ValueKind::Number) && pool.text(operands[2]) == "0";
  if (value.kind == ValueKind::Object) return class_of(pool, id) == LibraryClass::Container;
  const bool container = value.kind == ValueKind::List || value.kind == ValueKind::Record;
  return value.kind == ValueKind::Null || value.kind == ValueKind::Absent ||
         (container && value.operands.count == 0);
}

bool is_plain_value(const ValuePool& pool, ValueId value) {
  switch (pool[value].kind) {
    case ValueKind::List:
    case ValueKind::Record:
    case ValueKind::Null:
    case ValueKind::Absent:
    case ValueKind::Text:
    case ValueKind::Number:
    case ValueKind::Bool: return true;
    default: return is_empty_container(pool, value);
  }
}

// Each of its keys is taken out: `for (const key of Object.keys(rows)) delete rows[key]`. That the
// loop has something to go over is no condition.
bool takes_out_all(const ValuePool& pool, const StateChange& change) {
  if (change.how != StoreKind::Remove || !change.key.exists() || (change.flags & kInLoop) == 0)
    return false;
  const bool always = std::ranges::all_of(change.holds, [&](const Fact& fact) {
    return fact.holds && pool.opcode(fact.test) == Opcode::HasItems;
  });
  if (!always) return false;
  bool of_keys = false;
  for_each_below(pool, change.key, [&](ValueId id) {
    of_keys = of_keys || (pool.is(id, ValueKind::Computed) &&
                          (pool.opcode(id) == Opcode::Keys || pool.opcode(id) == Opcode::Element));
  });
  return of_keys && !is_request_data(pool, change.key);
}

// The place, its size, or, in a method of the object that it is a field of, the field.
bool is_place_or_size(const ValuePool& pool, ValueId one, ValueId place) {
  if (one == place) return true;
  const Opcode opcode = pool.opcode(one);
  // A field whose type is not known may be no list: its `length` is a member.
  const bool is_size = opcode == Opcode::Length ||
                       (opcode == Opcode::Member && pool.text(pool.operands(one)[1]) == "length");
  if (is_size) return is_place_or_size(pool, pool.operands(one)[0], place);
  return pool.is(one, ValueKind::Hole) && mentions_field(pool, one, place);
}

// A list or map, or its size, as far as it is known where the test stands.
bool is_container_or_size(const ValuePool& pool, ValueId one, bool may_be_empty) {
  if (pool.opcode(one) == Opcode::Length)
    return is_container_or_size(pool, pool.operands(one)[0], may_be_empty);
  const bool is_container = pool.is(one, ValueKind::List) || pool.is(one, ValueKind::Record);
  if (is_container && !pool.operands(one).empty()) return true;
  return may_be_empty && !is_nullish(pool, one) && is_empty_container(pool, one);
}

// A condition looked at the place or a part of it.
bool asks_place(const ValuePool& pool, const Fact& fact, ValueId place) {
  if (pool.opcode(fact.test) != Opcode::Asked) return false;
  const ValueId asked = pool.operands(fact.test)[0];
  return asked == place ||
         (pool.opcode(asked) == Opcode::Member && pool.operands(asked)[0] == place);
}

struct FilledQuestion {
  ValueId place = {};
  bool is_asked = false;  // by one of the conditions: what is empty in a test may be what it holds
};

// Whether a test is that there is something in the place: where there is nothing, nothing has to be
// taken out. What the place begins with, and what was put there, are other values of the same test.
bool asks_whether_filled(const ValuePool& pool, ValueId test, bool holds,
                         const FilledQuestion& of) {
  const auto is_it = [&](ValueId one) {
    return is_place_or_size(pool, one, of.place) || is_container_or_size(pool, one, of.is_asked);
  };
  const auto is_number = [&](ValueId one, std::string_view wanted) {
    return pool.is(one, ValueKind::Number) && pool.text(one) == wanted;
  };
  if (is_it(test)) return holds;
  const auto operands = pool.operands(test);
  if (pool.is(test, ValueKind::OneOf))
    return std::ranges::any_of(
        operands, [&](ValueId one) { return asks_whether_filled(pool, one, holds, of); });
  if (!pool.is(test, ValueKind::Computed) || operands.empty()) return false;
  const Opcode opcode = pool.opcode(test);
  if (opcode == Opcode::Not) return asks_whether_filled(pool, operands[0], !holds, of);
  if (opcode == Opcode::Truthy || opcode == Opcode::HasItems) return holds && is_it(operands[0]);
  if (operands.size() < 2) return false;
  const ValueId a = operands[0], b = operands[1];
  if (opcode == Opcode::Equal || opcode == Opcode::NotEqual)
    return (opcode == Opcode::NotEqual) == holds &&
           ((is_it(a) && is_number(b, "0")) || (is_it(b) && is_number(a, "0")));
  if (opcode == Opcode::Less)
    return holds ? is_number(a, "0") && is_it(b) : is_it(a) && is_number(b, "1");
  if (opcode == Opcode::LessEqual)
    return holds ? is_number(a, "1") && is_it(b) : is_it(a) && is_number(b, "0");
  return false;
}

FilledQuestion question_of(const ValuePool& pool, const StateChange& emptying) {
  return {emptying.place, std::ranges::any_of(emptying.holds, [&](const Fact& fact) {
            return asks_place(pool, fact, emptying.place);
          })};
}

// Taken out of it as long as there is something in it.
bool drains(const ValuePool& pool, const StateChange& change) {
  const bool takes = change.how == StoreKind::Remove || change.how == StoreKind::Update;
  const bool gives = change.value.exists() && !pool.is(change.value, ValueKind::Absent);
  if (!takes || gives || (change.flags & kInLoop) == 0) return false;
  const FilledQuestion filled = question_of(pool, change);
  return std::ranges::any_of(change.holds, [&](const Fact& fact) {
    return has_opcode(pool, fact.test, Opcode::Length) ||
           asks_whether_filled(pool, fact.test, fact.holds, filled);
  });
}

// It takes over what another object has in the field of that name, as in `n.rows, s.rows = s.rows,
// n.rows`: of what was there nothing is known to be left.
bool takes_anothers(const ValuePool& pool, const StateChange& change) {
  return change.how == StoreKind::Assign && change.value.exists() &&
         pool.is(change.value, ValueKind::Hole) && mentions_field(pool, change.value, change.place);
}

// Whether `other` takes all out of what is changed, or of what that is a part of.
bool is_emptied_by(const ValuePool& pool, const StateChange& change, const StateChange& other) {
  if (other.how == StoreKind::Clear || takes_out_all(pool, other)) return true;
  if (takes_anothers(pool, other)) return is_set_by(pool, change, other);
  return is_set_by(pool, change, other) && is_empty_container(pool, other.value);
}

// What an earlier change is about, seen from a later one: all that it changes, a part of it, or
// another entry of the same map.
enum class Reach : std::uint8_t { Elsewhere, Part, Whole };

Reach reach_of(const ValuePool& pool, const StateChange& earlier, const StateChange& change) {
  if (!mentions(pool, change.place, earlier.place)) return Reach::Elsewhere;
  if (!has_fixed_key(pool, earlier)) return Reach::Whole;
  ValueId key;
  if (earlier.place == change.place && has_fixed_key(pool, change)) key = change.key;
  for_each_below(pool, change.place, [&](ValueId id) {
    const bool is_entry = pool.opcode(id) == Opcode::Index && pool.operands(id)[0] == earlier.place;
    if (is_entry) key = pool.operands(id)[1];
  });
  if (!key.exists()) return Reach::Part;
  return key == earlier.key ? Reach::Whole : Reach::Elsewhere;
}

// The same variable, field or entry gets another value: of what was there nothing is left.
bool replaces(const StateChange& earlier, const StateChange& change) {
  const bool whole = change.how == StoreKind::Assign || change.how == StoreKind::PutKey;
  return whole && change.how == earlier.how && change.place == earlier.place &&
         change.key == earlier.key;
}

// What a path begins with, for what only follows on it: counters of one run.
bool begins_path(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  if (change.how != StoreKind::Assign || change.of_request || change.read_before ||
      (change.flags & kInLoop) != 0 || !change.value.exists() ||
      !is_plain_value(pool, change.value))
    return false;
  bool counts = false;
  for (const StateChange& other : function.changes) {
    if (&other == &change || !mentions(pool, other.place, change.place)) continue;
    if (other.how == StoreKind::Assign || other.order < change.order ||
        !all_hold(change.holds, other.holds))
      return false;
    counts = true;
  }
  return counts;
}

}  // namespace

bool is_reset_first(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change) {
  const StateChange* first = &change;
  for (const StateChange& other : function.changes)
    if (other.order < first->order && reach_of(pool, other, change) != Reach::Elsewhere)
      first = &other;
  if (takes_out_all(pool, *first)) return true;
  if (!first->holds.empty() || holds_request_data(pool, first->value)) return false;
  // What each round of a loop sets anew is so for that round.
  const bool by_round = (first->flags & kInLoop) != 0;
  if (by_round && ((change.flags & kInLoop) == 0 || may_be_read(first->left))) return false;
  if (first->how == StoreKind::Clear) return true;
  const bool sets = first->how == StoreKind::Assign ||
                    (first->how == StoreKind::PutKey && has_fixed_key(pool, *first));
  if (!sets || !first->value.exists() || (first == &change && function.changes.size() == 1))
    return false;
  // A number may be one more than there was.
  if (first == &change && change.how == StoreKind::PutKey &&
      pool.is(change.value, ValueKind::Number))
    return false;
  if (reach_of(pool, *first, change) != Reach::Whole) return false;
  if (is_plain_value(pool, first->value)) return true;
  return first != &change && !first->read_before && replaces(*first, change) &&
         !mentions(pool, first->value, base_of(pool, first->place));
}

bool is_unconditional(const ValuePool& pool, const StateChange& change) {
  return std::ranges::all_of(change.holds, [&](const Fact& fact) {
    return fact.holds && pool.opcode(fact.test) == Opcode::Equal &&
           std::ranges::any_of(pool.operands(fact.test), [&](ValueId one) {
             return pool.is(one, ValueKind::Hole) && pool[one].origin == Origin::CallResult &&
                    pool.text(one) == "error";
           });
  });
}

bool is_part_of_new(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change) {
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    return other.how == StoreKind::Assign && other.order < change.order &&
           other.place != change.place && mentions(pool, change.place, other.place) &&
           other.value.exists() && !has_origin(pool, other.value, Origin::Global) &&
           !mentions(pool, other.value, base_of(pool, other.place)) &&
           all_hold(other.holds, change.holds);
  });
}

bool puts_each_of_a_few(const ValuePool& pool, const StateChange& change) {
  return change.how == StoreKind::PutKey && change.left == ResidualRead::Unknown &&
         (change.flags & kInLoop) != 0 && change.holds.empty() && change.key.exists() &&
         pool.is(change.key, ValueKind::OneOf) && pool.constant(change.key);
}

namespace {

// `for kind in KINDS: found[kind] = ...`, and no other entries: each run puts all of them before it
// reads any.
bool puts_all_of_a_few_first(const ValuePool& pool, const LambdaFunction& function,
                             const StateChange& change) {
  if (!puts_each_of_a_few(pool, change) || change.read_before) return false;
  return std::ranges::all_of(function.changes, [&](const StateChange& other) {
    return &other == &change || !mentions(pool, other.place, change.place) ||
           (other.place == change.place && other.key == change.key &&
            puts_each_of_a_few(pool, other));
  });
}

}  // namespace

bool is_replaced_first(const ValuePool& pool, const LambdaFunction& function,
                       const StateChange& change) {
  if (puts_all_of_a_few_first(pool, function, change)) return true;
  const bool is_entry = change.how == StoreKind::PutKey && has_fixed_key(pool, change);
  const StateChange* first = &change;
  for (const StateChange& other : function.changes)
    if (other.order < first->order && other.place == change.place &&
        (!is_entry || other.key == change.key))
      first = &other;
  const bool sets = first->how == StoreKind::Assign || (is_entry && first->how == change.how);
  return sets && is_unconditional(pool, *first) && !first->read_before &&
         (first->flags & kInLoop) == 0;
}

namespace {

// Whether a value is what `keeping` leaves its part `value` in: its place, or a field of that.
bool is_where_kept(const ValuePool& pool, ValueId asked, ValueId value,
                   const StateChange& keeping) {
  if (asked == keeping.place) return value == keeping.value;
  const bool is_part = pool.opcode(asked) == Opcode::Member || pool.opcode(asked) == Opcode::Index;
  if (!is_part || pool.operands(asked)[0] != keeping.place) return false;
  const ValueId which = pool.operands(asked)[1];
  const auto name = as_text(pool, which);
  if (pool.is(keeping.value, ValueKind::Record))
    return name && entry_of(pool, keeping.value, *name) == value;
  const auto at = as_integer(pool, which);
  const auto items = pool.operands(keeping.value);
  return pool.is(keeping.value, ValueKind::List) && at && *at >= 0 &&
         std::cmp_less(*at, items.size()) && items[static_cast<std::size_t>(*at)] == value;
}

// What is kept may be another than what takes its place, says a test or a part of it.
bool says_another(const ValuePool& pool, ValueId test, bool holds, const StateChange& keeping) {
  const auto parts = pool.operands(test);
  switch (pool.opcode(test)) {
    case Opcode::Equal:
    case Opcode::NotEqual:
      return (pool.opcode(test) == Opcode::NotEqual) == holds &&
             ((is_where_kept(pool, parts[0], parts[1], keeping) &&
               holds_request_data(pool, parts[1])) ||
              (is_where_kept(pool, parts[1], parts[0], keeping) &&
               holds_request_data(pool, parts[0])));
    case Opcode::Not: return says_another(pool, parts[0], !holds, keeping);
    case Opcode::Truthy: return says_another(pool, parts[0], holds, keeping);
    case Opcode::And:
    case Opcode::Or:
    case Opcode::AllOf:
    case Opcode::AnyOf: break;
    default:
      if (!pool.is(test, ValueKind::OneOf)) return false;
  }
  return std::ranges::any_of(
      parts, [&](ValueId part) { return says_another(pool, part, holds, keeping); });
}

}  // namespace

bool is_kept_under_own_key(const ValuePool& pool, const LambdaFunction& function,
                           const StateChange& change) {
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    return other.how == StoreKind::Assign && other.value.exists() &&
           all_hold(other.holds, change.holds) &&
           std::ranges::any_of(change.holds, [&](const Fact& fact) {
             return says_another(pool, fact.test, fact.holds, other);
           });
  });
}

namespace {

// Whether it is emptied wherever it is changed, or there was nothing in it to take out.
bool always_follows(const ValuePool& pool, const StateChange& change, const StateChange& emptying) {
  const FilledQuestion filled = question_of(pool, emptying);
  const auto asks = [&](const Fact& fact) {
    return asks_whether_filled(pool, fact.test, fact.holds, filled);
  };
  const bool is_filled = std::ranges::any_of(emptying.holds, asks);
  return std::ranges::all_of(emptying.holds, [&](const Fact& fact) {
    return asks(fact) || (is_filled && asks_place(pool, fact, emptying.place)) ||
           std::ranges::find(change.holds, fact) != change.holds.end();
  });
}

// The same but for one test, which another way asks the other way round.
bool follows_beside(const ValuePool& pool, const StateChange& change, const StateChange& emptying,
                    ValueId test) {
  return std::ranges::all_of(emptying.holds, [&](const Fact& fact) {
    return fact.test == test || pool.opcode(fact.test) == Opcode::Asked ||
           std::ranges::find(change.holds, fact) != change.holds.end();
  });
}

// `if (one) { flush(); return first; } flush();`: on both ways of a test.
bool is_emptied_either_way(const ValuePool& pool, const LambdaFunction& function,
                           const StateChange& change) {
  std::vector<const StateChange*> emptyings;
  for (const StateChange& other : function.changes)
    if (other.order > change.order && mentions(pool, change.place, other.place) &&
        is_emptied_by(pool, change, other))
      emptyings.push_back(&other);
  constexpr std::size_t kWays = 8;
  if (emptyings.size() < 2 || emptyings.size() > kWays) return false;
  return std::ranges::any_of(emptyings, [&](const StateChange* one) {
    return std::ranges::any_of(one->holds, [&](const Fact& fact) {
      if (pool.opcode(fact.test) == Opcode::Asked || !follows_beside(pool, change, *one, fact.test))
        return false;
      return std::ranges::any_of(emptyings, [&](const StateChange* other) {
        return std::ranges::find(other->holds, Fact{fact.test, !fact.holds}) !=
                   other->holds.end() &&
               follows_beside(pool, change, *other, fact.test);
      });
    });
  });
}

}  // namespace

bool is_emptied_after(const ValuePool& pool, const LambdaFunction& function,
                      const StateChange& change) {
  if (is_emptied_either_way(pool, function, change)) return true;
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    if (!mentions(pool, change.place, other.place)) return false;
    // Drained before, it is drained by the next invocation.
    return drains(pool, other) ||
           (other.order > change.order && is_emptied_by(pool, change, other) &&
            always_follows(pool, change, other));
  });
}

namespace {

// The variable of the process as it was, or gone again.
bool restores_variable(const ValuePool& pool, const StateChange& change, ValueId name) {
  if (change.how == StoreKind::Delete || change.how == StoreKind::Remove) return true;
  return change.value.exists() && pool.is(change.value, ValueKind::Hole) &&
         pool[change.value].origin == Origin::Environment && as_text(pool, name) &&
         pool.text(change.value) == *as_text(pool, name);
}

// before = os.environ.get("X"); os.environ["X"] = …; try: … finally: os.environ["X"] = before
bool is_variable_given_back(const ValuePool& pool, const LambdaFunction& function,
                            const StateChange& change) {
  const ValueId name = variable_set_by(pool, change);
  return name.exists() && std::ranges::any_of(function.changes, [&](const StateChange& other) {
           return (other.flags & kAtLast) != 0 && is_environment(pool, other.place) &&
                  variable_set_by(pool, other) == name && restores_variable(pool, other, name) &&
                  (&other == &change || other.order > change.order);
         });
}

}  // namespace

bool is_given_back_at_last(const ValuePool& pool, const LambdaFunction& function,
                           const StateChange& change) {
  if (is_environment(pool, change.place)) return is_variable_given_back(pool, function, change);
  if (!pool.is(change.place, ValueKind::Hole) || !change.initial.exists() ||
      !is_nullish(pool, change.initial))
    return false;
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    return other.place == change.place && other.how == StoreKind::Assign && other.value.exists() &&
           is_nullish(pool, other.value) && (other.flags & kAtLast) != 0 &&
           (&other == &change ||
            (other.order > change.order && all_hold(other.holds, change.holds)));
  });
}

bool is_put_back(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    return other.order > change.order && is_itself_set_by(pool, change, other) &&
           other.value.exists() && !other.of_request && !holds_request_data(pool, other.value) &&
           all_hold(other.holds, change.holds);
  });
}

bool is_emptying(const ValuePool& pool, const LambdaFunction& function, const StateChange& change) {
  if (drains(pool, change) || takes_out_all(pool, change) || begins_path(pool, function, change))
    return true;
  if (change.of_request || !is_itself_set_by(pool, change, change) ||
      !is_empty_container(pool, change.value))
    return false;
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    if (!is_set_by(pool, other, change)) return false;
    const bool sets_alike = other.how == change.how && is_itself_set_by(pool, other, change);
    // Set to something, and to nothing after it: the first is what is left, if anything is.
    const bool is_taken_back = is_nullish(pool, change.value) && other.value.exists() &&
                               other.order < change.order && !is_nullish(pool, other.value);
    return !sets_alike || is_taken_back;
  });
}

bool is_put_by_hook(const ValuePool& pool, const LambdaFunction& function,
                    const StateChange& change) {
  if ((change.flags & kInHook) == 0) return false;
  if (change.how == StoreKind::Append) return is_emptied_after(pool, function, change);
  return !change.value.exists() || !mentions(pool, change.value, base_of(pool, change.place));
}

}  // namespace fnlint
