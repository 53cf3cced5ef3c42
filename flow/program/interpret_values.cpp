// Values of the interpreted program: how they are made, tested, read and changed, each as far as
// the conditions of the path allow.

#include "core/text.h"
#include "flow/program/interpret.h"
#include "model/language_traits.h"
#include "values/number_text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fnlint {

namespace {

// What each language takes for false; a library's and the project's objects are true everywhere.
bool is_true(const Datum& value, Language language) {
  switch (value.kind) {
    case DatumKind::Absent:
    case DatumKind::Null: return false;
    case DatumKind::Bool: return value.truth;
    case DatumKind::Number: return value.number != 0 && !std::isnan(value.number);
    case DatumKind::Text: return !value.text.empty();
    case DatumKind::List:
    case DatumKind::Record: return !traits(language).empty_is_false || !value.slots.empty();
    default: return true;
  }
}

constexpr std::array<std::string_view, 4> kTests{"Fn::Equals", "Fn::Not", "Fn::And", "Fn::Or"};

bool is_test_datum(const Datum& row) {
  return row.kind == DatumKind::Token && std::ranges::find(kTests, row.text) != kTests.end();
}

// The truth of what is one where the test holds and the other where it does not.
DatumId either_truth(Interpreter& program, DatumId test, DatumId yes, DatumId no) {
  if (program.is(yes, DatumKind::Bool) && program.is(no, DatumKind::Bool)) {
    if (program[yes].truth == program[no].truth) return yes;
    return program[yes].truth ? test : program.negated(test);
  }
  const std::array<DatumId, 2> first{test, yes}, second{program.negated(test), no};
  const std::array<DatumId, 2> ways{program.token("Fn::And", first),
                                    program.token("Fn::And", second)};
  return program.token("Fn::Or", ways);
}

}  // namespace

// The conditions that hold here, as a row.
std::uint32_t Interpreter::here() {
  if (path_.empty()) return 0;
  if (here_) return *here_;
  std::vector<std::pair<ConditionId, bool>> tests;
  for (const PathTest& test : path_) tests.emplace_back(test.condition, test.holds);
  const auto [row, added] =
      path_rows_.try_emplace(std::move(tests), static_cast<std::uint32_t>(paths_.size()));
  if (added) {
    // Once as the key and once as a row; recursion may add a test at each of its levels.
    bytes_ += sizeof(Datum) + 2 * row->first.size() * sizeof(row->first.front());
    paths_.push_back(row->first);
  }
  return row->second;
}

// The value here, and the old one wherever what the path tests beyond `made` is otherwise.
DatumId Interpreter::guarded(std::uint32_t made, DatumId value, DatumId old) {
  std::vector<std::pair<ConditionId, bool>> known = paths_[made];
  std::ranges::sort(known);
  here_ = here();  // a long path would be looked up for each of its choices
  for (auto test = path_.rbegin(); test != path_.rend(); ++test) {
    if (std::ranges::binary_search(known, std::pair{test->condition, test->holds})) continue;
    value = test->holds ? choice(test->condition, value, old) : choice(test->condition, old, value);
  }
  here_.reset();
  return value;
}

DatumId Interpreter::add(Datum datum) {
  datum.path = here();
  if (!datum.where.module.exists()) datum.where = place_;
  bytes_ += sizeof(Datum) + datum.slots.size() * sizeof(Slot) + datum.text.size();
  data_.push_back(std::move(datum));
  return DatumId{static_cast<std::uint32_t>(data_.size() - 1)};
}
DatumId Interpreter::simple(DatumKind kind) {
  Datum datum;
  datum.kind = kind;
  return add(std::move(datum));
}
DatumId Interpreter::boolean(bool value) {
  Datum datum;
  datum.kind = DatumKind::Bool;
  datum.truth = value;
  return add(std::move(datum));
}
DatumId Interpreter::number(double value) {
  Datum datum;
  datum.kind = DatumKind::Number;
  datum.number = value;
  return add(std::move(datum));
}
DatumId Interpreter::text(std::string value) {
  if (value.size() > kText) return unknown("a text that is too long");
  Datum datum;
  datum.kind = DatumKind::Text;
  datum.text = std::move(value);
  return add(std::move(datum));
}
DatumId Interpreter::list(std::vector<Slot> items, bool open) {
  Datum datum;
  datum.kind = DatumKind::List;
  datum.open = open || items.size() > kItems;
  if (items.size() > kItems) items.resize(kItems);
  datum.slots = std::move(items);
  return add(std::move(datum));
}
DatumId Interpreter::record(std::vector<Slot> entries, bool open) {
  Datum datum;
  datum.kind = DatumKind::Record;
  datum.open = open || entries.size() > kItems;
  if (entries.size() > kItems) entries.resize(kItems);
  datum.slots = std::move(entries);
  return add(std::move(datum));
}
// Equal tests are one value: they are asked, negated and joined again at every step of a path.
DatumId Interpreter::token(std::string_view function, std::span<const DatumId> operands) {
  Datum datum;
  datum.kind = DatumKind::Token;
  datum.text = function;
  const bool tests = is_test_datum(datum);
  std::string key;
  if (tests) {
    key = function;
    for (const DatumId one : operands) key += cat(',', key_of(one, 1));
    if (const auto known = tests_.find(key); known != tests_.end()) return known->second;
  }
  for (const DatumId one : operands) datum.slots.push_back({.value = one});
  const DatumId made = add(std::move(datum));
  if (tests) {
    bytes_ += key.size();
    tests_.emplace(std::move(key), made);
  }
  return made;
}
DatumId Interpreter::unknown(std::string why) {
  Datum datum;
  datum.kind = DatumKind::Unknown;
  datum.text = std::move(why);
  return add(std::move(datum));
}
DatumId Interpreter::library(std::string path) {
  Datum datum;
  datum.kind = DatumKind::Library;
  datum.text = std::move(path);
  return add(std::move(datum));
}
DatumId Interpreter::object(std::string path, std::vector<Slot> fields) {
  Datum datum;
  datum.kind = DatumKind::Object;
  datum.text = std::move(path);
  datum.slots = std::move(fields);
  return add(std::move(datum));
}
DatumId Interpreter::module_value(ModuleId module) {
  Datum datum;
  datum.kind = DatumKind::Module;
  datum.module = module;
  return add(std::move(datum));
}

