// From all findings to those that the user wants to see.
#pragma once

#include "app/configuration/configurations.h"
#include "app/configuration/exclusion.h"
#include "app/configuration/selection.h"
#include "app/run/project_run.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fnlint {

// Of all findings those that are shown, with their levels: each by the configuration of its file.
class Sieve {
 public:
  Sieve(const SourceFiles& files, const CommandLine& line, const std::string& working_directory,
        const std::string& root, Configurations& configurations, Exclusion& exclusion);
  // The level with which it is shown; nothing: it is not.
  std::optional<Severity> level(const Finding& finding);
  bool is_in_effect(FileId file, std::string_view rule) {
    return configuration_of(file).rule(rule) != nullptr;
  }
  const InEffect& configuration_of(FileId file) {
    return file.exists() ? configurations_.of(files_.path(file)) : configurations_.root();
  }

 private:
  [[nodiscard]] bool is_ignored_there(const std::vector<PathIgnore>& rows, const Rule& rule,
                                      std::string_view path) const;

  const SourceFiles& files_;
  const std::string& root_;
  Configurations& configurations_;
  Exclusion& exclusion_;
  std::vector<PathIgnore> here_ = {};  // of the command line
  std::map<FileId, bool> excluded_ = {};
  // Whether findings of a rule's row are selected; the second is of notes.
  std::map<std::pair<const ReportedRule*, bool>, bool> selected_ = {};
};

// Gives the project what is shown of its run, each with its fingerprint, and what would be but for
// a suppression. A syntax error is told once: as the finding, where there is one.
void keep_shown(ProjectRun& project, Sieve& sieve, Day today);

}  // namespace fnlint
