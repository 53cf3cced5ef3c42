#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <algorithm>

// data/target_forms.yaml: how a value names a resource.
namespace fnlint::tables {

namespace {

int forms(Entry& row, std::string_view key) {
  static const std::vector<std::string> kWords{"name", "arn", "url", "id"};
  int bits = 0;
  for (const std::string& word : row.texts(key)) {
    const auto found = std::ranges::find(kWords, word);
    if (found == kWords.end()) row.object("there is no form " + word);
    bits |= 1 << (found - kWords.begin());
  }
  return bits;
}

}  // namespace

std::string generate_target_forms(const std::filesystem::path& root) {
  Entry file = read_file((root / "data/target_forms.yaml").string(), "data/target_forms.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  std::string rows;
  std::size_t count = 0;
  for (Entry& row : file.entries("members")) {
    rows += "    TargetForm{.service = " + literal(row.text("service")) +
            ", .member = " + literal(row.text("member")) +
            ", .takes = " + std::to_string(forms(row, "takes")) +
            ", .doubtful = " + std::to_string(forms(row, "doubtful")) +
            ", .from = " + literal(row.optional_text("from")) + "},\n";
    row.finish();
    ++count;
  }
  file.finish();
  return "namespace {\nconstexpr std::array<TargetForm, " + std::to_string(count) +
         "> kTargetForms{{\n" + rows + R"(}};
}  // namespace
const TargetForm* find_target_form(std::string_view service, std::string_view member) {
  for (const TargetForm& row : kTargetForms)
    if (row.service == service && row.member == member) return &row;
  return nullptr;
}
)";
}

}  // namespace fnlint::tables
