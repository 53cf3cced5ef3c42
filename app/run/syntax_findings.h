// Handlers that fail before their first line runs.
#pragma once

#include "app/files/source_files.h"
#include "app/stages/code_stage.h"
#include "model/finding.h"
#include "model/project.h"

namespace fnlint {

inline constexpr std::string_view kHandlerSyntax = "handler-not-found";

// Handlers of interpreted languages whose own module cannot be loaded for a syntax error in it. The
// frontends' problems say where. Whether a newer version of the language would take it nobody can
// say of most of them, so that these are likely; brackets that stay open none takes.
void find_unloadable_handlers(const Project& project, const LinkedCode& code,
                              const std::vector<LocatedProblem>& problems, const SourceFiles& files,
                              Findings& findings);

}  // namespace fnlint
