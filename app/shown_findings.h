#pragma once

#include "app/exclusion.h"
#include "app/project_run.h"
#include "app/selection.h"

#include <optional>
#include <span>

namespace fnlint {

// Of all findings those that are shown, with their levels.
class Sieve {
 public:
  Sieve(const ProjectRun& project, const Configuration& configuration, const Selectors& selectors,
        const Exclusion& exclusion, Confidence least)
      : project_(project),
        configuration_(configuration),
        selectors_(selectors),
        exclusion_(exclusion),
        least_(least) {}
  // The level with which it is shown; nothing: it is not.
  [[nodiscard]] std::optional<Severity> level(const Finding& finding) const;

 private:
  const ProjectRun& project_;
  const Configuration& configuration_;
  const Selectors& selectors_;
  const Exclusion& exclusion_;
  Confidence least_;
};

// Gives the project what is shown of its run, each with its fingerprint, and what would be but for
// a suppression. A syntax error is told once: as the finding, where there is one.
void keep_shown(ProjectRun& project, const Sieve& sieve, std::span<const Rule* const> in_effect,
                bool other_suppressions, Day today);

}  // namespace fnlint
