// Credentials in code, found by the form of a text or by what it is the value of.
#pragma once

#include "link/code/code.h"
#include "values/pool.h"
#include "values/secret_text.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace fnlint {

// Collects the texts of modules that look like credentials, each place once.
class SecretLiterals {
 public:
  SecretLiterals();
  void add(const WantedSource& source, const ModuleInfo& module);
  // What a call of a library is given as its key or password, where that is written down.
  void add_given(const ValuePool& pool, const CodeCall& call);
  std::vector<SecretLiteral> take() { return std::move(found_); }

 private:
  std::uint32_t number_of(std::string_view text);

  SecretReader reader_;
  std::set<WantedSource> read_;  // several units may share one
  std::vector<SecretLiteral> found_;
  std::map<std::string, std::uint32_t, std::less<>> texts_;  // their numbers
};

}  // namespace fnlint
