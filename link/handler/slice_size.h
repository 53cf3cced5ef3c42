#pragma once

#include "model/project.h"
#include "model/summary.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace fnlint {

// The list that a call of an SDK is given as that member ("Entries", "RequestItems.*"): how long it
// may be where it is cut from a longer one, as by `rows.slice(i, i + 25)` or in a round over
// `chunk(rows, 25)`.
struct SliceSize {
  std::int64_t most = 0;  // 0: it is no such list
  bool by_name = false;   // what cuts it is only known by its name
  bool written = false;   // it stands there with all that its entries have
};
SliceSize slice_size(std::span<const ModuleInfo> modules, const Step& step,
                     std::string_view member);

}  // namespace fnlint
