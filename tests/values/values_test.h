// The fixture that tests of values share.
#pragma once

#include "values/compute.h"

#include <gtest/gtest.h>

#include <array>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

inline void PrintTo(Answer answer, std::ostream* out) {
  *out << (answer == Answer::Yes ? "Yes" : answer == Answer::No ? "No" : "Unknown");
}

// A pool, and short ways to write values down.
class ValuesTest : public testing::Test {
 protected:
  ValuePool pool;

  ValueId text(std::string_view literal) { return pool.text_value(literal); }
  ValueId number(std::int64_t value) { return pool.number(value); }
  // A hole that nobody will replace any more: of an event whose trigger is known.
  ValueId hole(std::string_view name) { return pool.hole(Origin::Event, name, 1); }
  // A hole that a caller will replace.
  ValueId parameter(std::string_view name) { return pool.hole(Origin::Parameter, name); }
  // "out/{h}.jpg": a text in which {h} is hole("h") and {?h} is parameter("h").
  ValueId pattern(std::string_view notation) {
    std::vector<ValueId> parts;
    while (!notation.empty()) {
      const std::size_t open = std::min(notation.find('{'), notation.size());
      parts.push_back(text(notation.substr(0, open)));
      if (open == notation.size()) break;
      const std::size_t close = notation.find('}', open);
      const std::string_view name = notation.substr(open + 1, close - open - 1);
      parts.push_back(name.starts_with('?') ? parameter(name.substr(1)) : hole(name));
      notation.remove_prefix(close + 1);
    }
    return pool.concat(parts);
  }
  ValueId list(std::initializer_list<ValueId> items, bool open = false) {
    return pool.list(std::span(items.begin(), items.size()), open);
  }
  ValueId record(std::initializer_list<std::pair<std::string_view, ValueId>> entries,
                 bool open = false) {
    std::vector<NamedValue> rows;
    for (const auto& [name, value] : entries) rows.push_back({pool.string(name), value});
    return pool.record(rows, open);
  }
  ValueId one_of(std::initializer_list<ValueId> values) {
    std::vector<Alternative> alternatives;
    for (const ValueId value : values) alternatives.push_back({value, {}});
    return pool.one_of(alternatives);
  }
  ValueId concat(std::initializer_list<ValueId> parts) {
    return pool.concat(std::span(parts.begin(), parts.size()));
  }
  ValueId call(std::string_view name, std::initializer_list<ValueId> operands) {
    return compute(pool, name, std::span(operands.begin(), operands.size()));
  }
  Answer ask(std::string_view test, std::initializer_list<ValueId> operands) {
    return truth(pool, call(test, operands));
  }
  // A guard: the input is the first (second) of two values.
  GuardId guard(std::string_view input, std::size_t value) {
    const std::array domain{pool.string("first"), pool.string("second")};
    const std::uint32_t choice = pool.choice(0, input, domain);
    return pool.guard({{choice, 1ULL << value}});
  }
  std::string show(ValueId value) { return describe(pool, value); }
  std::uint8_t uncertainty(ValueId value) { return pool[value].uncertainty; }
  ValueKind kind(ValueId value) { return pool[value].kind; }
};

}  // namespace fnlint
