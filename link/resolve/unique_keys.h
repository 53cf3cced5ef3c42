// Which inserts fail on a duplicate, by the project's own DDL?
#pragma once

#include "core/files.h"
#include "model/project.h"

#include <string_view>
#include <vector>

namespace fnlint {

// What stands in each table once, as the project's own DDL says: files of SQL, and texts of it in
// code. Nothing is read where no function inserts rows.
std::vector<UniqueKey> unique_keys(const FileSystem& files, const Project& project);
// The same of one text.
std::vector<UniqueKey> unique_keys_in(std::string_view text);

}  // namespace fnlint
