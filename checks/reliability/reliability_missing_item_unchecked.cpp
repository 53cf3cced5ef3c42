// A key under which nothing is stored is no error: the answer has no item. Code that reads it all
// the same fails for the one key that nobody has tried.

#include "checks/reliability/rules.h"
#include "checks/view/call_name.h"
#include "checks/view/finding_builder.h"

#include <set>

namespace fnlint {

void reliability_missing_item_unchecked(const Project& project, const Settings&,
                                        Findings& findings) {
  std::set<Span> told;  // a helper serves many functions
  for (const LambdaFunction& function : project.functions)
    for (const std::vector<Effect>* all : {&function.effects, &function.unknown_calls})
      for (const Effect& effect : *all) {
        if (!effect.missing_used.file.exists() || !told.insert(effect.missing_used).second)
          continue;
        const std::string_view absent = operations()[effect.operation].absent;
        findings.push_back(
            FindingBuilder("reliability-missing-item-unchecked", effect.uncertainty | kHeuristic)
                .about(function)
                .at(effect.missing_used)
                .says("When nothing is stored under that key, the answer of ", call_name(effect),
                      " has no '", absent,
                      "': it is used here as if it were there, and this fails.")
                .identified(function.name, ' ', operations()[effect.operation].id)
                .with_steps(effect.path, effect.where, "This asks for it."));
      }
}

}  // namespace fnlint
