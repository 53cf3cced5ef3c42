#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void code_faults(const Project&, const Settings&, Findings&);
void handler_answer_dropped(const Project&, const Settings&, Findings&);
void handler_answers(const Project&, const Settings&, Findings&);
void handler_batch_perhaps_empty(const Project&, const Settings&, Findings&);
void handler_context_member(const Project&, const Settings&, Findings&);
void handler_dynamodb_expressions(const Project&, const Settings&, Findings&);
void handler_dynamodb_key_mismatch(const Project&, const Settings&, Findings&);
void handler_dynamodb_typed_value(const Project&, const Settings&, Findings&);
void handler_form(const Project&, const Settings&, Findings&);
void handler_request_body_mismatch(const Project&, const Settings&, Findings&);
void handler_response_url_hidden(const Project&, const Settings&, Findings&);
void handler_sdk_error_field(const Project&, const Settings&, Findings&);
void handler_sdk_parameters(const Project&, const Settings&, Findings&);
void handler_unbound_variable(const Project&, const Settings&, Findings&);
void handler_unserializable(const Project&, const Settings&, Findings&);

}  // namespace fnlint
