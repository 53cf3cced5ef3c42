// Shared code is reported once, however many functions it serves.
#pragma once

#include "app/configuration/rule_registry.h"
#include "model/finding.h"

namespace fnlint {

// One finding for each rule and place: where several functions share the code or the block, the
// first by name stands, and the others are related to it. The most confident of them is kept.
void merge_findings(Findings& findings, const RuleRegistry& rules);

}  // namespace fnlint
