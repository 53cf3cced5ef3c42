// JSON inside a template as properties with places of their own.
#pragma once

#include "link/stacks/stack_build.h"
#include "link/stacks/stack_texts.h"

namespace fnlint::stacks {

// Adds the text as a located tree, each value at the place in the template that says it, or at
// `where`. False, and nothing is added: it is not JSON as it stands.
bool locate_written_json(LinkContext& build, const LongText& text, Span where);

}  // namespace fnlint::stacks
