// Services refuse a batch without entries: what is filled on some ways alone is asked for first.

#include "checks/handler/rules.h"
#include "checks/view/finding_builder.h"
#include "tables/models.h"

#include <set>

namespace fnlint {

void handler_batch_perhaps_empty(const Project& project, const Settings&, Findings& findings) {
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        if (!effect.entries.perhaps_empty || (effect.flags & kGuessed) != 0 ||
            !told.insert(effect.where).second)
          continue;
        const std::string_view id = operations()[effect.operation].id;
        findings.push_back(
            FindingBuilder("handler-batch-perhaps-empty",
                           static_cast<std::uint8_t>((effect.uncertainty & (kCut | kOfHappening)) |
                                                     kHeuristic))
                .about(function)
                .at(effect.where)
                .says("'", id,
                      "' refuses a batch without entries, and this list is filled on some ways "
                      "alone: where none of them is taken, the call fails.")
                .identified(function.name, ' ', id)
                .with_steps(effect.path));
      }
}

}  // namespace fnlint
