// Generated policies, ready to be pasted into a template.
#pragma once

#include "app/configuration/command_line.h"
#include "app/pictures/model_json.h"
#include "app/policy/role_policy.h"

#include <span>
#include <string>

namespace fnlint {

// Policies in a language of templates, with their reasons as comments where it has any. Of IAM's
// JSON: the document of one, else each under the name of its function.
std::string policies_text(const LinkedModel& model, std::span<const RolePolicy> policies,
                          PolicyFormat format);

// Why each statement is there, and what is not known, for people to read.
std::string policies_account(const LinkedModel& model, std::span<const RolePolicy> policies);

}  // namespace fnlint
