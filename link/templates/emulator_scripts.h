// Is a template only there for tests on a developer's machine?
#pragma once

#include "link/templates/project_scripts.h"

#include <map>
#include <string>

namespace re2 {
class RE2;
}

namespace fnlint::stacks {

// Templates that the scripts beside them run in an emulator and deploy nowhere: what is deployed
// may be described elsewhere. Who deploys by hand leaves no script, so it is never sure.
// Sources: Serverless Framework's commands `deploy` and `package`, its GitHub action, and the
// plugin serverless-offline's `offline`; SAM CLI's `local`, `deploy`, `sync` and `package`.
class EmulatorScripts {
 public:
  EmulatorScripts(LinkContext& build, ProjectScripts& scripts) : build_(build), scripts_(scripts) {}
  // Whether that holds of the function's template.
  bool only_emulate(ResourceId function);
  // ... and it stands in the place of what is deployed. `sam local` is for every day, and its users
  // deploy as they like: it counts only where something else of the project deploys functions.
  bool stands_for_another(ResourceId function);
  // ... and scripts make an archive of the code, or upload one: it is deployed in another way.
  bool packs_otherwise(ResourceId function);

 private:
  [[nodiscard]] bool has_settings(const std::string& folder) const;
  [[nodiscard]] bool readme_has(const std::string& folder, const re2::RE2& command) const;
  [[nodiscard]] bool names_below(const std::string& path, const re2::RE2& command) const;
  bool scripts_have(const std::string& folder, const re2::RE2& command);

  bool has_another(const std::string& own, ResourceId function);

  LinkContext& build_;
  ProjectScripts& scripts_;
  std::map<std::string, bool, std::less<>> known_;    // by the template's path
  std::map<std::string, bool, std::less<>> another_;  // by its folder
};

}  // namespace fnlint::stacks
