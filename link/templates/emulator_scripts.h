#pragma once

#include "link/templates/project_scripts.h"

#include <map>
#include <string>

namespace fnlint::stacks {

// Templates that the scripts beside them run in an emulator and deploy nowhere: what is deployed
// may be described elsewhere. Who deploys by hand leaves no script, so it is never sure.
// Sources: Serverless Framework's commands `deploy` and `package`, its GitHub action, and the
// plugin serverless-offline's `offline`.
class EmulatorScripts {
 public:
  EmulatorScripts(Build& build, ProjectScripts& scripts) : build_(build), scripts_(scripts) {}
  bool only_emulate(ResourceId function);

 private:
  Build& build_;
  ProjectScripts& scripts_;
  std::map<std::string, bool> known_;  // by folder
};

}  // namespace fnlint::stacks
