// All rewritings of projects: those that keep their meaning, and those that take guards away.
#pragma once

#include "tests/metamorphic/rewritten.h"

#include <optional>
#include <span>
#include <string_view>

namespace fnlint::test {

// A function of a project's files; nothing where it finds no place for itself, or where it is not
// sure to do what it says.
using Rewrite = std::optional<Rewritten> (*)(const Files&);

struct Rewriting {
  std::string_view name;
  Rewrite rewrite = nullptr;
  bool keeps_names = true;  // so that messages stay as they are, too
};

// Those that keep the meaning of every project.
std::span<const Rewriting> keeping_rewritings();
// Those that take away what guards a project: a guard that is inverted, comes behind the effect, or
// has lost its text.
std::span<const Rewriting> changing_rewritings();

// --- The rows' functions.

// Files and their texts.
std::optional<Rewritten> with_windows_lines(const Files& files);
std::optional<Rewritten> with_a_comment_on_top(const Files& files);
std::optional<Rewritten> with_trailing_blanks(const Files& files);
std::optional<Rewritten> with_unrelated_files(const Files& files);
std::optional<Rewritten> with_an_unrelated_function(const Files& files);

// Templates.
std::optional<Rewritten> with_resources_in_reverse(const Files& files);
std::optional<Rewritten> with_json_templates(const Files& files);

// Conditions: what they decide is carried by a variable first.
std::optional<Rewritten> with_flags(const Files& files);
std::optional<Rewritten> with_words(const Files& files);
std::optional<Rewritten> with_entries(const Files& files);
std::optional<Rewritten> with_enumerations(const Files& files);
std::optional<Rewritten> with_closures(const Files& files);
std::optional<Rewritten> with_double_negation(const Files& files);

// Branches.
std::optional<Rewritten> with_work_in_else(const Files& files);
std::optional<Rewritten> with_early_exits(const Files& files);
std::optional<Rewritten> with_else_after_exits(const Files& files);
std::optional<Rewritten> with_ternaries_as_branches(const Files& files);
std::optional<Rewritten> with_branches_as_ternaries(const Files& files);

// Functions and names.
std::optional<Rewritten> with_wrapped_functions(const Files& files);
std::optional<Rewritten> with_moved_handlers(const Files& files);
std::optional<Rewritten> with_renamed_variables(const Files& files);

// Guards.
std::optional<Rewritten> with_inverted_guards(const Files& files);
std::optional<Rewritten> with_late_guards(const Files& files);
std::optional<Rewritten> with_prefixes_dropped(const Files& files);

}  // namespace fnlint::test
