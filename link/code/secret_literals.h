#pragma once

#include "link/code/code.h"
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
  std::vector<SecretLiteral> take() { return std::move(found_); }

 private:
  SecretReader reader_;
  std::set<WantedSource> read_;  // several units may share one
  std::vector<SecretLiteral> found_;
  std::map<std::string, std::uint32_t, std::less<>> texts_;  // their numbers
};

}  // namespace fnlint
