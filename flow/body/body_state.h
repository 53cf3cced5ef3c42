// What holds at a place of a body: values of its variables, what it has set on objects, and the path
// condition.
#pragma once

#include "flow/state/facts.h"
#include "model/code.h"
#include "model/value.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace fnlint {

template <class Key>
using Rows = std::vector<std::pair<Key, ValueId>>;  // sorted by key

template <class Key>
auto find_row(Rows<Key>& rows, Key key) {
  return std::lower_bound(rows.begin(), rows.end(), key,
                          [](const auto& row, Key wanted) { return row.first < wanted; });
}
template <class Key>
ValueId get(const Rows<Key>& rows, Key key) {
  const auto at = find_row(const_cast<Rows<Key>&>(rows), key);
  return at != rows.end() && at->first == key ? at->second : ValueId{};
}
// get() for keys that are asked in their order: all of them together take one walk over the rows.
template <class Key>
class RowCursor {
 public:
  explicit RowCursor(const Rows<Key>& rows) : rows_(rows) {}
  ValueId get(Key key) {
    while (at_ < rows_.size() && rows_[at_].first < key) ++at_;
    return at_ < rows_.size() && rows_[at_].first == key ? rows_[at_].second : ValueId{};
  }

 private:
  const Rows<Key>& rows_;
  std::size_t at_ = 0;
};
template <class Key>
void put(Rows<Key>& rows, Key key, ValueId value) {
  const auto at = find_row(rows, key);
  if (at != rows.end() && at->first == key)
    at->second = value;
  else
    rows.insert(at, {key, value});
}
template <class Key>
void drop(Rows<Key>& rows, Key key) {
  const auto at = find_row(rows, key);
  if (at != rows.end() && at->first == key) rows.erase(at);
}

struct BodyState {
  bool reachable = true;
  Rows<VariableId> variables = {};
  Rows<VariableId> places =
      {};                   // of locals that are another name for something that outlives the call
  Rows<ValueId> heap = {};  // fields that this body set on objects it does not own: base to Record
  std::vector<ValueId> sets = {};  // variables and fields that every path has assigned; sorted
  Rows<ValueId> set_where = {};    // those that some have: the test that holds on these
  Rows<OpId> running = {};         // calls whose task nothing has read yet: the test of such ways
  FactSet facts = {};
  FactSet asked = {};  // state that conditions asked, whatever it was known to be: guards of stores
  std::vector<ValueId> decided_by = {};  // what ruled this state out by what state begins with
};

// What the parts of a walk ask of the whole: the value of an expression where a state holds. All
// that evaluating it reads is noted.
class BodyEvaluator {
 public:
  virtual ValueId evaluate(ExprId expr, BodyState& state) = 0;
  // The same where `unread` stands in an expression as what is changed: that it is read is not
  // noted.
  virtual ValueId evaluate_unread(ExprId expr, ExprId unread, BodyState& state) = 0;

 protected:
  ~BodyEvaluator() = default;
};

}  // namespace fnlint
