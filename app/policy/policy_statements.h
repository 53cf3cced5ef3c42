// Policy statements with the calls that justify them.
#pragma once

#include "app/policy/policy_arns.h"
#include "model/project.h"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Why a statement is there.
struct PolicyReason {
  std::string what = {};  // "s3.PutObject", "reads the queue 'Orders'"
  Span where = {};
  std::vector<PlacedText> path = {};  // calls from the handler to it
  friend bool operator==(const PolicyReason& a, const PolicyReason& b) {
    return a.what == b.what && a.where == b.where;
  }
};
struct PolicyStatement {
  std::string sid = {};
  std::set<std::string> actions = {};
  std::vector<PolicyArn> resources = {};
  std::vector<PolicyReason> reasons = {};
  std::vector<std::string> remarks = {};
};
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
