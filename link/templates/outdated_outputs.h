// Build outputs that are older than their source.
#pragma once

#include "link/stacks/stack_build.h"

namespace fnlint::stacks {

// What a tool has written of a source that says something else by now, or of other functions: the
// source is what is edited and deployed next, so that it counts, and the output is left out.
struct OutdatedOutput {
  TextId text = {};
  Span where = {};  // what is told as an example of it
  std::string message = {};
};

// Asked once all properties are located, of the twins that find_twins() has found.
std::vector<OutdatedOutput> outdated_outputs(const LinkContext& build);

}  // namespace fnlint::stacks
