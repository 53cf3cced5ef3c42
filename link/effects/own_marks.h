#pragma once

#include "model/project.h"
#include "values/pool.h"

namespace fnlint {

// Guards that the function's own write answers.

// A test of metadata or tags of the source object that the write itself sets: a mark that ends the
// chain.
bool tests_own_mark(const ValuePool& pool, const Effect& effect, ValueId test);

// Whether what is written is written only where it differs from what is there, itself or by its
// hash or entity tag: of the object that it wrote it finds the same.
bool compares_own_content(const ValuePool& pool, const Effect& effect, const Fact& fact);

}  // namespace fnlint
