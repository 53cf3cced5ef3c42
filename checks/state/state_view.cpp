// Answers what a change touches (place, field, entry, process variable), what guards it, and
// whether its value carries data of a request.

#include "checks/state/state_view.h"

#include "checks/view/code_calls.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "core/text.h"
#include "model/words.h"
#include "tables/known.h"
#include "tables/models.h"
#include "values/request_data.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace fnlint {

namespace {

bool is_shared_kind(LibraryClass kind) {
  switch (kind) {
    case LibraryClass::Client:
    case LibraryClass::Logger:
    case LibraryClass::Metrics:
    case LibraryClass::Tracer:
    case LibraryClass::Regex:
    case LibraryClass::Lock:
    case LibraryClass::Session:
    case LibraryClass::Pool:
    case LibraryClass::Idempotency:
    case LibraryClass::BoundedCache: return true;
    default: return false;
  }
}

bool has_few_values(std::string_view path) {
  if (path.starts_with("pathParameters.")) return false;  // a caller's names, not the platform's
  return std::ranges::any_of(known::event_fields_of_few_values(), [&](std::string_view one) {
    if (!path.ends_with(one)) return false;
    return path.size() == one.size() || path[path.size() - one.size() - 1] == '.';
  });
}

// A condition asked what the place holds, or something else of the object that it is a part of:
// `if (Table.Count == 0) Table["a"] = ...`.
bool asks_of(const ValuePool& pool, ValueId asked, ValueId place) {
  if (mentions(pool, asked, place) || mentions(pool, place, asked)) return true;
  if (pool[place].kind != ValueKind::Computed) return false;
  const ValueId whole = pool.operands(place)[0];
  return pool[whole].kind == ValueKind::Computed && mentions(pool, asked, whole);
}

// A flag that is set to other values too (busy, and back), a counter.
bool goes_on(const ValuePool& pool, const LambdaFunction& function, const StateChange& flag) {
  if (flag.value.exists() && mentions(pool, flag.value, flag.place)) return true;
  if (!flag.value.exists() || pool[flag.value].kind != ValueKind::Bool) return false;
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    return other.place == flag.place && other.value != flag.value;
  });
}

// The test asks for this very place.
bool tests(const ValuePool& pool, ValueId test, ValueId place) {
  if (pool.opcode(test) == Opcode::Asked) return pool.operands(test)[0] == place;
  return mentions(pool, test, place);
}

// The entry of a map that a change puts there.
bool is_entry_at(const ValuePool& pool, ValueId place, const StateChange& put) {
  if (pool.opcode(place) != Opcode::Index) return false;
  const auto parts = pool.operands(place);
  return parts.size() > 1 && parts[0] == put.place && parts[1] == put.key;
}

}  // namespace

// A value is made after those that it is made of.
bool mentions(const ValuePool& pool, ValueId value, ValueId wanted) {
  if (value == wanted) return true;
  if (value < wanted) return false;
  std::vector<ValueId> open{value};
  ValueMemo seen;
  while (!open.empty()) {
    const ValueId one = open.back();
    open.pop_back();
    for (const ValueId id : pool.operands(one)) {
      if (id == wanted) return true;
      if (id < wanted || seen.find(id) != nullptr) continue;
      seen.add(id, id);
      open.push_back(id);
    }
  }
  return false;
}

bool has_fixed_key(const ValuePool& pool, const StateChange& change) {
  if (!change.key.exists()) return false;
  return pool.is(change.key, ValueKind::Text) || pool.is(change.key, ValueKind::Number);
}

bool is_itself_set_by(const ValuePool& pool, const StateChange& change, const StateChange& other) {
  if (other.how == StoreKind::Assign) return other.place == change.place;
  if (other.how != StoreKind::PutKey || !has_fixed_key(pool, other)) return false;
  if (other.place == change.place) return other.key == change.key;
  return is_entry_at(pool, change.place, other);
}

