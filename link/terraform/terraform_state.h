#pragma once

#include "link/terraform/terraform_evaluation.h"

// Remote state: what the root modules of a run give to one another.
namespace fnlint::stacks {

// data.terraform_remote_state.NAME.outputs, of which an attribute is an output: of the root module
// of the run whose backend keeps its state where the data source looks, else of the only one that
// may be meant and has an output of that name.
[[nodiscard]] ValueId state_of(LinkContext& build, const ScopedExpr& body,
                               std::string_view address);
[[nodiscard]] bool is_state(const ValuePool& pool, ValueId value);
[[nodiscard]] ValueId state_output(LinkContext& build, ValueId state, std::string_view name);

}  // namespace fnlint::stacks
