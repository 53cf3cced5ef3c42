// Lets the HCL grammar read configuration from before Terraform 0.12.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// Before Terraform 0.12 a map could be written like a block, with keys in quotes and commas between
// its entries: `variables { "BUCKET" = "b", "TOPIC" = "t" }`. Gives such blocks the '=' that makes
// them maps, in place of the blank before the brace. The arguments of a block could end in commas,
// which become blanks. All places stay. https://github.com/hashicorp/hcl/tree/hcl1
std::string with_older_syntax(std::string_view text);

}  // namespace fnlint
