// What is to be known of a function's code beside the code itself: whether the place that a template
// names is none of its sources, and by which signs it was found.
#pragma once

#include "core/files.h"
#include "model/resources.h"

#include <string_view>
#include <vector>

namespace fnlint {

struct HandlerFile;
struct LanguageRow;  // link/resolve/languages.h

// Where a build leaves what it makes of them, or has put it.
bool is_made_by_a_build(const CodeLocation& code, std::string_view runtime);
// An archive that can be looked into, of a language whose sources are what is deployed.
bool holds_sources(const FileSystem& files, const CodeLocation& code, std::string_view runtime);

// Of the languages whose code may stand in a template; null: none.
const LanguageRow* inline_language(std::string_view runtime);

// Whether a handler names that very file, or a class in it: then the file is deployed as it is.
bool is_named_so(const HandlerFile& found, std::string_view root, std::string_view handler);

// What is weaker than the template's words: where the code lies, what others may have put another in
// place of, and by which sign the handler was found in it.
std::vector<Guess> guesses_of(const CodeLocation& code, const Guess& handler);

}  // namespace fnlint
