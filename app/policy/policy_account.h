// Why a policy allows what it does, and what may be missing.
#pragma once

#include "app/pictures/model_json.h"
#include "app/policy/role_policy.h"
#include "core/lines.h"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace fnlint {

// The reasons of policies in words, and as JSON.
class PolicyAccount {
 public:
  explicit PolicyAccount(const LinkedModel& model) : model_(model) {}

  // A statement's reasons and remarks, a line each.
  std::vector<std::string> why(const PolicyStatement& statement);
  // What is to be said of a whole policy: whose it is, what is not known, what is to be put in.
  std::vector<std::string> about(const RolePolicy& policy,
                                 const std::map<std::string, std::string>& holes);
  std::string json(std::span<const RolePolicy> policies);

 private:
  std::string place(const Span& where);

  const LinkedModel& model_;
  std::map<FileId, Lines> lines_ = {};
};

}  // namespace fnlint
