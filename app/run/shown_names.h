// Messages speak of resources by names that users know.
#pragma once

#include "app/files/source_files.h"
#include "model/finding.h"
#include "model/project.h"

namespace fnlint {

// Puts what a tool calls a resource ("Media/Resize" of CDK) in the place of an address that a
// machine made up ("MediaResize94437B57"), wherever a finding's words quote it.
void show_names(const Project& project, const SourceFiles& files, Findings& findings);

}  // namespace fnlint
