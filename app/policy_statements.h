#pragma once

#include "app/role_policy.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// What a statement is there for: those of one use on the same resources are one.
enum class RightUse : std::uint8_t { Calls, Keys, Sources, Targets, Log, Platform };

// The statements of a policy, as they are gathered.
class PolicyStatements {
 public:
  void add(RightUse use, std::string_view action, const PolicyArns& on, const PolicyReason& reason);
  // Of the code's own.
  [[nodiscard]] bool have_calls() const;
  // Put together, each with a name of its own.
  [[nodiscard]] std::vector<PolicyStatement> settled(const Project& project) const;

 private:
  struct Key {
    RightUse use{};
    std::vector<PolicyArn> resources = {};
    std::string service = {};  // of what is done to "*"
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  std::map<Key, PolicyStatement> rows_ = {};
};

}  // namespace fnlint