DatumId Interpreter::choice(ConditionId condition, DatumId yes, DatumId no) {
  if (yes == no || !condition.exists()) return yes;
  const Datum &a = data_[yes.index], &b = data_[no.index];
  if (a.kind == b.kind && a.kind == DatumKind::Text && a.text == b.text) return yes;
  // How many choices stand inside one another: what goes into them does so one by one.
  constexpr double kDeepest = 64;
  const auto depth = [](const Datum& row) {
    return row.kind == DatumKind::Choice ? row.number : 0.0;
  };
  Datum datum;
  datum.kind = DatumKind::Choice;
  datum.condition = condition;
  datum.number = 1 + std::max(depth(a), depth(b));
  if (datum.number > kDeepest) return unknown("too many alternatives");
  datum.slots = {{.value = yes}, {.value = no}};
  return add(std::move(datum));
}

// It holds from here on under the path to here, for else the program raises.
void Interpreter::assume(const PathTest& test) {
  constexpr std::size_t kMost = 8;
  std::vector<Assumed>& all = assumed_[test.condition.index];
  if (all.size() >= kMost) return;
  all.push_back({path_, test.holds});
  bytes_ += sizeof(Assumed) + path_.size() * sizeof(PathTest);
}

std::optional<bool> Interpreter::decided(ConditionId condition) const {
  const auto test = std::ranges::find(path_, condition, &PathTest::condition);
  if (test != path_.end()) return test->holds;
  const auto found = assumed_.find(condition.index);
  if (found == assumed_.end()) return std::nullopt;
  for (const Assumed& one : found->second)
    if (std::ranges::all_of(one.path, [&](const PathTest& under) {
          return std::ranges::any_of(path_, [&](const PathTest& here) {
            return here.condition == under.condition && here.holds == under.holds;
          });
        }))
      return one.holds;
  return std::nullopt;
}

DatumId Interpreter::settled(DatumId id) const {
  while (id.exists() && data_[id.index].kind == DatumKind::Choice) {
    const Datum& row = data_[id.index];
    const std::optional<bool> holds = decided(row.condition);
    if (!holds) break;
    id = row.slots[*holds ? 0 : 1].value;
  }
  return id;
}

std::optional<std::string_view> Interpreter::text_of(DatumId id) const {
  id = settled(id);
  if (!is(id, DatumKind::Text)) return std::nullopt;
  return data_[id.index].text;
}

std::optional<std::string> Interpreter::name_of(DatumId key) {
  const auto known = text_of(concat({key}));
  return known ? std::optional(std::string(*known)) : std::nullopt;
}

const Slot* Interpreter::slot(DatumId id, std::string_view name) const {
  if (!id.exists()) return nullptr;
  for (const Slot& one : data_[id.index].slots)
    if (one.name == name) return &one;
  return nullptr;
}

void Interpreter::set(DatumId holder, std::string_view name, DatumId value, CodePlace key,
                      CodePlace where) {
  if (!holder.exists()) return;
  if (is(holder, DatumKind::Choice)) {
    const ConditionId condition = (*this)[holder].condition;
    const std::array<DatumId, 2> ways{(*this)[holder].slots[0].value,
                                      (*this)[holder].slots[1].value};
    if (path_.size() > 200 || exhausted()) return;
    for (const bool holds : {true, false}) {
      const std::size_t before = enter(condition, holds);
      set(settled(ways[holds ? 0 : 1]), name, value, key, where);
      leave(before);
    }
    return;
  }
  const DatumKind kind = (*this)[holder].kind;
  if (kind == DatumKind::Module || kind == DatumKind::Library || is_deployed(kind)) return;
  const Slot* old = slot(holder, name);
  const DatumId before = old != nullptr ? old->value : absent();
  const DatumId after = guarded((*this)[holder].path, value, before);
  Datum& row = change(holder);
  for (Slot& one : row.slots) {
    if (one.name != name) continue;
    one.value = after;
    one.key = key;
    one.where = where;
    return;
  }
  if (row.slots.size() < kItems) row.slots.push_back({std::string(name), after, key, where});
}

