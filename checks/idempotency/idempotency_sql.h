#pragma once

#include <string_view>

namespace fnlint {

// What SQL says that it does, by its text alone: several statements are separated by ';', and what
// the code puts in stands as "${...}".

// Run once more, as a second delivery would, it leaves other rows: it inserts whatever is there
// already, or makes a column more of what it was.
bool sql_differs(std::string_view text);
// The first statement takes away the rows that the second makes: of the whole table, or of what one
// of the columns says that the second sets.
bool clears_for(std::string_view removal, std::string_view insert);
// Whether it begins as such a statement does: asked before they are compared.
bool fills_rows(std::string_view text);
bool clears_rows(std::string_view text);
// An insert that leaves out rows that are there already.
bool passes_over_duplicates(std::string_view text);
// What counts deliveries is meant to, and a version is one more after each write.
bool counts_writes(std::string_view column);

}  // namespace fnlint