bool is_set_by(const ValuePool& pool, const StateChange& change, const StateChange& other) {
  if (is_itself_set_by(pool, change, other)) return true;
  if (other.how == StoreKind::Assign) return mentions(pool, change.place, other.place);
  if (other.how != StoreKind::PutKey || !has_fixed_key(pool, other)) return false;
  bool is_part = false;
  for_each_below(pool, change.place,
                 [&](ValueId id) { is_part = is_part || is_entry_at(pool, id, other); });
  return is_part;
}

namespace {

bool is_field(std::string_view text, std::string_view name) {
  return text == name ||
         (text.ends_with(name) && text.substr(0, text.size() - name.size()).ends_with('.'));
}

// No text: it is no field.
std::string_view field_name(const ValuePool& pool, ValueId place) {
  return pool.opcode(place) == Opcode::Member ? pool.text(pool.operands(place)[1])
                                              : std::string_view();
}

}  // namespace

bool mentions_field(const ValuePool& pool, ValueId test, ValueId place) {
  const std::string_view name = field_name(pool, place);
  if (name.empty() || !has_origin(pool, test, Origin::Field)) return false;
  bool found = false;
  for_each_below(pool, test, [&](ValueId id) {
    found = found || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Field &&
                      is_field(pool.text(id), name));
  });
  return found;
}

Mentioned::Mentioned(const ValuePool& pool, ValueId value) : pool_(pool) {
  for_each_below(pool, value, below_, [&](ValueId id) {
    if (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Field)
      fields_.push_back(pool.text(id));
  });
}

bool Mentioned::has(ValueId place) const {
  if (below_.find(place) != nullptr) return true;
  const std::string_view name = fields_.empty() ? std::string_view() : field_name(pool_, place);
  return !name.empty() && std::ranges::any_of(fields_, [&](std::string_view field) {
    return is_field(field, name);
  });
}

bool is_guarded_by_itself(const ValuePool& pool, const StateChange& change) {
  const ValueId root = base_of(pool, change.place);
  for (const Fact& fact : change.holds) {
    if (fact.holds && is_guard(pool, fact.test, "once")) return true;
    if (pool.opcode(fact.test) == Opcode::Asked) {
      if (asks_of(pool, pool.operands(fact.test)[0], change.place)) return true;
      continue;
    }
    if (mentions(pool, fact.test, root) || mentions_field(pool, fact.test, change.place) ||
        has_origin(pool, fact.test, Origin::Clock))
      return true;
    if (change.key.exists() && pool[change.key].kind == ValueKind::Text &&
        mentions(pool, fact.test, change.key))
      return true;
  }
  return false;
}

bool is_brought_by_guarded(const ValuePool& pool, const LambdaFunction& function,
                           const StateChange& change) {
  return std::ranges::any_of(function.changes, [&](const StateChange& other) {
    const bool sets = other.how == StoreKind::Assign || other.how == StoreKind::SetIfAbsent;
    if (!sets || other.place == change.place || goes_on(pool, function, other)) return false;
    return std::ranges::any_of(other.holds, [&](const Fact& fact) {
      return std::ranges::find(change.holds, fact) != change.holds.end() &&
             tests(pool, fact.test, other.place);
    });
  });
}

namespace {

// `traced(new SQS({ region }))`: what a library makes around a client.
bool is_around_shared(const ValuePool& pool, ValueId value) {
  if (!value.exists() || !pool.is(value, ValueKind::Object)) return false;
  const std::string_view path = pool.text(value);
  return path.find(':') == path.npos &&
         std::ranges::any_of(pool.operands(value), [&](ValueId part) {
           return pool.is(part, ValueKind::Object) && is_shared_kind(class_of(pool, part)) &&
                  !path.starts_with(pool.text(part));
         });
}

}  // namespace

bool is_shared_by_design(const ValuePool& pool, const StateChange& change) {
  return is_shared_kind(class_of(pool, change.value)) || is_around_shared(pool, change.value) ||
         is_shared_kind(class_of(pool, change.initial));
}

