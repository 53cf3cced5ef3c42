#pragma once

#include "link/templates/project_scripts.h"

#include <map>
#include <optional>
#include <string>
#include <utility>

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
  EmulatorScripts(Build& build, ProjectScripts& scripts) : build_(build), scripts_(scripts) {}
  bool only_emulate(ResourceId function);

 private:
  bool has_another_tool();
  [[nodiscard]] bool readme_has(const std::string& folder, const re2::RE2& command) const;

  Build& build_;
  ProjectScripts& scripts_;
  std::map<std::pair<std::string, bool>, bool> known_;  // by folder, and whether it is SAM's
  std::optional<bool> another_;
};

}  // namespace fnlint::stacks
