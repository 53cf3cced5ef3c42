// A project's texts inside of Markdown, where they must not act as markup.
#pragma once

#include <string>
#include <string_view>

namespace fnlint {

// Text of one line that says in Markdown what it says here: it has no markup, and mentions nobody.
std::string markdown_text(std::string_view text);
// The same as code; a bar is kept from ending a cell of a table.
std::string markdown_code(std::string_view text);

}  // namespace fnlint
