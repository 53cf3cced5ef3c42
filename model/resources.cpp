// Answers about where code lies that follow from several fields of a CodeLocation.

#include "model/resources.h"

#include <algorithm>

namespace fnlint {

bool has_context(const CodeLocation& code) {
  return code.kind == CodeKind::Image && (!code.path.empty() || !code.docker_file.empty());
}

bool is_bundled(const CodeLocation& code) {
  constexpr std::string_view kBundlers[] = {"esbuild", "webpack", "rollup", "browserify"};
  return std::ranges::find(kBundlers, code.build_method) != std::end(kBundlers);
}

}  // namespace fnlint
