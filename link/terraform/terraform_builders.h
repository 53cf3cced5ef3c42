// Properties before they become rows of a tree, and IAM statements built of blocks.
#pragma once

#include "core/span.h"
#include "model/value.h"
#include "values/pool.h"

#include <string>
#include <vector>

namespace fnlint::stacks {

// A property in the making: rows of the located tree stand parents first, and canonical paths may
// put arguments from several places below one parent.
struct PropertyBuilder {
  std::string name = {}, native = {};
  ValueId value = {};  // none: made of the children
  Span key = {}, where = {};
  GuardId when = {};
  // What stands there where the block that it is a part of is not made, or made of something else.
  std::vector<Alternative> otherwise = {};
  bool list = false;
  bool open = false;        // of a list: more may follow
  bool by_default = false;  // a module's call leaves it to the default of the module's variable
  std::vector<PropertyBuilder> children = {};
};

// A statement of aws_iam_policy_document as IAM has it: `principals` and `condition` blocks become
// the maps that the document is made with.
void as_statement(ValuePool& pool, PropertyBuilder& statement);

}  // namespace fnlint::stacks
