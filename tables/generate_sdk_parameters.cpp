// data/sdk_parameters.tsv: members that requests may or must have.

#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <fstream>

namespace fnlint::tables {

// Lines of an operation, perhaps a space and a list of it, a tab and members.
std::string generate_sdk_parameters(const std::filesystem::path& root) {
  const std::string shown = "data/sdk_parameters.tsv";
  std::ifstream stream(root / shown);
  std::string rows, before;
  std::size_t count = 0;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t tab = line.find('\t');
    const std::string id = line.substr(0, tab);
    if (tab == line.npos || id <= before || id.find('.') == id.npos)
      throw Mistake(shown + ": not an operation and its members, in order: " + id);
    rows += "    SdkParameters{.id = " + literal(id) +
            ", .members = " + literal(line.substr(tab + 1)) + "},\n";
    before = id;
    ++count;
  }
  if (count == 0) throw Mistake(shown + ": has no operation");
  return "namespace {\nconstexpr std::array<SdkParameters, " + std::to_string(count) +
         "> kSdkParameters{{\n" + rows + R"(}};
}  // namespace
std::span<const SdkParameters> sdk_parameters() { return kSdkParameters; }
const SdkParameters* find_sdk_parameters(std::string_view id) {
  const auto found = std::ranges::lower_bound(kSdkParameters, id, {}, &SdkParameters::id);
  return found != kSdkParameters.end() && found->id == id ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
