// Everything that drawing formats need of a run.
#pragma once

#include "app/pictures/model_json.h"
#include "report/pictures.h"

namespace fnlint {

// What formats that draw show of a linked project. Paths in it are relative to the root; which
// findings functions have is known later (add_findings).
Pictures pictures_of(const LinkedModel& model);

}  // namespace fnlint
