// Can a query have more than one page? Not where its condition fixes the whole key.
#pragma once

#include "model/project.h"

namespace fnlint {

// How many items a query may find. PerhapsOne: what the key of its table is, is not known.
enum class AskedFor : std::uint8_t { Many, PerhapsOne, One };
AskedFor asked_for(const Project& project, const Effect& effect);

}  // namespace fnlint
