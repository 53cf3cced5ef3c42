#pragma once

#include "model/finding.h"
#include "model/project.h"
#include "model/settings.h"

namespace fnlint {

// The checks of this room; checks.cpp names the rules that each may report.
void event_batch(const Project&, const Settings&, Findings&);
void event_batch_error_escapes(const Project&, const Settings&, Findings&);
void event_batch_identifiers(const Project&, const Settings&, Findings&);
void event_batch_repeated_whole(const Project&, const Settings&, Findings&);
void event_data_not_decoded(const Project&, const Settings&, Findings&);
void event_fifo_order(const Project&, const Settings&, Findings&);
void event_key_not_decoded(const Project&, const Settings&, Findings&);
void event_key_spelled_otherwise(const Project&, const Settings&, Findings&);
void event_part_unchecked(const Project&, const Settings&, Findings&);
void event_response_shape(const Project&, const Settings&, Findings&);
void event_shape_mismatch(const Project&, const Settings&, Findings&);
void event_stream_view(const Project&, const Settings&, Findings&);
void event_test_message(const Project&, const Settings&, Findings&);

}  // namespace fnlint
