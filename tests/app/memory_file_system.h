#pragma once

#include "core/memory_files.h"

namespace fnlint::test {

using fnlint::MemoryFileSystem;

}  // namespace fnlint::test
