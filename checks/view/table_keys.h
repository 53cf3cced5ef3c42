// Which attributes identify an item of a table, or of one of its indexes?
#pragma once

#include "model/project.h"

#include <optional>
#include <string_view>
#include <vector>

namespace fnlint {

// The attributes of a table's key, the partition key's first, as far as its template says; empty:
// they are not known, or the table is declared elsewhere.
std::vector<std::string_view> table_key(const Project& project, ResourceId table);
// The same of an index of the table; empty: nobody knows.
std::vector<std::string_view> index_key(const Project& project, ResourceId table,
                                        std::string_view index);
// The names of all indexes of a table; nothing: it may have others.
std::optional<std::vector<std::string_view>> index_names(const Project& project, ResourceId table);

}  // namespace fnlint
