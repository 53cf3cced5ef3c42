// An answer of 4xx or 5xx is an answer to most clients: what it holds is taken for what was asked.

#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"
#include "checks/view/project_view.h"
#include "tables/models.h"

#include <set>

namespace fnlint {

void reliability_http_status_unchecked(const Project& project, const Settings&,
                                       Findings& findings) {
  for (const LambdaFunction& function : project.functions) {
    std::set<Span> told;
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        if (!effect.unchecked.used.file.exists() || (effect.flags & kGuessed) != 0 ||
            !told.insert(effect.where).second)
          continue;
        auto uncertainty = static_cast<std::uint8_t>(effect.uncertainty & (kCut | kOfHappening));
        // The page of a proxy raises there, and a service may say in its own words that it failed.
        if (effect.unchecked.parsed) uncertainty |= kHeuristic;
        // What serves files has pages for its errors: a parser of data refuses them.
        const bool is_file = literal_ending(*project.pool, effect.target_value).ends_with(".json");
        if (effect.unchecked.parsed && is_file) uncertainty |= kUncertain;
        findings.push_back(
            FindingBuilder("reliability-http-status-unchecked", uncertainty)
                .about(function)
                .at(effect.where)
                .says(
                    "This call (", call_name(effect),
                    ") does not fail when the server answers with 4xx or 5xx, and nothing looks at "
                    "the status: the content of an error is used as if it were what was asked for.")
                .identified(function.name, ' ', call_name(effect))
                .with_steps(effect.path)
                .related_if(effect.unchecked.used != effect.where, effect.unchecked.used,
                            "Its content is used here."));
      }
  }
}

}  // namespace fnlint
