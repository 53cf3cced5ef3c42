// The two tables of rewritings. A new one is a row here.

#include "tests/metamorphic/rewritings.h"

namespace fnlint::test {
namespace {

constexpr Rewriting kKeeping[]{
    {"windows-lines", with_windows_lines},
    {"comment-on-top", with_a_comment_on_top},
    {"trailing-blanks", with_trailing_blanks},
    {"unrelated-files", with_unrelated_files},
    {"unrelated-function", with_an_unrelated_function},
    {"resources-in-reverse", with_resources_in_reverse},
    {"json-template", with_json_templates, false},
    {"flag", with_flags, false},
    {"word", with_words, false},
    {"entry", with_entries, false},
    {"enumeration", with_enumerations, false},
    {"closure", with_closures, false},
    {"double-negation", with_double_negation, false},
    {"work-in-else", with_work_in_else, false},
    {"early-exit", with_early_exits, false},
    {"else-after-exit", with_else_after_exits, false},
    {"ternary-as-branch", with_ternaries_as_branches, false},
    {"branch-as-ternary", with_branches_as_ternaries, false},
    {"wrapped-functions", with_wrapped_functions, false},
    {"moved-handler", with_moved_handlers, false},
    {"renamed-variables", with_renamed_variables, false},
};

constexpr Rewriting kChanging[]{
    {"guard-inverted", with_inverted_guards, false},
    {"guard-behind-the-effect", with_late_guards, false},
    {"prefix-dropped", with_prefixes_dropped, false},
};

}  // namespace

std::span<const Rewriting> keeping_rewritings() { return kKeeping; }
std::span<const Rewriting> changing_rewritings() { return kChanging; }

}  // namespace fnlint::test
