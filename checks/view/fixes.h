// Fixes as checks give them, in terms of what templates say; app/run/fixes.h makes edits of them.
#pragma once

#include "model/finding.h"
#include "model/resources.h"

#include <string_view>

namespace fnlint {

class ValuePool;


// "Remove 'Layers'": the property goes, with its key.
Fix removal_of(const ValuePool& pool, const Property& property, FixSafety safety);
// "Set 'SecurityPolicy' to 'TLS_1_2'".
Fix setting_of(const ValuePool& pool, const Property& property, std::string_view value,
               FixSafety safety);
// "Replace 'nodejs16.x' by 'nodejs24.x'", where that stands.
Fix replacement_of(Span where, std::string_view old, std::string_view by, FixSafety safety);

}  // namespace fnlint
