#pragma once

#include "model/package.h"
#include "model/project.h"

namespace fnlint {

// Whether all that a function comes to was found and followed: only then may something rest on what
// it does not do.
inline bool is_read_whole(const LambdaFunction& function) {
  return function.resolved && function.libraries && function.libraries->complete &&
         function.cut == 0 && function.not_followed.empty();
}

}  // namespace fnlint
