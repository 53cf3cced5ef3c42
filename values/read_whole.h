// May a finding rest on something that a function does not do? Only if all of its code was read.
#pragma once

#include "model/package.h"
#include "model/project.h"
#include "values/pool.h"

#include <algorithm>

namespace fnlint {

// Whether all that a function comes to was found and followed: only then may something rest on what
// it does not do.
inline bool is_read_whole(const LambdaFunction& function) {
  return function.resolved && function.libraries && function.libraries->complete &&
         function.cut == 0 && function.not_followed.empty();
}

// Something else is given all of the context, and may put into it, or set there, what it likes.
inline bool hands_on_context(const ValuePool& pool, const LambdaFunction& function) {
  return std::ranges::any_of(function.reads, [&](const InputRead& read) {
    return pool.is(read.value, ValueKind::Hole) && pool[read.value].origin == Origin::Context &&
           pool.text(read.value).empty();
  });
}

}  // namespace fnlint
