// Turns a frontend's problem about a repeated key into a finding, unless the file is no template at
// all.

#include "app/run/duplicate_findings.h"

#include "checks/view/finding_builder.h"
#include "core/text.h"

#include <set>

namespace fnlint {

namespace {

constexpr std::string_view kDuplicate = "duplicate key \"";

}  // namespace

void find_duplicate_keys(const Stacks& stacks, const std::vector<LocatedProblem>& problems,
                         const SourceFiles& files, Findings& findings) {
  // What can hardly be read and is of no stack is no template: the output of a command, say.
  std::set<FileId> templates, broken;
  for (const Scope& scope : stacks.scopes) templates.insert(scope.file);
  for (const LocatedProblem& problem : problems)
    if (!std::string_view(problem.message).starts_with(kDuplicate))
      broken.insert(problem.where.file);
  for (const LocatedProblem& problem : problems) {
    const std::string_view words = problem.message;
    if (!words.starts_with(kDuplicate)) continue;
    if (broken.contains(problem.where.file) && !templates.contains(problem.where.file)) continue;
    const std::string_view key =
        words.substr(kDuplicate.size(), words.rfind("\": ") - kDuplicate.size());
    const std::size_t place = words.rfind(" at ");
    const bool is_same = words.find("\": it says the same as ") != words.npos;
    // Terraform takes the last one and refuses nothing.
    const bool is_refused = !files.path(problem.where.file).ends_with(".tf");
    findings.push_back(
        FindingBuilder(kDuplicateKey)
            .at(problem.where)
            .grade_if(!is_refused, Severity::Warning)
            .grade_if(is_same, Severity::Note)
            .says("The key '", key, "' stands here twice",
                  is_same ? ", and says the same at " : ": what it says at ", words.substr(place + 4),
                  is_same      ? "."
                  : is_refused ? " is dropped, or the whole template refused."
                               : " is dropped.")
            .identified(files.path(problem.where.file), ':', key)
            // A key that stands there often is one thing to mend: all name the first one.
            .caused_by({.key = cat(problem.where.file.index, ' ', key, words.substr(place)),
                        .apart = 1,
                        .also = "It stands here as well."}));
  }
}

}  // namespace fnlint