bool is_environment(const ValuePool& pool, ValueId place) {
  const ValueId root = base_of(pool, place);
  if (!pool.is(root, ValueKind::Hole) || pool[root].origin != Origin::Library) return false;
  const std::string_view path = pool.text(root);
  if (path == "process.env" || path == "os.environ" || path == "ENV") return true;
  if (path != "process" && path != "os") return false;
  ValueId member = place;  // of the module itself
  while (member != root && pool.operands(member)[0] != root) member = pool.operands(member)[0];
  if (member == root) return true;
  const std::string_view name = pool.text(pool.operands(member)[1]);
  return name == "env" || name == "environ";
}

ValueId variable_set_by(const ValuePool& pool, const StateChange& change) {
  const bool is_member =
      pool.is(change.place, ValueKind::Computed) && pool.operands(change.place).size() > 1;
  return change.key.exists() ? change.key : is_member ? pool.operands(change.place)[1] : ValueId{};
}

bool adds_to_variable(const ValuePool& pool, const StateChange& change) {
  const ValueId name = variable_set_by(pool, change);
  if (!name.exists() || !pool.is(name, ValueKind::Text) || !change.value.exists()) return false;
  if (change.how == StoreKind::Update) return !pool.is(change.value, ValueKind::Record);
  const bool is_joined =
      pool.is(change.value, ValueKind::Pattern) || pool.opcode(change.value) == Opcode::PathJoin;
  bool has_itself = false;
  for_each_below(pool, change.value, [&](ValueId id) {
    has_itself =
        has_itself || (pool.is(id, ValueKind::Hole) && pool[id].origin == Origin::Environment &&
                       pool.text(id) == pool.text(name));
  });
  return is_joined && has_itself;
}

namespace {

bool is_of_library(const ValuePool& pool, ValueId object) {
  if (!pool.is(object, ValueKind::Object) || pool.text(object).find(':') != std::string_view::npos)
    return false;
  const LibraryClass kind = class_of(pool, object);
  return kind != LibraryClass::Container && kind != LibraryClass::Cache;
}

}  // namespace

bool is_part_of_library(const ValuePool& pool, const StateChange& change) {
  return !pool.is(change.place, ValueKind::Hole) && is_of_library(pool, change.initial);
}

bool is_part_of_kept_library(const ValuePool& pool, const LambdaFunction& function,
                             const StateChange& change) {
  const ValueId root = base_of(pool, change.place);
  return root != change.place &&
         std::ranges::any_of(function.changes, [&](const StateChange& other) {
           return other.place == root && other.how == StoreKind::Assign &&
                  is_of_library(pool, other.value);
         });
}

