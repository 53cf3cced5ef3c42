// Is the answer to a request used as if it had succeeded, though the client does not raise?
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
  // Who asks whether there is content, or whether a part of it is missing, has looked. Not where an
  // error stands in its place.
  bool missing_tells = true;
};
// Nothing: the call raises for such answers, or it is not known whether it does.
std::optional<AnswerMembers> answer_members(std::string_view library_path);
// Of an operation whose answer holds the error of what it has called; nothing: of no such one.
std::optional<AnswerMembers> members_of_called(std::string_view operation);

// Of a request whose client has such members.
UncheckedAnswer unchecked_answer(std::span<const ModuleInfo> modules, const Step& request,
                                 const AnswerMembers& members);

}  // namespace fnlint
