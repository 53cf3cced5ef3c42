// The entry to linking templates.
#pragma once

#include "link/resolve/build_facts.h"
#include "link/stacks/template_source.h"
#include "model/resources.h"
#include "values/pool.h"

#include <span>

namespace fnlint {

// Templates to stacks: every template that no other one nests is a stack of its own, nested ones
// are stacks below it. Everything is evaluated as far as the templates and parameters decide it.
// Never fails: what is wrong with a template is in Stacks::problems, what is not understood in
// Stacks::unresolved. The order of `sources` does not matter.
[[nodiscard]] Stacks link_templates(ValuePool& pool, std::span<const TemplateSource> sources,
                                    const TemplateParameters& parameters, BuildFacts& builds);

}  // namespace fnlint
