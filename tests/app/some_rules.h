// A few rules for tests that do not depend on the real ones.
#pragma once

#include "model/rule.h"

#include <array>

namespace fnlint::test {

inline constexpr std::array<std::string_view, 2> kAliases{"checkov:CKV_AWS_116", "tool:a-b"};
inline constexpr std::array<Rule, 5> kSomeRules{{
    {.id = "config-env-unused", .category = "config", .profile = Profile::Strict},
    {.id = "config-suppression-unused", .category = "config", .made_by = RuleMaker::App},
    {.id = "init-heavy-import", .category = "init"},
    {.id = "loop-s3-recursion", .category = "loop", .severity = Severity::Error},
    {.id = "reliability-dlq-missing",
     .category = "reliability",
     .profile = Profile::Security,
     .aliases = kAliases},
}};

}  // namespace fnlint::test
