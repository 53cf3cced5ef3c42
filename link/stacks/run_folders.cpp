// All folders count where none was named.

#include "link/stacks/run_folders.h"

#include "link/resolve/source_index.h"

#include <algorithm>
#include <string>
#include <vector>

namespace fnlint::stacks {

bool is_of_the_run(const LinkContext& build, std::string_view folder) {
  const std::vector<std::string>& folders = build.parameters.folders;
  return folders.empty() || std::ranges::any_of(folders, [&](const std::string& one) {
           return lies_below(folder, one);
         });
}

}  // namespace fnlint::stacks
