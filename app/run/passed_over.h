// An explanation for runs that find no function at all.
#pragma once

#include "app/files/discovery.h"
#include "app/files/source_files.h"
#include "app/stages/template_stage.h"
#include "model/resources.h"

#include <string>
#include <vector>

namespace fnlint {

// Of a run without a single function: what would declare some, and was not understood. `told` has
// what was said of files already.
std::vector<Unresolved> passed_over(const CompiledTemplates& templates, const SearchResult& found,
                                    BuildFacts& builds, SourceFiles& sources,
                                    const std::vector<Unresolved>& told);

}  // namespace fnlint
