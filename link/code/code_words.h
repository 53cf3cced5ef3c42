// The words of a function's code, for rights that are only unused where nothing even names them.
#pragma once

#include "core/triples.h"
#include "link/code/linked_code.h"
#include "model/project.h"

#include <set>
#include <string>
#include <string_view>

namespace fnlint {

// Whether a library's module is there to start other programs, which may be the AWS CLI.
bool starts_program(std::string_view module);

// Lower case without '_' and '-': "put_item" and "PutItem" are "putitem".
std::string normal_word(std::string_view text);

// What code names, in whatever way: variables, members, modules, texts. A word that is not among
// them is called by nothing in it.
class CodeWords {
 public:
  void add(const CodeFacts& code);
  // As a part of a name or text; of less than five letters as a word of its own: "sqs" of
  // "SQSClient" and "boto3.client('sqs')", but not of "squash".
  [[nodiscard]] bool have(std::string_view normal_name) const;

 private:
  std::string text_ = {};  // all in normal form, with line breaks between
  Triples triples_ = {};   // of it
  std::set<std::string, std::less<>> words_ = {};  // the short ones
};

// Of all modules that the function's code reaches. False: not all of it is known, or something in
// it may call AWS by another's name.
bool add_words_of(const LinkedCode& code, const LambdaFunction& function, CodeWords& words);

}  // namespace fnlint
