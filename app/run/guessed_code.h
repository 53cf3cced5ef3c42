// Limits on confidence that no single check can know of.
#pragma once

#include "model/project.h"

namespace fnlint {

// What is said of a function whose template is only run in an emulator, as far as scripts say, is
// at most likely where it rests on the template: what is deployed may be another.
void demote_in_emulated_templates(const Project& project, Findings& findings);
// Where two tools describe the same handler, which of them deploys it is not known: what the
// template of the one does not let be said is no more than possible.
void demote_where_another_tool_deploys(const Project& project, Findings& findings);
// What is said of a module of Terraform's that nothing of the project deploys, and of its
// functions, is no more than possible.
void demote_in_uncalled_modules(const Project& project, Findings& findings);
// What is said of a function in its code is at most likely where that code was found by something
// weaker than what the template says: a folder that is called like an archive or an image. What is
// said in the template stays as it is.
void demote_in_guessed_code(const Project& project, Findings& findings);

}  // namespace fnlint
