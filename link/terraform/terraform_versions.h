#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// What the AWS provider compares source_code_hash with.
enum class HashCompared : std::uint8_t {
  Unknown,
  WithArgument,  // the argument as it was before: what stays the same says that nothing has changed
  WithCode,      // before 5.51: the hash that Lambda tells of the code
};
// By the provider's version that the root module of a scope has locked or asks for.
HashCompared hash_compared(const Build& build, ScopeId scope);

}  // namespace fnlint::stacks
