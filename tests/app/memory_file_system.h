// The file system of core/memory_files.h, under the name that tests use.
#pragma once

#include "core/memory_files.h"

namespace fnlint::test {

using fnlint::MemoryFileSystem;

}  // namespace fnlint::test