namespace {

// An entry of a table that the code has: of the request is only which one.
bool is_choice_of_constants(const ValuePool& pool, ValueId value) {
  if (!pool.is(value, ValueKind::Computed)) return false;
  const bool takes = pool.opcode(value) == Opcode::Index || pool.opcode(value) == Opcode::Get;
  const auto operands = pool.operands(value);
  if (!takes || operands.size() < 2) return false;
  const ValueKind kind = pool[operands[0]].kind;
  return (kind == ValueKind::Record || kind == ValueKind::List) &&
         !is_request_data(pool, operands[0]);
}

// The last name of what a library's object, or a call, comes of: "open" of open().
std::string_view called_name(const ValuePool& pool, ValueId value) {
  std::string_view path;
  if (pool.is(value, ValueKind::Object)) path = pool.text(value);
  if (path.ends_with("()")) {
    path.remove_suffix(2);
    return path.substr(path.find_last_of('.') + 1);
  }
  if (pool.opcode(value) != Opcode::Call || pool.operands(value).empty()) return {};
  const ValueId callee = pool.operands(value)[0];
  const auto parts = pool.operands(callee);
  return pool.is(callee, ValueKind::Computed) && parts.size() == 2 &&
                 pool.is(parts[1], ValueKind::Text)
             ? pool.text(parts[1])
             : std::string_view();
}

// A path that does not lead to what invocations write: all else is read-only, and was packaged.
bool begins_in_package(const ValuePool& pool, ValueId path) {
  if (is_one_of(known::packaged_paths(), called_name(pool, path))) return true;
  if (pool.is(path, ValueKind::Hole)) return is_one_of(known::own_file_names(), pool.text(path));
  const Opcode opcode = pool.opcode(path);
  if (pool.is(path, ValueKind::Pattern) || opcode == Opcode::PathJoin ||
      opcode == Opcode::PathNormalJoin || opcode == Opcode::Dirname)
    return !pool.operands(path).empty() && begins_in_package(pool, pool.operands(path)[0]);
  const auto text = as_text(pool, path);
  return text && !text->empty() &&
         std::ranges::none_of(known::written_folders(),
                              [&](std::string_view folder) { return text->starts_with(folder); });
}

ValueId first_argument(const ValuePool& pool, ValueId value) {
  for (const ValueId operand : pool.operands(value))
    if (const ValueId given = entry_of(pool, operand, "0"); given.exists()) return given;
  return {};
}

// What a service answers to what is put somewhere: names, places and sums of its own. A table may
// answer with the item, a function with what it made of it.
bool is_name_of_written(const ValuePool& pool, ValueId value) {
  const Operation* const operation = operation_answering(pool, value);
  return operation != nullptr && !operation->events.empty() &&
         is_one_of(known::kinds_that_answer_with_names(), word_of(operation->target_kind));
}

// `for page in range(2, last)`: of a request is at most how far it goes.
bool is_count_of_rounds(const ValuePool& pool, ValueId value) {
  return pool.is(value, ValueKind::Object) && called_name(pool, value) == "range";
}

// Whether any of the request's data that goes into the value is so: what is only counted, or which
// only chooses, does not.
template <class IsSo>
bool any_request_data(const ValuePool& pool, ValueId value, const IsSo& is_so) {
  if (!is_request_data(pool, value)) return false;
  std::vector<std::pair<ValueId, bool>> open{{value, false}};  // and whether a call was given it
  std::set<std::pair<ValueId, bool>> seen;
  while (!open.empty()) {
    const auto [one, handed] = open.back();
    open.pop_back();
    const bool is_count = pool.opcode(one) == Opcode::Length;
    if (is_count || !seen.insert({one, handed}).second) continue;
    if (pool.is(one, ValueKind::Hole) && is_request_hole(pool, one, handed) && is_so(one))
      return true;
    if (is_choice_of_constants(pool, one) || is_content_of_package(pool, one) ||
        is_name_of_written(pool, one) || is_count_of_rounds(pool, one) ||
        is_told_beside_answer(pool, one))
      continue;
    for (std::size_t i = 0; i < pool.operands(one).size(); ++i)
      open.emplace_back(pool.operands(one)[i], handed || is_argument(pool, one, i));
  }
  return false;
}

}  // namespace

bool is_content_of_package(const ValuePool& pool, ValueId value) {
  const std::string_view name = called_name(pool, value);
  if (name.empty()) return false;
  if (is_one_of(known::packaged_readers(), name)) return true;
  const ValueId path =
      is_one_of(known::file_readers(), name) ? first_argument(pool, value) : ValueId{};
  return path.exists() && begins_in_package(pool, path);
}

bool is_told_beside_answer(const ValuePool& pool, ValueId value) {
  while (pool.opcode(value) == Opcode::Converted && !pool.operands(value).empty())
    value = pool.operands(value)[0];
  const auto parts = pool.operands(value);
  const bool is_part = pool.opcode(value) == Opcode::Index || pool.opcode(value) == Opcode::Get ||
                       pool.opcode(value) == Opcode::Member;
  if (!is_part || parts.size() < 2 || !pool.is(parts[1], ValueKind::Text)) return false;
  const ValueId headers = parts[0];
  if (pool.opcode(headers) != Opcode::Member || pool.operands(headers).size() != 2 ||
      lower(pool.text(pool.operands(headers)[1])) != "headers" ||
      !pool.is(pool.operands(headers)[0], ValueKind::Object) ||
      !pool.text(pool.operands(headers)[0]).ends_with("()"))
    return false;
  const std::string name = lower(pool.text(parts[1]));
  return std::ranges::any_of(known::headers_of_servers(), [&](std::string_view word) {
    return name.find(word) != std::string::npos;
  });
}

