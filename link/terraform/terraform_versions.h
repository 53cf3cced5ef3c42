// Where Terraform's provider behaves differently by version: with what it compares code hashes.
#pragma once

#include "link/terraform/terraform_module.h"

namespace fnlint::stacks {

// By the provider's version that the root module of a scope has locked or asks for.
HashCompared hash_compared(LinkContext& build, ScopeId scope);

}  // namespace fnlint::stacks
