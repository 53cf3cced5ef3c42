// Injected settings, as holes for variables of the environment.
#pragma once

#include "flow/modules/code_base.h"
#include "flow/modules/evaluation.h"

namespace fnlint {

// What a field or a constructor's parameter is given by an annotation that names a setting:
// `@Value("${queue.url}")` is the variable QUEUE_URL, where the function has one. No id: none does.
ValueId configured_value(const CodeBase& base, Evaluation& evaluation, ModuleId module,
                         Slice<Annotation> annotations);

}  // namespace fnlint
