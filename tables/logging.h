#pragma once

#include "tables/known.h"

namespace fnlint::known {

// data/known/languages.yaml
Words log_calls();

}  // namespace fnlint::known
