// Which texts are one template, where files are merged before the deployment.
#pragma once

#include "link/stacks/stack_build.h"

#include <vector>

namespace fnlint::stacks {

// Templates that a tool merges before it deploys them, none of which names the others.
struct TemplateParts {
  // By text: all texts of the template that it is a part of, the one with the parameters first;
  // empty for a template that stands alone. A part has no parameters and asks for names that it
  // does not declare, so that it cannot be deployed by itself. Its others are those that declare
  // them in the nearest folder around it where each name is declared once.
  std::vector<std::vector<TextId>> of = {};
  // By text: such a part, or what one asks for, where it is not known what it is merged with.
  std::vector<bool> alone = {};
};

}  // namespace fnlint::stacks
