#include "tables/generate.h"
#include "tables/yaml_reader.h"

#include <fstream>
#include <set>

// The actions of IAM and what they are done to: data/iam_*.tsv and data/iam_remarks.yaml.
namespace fnlint::tables {

namespace {

using Actions = std::set<std::string>;  // "s3:GetObject"

Actions actions_in(const std::string& prefix, const std::string& names) {
  Actions all;
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t end = std::min(names.find(' ', at), names.size());
    all.insert(prefix + ':' + names.substr(at, end - at));
    at = end + 1;
  }
  return all;
}

// Lines of a service, a tab and its actions; a line with a '#' is a remark.
std::string services(const std::filesystem::path& path, Actions& known) {
  std::ifstream stream(path);
  std::string rows, before;
  std::size_t count = 0;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t tab = line.find('\t');
    const std::string prefix = line.substr(0, tab);
    if (tab == line.npos || tab + 1 == line.size() || prefix <= before)
      throw Mistake("data/iam_actions.tsv: not a service and its actions, in order: " + prefix);
    const std::string names = line.substr(tab + 1);
    known.merge(actions_in(prefix, names));
    rows +=
        "    IamService{.prefix = " + literal(prefix) + ", .actions = " + literal(names) + "},\n";
    before = prefix;
    ++count;
  }
  if (count == 0) throw Mistake("data/iam_actions.tsv: has no service");
  return "namespace {\nconstexpr std::array<IamService, " + std::to_string(count) +
         "> kIamServices{{\n" + rows +
         "}};\n}  // namespace\nstd::span<const IamService> iam_services() { return kIamServices; "
         "}\n";
}

// Lines of a service, a tab, the form of an ARN, a tab and actions.
std::string resources(const std::filesystem::path& root, const std::string& shown,
                      const std::string& finder, const Actions& known) {
  std::ifstream stream(root / shown);
  std::string rows, before;
  std::size_t count = 0;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t first = line.find('\t'), second = line.find('\t', first + 1);
    if (second == line.npos) throw Mistake(shown + ": has too few fields: " + line);
    const std::string prefix = line.substr(0, first), names = line.substr(second + 1);
    if (prefix < before) throw Mistake(shown + ": is not in order: " + prefix);
    for (const std::string& action : actions_in(prefix, names))
      if (!known.contains(action)) throw Mistake(shown + ": no such action: " + action);
    rows += "    IamResources{.prefix = " + literal(prefix) +
            ", .arn = " + literal(line.substr(first + 1, second - first - 1)) +
            ", .actions = " + literal(names) + "},\n";
    before = prefix;
    ++count;
  }
  if (count == 0) throw Mistake(shown + ": has no service");
  return "namespace {\nconstexpr std::array<IamResources, " + std::to_string(count) + "> k_" +
         finder + "{{\n" + rows + "}};\n}  // namespace\nstd::span<const IamResources> " + finder +
         "() { return k_" + finder + "; }\n";
}

// Lines of a service, a tab, and names.
std::string sdk_names(const std::filesystem::path& root, const Actions& known) {
  const std::string shown = "data/sdk_services.tsv";
  std::ifstream stream(root / shown);
  std::string rows;
  std::size_t count = 0;
  for (std::string line; std::getline(stream, line);) {
    if (line.starts_with('#')) continue;
    ++count;
    const std::size_t tab = line.find('\t');
    const std::string prefix = line.substr(0, tab);
    const auto first = known.lower_bound(prefix + ':');
    if (tab == line.npos || first == known.end() || !first->starts_with(prefix + ':'))
      throw Mistake(shown + ": not a service and its names: " + line);
    rows += "    SdkService{.prefix = " + literal(prefix) +
            ", .names = " + literal(line.substr(tab + 1)) + "},\n";
  }
  return "namespace {\nconstexpr std::array<SdkService, " + std::to_string(count) +
         "> kSdkServices{{\n" + rows +
         "}};\n}  // namespace\nstd::span<const SdkService> sdk_services() { return kSdkServices; "
         "}\n";
}

std::string kinds(Entry& file, const Actions& known) {
  std::string definitions, rows;
  std::size_t count = 0;
  for (Entry& row : file.entries("kinds")) {
    const std::vector<std::string> begins = row.texts("actions");
    for (const std::string& one : begins) {
      const auto first = known.lower_bound(one);
      if (first == known.end() || !first->starts_with(one))
        row.object("no action begins so: " + one);
    }
    const std::string id = "kIamKind" + std::to_string(count++);
    rows += "    IamKind{.all = " + list_literal(row.texts("all"), id + "All", definitions);
    rows += ", .actions = " + list_literal(begins, id + "Actions", definitions) + "},\n";
    row.finish();
  }
  return "namespace {\n" + definitions + "constexpr std::array<IamKind, " + std::to_string(count) +
         "> kIamKinds{{\n" + rows +
         "}};\n}  // namespace\nstd::span<const IamKind> iam_kinds() { return kIamKinds; }\n";
}

std::string remarks(Entry& file, const Actions& known) {
  std::string definitions, rows;
  std::size_t count = 0;
  for (Entry& row : file.entries("instead")) {
    const std::string action = row.text("action");
    const std::vector<std::string> by = row.texts("by");
    if (known.contains(action)) row.object("is an action of its own: " + action);
    for (const std::string& one : by)
      if (!known.contains(one)) row.object("no such action: " + one);
    const std::string list = list_literal(by, "kAllowedBy" + std::to_string(count++), definitions);
    rows += "    AllowedOtherwise{.action = " + literal(action) + ", .by = " + list + "},\n";
    row.finish();
  }
  const std::string also = list_literal(file.texts("also"), "kFurtherIamActions", definitions);
  return "namespace {\n" + definitions + "constexpr std::array<AllowedOtherwise, " +
         std::to_string(count) + "> kAllowedOtherwise{{\n" + rows +
         "}};\n}  // namespace\nstd::span<const std::string_view> further_iam_actions() { return " +
         also +
         "; }\nstd::span<const AllowedOtherwise> operations_allowed_otherwise() { return "
         "kAllowedOtherwise; }\n";
}

}  // namespace

std::string generate_iam_actions(const std::filesystem::path& root) {
  Actions known;
  std::string out = services(root / "data/iam_actions.tsv", known);
  out += resources(root, "data/iam_resources.tsv", "iam_resources", known);
  out += resources(root, "data/iam_forms.tsv", "further_iam_resources", known);
  out += sdk_names(root, known);
  Entry file = read_file((root / "data/iam_remarks.yaml").string(), "data/iam_remarks.yaml");
  if (!file.day("as_of")) file.object("the key \"as_of\" is missing");
  out += kinds(file, known);
  out += remarks(file, known);
  file.finish();
  return out + R"(
const IamService* find_iam_service(std::string_view prefix) {
  std::string small(prefix);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto found = std::ranges::lower_bound(kIamServices, std::string_view(small), {}, &IamService::prefix);
  return found != kIamServices.end() && found->prefix == small ? &*found : nullptr;
}
)";
}

}  // namespace fnlint::tables
