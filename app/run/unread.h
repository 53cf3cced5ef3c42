// What a run could not read, or does not know, so that its silence is not taken for soundness.
#pragma once

#include "app/run/one_run.h"
#include "app/stages/code_stage.h"
#include "frontends/packages/archive_files.h"
#include "link/join/join.h"
#include "model/project.h"
#include "model/resources.h"

namespace fnlint {

// What is not known of functions that only their code declares.
void tell_by_form(const Stacks& stacks, Run& run);
// Archives that a function's or layer's code is in, and that are none: with the reader's own words.
void tell_unreadable_archives(const Stacks& stacks, const ArchiveFiles& files, Run& run);
// Functions whose code was not read, in part or at all, or calls what nothing describes.
void count_unread(const Project& project, const Join& join, const CodeCompiler& code, Run& run);

}  // namespace fnlint
