#pragma once

#include "model/project.h"

#include <optional>
#include <span>
#include <string_view>

namespace fnlint {

// What a client that does not raise for an answer of 4xx or 5xx gives: members by which its content
// is read, and those that tell which it was; separated by '|'.
struct AnswerMembers {
  std::string_view content = {}, status = {};
};
// Nothing: the call raises for such answers, or it is not known whether it does.
std::optional<AnswerMembers> answer_members(std::string_view library_path);

// Where the content of the answer to a request is used as if the request had succeeded: nothing
// that is seen looks at the status, at what the content says of an error, or fails without what is
// wanted of it. No place: there is none, or not all that becomes of it is known.
struct UncheckedAnswer {
  Span used = {};
  bool parsed = false;  // what is no JSON raises before
};
UncheckedAnswer unchecked_answer(std::span<const ModuleInfo> modules, const Step& request,
                                 const AnswerMembers& members);

}  // namespace fnlint
