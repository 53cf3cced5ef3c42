#pragma once

#include "link/resolve/asset_sources.h"
#include "link/terraform/terraform_evaluation.h"

#include <optional>
#include <string>
#include <string_view>

// What Terraform's configuration packs, and whether that is what will run.
namespace fnlint::stacks {

// The body of an archive_file, a data source or a resource, and where it stands.
struct TerraformArchive {
  ScopedExpr body = {};
  bool exists = false;
};
// The one archive of the module that is written to a path of the run; none where there are several.
[[nodiscard]] TerraformArchive archive_written_to(LinkContext& build, ScopeId scope,
                                                  const std::string& path);

// Where a path leads that begins at another folder than the root module's: one above it, or the
// module's own with only the end of the path. Nothing where nothing lies there.
[[nodiscard]] std::optional<std::string> path_from_elsewhere(const LinkContext& build,
                                                             ScopeId scope,
                                                             std::string_view written);

// The same of what a build has not made yet: a path whose first folder is there. Empty: it is not.
[[nodiscard]] std::string path_in_project(const LinkContext& build, ScopeId scope,
                                          std::string_view written);

// What the configuration sets once and leaves to something else from then on (ignore_changes), as
// native paths.
inline constexpr std::string_view kAllArguments = "all";
[[nodiscard]] std::vector<std::string> ignored_arguments(const LinkContext& build,
                                                         const ResourceBuilder& draft);
// Whether it is made anew when others change (replace_triggered_by).
[[nodiscard]] bool is_replaced_with_others(const LinkContext& build, const ResourceBuilder& draft);
// Whether the configuration takes no notice of the code that is deployed (ignore_changes): what it
// names is there so that the function can be made at all.
[[nodiscard]] bool is_left_to_others(const LinkContext& build, const ResourceBuilder& draft);
// Whether the file that a handler names lies in the folder and has what it calls. What languages
// build before they deploy is taken to.
[[nodiscard]] bool may_hold_handler(const FileSystem& files, const std::string& folder,
                                    const AssetUser& user);

}  // namespace fnlint::stacks
