#pragma once

#include "flow/engine.h"

namespace fnlint {

// What a field is given by an annotation that names a setting: `@Value("${queue.url}")` is the
// variable QUEUE_URL, where the function has one. No id: none does.
ValueId configured_field(Engine& engine, ModuleId module, const Field& field);

}  // namespace fnlint
