// The text that `fnlint init` suggests, given what was seen of the project.
#pragma once

#include "app/configuration/foreign_configuration.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fnlint {

// What a run has seen of a project, as far as a configuration may speak of it. Names in order.
struct SeenProject {
  std::map<std::string, std::size_t> templates = {};  // by kind: "SAM"
  std::map<std::string, std::size_t> code = {};       // files, by language
  std::size_t functions = 0, findings = 0;
  std::map<std::string, std::size_t> made = {};  // folders of what builds make, with templates
  // Parameters that decide something and have no value: what, and where.
  std::map<std::string, std::string> parameters = {};
};

// The text of a `.fnlint.yaml` to begin with: what is translated, and the rest as comments.
std::string starting_configuration(const SeenProject& seen, const ForeignConfiguration& foreign);

}  // namespace fnlint
