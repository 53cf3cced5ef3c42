#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void injection(const Project&, const Settings&, Findings&);
void leaks(const Project&, const Settings&, Findings&);
void security_answers(const Project&, const Settings&, Findings&);
void security_bucket_owner(const Project&, const Settings&, Findings&);
void security_cors_credentials(const Project&, const Settings&, Findings&);
void security_sql_multiple_statements(const Project&, const Settings&, Findings&);
void security_token_unverified(const Project&, const Settings&, Findings&);

}  // namespace fnlint
