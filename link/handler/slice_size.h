// How long can a list be that a batch operation is given?
#pragma once

#include "model/project.h"
#include "model/summary.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace fnlint {

// Of the list that a call of an SDK is given as that member: "Entries", "RequestItems.*".
SliceSize slice_size(std::span<const ModuleInfo> modules, const Step& step,
                     std::string_view member);

}  // namespace fnlint
