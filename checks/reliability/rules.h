#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void reliability_connection_pool_large(const Project&, const Settings&, Findings&);
void reliability_dependencies(const Project&, const Settings&, Findings&);
void reliability_dlq_missing(const Project&, const Settings&, Findings&);
void reliability_dlq_unwatched(const Project&, const Settings&, Findings&);
void reliability_error_swallowed(const Project&, const Settings&, Findings&);
void reliability_failure_as_absence(const Project&, const Settings&, Findings&);
void reliability_function_error_unread(const Project&, const Settings&, Findings&);
void reliability_http_failure_acknowledged(const Project&, const Settings&, Findings&);
void reliability_http_status_unchecked(const Project&, const Settings&, Findings&);
void reliability_item_never_expires(const Project&, const Settings&, Findings&);
void reliability_mark_kept(const Project&, const Settings&, Findings&);
void reliability_failures(const Project&, const Settings&, Findings&);
void reliability_message_deleted_early(const Project&, const Settings&, Findings&);
void reliability_missing_item_unchecked(const Project&, const Settings&, Findings&);
void reliability_presigned_url_too_long(const Project&, const Settings&, Findings&);
void reliability_results(const Project&, const Settings&, Findings&);
void reliability_search_unchecked(const Project&, const Settings&, Findings&);
void reliability_state_unretried(const Project&, const Settings&, Findings&);
void reliability_timeouts(const Project&, const Settings&, Findings&);
void reliability_write_failure_untold(const Project&, const Settings&, Findings&);

}  // namespace fnlint
