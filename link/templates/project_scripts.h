// Scripts around templates, and the commands in them that change roles or functions.
#pragma once

#include "link/stacks/stack_build.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint::stacks {

// A script that calls the APIs of roles or functions.
struct Script {
  std::string text = {};
  bool program = false;  // Python, JavaScript: names are texts only in quotes
};

// What is run beside a project's templates: shell scripts, Makefiles, workflows, package.json, and
// programs that lie where a deployment is begun. Each is read once.
class ProjectScripts {
 public:
  explicit ProjectScripts(const FileSystem& files) : files_(files) {}
  const std::vector<const Script*>& near(const std::string& folder);

 private:
  // Null: not worth keeping.
  const Script* read(const std::string& path);

  const FileSystem& files_;
  std::map<std::string, std::optional<Script>> read_;       // by path
  std::map<std::string, std::vector<const Script*>> near_;  // by folder
};

// Whether one of the names that scripts give may be that of a resource: its own, where that is
// known; where the deployment makes it up, one that has its logical id in it. An empty name may be
// any; of one that begins with '}' only the end is known.
bool may_name(const LinkContext& build, const std::set<std::string>& names, ResourceId resource,
              bool made_up);

// Of a command from there on: it goes on behind a backslash.
std::string_view command_at(std::string_view text, std::size_t at);
// The word behind an option, as it is written but for quotes.
std::string_view option_of(std::string_view command, std::string_view option);
// Not put together when the script runs.
bool is_literal(std::string_view word);
// What a script says that a variable is; empty: it works that out.
std::string_view assigned(std::string_view text, std::string_view word);

}  // namespace fnlint::stacks