void Interpreter::append(DatumId list_id, DatumId value, CodePlace where) {
  if (!is(list_id, DatumKind::List)) return;
  const DatumId item = guarded((*this)[list_id].path, value, absent());
  Datum& row = change(list_id);
  if (row.slots.size() >= kItems) {
    row.open = true;
    return;
  }
  row.slots.push_back({.value = item, .key = where, .where = where});
}

bool Interpreter::set_under(DatumId holder, DatumId key, const Slot& entry) {
  if (!is(holder, DatumKind::List)) {
    const auto name = name_of(key);
    if (name) set(holder, *name, entry.value, entry.key, entry.where);
    return name.has_value();
  }
  const std::size_t count = (*this)[holder].slots.size();
  const double at = is(key, DatumKind::Number) ? (*this)[key].number : -1;
  if (at == static_cast<double>(count) && !(*this)[holder].open) {
    append(holder, entry.value, entry.where);
    return true;
  }
  if (!(at >= 0 && at < static_cast<double>(count))) return false;
  const auto row = static_cast<std::size_t>(at);
  const DatumId after =
      guarded((*this)[holder].path, entry.value, (*this)[holder].slots[row].value);
  change(holder).slots[row] = {{}, after, entry.key, entry.where};
  return true;
}

CodePlace Interpreter::place_of(FrameId frame, ExprId expr) const {
  const ModuleId module = frames_[frame.index].function.module;
  if (!expr.exists()) return place_;
  return {module, facts(module).expr_ranges[expr.index]};
}

// --- Conditions.

// What is equal has one key. Of a test inside of another its id is enough, as equal tests are one
// value: written out, tests that share their parts would double at each level.
std::string Interpreter::key_of(DatumId id, int depth) const {
  const Datum& row = data_[id.index];
  if (row.kind == DatumKind::Text) return cat('"', row.text, '"');
  if (row.kind == DatumKind::Number) return number_text(row.number);
  if (row.kind == DatumKind::Bool) return row.truth ? "true" : "false";
  if (row.kind != DatumKind::Token || depth > 6 || (depth > 0 && is_test_datum(row)))
    return cat('#', id.index);
  std::string key = cat(row.text, '(');
  for (const Slot& one : row.slots) key += cat(key_of(one.value, depth + 1), ',');
  return key + ')';
}

ConditionId Interpreter::condition_of(DatumId test) {
  const DatumId decided = settled(test);
  if (is(decided, DatumKind::Bool)) return {};
  const auto [row, added] = condition_keys_.try_emplace(
      key_of(decided, 0), ConditionId{static_cast<std::uint32_t>(conditions_.size())});
  if (added) conditions_.push_back(decided);
  return row->second;
}

std::pair<ConditionId, bool> Interpreter::decision_of(DatumId test) {
  bool sense = true;
  DatumId inner = settled(test);
  while (is(inner, DatumKind::Token) && (*this)[inner].text == "Fn::Not") {
    inner = settled((*this)[inner].slots[0].value);
    sense = !sense;
  }
  return {condition_of(inner), sense};
}

DatumId Interpreter::truth(DatumId given) {
  // What the path says of a test, or the test itself.
  const auto on_path = [this](DatumId test) {
    const auto known = condition_keys_.find(key_of(test, 0));
    if (known == condition_keys_.end()) return test;
    const auto holds = std::ranges::find(path_, known->second, &PathTest::condition);
    return holds != path_.end() ? boolean(holds->holds) : test;
  };
  // Choices stand in choices, and share what stands in them: each is asked once.
  std::unordered_map<std::uint32_t, DatumId> known;
  const std::function<DatumId(DatumId)> of = [&](DatumId one) {
    const DatumId value = settled(one);
    if (!value.exists()) return boolean(false);
    const Datum row = (*this)[value];
    if (row.kind == DatumKind::Unknown || is_test_datum(row)) return on_path(value);
    // A text that a deployment gives: true unless it is empty.
    if (row.kind == DatumKind::Token) return negated(equal(value, text("")));
    if (row.kind != DatumKind::Choice) return boolean(is_true(row, language_));
    if (const auto found = known.find(value.index); found != known.end()) return found->second;
    const DatumId yes = of(row.slots[0].value), no = of(row.slots[1].value);
    return known[value.index] = either_truth(*this, test_of(row.condition), yes, no);
  };
  return of(given);
}

DatumId Interpreter::negated(DatumId given) {
  const DatumId test = truth(given);
  const Datum& row = (*this)[test];
  if (row.kind == DatumKind::Bool) return boolean(!row.truth);
  if (row.kind == DatumKind::Token && row.text == "Fn::Not") return row.slots[0].value;
  return token("Fn::Not", std::array{test});
}

}  // namespace fnlint
