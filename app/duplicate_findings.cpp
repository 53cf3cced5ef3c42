#include "app/duplicate_findings.h"

#include "core/text.h"

namespace fnlint {

namespace {

constexpr std::string_view kDuplicate = "duplicate key \"";

}  // namespace

void find_duplicate_keys(const std::vector<LocatedProblem>& problems, const SourceFiles& files,
                         Findings& findings) {
  for (const LocatedProblem& problem : problems) {
    const std::string_view words = problem.message;
    if (!words.starts_with(kDuplicate)) continue;
    const std::string_view key =
        words.substr(kDuplicate.size(), words.rfind("\": ") - kDuplicate.size());
    const std::size_t place = words.rfind(" at ");
    Finding finding;
    finding.rule = kDuplicateKey;
    finding.message = cat("The key '", key, "' stands here twice: what it says at ",
                          words.substr(place + 4), " is dropped, or the whole template refused.");
    finding.where = problem.where;
    finding.identity = cat(files.path(problem.where.file), ':', key);
    findings.push_back(std::move(finding));
  }
}

}  // namespace fnlint
