#pragma once

#include "core/problem.h"

#include <string>
#include <string_view>
#include <vector>

// HCL that is not Terraform's: blocks with labels, and what is set in them, unread.
namespace fnlint {

struct HclSetting {
  std::string name = {};
  std::string value = {};  // as written
  Range where = {};
};

struct HclBlock {
  std::string type = {};
  std::vector<std::string> labels = {};
  std::vector<HclSetting> settings = {};  // of the block itself, not of blocks in it
  Range where = {};
};

struct HclFile {
  std::vector<HclBlock> blocks = {};  // the outermost
  Problems problems = {};             // some: what was read may not be all of it
};

[[nodiscard]] HclFile read_hcl_blocks(std::string_view text);

}  // namespace fnlint
