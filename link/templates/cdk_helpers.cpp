// Compares parts of a construct's path, or a logical id, with the table.

#include "link/templates/cdk_helpers.h"

#include "core/text.h"
#include "tables/cdk.h"

namespace fnlint {

bool is_cdk_helper(std::string_view construct_path, std::string_view logical_id) {
  for (const CdkHelper& helper : cdk_helpers()) {
    if (helper.is_id) {
      if (logical_id.starts_with(helper.begin)) return true;
      continue;
    }
    for (const std::string_view part : split(construct_path, '/'))
      if (part.starts_with(helper.begin) && part.ends_with(helper.end)) return true;
  }
  return false;
}

}  // namespace fnlint
