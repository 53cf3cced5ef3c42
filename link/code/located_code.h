#pragma once

#include "core/files.h"
#include "model/resources.h"

#include <string_view>

namespace fnlint {

// Whether a place that a template names for a function's code is none of its sources.

// Where a build leaves what it makes of them, or has put it.
bool is_made_by_a_build(const CodeLocation& code, std::string_view runtime);
// An archive that can be looked into, of a language whose sources are what is deployed.
bool holds_sources(const FileSystem& files, const CodeLocation& code, std::string_view runtime);

}  // namespace fnlint