bool is_of_many_values(const ValuePool& pool, ValueId value) {
  return any_request_data(pool, value, [&](ValueId hole) {
    if (pool[hole].origin == Origin::Event) return !has_few_values(pool.text(hole));
    return !pool.text(hole).empty();  // Go hands the whole context to everything
  });
}

bool holds_request_data(const ValuePool& pool, ValueId value) {
  return any_request_data(pool, value, [](ValueId) { return true; });
}

bool holds_callers_data(const ValuePool& pool, ValueId value) {
  return any_request_data(pool, value, [&](ValueId hole) {
    return pool[hole].origin != Origin::Event || !has_few_values(pool.text(hole));
  });
}

bool puts_entry(const StateChange& change) {
  return change.how == StoreKind::PutKey || change.how == StoreKind::SetIfAbsent ||
         (change.how == StoreKind::Update && change.key.exists());
}

namespace {

// The variable or field that a place is, or is an entry of.
ValueId variable_of(const ValuePool& pool, ValueId place) {
  ValueId variable = place;
  for (; pool.is(place, ValueKind::Computed) && !pool.operands(place).empty();
       place = pool.operands(place)[0])
    if (pool.opcode(place) == Opcode::Index) variable = pool.operands(place)[0];
  return variable;
}

// A test asks a variable, or a field of a class, that no invocation sets: what sets it, if anything
// does, is decided elsewhere.
bool waits_for_switch(const ValuePool& pool, const LambdaFunction& function,
                      const StateChange& change) {
  return std::ranges::any_of(change.holds, [&](const Fact& fact) {
    const ValueId place = fact.test, root = base_of(pool, place);
    const bool is_place =
        place == root || (is_field(pool, place) && pool.operands(place)[0] == root);
    return is_place && root != base_of(pool, change.place) && pool.is(root, ValueKind::Hole) &&
           pool[root].origin == Origin::Global &&
           std::ranges::none_of(function.changes, [&](const StateChange& other) {
             return other.place == place || other.place == root;
           });
  });
}

}  // namespace

FindingBuilder finding_at(const ValuePool& pool, std::string_view rule,
                          const LambdaFunction& function, const StateChange& change) {
  // Which class stands for an interface is decided elsewhere, and so is what a switch says.
  const bool guessed = (change.flags & kGuessed) != 0 || waits_for_switch(pool, function, change);
  const ValueId variable = variable_of(pool, change.place);
  auto finding = FindingBuilder(rule, change.uncertainty | (guessed ? kHeuristic : 0))
                     .about(function)
                     .at(change.where)
                     .identified(function.name, ':', change.name)
                     .caused_by({.key = cat(function.name, '\n', variable.index),
                                 .subject = pool.is(variable, ValueKind::Computed)
                                                ? change.name
                                                : std::string(pool.text(variable)),
                                 .apart = 1,
                                 .also = "It is changed here, too."});
  if (change.path.empty()) return finding;
  return finding.from_handler(function, change.path)
      .step(change.where, "'", change.name, "' is changed.");
}

bool is_own_variable(const ValuePool& pool, const LambdaFunction& function, ValueId value) {
  return pool.is(value, ValueKind::Hole) && pool[value].origin == Origin::Environment &&
         std::ranges::any_of(function.changes, [&](const StateChange& change) {
           if (!is_environment(pool, change.place)) return false;
           const bool is_entry = puts_entry(change);
           const auto place = pool.operands(change.place);
           if (!is_entry && place.size() < 2) return false;
           return as_text(pool, is_entry ? change.key : place[1]) == pool.text(value);
         });
}

}  // namespace fnlint
