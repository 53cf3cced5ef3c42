#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
// A row that an insert puts in, and that fails where the table has such a row already; nothing: it
// is no such statement, or takes its rows from elsewhere.
struct InsertedRow {
  std::string table = {};                 // without its schema, in lower case
  std::vector<std::string> columns = {};  // likewise
  std::vector<std::string> values = {};   // "$1", "?", "''" of a literal; as many
};
std::optional<InsertedRow> inserted_row(std::string_view text);
// An insert that leaves out rows that are there already.
bool passes_over_duplicates(std::string_view text);
// What counts deliveries is meant to, and a version is one more after each write.
bool counts_writes(std::string_view column);

}  // namespace fnlint
