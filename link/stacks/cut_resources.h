// Properties that may stand in the part of a template that could not be read.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// Where a text could not be read any more, what it has not said yet is not known: whether some of
// this resource's properties may stand there.
[[nodiscard]] bool is_cut(const LinkContext& build, const ResourceBuilder& draft);

// Whether the text names macros of somebody's own: they may add to what is written, and take of it.
[[nodiscard]] bool has_macros(const LinkContext& build, TextId text);

// Adds what stands for those to the resource's properties: asked for any other, find_property()
// gives it. `root` is the last node of Build::properties, or none.
Node with_unread(LinkContext& build, Node root, Span where);

}  // namespace fnlint::stacks
