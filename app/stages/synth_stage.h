// Templates of CDK and SST programs, without a synth step.
#pragma once

#include "app/stages/template_stage.h"
#include "model/resources.h"

#include <vector>

namespace fnlint {

// Programs that describe a deployment, found by their tool's own file (cdk.json): what each would
// make, without running it, takes the place of the file's empty facts.
void synthesise_programs(CompiledTemplates& templates, BuildFacts& builds,
                         SourceFiles& sources, std::vector<Unresolved>& unresolved);

}  // namespace fnlint
