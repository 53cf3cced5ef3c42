#pragma once

#include "link/terraform/terraform_evaluation.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// Which folders are root modules, and which of those nobody deploys as they stand.
namespace fnlint::stacks {

[[nodiscard]] std::string_view literal_source(const LinkContext& build, TextId text,
                                              const Declaration& declaration);
[[nodiscard]] std::string module_folder(std::string_view caller, std::string_view source);

// A folder of the run; before version 0.12 nothing had to stand before its name.
template <class ByFolder>
bool is_local(const ByFolder& folders, std::string_view caller, std::string_view source) {
  if (source.starts_with("./") || source.starts_with("../") || source == "." || source == "..")
    return true;
  return !source.empty() && folders.contains(module_folder(caller, source));
}

// Folders that module blocks name, with those whose blocks they are.
using TerraformCallers = std::map<std::string, std::set<std::string>, std::less<>>;
[[nodiscard]] TerraformCallers called_folders(const LinkContext& build,
                                              const TerraformFolders& folders);

// A root of which a call lacks what its module asks for cannot be planned: it lags behind the
// module, and nobody deploys it as it stands.
class UnplannedRoots {
 public:
  UnplannedRoots(const LinkContext& build, const TerraformFolders& folders)
      : build_(build), folders_(folders) {}
  bool lacks_arguments(const std::string& folder);

 private:
  [[nodiscard]] bool lacks(const std::string& target, const ExprClosure& call) const;

  const LinkContext& build_;
  const TerraformFolders& folders_;
  std::set<std::string, std::less<>> seen_ = {};
};

// Modules that nobody calls any more, or yet: folders that ask for values and say neither which
// provider nor which state is theirs, beside modules that a configuration of the project calls.
// Nothing of them is deployed, unless another tool or repository calls them.
class UncalledModules {
 public:
  UncalledModules(LinkContext& build, const TerraformFolders& folders,
                  const TerraformFolders& values, const TerraformCallers& called)
      : build_(build), folders_(folders), values_(values), called_(called) {}
  bool contains(const std::string& folder);

 private:
  [[nodiscard]] bool is_deployed(const std::string& folder) const;
  [[nodiscard]] bool is_called_by_deployed(const std::string& folder) const;
  [[nodiscard]] bool has_called_sibling(const std::string& folder) const;
  [[nodiscard]] bool asks_for_values(const std::string& folder) const;
  bool other_tools_call();
  bool scripts_name(const std::string& folder);

  LinkContext& build_;
  const TerraformFolders& folders_;
  const TerraformFolders& values_;
  const TerraformCallers& called_;
  std::optional<bool> other_tools_ = {};
  std::optional<std::vector<std::string>> scripts_ = {};  // that speak of Terraform
};

}  // namespace fnlint::stacks
