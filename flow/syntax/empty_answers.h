// Failures that look like an empty or a short answer, and ways of writing a record or a default
// that lose data without an error.
#pragma once

#include "model/code.h"

#include <functional>
#include <string_view>
#include <vector>

namespace fnlint {

// Where a function gives an empty value in the place of what it has failed to ask for, and no more
// than a log says so.
struct EmptyAnswer {
  OpId handler = {};           // the first op of the handler of errors
  std::string_view word = {};  // "an empty list"
};
// `asks`: whether a call asks something outside of the process. None: nowhere.
EmptyAnswer empty_answer(const CodeFacts& code, const Function& function,
                         const std::function<bool(OpId)>& asks);

// Where a function that asks for one part after another (pages, mostly) ends with what it has when
// one of them fails, and no more than a log says so: `handler` as above, or of the branch of that
// status.
EmptyAnswer partial_answer(const CodeFacts& code, const Function& function,
                           const std::function<bool(OpId)>& asks);

// Whether something in the function around the call asks what it has given, or may: a test, a
// choice, what it is handed to. `returned`: it is given on as it is.
enum class EmptyAsked : std::uint8_t { No, Yes, Returned };
EmptyAsked empty_asked(const CodeFacts& code, OpId call);

// Objects that are written with two entries of one name, of which the first is lost.
struct KeyTwice {
  std::string_view name = {};
  Range first = {}, second = {};
};
std::vector<KeyTwice> keys_twice(const CodeFacts& code);

// `row.get("owners", [{}])[0]`, `(row.owners || [{}])[0].name`: the first element of what may be
// there and empty, by the default's own form.
struct FirstOfDefault {
  Range where = {};
  std::string_view name = {};  // of what has the default
};
std::vector<FirstOfDefault> firsts_of_defaults(const CodeFacts& code);

}  // namespace fnlint
